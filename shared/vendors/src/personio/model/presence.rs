//! Whether an answer held a member at all. What a credential may not read is left out of answers, so a member that is
//! not there says nothing about the person.

/// How an answer held a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Not at all: the credential may not read it, or the vendor leaves it out.
    Missing,
    /// Null, blank or an empty list: there is no value.
    Empty,
    /// With something that is no value of its kind.
    Unusable,
    /// With a value.
    There,
}
