//! What a sweep's run remembers over its slices: what each slice found, what the source did not list, and removals that
//! wait for a person.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::slice::{RUN_KEPT, SliceKey};
use crate::subject::Subject;
use crate::table::{Item, Key, Ledger, VERSION, expiry, number, text};

/// The attributes of a run's item that hold what a slice found begin with this.
const FOUND: &str = "slice:";
/// How many subjects one item of a missing list holds.
const MISSING_IN_ONE: usize = 1000;

/// What a slice, or all slices of a run together, have found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// How many objects the links name, of those that the target holds something for.
    pub known: u64,
    /// How many of them the source did not list.
    pub missing: u64,
}

/// A run whose removals wait for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The run.
    pub run: String,
    /// Whether the run reads everything, not just what is recent.
    pub whole: bool,
    /// What the run found.
    pub known: u64,
    /// What the run would remove.
    pub missing: u64,
    /// When the run was held.
    #[serde(rename = "at_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

fn partition(connection: &str) -> String {
    format!("sweep#{connection}")
}

fn missing_partition(connection: &str, run: &str) -> String {
    format!("sweep#{connection}#{run}#missing")
}

impl Ledger {
    /// Writes down what a slice found, once it was read to its end. Returns what all slices of the run that were read to
    /// their end have found so far, by the slice's name. A repeated reading of a slice takes the place of the one before.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn settle_slice(
        &self,
        slice: SliceKey<'_>,
        found: Totals,
        now: Timestamp,
    ) -> Result<BTreeMap<String, Totals>, Error> {
        const OPERATION: &str = "settle slice";
        let found = serde_dynamo::to_attribute_value(found).map_err(|error| Error::unreadable(OPERATION, error))?;
        let key = Key::new(partition(slice.connection), slice.run).item();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key));
        let request = request
            .update_expression("SET #slice = :found, v = :v, expires_at = :expiry")
            .expression_attribute_names("#slice", format!("{FOUND}{}", slice.name))
            .expression_attribute_values(":found", found)
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":expiry", expiry(now, RUN_KEPT))
            .return_values(ReturnValue::AllNew);
        let answer = request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        let attributes: Item = answer.attributes.unwrap_or_default();
        let mut slices = BTreeMap::new();
        for (name, value) in attributes {
            if let Some(name) = name.strip_prefix(FOUND) {
                let totals =
                    serde_dynamo::from_attribute_value(value).map_err(|error| Error::unreadable(OPERATION, error))?;
                slices.insert(name.to_owned(), totals);
            }
        }
        Ok(slices)
    }

    /// Writes down what the source did not list in a slice, in place of what an earlier reading of the slice missed. Those
    /// that the target holds nothing for are among them.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn write_missing(&self, slice: SliceKey<'_>, missing: &[Subject], now: Timestamp) -> Result<(), Error> {
        let pk = missing_partition(slice.connection, slice.run);
        for (index, part) in missing.chunks(MISSING_IN_ONE).enumerate() {
            let mut item = Key::new(&pk, format!("{}#{index:06}", slice.name)).item();
            let subjects = part.iter().map(|subject| AttributeValue::S(subject.to_string())).collect();
            item.insert("subjects".to_owned(), AttributeValue::L(subjects));
            item.insert("v".to_owned(), number(VERSION));
            item.insert("expires_at".to_owned(), expiry(now, RUN_KEPT));
            let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
            request.send().await.map_err(|error| Error::of("write missing", error))?;
        }
        Ok(())
    }

    /// What a run found missing in all of its slices. Asking for one that is there after all does no harm, so a longer list
    /// of an earlier reading may stand beside a later one.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn missing(&self, connection: &str, run: &str) -> Result<Vec<Subject>, Error> {
        #[derive(Deserialize)]
        struct Stored {
            subjects: Vec<Subject>,
        }
        let parts: Vec<Stored> = self.list("list missing", &missing_partition(connection, run)).await?;
        Ok(parts.into_iter().flat_map(|part| part.subjects).collect())
    }

    /// The run's removals wait for a person. A run that reads everything keeps its place against one that reads less.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn hold(&self, connection: &str, held: &Held) -> Result<(), Error> {
        const OPERATION: &str = "hold run";
        let mut item = Key::new(partition(connection), "held").with(OPERATION, held)?;
        item.insert("expires_at".to_owned(), expiry(held.at, RUN_KEPT));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let request = if held.whole {
            request
        } else {
            request
                .condition_expression("attribute_not_exists(whole) OR whole = :no")
                .expression_attribute_values(":no", AttributeValue::Bool(false))
        };
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    /// The run that waits for a person, if one does.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn held(&self, connection: &str) -> Result<Option<Held>, Error> {
        self.get("read held run", Key::new(partition(connection), "held")).await
    }

    /// The run that waits for a person waits no more. Another run in its place stays.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn release(&self, connection: &str, held: &Held) -> Result<(), Error> {
        let key = Key::new(partition(connection), "held").item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        let request = request
            .condition_expression("#run = :run")
            .expression_attribute_names("#run", "run")
            .expression_attribute_values(":run", text(&held.run));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::of("release run", error)),
        }
    }
}
