//! Recruit's positions and openings: what they are known by ([`id`]), what is sent to make them ([`new_position`],
//! [`new_opening`]), and what is read of them ([`position`], [`opening`]).

pub mod id;
pub mod new_opening;
pub mod new_position;
pub mod opening;
pub mod position;

pub use id::{LocationUid, OpeningUid, PositionUid, TemplateUid};
pub use new_opening::{NewOpening, OpeningReason};
pub use new_position::{Located, NamedValue, NewPosition, Role, User};
pub use opening::{Opening, OpeningStatus};
pub use position::{Position, PositionStatus};
