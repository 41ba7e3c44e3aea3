//! Openings of HiBob's workforce planning and their positions become openings and positions of Recruit.
//!
//! [`fate()`] says whether an opening is open or to be cancelled, [`Approval`] whether its position counts as approved,
//! [`mapped_position()`] and [`mapped_opening()`] what Recruit gets. What a connection may set is in [`OpeningRules`]:
//! [`Approval`] (`[approval]`), [`PositionMapping`] (`[position]`), [`OpeningMapping`] (`[opening]`), [`Policies`]
//! (`[policies]`). [`version()`] spells what decides, for links. Rules of the source: apidocs.hibob.com, "Workforce
//! planning"; of the target: developers.comeet.com, "Create a position" and "Create an opening".

mod approval;
mod fate;
mod grouping;
mod mapped_opening;
mod mapped_position;
mod moment;
mod opening_mapping;
mod policies;
mod position_mapping;
mod row;
mod rules;
mod status;
#[cfg(test)]
mod tests;
mod text_rule;
mod version;

pub use approval::{Approval, Approved, RequiredField};
pub use fate::{CancelReason, Fate, Holder, fate, holder};
pub use grouping::{GroupBy, GroupKey};
pub use mapped_opening::{MappedOpening, OpeningField, mapped_opening};
pub use mapped_position::{MappedManager, MappedPosition, mapped_position};
pub use opening_mapping::OpeningMapping;
pub use policies::{Backfill, Policies, WhenEnding, WhenLastGone, WhenMoved, WhenReopened};
pub use position_mapping::{HiringManager, PositionMapping};
pub use row::Row;
pub use rules::OpeningRules;
pub use status::Status;
pub use version::version;
