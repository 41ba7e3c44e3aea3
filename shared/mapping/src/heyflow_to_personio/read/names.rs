//! Values that Personio has a fixed list of names for.

use toml_span::{DeserError, Spanned};

use crate::document::fault;
use crate::nearest::hint;

/// One of a list of names; `list` says in words whose names they are.
pub(super) fn named<T: Copy>(all: &[(&'static str, T)], name: &Spanned<String>, list: &str) -> Result<T, DeserError> {
    let found = all.iter().find(|(known, _)| *known == name.value).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
        let near = hint(&name.value, names.iter().copied());
        fault(name.span, format!("`{}` is none of {list}: {}{near}", name.value, names.join(", ")))
    })
}
