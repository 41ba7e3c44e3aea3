//! Two persons with one account: a contractor who becomes an employee is a new person with the old address. The claim
//! decides, and it goes to the person who is current.

use edge::verdict::Fault;
use ledger::Subject;
use reconcile::hand_over;
use vendors::scim::model::UserId;

use crate::blocker::Blocker;
use crate::desired::{Desired, decide};
use crate::link::Object;
use crate::source::Source;
use crate::work::Work;

/// Takes an account over from the person who holds it, unless that person is to have one still. The owner is told
/// either way.
///
/// # Errors
/// Personio's; [`Fault::Overtaken`]: the holder's link has changed meanwhile.
pub(crate) async fn contest(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    holder: &Subject,
) -> Result<Option<Blocker>, Fault> {
    if !has_ceased(work, holder).await? {
        return Ok(Some(Blocker::claimed(work.person, holder)));
    }
    let mut theirs = Object::load(work.attempt, holder).await?;
    let account = theirs.state_mut().account.take_if(|account| account.id == *id);
    let account = account.ok_or(Fault::Overtaken)?;
    object.state_mut().account = Some(account);
    object.state_mut().former = None;
    hand_over(id.as_str(), &mut theirs, object).await?;
    object.reject(vec![Blocker::moved(work.person, holder).notice]).await?;
    Ok(None)
}

/// Whether the holder is to have no account that can be used. One of whom Personio shows nothing, or nothing readable,
/// may be.
async fn has_ceased(work: &Work<'_>, holder: &Subject) -> Result<bool, Fault> {
    let Ok(person) = holder.id.as_str().parse() else { return Ok(false) };
    let Source::Found(record) = work.shared.reader.read(&work.personio, work.settings, person).await? else {
        return Ok(false);
    };
    let decided = decide(&record, work.settings, work.attempt.now())?;
    Ok(matches!(decided.desired, Ok(Desired::Inactive { .. } | Desired::Nothing { .. })))
}
