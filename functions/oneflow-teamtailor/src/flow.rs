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
        SecretKey { name: "oneflow_token", hint: "Oneflow > Marketplace > API tokens" },
        SecretKey {
            name: "teamtailor_api_key",
            hint: "Teamtailor > Settings > Integrations > API keys > New API key, with the scope Admin, read and write",
        },
        SecretKey {
            name: "oneflow_sign_key",
            hint: "the sign key of Oneflow's webhook (Marketplace > Webhooks > Create webhook), at least 16 characters; `none` \
                   where the webhook has none",
        },
    ],
    webhook: Some(WebhookHint {
        url: "Teamtailor > Settings > Integrations > Webhooks, with /teamtailor at its end and the events candidate.update, \
              candidate.destroy, job_application.create and job_application.update; and Oneflow > Marketplace > Webhooks, with /oneflow \
              at its end",
        secret: "shown by Teamtailor on the webhook's page once it is created",
        made_by: SecretMaker::Vendor,
    }),
    stays: "Contracts in Oneflow and values and files in Teamtailor stay as they are. hrsync does not know them any more: another \
        connection finds contracts again by their hidden data fields.",
    commands: COMMANDS,
};

/// What the file asks for and the directions leave out.
fn notes(document: &str, local: bool) -> Vec<String> {
    Connection::read(document, local).map(|connection| connection.unused()).unwrap_or_default()
}
