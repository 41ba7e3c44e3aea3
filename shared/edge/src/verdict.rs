//! From cause to consequence: the one place that decides what a failure means for a queued record.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Breaker, Cause};
use vendors::Kind;

use crate::connections::Trouble;

/// Why a record could not be brought to its end now.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A vendor did not do what was asked.
    #[error(transparent)]
    Vendor(#[from] vendors::Error),
    /// The record cannot be mapped.
    #[error(transparent)]
    Unmappable(#[from] mapping::Unmappable),
    /// The record is for something that the connection does not list.
    #[error("{0}")]
    Unexpected(String),
    /// A file that the record points to cannot be fetched just now.
    #[error("a file cannot be fetched: {0}")]
    Unfetched(String),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// There is no such connection to work with.
    #[error(transparent)]
    Connection(#[from] std::sync::Arc<Trouble>),
    /// A vendor's rate limit: the record's slot lies ahead.
    #[error("waiting for a slot of the vendor's rate limit")]
    Slot(Timestamp),
    /// A setting of the connection does not fit the vendor.
    #[error("{0}")]
    Setting(String),
    /// The source does not yet say what it has told of.
    #[error("the source lags behind what it has told of")]
    Lagging,
    /// What an unanswered write has made may not show yet: looked for again then.
    #[error("an unanswered write is given time to show")]
    Showing(Timestamp),
    /// Another worker has written the object's link meanwhile.
    #[error("overtaken by another worker")]
    Overtaken,
    /// The function has less time left than the next write may take.
    #[error("out of time")]
    OutOfTime,
    /// Another queue refused.
    #[error(transparent)]
    Queue(#[from] crate::QueueError),
    /// Mail could not be sent. Carries words only, for edge does not know the mail crate.
    #[error("mail was not sent: {0}")]
    Mail(String),
}

/// The consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Stays in the queue; comes back later each time, and not before `at_least`.
    Retry {
        /// What the vendor asked for.
        at_least: Option<Duration>,
    },
    /// Stays in the queue until then.
    Wait(Timestamp),
    /// Stays in the queue and comes back as soon as the queue allows: nothing is wrong with it.
    Again,
    /// A person must see it: a failure is stored, then the message acknowledged.
    Reject(Cause),
    /// The whole connection stands still: the owner is told, the message stays.
    Halt,
}

/// Decides.
#[must_use]
pub fn of(fault: &Fault) -> Verdict {
    let retry = Verdict::Retry { at_least: None };
    match fault {
        Fault::Vendor(error) => of_vendor(&error.kind),
        Fault::Unmappable(_) | Fault::Unexpected(_) => Verdict::Reject(Cause::Unmappable),
        Fault::Connection(trouble) => of_connection(trouble),
        Fault::Slot(then) | Fault::Showing(then) => Verdict::Wait(*then),
        Fault::OutOfTime => Verdict::Again,
        Fault::Setting(_) => Verdict::Halt,
        Fault::Lagging
        | Fault::Overtaken
        | Fault::Unfetched(_)
        | Fault::Ledger(_)
        | Fault::Queue(_)
        | Fault::Mail(_) => retry,
    }
}

fn of_vendor(kind: &Kind) -> Verdict {
    match kind {
        Kind::RateLimited { retry_after } | Kind::Unavailable { retry_after } => {
            Verdict::Retry { at_least: *retry_after }
        }
        Kind::Network | Kind::Unanswered | Kind::Unexplained { .. } | Kind::Stale(_) | Kind::Endless | Kind::Gone => {
            Verdict::Retry { at_least: None }
        }
        Kind::Conflict(_) => Verdict::Reject(Cause::Duplicate),
        Kind::Invalid(_) => Verdict::Reject(Cause::Refused),
        Kind::LoginRefused | Kind::RightMissing(_) | Kind::WrongAddress => Verdict::Halt,
    }
}

fn of_connection(trouble: &Trouble) -> Verdict {
    match trouble {
        Trouble::NoSecret | Trouble::Unusable(_) => Verdict::Halt,
        // nobody to tell: it ends in the dead-letter queue unless the connection comes back
        Trouble::Unknown | Trouble::Ledger(_) | Trouble::Secrets(_) => Verdict::Retry { at_least: None },
    }
}

/// Whether the fault says something of the whole connection's vendor, not of this record: others need not try just now.
pub(crate) fn is_of_the_vendor(fault: &Fault) -> bool {
    matches!(fault, Fault::Vendor(error) if matches!(
        error.kind,
        Kind::RateLimited { .. } | Kind::Unavailable { .. } | Kind::Network | Kind::Unanswered
    ))
}

/// Whether the vendor has answered in a way that shows what halted the connection to be good again. Content that is
/// refused does not: some vendors judge the body before the login.
pub(crate) fn ends(fault: &Fault, breaker: &Breaker) -> bool {
    let Fault::Vendor(error) = fault else { return false };
    let is_about_it = breaker
        .about
        .as_ref()
        .is_none_or(|about| *about == error.vendor || *about == format!("{} {}", error.vendor, error.operation));
    is_about_it && matches!(error.kind, Kind::Conflict(_) | Kind::Stale(_))
}

/// What a halt by this fault is about: the vendor, or one operation of it where a right is missing.
pub(crate) fn about(fault: &Fault) -> Option<String> {
    match fault {
        Fault::Vendor(error) if matches!(error.kind, Kind::RightMissing(_)) => {
            Some(format!("{} {}", error.vendor, error.operation))
        }
        Fault::Vendor(error) => Some(error.vendor.to_owned()),
        _ => None,
    }
}

/// Whether the vendor was called at all.
pub(crate) fn is_an_answer(fault: &Fault) -> bool {
    matches!(fault, Fault::Vendor(_))
}

/// One line per reason, for the failure record: codes, keys and fixed words.
#[must_use]
pub fn reasons(fault: &Fault) -> Vec<String> {
    match fault {
        Fault::Unmappable(unmappable) => unmappable.problems.iter().map(ToString::to_string).collect(),
        Fault::Vendor(error) if !error.kind.reasons().is_empty() => {
            error.kind.reasons().iter().map(|reason| format!("{}: {reason}", error.vendor)).collect()
        }
        other => vec![other.to_string()],
    }
}

/// What the vendor's documentation says mends it: a line per reason, each once.
pub(crate) fn advice(fault: &Fault) -> Vec<String> {
    let Fault::Vendor(error) = fault else { return Vec::new() };
    let mut advice: Vec<String> = Vec::new();
    for meaning in error.kind.reasons().iter().filter_map(|reason| reason.meaning) {
        if !advice.iter().any(|known| known == meaning.to_do) {
            advice.push(meaning.to_do.to_owned());
        }
    }
    advice
}

/// How long a record rests after its `receive`-th attempt: doubled each time from `first`, an hour at most.
#[must_use]
pub fn rest(first: Duration, receive: u32) -> Duration {
    const LONGEST: Duration = Duration::from_secs(60 * 60);
    let doubled = first.saturating_mul(2_u32.saturating_pow(receive.saturating_sub(1).min(20)));
    doubled.min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn vendor(kind: Kind) -> Fault {
        Fault::Vendor(vendors::Error::new("personio", "create application", kind))
    }

    #[test]
    fn every_cause_has_its_consequence() {
        let retry = Verdict::Retry { at_least: None };
        let minute = Some(Duration::from_secs(60));
        let slot = Timestamp::UNIX_EPOCH;
        let unmappable = mapping::Unmappable { problems: Vec::new() };
        let table = [
            (vendor(Kind::RateLimited { retry_after: minute }), Verdict::Retry { at_least: minute }),
            (vendor(Kind::Unavailable { retry_after: None }), retry),
            (vendor(Kind::Network), retry),
            (vendor(Kind::Unanswered), retry),
            (vendor(Kind::Unexplained { status: 302 }), retry),
            (vendor(Kind::Stale(Vec::new())), retry),
            (vendor(Kind::Gone), retry),
            (vendor(Kind::Endless), retry),
            (Fault::Lagging, retry),
            (Fault::Setting("filter".to_owned()), Verdict::Halt),
            (Fault::Overtaken, retry),
            (Fault::Showing(slot), Verdict::Wait(slot)),
            (vendor(Kind::Conflict(Vec::new())), Verdict::Reject(Cause::Duplicate)),
            (vendor(Kind::Invalid(Vec::new())), Verdict::Reject(Cause::Refused)),
            (vendor(Kind::LoginRefused), Verdict::Halt),
            (vendor(Kind::WrongAddress), Verdict::Halt),
            (vendor(Kind::RightMissing(Vec::new())), Verdict::Halt),
            (Fault::Unmappable(unmappable), Verdict::Reject(Cause::Unmappable)),
            (Fault::Unexpected("a flow that is not listed".to_owned()), Verdict::Reject(Cause::Unmappable)),
            (Fault::Connection(Arc::new(Trouble::NoSecret)), Verdict::Halt),
            (Fault::Connection(Arc::new(Trouble::Unusable(Vec::new()))), Verdict::Halt),
            (Fault::Connection(Arc::new(Trouble::Unknown)), retry),
            (Fault::Unfetched("timeout".to_owned()), retry),
            (Fault::Slot(slot), Verdict::Wait(slot)),
            (Fault::OutOfTime, Verdict::Again),
            (Fault::Mail("throttled".to_owned()), retry),
        ];
        for (fault, verdict) in table {
            assert_eq!(of(&fault), verdict, "{fault}");
        }
    }

    #[test]
    fn rests_grow_to_an_hour() {
        let rests: Vec<u64> = (1..=9).map(|receive| rest(Duration::from_secs(30), receive).as_secs()).collect();
        assert_eq!(rests, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(rest(Duration::from_secs(30), u32::MAX).as_secs(), 3600);
    }
}
