//! What functions log in a test's own thread.

use std::sync::Once;

use tracing::Subscriber;
use tracing::subscriber::{DefaultGuard, set_global_default};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Hands what this thread logs to the subscriber, until the guard is dropped.
///
/// A subscriber for all threads, which keeps nothing, stands beside it. Without that one `tracing` asks only the thread that is the first
/// to come to a line of code whether anybody wants the line, and takes the answer for all threads.
pub(crate) fn handed_to(subscriber: impl Subscriber + Send + Sync + 'static) -> DefaultGuard {
    static BESIDE: Once = Once::new();
    BESIDE.call_once(|| set_global_default(tracing_subscriber::registry().with(LevelFilter::ERROR)).unwrap());
    subscriber.set_default()
}
