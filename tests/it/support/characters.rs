//! The six named tests of a flow are written once and played with vendors of different characters. A character is a named
//! bundle of a twin's switches.

/// The situations that every flow is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    Happy,
    Twice,
    OutOfOrder,
    VendorDown,
    BadRecord,
    LostAnswer,
}

impl Scenario {
    pub(crate) const ALL: [Self; 6] =
        [Self::Happy, Self::Twice, Self::OutOfOrder, Self::VendorDown, Self::BadRecord, Self::LostAnswer];
}

/// How a vendor behaves where its documentation leaves that open, or its users report something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Character {
    AsDocumented,
    AsReported,
    AtItsWorst,
}

impl Character {
    pub(crate) const ALL: [Self; 3] = [Self::AsDocumented, Self::AsReported, Self::AtItsWorst];
}
