//! A command: a function of a flow that the console calls for one connection.

use std::pin::Pin;

use jiff::Timestamp;
use ledger::{Ledger, ReadOnly};
use secrecy::SecretString;

use crate::error::Error;

/// A command on a connection.
pub type Command<T> = for<'a> fn(Context<'a>) -> Running<'a, T>;

/// A command on a connection and one user of the target.
pub type UserCommand<T> = for<'a> fn(Context<'a>, &'a str) -> Running<'a, T>;

/// A command that cannot write to the table.
pub type ReadingCommand<T> = for<'a> fn(ReadingContext<'a>) -> Running<'a, T>;

/// The same on one object of the source, named by its id.
pub type ReadingObjectCommand<T> = for<'a> fn(ReadingContext<'a>, &'a str) -> Running<'a, T>;

/// A command under way.
pub type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'a>>;

/// What a command works with that cannot write to the table.
pub type ReadingContext<'a> = Context<'a, ReadOnly<'a>>;

/// What a command works with.
#[derive(Clone, Copy)]
pub struct Context<'a, L = &'a Ledger> {
    /// The connection's name.
    pub name: &'a str,
    /// Its file.
    pub document: &'a str,
    /// Its secret: the JSON object that functions read.
    pub secret: &'a SecretString,
    /// Whether the stack itself is local.
    pub local: bool,
    /// What is remembered.
    pub ledger: L,
    /// The time.
    pub now: Timestamp,
    /// Takes a line about how far long work is.
    pub progress: &'a dyn Fn(&str),
}

impl<'a> Context<'a> {
    /// The same for a command that cannot write to the table.
    #[must_use]
    pub fn reading(self) -> ReadingContext<'a> {
        let Self { name, document, secret, local, ledger, now, progress } = self;
        Context { name, document, secret, local, ledger: ledger.into(), now, progress }
    }
}
