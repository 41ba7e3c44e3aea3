//! What the console can ask of a flow: check a connection file, verify it against the accounts, look after webhooks,
//! look at everything that must be well, preview what would be done, compare fields, start something by hand, sweep, fill a
//! new connection file.
//!
//! Each flow declares a [`Flow`]. The console serves flows through it and knows nothing else of them.

mod account_check;
mod accounts;
mod command;
mod error;
mod fields;
mod fill;
mod finding;
mod flow;
mod forget;
mod init;
mod payload;
mod preview;
mod start;
mod sweep;
mod verify;
mod webhooks;

pub use account_check::AccountCheck;
pub use accounts::{Accounts, AccountsOf, Other, doubled};
pub use command::{Command, Context, ReadingCommand, ReadingContext, ReadingObjectCommand, Running, UserCommand};
pub use error::Error;
pub use fields::{AddFields, AddFieldsCommand, FieldCommands, FieldThere, Fields, FieldsAdded, MissingField};
pub use fill::filled;
pub use finding::{Finding, Level};
pub use flow::{Commands, Edited, Flow, SecretKey, SecretMaker, Undecided, WebhookHint, webhook_path};
pub use forget::{ForgetCommand, Named};
pub use init::{Certainty, Entry, Findings, InitCommand, List, People, Place, Proposal, Proposed, matchable};
pub use payload::{PayloadCommand, PayloadEnd, PayloadReading, SavedPayload};
pub use preview::{Change, ChangeKind, ExplainedStep, Explanation, Preview, PreviewCommands, ReadingSinceCommand};
pub use start::{Start, StartCommand, Started};
pub use sweep::{Confirmation, SweepCommands, SweepRun};
pub use verify::Verification;
pub use webhooks::{Registered, Removal, Replay, Webhook, WebhookCommands};
