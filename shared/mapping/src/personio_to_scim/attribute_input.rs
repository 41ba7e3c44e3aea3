//! What attributes are made of.

use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::employment::Employment;
use vendors::personio::model::person::Person;

use crate::document::one_of;

/// What the attributes of one account are made of.
#[derive(Debug, Clone, Copy)]
pub struct AttributeInput<'a> {
    /// The person.
    pub person: &'a Person,
    /// The employment that counts; `None`: there is none.
    pub employment: Option<&'a Employment>,
    /// The names of what the employment gives by id.
    pub names: &'a Names,
}

/// The names of what an employment gives by id. Each needs a read and a right of its own, so only those that the
/// mapping wants are here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// The department.
    pub department: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// The office.
    pub office: Option<String>,
    /// The legal entity.
    pub legal_entity: Option<String>,
}

/// A thing that an employment gives by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameOf {
    /// The department.
    Department,
    /// The team.
    Team,
    /// The office.
    Office,
    /// The legal entity.
    LegalEntity,
}

impl Names {
    /// The name of a thing.
    #[must_use]
    pub fn of(&self, thing: NameOf) -> Option<&str> {
        match thing {
            NameOf::Department => self.department.as_deref(),
            NameOf::Team => self.team.as_deref(),
            NameOf::Office => self.office.as_deref(),
            NameOf::LegalEntity => self.legal_entity.as_deref(),
        }
    }
}

impl NameOf {
    /// In words.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Team => "team",
            Self::Office => "office",
            Self::LegalEntity => "legal entity",
        }
    }
}

impl<'de> Deserialize<'de> for NameOf {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [
            ("department", Self::Department),
            ("team", Self::Team),
            ("office", Self::Office),
            ("legal_entity", Self::LegalEntity),
        ];
        one_of(value, &words)
    }
}
