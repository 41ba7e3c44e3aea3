//! The attributes of a user that a mapping may set (RFC 7643, 4.1 and 4.3).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The schema of users (RFC 7643, 4.1).
pub const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

/// The schema of what employers add to it (RFC 7643, 4.3).
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// An attribute that a mapping may set. `Display` and the serialized form are [`Self::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Attribute {
    /// The name of the login.
    UserName,
    /// Our id of the user.
    ExternalId,
    /// The whole name as it is shown.
    FormattedName,
    /// The given name.
    GivenName,
    /// The family name.
    FamilyName,
    /// What others see.
    DisplayName,
    /// A language, e.g. `de` or `de-DE`.
    PreferredLanguage,
    /// The job title.
    Title,
    /// Whether the user may log in.
    Active,
    /// All addresses: the list is always written whole.
    Emails,
    /// The number of the employee.
    EmployeeNumber,
    /// The cost center.
    CostCenter,
    /// The organization, e.g. the legal entity.
    Organization,
    /// The division.
    Division,
    /// The department.
    Department,
    /// The user who is this user's manager.
    Manager,
}

/// The text names none of the attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an attribute that can be set")]
pub struct NotAnAttribute;

/// Where an attribute stands in a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scim) enum Place {
    /// A member of the user.
    Core(&'static str),
    /// A member of the user's `name`.
    Name(&'static str),
    /// A member of the enterprise extension.
    Enterprise(&'static str),
}

impl Attribute {
    /// All of them, in the order in which they are sent.
    pub const ALL: &[Self] = &[
        Self::UserName,
        Self::ExternalId,
        Self::FormattedName,
        Self::GivenName,
        Self::FamilyName,
        Self::DisplayName,
        Self::PreferredLanguage,
        Self::Title,
        Self::Active,
        Self::Emails,
        Self::EmployeeNumber,
        Self::CostCenter,
        Self::Organization,
        Self::Division,
        Self::Department,
        Self::Manager,
    ];

    /// What connection files, links and mails call it: its path without a schema, e.g. `name.givenName`, `department`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserName => "userName",
            Self::ExternalId => "externalId",
            Self::FormattedName => "name.formatted",
            Self::GivenName => "name.givenName",
            Self::FamilyName => "name.familyName",
            Self::DisplayName => "displayName",
            Self::PreferredLanguage => "preferredLanguage",
            Self::Title => "title",
            Self::Active => "active",
            Self::Emails => "emails",
            Self::EmployeeNumber => "employeeNumber",
            Self::CostCenter => "costCenter",
            Self::Organization => "organization",
            Self::Division => "division",
            Self::Department => "department",
            Self::Manager => "manager",
        }
    }

    /// The attribute with this name, in this spelling.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|attribute| attribute.name() == name)
    }

    /// Whether it belongs to the enterprise extension.
    #[must_use]
    pub const fn is_enterprise(self) -> bool {
        matches!(self.place(), Place::Enterprise(_))
    }

    /// The path of a PATCH operation (RFC 7644, 3.5.2): the name, below its schema where that is not the user's own.
    #[must_use]
    pub fn path(self) -> String {
        if self.is_enterprise() { format!("{ENTERPRISE}:{}", self.name()) } else { self.name().to_owned() }
    }

    pub(in crate::scim) const fn place(self) -> Place {
        match self {
            Self::FormattedName => Place::Name("formatted"),
            Self::GivenName => Place::Name("givenName"),
            Self::FamilyName => Place::Name("familyName"),
            Self::EmployeeNumber
            | Self::CostCenter
            | Self::Organization
            | Self::Division
            | Self::Department
            | Self::Manager => Place::Enterprise(self.name()),
            Self::UserName
            | Self::ExternalId
            | Self::DisplayName
            | Self::PreferredLanguage
            | Self::Title
            | Self::Active
            | Self::Emails => Place::Core(self.name()),
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<Attribute> for String {
    fn from(attribute: Attribute) -> Self {
        attribute.name().to_owned()
    }
}

impl TryFrom<String> for Attribute {
    type Error = NotAnAttribute;

    fn try_from(name: String) -> Result<Self, NotAnAttribute> {
        Self::from_name(&name).ok_or(NotAnAttribute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_is_found_by_its_name() {
        for attribute in Attribute::ALL.iter().copied() {
            assert_eq!(Attribute::from_name(attribute.name()), Some(attribute));
            let kept = serde_json::to_string(&attribute).unwrap();
            assert_eq!(kept, format!("{:?}", attribute.to_string()));
            assert_eq!(serde_json::from_str::<Attribute>(&kept).unwrap(), attribute);
        }
        for other in ["username", "givenName", "password", "groups", ""] {
            assert_eq!(Attribute::from_name(other), None, "{other}");
        }
    }

    #[test]
    fn a_path_begins_with_its_schema_where_that_is_the_extension() {
        assert_eq!(Attribute::GivenName.path(), "name.givenName");
        assert_eq!(Attribute::Department.path(), format!("{ENTERPRISE}:department"));
        let extended: Vec<_> = Attribute::ALL.iter().filter(|attribute| attribute.is_enterprise()).collect();
        assert_eq!(extended.len(), 6);
    }
}
