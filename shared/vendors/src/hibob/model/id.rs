//! What things are known by. Ids come as numbers or as texts and are opaque: two are the same if their texts are.

use crate::id::opaque_id;

opaque_id! {
    /// A position: a place in the company that somebody fills. Not the position's code, which can be edited.
    PositionId
}
opaque_id! {
    /// An opening of a position: one search for somebody who fills it.
    OpeningId
}
opaque_id! {
    /// An employee.
    EmployeeId
}
