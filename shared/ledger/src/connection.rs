//! Connections: the files that `hrsync apply` wrote, as text, with what every connection has beside it.

use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::table::{Key, VERSION, millis, number, read, text};
use crate::{Breaker, Error, Ledger};

const PARTITION: &str = "connection";

/// One named, configured instance of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Unique in the stack, whatever the flow.
    #[serde(rename = "sk")]
    pub name: String,
    /// The flow it is an instance of.
    pub flow: String,
    /// Whom failures are mailed to.
    pub owner: String,
    /// The connection file as it was applied (TOML).
    pub document: String,
    /// Grows by one with each apply.
    pub revision: u64,
    /// When it was applied.
    #[serde(rename = "applied_ms", with = "millisecond::required")]
    pub applied: Timestamp,
    /// Open while the connection is halted.
    #[serde(default)]
    pub breaker: Option<Breaker>,
}

/// What `hrsync apply` writes.
#[derive(Debug, Clone, Copy)]
pub struct Apply<'a> {
    /// The connection's name.
    pub name: &'a str,
    /// Its flow.
    pub flow: &'a str,
    /// Whom failures are mailed to.
    pub owner: &'a str,
    /// The file's text.
    pub document: &'a str,
}

pub(crate) fn key(name: &str) -> Key {
    Key::new(PARTITION, name)
}

impl Ledger {
    /// The connection named `name`.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn connection(&self, name: &str) -> Result<Option<Connection>, Error> {
        self.get("read connection", key(name)).await
    }

    /// All connections, by name.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn connections(&self) -> Result<Vec<Connection>, Error> {
        self.list("list connections", PARTITION).await
    }

    /// Writes a connection over the revision that `seen` was read at (`None`: it did not exist). `Ok(None)`: somebody
    /// else has applied in the meantime, and nothing was written.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn apply(
        &self,
        apply: Apply<'_>,
        seen: Option<u64>,
        now: Timestamp,
    ) -> Result<Option<Connection>, Error> {
        const OPERATION: &str = "apply connection";
        let condition = if seen.is_some() { "revision = :seen" } else { "attribute_not_exists(revision)" };
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(apply.name).item()))
            .update_expression(
                "SET v = :v, flow = :flow, #owner = :owner, document = :document, revision = :next, applied_ms = :now",
            )
            .condition_expression(condition)
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":flow", text(apply.flow))
            .expression_attribute_values(":owner", text(apply.owner))
            .expression_attribute_values(":document", text(apply.document))
            .expression_attribute_values(":next", number(seen.unwrap_or(0) + 1))
            .expression_attribute_values(":now", millis(now))
            .return_values(ReturnValue::AllNew);
        let request = match seen {
            Some(revision) => request.expression_attribute_values(":seen", number(revision)),
            None => request,
        };
        match request.send().await {
            Ok(answer) => answer.attributes.map(|item| read(OPERATION, item)).transpose(),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => {
                Ok(None)
            }
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }
}
