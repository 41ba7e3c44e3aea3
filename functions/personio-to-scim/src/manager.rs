//! The manager of a person, by the partner's id: known once the manager has an account.

use edge::verdict::Fault;
use ledger::{Link, Subject};
use mapping::personio_to_scim::{MappedChange, MappedManager};
use reconcile::Memory;
use vendors::scim::model::{Attribute, AttributeChange, AttributeValue};

use crate::link::{KIND, Sent, State};
use crate::work::Work;

/// What becomes of the attribute.
#[derive(Debug)]
pub(crate) enum Manager {
    /// This, or nothing where the mapping wants no manager.
    Known(Option<MappedChange>),
    /// The manager has no account yet: a second pass writes the attribute.
    HasNone,
}

/// Looks the manager up among the links.
///
/// # Errors
/// Where the table fails.
pub(crate) async fn manager(work: &Work<'_>, wanted: Option<MappedManager>) -> Result<Manager, Fault> {
    let Some(MappedManager { person, when }) = wanted else { return Ok(Manager::Known(None)) };
    let Some(person) = person else {
        let change = AttributeChange::Remove(Attribute::Manager);
        return Ok(Manager::Known(Some(MappedChange { change, when })));
    };
    let subject = Subject::new(KIND, person);
    let link: Option<Link<Memory<State, Sent>>> = work.attempt.ledger.link(work.attempt.connection(), &subject).await?;
    let Some(account) = link.and_then(|link| link.state.state.account) else { return Ok(Manager::HasNone) };
    let change = AttributeChange::Set(AttributeValue::manager(&account.id));
    Ok(Manager::Known(Some(MappedChange { change, when })))
}
