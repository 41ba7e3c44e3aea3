//! Words out of fixed lists.

use mapping::document::fault;
use mapping::nearest;
use toml_span::{DeserError, Deserialize, Value};
use vendors::hellohq::client::Prefix;

/// Which of a user's addresses in helloHQ count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Addresses {
    /// The one at work.
    #[default]
    Work,
    /// The private one where there is none at work.
    WorkOrPrivate,
}

/// In which order an entry is replaced, as helloHQ has no update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replace {
    /// For a moment two entries stand; a refused new one leaves the old.
    #[default]
    CreateThenDelete,
    /// For a moment none stands: for tenants that refuse overlaps.
    DeleteThenCreate,
}

/// What is done about an entry of ours that somebody has removed in helloHQ, while its absence has not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenRemovedByHand {
    /// It is entered again.
    Restore,
    /// It stays removed, and the owner is told.
    #[default]
    Tell,
    /// It stays removed.
    Leave,
}

/// A word out of a fixed list.
pub(super) struct Word<T>(pub(super) T);

pub(super) trait Words: Copy + 'static {
    const ALL: &[(&'static str, Self)];
}

impl Words for Prefix {
    const ALL: &[(&'static str, Self)] = &[("plain", Self::Plain), ("dollar", Self::Dollar)];
}

impl Words for Addresses {
    const ALL: &[(&'static str, Self)] = &[("work", Self::Work), ("work-or-private", Self::WorkOrPrivate)];
}

impl Words for Replace {
    const ALL: &[(&'static str, Self)] =
        &[("create-then-delete", Self::CreateThenDelete), ("delete-then-create", Self::DeleteThenCreate)];
}

impl Words for WhenRemovedByHand {
    const ALL: &[(&'static str, Self)] = &[("restore", Self::Restore), ("tell", Self::Tell), ("leave", Self::Leave)];
}

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let text = value.take_string(None)?;
        let known = T::ALL.iter().find(|(name, _)| *name == text).map(|(_, known)| Self(*known));
        known.ok_or_else(|| {
            let names: Vec<String> = T::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
            let near = nearest(&text, T::ALL.iter().map(|(name, _)| *name));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            fault(value.span, format!("`{text}` is none of {}{hint}", names.join(", ")))
        })
    }
}
