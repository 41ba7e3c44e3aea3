//! A value as a custom field of Teamtailor gets it.

use vendors::teamtailor::model::{NewFieldValue, OptionId};

use super::field_value::FieldValue;
use super::misfit::Misfit;

/// What Teamtailor gets for a value.
///
/// # Errors
/// [`Misfit::NotANumber`]: JSON has no such number.
pub fn write_teamtailor(value: &FieldValue) -> Result<NewFieldValue, Misfit> {
    Ok(match value {
        FieldValue::Empty => NewFieldValue::empty(),
        FieldValue::Text(text) | FieldValue::Phone(text) => NewFieldValue::text(text.reveal()),
        FieldValue::Email(email) => NewFieldValue::email(email),
        FieldValue::Date(date) => NewFieldValue::date(*date.reveal()),
        FieldValue::Checkbox(is_checked) => NewFieldValue::checkbox(*is_checked.reveal()),
        FieldValue::Number(number) => NewFieldValue::number(number.reveal().json().ok_or(Misfit::NotANumber)?),
        FieldValue::Options(ids) => {
            let ids: Vec<OptionId> = ids.reveal().iter().cloned().collect();
            NewFieldValue::options(&ids)
        }
    })
}
