//! What the console does for a connection of this flow, through the flow's commands: the console itself only shows it.

mod doctor;
mod doubled;
mod explained;
mod hooks;
mod init;
mod live;
mod remap;
mod sweep;

use admin::{Commands, Context};
use personio_to_hellohq::FLOW;
use secrecy::SecretString;
use serde_json::Value;

use super::house::House;

pub(super) const COMMANDS: Commands = FLOW.commands;

/// A connection as the console hands it to a command.
pub(super) struct Desk<'a> {
    house: &'a House,
    document: String,
    secret: SecretString,
}

impl<'a> Desk<'a> {
    /// The house's connection as it is.
    fn of(house: &'a House) -> Self {
        Self::with(house, house.document(), &house.secret())
    }

    pub(super) fn with(house: &'a House, document: String, secret: &Value) -> Self {
        Self { house, document, secret: secret.to_string().into() }
    }

    pub(super) fn context(&self) -> Context<'_> {
        self.telling(&quiet)
    }

    fn telling<'b>(&'b self, progress: &'b dyn Fn(&str)) -> Context<'b> {
        let Self { house, document, secret } = self;
        let (ledger, now) = (&house.ledger, house.hands.now());
        Context { name: "absences", document, secret, local: true, ledger, now, progress }
    }
}

fn quiet(_: &str) {}
