//! Where every failure ends: stored first, mailed second.
//!
//! `push` mails one stored failure to its connection's owner, or one digest of many, and is the only function that may
//! send mail. `poll` runs every 15 minutes: it notifies `push` of what is still in the outbox and of the digests that are
//! due, reminds the owners of halted connections once a day, counts the flows whose schedules are late and the records that
//! no queue brings back, and takes what the flows' dead-letter queues hold: `dead` stores it as failures and notifies `push`.

mod digest;
mod report;

pub mod dead;
pub mod late;
pub mod poll;
pub mod push;
pub mod unaccounted;

use edge::Function;
use edge::variable::{
    DEAD_QUEUES, FAILURE_DAYS, FAILURES_QUEUE, FLOWS, MAIL_TIME_ZONE, POLLED_FLOWS, QUEUE, RETRY_SECONDS, SENDER,
    SUMMARY_MINUTES,
};

/// Mails failures.
pub const PUSH: Function = Function::new("failures-push")
    .with_environment(&[QUEUE, SENDER, RETRY_SECONDS, FAILURE_DAYS, SUMMARY_MINUTES, MAIL_TIME_ZONE])
    .with_actions(&[
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "ses:SendRawEmail",
        "sqs:ChangeMessageVisibility",
    ]);

/// Announces what was left behind, stores dead letters.
pub const POLL: Function = Function::new("failures-poll")
    .with_environment(&[FAILURES_QUEUE, FAILURE_DAYS, SUMMARY_MINUTES, FLOWS, POLLED_FLOWS, DEAD_QUEUES])
    .with_actions(&[
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "logs:FilterLogEvents",
        "sqs:DeleteMessage",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
    ]);

/// The functions of this folder.
pub const FUNCTIONS: &[Function] = &[PUSH, POLL];
