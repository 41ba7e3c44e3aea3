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
    notes: Some(notes),
    secrets: &[
        SecretKey {
            name: "hibob_service_user",
            hint: "HiBob > Settings > Integrations > Automation > Service users > a user in a permission group with Manage positions > id",
        },
        SecretKey { name: "hibob_token", hint: "the same service user's token" },
        SecretKey { name: "recruit_api_key", hint: "Recruit > Apps > your app > the API key of your company" },
        SecretKey { name: "recruit_secret", hint: "the same app's secret, from Spark Hire" },
    ],
    webhook: Some(WebhookHint {
        url: "HiBob > Settings > Integrations > Automation > Webhooks > Create new webhook, with the events Position created, Position \
              updated, Position opening created, and Position opening updated and deleted where offered",
        secret: "shown by HiBob on the webhook's page once it is created",
        made_by: SecretMaker::Vendor,
    }),
    stays: "Positions and openings in Recruit stay as they are. hrsync does not know them any more: another connection would \
        make them again, unless its `policies.backfill` leaves what is there.",
    commands: COMMANDS,
};

/// What Recruit is not told because the file names no call for it.
fn notes(document: &str, local: bool) -> Vec<String> {
    Connection::read(document, local).map(|connection| connection.unsupported()).unwrap_or_default()
}
