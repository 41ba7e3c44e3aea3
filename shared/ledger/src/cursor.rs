//! How far a connection's changes were read.

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::Deserialize;

use crate::error::Error;
use crate::table::{Key, Ledger, VERSION, conditional, millis, number};

#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "at_ms", with = "millisecond::required")]
    at: Timestamp,
}

fn key(connection: &str) -> Key {
    Key::new(format!("cursor#{connection}"), "cursor")
}

impl Ledger {
    /// How far the connection's changes were read. `None`: never.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn cursor(&self, connection: &str) -> Result<Option<Timestamp>, Error> {
        let stored: Option<Stored> = self.get("read cursor", key(connection)).await?;
        Ok(stored.map(|stored| stored.at))
    }

    /// Moves the cursor on; never back.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn move_cursor(&self, connection: &str, to: Timestamp) -> Result<(), Error> {
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key(connection).item()));
        let request = request
            .update_expression("SET at_ms = :to, v = :v")
            .condition_expression("attribute_not_exists(at_ms) OR at_ms < :to")
            .expression_attribute_values(":to", millis(to))
            .expression_attribute_values(":v", number(VERSION));
        conditional("move cursor", request).await.map(|_| ())
    }

    /// Sets the cursor as a person asks for, back as well, unless it stands otherwise than `seen` by now. Whether it was set.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn set_cursor(&self, connection: &str, seen: Option<Timestamp>, to: Timestamp) -> Result<bool, Error> {
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key(connection).item()));
        let request = request
            .update_expression("SET at_ms = :to, v = :v")
            .expression_attribute_values(":to", millis(to))
            .expression_attribute_values(":v", number(VERSION));
        let request = match seen {
            Some(seen) => {
                request.condition_expression("at_ms = :seen").expression_attribute_values(":seen", millis(seen))
            }
            None => request.condition_expression("attribute_not_exists(at_ms)"),
        };
        conditional("set cursor", request).await
    }
}
