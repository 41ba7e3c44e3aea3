//! The environment variables that template.yaml sets.

/// The stack's name.
pub const STACK: &str = "HRSYNC_STACK";
/// The ledger's table.
pub const TABLE: &str = "HRSYNC_TABLE";
/// Whether the stack itself is local: `true` or `false`.
pub const LOCAL: &str = "HRSYNC_LOCAL";
/// The log's filter.
pub const LOG: &str = "HRSYNC_LOG";
/// The URL of the function's own queue: a receiver sends to it, the others are woken by it.
pub const QUEUE: &str = "HRSYNC_QUEUE";
/// The URL of the pusher's queue.
pub const PUSH_QUEUE: &str = "HRSYNC_PUSH_QUEUE";
/// The URL of the sweeper's queue.
pub const SWEEP_QUEUE: &str = "HRSYNC_SWEEP_QUEUE";
/// The URL of the queue of `failures-push`.
pub const FAILURES_QUEUE: &str = "HRSYNC_FAILURES_QUEUE";
/// The URLs of the flows' dead-letter queues, comma between.
pub const DEAD_QUEUES: &str = "HRSYNC_DEAD_QUEUES";
/// The flows that are on, comma between.
pub const FLOWS: &str = "HRSYNC_FLOWS";
/// The flows whose schedules are on, comma between.
pub const POLLED_FLOWS: &str = "HRSYNC_POLLED_FLOWS";
/// Where mails come from.
pub const SENDER: &str = "HRSYNC_SENDER";
/// How long the first retry waits, in seconds.
pub const RETRY_SECONDS: &str = "HRSYNC_RETRY_SECONDS";
/// For how many days failures are kept.
pub const FAILURE_DAYS: &str = "HRSYNC_FAILURE_DAYS";
/// Whose local time stands beside UTC in mails: a name of the IANA time zone database.
pub const MAIL_TIME_ZONE: &str = "HRSYNC_MAIL_TIME_ZONE";
/// For how many minutes failures of one cause are told together.
pub const SUMMARY_MINUTES: &str = "HRSYNC_SUMMARY_MINUTES";
