//! The measuring: one process at a time, functions by turns, so that a machine that becomes slower does so for all of
//! them. What an event is made of is made before its time runs.

use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::cases::{Case, EMPTY, ONE_SEND};
use crate::process::Process;
use crate::stand_ins::{Calls, StandIns};

/// How many warm events a function gets before it is the next one's turn.
const TURN: u32 = 50;

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    /// Starts of each function.
    pub(crate) starts: u32,
    /// Events of each function once it is warm.
    pub(crate) events: u32,
}

/// What was measured of one function.
pub(crate) struct Measured {
    /// The function.
    pub(crate) function: &'static str,
    /// Its package, in bytes.
    pub(crate) package: u64,
    /// Each start, up to the first question for an event.
    pub(crate) init: Vec<Duration>,
    /// Each start, up to the first answer.
    pub(crate) cold: Vec<Duration>,
    /// Each further event, from handing it over to its answer.
    pub(crate) warm: Vec<Duration>,
    /// The most that was resident after all events, in bytes.
    pub(crate) memory: Option<u64>,
    /// Calls of a start and its first event.
    pub(crate) cold_calls: Calls,
    /// Calls of all further events.
    pub(crate) warm_calls: Calls,
}

/// Measures the empty function, the one that sends a message, and then `cases`.
///
/// # Errors
/// The first that could not be measured.
pub(crate) async fn all(
    cases: &[Case],
    extent: Extent,
    binaries: &Path,
    packages: &Path,
) -> anyhow::Result<Vec<Measured>> {
    let stand_ins = StandIns::start().await?;
    let bench = Bench { stand_ins, binaries, packages };
    let cases: Vec<Case> = [EMPTY, ONE_SEND].into_iter().chain(cases.iter().copied()).collect();
    let mut measured = cases.iter().map(|case| bench.prepare(*case)).collect::<anyhow::Result<Vec<_>>>()?;
    for round in 0..=extent.starts {
        for (case, measured) in cases.iter().zip(&mut measured) {
            let start = bench.start(*case).await.with_context(|| case.function)?;
            // the first start reads the binary from the disk, which is not what is asked for
            if round > 0 {
                start.noted(measured)?;
            }
        }
    }
    bench.warm(&cases, extent.events, &mut measured).await?;
    Ok(measured)
}

struct Bench<'a> {
    stand_ins: StandIns,
    binaries: &'a Path,
    packages: &'a Path,
}

/// A function that has answered its first event.
struct Start {
    process: Process,
    init: Duration,
    cold: Duration,
    calls: Calls,
}

impl Start {
    fn noted(self, measured: &mut Measured) -> anyhow::Result<()> {
        if !measured.cold.is_empty() && measured.cold_calls != self.calls {
            bail!("{}: starts differ in their calls: {:?}, {:?}", measured.function, measured.cold_calls, self.calls);
        }
        measured.init.push(self.init);
        measured.cold.push(self.cold);
        measured.cold_calls = self.calls;
        Ok(())
    }
}

impl Bench<'_> {
    fn prepare(&self, case: Case) -> anyhow::Result<Measured> {
        let path = self.packages.join(format!("{}.zip", case.function));
        let package = std::fs::metadata(&path).with_context(|| format!("no package {}", path.display()))?.len();
        Ok(Measured {
            function: case.function,
            package,
            init: Vec::new(),
            cold: Vec::new(),
            warm: Vec::new(),
            memory: None,
            cold_calls: Calls::new(),
            warm_calls: Calls::new(),
        })
    }

    /// A start and the first event.
    async fn start(&self, case: Case) -> anyhow::Result<Start> {
        self.stand_ins.hold((case.world)(&self.stand_ins.url));
        let (binary, log) = (self.binaries.join(case.function), self.packages.join(format!("{}.log", case.function)));
        let mut process = Process::start(&binary, &log, &environment(&self.stand_ins.url)).await?;
        let asks = process.asks().await?;
        let (started, asked) = (process.started, asks.at);
        let answer = process.invoke(asks, case.trigger.event(0)).await?;
        let calls = self.stand_ins.calls()?;
        check(case, &answer.body)?;
        Ok(Start { process, init: asked - started, cold: answer.at - started, calls })
    }

    /// The events after the first, a few of each function by turns.
    async fn warm(&self, cases: &[Case], events: u32, measured: &mut [Measured]) -> anyhow::Result<()> {
        let mut processes = Vec::new();
        for case in cases {
            processes.push(self.start(*case).await.with_context(|| case.function)?.process);
        }
        let mut number = 0;
        while number < events {
            let turn = number + 1..=(number + TURN).min(events);
            for ((case, process), measured) in cases.iter().zip(&mut processes).zip(&mut *measured) {
                self.stand_ins.hold((case.world)(&self.stand_ins.url));
                self.turn(*case, process, turn.clone(), measured).await.with_context(|| case.function)?;
            }
            number = *turn.end();
        }
        for (process, measured) in processes.iter().zip(measured) {
            measured.memory = process.peak_memory()?;
        }
        Ok(())
    }

    async fn turn(
        &self,
        case: Case,
        process: &mut Process,
        numbers: RangeInclusive<u32>,
        measured: &mut Measured,
    ) -> anyhow::Result<()> {
        for number in numbers {
            let event = case.trigger.event(number);
            let asks = process.asks().await?;
            let answer = process.invoke(asks, event).await?;
            check(case, &answer.body)?;
            measured.warm.push(answer.at - answer.handed);
        }
        for (kind, count) in self.stand_ins.calls()? {
            *measured.warm_calls.entry(kind).or_default() += count;
        }
        Ok(())
    }
}

/// A figure counts only where the function did its work.
fn check(case: Case, answer: &[u8]) -> anyhow::Result<()> {
    if !case.trigger.is_done(answer) {
        bail!("it did not do its work but answered {}", String::from_utf8_lossy(answer));
    }
    Ok(())
}

/// What Lambda and the template set. Every function gets every variable; a test of its own compares those that a
/// function reads with the template.
pub(crate) fn environment(url: &str) -> Vec<(&'static str, String)> {
    let queue = |name: &str| format!("{url}/123456789012/bench-{name}.fifo");
    let lambda = [
        ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/03/01/[$LATEST]bench"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_DEFAULT_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        ("AWS_SESSION_TOKEN", "a-session-token"),
        ("PATH", "/usr/local/bin:/usr/bin/:/bin"),
        ("TZ", ":UTC"),
        ("HRSYNC_STACK", "bench"),
        ("HRSYNC_TABLE", "bench-ledger"),
        ("HRSYNC_LOCAL", "true"),
        ("HRSYNC_LOG", "info"),
        ("HRSYNC_RETRY_SECONDS", "30"),
        ("HRSYNC_FAILURE_DAYS", "30"),
        ("HRSYNC_SUMMARY_MINUTES", "60"),
        ("HRSYNC_MAIL_TIME_ZONE", "Europe/Berlin"),
        ("HRSYNC_SENDER", "hrsync@example.com"),
        ("HRSYNC_FLOWS", ""),
        ("HRSYNC_POLLED_FLOWS", "personio-to-hellohq"),
    ];
    let addresses = [
        ("AWS_ENDPOINT_URL", url.to_owned()),
        ("HRSYNC_QUEUE", queue("own")),
        ("HRSYNC_PUSH_QUEUE", queue("push")),
        ("HRSYNC_SWEEP_QUEUE", queue("sweep")),
        ("HRSYNC_FAILURES_QUEUE", queue("failures-push")),
        ("HRSYNC_DEAD_QUEUES", queue("dead")),
    ];
    lambda.into_iter().map(|(name, value)| (name, value.to_owned())).chain(addresses).collect()
}
