//! The Lambda rim: everything between AWS and a flow. The only crate that names SQS and Lambda's runtime.
//!
//! A receiver is [`http::serve`] around a closure from a request to an answer; a pusher is
//! [`batch::serve`] around a [`worker::Worker`], which does for every flow what does not differ between flows:
//! connection, breaker, verdict, failure; a schedule is [`schedule::serve`], from where
//! [`drain::drain`] reads queues that are nearly always empty. [`Setup`] makes the parts from the
//! environment that a [`Function`] declares.

mod accept;
mod authenticate;
mod aws;
pub mod batch;
mod body;
pub mod breaker;
mod clock;
pub mod connections;
mod cooldown;
pub mod drain;
mod environment;
mod fault;
mod forgotten;
mod function;
mod handled;
pub mod head;
pub mod http;
mod message;
pub mod notify;
mod outcome;
#[cfg(test)]
mod privacy;
mod processed;
mod queue;
mod received;
mod record;
mod rejections;
pub mod schedule;
mod secrets;
mod setup;
mod setup_error;
mod suspicion;
pub mod telemetry;
pub mod variable;
pub mod verdict;
pub mod worker;

pub use accept::accept;
pub use authenticate::authenticate;
pub use body::read_body;
pub use clock::{Clock, Deadline};
pub use environment::{Environment, MissingVariable};
pub use forgotten::is_forgotten;
pub use function::Function;
pub use head::Head;
pub use message::{Message, Unreadable, event_id};
pub use outcome::Outcome;
pub use processed::Processed;
pub use queue::{Depth, Queue, QueueError};
pub use received::Received;
pub use rejections::{Rejections, Unusable};
pub use secrets::{Secrets, SecretsError};
pub use setup::Setup;
pub use setup_error::SetupError;
/// What ends a function: Lambda's runtime API failed, or the function could not start.
pub type Error = lambda_runtime::Error;
