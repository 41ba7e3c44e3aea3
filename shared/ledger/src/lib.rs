//! What hrsync remembers, in one DynamoDB table. The only crate that names DynamoDB.
//!
//! | subject | key (`pk` / `sk`) | kept |
//! |---|---|---|
//! | [`Connection`], with its [`Breaker`] | `connection` / name | until removed |
//! | [`Receipt`] | `receipt#<connection>#<event>` / generation | 90 days |
//! | intent ([`Standing`]) | `intent#<thing>` / `intent` | 90 days |
//! | [`Uploaded`] files | `upload#<connection>#<event>` / number | 14 days |
//! | slots of a rate limit | `slot#<bucket>` / `slot` | 1 day after the last |
//! | [`Failure`], with its [`Handling`] | `failure#<connection>` / id | 30 days |
//! | generations given out to replays | `replays#<connection>#<event>` / `replays` | 90 days after the last |
//! | a failure's pointer while unmailed | `unmailed` / `<connection>/<id>` | until mailed |
//!
//! Every instant is stored in milliseconds since the epoch (`..._ms`); only `expires_at` is in seconds, because
//! DynamoDB's time to live demands it. Every item carries `v`, the version of its shape.

mod breaker;
mod calls;
mod case;
mod connection;
mod error;
mod failure;
mod intent;
mod receipt;
mod replay;
mod slot;
mod table;
mod upload;

pub use breaker::{Breaker, Opened};
pub use calls::Calls;
pub use case::{Case, Handling, State, UNREADABLE};
pub use connection::{Apply, Connection};
pub use error::{Error, Kind};
pub use failure::{Cause, Failure, Id, Unmailed};
pub use intent::Standing;
pub use receipt::{Event, Outcome, Receipt, Waiting};
pub use table::Ledger;
pub use upload::Uploaded;
