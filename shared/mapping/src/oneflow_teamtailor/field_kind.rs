//! What a field of Teamtailor holds, as far as values of it can be written.

use vendors::teamtailor::model::CustomFieldKind;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A telephone number.
    Phone,
    /// A day.
    Date,
    /// Yes or no.
    Checkbox,
    /// A number.
    Number,
    /// One of the field's options.
    Select,
    /// Some of the field's options.
    MultiSelect,
}

impl FieldKind {
    /// The kind of a custom field; `None`: a kind that is not known here.
    #[must_use]
    pub fn of(kind: &CustomFieldKind) -> Option<Self> {
        Some(match kind {
            CustomFieldKind::Text => Self::Text,
            CustomFieldKind::Email => Self::Email,
            CustomFieldKind::Url => Self::Url,
            CustomFieldKind::Phone => Self::Phone,
            CustomFieldKind::Date => Self::Date,
            CustomFieldKind::Checkbox => Self::Checkbox,
            CustomFieldKind::Number => Self::Number,
            CustomFieldKind::Select => Self::Select,
            CustomFieldKind::MultiSelect => Self::MultiSelect,
            CustomFieldKind::Other(_) => return None,
        })
    }

    /// Whether values are options of the field.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::Select | Self::MultiSelect)
    }
}
