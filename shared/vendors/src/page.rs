//! Lists that a vendor gives page by page.

use serde::{Deserialize, Serialize};

/// How far a list is read: opaque, of the vendor's making, good for minutes at least. One that the vendor no longer takes
/// is answered with [`Kind::Stale`](crate::Kind::Stale); then the list must be read from its start.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// One page of a list of `T`s, which are known by their `Id`s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, Id> {
    /// What could be read.
    pub items: Vec<T>,
    /// What could not be read. It exists, so it must not count as deleted.
    pub unreadable: Vec<UnreadableItem<Id>>,
    /// Where the next page is; `None` after the last one.
    pub next: Option<Cursor>,
}

/// An entry of a list that cannot be read. Names the field and, where it could be read, the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableItem<Id> {
    /// The entry's id, where that could be read.
    pub id: Option<Id>,
    /// The field, as the vendor names it. Never a value.
    pub what: String,
}
