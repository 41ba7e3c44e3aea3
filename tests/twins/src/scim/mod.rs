//! A partner's SCIM 2.0 server: users, and what the server says about itself.
//!
//! Follows RFC 7643 (schema) and RFC 7644 (protocol), as strictly as they can be read. Each account is a partner of its own under
//! `/scim/<account>`; its [`Account`] settings make it as odd as real providers are. README.md lists what is assumed.

mod account;
mod answer;
mod attributes;
mod config;
mod field;
mod filter;
mod lexer;
mod list;
mod login;
mod operation;
mod patch;
mod path;
mod people;
mod problem;
mod query;
mod replies;
mod resource;
mod seeds;
mod select;
mod sent;
mod store;
mod twin;
mod user;
mod users;
mod vendor;
mod view;

pub use self::account::{
    Account, Basic, Deactivation, Delete, Dropped, ErrorForm, Limit, Maintenance, Media, PatchAnswer, PatchDialect,
    PostTaken, StringBooleans,
};
pub use self::store::{Act, Event};
pub use self::twin::{SEED_ACCOUNT, SEED_TOKEN, Twin};
pub use self::user::{Origin, User};
