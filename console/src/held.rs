//! What of a connection waits for a person: what a held sweep has found missing, and steps beyond a day's budget.

use std::collections::BTreeSet;

use ledger::{Cause, FailureRecord, Pending, ReadOnly, State, Subject};

use crate::ends::Failure;

/// What `hrsync sweep --confirm-deletions` lets go.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// What a held sweep did not find in the source's lists, of what the target holds something for.
    pub(crate) missing: Vec<Subject>,
    /// Whose steps were more than a day allows.
    pub(crate) held: Vec<Subject>,
}

impl Waiting {
    /// What waits of the connection `name`.
    pub(crate) async fn read(ledger: ReadOnly<'_>, name: &str) -> Result<Self, Failure> {
        let failures = ledger.failures(Some(name)).await?.items;
        Self::with(ledger, name, &failures).await
    }

    /// The same where the failures are read already, be they of other connections too.
    pub(crate) async fn with(ledger: ReadOnly<'_>, name: &str, failures: &[FailureRecord]) -> Result<Self, Failure> {
        let missing = match ledger.held(name).await? {
            Some(held) => ledger.missing(name, &held.run).await?,
            None => Vec::new(),
        };
        let missing: Vec<Subject> = missing.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let links = ledger.link_summaries_of(name, &missing).await?;
        let holds: BTreeSet<Subject> = links.into_iter().filter(|it| it.holds).map(|it| it.subject).collect();
        Ok(Self {
            missing: missing.into_iter().filter(|subject| holds.contains(subject)).collect(),
            held: held(name, &ledger.blocked(name).await?.items, failures),
        })
    }

    /// A line for each.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        let missing = self.missing.iter().map(|it| format!("{name}: {it}: the source did not list it"));
        let held = self.held.iter().map(|it| format!("{name}: {it}: its step is more than the day allows"));
        missing.chain(held).collect()
    }

    /// How many, in words.
    pub(crate) fn counted(&self) -> String {
        format!("{} not listed by the source, {} beyond the day's budget", self.missing.len(), self.held.len())
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The blocked objects of which an open failure tells that they wait for a person.
fn held(name: &str, blocked: &[Pending], failures: &[FailureRecord]) -> Vec<Subject> {
    let waits = |case: &&FailureRecord| {
        case.failure.connection == name && case.failure.cause == Cause::Held && case.triage.state == State::Open
    };
    let open: BTreeSet<&str> = failures.iter().filter(waits).map(|case| case.failure.id.as_str()).collect();
    let is_held = |pending: &&Pending| pending.failures.iter().any(|told| open.contains(told.failure.as_str()));
    blocked.iter().filter(is_held).map(|pending| pending.subject.clone()).collect()
}

#[cfg(test)]
mod tests {
    use ledger::{Told, WokenBy};

    use super::*;
    use crate::failures::sample::case;

    fn blocked(id: &str, failure: &str) -> Pending {
        let failures = vec![Told { key: "removals-held".to_owned(), failure: failure.to_owned() }];
        Pending { subject: Subject::new("absence", id), failures, woken_by: WokenBy::Sweeps }
    }

    #[test]
    fn only_what_an_open_failure_calls_held_waits_for_a_person() {
        let failures = [
            case("held-1", Cause::Held, State::Open),
            case("held-0", Cause::Held, State::Resolved),
            case("user-1", Cause::Unmappable, State::Open),
        ];
        let pending = [blocked("a", "held-1"), blocked("b", "user-1"), blocked("c", "held-0")];
        assert_eq!(held("careers", &pending, &failures), [Subject::new("absence", "a")]);
        assert_eq!(held("other", &pending, &failures), []);
    }

    #[test]
    fn each_is_named_before_it_goes() {
        let absence = |id| Subject::new("absence", id);
        let waiting = Waiting { missing: vec![absence("a")], held: vec![absence("b")] };
        let expected = [
            "absences: absence/a: the source did not list it",
            "absences: absence/b: its step is more than the day allows",
        ];
        assert_eq!(waiting.lines("absences"), expected);
        assert_eq!(waiting.counted(), "1 not listed by the source, 1 beyond the day's budget");
    }
}
