//! A command: a function of a flow that the console calls for one connection.

use std::pin::Pin;

use jiff::Timestamp;
use ledger::Ledger;
use secrecy::SecretString;

use crate::error::Error;

/// A command on a connection.
pub type Command<T> = for<'a> fn(Context<'a>) -> Running<'a, T>;

/// A command on a connection and one user of the target.
pub type UserCommand<T> = for<'a> fn(Context<'a>, &'a str) -> Running<'a, T>;

/// A command under way.
pub type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'a>>;

/// What a command works with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The connection's name.
    pub name: &'a str,
    /// Its file.
    pub document: &'a str,
    /// Its secret: the JSON object that functions read.
    pub secret: &'a SecretString,
    /// Whether the stack itself is local.
    pub local: bool,
    /// What is remembered.
    pub ledger: &'a Ledger,
    /// The time.
    pub now: Timestamp,
    /// Takes a line about how far long work is.
    pub progress: &'a dyn Fn(&str),
}
