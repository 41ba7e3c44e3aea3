//! Objects whose parts a list of the source is to show: it is read once for all that wait.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::subject::Subject;
use crate::table::{Key, Ledger, expiry};

/// How long an object waits: afterwards its parts are found by sweeps.
const KEPT: Duration = Duration::from_secs(30 * 60);

#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(rename = "since_ms", with = "millisecond::required")]
    since: Timestamp,
}

#[derive(Deserialize)]
struct Listed {
    sk: Subject,
    #[serde(rename = "since_ms", with = "millisecond::required")]
    since: Timestamp,
}

fn partition(connection: &str) -> String {
    format!("waiting#{connection}")
}

impl Ledger {
    /// An object waits for a list from now on. One that waits already waits as long again.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn wait_for_list(&self, connection: &str, subject: &Subject, now: Timestamp) -> Result<(), Error> {
        const OPERATION: &str = "wait for list";
        let mut item = Key::new(partition(connection), subject.to_string()).with(OPERATION, &Stored { since: now })?;
        item.insert("expires_at".to_owned(), expiry(now, KEPT));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }

    /// The objects that wait.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn waiting_for_list(&self, connection: &str, now: Timestamp) -> Result<Vec<Subject>, Error> {
        let listed: Vec<Listed> = self.list("list what waits", &partition(connection)).await?;
        let waits = |listed: &Listed| listed.since + KEPT > now;
        Ok(listed.into_iter().filter(waits).map(|listed| listed.sk).collect())
    }

    /// An object waits no more. Repeating it is harmless.
    ///
    /// # Errors
    /// Where the table fails; then the object waits on.
    pub async fn wait_for_no_list(&self, connection: &str, subject: &Subject) -> Result<(), Error> {
        let key = Key::new(partition(connection), subject.to_string()).item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        request.send().await.map(|_| ()).map_err(|error| Error::of("end waiting", error))
    }
}
