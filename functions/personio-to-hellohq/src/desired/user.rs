//! Which helloHQ user a person is: the one with the same e-mail address, trimmed and case-folded.

use vendors::hellohq::model::{User, UserId};
use vendors::value::Email;

use super::blocker::NoMatch;
use crate::connection::Addresses;

/// The one user with this address. Two with one address are a problem, not a guess.
pub(super) fn find(
    users: &[User],
    email: &Email,
    addresses: Addresses,
    skip_deactivated: bool,
) -> Result<UserId, NoMatch> {
    let folded = email.folded();
    let counts = |user: &&User| !(skip_deactivated && user.deactivated);
    let has = |user: &&User| address(user, addresses).is_some_and(|address| address.folded() == folded);
    let mut found = users.iter().filter(counts).filter(has).map(|user| user.id);
    match (found.next(), found.count()) {
        (None, _) => Err(NoMatch::NoUser),
        (Some(user), 0) => Ok(user),
        (Some(_), others) => Err(NoMatch::Several(others + 1)),
    }
}

fn address(user: &User, addresses: Addresses) -> Option<&Email> {
    match addresses {
        Addresses::Work => user.work.as_ref(),
        Addresses::WorkOrPrivate => user.work.as_ref().or(user.private.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: i32, work: Option<&str>, private: Option<&str>, deactivated: bool) -> User {
        let email = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        User { id: id.to_string().parse().unwrap(), work: email(work), private: email(private), deactivated }
    }

    fn found(users: &[User], addresses: Addresses, skip: bool) -> Result<String, NoMatch> {
        find(users, &"person@agency.example".parse().unwrap(), addresses, skip).map(|id| id.to_string())
    }

    #[test]
    fn the_address_at_work_counts_whatever_its_case() {
        let users = [user(1, Some(" Person@Agency.example "), None, false), user(2, None, None, false)];
        assert_eq!(found(&users, Addresses::Work, true), Ok("1".to_owned()));
        let private = [user(3, None, Some("person@agency.example"), false)];
        assert_eq!(found(&private, Addresses::Work, true), Err(NoMatch::NoUser));
        assert_eq!(found(&private, Addresses::WorkOrPrivate, true), Ok("3".to_owned()));
        // a private address beside one at work does not count
        let other = [user(4, Some("other@agency.example"), Some("person@agency.example"), false)];
        assert_eq!(found(&other, Addresses::WorkOrPrivate, true), Err(NoMatch::NoUser));
    }

    #[test]
    fn two_users_are_no_guess_unless_one_has_left() {
        let address = Some("person@agency.example");
        let users = [user(1, address, None, false), user(2, address, None, true)];
        assert_eq!(found(&users, Addresses::Work, true), Ok("1".to_owned()));
        assert_eq!(found(&users, Addresses::Work, false), Err(NoMatch::Several(2)));
    }
}
