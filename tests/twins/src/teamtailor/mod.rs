//! Teamtailor: candidates with custom fields, applications on their way through the stages of a job, uploads, notes, and company webhooks.
//!
//! Follows the public API's documentation, <https://docs.teamtailor.com>, and that of company webhooks, <https://partner.teamtailor.com>.
//! README.md lists what is assumed.

mod access;
mod account;
mod changes;
mod definitions;
mod doors;
mod graph;
mod hooks;
mod include;
mod office;
mod people;
mod problem;
mod queries;
mod reads;
mod resource;
mod sent;
mod store;
mod twin;
mod uploads;
mod values;
mod vendor;
mod writes;

pub use self::account::{
    Account, CustomField, FieldKind, Job, Limit, NamedOption, NullClears, Region, SecondValue, SignatureScheme, Stage,
    User, Webhook,
};
pub use self::office::{Done, Office};
pub use self::people::{Applied, Edit};
pub use self::store::{Application, Candidate, FieldValue, Note, Upload};
pub use self::twin::{SEED_ACCOUNT, SEED_TOKEN, Twin};
