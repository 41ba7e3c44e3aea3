//! A budget per connection and day for steps that hurt, taken from by sweeps, events and changed files alike. Beyond the
//! budget a step is held until a person confirms; a confirmation lets go what is held at that moment, and nothing else.

use edge::verdict::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Budget, Guarded, Held, Ledger, Pending, Subject};

use crate::Attempt;

/// What a step does that hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The target gets a new object.
    Create,
    /// The target's object stays, and its owner can use it no longer.
    Deactivate,
    /// The target's object goes, and nothing takes its place.
    Remove,
}

impl Effect {
    /// The word for it, as it is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Deactivate => "deactivate",
            Self::Remove => "remove",
        }
    }

    /// The key of what is told of steps that today's budget holds. [`let_go`] finds by it what is held.
    #[must_use]
    pub fn held_key(self, today: Date) -> String {
        format!("{}{today}", self.held_prefix())
    }

    fn held_prefix(self) -> String {
        format!("held-{}-", self.word())
    }

    fn is_held(self, pending: &Pending) -> bool {
        let prefix = self.held_prefix();
        pending.failures.iter().any(|told| told.key.starts_with(&prefix))
    }

    /// Whether it can end what a sweep found missing.
    fn ends(self) -> bool {
        matches!(self, Self::Deactivate | Self::Remove)
    }
}

/// What a person has let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetGo {
    /// The run of a sweep that missed too much.
    pub run: Option<Held>,
    /// How many steps budgets have held.
    pub steps: usize,
}

/// The budget of an attempt's connection for today.
#[must_use]
pub fn budget<'a>(attempt: &Attempt<'a>, effect: Effect, most: u32) -> Budget<'a> {
    Budget { connection: attempt.connection(), effect: effect.word(), day: attempt.today(), most }
}

/// Takes a step of `subject` from today's budget of `most` subjects. A repeated attempt takes nothing again.
///
/// # Errors
/// Where the table fails; then the step must not be taken.
pub async fn take(attempt: &Attempt<'_>, effect: Effect, most: u32, subject: &Subject) -> Result<Guarded, Fault> {
    let budget = budget(attempt, effect, most);
    Ok(attempt.ledger.take_from(budget, subject, attempt.now()).await?)
}

/// Lets go what waits for a person now: what a sweep found missing, and the steps of these effects that budgets hold. What
/// comes later today is taken from the budgets as before. `None`: nothing waits.
///
/// # Errors
/// Where the table fails; then a repetition goes on.
pub async fn let_go(
    ledger: &Ledger,
    connection: &str,
    effects: &[Effect],
    now: Timestamp,
) -> Result<Option<LetGo>, ledger::Error> {
    let run = ledger.held(connection).await?;
    let missing = match &run {
        Some(held) => ledger.missing(connection, &held.run).await?,
        None => Vec::new(),
    };
    let blocked = ledger.blocked(connection).await?.items;
    let mut steps = 0;
    for effect in effects {
        let held = blocked.iter().filter(|pending| effect.is_held(pending));
        let mut subjects: Vec<Subject> = held.map(|pending| pending.subject.clone()).collect();
        steps += subjects.len();
        if effect.ends() {
            subjects.extend(missing.iter().cloned());
        }
        subjects.sort();
        subjects.dedup();
        // however many may go without a person
        let budget = Budget { connection, effect: effect.word(), day: Attempt::day_of(now), most: 0 };
        ledger.let_go(budget, &subjects, now).await?;
    }
    Ok((run.is_some() || steps > 0).then_some(LetGo { run, steps }))
}

#[cfg(test)]
mod tests {
    use ledger::{Told, WokenBy};

    use super::*;

    #[test]
    fn what_is_held_is_known_by_what_is_told_of_it() {
        let told = |key: String| Told { failure: format!("{key}-1772438400000"), key };
        let day = jiff::civil::date(2026, 3, 2);
        let failures = vec![told("no-home-a1b2".to_owned()), told(Effect::Deactivate.held_key(day))];
        let pending = Pending { subject: Subject::new("person", "3001"), failures, woken_by: WokenBy::Sweeps };
        assert!(Effect::Deactivate.is_held(&pending));
        assert!(!Effect::Create.is_held(&pending) && !Effect::Remove.is_held(&pending));
    }
}
