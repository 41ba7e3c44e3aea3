//! The properties that can be filtered and ordered by: every scalar one of the description, nested ones with a slash.
//!
//! The guide spells them both ways (`createdOn`, `LastName`), so case does not matter.

use jiff::civil::DateTime;
use serde_json::Value;

use super::times;

/// A property of a listed entity.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field {
    name: &'static str,
    pub(super) kind: FieldKind,
}

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    Text,
    Flag,
    Number,
    When,
}

/// A value to compare. Dates and times lose their zone: `...On` is UTC anyhow, `...Date` must not be converted.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(super) enum Scalar {
    Text(String),
    Flag(bool),
    Number(f64),
    When(DateTime),
}

impl Scalar {
    pub(super) fn kind(&self) -> FieldKind {
        match self {
            Self::Text(_) => FieldKind::Text,
            Self::Flag(_) => FieldKind::Flag,
            Self::Number(_) => FieldKind::Number,
            Self::When(_) => FieldKind::When,
        }
    }

    /// `2026-03-01T10:00:00`, with or without `Z` and fractions.
    pub(super) fn when(text: &str) -> Option<Self> {
        let utc = || times::utc(text).map(|utc| times::Moment::Utc(utc).civil());
        times::local(text).or_else(utc).map(Self::When)
    }
}

impl Field {
    /// The property of this name.
    pub(super) fn find(fields: &'static [Self], name: &str) -> Option<&'static Self> {
        fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// Its value in a row; `None` where it is null.
    pub(super) fn of(&self, row: &Value) -> Option<Scalar> {
        let value = self.name.split('/').try_fold(row, |value, part| value.get(part))?;
        match self.kind {
            FieldKind::Text => value.as_str().map(|text| Scalar::Text(text.to_owned())),
            FieldKind::Flag => value.as_bool().map(Scalar::Flag),
            FieldKind::Number => value.as_f64().map(Scalar::Number),
            FieldKind::When => value.as_str().and_then(Scalar::when),
        }
    }
}

const fn text(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Text }
}

const fn flag(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Flag }
}

const fn number(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Number }
}

const fn when(name: &'static str) -> Field {
    Field { name, kind: FieldKind::When }
}

/// `UserGetRelated`, and what live answers add.
pub(super) const USERS: &[Field] = &[
    number("id"),
    text("firstName"),
    text("lastName"),
    text("eMailPrivate"),
    text("eMailWork"),
    text("employeeNumber"),
    when("createdOn"),
    number("createdBy"),
    when("updatedOn"),
    number("updatedBy"),
    flag("isDeactivated"),
];

/// `AbsencesGetRelated`.
pub(super) const ABSENCES: &[Field] = &[
    number("id"),
    text("type"),
    text("note"),
    flag("isApproved"),
    number("userId"),
    when("createdOn"),
    number("createdBy"),
    when("updatedOn"),
    number("updatedBy"),
    when("startOn"),
    when("startDate"),
    when("endOn"),
    when("endDate"),
    number("missedDays"),
    number("user/id"),
    text("user/firstName"),
    text("user/lastName"),
    text("user/eMailPrivate"),
    text("user/eMailWork"),
    text("user/employeeNumber"),
    when("user/createdOn"),
    when("user/updatedOn"),
];
