//! The users that an account brings.

use jiff::Timestamp;

use super::account::{Account, StringBooleans};
use super::resource;
use super::store::Partner;
use super::user::Origin;

/// A partner with the account's users, entered by hand; none where the account brings none. The error says which cannot be. So many ids
/// were given before.
pub(super) fn settled(name: &str, account: &Account, ids: u64, now: Timestamp) -> Result<Option<Partner>, String> {
    let Some(users) = &account.users else { return Ok(None) };
    let mut partner = Partner::open(Account { users: None, ..account.clone() }, ids);
    for user in users {
        let attributes = resource::whole(user, StringBooleans::Refused);
        let checked = attributes.and_then(|attributes| partner.fits(&attributes, None).map(|()| attributes));
        let attributes = checked.map_err(|problem| problem.detail.into_owned())?;
        partner.enter(name, attributes, Origin::Hand, now);
    }
    partner.history.clear();
    Ok(Some(partner))
}
