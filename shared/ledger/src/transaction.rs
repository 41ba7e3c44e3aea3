//! Transactions: several writes that happen together or not at all.
//!
//! A write whose request cannot be built is an error, for without it the transaction would do less than it says.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::{DeleteBuilder, PutBuilder, UpdateBuilder};
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem, Update};

use crate::error::Error;
use crate::table::{Item, Key, Ledger};

/// What became of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transaction {
    /// All of its writes happened.
    Written,
    /// The condition of its first write did not hold, so nothing happened.
    Refused,
}

/// Begins a put into the ledger's table.
pub(crate) fn put(ledger: &Ledger, item: Item) -> PutBuilder {
    Put::builder().table_name(&ledger.table).set_item(Some(item))
}

/// Begins an update in the ledger's table.
pub(crate) fn update(ledger: &Ledger, key: Key) -> UpdateBuilder {
    Update::builder().table_name(&ledger.table).set_key(Some(key.item()))
}

/// Begins a delete in the ledger's table.
pub(crate) fn delete(ledger: &Ledger, key: Key) -> DeleteBuilder {
    Delete::builder().table_name(&ledger.table).set_key(Some(key.item()))
}

/// The put as a transaction's write.
pub(crate) fn put_write(operation: &'static str, put: PutBuilder) -> Result<TransactWriteItem, Error> {
    let put = put.build().map_err(|error| Error::unbuildable(operation, error))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// The update as a transaction's write.
pub(crate) fn update_write(operation: &'static str, update: UpdateBuilder) -> Result<TransactWriteItem, Error> {
    let update = update.build().map_err(|error| Error::unbuildable(operation, error))?;
    Ok(TransactWriteItem::builder().update(update).build())
}

/// The delete as a transaction's write.
pub(crate) fn delete_write(operation: &'static str, delete: DeleteBuilder) -> Result<TransactWriteItem, Error> {
    let delete = delete.build().map_err(|error| Error::unbuildable(operation, error))?;
    Ok(TransactWriteItem::builder().delete(delete).build())
}

/// Writes all of `writes`, at most 100.
pub(crate) async fn transact(
    ledger: &Ledger,
    operation: &'static str,
    writes: Vec<TransactWriteItem>,
) -> Result<Transaction, Error> {
    match ledger.client.transact_write_items().set_transact_items(Some(writes)).send().await {
        Ok(_) => Ok(Transaction::Written),
        Err(error) if error.as_service_error().is_some_and(first_condition_failed) => Ok(Transaction::Refused),
        Err(error) => Err(Error::of(operation, error)),
    }
}

/// Whether the condition of the transaction's first write did not hold.
pub(crate) fn first_condition_failed(error: &TransactWriteItemsError) -> bool {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { return false };
    let first = cancelled.cancellation_reasons().first();
    first.and_then(|reason| reason.code()) == Some("ConditionalCheckFailed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_write_that_cannot_be_built_is_an_error() {
        let errors = [
            put_write("store failure", Put::builder()).unwrap_err(),
            update_write("store failure", Update::builder()).unwrap_err(),
            delete_write("store failure", Delete::builder()).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind, Kind::Unbuildable);
            assert_eq!(error.to_string(), "ledger store failure: a request cannot be built");
        }
    }
}
