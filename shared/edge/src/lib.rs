//! The Lambda rim: everything between AWS and a flow. The only crate that names SQS and Lambda.
//!
//! A receiver is [`door::serve`] around a closure from [`door::Request`] to [`door::Answer`]; a pusher is
//! [`batch::serve`] around a [`worker::Worker`], which does for every flow what does not differ between flows:
//! connection, breaker, verdict, failure; a schedule is [`schedule::serve`]. [`Setup`] makes the parts from the
//! environment that a [`Function`] declares.

mod admission;
mod aws;
pub mod batch;
mod clock;
pub mod connections;
pub mod door;
mod flow;
mod function;
pub mod halt;
pub mod head;
mod message;
mod pause;
mod queue;
pub mod schedule;
mod secrets;
mod setup;
pub mod telemetry;
pub mod verdict;
pub mod worker;

pub use admission::admit;
pub use clock::{Clock, Deadline};
pub use flow::{
    Act, Acting, Acts, Asked, Change, Confirmation, Flow, Head, Hook, Live, Registered, Remap, Remapped, Removal,
    SecretKey, Sweep, WebhookHint, Webhooks, in_words,
};
pub use function::{Environment, Function, MissingVariable};
pub use message::{Message, Unreadable, event_id};
pub use queue::{Queue, QueueError};
pub use secrets::{Secrets, SecretsError};
pub use setup::{Setup, SetupError};
/// What ends a function: Lambda's runtime API failed, or the function could not start.
pub type Error = lambda_runtime::Error;
