//! What a field holds, whichever side it was read on.

use std::collections::BTreeSet;

use jiff::civil::Date;
use vendors::teamtailor::model::OptionId;
use vendors::text::trimmed;
use vendors::value::{Email, Personal};

use super::decimal::Decimal;

/// What a field holds.
#[derive(Debug, Clone)]
pub enum FieldValue {
    /// Nothing.
    Empty,
    /// A text, or a web address. Trimmed, not empty.
    Text(Personal<String>),
    /// An e-mail address.
    Email(Email),
    /// A telephone number. Trimmed, not empty.
    Phone(Personal<String>),
    /// A day.
    Date(Personal<Date>),
    /// Yes or no.
    Checkbox(Personal<bool>),
    /// A number.
    Number(Personal<Decimal>),
    /// Options of the field; not none.
    Options(Personal<BTreeSet<OptionId>>),
}

impl FieldValue {
    /// A text; blanks around it do not count.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let text = trimmed(text).replace("\r\n", "\n");
        if text.is_empty() { Self::Empty } else { Self::Text(Personal::new(text)) }
    }

    /// A telephone number.
    #[must_use]
    pub fn phone(text: &str) -> Self {
        let text = trimmed(text);
        if text.is_empty() { Self::Empty } else { Self::Phone(Personal::new(text.to_owned())) }
    }

    /// Some options.
    #[must_use]
    pub fn options(options: BTreeSet<OptionId>) -> Self {
        if options.is_empty() { Self::Empty } else { Self::Options(Personal::new(options)) }
    }

    /// Whether the field holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The value as one text that all values that are the same have in common, and no other: links keep digests of it, so it
    /// must stay as it is. A vendor may keep an address in lower case and a telephone number without its blanks.
    #[must_use]
    pub fn spelled(&self) -> Personal<String> {
        Personal::new(match self {
            Self::Empty => String::new(),
            Self::Text(text) => format!("text {}", text.reveal()),
            Self::Email(email) => format!("email {}", email.folded()),
            Self::Phone(phone) => format!("phone {}", dialled(phone.reveal())),
            Self::Date(date) => format!("date {}", date.reveal()),
            Self::Checkbox(is_checked) => format!("checkbox {}", is_checked.reveal()),
            Self::Number(number) => format!("number {}", number.reveal()),
            Self::Options(options) => {
                let ids: Vec<&str> = options.reveal().iter().map(OptionId::as_str).collect();
                format!("options {}", ids.join(","))
            }
        })
    }

    /// Whether two values are the same.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.spelled() == other.spelled()
    }
}

/// What is dialled of a telephone number.
fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
}
