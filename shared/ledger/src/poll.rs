//! When each flow's schedule is late unless it has run again. A schedule cannot tell by itself that it does not run.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::Deserialize;

use crate::error::Error;
use crate::table::{Item, Key, Ledger, VERSION, millis, number};

const PARTITION: &str = "poll";

#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "sk")]
    flow: String,
    #[serde(rename = "late_ms", with = "millisecond::required")]
    late: Timestamp,
}

fn item(flow: &str, late: Timestamp) -> Item {
    let mut item = Key::new(PARTITION, flow).item();
    item.insert("late_ms".to_owned(), millis(late));
    item.insert("v".to_owned(), number(VERSION));
    item
}

impl Ledger {
    /// The flow's schedule has run. `late`: when it counts as missed unless it runs again.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn note_poll(&self, flow: &str, late: Timestamp) -> Result<(), Error> {
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item(flow, late)));
        request.send().await.map(|_| ()).map_err(|error| Error::of("note poll", error))
    }

    /// The flow's schedule has not run yet, as far as is known. What is noted already stays.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn expect_poll(&self, flow: &str, late: Timestamp) -> Result<(), Error> {
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item(flow, late)));
        match request.condition_expression("attribute_not_exists(pk)").send().await {
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Ok(())
            }
            answer => answer.map(|_| ()).map_err(|error| Error::of("expect poll", error)),
        }
    }

    /// The flow's schedule is off. Forgetting what is not noted is harmless.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn forget_poll(&self, flow: &str) -> Result<(), Error> {
        let key = Key::new(PARTITION, flow).item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        request.send().await.map(|_| ()).map_err(|error| Error::of("forget poll", error))
    }

    /// When each noted flow's schedule counts as missed.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn polls(&self) -> Result<BTreeMap<String, Timestamp>, Error> {
        let stored: Vec<Stored> = self.list("list polls", PARTITION).await?;
        Ok(stored.into_iter().map(|stored| (stored.flow, stored.late)).collect())
    }
}
