//! What hrsync remembers, in one DynamoDB table. The only crate that names DynamoDB.
//!
//! | subject | key (`pk` / `sk`) | kept |
//! |---|---|---|
//! | [`Connection`], with its [`Breaker`] | `connection` / name | until removed |
//! | [`Removed`]: a connection that was there | `removed` / name | 15 days |
//! | [`Receipt`] | `receipt#<connection>#<event>` / replay | 90 days |
//! | intent ([`Claim`]) | `intent#<thing>` / `intent` | 90 days |
//! | [`Uploaded`] files | `upload#<connection>#<event>` / number and digest of the link | 14 days |
//! | turns of a [`RateLimit`] | `slot#<bucket>` / `slot` | 1 day after the last |
//! | [`Failure`], with its [`Triage`] | `failure#<connection>` / id | as set, 30 days without |
//! | numbers given out to replays | `replays#<connection>#<event>` / `replays` | 90 days after the last |
//! | [`Link`] of a [`Subject`] | `link#<connection>` / subject | until removed |
//! | whose a target's id is | `claim#<connection>` / the target's id | until released |
//! | [`Pending`]: subjects that something blocks | `pending#<connection>` / subject | until it is over |
//! | which of them a failure tells of | `told#<connection>#<failure>` / subject | as those |
//! | the open failure of a cause | `open#<connection>` / key | until it is closed, as long as the failure |
//! | what waits for a list of the source | `waiting#<connection>` / subject | 30 minutes |
//! | a person's [`Decision`] about a step ([`Decided`]) | `decision#<connection>` / subject | until it is done, 14 days |
//! | when a flow's schedule is late | `poll` / flow | while it is on |
//! | how far changes were read | `cursor#<connection>` / `cursor` | for ever |
//! | what the slices of a run have found, what is [`Held`] | `sweep#<connection>` / run, `held` | 14 days |
//! | a slice's checkpoint and expected subjects | `sweep#<connection>#<run>#<slice>` / `checkpoint`, `list#<list>#<chunk>` | 14 days |
//! | what a run found missing | `sweep#<connection>#<run>#missing` / slice and part | 14 days |
//! | steps taken from a [`Budget`] | `guard#<connection>` / day and effect | 3 days |
//! | a step that a person has let go | `guard#<connection>` / day, effect, `go` and subject | 3 days |
//! | a tombstone: what is queued of a forgotten person is dropped | `forgotten#<connection>` / a salted digest | 15 days |
//! | [`OutboxEntry`] of a failure | `unmailed` / `<connection>/<id>` | until mailed |
//! | the [`Round`] of a [`Group`] | `storm` / group | 14 days after the last |
//!
//! Every instant is stored in milliseconds since the epoch (`..._ms`); only `expires_at` is in seconds, because
//! DynamoDB's time to live demands it. Every item carries `v`, the version of its shape.

mod breaker;
mod calls;
mod cause;
mod connection;
mod cursor;
mod decision;
mod digest;
mod due;
mod edit;
mod error;
mod failure;
mod failure_store;
mod fingerprint;
mod forget;
mod group;
mod guard;
mod handover;
mod hidden;
mod intent;
mod link;
mod outbox;
mod pending;
mod poll;
mod rate_limit;
mod read_only;
mod receipt;
mod record;
mod removal;
mod replay;
mod round;
mod run;
mod slice;
mod subject;
mod table;
#[cfg(test)]
mod tests;
mod tombstone;
mod traces;
mod transaction;
mod upload;
mod waiting;

pub use breaker::{Breaker, Deliveries, Opened, Scope};
pub use calls::Calls;
pub use cause::Opening;
pub use connection::{Applied, Apply, Connection};
pub use decision::{Decided, Decision};
pub use due::{DueDigest, due_digests};
pub use error::{Error, Kind};
pub use failure::{Cause, Failure, Id};
pub use fingerprint::Fingerprint;
pub use forget::Found;
pub use group::Group;
pub use guard::{Budget, BudgetUse, Guarded};
pub use hidden::Hidden;
pub use intent::{Claim, Made};
pub use link::{ClaimChanges, Link, LinkSummary, LinkWrite, PageToken};
pub use outbox::OutboxEntry;
pub use pending::{Pending, Told, WokenBy};
pub use rate_limit::RateLimit;
pub use read_only::ReadOnly;
pub use receipt::{Event, Receipt, Settlement, Waiting};
pub use record::{FailureRecord, State, Triage, Triaged, UNREADABLE};
pub use removal::{Remains, Removed};
pub use replay::ReplayClaim;
pub use round::{INDIVIDUAL_MAILS, Mailing, Round};
pub use run::{Held, Totals};
pub use slice::{CHUNK, Chunk, SliceKey, SliceState};
pub use subject::{NoSubject, ObjectId, Subject};
pub use table::{Ledger, Listing};
pub use traces::{LinkNames, NamesOf, Traces};
pub use upload::Uploaded;
