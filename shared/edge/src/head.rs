//! How every connection file begins, and what flows read alike in it.

use std::fmt;

use mapping::document::{fault, required};
use toml_span::de_helpers::TableHelper;
use toml_span::{Span, Spanned};
use vendors::value::{BaseUrl, Email};

use crate::connections::is_name;

/// What every connection file begins with. `Debug` hides the owner.
#[derive(Clone, PartialEq, Eq)]
pub struct Head {
    /// The flow's name.
    pub flow: String,
    /// The connection's name.
    pub name: String,
    /// Whom failures are mailed to.
    pub owner: String,
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { flow, name, .. } = self;
        f.debug_struct("Head").field("flow", flow).field("name", name).finish_non_exhaustive()
    }
}

/// Takes `flow`, `name` and `owner` from a file of the flow `ours`; faults are put beside the file's others.
pub fn head(file: &mut TableHelper<'_>, ours: &'static str) -> Option<Head> {
    let flow = required(file, "flow", |text| match text == ours {
        true => Ok(()),
        false => Err(format!("this is a connection of `{ours}`, not of `{text}`")),
    });
    let name = required(file, "name", |text| match is_name(text) {
        true => Ok(()),
        false => Err("a name is 1 to 40 of a-z, 0-9 and \"-\", beginning with a letter".to_owned()),
    });
    let owner = required(file, "owner", |text| {
        text.parse::<Email>().map(|_| ()).map_err(|error| format!("`owner` is {error}"))
    });
    Some(Head { flow: flow?, name: name?, owner: owner? })
}

/// A vendor's address as a file gives it, or the vendor's own; whether it may be used is known once the stack is.
#[derive(Debug, Clone)]
pub struct Address {
    text: String,
    span: Span,
}

impl Address {
    /// The vendor's own.
    #[must_use]
    pub fn of(default: &str) -> Self {
        Self { text: default.to_owned(), span: Span::default() }
    }

    /// Takes `base_url`, `default` where it is left out.
    pub fn take(table: &mut TableHelper<'_>, default: &str) -> Self {
        let given: Option<Spanned<String>> = table.optional_s("base_url");
        given.map_or_else(|| Self::of(default), |given| Self { text: given.value, span: given.span })
    }

    /// The address; `local`: the stack itself is local.
    ///
    /// # Errors
    /// The fault, at its line of `document`.
    pub fn parse(&self, document: &str, local: bool) -> Result<BaseUrl, mapping::document::Fault> {
        let Self { text, span } = self;
        BaseUrl::parse(text, local)
            .map_err(|error| mapping::document::Fault::at(document, *span, format!("`base_url`: {error}")))
    }
}

/// Puts a fault of one's own beside a table's others.
pub fn object(table: &mut TableHelper<'_>, span: Span, what: impl Into<String>) {
    table.errors.extend(fault(span, what.into()).errors);
}

/// An optional number within bounds; `None` where it is out of them.
pub fn number(table: &mut TableHelper<'_>, key: &'static str, least: u32, most: u32) -> Option<Option<u32>> {
    let given: Option<Spanned<u32>> = table.optional_s(key);
    let Some(given) = given else { return Some(None) };
    if (least..=most).contains(&given.value) {
        return Some(Some(given.value));
    }
    object(table, given.span, format!("`{key}` is from {least} to {most}"));
    None
}

/// `every_hours` of `[sync]`: one of `among`, which divide the day. `None` where it is another number.
pub fn every_hours(sync: &mut TableHelper<'_>, among: &[u8], default: u8) -> Option<u8> {
    let given: Option<Spanned<u8>> = sync.optional_s("every_hours");
    let Some(given) = given else { return Some(default) };
    if among.contains(&given.value) {
        return Some(given.value);
    }
    let words: Vec<String> = among.iter().map(ToString::to_string).collect();
    let listed = match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    object(sync, given.span, format!("`every_hours` is {listed}"));
    None
}
