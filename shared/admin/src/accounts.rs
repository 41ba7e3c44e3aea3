//! The accounts that a connection keeps in step.

use secrecy::SecretString;

use crate::command::Context;
use crate::error::Error;

/// Reads a connection's accounts from its file and secret. Calls nobody.
pub type AccountsOf = fn(context: &Context<'_>) -> Result<Accounts, Error>;

/// The accounts that a connection keeps in step, each as its vendor tells accounts apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Accounts {
    /// Where objects are read.
    pub source: String,
    /// Where they are written.
    pub target: String,
}

/// Another connection of the flow that is applied and has its secret.
pub struct Other {
    /// Its name.
    pub name: String,
    /// Its file.
    pub document: String,
    /// Its secret.
    pub secret: SecretString,
}

/// The name of the one of `others` that has the accounts of this connection. One whose file or secret cannot be used has none.
///
/// # Errors
/// Where file or secret of this connection cannot be used.
pub fn doubled<'a>(
    accounts_of: AccountsOf,
    context: &Context<'_>,
    others: &'a [Other],
) -> Result<Option<&'a str>, Error> {
    let accounts = accounts_of(context)?;
    let has_the_same = |other: &&Other| {
        let context = Context { name: &other.name, document: &other.document, secret: &other.secret, ..*context };
        accounts_of(&context).is_ok_and(|others| others == accounts)
    };
    Ok(others.iter().find(has_the_same).map(|other| other.name.as_str()))
}
