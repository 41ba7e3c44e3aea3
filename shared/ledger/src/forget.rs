//! Forgetting one person: everything that the table holds of them in one connection. Nobody knows by key where a person is
//! named, so the whole table is read: rare, and the only way to be sure.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::operation::put_item::PutItemError;

use crate::error::Error;
use crate::table::{Item, Key, Ledger};
use crate::traces::{Judged, NamesOf, Traces};

const OPERATION: &str = "forget a person";

/// What is known of a person: for each kind of item how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Items that are the person's, by the first word of their key.
    pub items: BTreeMap<&'static str, usize>,
    /// Lists that name the person among others.
    pub lists: usize,
}

impl Found {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.lists == 0
    }
}

/// What an erasure does about one item.
enum Step {
    Delete { kind: &'static str, key: Key },
    Shrink { from: Box<Item>, to: Box<Item> },
}

impl Ledger {
    /// Looks for a person in a connection's items. `known` learns all that stands for the person. `progress` is told after each
    /// page how many items were read.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn find_person(
        &self,
        connection: &str,
        known: &mut Traces,
        names_of: NamesOf,
        progress: &dyn Fn(usize),
    ) -> Result<Found, Error> {
        let mut found = Found::default();
        for step in self.steps(connection, known, names_of, progress).await? {
            match step {
                Step::Delete { kind, .. } => *found.items.entry(kind).or_default() += 1,
                Step::Shrink { .. } => found.lists += 1,
            }
        }
        Ok(found)
    }

    /// Erases what [`Ledger::find_person`] finds. A list that somebody writes at this moment is left: a repetition goes on.
    /// What was erased.
    ///
    /// # Errors
    /// Where the table fails; then a repetition goes on.
    pub async fn erase_person(
        &self,
        connection: &str,
        known: &mut Traces,
        names_of: NamesOf,
        progress: &dyn Fn(usize),
    ) -> Result<Found, Error> {
        let mut erased = Found::default();
        for step in self.steps(connection, known, names_of, progress).await? {
            match step {
                Step::Delete { kind, key } => {
                    let request = self.client.delete_item().table_name(&self.table).set_key(Some(key.item()));
                    request.send().await.map_err(|error| Error::of(OPERATION, error))?;
                    *erased.items.entry(kind).or_default() += 1;
                }
                Step::Shrink { from, to } => erased.lists += usize::from(self.shrink(&from, *to).await?),
            }
        }
        Ok(erased)
    }

    /// Reads the table until nothing new is learned of the person: an item may name others that were read before.
    async fn steps(
        &self,
        connection: &str,
        known: &mut Traces,
        names_of: NamesOf,
        progress: &dyn Fn(usize),
    ) -> Result<Vec<Step>, Error> {
        loop {
            let before = known.len();
            let mut steps = Vec::new();
            let mut read = 0;
            let mut from = None;
            loop {
                let request = self.client.scan().table_name(&self.table).consistent_read(true);
                let page = request.set_exclusive_start_key(from).send().await;
                let page = page.map_err(|error| Error::of(OPERATION, error))?;
                for item in page.items.unwrap_or_default() {
                    read += 1;
                    steps.extend(step(connection, known, names_of, item));
                }
                progress(read);
                from = page.last_evaluated_key;
                if from.is_none() {
                    break;
                }
            }
            if known.len() == before {
                return Ok(steps);
            }
        }
    }

    /// Writes a list without the person, unless somebody else has written it meanwhile. Whether it did.
    async fn shrink(&self, from: &Item, to: Item) -> Result<bool, Error> {
        let mut request = self.client.put_item().table_name(&self.table).set_item(Some(to));
        let seen = ["subjects", "lines"].into_iter().filter_map(|name| Some((name, from.get(name)?.clone())));
        let mut conditions = Vec::new();
        for (name, value) in seen {
            conditions.push(format!("#{name} = :{name}"));
            request = request.expression_attribute_names(format!("#{name}"), name);
            request = request.expression_attribute_values(format!(":{name}"), value);
        }
        match request.condition_expression(conditions.join(" AND ")).send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Ok(false)
            }
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }
}

fn step(connection: &str, known: &mut Traces, names_of: NamesOf, item: Item) -> Option<Step> {
    match known.judge(connection, &item, names_of) {
        Judged::Stays => None,
        Judged::Goes(kind) => {
            let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
            Some(Step::Delete { kind, key: Key::new(part("pk"), part("sk")) })
        }
        Judged::Shrinks(to) => Some(Step::Shrink { from: Box::new(item), to: Box::new(to) }),
    }
}
