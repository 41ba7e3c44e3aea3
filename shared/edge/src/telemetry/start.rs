//! Starts the log.

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::line::Lines;
use crate::clock::Clock;

/// AWS SDK and HTTP internals stay at `warn`.
const QUIET: &str =
    "aws_config=warn,aws_smithy_runtime=warn,hyper=warn,hyper_util=warn,reqwest=warn,lambda_runtime=warn";
/// What carries metrics is written at every level: a quieter log must neither stop counting nor set alarms off.
const COUNTED: &str = "edge::telemetry=info,edge::http=info";

/// Starts the log at `level` (a level or a filter like `info,edge=debug`). `stack` is the metrics' first dimension.
pub(crate) fn start(level: &str, stack: &str) {
    let wanted = filter(level);
    let is_wrong = wanted.is_none();
    let filter = wanted.or_else(|| filter("info")).unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_max_level(Level::TRACE)
        .event_format(Lines { clock: Clock::system(), stack: stack.to_owned() });
    // a second start (tests) leaves the first in place
    let _ = log.finish().with(filter).try_init();
    if is_wrong {
        tracing::warn!("HRSYNC_LOG is no log filter; logging at info (template parameter LogLevel)");
    }
}

/// Levels by target. The richer filters of tracing, by span and by field, would bring a regex engine into every function.
pub(super) fn filter(level: &str) -> Option<Targets> {
    format!("{level},{QUIET},{COUNTED}").parse().ok()
}
