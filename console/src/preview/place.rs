//! Where a preview reads: the stack's table, which it cannot write to, and the secret of a connection.

use admin::{Context, ReadingContext};
use edge::Message;
use jiff::Timestamp;
use ledger::{Ledger, ReadOnly, State};
use secrecy::SecretString;

use super::bodies::Body;
use super::previewed::Previewed;
use crate::ends::Failure;
use crate::ready;
use crate::stack::Stack;

/// A stack with a connection's secret.
pub(super) struct Place {
    stack: Stack,
    ledger: Ledger,
    secret: SecretString,
    name: String,
    now: Timestamp,
}

impl Place {
    /// The place of a connection, applied or not: its secret must be there.
    pub(super) async fn open(stack: Stack, previewed: &Previewed, now: Timestamp) -> Result<Self, Failure> {
        let secret = ready::secret(&stack, previewed.flow, &previewed.name).await?;
        let ledger = stack.ledger();
        Ok(Self { stack, ledger, secret, name: previewed.name.clone(), now })
    }

    /// Whether the stack is local.
    pub(super) fn is_local(&self) -> bool {
        self.stack.is_local()
    }

    /// What a command works with. Another file is compared as if it were this connection's.
    pub(super) fn context<'a>(&'a self, document: &'a str) -> ReadingContext<'a> {
        let Self { stack, ledger, secret, name, now } = self;
        let local = stack.is_local();
        Context { name, document, secret, local, ledger, now: *now, progress: &ready::progress }.reading()
    }
}

/// The deliveries that stored failures hold and nobody has dealt with.
pub(super) async fn stored(ledger: ReadOnly<'_>, name: &str) -> Result<Vec<Body>, Failure> {
    let mut bodies = Vec::new();
    for case in ledger.failures(Some(name)).await?.items.iter().filter(|case| case.triage.state == State::Open) {
        let Some(whole) = ledger.failure_record(name, &case.failure.id).await? else { continue };
        let Some(message) = whole.failure.message else { continue };
        // what a receiver could not read is stored as it arrived
        let content = match Message::read(message.reveal()) {
            Ok(message) => message.body.get().as_bytes().to_vec(),
            Err(_) => message.reveal().as_bytes().to_vec(),
        };
        bodies.push(Body { label: format!("failure {}", case.failure.id), content });
    }
    Ok(bodies)
}
