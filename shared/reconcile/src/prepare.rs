//! The links of a run are read once: each window's share of them is written down, and later slices read only theirs.

use edge::verdict::Fault;
use ledger::{CHUNK, Chunk, SliceKey};

use crate::expected::{Expected, is_due};
use crate::run::Window;
use crate::signal::{Signal, Trigger};
use crate::sweep::Sweep;

/// The lines of one window that are not written yet.
struct WindowList {
    window: Window,
    name: String,
    lines: String,
    index: u32,
}

/// Reads all links of the connection and writes each window's expected objects beside its checkpoint. Objects that are due
/// are signalled. Repeating it is harmless. How many objects were signalled.
///
/// # Errors
/// Where the table or the queue fails; then the run is prepared anew.
pub(crate) async fn prepare(sweep: &Sweep<'_>) -> Result<usize, Fault> {
    let mut lists: Vec<WindowList> = sweep.task.windows.iter().map(|window| WindowList::new(*window)).collect();
    let mut queued = 0;
    let mut from = None;
    loop {
        let (links, next) = sweep.attempt.ledger.link_summaries(sweep.connection(), from).await?;
        let links: Vec<_> = links.into_iter().filter(|link| link.subject.kind == sweep.rules.kind).collect();
        let due = links.iter().filter(|link| is_due(link, sweep.attempt.now()));
        let due = due.map(|link| (Signal::new(link.subject.clone(), Trigger::Due), None)).collect();
        queued += sweep.send(due).await?;
        for link in &links {
            let Some(list) = lists.iter_mut().find(|list| list.window.contains(link.window)) else { continue };
            let line = Expected::of(link).line(&link.subject.id);
            if list.lines.len() + line.len() > CHUNK {
                write(sweep, list, false).await?;
            }
            list.lines.push_str(&line);
        }
        from = next;
        if from.is_none() {
            break;
        }
    }
    for list in &mut lists {
        write(sweep, list, true).await?;
    }
    Ok(queued)
}

/// Signals the objects that are due, and reads nothing else: between two runs. How many.
///
/// # Errors
/// Where the table or the queue fails.
pub async fn wake_due(sweep: &Sweep<'_>) -> Result<usize, Fault> {
    let mut queued = 0;
    let mut from = None;
    loop {
        let (links, next) = sweep.attempt.ledger.link_summaries(sweep.connection(), from).await?;
        let of_kind = links.iter().filter(|link| link.subject.kind == sweep.rules.kind);
        let due = of_kind.filter(|link| is_due(link, sweep.attempt.now()));
        queued += sweep.send(due.map(|link| (Signal::new(link.subject.clone(), Trigger::Due), None)).collect()).await?;
        from = next;
        if from.is_none() {
            return Ok(queued);
        }
    }
}

async fn write(sweep: &Sweep<'_>, list: &mut WindowList, is_last: bool) -> Result<(), Fault> {
    let slice = SliceKey { name: &list.name, ..sweep.key() };
    let chunk = Chunk { list: 0, index: list.index, lines: &list.lines, is_last };
    sweep.attempt.ledger.write_chunk(slice, chunk, sweep.attempt.now()).await?;
    list.lines.clear();
    list.index += 1;
    Ok(())
}

impl WindowList {
    fn new(window: Window) -> Self {
        Self { window, name: window.name(), lines: String::new(), index: 0 }
    }
}
