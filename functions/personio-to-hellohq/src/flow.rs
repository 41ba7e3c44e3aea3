//! What the console knows of the flow.

use ::admin::{Flow, SecretKey, SecretMaker, WebhookHint};

use crate::admin::COMMANDS;
use crate::connection::Connection;
use crate::name::NAME;

/// What the console knows of the flow.
pub const FLOW: Flow = Flow {
    name: NAME,
    example: include_str!("../connection.example.toml"),
    schema: include_str!("../connection.schema.json"),
    check: |document, local| Connection::read(document, local).map(|connection| connection.head),
    notes: None,
    secrets: &[
        SecretKey {
            name: "personio_client_id",
            hint: "Personio > Settings > API credentials > a credential that may read absences and persons and manage \
                webhooks > client id",
        },
        SecretKey { name: "personio_client_secret", hint: "the same credential's client secret" },
        SecretKey { name: "hellohq_token", hint: "helloHQ > Admin > Settings > API-Clients > a sync token" },
    ],
    webhook: Some(WebhookHint {
        url: "set up by `hrsync webhooks register`",
        secret: "given to Personio by the same command",
        made_by: SecretMaker::Us,
    }),
    stays: "The entries in helloHQ stay as they are. hrsync does not know them any more: another connection over the same \
        accounts, this one under another name too, would enter the absences once more beside them.",
    commands: COMMANDS,
};
