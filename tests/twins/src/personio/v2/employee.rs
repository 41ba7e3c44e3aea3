//! A person as Personio holds it: with employments, and a status that follows from the newest.

use jiff::Timestamp;
use jiff::civil::Date;

use super::employment::{Employment, EmploymentStatus};
use super::tenant::Person;

/// A person with its employments and times.
#[derive(Clone, Debug)]
pub(super) struct Employee {
    /// Its own `employments` are empty: they stand beside it.
    pub(super) person: Person,
    /// Oldest first.
    pub(super) employments: Vec<Employment>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl Employee {
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Employment> {
        self.employments.iter().rev()
    }

    /// That of the newest employment: whoever starts next month or is on leave is active.
    pub(super) fn status(&self, today: Date) -> &str {
        match self.employments.last().map(|employment| employment.terms.status_on(today)) {
            Some(EmploymentStatus::Inactive) => "INACTIVE",
            Some(EmploymentStatus::Unspecified) => "UNSPECIFIED",
            Some(_) => "ACTIVE",
            None => &self.person.status,
        }
    }

    /// The person with the status of this day.
    pub(super) fn told(&self, today: Date) -> Person {
        Person { status: self.status(today).to_owned(), ..self.person.clone() }
    }
}
