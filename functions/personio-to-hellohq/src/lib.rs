//! Personio's absences are kept in helloHQ: created, changed and removed.
//!
//! `webhook` takes Personio's absence events, `poll` starts a sweep of each connection every two hours; both only wake
//! `push`, one signal an absence. `push` reads the absence, works out what helloHQ should hold for it and brings that about,
//! remembering in a link what it has entered. `sweep` reads Personio's lists and finds what no webhook has told of.

mod acts;
pub mod connection;
mod hooks;
pub mod link;
mod live;
mod plan;
pub mod poll;
pub mod push;
mod remap;
pub mod signal;
pub mod sweep;
mod version;
mod wanted;
pub mod webhook;

pub use wanted::Mapper;

use edge::{Flow, Function, SecretKey, WebhookHint};

/// The flow's one name.
pub const NAME: &str = "personio-to-hellohq";

/// What the console knows of the flow.
pub const FLOW: Flow = Flow {
    name: NAME,
    check: |document, local| connection::Connection::read(document, local).map(|connection| connection.head),
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
    }),
    acts: acts::ACTS,
};

/// The receiver.
pub const WEBHOOK: Function = Function {
    name: "personio-to-hellohq-webhook",
    environment: &["HRSYNC_STACK", "HRSYNC_TABLE", "HRSYNC_LOCAL", "HRSYNC_LOG", "HRSYNC_QUEUE"],
    actions: &["dynamodb:GetItem", "secretsmanager:GetSecretValue", "sqs:SendMessage"],
};

/// The schedule.
pub const POLL: Function = Function {
    name: "personio-to-hellohq-poll",
    environment: &["HRSYNC_TABLE", "HRSYNC_LOCAL", "HRSYNC_LOG", "HRSYNC_SWEEP_QUEUE"],
    actions: &["dynamodb:Query", "sqs:SendMessage"],
};

/// The sweeper.
pub const SWEEP: Function = Function {
    name: "personio-to-hellohq-sweep",
    environment: &[
        "HRSYNC_STACK",
        "HRSYNC_TABLE",
        "HRSYNC_LOCAL",
        "HRSYNC_LOG",
        "HRSYNC_QUEUE",
        "HRSYNC_PUSH_QUEUE",
        "HRSYNC_FAILURES_QUEUE",
        "HRSYNC_RETRY_SECONDS",
        "HRSYNC_FAILURE_DAYS",
    ],
    actions: &[
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "secretsmanager:GetSecretValue",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
    ],
};

/// The pusher.
pub const PUSH: Function = Function {
    name: "personio-to-hellohq-push",
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
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "secretsmanager:GetSecretValue",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
    ],
};

/// The functions of this flow.
pub const FUNCTIONS: &[Function] = &[WEBHOOK, POLL, SWEEP, PUSH];
