//! Tombstones: what was queued of a forgotten person is dropped. A tombstone is a digest of a name (an object, an event, an
//! address) that a message may hold, salted with the connection's name, and says nothing else. It ends a day after the last
//! message that it can be about has left the queues.

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::table::{Key, Ledger, conditional, connection_key, days, expiry, millis};

const OPERATION: &str = "write tombstone";

#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(rename = "at_ms", with = "millisecond::required")]
    at: Timestamp,
}

fn key(connection: &str, name: &str) -> Key {
    let mut hash = Sha256::new();
    for part in ["forgotten", connection, name] {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Key::new(format!("forgotten#{connection}"), digest)
}

impl Ledger {
    /// Has what a connection's queues hold of these names dropped: whatever was received until now. Functions know within a
    /// minute.
    ///
    /// # Errors
    /// Where the table fails; then a repetition goes on.
    pub async fn bury(&self, connection: &str, names: &[String], now: Timestamp) -> Result<(), Error> {
        for name in names {
            let mut item = key(connection, name).with(OPERATION, &Stored { at: now })?;
            // a day longer than queues keep messages
            item.insert("expires_at".to_owned(), expiry(now, days(15)));
            let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
            request.send().await.map_err(|error| Error::of(OPERATION, error))?;
        }
        // last: from here on functions look for tombstones
        let request = self.client.update_item().table_name(&self.table);
        let request = request
            .set_key(Some(connection_key(connection).item()))
            .update_expression("SET forgot_ms = :now")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", millis(now));
        conditional(OPERATION, request).await.map(|_| ())
    }

    /// Whether one of these names was forgotten at or after `received`.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn is_buried(&self, connection: &str, names: &[String], received: Timestamp) -> Result<bool, Error> {
        for name in names {
            let stored: Option<Stored> = self.get("read tombstone", key(connection, name)).await?;
            if stored.is_some_and(|stored| stored.at >= received) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tombstone_shows_no_name_and_is_its_connections_own() {
        let mina = key("careers", "mina@example.com");
        assert_eq!((mina.pk.as_str(), mina.sk.len()), ("forgotten#careers", 64));
        assert!(!mina.sk.contains("mina"));
        assert_ne!(mina.sk, key("interns", "mina@example.com").sk);
        assert_ne!(mina.sk, key("careers", "nina@example.com").sk);
    }
}
