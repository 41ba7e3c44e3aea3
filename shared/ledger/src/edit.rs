//! A failure's stored message is mended before a replay. The message as it came is kept beside it, for as long as the failure.

use jiff::Timestamp;

use crate::error::Error;
use crate::failure::key;
use crate::record::{FailureRecord, Triaged};
use crate::table::{Ledger, conditional, millis, text};

impl Ledger {
    /// Puts another message in the place of that of a failure which still stands as `record` was read.
    ///
    /// # Errors
    /// Where the table fails; then nothing was written.
    pub async fn edit_message(&self, record: &FailureRecord, message: &str, now: Timestamp) -> Result<Triaged, Error> {
        let expression = "SET original = if_not_exists(original, message), message = :message, edited_ms = :now";
        let request = self.client.update_item().table_name(&self.table);
        let mut request = request
            .set_key(Some(key(&record.failure.connection, &record.failure.id).item()))
            .update_expression(expression)
            .condition_expression(record.unchanged())
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":message", text(message))
            .expression_attribute_values(":now", millis(now));
        for (name, value) in record.seen() {
            request = request.expression_attribute_values(name, value);
        }
        Ok(triaged(conditional("edit failure", request).await?))
    }

    /// Puts the message as it came back in its place. Overtaken where it was never edited.
    ///
    /// # Errors
    /// Where the table fails; then nothing was written.
    pub async fn restore_message(&self, record: &FailureRecord) -> Result<Triaged, Error> {
        let request = self.client.update_item().table_name(&self.table);
        let mut request = request
            .set_key(Some(key(&record.failure.connection, &record.failure.id).item()))
            .update_expression("SET message = original REMOVE original, edited_ms")
            .condition_expression(format!("attribute_exists(original) AND {}", record.unchanged()))
            .expression_attribute_names("#state", "state");
        for (name, value) in record.seen() {
            request = request.expression_attribute_values(name, value);
        }
        Ok(triaged(conditional("restore failure", request).await?))
    }
}

fn triaged(has_held: bool) -> Triaged {
    if has_held { Triaged::Written } else { Triaged::Overtaken }
}
