//! How many steps that hurt (removals, say) a connection has taken on one day, so that a budget can stop them.
//!
//! A step counts once for each subject and day: a repeated attempt takes nothing again. Steps beyond the budget go only
//! where a person has let the subject's step go: an item for each, of the same day.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::Error;
use crate::subject::Subject;
use crate::table::{Item, Key, Ledger, VERSION, days, expiry, number, read};
use crate::transaction::{put, put_write, transact};

/// How many writes one transaction may hold (docs.aws.amazon.com: `TransactWriteItems`).
const AT_ONCE: usize = 100;

/// Names a day's budget of one connection.
#[derive(Debug, Clone, Copy)]
pub struct Budget<'a> {
    /// The connection.
    pub connection: &'a str,
    /// What the steps do: `remove`.
    pub effect: &'static str,
    /// The day, in UTC.
    pub day: Date,
    /// How many subjects may take such a step that day. 0: none that no person has let go.
    pub most: u32,
}

/// Whether a step may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guarded {
    /// The step may be taken.
    Go,
    /// The budget is used up: a person has to confirm.
    Held,
}

/// What was taken from a day's budget so far, and what a preview would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetUse {
    most: u32,
    subjects: BTreeSet<String>,
    let_go: BTreeSet<String>,
}

impl BudgetUse {
    /// Takes a step of `subject` from this copy, as [`Ledger::take_from`] would from the table.
    pub fn take(&mut self, subject: &Subject) -> Guarded {
        let id = subject.to_string();
        if self.subjects.contains(&id) || self.let_go.contains(&id) {
            return Guarded::Go;
        }
        if self.taken() >= self.most {
            return Guarded::Held;
        }
        self.subjects.insert(id);
        Guarded::Go
    }

    /// How many subjects have taken a step.
    #[must_use]
    pub fn taken(&self) -> u32 {
        u32::try_from(self.subjects.len()).unwrap_or(u32::MAX)
    }

    /// How many may.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.most
    }
}

#[derive(Default, Deserialize)]
struct Stored {
    #[serde(default)]
    subjects: Vec<String>,
}

#[derive(Deserialize)]
struct StoredKey {
    sk: String,
}

impl Budget<'_> {
    fn partition(&self) -> String {
        format!("guard#{}", self.connection)
    }

    fn sort_key(&self) -> String {
        format!("{}#{}", self.day, self.effect)
    }

    fn key(&self) -> Key {
        Key::new(self.partition(), self.sort_key())
    }

    /// What the sort keys of steps begin with that a person has let go; the subject follows.
    fn let_go_prefix(&self) -> String {
        format!("{}#go#", self.sort_key())
    }

    fn let_go_key(&self, subject: &Subject) -> Key {
        Key::new(self.partition(), format!("{}{subject}", self.let_go_prefix()))
    }
}

impl Ledger {
    /// Takes a step of `subject` from the day's budget.
    ///
    /// # Errors
    /// Where the table fails; then the step must not be taken.
    pub async fn take_from(&self, budget: Budget<'_>, subject: &Subject, now: Timestamp) -> Result<Guarded, Error> {
        if self.takes_from(budget, subject, now).await? {
            return Ok(Guarded::Go);
        }
        let go: Option<StoredKey> = self.get("read what was let go", budget.let_go_key(subject)).await?;
        Ok(if go.is_some() { Guarded::Go } else { Guarded::Held })
    }

    /// Whether the budget has room for the step, or had.
    async fn takes_from(&self, budget: Budget<'_>, subject: &Subject, now: Timestamp) -> Result<bool, Error> {
        const OPERATION: &str = "take from a budget";
        let id = subject.to_string();
        let was_taken = "contains(subjects, :id)";
        let has_room = "attribute_not_exists(subjects) OR size(subjects) < :most";
        let request = self.client.update_item().table_name(&self.table).set_key(Some(budget.key().item()));
        let request = match budget.most {
            0 => request.condition_expression(was_taken),
            most => request
                .condition_expression(format!("{was_taken} OR {has_room}"))
                .expression_attribute_values(":most", number(most)),
        };
        let request = request
            .update_expression("SET v = :v, expires_at = :expiry ADD subjects :one")
            .expression_attribute_values(":one", AttributeValue::Ss(vec![id.clone()]))
            .expression_attribute_values(":id", AttributeValue::S(id))
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":expiry", expiry(now, days(3)));
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    /// What was taken from a day's budget, and what a person has let go.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn budget_use(&self, budget: Budget<'_>) -> Result<BudgetUse, Error> {
        const OPERATION: &str = "read a budget";
        let stored: Stored = self.get(OPERATION, budget.key()).await?.unwrap_or_default();
        let prefix = budget.let_go_prefix();
        let keys = self.items(OPERATION, &budget.partition()).await?.into_iter().map(|item| read(OPERATION, item));
        let keys: Vec<StoredKey> = keys.collect::<Result<_, _>>()?;
        let let_go = keys.iter().filter_map(|key| key.sk.strip_prefix(&prefix)).map(str::to_owned).collect();
        Ok(BudgetUse { most: budget.most, subjects: stored.subjects.into_iter().collect(), let_go })
    }

    /// A person lets the steps of these subjects go that the day's budget holds, and no others.
    ///
    /// # Errors
    /// Where the table fails; then a repetition goes on.
    pub async fn let_go(&self, budget: Budget<'_>, subjects: &[Subject], now: Timestamp) -> Result<(), Error> {
        const OPERATION: &str = "let steps go";
        for some in subjects.chunks(AT_ONCE) {
            let item = |subject| {
                let mut item: Item = budget.let_go_key(subject).item();
                item.insert("v".to_owned(), number(VERSION));
                item.insert("expires_at".to_owned(), expiry(now, days(3)));
                put_write(OPERATION, put(self, item))
            };
            transact(self, OPERATION, some.iter().map(item).collect::<Result<_, _>>()?).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(most: u32, let_go: &[&str]) -> BudgetUse {
        let of = |persons: &[&str]| persons.iter().map(|id| Subject::new("person", *id).to_string()).collect();
        BudgetUse { most, subjects: of(&["3001"]), let_go: of(let_go) }
    }

    fn taken(mut used: BudgetUse, persons: &[&str]) -> Vec<Guarded> {
        persons.iter().map(|person| used.take(&Subject::new("person", *person))).collect()
    }

    #[test]
    fn a_copy_of_a_budget_is_taken_from_as_the_table_is() {
        use Guarded::{Go, Held};
        let persons = ["3001", "3002", "3002", "3003"];
        assert_eq!(taken(used(2, &[]), &persons), [Go, Go, Go, Held], "a repeated step takes nothing again");
        assert_eq!(taken(used(1, &["3003"]), &persons), [Go, Held, Held, Go], "a person lets one go");
        assert_eq!(taken(used(0, &["3002"]), &persons), [Go, Go, Go, Held], "a budget of nothing");
    }
}
