//! Objects that wait for something outside of them (a mapping, a user, a person's confirmation): every sweep wakes them.

use serde::Deserialize;

use crate::error::Error;
use crate::subject::Subject;
use crate::table::{Key, Ledger, VERSION, number};

#[derive(Deserialize)]
struct Stored {
    sk: Subject,
}

fn partition(connection: &str) -> String {
    format!("pending#{connection}")
}

impl Ledger {
    /// Remembers that an object waits.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn add_pending(&self, connection: &str, subject: &Subject) -> Result<(), Error> {
        let mut item = Key::new(partition(connection), subject.to_string()).item();
        item.insert("v".to_owned(), number(VERSION));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of("write pending", error))
    }

    /// The object waits no more. Removing what is not pending is harmless.
    ///
    /// # Errors
    /// Where the table fails; then the next sweep wakes the object once for nothing.
    pub async fn remove_pending(&self, connection: &str, subject: &Subject) -> Result<(), Error> {
        let key = Key::new(partition(connection), subject.to_string()).item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        request.send().await.map(|_| ()).map_err(|error| Error::of("remove pending", error))
    }

    /// The objects that wait.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn pending(&self, connection: &str) -> Result<Vec<Subject>, Error> {
        let all: Vec<Stored> = self.list("list pending", &partition(connection)).await?;
        Ok(all.into_iter().map(|stored| stored.sk).collect())
    }
}
