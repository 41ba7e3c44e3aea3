//! A person whom Personio does not show any more. The account goes as the connection's policy says, and what was
//! remembered of the person goes too.

use edge::Processed;
use edge::verdict::Fault;
use mapping::personio_to_scim::Departure;
use reconcile::{Evidence, Gone, Recovered, Trigger};

use crate::adopt::Candidate;
use crate::apply::{Applied, apply};
use crate::blocker::Blocker;
use crate::done::{Standing, done};
use crate::goal::Goal;
use crate::link::Object;
use crate::processed::{hold, reject};
use crate::recover::recover;
use crate::work::Work;

/// Deals with a person whom Personio does not show. That alone proves nothing: it needs the event of a deletion, or two
/// sweeps.
///
/// # Errors
/// Whatever keeps the account from being dealt with now.
pub(crate) async fn process_gone(
    work: &Work<'_>,
    trigger: &Trigger,
    mut object: Object<'_>,
) -> Result<Processed, Fault> {
    if object.summary().is_none() {
        object.forget().await?;
        return Ok(Processed::skipped("Personio does not show the person, who has no account", work.answered()));
    }
    if !is_proved(&mut object, trigger).await? {
        return Ok(Processed::skipped(
            "Personio does not show the person, which alone proves nothing",
            work.answered(),
        ));
    }
    object.state_mut().is_gone = true;
    match recover(work, &mut object, None).await? {
        Recovered::Found(()) | Recovered::NothingOpen => {}
        Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
        Recovered::Unknowable => return reject(work, &object, Blocker::unknowable(work.person)).await,
    }
    let goal = match work.settings.rules.policies.deletion {
        Departure::Deactivate => Goal::Inactive { known_as: None },
        Departure::Delete => Goal::Nothing { known_as: None },
    };
    let Applied { is_change, blockers } = apply(work, &mut object, &goal, Candidate::Nobody).await?;
    if !blockers.is_empty() {
        return hold(work, &mut object, blockers).await;
    }
    if let Some(account) = object.state_mut().account.take() {
        object.release(account.id.as_str());
    }
    object.forget().await?;
    Ok(match is_change {
        true => Processed::done(work.answered()).with_reason(done(&goal, Standing::Held)),
        false => Processed::skipped("gone, and nobody can log in", work.answered()),
    })
}

/// Whether the person counts as erased.
async fn is_proved(object: &mut Object<'_>, trigger: &Trigger) -> Result<bool, Fault> {
    let evidence = match trigger {
        Trigger::Event { deleted: true, .. } => Evidence::Event,
        Trigger::Missing => Evidence::NotListed,
        // an earlier attempt had the proof, and a step was held
        _ => return Ok(object.state().is_gone),
    };
    Ok(object.missed(evidence).await? == Gone::Yes)
}
