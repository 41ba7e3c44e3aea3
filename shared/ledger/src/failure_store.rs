//! Storing failures: once each, with an entry in the outbox, so that each is mailed.

use aws_sdk_dynamodb::types::TransactWriteItem;

use crate::error::Error;
use crate::failure::{Failure, fitted, key};
use crate::outbox::{OutboxEntry, outbox_key};
use crate::receipt::{Event, Settlement};
use crate::table::{Ledger, expiry_seconds, number};
use crate::transaction::{put, put_write, transact};

const OPERATION: &str = "store failure";

impl Ledger {
    /// Stores a failure and settles its event as rejected, in one transaction.
    ///
    /// # Errors
    /// Where the table fails; then neither happened.
    pub async fn reject(&self, event: &Event, failure: &Failure) -> Result<(), Error> {
        let mut writes = self.storing(failure)?;
        writes.push(self.settle(event, Settlement::Rejected, failure.failed)?);
        // refused: the failure is stored already, and its receipt with it
        transact(self, OPERATION, writes).await.map(|_| ())
    }

    /// Stores a failure. One that is stored already stays as it is.
    ///
    /// # Errors
    /// Where the table fails; then nothing was stored.
    pub async fn store_failure(&self, failure: &Failure) -> Result<(), Error> {
        transact(self, OPERATION, self.storing(failure)?).await.map(|_| ())
    }

    /// The writes that store a failure. The first is the failure itself; its condition: it is not stored yet.
    pub(crate) fn storing(&self, failure: &Failure) -> Result<Vec<TransactWriteItem>, Error> {
        let failure = fitted(failure);
        let expires_at = expiry_seconds(failure.failed, self.failures_kept);
        let mut item = key(&failure.connection, &failure.id).with(OPERATION, &failure)?;
        item.insert("expires_at".to_owned(), number(expires_at));
        let entry = OutboxEntry::of(&failure, expires_at);
        let entry = outbox_key(&failure.connection, &failure.id).with(OPERATION, &entry)?;
        Ok(vec![
            put_write(OPERATION, put(self, item).condition_expression("attribute_not_exists(pk)"))?,
            put_write(OPERATION, put(self, entry))?,
        ])
    }

    /// The failure with this id.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn failure(&self, connection: &str, id: &str) -> Result<Option<Failure>, Error> {
        self.get("read failure", key(connection, id)).await
    }
}
