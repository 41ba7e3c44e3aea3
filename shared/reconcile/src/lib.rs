//! The verb of every flow that follows a state: make the target equal to the source for one object, with a link as memory.
//!
//! A flow keeps its own `process`, `desired`, `plan` and `apply` and calls what is here; nothing here calls back into a
//! flow. One record's path:
//!
//! | beat | here |
//! |---|---|
//! | a signal arrives | [`Signal::read`], [`Signal::is_superseded`] |
//! | the object's link is loaded | [`Object::load`] |
//! | the source is read, and judged | [`freshness()`], [`settled()`] |
//! | an open intent is resolved | [`Object::intent`], [`Object::found`], [`Object::not_found`] |
//! | steps are applied | [`Object::turn`], [`Object::intend`], [`Object::answered`], [`guard::take`] |
//! | the link is saved | [`Object::settle`], [`Object::block`], [`Object::forget`] |
//!
//! A sweep's path: [`poll::start_sweeps`] sends the [`Task`]s of a run; a [`Sweep`] reads the links once, then a [`Feed`]
//! reads what changed and a [`Census`] compares each window's complete list with the links. In whole runs a [`TargetCensus`]
//! compares the target's list with what links hold. Between runs a [`WaitingList`] reads a list once for all that wait for it.
//! All of them only send signals.

mod attempt;
mod became;
mod census;
mod expected;
mod feed;
mod freshness;
pub mod guard;
mod handover;
mod line_list;
mod listing;
mod missing;
mod notices;
mod object;
pub mod poll;
mod prepare;
mod run;
mod signal;
mod sweep;
mod target_census;
mod turn;
mod waiting_list;

pub use attempt::Attempt;
pub use became::became;
pub use census::Census;
pub use feed::Feed;
pub use freshness::{
    Evidence, Freshness, Gone, OnNewSettings, Settled, Shown, Situation, Standing, freshness, gone, settled,
};
pub use handover::hand_over;
pub use listing::{Listed, ListedPage};
pub use missing::confirmed;
pub use notices::Notice;
pub use object::{Answered, Blocked, Intent, Memory, Object, Observed, Recovered};
pub use prepare::wake_due;
pub use run::{Rhythm, Scheduled, Slice, Task, Window, changes_only, confirmation, scheduled, tasks};
pub use signal::{Signal, Trigger};
pub use sweep::{HoldAbove, Sweep, SweepRules};
pub use target_census::{TargetCensus, TargetPage};
pub use waiting_list::{Part, PartsPage, WaitingList};
