//! A person as Personio has them.

use vendors::personio::model::absence::{AbsencePeriod, AbsenceType};
use vendors::personio::model::employment::Employment;
use vendors::personio::model::person::Person;

/// A person with what decides whether they have an account.
#[derive(Debug, Clone, Copy)]
pub struct SourcePerson<'a> {
    /// The person.
    pub person: &'a Person,
    /// All employments of the person, in any order.
    pub employments: &'a [Employment],
    /// The person's absences; may be empty where no policy asks for them.
    pub absences: &'a [AbsencePeriod],
    /// The account's types of absence; may be empty where no policy names one.
    pub absence_types: &'a [AbsenceType],
}
