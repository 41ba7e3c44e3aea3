//! Translation tables: the form's words become the target's.

use std::collections::BTreeMap;
use std::str::FromStr;

use vendors::text::folded;

use crate::nearest::hint;

/// A table from text to text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Translation {
    pub(super) table: BTreeMap<String, String>,
    pub(super) on_unknown: OnUnknown,
}

/// What becomes of a text that the table does not list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum OnUnknown {
    /// It is a value that cannot be used.
    #[default]
    Unusable,
    /// The response cannot be mapped.
    Problem,
    /// It stays as it is.
    Keep,
    /// It counts as not answered.
    Omit,
}

/// What a text becomes.
pub(super) enum Translated<'a> {
    /// This text.
    To(&'a str),
    /// Nothing, as the table wants it.
    LeftOut,
    /// The table has no word for it, and this is what then becomes of it.
    Unlisted(OnUnknown),
}

impl Translation {
    /// The translation: found exactly, else as names of inputs are.
    pub(super) fn translate<'a>(&'a self, text: &'a str) -> Translated<'a> {
        let relaxed = || self.table.iter().find(|(known, _)| folded(known) == folded(text)).map(|(_, to)| to);
        match (self.table.get(text).or_else(relaxed), self.on_unknown) {
            (Some(to), _) => Translated::To(to),
            (None, OnUnknown::Keep) => Translated::To(text),
            (None, OnUnknown::Omit) => Translated::LeftOut,
            (None, other @ (OnUnknown::Unusable | OnUnknown::Problem)) => Translated::Unlisted(other),
        }
    }

    /// Two keys that a relaxed search cannot tell apart although they mean different things.
    pub(super) fn ambiguous(&self) -> Option<(&str, &str)> {
        let mut seen: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        for (from, to) in &self.table {
            let before = seen.insert(folded(from), (from, to));
            if let Some((other, meaning)) = before
                && meaning != to
            {
                return Some((other, from));
            }
        }
        None
    }
}

impl FromStr for OnUnknown {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "problem" => Ok(Self::Problem),
            "keep" => Ok(Self::Keep),
            "omit" => Ok(Self::Omit),
            other => Err(format!(
                "`{other}` is none of `problem`, `keep` and `omit`{}",
                hint(other, ["problem", "keep", "omit"])
            )),
        }
    }
}
