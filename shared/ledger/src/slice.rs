//! What is kept of one slice of a sweep: what a census expects, and the checkpoint at which an interrupted reading goes on.
//!
//! A slice has a partition of its own, which one query reads whole. Expected objects stand in it as numbered lists of
//! lines, each list cut into chunks; the checkpoint says which list counts. So a reading that breaks off writes what it
//! still expects as another list, and a crash between the two writes leaves the earlier state whole.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::table::{Item, Key, Ledger, VERSION, days, expiry, expiry_seconds, number, read};

/// How long what is kept of a run stays: long enough for a person to confirm removals.
pub(crate) const RUN_KEPT: Duration = days(14);

/// The most bytes of lines that one chunk holds: well below DynamoDB's 400 KB for an item.
pub const CHUNK: usize = 100 * 1024;

const CHECKPOINT: &str = "checkpoint";

/// Names one slice of a run.
#[derive(Debug, Clone, Copy)]
pub struct SliceKey<'a> {
    /// The connection.
    pub connection: &'a str,
    /// The run's id.
    pub run: &'a str,
    /// The slice's own name in the run.
    pub name: &'a str,
}

/// A chunk of a slice's list.
#[derive(Debug, Clone, Copy)]
pub struct Chunk<'a> {
    /// The list's number; 0 is the one that the run began with.
    pub list: u32,
    /// The chunk's place in the list, from 0.
    pub index: u32,
    /// Whole lines, each with its line break.
    pub lines: &'a str,
    /// Whether the list ends with this chunk. A list without its last chunk does not count.
    pub is_last: bool,
}

/// What is kept of a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SliceState<T> {
    /// Where an interrupted reading goes on, in reconcile's own words. `None`: the reading has not begun.
    pub checkpoint: Option<T>,
    /// The chunks of the list that counts, in their order. `None`: the list was never written to its end.
    pub expected: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
struct StoredCheckpoint<T> {
    at: T,
    list: u32,
}

#[derive(Deserialize)]
struct StoredChunk {
    list: u32,
    lines: String,
    last: bool,
}

impl SliceKey<'_> {
    fn partition(&self) -> String {
        format!("sweep#{}#{}#{}", self.connection, self.run, self.name)
    }
}

impl Ledger {
    /// What is kept of a slice.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn slice_state<T: DeserializeOwned>(&self, slice: SliceKey<'_>) -> Result<SliceState<T>, Error> {
        const OPERATION: &str = "read slice";
        let mut checkpoint: Option<StoredCheckpoint<T>> = None;
        let mut chunks: Vec<StoredChunk> = Vec::new();
        for item in self.items(OPERATION, &slice.partition()).await? {
            if is_checkpoint(&item) {
                checkpoint = Some(read(OPERATION, item)?);
            } else {
                chunks.push(read(OPERATION, item)?);
            }
        }
        let list = checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.list);
        let expected = whole_list(chunks, list);
        Ok(SliceState { checkpoint: checkpoint.map(|checkpoint| checkpoint.at), expected })
    }

    /// Writes one chunk of a slice's list, over whatever stood in its place.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn write_chunk(&self, slice: SliceKey<'_>, chunk: Chunk<'_>, now: Timestamp) -> Result<(), Error> {
        let Chunk { list, index, lines, is_last } = chunk;
        let mut item = Key::new(slice.partition(), format!("list#{list:06}#{index:06}")).item();
        item.insert("list".to_owned(), number(list));
        item.insert("lines".to_owned(), AttributeValue::S(lines.to_owned()));
        item.insert("last".to_owned(), AttributeValue::Bool(is_last));
        item.insert("v".to_owned(), number(VERSION));
        item.insert("expires_at".to_owned(), expiry(now, RUN_KEPT));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of("write chunk", error))
    }

    /// Keeps where a reading goes on, and which list counts from now on. The list is written before.
    ///
    /// # Errors
    /// Where the table fails; then the reading goes on where it stood before.
    pub async fn save_checkpoint<T: Serialize>(
        &self,
        slice: SliceKey<'_>,
        at: &T,
        list: u32,
        now: Timestamp,
    ) -> Result<(), Error> {
        const OPERATION: &str = "save checkpoint";
        let mut item = Key::new(slice.partition(), CHECKPOINT).with(OPERATION, &StoredCheckpoint { at, list })?;
        item.insert("expires_at".to_owned(), number(expiry_seconds(now, RUN_KEPT)));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }

    /// The slice begins anew, with the list that the run began with.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn clear_checkpoint(&self, slice: SliceKey<'_>) -> Result<(), Error> {
        let key = Key::new(slice.partition(), CHECKPOINT).item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        request.send().await.map(|_| ()).map_err(|error| Error::of("clear checkpoint", error))
    }
}

fn is_checkpoint(item: &Item) -> bool {
    item.get("sk") == Some(&AttributeValue::S(CHECKPOINT.to_owned()))
}

/// The chunks of a list up to its last one; an earlier, longer list may have left chunks behind it.
fn whole_list(chunks: Vec<StoredChunk>, list: u32) -> Option<Vec<String>> {
    let mut whole = Vec::new();
    for chunk in chunks.into_iter().filter(|chunk| chunk.list == list) {
        whole.push(chunk.lines);
        if chunk.last {
            return Some(whole);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(list: u32, lines: &str, last: bool) -> StoredChunk {
        StoredChunk { list, lines: lines.to_owned(), last }
    }

    #[test]
    fn a_list_counts_once_it_was_written_to_its_end() {
        let chunks =
            || vec![chunk(0, "a\n", false), chunk(0, "b\n", true), chunk(0, "stale\n", true), chunk(1, "c\n", false)];
        assert_eq!(whole_list(chunks(), 0), Some(vec!["a\n".to_owned(), "b\n".to_owned()]));
        assert_eq!(whole_list(chunks(), 1), None, "its last chunk is missing");
        assert_eq!(whole_list(chunks(), 2), None);
    }
}
