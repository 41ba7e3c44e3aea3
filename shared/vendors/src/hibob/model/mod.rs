//! HiBob's workforce planning: what things are known by ([`id`]), their fields ([`field`], [`position_field`],
//! [`opening_field`]), which of these are asked for ([`asked`]), what stands in a field ([`cell`]), and the rows that fields make ([`row`]).

pub mod asked;
pub mod cell;
pub mod field;
pub mod id;
pub mod opening_field;
pub mod position_field;
pub mod row;

pub use asked::{OpeningFields, PositionFields};
pub use cell::Cell;
pub use field::{FieldDescription, FieldId};
pub use id::{EmployeeId, OpeningId, PositionId};
pub use row::{Opening, Position};
