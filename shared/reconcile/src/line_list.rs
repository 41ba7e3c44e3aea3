//! What an interrupted reading still expects, written as a numbered list of lines beside its checkpoint.

use edge::verdict::Fault;
use ledger::{CHUNK, Chunk};

use crate::sweep::Sweep;

/// Writes the lines as list `list` of the slice. The list counts once a checkpoint names it.
///
/// # Errors
/// Where the table fails.
pub(crate) async fn write_list(sweep: &Sweep<'_>, list: u32, lines: impl Iterator<Item = String>) -> Result<(), Fault> {
    let ledger = sweep.attempt.ledger;
    let now = sweep.attempt.now();
    let mut chunk = String::new();
    let mut index = 0;
    for line in lines {
        if chunk.len() + line.len() > CHUNK {
            let full = Chunk { list, index, lines: &chunk, is_last: false };
            ledger.write_chunk(sweep.key(), full, now).await?;
            chunk.clear();
            index += 1;
        }
        chunk.push_str(&line);
    }
    let last = Chunk { list, index, lines: &chunk, is_last: true };
    Ok(ledger.write_chunk(sweep.key(), last, now).await?)
}
