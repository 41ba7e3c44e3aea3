//! Where every failure ends: stored first, mailed second.
//!
//! `push` mails one stored failure to its connection's owner, or one summary of many, and is the only function that may
//! send mail. `dead` takes what the flows' dead-letter queues hold, stores it as a failure and announces it to `push`.
//! `poll` runs every 15 minutes: it announces what is still unmailed and the summaries that are due, and reminds the
//! owners of halted connections once a day.

pub mod dead;
pub mod poll;
pub mod push;
mod report;
mod summary;

use edge::Function;

/// Mails failures.
pub const PUSH: Function = Function {
    name: "failures-push",
    environment: &[
        "HRSYNC_STACK",
        "HRSYNC_TABLE",
        "HRSYNC_LOG",
        "HRSYNC_QUEUE",
        "HRSYNC_SENDER",
        "HRSYNC_RETRY_SECONDS",
        "HRSYNC_FAILURE_DAYS",
        "HRSYNC_SUMMARY_MINUTES",
    ],
    actions: &[
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "ses:SendRawEmail",
        "sqs:ChangeMessageVisibility",
    ],
};

/// Stores dead letters.
pub const DEAD: Function = Function {
    name: "failures-dead",
    environment: &["HRSYNC_TABLE", "HRSYNC_LOG", "HRSYNC_FAILURES_QUEUE", "HRSYNC_FAILURE_DAYS"],
    actions: &["dynamodb:GetItem", "dynamodb:PutItem", "sqs:SendMessage"],
};

/// Announces what was left behind.
pub const POLL: Function = Function {
    name: "failures-poll",
    environment: &[
        "HRSYNC_TABLE",
        "HRSYNC_LOG",
        "HRSYNC_FAILURES_QUEUE",
        "HRSYNC_FAILURE_DAYS",
        "HRSYNC_SUMMARY_MINUTES",
    ],
    actions: &["dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem", "sqs:SendMessage"],
};

/// The functions of this folder.
pub const FUNCTIONS: &[Function] = &[PUSH, DEAD, POLL];
