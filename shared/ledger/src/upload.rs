//! Files that were uploaded to a target and are not attached yet: kept, so that a repeated attempt uploads none twice.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::receipt::Event;
use crate::table::{Key, Ledger, days, expiry};

const KEPT: Duration = days(14);

/// One file of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// Which of the event's files, in the flow's words, without personal data.
    #[serde(rename = "sk")]
    pub file: String,
    /// What the target knows it by; `None`: it cannot be had, for the reason beside it.
    pub id: Option<String>,
    /// The ending of the name under which it was uploaded. The name itself is personal data and is not kept.
    pub extension: Option<String>,
    /// Why it cannot be had, or what its owner is told of it beside its id, in words without personal data.
    pub reason: Option<String>,
}

fn partition(event: &Event) -> String {
    format!("upload#{}#{}", event.connection, event.id)
}

impl Ledger {
    /// The files of an event that were dealt with, of any replay.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn uploads(&self, event: &Event) -> Result<Vec<Uploaded>, Error> {
        self.list("list uploads", &partition(event)).await
    }

    /// Remembers a file of an event, over what was known of it.
    ///
    /// # Errors
    /// Where the table fails; then the file will be uploaded once more.
    pub async fn uploaded(&self, event: &Event, file: &Uploaded, now: Timestamp) -> Result<(), Error> {
        const OPERATION: &str = "write upload";
        let mut item = Key::new(partition(event), &file.file).with(OPERATION, file)?;
        item.insert("expires_at".to_owned(), expiry(now, KEPT));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }
}
