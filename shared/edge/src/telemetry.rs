//! The log: JSON, one wide event per record, readable by its message alone.

use std::time::Duration;

use tracing_subscriber::EnvFilter;

use crate::Message;

/// Starts the log at `level` (a level or a filter like `info,edge=debug`). AWS SDK and HTTP internals stay at `warn`.
pub(crate) fn start(level: &str) {
    let quiet = "aws_config=warn,aws_smithy_runtime=warn,hyper=warn,hyper_util=warn,reqwest=warn,lambda_runtime=warn";
    let wanted = EnvFilter::try_new(format!("{level},{quiet}"));
    let is_wrong = wanted.is_err();
    let filter = wanted.unwrap_or_else(|_| EnvFilter::new(format!("info,{quiet}")));
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter);
    let log = log.with_current_span(false).with_span_list(false).with_target(false);
    // a second start (tests) leaves the first in place
    let _ = log.try_init();
    if is_wrong {
        tracing::warn!("HRSYNC_LOG is no log filter; logging at info (template parameter LogLevel)");
    }
}

/// What a record cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
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

/// The wide event of one queued record.
pub(crate) fn record(message: &Message, receive: u32, end: &End<'_>, cost: Cost) {
    let again_in_s = end.again_in.map(|again| again.as_secs());
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
        ms = millis(cost.took),
        aws_calls = cost.aws_calls,
        vendor_calls = cost.vendor_calls,
        "{} {} {}: {}{}",
        message.flow,
        message.connection,
        message.object(),
        end.outcome,
        Because(end.reason),
    );
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
