//! One run of a sweep: a sweeper's process reads all of its slices, and what that took is counted.

use std::path::Path;
use std::time::Duration;

use anyhow::bail;

use crate::cases::Sweepable;
use crate::event;
use crate::measure::environment;
use crate::process::Process;
use crate::stand_ins::{Calls, StandIns};

/// How often a slice may come back because a Lambda's time was over.
const COMES_BACK: u32 = 20;

/// What a run took.
pub(crate) struct SweepRun {
    /// How many messages it is made of.
    pub(crate) slices: usize,
    /// All calls.
    pub(crate) calls: Calls,
    /// Messages that a FIFO queue would hold.
    pub(crate) queued: usize,
    /// The most memory that was resident.
    pub(crate) memory: Option<u64>,
    /// How long it worked.
    pub(crate) took: Duration,
}

/// A sweeper reads everything with a process of its own.
///
/// # Errors
/// Where it does not do its work.
pub(crate) async fn run(
    sweeper: &str,
    what: &Sweepable,
    stand_ins: &StandIns,
    (binaries, logs): (&Path, &Path),
) -> anyhow::Result<SweepRun> {
    let (binary, log) = (binaries.join(sweeper), logs.join(format!("{sweeper}-all.log")));
    stand_ins.hold((what.world)(&stand_ins.url));
    let mut process = Process::start(&binary, &log, &environment(&stand_ins.url)).await?;
    let (mut took, mut calls) = (Duration::ZERO, Calls::new());
    for (message, number) in what.messages.iter().zip(0..) {
        took += slice(&mut process, event::queued(number, message)).await?;
        for (kind, count) in stand_ins.calls()? {
            *calls.entry(kind).or_default() += count;
        }
    }
    let slices = what.messages.len();
    Ok(SweepRun { slices, calls, queued: stand_ins.queued(), memory: process.peak_memory()?, took })
}

/// One slice, which comes back until it was read to its end.
async fn slice(process: &mut Process, event: Vec<u8>) -> anyhow::Result<Duration> {
    let mut took = Duration::ZERO;
    let mut said = Vec::new();
    for _ in 0..COMES_BACK {
        let asks = process.asks().await?;
        let answer = process.invoke(asks, event.clone()).await?;
        took += answer.at - answer.handed;
        if event::is_taken(&answer.body) {
            return Ok(took);
        }
        said = answer.body.to_vec();
    }
    bail!("it did not do its work but answered {}", String::from_utf8_lossy(&said));
}

impl SweepRun {
    /// How many calls there were whose kinds hold this.
    pub(crate) fn calls(&self, to: &str) -> u64 {
        self.calls.iter().filter(|(kind, _)| kind.contains(to)).map(|(_, count)| *count).sum()
    }

    /// How much more memory it took than another.
    pub(crate) fn grown(&self, first: &Self) -> Option<u64> {
        self.memory.zip(first.memory).map(|(memory, first)| memory.saturating_sub(first))
    }
}
