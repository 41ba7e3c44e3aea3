//! A row of the table `[mapping]`: one absence type of Personio and where it belongs.

use vendors::hellohq::model::AbsenceType as Kind;
use vendors::personio::model::id::AbsenceTypeId;
use vendors::text::folded;

/// The key under which types are listed that are not carried over.
pub(super) const IGNORE: &str = "ignore";

/// A type of Personio that the table lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedType {
    pub(super) destination: Destination,
    /// The key it is listed under, as it is spelled.
    pub(super) key: String,
    /// As it is listed, without blanks around it.
    pub(super) text: String,
    pub(super) name: TypeName,
}

/// Where absences of a listed type go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// To this type of helloHQ.
    Type(Kind),
    /// Nowhere.
    Ignored,
}

/// How a listed text is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypeName {
    Id(AbsenceTypeId),
    /// In the form in which two names are the same.
    Folded(String),
}

impl Destination {
    /// helloHQ's name of the type, or `ignore`.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Type(kind) => kind.label(),
            Self::Ignored => IGNORE,
        }
    }

    /// Whether helloHQ keeps the type in days.
    pub(super) fn is_in_days(self) -> bool {
        match self {
            Self::Type(kind) => !kind.in_hours(),
            Self::Ignored => false,
        }
    }
}

impl TypeName {
    /// What a text of the file means: an id where the text is one, else a name.
    pub(super) fn read(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::of(text), Self::Id)
    }

    /// A type's own name, be it one that looks like an id.
    pub(super) fn of(name: &str) -> Self {
        Self::Folded(folded(name))
    }
}
