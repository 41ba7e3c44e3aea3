//! What Personio says of a person now.

use ledger::Fingerprint;
use mapping::personio_to_scim::{Names, SourcePerson, version};
use reconcile::{Shown, Trigger};
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType};
use vendors::personio::model::employment::Employment;
use vendors::personio::model::person::Person;

/// What Personio says.
#[derive(Debug)]
pub(crate) enum Source {
    /// The person, with all that decides over the account.
    Found(Box<Record>),
    /// Personio does not show such a person. That alone proves nothing: a right that was taken away looks the same.
    Gone,
    /// Something of the person cannot be read: why.
    Unreadable(Vec<String>),
}

/// A person with all that decides over the account but settings and day.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) person: Person,
    pub(crate) employments: Vec<Employment>,
    pub(crate) absences: Vec<AbsencePeriod>,
    pub(crate) absence_types: Vec<AbsenceType>,
    pub(crate) names: Names,
}

impl Record {
    /// The person as the mapping takes them.
    pub(crate) fn source(&self) -> SourcePerson<'_> {
        let Self { person, employments, absences, absence_types, .. } = self;
        SourcePerson { person, employments, absences, absence_types }
    }

    /// The version that Personio shows. The person's own time says nothing of employments, so a link keeps none.
    pub(crate) fn shown(&self) -> Shown {
        Shown::new(Fingerprint::of(version(self.source(), &self.names).reveal()), None)
    }

    /// The same for the judgement of whether a read is fresh: an event of the person's own members is as old as they
    /// are.
    pub(crate) fn shown_after(&self, trigger: &Trigger) -> Shown {
        let occurred_at = match trigger {
            Trigger::Event { occurred_at, .. } => *occurred_at,
            _ => None,
        };
        let changed = self.person.updated_at.filter(|changed| occurred_at.is_some_and(|occurred| *changed >= occurred));
        Shown { changed, ..self.shown() }
    }
}
