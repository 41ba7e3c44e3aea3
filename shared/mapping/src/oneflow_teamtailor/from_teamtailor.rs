//! A value as Teamtailor shows it: a checkbox as the text of a boolean, options by their labels, a day with or without time.

use std::collections::BTreeSet;

use vendors::teamtailor::model::{CustomFieldOption, FieldContent};
use vendors::text::{is_blank, trimmed};
use vendors::value::Personal;

use super::decimal::Decimal;
use super::field_kind::FieldKind;
use super::field_value::FieldValue;
use super::misfit::Misfit;
use super::{checkbox_text, option_labels};

/// What a field of `kind` with these options holds.
///
/// # Errors
/// [`Misfit`]: Teamtailor shows something that no field of this kind holds.
pub fn read_teamtailor(
    content: &FieldContent,
    kind: FieldKind,
    options: &[CustomFieldOption],
) -> Result<FieldValue, Misfit> {
    match content {
        FieldContent::Empty => Ok(FieldValue::Empty),
        FieldContent::One(text) if is_blank(text.reveal()) => Ok(FieldValue::Empty),
        FieldContent::One(text) if kind.has_options() => selected(std::slice::from_ref(text.reveal()), kind, options),
        FieldContent::One(text) => one(trimmed(text.reveal()), kind),
        FieldContent::Many(texts) if kind.has_options() => selected(texts.reveal(), kind, options),
        FieldContent::Many(texts) => match texts.reveal().as_slice() {
            [] => Ok(FieldValue::Empty),
            [only] => one(trimmed(only), kind),
            _ => Err(Misfit::SeveralValues),
        },
    }
}

fn one(text: &str, kind: FieldKind) -> Result<FieldValue, Misfit> {
    Ok(match kind {
        FieldKind::Text | FieldKind::Url | FieldKind::Select | FieldKind::MultiSelect => FieldValue::text(text),
        FieldKind::Phone => FieldValue::phone(text),
        FieldKind::Email => FieldValue::Email(text.parse().map_err(|_| Misfit::NotAnEmail)?),
        FieldKind::Date => {
            let day = text.get(..10).unwrap_or(text);
            FieldValue::Date(Personal::new(day.parse().map_err(|_| Misfit::NotADate)?))
        }
        FieldKind::Checkbox => FieldValue::Checkbox(Personal::new(checkbox_text::read(text)?)),
        FieldKind::Number => FieldValue::Number(Personal::new(Decimal::plain(text)?)),
    })
}

fn selected(texts: &[String], kind: FieldKind, options: &[CustomFieldOption]) -> Result<FieldValue, Misfit> {
    let texts = texts.iter().filter(|text| !is_blank(text));
    let ids = texts.map(|text| option_labels::shown(options, text)).collect::<Result<BTreeSet<_>, _>>()?;
    if kind == FieldKind::Select && ids.len() > 1 {
        return Err(Misfit::SeveralOptions);
    }
    Ok(FieldValue::options(ids))
}
