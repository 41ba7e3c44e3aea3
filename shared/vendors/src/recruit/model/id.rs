//! What things are known by: opaque texts like `3A.93C`. The numbers that Recruit's pages show are none of these.

use crate::id::opaque_id;

opaque_id! {
    /// A position.
    PositionUid
}
opaque_id! {
    /// An opening of a position.
    OpeningUid
}
opaque_id! {
    /// A location. Recruit takes no location that it does not know.
    LocationUid
}
opaque_id! {
    /// A position that is a template: it may be cloned.
    TemplateUid
}
