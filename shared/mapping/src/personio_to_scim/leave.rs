//! Whether a leave takes the account, and which absences count as one.
//!
//! Personio knows a leave in two places: as the status of an employment, without dates, and as an approved absence of a
//! type that the company has chosen. A leave ends when the status does, or with the last day of the absence.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType, Approval};
use vendors::personio::model::id::AbsenceTypeId;
use vendors::text::{folded, is_blank};

use crate::absence_end::{AbsenceEnd, last_day};
use crate::document::{fault, table};
use crate::nearest::hint;
use crate::unmappable::Problem;

/// What a leave does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leave {
    /// Whether an employment whose status is `LEAVE` deactivates the account.
    pub by_status: bool,
    /// Which absences deactivate it.
    pub absences: Option<LongAbsences>,
}

/// Absences that deactivate an account while they last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongAbsences {
    types: Vec<ListedAbsenceType>,
    longer_than_days: u16,
    end: AbsenceEnd,
}

/// A type of absence, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ListedAbsenceType {
    Id(AbsenceTypeId),
    /// In the form in which two names are the same.
    Name(String),
}

impl LongAbsences {
    /// Whether an absence deactivates the account on a day. One that is longer than the limit does from its first day
    /// on; of one without an end that is known only after so many days. Absences that follow each other are not added
    /// up.
    pub(super) fn takes(&self, absence: &AbsencePeriod, types: &[AbsenceType], day: Date) -> bool {
        let first = absence.starts.at.date();
        let is_approved = matches!(absence.approval, Approval::Approved | Approval::DeletionPending);
        if !is_approved || !self.lists(absence.absence_type, types) {
            return false;
        }
        match last_day(absence, self.end) {
            Some(last) => (first..=last).contains(&day) && days(first, last) > i32::from(self.longer_than_days),
            None => after(first, self.longer_than_days).is_some_and(|known| day >= known),
        }
    }

    /// The days on which an absence may begin or cease to count.
    pub(super) fn turning_days(&self, absence: &AbsencePeriod) -> Vec<Date> {
        let first = absence.starts.at.date();
        let end = last_day(absence, self.end).and_then(|last| last.tomorrow().ok());
        [Some(first), after(first, self.longer_than_days), end].into_iter().flatten().collect()
    }

    /// What is listed and is no type of the account. Empty: everything is one.
    #[must_use]
    pub fn compare(&self, types: &[AbsenceType]) -> Vec<Problem> {
        let unknown = self.types.iter().filter(|listed| !types.iter().any(|known| listed.is(known.id, types)));
        let problem = |listed: &ListedAbsenceType| Problem::new("policies.leave_absences", listed.unknown(types));
        unknown.map(problem).collect()
    }

    fn lists(&self, id: AbsenceTypeId, types: &[AbsenceType]) -> bool {
        self.types.iter().any(|listed| listed.is(id, types))
    }
}

impl ListedAbsenceType {
    fn is(&self, id: AbsenceTypeId, types: &[AbsenceType]) -> bool {
        match self {
            Self::Id(listed) => *listed == id,
            Self::Name(name) => types.iter().any(|known| known.id == id && folded(&known.name) == *name),
        }
    }

    fn unknown(&self, types: &[AbsenceType]) -> String {
        match self {
            Self::Id(id) => format!("no absence type of Personio has the id `{id}`"),
            Self::Name(name) => {
                let near = hint(name, types.iter().map(|known| known.name.as_str()));
                format!("no absence type of Personio has the name `{name}`{near}")
            }
        }
    }
}

/// How many days, both included.
fn days(first: Date, last: Date) -> i32 {
    first.until(last).map_or(0, |span: Span| span.get_days() + 1)
}

fn after(day: Date, days: u16) -> Option<Date> {
    day.checked_add(i64::from(days).days()).ok()
}

impl<'de> Deserialize<'de> for LongAbsences {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |absences| {
            let types: Option<Spanned<Vec<ListedAbsenceType>>> = absences.required_s("types").ok();
            let longer_than_days = absences.required("longer_than_days").ok();
            let end = absences.optional("absence_end").unwrap_or_default();
            let types = types?;
            if types.value.is_empty() {
                let what = "`types` lists at least one absence type of Personio".to_owned();
                absences.errors.extend(fault(types.span, what).errors);
            }
            Some(Self { types: types.value, longer_than_days: longer_than_days?, end })
        })
    }
}

impl<'de> Deserialize<'de> for ListedAbsenceType {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let text = value.take_string(None)?;
        if is_blank(&text) {
            return Err(fault(value.span, "must not be empty".to_owned()));
        }
        Ok(text.parse().map_or_else(|_| Self::Name(folded(&text)), Self::Id))
    }
}
