//! A value as Oneflow gets it.

use vendors::oneflow::model::LONGEST_VALUE;
use vendors::teamtailor::model::CustomFieldOption;
use vendors::value::Personal;

use super::field_kind::FieldKind;
use super::field_value::FieldValue;
use super::formats::Formats;
use super::from_oneflow::read_oneflow;
use super::misfit::Misfit;
use super::{checkbox_text, date_text, option_labels};

/// The text that Oneflow gets for a value. It is read again as the same value, or not written.
///
/// # Errors
/// [`Misfit`]: Oneflow's text could not say just this.
pub fn write_oneflow(
    value: &FieldValue,
    kind: FieldKind,
    options: &[CustomFieldOption],
    formats: Formats,
) -> Result<Personal<String>, Misfit> {
    let text = spell(value, options, formats)?;
    if text.chars().count() > LONGEST_VALUE {
        return Err(Misfit::TooLong);
    }
    let is_kept = read_oneflow(&text, kind, options, formats).is_ok_and(|read| read.is(value));
    if is_kept { Ok(Personal::new(text)) } else { Err(Misfit::Indistinct) }
}

fn spell(value: &FieldValue, options: &[CustomFieldOption], formats: Formats) -> Result<String, Misfit> {
    Ok(match value {
        FieldValue::Empty => String::new(),
        FieldValue::Text(text) | FieldValue::Phone(text) => text.reveal().clone(),
        FieldValue::Email(email) => email.reveal().to_owned(),
        FieldValue::Date(date) => date_text::write(*date.reveal(), formats.date),
        FieldValue::Checkbox(is_checked) => checkbox_text::write(*is_checked.reveal()).to_owned(),
        FieldValue::Number(number) => number.reveal().write(formats.decimal),
        FieldValue::Options(ids) => option_labels::write(options, ids.reveal())?,
    })
}
