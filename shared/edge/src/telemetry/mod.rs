//! The log: JSON, one wide event per record, readable by its message alone, its metrics in the same line.

mod events;
mod line;
mod metrics;
mod short;
mod start;
#[cfg(test)]
mod tests;

pub(crate) use self::events::{Cost, Visit, record, unread, visit};
pub use self::events::{Found, halted, mail_refused, poll, watch};
pub use self::metrics::{METRICS, Metric, NAMESPACE, UNKNOWN_FLOW};
pub(crate) use self::start::start;
