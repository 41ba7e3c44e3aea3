//! Translation tables: the form's words become the target's.

use std::collections::BTreeMap;
use std::str::FromStr;

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
    /// The response cannot be mapped.
    #[default]
    Problem,
    /// It stays as it is.
    Keep,
    /// It counts as not answered.
    Omit,
}

impl Translation {
    /// The translation: found exactly, else trimmed and case-folded. `None`: left out. The error hides the text.
    pub(super) fn of<'a>(&'a self, text: &'a str) -> Result<Option<&'a str>, &'static str> {
        let relaxed = || self.table.iter().find(|(known, _)| fold(known) == fold(text)).map(|(_, to)| to);
        match (self.table.get(text).or_else(relaxed), self.on_unknown) {
            (Some(to), _) => Ok(Some(to)),
            (None, OnUnknown::Keep) => Ok(Some(text)),
            (None, OnUnknown::Omit) => Ok(None),
            (None, OnUnknown::Problem) => Err("that `translate` does not cover"),
        }
    }

    /// Two keys that a relaxed search cannot tell apart although they mean different things.
    pub(super) fn ambiguous(&self) -> Option<(&str, &str)> {
        let mut seen: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        for (from, to) in &self.table {
            let before = seen.insert(fold(from), (from, to));
            if let Some((other, meaning)) = before
                && meaning != to
            {
                return Some((other, from));
            }
        }
        None
    }
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
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
