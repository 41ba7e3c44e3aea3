//! Oneflow: accounts with templates and workspaces, contracts from draft to signed, webhooks, and the storage that holds the files.
//!
//! Follows <https://developer.oneflow.com/docs> and the shapes of Oneflow's own connector for Power Platform. README.md lists what is
//! assumed.

mod access;
mod account;
mod acts;
mod contract;
mod contracts;
mod create;
mod doors;
mod events;
mod fields;
mod files;
mod hooks;
mod lists;
mod mail;
mod office;
mod participants;
mod people;
mod problem;
mod queries;
mod storage;
mod store;
mod templates;
mod twin;
mod users;
mod vendor;
mod view;
mod webhook;

pub use self::account::{Account, CustomIds, NewField, PdfBefore, Source, Template, TemplateType, User, Workspace};
pub use self::contract::{Contract, DataField, DeliveryStatus, Event, Participant, Party, PartyType, SignState, State};
pub use self::create::{Draft, MyParty, NewParty, NewValue};
pub use self::mail::Mail;
pub use self::office::{Done, Office};
pub use self::participants::NewParticipant;
pub use self::people::Edit;
pub use self::twin::{SEED_ACCOUNT, SEED_TOKEN, Twin};
pub use self::webhook::{Filter, Rule, Webhook};
