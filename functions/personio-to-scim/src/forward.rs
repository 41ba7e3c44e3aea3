//! An absence is a person's part: it is read, and its person's group is woken. Only there is anything written.

use edge::verdict::Fault;
use edge::{Processed, Queue};
use ledger::Subject;
use reconcile::{Attempt, Freshness, Shown, Signal, freshness};
use vendors::Kind;
use vendors::personio::absences;
use vendors::personio::model::id::AbsenceId;
use vendors::personio::operations::READ_ABSENCE;

use crate::connection::Settings;
use crate::link::KIND;
use crate::name::NAME;
use crate::reader::Reader;

/// Wakes the person whose absence the signal is about. Of one that is gone only the event can say whose it was; where it
/// does not, the next sweep finds what has changed.
///
/// # Errors
/// Personio's; where the queue fails.
pub(crate) async fn forward(
    reader: &Reader,
    attempt: &Attempt<'_>,
    signal: &Signal,
    settings: &Settings,
    push: &Queue,
) -> Result<Processed, Fault> {
    if !settings.needs_absences() {
        return Ok(Processed::skipped("no policy asks for absences", []));
    }
    let absence: Result<AbsenceId, _> = signal.about.id.as_str().parse();
    let absence = absence.map_err(|_| Fault::Malformed(format!("`{}` is no absence", signal.about.kind)))?;
    let person = match absences::read(&reader.personio(settings), absence).await {
        Ok(absence) => Subject::new(KIND, absence.person),
        Err(error) if error.kind == Kind::Gone => match &signal.owner {
            Some(owner) => owner.clone(),
            None => return gone(attempt, signal),
        },
        Err(error) => return Err(error.into()),
    };
    let event = attempt.record.message.event.as_str();
    let forwarded = signal.forwarded_to(person);
    let message = forwarded.of_event(NAME, attempt.connection(), &["part", event], attempt.now());
    push.send(&message.map_err(|error| Fault::Defect(error.to_string()))?).await?;
    Ok(Processed::done([READ_ABSENCE]).with_reason("its person is looked at"))
}

/// A new one may show late.
fn gone(attempt: &Attempt<'_>, signal: &Signal) -> Result<Processed, Fault> {
    match freshness(&signal.trigger, None::<&Shown>, None, attempt.waited()) {
        Freshness::Stale | Freshness::StaleButNews => Err(Fault::Stale),
        Freshness::Current => Ok(Processed::skipped(
            "the absence is gone and names nobody; the next sweep looks at everybody",
            [READ_ABSENCE],
        )),
    }
}
