//! What the console knows of the flow.

use ::admin::{Commands, Flow, ForgetCommand, SecretKey, SecretMaker, WebhookHint};
use ledger::LinkNames;

use crate::connection::Connection;
use crate::doctor::doctor;
use crate::edited;
use crate::forget::traces;
use crate::name::NAME;
use crate::payload;

/// What the console knows of the flow.
pub const FLOW: Flow = Flow {
    name: NAME,
    example: include_str!("../connection.example.toml"),
    schema: include_str!("../connection.schema.json"),
    check: |document, local| Connection::read(document, local).map(|connection| connection.head),
    notes: None,
    secrets: &[SecretKey {
        name: "personio_recruiting_token",
        hint: "Personio > Settings > API credentials > Recruiting API > access token",
    }],
    webhook: Some(WebhookHint {
        url: "Heyflow > flow > Integrate > Hooks > URL",
        secret: "Heyflow > flow > Integrate > Hooks > a header named as `heyflow.secret_header` says",
        made_by: SecretMaker::Us,
    }),
    stays: "The applications in Personio stay as they are. Responses that come afterwards are turned away: take the hook out \
        of the Heyflow flow.",
    commands: Commands {
        doctor: Some(|context| Box::pin(doctor(context))),
        payload: Some(payload::read),
        forget: Some(ForgetCommand {
            named_by: "the applicant's e-mail address, or Heyflow's id of the response",
            traces: |context, who| Box::pin(traces(context, who)),
            names_of: |_| LinkNames::default(),
        }),
        edited: Some(edited::check),
        ..Commands::NONE
    },
};
