//! Numbers within bounds.

use edge::head::object;
use toml_span::Spanned;
use toml_span::de_helpers::TableHelper;

/// An optional number within bounds; `None` where it is out of them.
pub(super) fn number(table: &mut TableHelper<'_>, key: &'static str, least: u32, most: u32) -> Option<Option<u32>> {
    let given: Option<Spanned<u32>> = table.optional_s(key);
    let Some(given) = given else { return Some(None) };
    if (least..=most).contains(&given.value) {
        return Some(Some(given.value));
    }
    object(table, given.span, format!("`{key}` is from {least} to {most}"));
    None
}
