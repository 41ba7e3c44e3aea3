//! Connections: the files that `hrsync apply` wrote, as text, with what every connection has beside it.

use std::fmt;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::breaker::Breaker;
use crate::error::Error;
use crate::table::{CONNECTIONS, Ledger, Listing, VERSION, conditional, connection_key, millis, number, text};

/// One named, configured instance of a flow. Its `Debug` leaves out owner and document, which hold an address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Since when a person has had it stand still. `None`: it does not.
    #[serde(rename = "paused_ms", default, with = "millisecond::optional")]
    pub paused: Option<Timestamp>,
    /// When a person was last forgotten: what was received before may be about them.
    #[serde(rename = "forgot_ms", default, with = "millisecond::optional", skip_serializing_if = "Option::is_none")]
    pub forgot: Option<Timestamp>,
}

/// What `hrsync apply` writes. Its `Debug` leaves out owner and document, which hold an address.
#[derive(Clone, Copy)]
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

/// What became of an apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// The connection is written.
    Written {
        /// Its new revision.
        revision: u64,
    },
    /// Somebody else has applied in the meantime: nothing was written.
    Overtaken,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("name", &self.name)
            .field("flow", &self.flow)
            .field("revision", &self.revision)
            .field("applied", &self.applied)
            .field("breaker", &self.breaker)
            .field("paused", &self.paused)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Apply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Apply").field("name", &self.name).field("flow", &self.flow).finish_non_exhaustive()
    }
}

impl Ledger {
    /// The connection named `name`.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn connection(&self, name: &str) -> Result<Option<Connection>, Error> {
        self.get("read connection", connection_key(name)).await
    }

    /// All connections, by name.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn connections(&self) -> Result<Listing<Connection>, Error> {
        self.listing("list connections", CONNECTIONS).await
    }

    /// Writes a connection over the revision that `seen` was read at (`None`: it did not exist).
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn apply(&self, apply: Apply<'_>, seen: Option<u64>, now: Timestamp) -> Result<Applied, Error> {
        let revision = seen.unwrap_or(0) + 1;
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(connection_key(apply.name).item()))
            .update_expression(
                "SET v = :v, flow = :flow, #owner = :owner, document = :document, revision = :next, applied_ms = :now",
            )
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":flow", text(apply.flow))
            .expression_attribute_values(":owner", text(apply.owner))
            .expression_attribute_values(":document", text(apply.document))
            .expression_attribute_values(":next", number(revision))
            .expression_attribute_values(":now", millis(now));
        let request = match seen {
            Some(seen) => {
                request.condition_expression("revision = :seen").expression_attribute_values(":seen", number(seen))
            }
            None => request.condition_expression("attribute_not_exists(revision)"),
        };
        let is_written = conditional("apply connection", request).await?;
        Ok(if is_written { Applied::Written { revision } } else { Applied::Overtaken })
    }

    /// Has a connection stand still until it is resumed: its records wait. `false`: it stands still already, or is not there.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn pause(&self, name: &str, now: Timestamp) -> Result<bool, Error> {
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(connection_key(name).item()))
            .update_expression("SET paused_ms = :now")
            .condition_expression("attribute_exists(revision) AND attribute_not_exists(paused_ms)")
            .expression_attribute_values(":now", millis(now));
        conditional("pause connection", request).await
    }

    /// Has a connection go on. `false`: it does not stand still, or is not there.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn resume(&self, name: &str) -> Result<bool, Error> {
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(connection_key(name).item()))
            .update_expression("REMOVE paused_ms")
            .condition_expression("attribute_exists(revision) AND attribute_exists(paused_ms)");
        conditional("resume connection", request).await
    }
}
