//! What a person has decided about a step whose end nobody can find out.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::subject::Subject;
use crate::table::{Key, Ledger, days, expiry};

const KEPT: Duration = days(14);

/// A decision, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The code of the failure that was decided about: a decision about one thing says nothing of another.
    pub code: String,
    /// What was decided.
    pub decision: Decision,
    /// When. What was begun later is not what the person has looked at.
    #[serde(rename = "at_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

/// What a person can decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Decision {
    /// The target has it, under this id.
    Adopt {
        /// The target's id.
        id: String,
    },
    /// The target does not have it: the step is taken once more.
    Create,
}

fn key(connection: &str, subject: &Subject) -> Key {
    Key::new(format!("decision#{connection}"), subject.to_string())
}

impl Ledger {
    /// A person decides about an object, in the place of what was decided before.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn decide(&self, connection: &str, subject: &Subject, decided: &Decided) -> Result<(), Error> {
        const OPERATION: &str = "write decision";
        let mut item = key(connection, subject).with(OPERATION, decided)?;
        item.insert("expires_at".to_owned(), expiry(decided.at, KEPT));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }

    /// What a person has decided about an object.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn decision(&self, connection: &str, subject: &Subject) -> Result<Option<Decided>, Error> {
        self.get("read decision", key(connection, subject)).await
    }

    /// What was decided is done. Repeating it is harmless.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn forget_decision(&self, connection: &str, subject: &Subject) -> Result<(), Error> {
        let request = self.client.delete_item().table_name(&self.table);
        let request = request.set_key(Some(key(connection, subject).item()));
        request.send().await.map(|_| ()).map_err(|error| Error::of("forget decision", error))
    }
}
