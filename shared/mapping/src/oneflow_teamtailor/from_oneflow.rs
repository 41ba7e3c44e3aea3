//! A value as Oneflow has it: a text, whatever it stands for.

use std::collections::BTreeSet;

use url::Url;
use vendors::teamtailor::model::CustomFieldOption;
use vendors::text::trimmed;
use vendors::value::Personal;

use super::decimal::Decimal;
use super::field_kind::FieldKind;
use super::field_value::FieldValue;
use super::formats::Formats;
use super::misfit::Misfit;
use super::{checkbox_text, date_text, option_labels};

/// What a data field's text says for a field of `kind` with these options.
///
/// # Errors
/// [`Misfit`]: the text is none that the field could hold.
pub fn read_oneflow(
    text: &str,
    kind: FieldKind,
    options: &[CustomFieldOption],
    formats: Formats,
) -> Result<FieldValue, Misfit> {
    let text = trimmed(text);
    if text.is_empty() {
        return Ok(FieldValue::Empty);
    }
    Ok(match kind {
        FieldKind::Text => FieldValue::text(text),
        FieldKind::Phone => FieldValue::phone(text),
        FieldKind::Email => FieldValue::Email(text.parse().map_err(|_| Misfit::NotAnEmail)?),
        FieldKind::Url => url(text)?,
        FieldKind::Date => FieldValue::Date(Personal::new(date_text::read(text, formats.date)?)),
        FieldKind::Checkbox => FieldValue::Checkbox(Personal::new(checkbox_text::read(text)?)),
        FieldKind::Number => FieldValue::Number(Personal::new(Decimal::read(text, formats.decimal)?)),
        FieldKind::Select => FieldValue::options(BTreeSet::from([option_labels::find(options, text)?])),
        FieldKind::MultiSelect => FieldValue::options(option_labels::find_all(options, text)?),
    })
}

/// Kept as it was written.
fn url(text: &str) -> Result<FieldValue, Misfit> {
    let is_web = Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()));
    if is_web { Ok(FieldValue::text(text)) } else { Err(Misfit::NotAUrl) }
}
