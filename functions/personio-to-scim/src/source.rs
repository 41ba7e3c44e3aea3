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

    /// The version that Personio shows. No one time stands for the person with all employments and absences, so a link keeps none.
    pub(crate) fn shown(&self) -> Shown {
        Shown::new(Fingerprint::of(version(self.source(), &self.names).reveal()), None)
    }

    /// The same for the judgement of whether a read is fresh: an event is shown where the person or an employment is as new as
    /// the event. Otherwise the second of two quick events, which shows just what the first has found, would rest for minutes.
    pub(crate) fn shown_after(&self, trigger: &Trigger) -> Shown {
        let occurred_at = match trigger {
            Trigger::Event { occurred_at, .. } => *occurred_at,
            _ => None,
        };
        let times = self.employments.iter().filter_map(|employment| employment.updated_at);
        let newest = times.chain(self.person.updated_at).max();
        let changed = newest.filter(|changed| occurred_at.is_some_and(|occurred| *changed >= occurred));
        Shown { changed, ..self.shown() }
    }
}
