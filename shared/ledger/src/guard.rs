//! How many steps that hurt (removals, say) a connection has taken on one day, so that a budget can stop them.
//!
//! A step counts once for each subject and day: a repeated attempt takes nothing again.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::Error;
use crate::subject::Subject;
use crate::table::{Key, Ledger, VERSION, days, expiry, number, read};

/// Names a day's budget of one connection.
#[derive(Debug, Clone, Copy)]
pub struct Budget<'a> {
    /// The connection.
    pub connection: &'a str,
    /// What the steps do: `remove`.
    pub effect: &'static str,
    /// The day, in UTC.
    pub day: Date,
    /// How many subjects may take such a step that day; at least 1.
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

/// Where a day's budget stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetState {
    /// Further subjects may take a step.
    Open,
    /// Steps of further subjects are held.
    UsedUp,
    /// A person lets all steps of the day go.
    Confirmed,
}

/// What was taken from a day's budget so far, and what a preview would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetUse {
    most: u32,
    confirmed: bool,
    subjects: BTreeSet<String>,
}

impl BudgetUse {
    /// Takes a step of `subject` from this copy, as [`Ledger::take_from`] would from the table. A budget of nothing holds
    /// every step.
    pub fn take(&mut self, subject: &Subject) -> Guarded {
        let id = subject.to_string();
        let goes = self.confirmed || self.subjects.contains(&id) || self.taken() < self.most;
        if self.most == 0 || !goes {
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
    confirmed: bool,
    #[serde(default)]
    subjects: Vec<String>,
}

impl Budget<'_> {
    fn key(&self) -> Key {
        Key::new(format!("guard#{}", self.connection), format!("{}#{}", self.day, self.effect))
    }
}

impl Ledger {
    /// Takes a step of `subject` from the day's budget.
    ///
    /// # Errors
    /// Where the table fails; then the step must not be taken.
    pub async fn take_from(&self, budget: Budget<'_>, subject: &Subject, now: Timestamp) -> Result<Guarded, Error> {
        const OPERATION: &str = "take from a budget";
        let id = subject.to_string();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(budget.key().item()));
        let request = request
            .update_expression("SET v = :v, expires_at = :expiry ADD subjects :one")
            .condition_expression(
                "attribute_not_exists(confirmed) AND \
                 (attribute_not_exists(subjects) OR contains(subjects, :id) OR size(subjects) < :most)",
            )
            .expression_attribute_values(":one", AttributeValue::Ss(vec![id.clone()]))
            .expression_attribute_values(":id", AttributeValue::S(id))
            .expression_attribute_values(":most", number(budget.most))
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":expiry", expiry(now, days(3)))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let error = match request.send().await {
            Ok(_) => return Ok(Guarded::Go),
            Err(error) => error,
        };
        let Some(UpdateItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() else {
            return Err(Error::of(OPERATION, error));
        };
        let stored: Stored = read(OPERATION, failed.item.clone().unwrap_or_default())?;
        Ok(if stored.confirmed { Guarded::Go } else { Guarded::Held })
    }

    /// Where a day's budget stands.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn budget_state(&self, budget: Budget<'_>) -> Result<BudgetState, Error> {
        let used = self.budget_use(budget).await?;
        Ok(match used.confirmed {
            true => BudgetState::Confirmed,
            false if used.taken() >= budget.most => BudgetState::UsedUp,
            false => BudgetState::Open,
        })
    }

    /// What was taken from a day's budget.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn budget_use(&self, budget: Budget<'_>) -> Result<BudgetUse, Error> {
        let stored: Stored = self.get("read a budget", budget.key()).await?.unwrap_or_default();
        let Stored { confirmed, subjects } = stored;
        Ok(BudgetUse { most: budget.most, confirmed, subjects: subjects.into_iter().collect() })
    }

    /// A person lets all further steps of the day go.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn confirm_budget(&self, budget: Budget<'_>, now: Timestamp) -> Result<(), Error> {
        let request = self.client.update_item().table_name(&self.table).set_key(Some(budget.key().item()));
        let request = request
            .update_expression("SET v = :v, expires_at = :expiry, confirmed = :yes")
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":expiry", expiry(now, days(3)))
            .expression_attribute_values(":yes", AttributeValue::Bool(true));
        request.send().await.map(|_| ()).map_err(|error| Error::of("confirm a budget", error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(most: u32, confirmed: bool) -> BudgetUse {
        BudgetUse { most, confirmed, subjects: BTreeSet::from([Subject::new("person", "3001").to_string()]) }
    }

    fn taken(mut used: BudgetUse, persons: &[&str]) -> Vec<Guarded> {
        persons.iter().map(|person| used.take(&Subject::new("person", *person))).collect()
    }

    #[test]
    fn a_copy_of_a_budget_is_taken_from_as_the_table_is() {
        use Guarded::{Go, Held};
        let persons = ["3001", "3002", "3002", "3003"];
        assert_eq!(taken(used(2, false), &persons), [Go, Go, Go, Held], "a repeated step takes nothing again");
        assert_eq!(taken(used(1, true), &persons), [Go; 4], "a person lets all go");
        assert_eq!(taken(used(0, true), &persons), [Held; 4], "a budget of nothing");
    }
}
