//! What hrsync remembers, in one DynamoDB table. The only crate that names DynamoDB.
//!
//! | subject | key (`pk` / `sk`) | kept |
//! |---|---|---|
//! | [`Connection`], with its [`Breaker`] | `connection` / name | until removed |
//! | [`Receipt`] | `receipt#<connection>#<event>` / generation | 90 days |
//! | intent ([`Standing`]) | `intent#<thing>` / `intent` | 90 days |
//! | [`Uploaded`] files | `upload#<connection>#<event>` / number | 14 days |
//! | slots of a rate limit | `slot#<bucket>` / `slot` | 1 day after the last |
//! | [`Failure`], with its [`Handling`] | `failure#<connection>` / id | as set, 30 days without |
//! | generations given out to replays | `replays#<connection>#<event>` / `replays` | 90 days after the last |
//! | [`Link`] of an object | `link#<connection>` / object | until removed |
//! | objects that wait for something outside of them | `pending#<connection>` / object | until it is there |
//! | how far changes were read | `cursor#<connection>` / `cursor` | for ever |
//! | a run of sweeps, its places, what it missed, what is [`Held`] | `sweep#<connection>...` | 14 days |
//! | a failure's pointer while [`Unmailed`] | `unmailed` / `<connection>/<id>` | until mailed |
//! | the [`Window`] of a [`Storm`] | `storm` / storm | 14 days after the last |
//!
//! Every instant is stored in milliseconds since the epoch (`..._ms`); only `expires_at` is in seconds, because
//! DynamoDB's time to live demands it. Every item carries `v`, the version of its shape.

mod breaker;
mod calls;
mod case;
mod connection;
mod error;
mod failure;
mod ids;
mod intent;
mod link;
mod receipt;
mod replay;
mod slot;
mod storm;
mod sweep;
mod table;
mod unmailed;
mod upload;

pub use breaker::{Breaker, Opened};
pub use calls::Calls;
pub use case::{Case, Handling, State, UNREADABLE};
pub use connection::{Apply, Connection};
pub use error::{Error, Kind};
pub use failure::{Cause, Failure, Id};
pub use intent::Standing;
pub use link::{From, Glance, Link};
pub use receipt::{Event, Outcome, Receipt, Waiting};
pub use storm::{Admission, Due, SINGLES, Storm, Window, due};
pub use sweep::{Held, Place, Slice, Totals};
pub use table::Ledger;
pub use unmailed::Unmailed;
pub use upload::Uploaded;
