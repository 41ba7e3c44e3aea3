//! From cause to consequence: the one place that decides what a failure means for a queued record.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Cause, Deliveries, Scope};
use vendors::Kind;

use crate::connections::LoadError;
pub use crate::fault::Fault;

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
    AtOnce,
    /// A person must see it: a failure is stored, then the message acknowledged.
    Reject(Cause),
    /// The whole connection stands still: the owner is told, the message stays.
    Halt,
    /// Stays in the queue like a retry; a halt once the same answer has come several times over minutes.
    Suspect,
}

/// Decides.
#[must_use]
pub fn of(fault: &Fault) -> Verdict {
    match fault {
        Fault::Vendor(error) => of_vendor(&error.kind),
        Fault::Unmappable(_) | Fault::Malformed(_) | Fault::Unlisted(_) | Fault::MissingFile(_) => {
            Verdict::Reject(Cause::Unmappable)
        }
        Fault::Claimed { .. } => Verdict::Reject(Cause::Refused),
        Fault::Connection(error) => of_connection(error),
        Fault::Throttled { until } | Fault::NotYetVisible { until } => Verdict::Wait(*until),
        Fault::OutOfTime => Verdict::AtOnce,
        Fault::Setting(_) => Verdict::Halt,
        Fault::Version { .. }
        | Fault::Stale
        | Fault::Overtaken
        | Fault::Unfetched(_)
        | Fault::Ledger(_)
        | Fault::Queue(_)
        | Fault::Mail(_)
        | Fault::Defect(_) => Verdict::Retry { at_least: None },
    }
}

fn of_vendor(kind: &Kind) -> Verdict {
    match kind {
        Kind::RateLimited { retry_after } | Kind::Unavailable { retry_after } => {
            Verdict::Retry { at_least: *retry_after }
        }
        // no refusal that names anything: a gateway's page, perhaps for this one record
        Kind::WrongAddress | Kind::Unexplained { status: 400..=499 } => Verdict::Suspect,
        Kind::Network
        | Kind::Unanswered
        | Kind::Unexplained { .. }
        | Kind::Stale(_)
        | Kind::Endless
        | Kind::Incomplete
        | Kind::ReadOnly
        | Kind::Gone => Verdict::Retry { at_least: None },
        Kind::Conflict(_) => Verdict::Reject(Cause::Duplicate),
        Kind::Invalid(_) => Verdict::Reject(Cause::Refused),
        Kind::LoginRefused | Kind::RightMissing(_) => Verdict::Halt,
    }
}

fn of_connection(error: &LoadError) -> Verdict {
    match error {
        LoadError::NoSecret | LoadError::Unusable(_) => Verdict::Halt,
        // nobody to tell: it ends in the dead-letter queue unless the connection comes back
        LoadError::Unknown | LoadError::Ledger(_) | LoadError::Secrets(_) => Verdict::Retry { at_least: None },
    }
}

/// How far a halt by this fault reaches: to one operation where a right is missing or its answer is odd, to the vendor, or to all.
pub(crate) fn scope(fault: &Fault) -> Scope {
    let Fault::Vendor(error) = fault else { return Scope::Connection };
    let failed = error.operation;
    let vendor = failed.vendor.to_owned();
    match error.kind {
        Kind::RightMissing(_) | Kind::Unexplained { .. } => {
            Scope::Operation { vendor, operation: failed.name.to_owned() }
        }
        _ => Scope::Vendor { vendor },
    }
}

/// What becomes of deliveries during a halt by this fault: a receiver needs secret and settings, too.
pub(crate) fn deliveries(fault: &Fault) -> Deliveries {
    match fault {
        Fault::Connection(error) => match **error {
            LoadError::NoSecret | LoadError::Unusable(_) => Deliveries::Refused,
            LoadError::Unknown | LoadError::Ledger(_) | LoadError::Secrets(_) => Deliveries::Queued,
        },
        _ => Deliveries::Queued,
    }
}

/// The problem code of a fault: what failures of one kind have in common. The key of the connection file that would mend
/// it, the vendor's code, or a word of ours; never an id or a value.
#[must_use]
pub fn code(fault: &Fault) -> String {
    let word = match fault {
        Fault::Unmappable(unmappable) => {
            return unmappable.problems.first().map(|it| it.key.clone()).unwrap_or_default();
        }
        Fault::Vendor(error) => {
            let first = error.kind.reasons().first();
            let code = first.map_or_else(|| error.kind.word(), |reason| reason.code.as_str());
            return format!("{} {}: {code}", error.operation.vendor, error.operation.name);
        }
        Fault::Version { .. } => "version",
        Fault::Malformed(_) => "malformed",
        Fault::Unlisted(_) => "unlisted",
        Fault::MissingFile(_) => "missing-file",
        Fault::Unfetched(_) => "unfetched",
        Fault::Ledger(_) => "ledger",
        Fault::Connection(_) => "connection",
        Fault::Throttled { .. } => "throttled",
        Fault::NotYetVisible { .. } => "not-yet-visible",
        Fault::Setting(_) => "setting",
        Fault::Stale => "stale",
        Fault::Overtaken => "overtaken",
        Fault::Claimed { .. } => "claimed",
        Fault::OutOfTime => "out-of-time",
        Fault::Queue(_) => "queue",
        Fault::Mail(_) => "mail",
        Fault::Defect(_) => "defect",
    };
    word.to_owned()
}

/// One line per reason, for the failure record: codes, keys and fixed words.
#[must_use]
pub fn reasons(fault: &Fault) -> Vec<String> {
    match fault {
        Fault::Unmappable(unmappable) => unmappable.problems.iter().map(ToString::to_string).collect(),
        Fault::Vendor(error) if !error.kind.reasons().is_empty() => {
            error.kind.reasons().iter().map(|reason| format!("{}: {reason}", error.operation.vendor)).collect()
        }
        other => vec![other.to_string()],
    }
}

/// What the vendor's documentation says mends it: a line per reason, each once.
#[must_use]
pub fn advice(fault: &Fault) -> Vec<String> {
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
    use std::sync::Arc;

    use super::*;
    use crate::queue::QueueError;
    use crate::secrets::SecretsError;

    fn vendor(kind: Kind) -> Fault {
        Fault::Vendor(vendors::Error::new(vendors::personio::operations::CREATE_APPLICATION, kind))
    }

    const RETRY: Verdict = Verdict::Retry { at_least: None };

    fn of_kind(kind: Kind) -> Verdict {
        of(&vendor(kind))
    }

    #[test]
    fn what_a_vendor_says_has_its_consequence() {
        let minute = Some(Duration::from_secs(60));
        let after_a_minute = Verdict::Retry { at_least: minute };
        assert_eq!(of_kind(Kind::RateLimited { retry_after: minute }), after_a_minute);
        assert_eq!(of_kind(Kind::Unavailable { retry_after: minute }), after_a_minute);
        assert_eq!(of_kind(Kind::Unavailable { retry_after: None }), RETRY);
        assert_eq!(of_kind(Kind::Network), RETRY);
        assert_eq!(of_kind(Kind::Unanswered), RETRY);
        assert_eq!(of_kind(Kind::Unexplained { status: 302 }), RETRY);
        assert_eq!(of_kind(Kind::Stale(Vec::new())), RETRY);
        assert_eq!(of_kind(Kind::Gone), RETRY);
        assert_eq!(of_kind(Kind::Endless), RETRY);
        assert_eq!(of_kind(Kind::Conflict(Vec::new())), Verdict::Reject(Cause::Duplicate));
        assert_eq!(of_kind(Kind::Invalid(Vec::new())), Verdict::Reject(Cause::Refused));
        assert_eq!(of_kind(Kind::LoginRefused), Verdict::Halt);
        assert_eq!(of_kind(Kind::Incomplete), RETRY);
        assert_eq!(of_kind(Kind::WrongAddress), Verdict::Suspect);
        assert_eq!(of_kind(Kind::Unexplained { status: 403 }), Verdict::Suspect);
        assert_eq!(of_kind(Kind::RightMissing(Vec::new())), Verdict::Halt);
    }

    #[test]
    fn every_cause_has_its_consequence() {
        let reject = Verdict::Reject(Cause::Unmappable);
        let until = Timestamp::UNIX_EPOCH;
        let what = || "words".to_owned();
        let connection = |error| Fault::Connection(Arc::new(error));
        let table = [
            (Fault::Unmappable(mapping::Unmappable { problems: Vec::new() }), reject),
            (Fault::Version { what: "signal", found: 2 }, RETRY),
            (Fault::Malformed(what()), reject),
            (Fault::Unlisted(what()), reject),
            (Fault::MissingFile(what()), reject),
            (Fault::Unfetched(what()), RETRY),
            (connection(LoadError::NoSecret), Verdict::Halt),
            (connection(LoadError::Unusable(Vec::new())), Verdict::Halt),
            (connection(LoadError::Unknown), RETRY),
            (connection(LoadError::Secrets(SecretsError::planted("words"))), RETRY),
            (Fault::Throttled { until }, Verdict::Wait(until)),
            (Fault::NotYetVisible { until }, Verdict::Wait(until)),
            (Fault::Setting(what()), Verdict::Halt),
            (Fault::Stale, RETRY),
            (Fault::Overtaken, RETRY),
            (Fault::Claimed { target: "501".to_owned(), by: "thing/7".to_owned() }, Verdict::Reject(Cause::Refused)),
            (Fault::OutOfTime, Verdict::AtOnce),
            (Fault::Queue(QueueError::planted("words")), RETRY),
            (Fault::Mail(what()), RETRY),
            (Fault::Defect(what()), RETRY),
        ];
        for (fault, verdict) in table {
            assert_eq!(of(&fault), verdict, "{fault}");
        }
    }

    #[test]
    fn a_missing_right_halts_its_operation_and_a_refused_login_the_vendor() {
        let (vendor_name, name) = ("personio".to_owned(), "create application".to_owned());
        let of_operation = Scope::Operation { vendor: vendor_name.clone(), operation: name };
        assert_eq!(scope(&vendor(Kind::RightMissing(Vec::new()))), of_operation);
        assert_eq!(scope(&vendor(Kind::Unexplained { status: 403 })), of_operation);
        assert_eq!(scope(&vendor(Kind::WrongAddress)), Scope::Vendor { vendor: vendor_name.clone() });
        assert_eq!(scope(&vendor(Kind::LoginRefused)), Scope::Vendor { vendor: vendor_name });
        assert_eq!(scope(&Fault::Setting("filter".to_owned())), Scope::Connection);
    }

    #[test]
    fn receivers_need_what_the_connection_lacks() {
        let connection = |error| Fault::Connection(Arc::new(error));
        assert_eq!(deliveries(&connection(LoadError::NoSecret)), Deliveries::Refused);
        assert_eq!(deliveries(&connection(LoadError::Unusable(Vec::new()))), Deliveries::Refused);
        assert_eq!(deliveries(&vendor(Kind::LoginRefused)), Deliveries::Queued);
        assert_eq!(deliveries(&Fault::Setting("filter".to_owned())), Deliveries::Queued);
    }

    #[test]
    fn a_code_is_the_vendors_or_the_key_that_mends() {
        let reason =
            |field: &str| vendors::Reason { field: Some(field.to_owned()), code: "errors.x".to_owned(), meaning: None };
        let refused = |field| code(&vendor(Kind::Invalid(vec![reason(field)])));
        assert_eq!(refused("email"), "personio create application: errors.x");
        assert_eq!(refused("email"), refused("phone"));
        assert_eq!(code(&vendor(Kind::Unanswered)), "personio create application: unanswered");
        let problem = mapping::Problem::new("application.email", "the input is empty");
        assert_eq!(code(&Fault::Unmappable(mapping::Unmappable { problems: vec![problem] })), "application.email");
        assert_eq!(code(&Fault::Unlisted("flow F".to_owned())), "unlisted");
    }

    #[test]
    fn rests_grow_to_an_hour() {
        let rests: Vec<u64> = (1..=9).map(|receive| rest(Duration::from_secs(30), receive).as_secs()).collect();
        assert_eq!(rests, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(rest(Duration::from_secs(30), u32::MAX).as_secs(), 3600);
    }
}
