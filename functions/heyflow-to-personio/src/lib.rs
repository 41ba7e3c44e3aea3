//! Heyflow form responses become Personio job applications.
//!
//! `webhook` takes a response at the door and queues it whole (it is its own only copy); `push` turns it into an
//! application. What cannot become one is stored as a failure and mailed to the connection's owner.

pub mod connection;
mod plan;
pub mod push;
pub mod webhook;

use edge::{Acts, Flow, Function, SecretKey, WebhookHint};

/// The flow's one name.
pub const NAME: &str = "heyflow-to-personio";

/// What the console knows of the flow.
pub const FLOW: Flow = Flow {
    name: NAME,
    check: |document, local| connection::Connection::read(document, local).map(|connection| connection.head),
    secrets: &[SecretKey {
        name: "personio_recruiting_token",
        hint: "Personio > Settings > API credentials > Recruiting API > access token",
    }],
    webhook: Some(WebhookHint {
        url: "Heyflow > flow > Integrate > Hooks > URL",
        secret: "Heyflow > flow > Integrate > Hooks > a header named as `heyflow.secret_header` says",
    }),
    acts: Acts::NONE,
};

/// The receiver.
pub const WEBHOOK: Function = Function {
    name: "heyflow-to-personio-webhook",
    environment: &["HRSYNC_STACK", "HRSYNC_TABLE", "HRSYNC_LOCAL", "HRSYNC_LOG", "HRSYNC_QUEUE"],
    actions: &["dynamodb:GetItem", "secretsmanager:GetSecretValue", "sqs:SendMessage"],
};

/// The pusher.
pub const PUSH: Function = Function {
    name: "heyflow-to-personio-push",
    environment: &[
        "HRSYNC_STACK",
        "HRSYNC_TABLE",
        "HRSYNC_LOCAL",
        "HRSYNC_LOG",
        "HRSYNC_QUEUE",
        "HRSYNC_FAILURES_QUEUE",
        "HRSYNC_RETRY_SECONDS",
        "HRSYNC_FAILURE_DAYS",
    ],
    actions: &[
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "secretsmanager:GetSecretValue",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
    ],
};

/// The functions of this flow.
pub const FUNCTIONS: &[Function] = &[WEBHOOK, PUSH];
