//! A target's id goes from one object to another.

use edge::verdict::Fault;
use ledger::LinkWrite;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::object::Object;

/// The target's id belongs to `to` from now on, and no longer to `from`: claim and both links are written together,
/// with what the flow has put into their states. Each object stays its own worker's business: `from` is only taken
/// something away.
///
/// # Errors
/// [`Fault::Overtaken`]: one of the links has changed meanwhile; where the table fails.
pub async fn hand_over<S, I>(target: &str, from: &mut Object<'_, S, I>, to: &mut Object<'_, S, I>) -> Result<(), Fault>
where
    S: Default + Serialize + DeserializeOwned,
    I: Serialize + DeserializeOwned,
{
    from.link.summary.holds = false;
    let (attempt, by) = (to.attempt, to.writer());
    let connection = attempt.connection();
    match attempt.ledger.hand_over(connection, target, &mut to.link, &mut from.link, &by).await? {
        LinkWrite::Done => Ok(()),
        LinkWrite::Overtaken | LinkWrite::Claimed { .. } => Err(Fault::Overtaken),
    }
}
