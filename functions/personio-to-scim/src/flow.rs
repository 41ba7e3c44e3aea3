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
            hint: "Personio > Settings > API credentials > a credential that may read persons and manage webhooks > client id",
        },
        SecretKey { name: "personio_client_secret", hint: "the same credential's client secret" },
        SecretKey {
            name: "scim_token",
            hint: "the partner system, where its SCIM access is set up; user:password with `scim.auth = \"basic\"`",
        },
    ],
    webhook: Some(WebhookHint {
        url: "set up by `hrsync webhooks register`",
        secret: "given to Personio by the same command",
        made_by: SecretMaker::Us,
    }),
    stays: "The accounts in the partner system stay as they are. hrsync does not know them any more: another connection finds \
        them again as its `policies.adoption` says.",
    commands: COMMANDS,
};
