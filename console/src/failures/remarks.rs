//! What a person should know before a failure is retried.

use jiff::{SignedDuration, Timestamp};
use ledger::{Cause, FailureRecord};

/// By when every function has read what was applied.
const UNTIL_READ: SignedDuration = SignedDuration::from_secs(60);

/// A retry that comes before functions have read the file as it was just applied fails as it did before.
pub(super) fn unread(connection: &str, applied: Timestamp, now: Timestamp) -> Option<String> {
    let left = UNTIL_READ - now.duration_since(applied);
    (left.is_positive() && left <= UNTIL_READ).then(|| {
        format!(
            "{connection}: the file was applied just now, and functions may work by the earlier one for {} s more; what fails by \
             that is a failure of its own, to be retried then",
            left.as_secs()
        )
    })
}

/// What of the record is in the target already, and what another attempt does to it.
pub(super) fn in_the_target(case: &FailureRecord) -> Option<String> {
    (case.failure.cause == Cause::WithoutFile).then(|| {
        format!(
            "{}: the record is in the target already, without the file; a retry adds it once more, and is refused as a duplicate \
             while it is there. Remove it there first, or add the file there by hand",
            case.failure.id
        )
    })
}

#[cfg(test)]
mod tests {
    use ledger::State;

    use super::*;
    use crate::failures::sample::case;

    #[test]
    fn a_retry_right_after_an_apply_says_what_functions_have_read() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let said = |now: &str| unread("careers", at("2026-03-01T10:00:00Z"), at(now));
        assert!(said("2026-03-01T10:00:12Z").unwrap().contains("for 48 s more"));
        assert_eq!(said("2026-03-01T10:01:00Z"), None);
        assert_eq!(said("2026-03-01T09:00:00Z"), None, "clocks differ");
    }

    #[test]
    fn a_record_without_a_file_is_in_the_target_already() {
        let said = in_the_target(&case("e1-0-files", Cause::WithoutFile, State::Open)).unwrap();
        assert!(said.starts_with("e1-0-files: the record is in the target already, without the file;"), "{said}");
        assert_eq!(in_the_target(&case("e1-0", Cause::Refused, State::Open)), None);
    }
}
