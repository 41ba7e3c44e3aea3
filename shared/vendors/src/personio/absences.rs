//! The calls that read absences. Scope `personio:absences:read`. The list shows no deleted absences: one that is
//! missing must be asked for by its id. Source: developer.personio.de/reference/get_v2-absence-periods and the pages
//! beside it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::hr::{Addressed, Hr};
use super::json::{self, Field};
use super::model::absence::{AbsencePeriod, AbsenceType, DayShare};
use super::model::id::{AbsenceId, PersonId};
use super::operations::{LIST_ABSENCE_TYPES, LIST_ABSENCES, READ_ABSENCE, READ_DAYS_OF_ABSENCE};
use super::pages::{Listing, Walk, limited};
use super::reading;
use crate::{Cursor, Error, Kind};

const PERIODS: &str = "v2/absence-periods";

/// One page of a list of absences.
pub type Page = crate::Page<AbsencePeriod, AbsenceId>;

/// The pages of a list of absences.
pub type Pages<'a> = Listing<'a, AbsencePeriod, AbsenceId>;

/// Which absences a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceQuery {
    /// Those changed at or after this moment.
    UpdatedSince(Timestamp),
    /// Those of one person that overlap these days, both included.
    OfPerson {
        /// The person.
        person: PersonId,
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// Those that overlap these days, both included.
    Overlapping {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}

impl AbsenceQuery {
    /// The filters. Only a lower and an upper bound together are documented to mean overlap; they are wall-clock times,
    /// the moment of a change is UTC. None has a `Z`: a sibling of this endpoint refuses it.
    fn filters(self) -> Vec<(&'static str, String)> {
        match self {
            Self::UpdatedSince(moment) => {
                vec![("updated_at.gte", moment.strftime("%Y-%m-%dT%H:%M:%S").to_string())]
            }
            Self::OfPerson { person, from, to } => {
                let of_person = ("person.id", person.to_string());
                Self::Overlapping { from, to }.filters().into_iter().chain([of_person]).collect()
            }
            Self::Overlapping { from, to } => vec![
                ("ends_at.date_time.gte", format!("{from}T00:00:00")),
                ("starts_from.date_time.lte", format!("{to}T23:59:59")),
            ],
        }
    }
}

/// One absence.
///
/// # Errors
/// [`Kind::Gone`]: there is no such absence (any more), and the list does not hold it either: much hangs on "gone", and
/// a single 404 may be a gateway's. [`Kind::Invalid`]: it cannot be read; the reason names the field. Otherwise as for
/// all calls.
pub async fn read(hr: &Hr, id: AbsenceId) -> Result<AbsencePeriod, Error> {
    let unexplained = |status| Error::new(READ_ABSENCE, Kind::Unexplained { status });
    let url = hr.url(&format!("{PERIODS}/{id}"));
    let answer = hr.get(READ_ABSENCE, url, Addressed::Item).await;
    if is_gone(&answer) && is_listed(hr, id).await? {
        return Err(unexplained(404));
    }
    let body = json::bare(answer?).ok_or_else(|| unexplained(200))?;
    let absence = reading::absence(&body).map_err(|field| Error::new(READ_ABSENCE, json::unreadable(field)))?;
    if absence.id == id { Ok(absence) } else { Err(unexplained(200)) }
}

fn is_gone(answer: &Result<Value, Error>) -> bool {
    matches!(answer, Err(error) if error.kind == Kind::Gone)
}

async fn is_listed(hr: &Hr, id: AbsenceId) -> Result<bool, Error> {
    let mut url = hr.url(PERIODS);
    url.query_pairs_mut().append_pair("limit", "1").append_pair("id", &id.to_string());
    let listed = Walk::new(hr, LIST_ABSENCES, url, Addressed::Endpoint).next().await?;
    Ok(listed.is_some_and(|page| !page.items.is_empty() || page.next.is_some()))
}

/// What an absence takes of each of its days, in the vendor's order. Days of which it takes nothing may be among them.
///
/// # Errors
/// [`Kind::Gone`]: there is no such absence (any more). [`Kind::Invalid`]: a day cannot be read. Otherwise as
/// [`Pages::next`].
pub async fn breakdowns(hr: &Hr, id: AbsenceId) -> Result<Vec<DayShare>, Error> {
    let url = limited(hr.url(&format!("{PERIODS}/{id}/breakdowns")), "28");
    let days = Walk::new(hr, READ_DAYS_OF_ABSENCE, url, Addressed::Item).all().await?;
    let days = days.iter().map(reading::day_share).collect::<Result<_, Field>>();
    days.map_err(|field| Error::new(READ_DAYS_OF_ABSENCE, json::unreadable(field)))
}

/// The company's types of absence. A type that cannot be read is left out, so that it does not hide the others; its
/// absences then have an unknown type.
///
/// # Errors
/// [`Kind::Invalid`]: not one of them can be read. Otherwise as [`Pages::next`].
pub async fn types(hr: &Hr) -> Result<Vec<AbsenceType>, Error> {
    let url = limited(hr.url("v2/absence-types"), "100");
    let types = Walk::new(hr, LIST_ABSENCE_TYPES, url, Addressed::Endpoint).all().await?;
    readable_types(&types).map_err(|field| Error::new(LIST_ABSENCE_TYPES, json::unreadable(field)))
}

/// The absences of a query, page by page, from the start or from where an earlier reading of the same query stood.
#[must_use]
pub fn list(hr: &Hr, query: AbsenceQuery, from: Option<Cursor>) -> Pages<'_> {
    let mut url = limited(hr.url(PERIODS), "100");
    url.query_pairs_mut().extend_pairs(query.filters());
    let walk = Walk::new(hr, LIST_ABSENCES, url, Addressed::Endpoint).from(from);
    Pages::new(walk, reading::absence, reading::absence_id)
}

fn readable_types(types: &[Value]) -> Result<Vec<AbsenceType>, Field> {
    let mut readable = Vec::new();
    let mut unreadable = None;
    for entry in types {
        match reading::absence_type(entry) {
            Ok(absence_type) => readable.push(absence_type),
            Err(field) => unreadable = Some(field),
        }
    }
    unreadable.filter(|_| readable.is_empty()).map_or(Ok(readable), Err)
}
