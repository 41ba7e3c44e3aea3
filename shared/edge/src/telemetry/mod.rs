//! The log: JSON, one wide event per record, readable by its message alone, its metrics in the same line.

mod line;
mod metrics;
#[cfg(test)]
mod tests;

use std::time::Duration;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use self::line::Lines;
use self::metrics::{
    AGE_IN_FLIGHT, DEAD, DONE, HALTED, MAIL_REFUSED, POLLS, RECEIVED, RECORDS, REJECTED, SKIPPED, VENDOR_MS,
};
pub use self::metrics::{METRICS, Metric, NAMESPACE, UNKNOWN_FLOW};
use crate::{Clock, Message};

/// AWS SDK and HTTP internals stay at `warn`.
const QUIET: &str =
    "aws_config=warn,aws_smithy_runtime=warn,hyper=warn,hyper_util=warn,reqwest=warn,lambda_runtime=warn";
/// What carries metrics is written at every level: a quieter log must neither stop counting nor set alarms off.
const COUNTED: &str = "edge::telemetry=info,edge::door=info";

/// Starts the log at `level` (a level or a filter like `info,edge=debug`).
pub(crate) fn start(level: &str) {
    let wanted = filter(level);
    let is_wrong = wanted.is_none();
    let filter = wanted.or_else(|| filter("info")).unwrap_or_default();
    let log = tracing_subscriber::fmt().with_max_level(Level::TRACE).event_format(Lines { clock: Clock::system() });
    // a second start (tests) leaves the first in place
    let _ = log.finish().with(filter).try_init();
    if is_wrong {
        tracing::warn!("HRSYNC_LOG is no log filter; logging at info (template parameter LogLevel)");
    }
}

/// Levels by target. The richer filters of tracing, by span and by field, would bring a regex engine into every function.
fn filter(level: &str) -> Option<Targets> {
    format!("{level},{QUIET},{COUNTED}").parse().ok()
}

/// What a request at a door came to.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) flow: &'a str,
    pub(crate) connection: &'a str,
    pub(crate) event: Option<&'a str>,
    pub(crate) outcome: &'static str,
    pub(crate) status: u16,
    pub(crate) took: Duration,
    pub(crate) aws_calls: u64,
}

/// The wide event of one request.
pub(crate) fn visit(visit: &Visit<'_>) {
    let Visit { flow, connection, event, outcome, status, took, aws_calls } = *visit;
    tracing::info!(
        target: "edge::door",
        flow,
        connection,
        event,
        outcome,
        status,
        ms = millis(took),
        aws_calls,
        { RECORDS.name } = 1_u64,
        { RECEIVED.name } = event.map(|_| 1_u64),
        "{flow} webhook {connection}: {outcome} with {status}",
    );
}

/// What a record cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// Since it was received.
    pub(crate) age: Duration,
    pub(crate) took: Duration,
    pub(crate) aws_calls: u64,
    pub(crate) vendor_calls: u64,
}

/// How a record ended, in words for the log.
#[derive(Debug)]
pub(crate) struct End<'a> {
    pub(crate) outcome: &'static str,
    pub(crate) reason: &'a str,
    pub(crate) again_in: Option<Duration>,
}

impl End<'_> {
    /// 1 where the record ended in this way.
    fn is(&self, outcome: &str) -> Option<u64> {
        (self.outcome == outcome).then_some(1)
    }
}

/// The wide event of one queued record.
pub(crate) fn record(message: &Message, receive: u32, end: &End<'_>, cost: Cost) {
    let again_in_s = end.again_in.map(|again| again.as_secs());
    let ms = millis(cost.took);
    tracing::info!(
        flow = message.flow,
        connection = message.connection,
        object = message.object(),
        event = message.event,
        generation = message.generation,
        receive,
        outcome = end.outcome,
        reason = end.reason,
        again_in_s,
        ms,
        aws_calls = cost.aws_calls,
        vendor_calls = cost.vendor_calls,
        { RECORDS.name } = 1_u64,
        { DONE.name } = end.is("done"),
        { SKIPPED.name } = end.is("skipped"),
        { REJECTED.name } = end.is("rejected"),
        { DEAD.name } = end.is("dead"),
        { AGE_IN_FLIGHT.name } = millis(cost.age),
        { VENDOR_MS.name } = (cost.vendor_calls > 0).then_some(ms),
        "{} {} {}: {}{}",
        message.flow,
        message.connection,
        message.object(),
        end.outcome,
        Because(end.reason),
    );
}

/// A message that cannot be read, by the queue's own id.
pub(crate) fn unread(message_id: &str, end: &End<'_>) {
    tracing::error!(
        flow = UNKNOWN_FLOW,
        message_id,
        outcome = end.outcome,
        reason = end.reason,
        { RECORDS.name } = 1_u64,
        { DEAD.name } = end.is("dead"),
        "unreadable message {message_id}: {}{}",
        end.outcome,
        Because(end.reason),
    );
}

/// One run of the schedule behind all flows. `unmailed`: how many failures an earlier run announced whose mail has still
/// not gone out, where that is known. `trouble`: why some of the work was left to the next run.
pub fn poll(flow: &str, unmailed: Option<u64>, trouble: Option<&dyn std::fmt::Display>) {
    let reason = trouble.map(ToString::to_string).unwrap_or_default();
    let outcome = if trouble.is_none() { "done" } else { "unfinished" };
    tracing::info!(
        flow,
        outcome,
        reason,
        { POLLS.name } = u64::from(trouble.is_none()),
        { MAIL_REFUSED.name } = unmailed,
        "{flow} poll: {outcome}{}",
        Because(&reason),
    );
}

/// A mail that was refused for good, for the reason that this code names.
pub fn mail_refused(flow: &str, connection: &str, failure: &str, code: &str) {
    tracing::error!(
        flow,
        connection,
        failure,
        code,
        { MAIL_REFUSED.name } = 1_u64,
        "{flow} {connection} {failure}: the mail was refused ({code})",
    );
}

/// How many of a flow's connections are halted just now.
pub fn halted(flow: &str, halted: u64, connections: u64) {
    tracing::info!(flow, connections, { HALTED.name } = halted, "{flow}: {halted} of {connections} connections halted");
}

pub(crate) fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

struct Because<'a>(&'a str);

impl std::fmt::Display for Because<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " ({})", self.0) }
    }
}
