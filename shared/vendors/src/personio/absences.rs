//! The calls that read absences. Scope `personio:absences:read`. The list shows no deleted absences: one that is
//! missing must be asked for by its id. Source: developer.personio.de/reference/get_v2-absence-periods and the pages
//! beside it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::hr::{Asked, Cursor, Hr, Pages};
use super::model::absence::{AbsencePeriod, AbsenceType, DayShare};
use super::model::id::AbsenceId;
use super::pages::Walk;
use super::reading::{self, Field};
use crate::{Error, Kind};

/// Which absences a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceQuery {
    /// Those changed at or after this moment.
    UpdatedSince(Timestamp),
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
    /// the moment of a change is UTC.
    fn filters(self) -> Vec<(&'static str, String)> {
        match self {
            Self::UpdatedSince(moment) => {
                vec![("updated_at.gte", moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())]
            }
            Self::Overlapping { from, to } => vec![
                ("ends_at.date_time.gte", format!("{from}T00:00:00")),
                ("starts_from.date_time.lte", format!("{to}T23:59:59")),
            ],
        }
    }
}

impl Hr {
    /// One absence.
    ///
    /// # Errors
    /// [`Kind::Gone`]: there is no such absence (any more), and the list does not hold it either: much hangs on "gone", and a
    /// single 404 may be a gateway's. [`Kind::Invalid`]: it cannot be read; the reason names the field. Otherwise as for
    /// all calls.
    pub async fn absence(&self, id: AbsenceId) -> Result<AbsencePeriod, Error> {
        const OPERATION: &str = "read absence";
        let url = self.url(&format!("v2/absence-periods/{id}"));
        let body = match self.get(OPERATION, url, Asked::One).await {
            Err(error) if error.kind == Kind::Gone && self.is_listed(id).await? => {
                return Err(self.error(OPERATION, Kind::Unexplained { status: 404 }));
            }
            answer => reading::bare(answer?),
        };
        let body = body.ok_or_else(|| self.error(OPERATION, Kind::Unexplained { status: 200 }))?;
        let absence = reading::absence(&body).map_err(|field| self.error(OPERATION, field.into()))?;
        if absence.id == id { Ok(absence) } else { Err(self.error(OPERATION, Kind::Unexplained { status: 200 })) }
    }

    async fn is_listed(&self, id: AbsenceId) -> Result<bool, Error> {
        let mut url = self.url("v2/absence-periods");
        url.query_pairs_mut().append_pair("limit", "1").append_pair("id", &id.to_string());
        let listed = Walk::new(self, "list absences", url, Asked::All).next().await?;
        Ok(listed.is_some_and(|page| !page.items.is_empty() || page.next.is_some()))
    }

    /// What an absence takes of each of its days, in the vendor's order. Days of which it takes nothing may be among
    /// them.
    ///
    /// # Errors
    /// [`Kind::Gone`]: there is no such absence (any more). [`Kind::Invalid`]: a day cannot be read. Otherwise as
    /// [`Pages::next`].
    pub async fn breakdowns(&self, id: AbsenceId) -> Result<Vec<DayShare>, Error> {
        const OPERATION: &str = "read days of absence";
        let mut url = self.url(&format!("v2/absence-periods/{id}/breakdowns"));
        url.query_pairs_mut().append_pair("limit", "28");
        let days = Walk::new(self, OPERATION, url, Asked::One).all().await?;
        let days = days.iter().map(reading::day_share).collect::<Result<_, Field>>();
        days.map_err(|field| self.error(OPERATION, field.into()))
    }

    /// The company's types of absence. A type that cannot be read is left out, so that it does not hide the others; its
    /// absences then have an unknown type.
    ///
    /// # Errors
    /// [`Kind::Invalid`]: not one of them can be read. Otherwise as [`Pages::next`].
    pub async fn absence_types(&self) -> Result<Vec<AbsenceType>, Error> {
        const OPERATION: &str = "list absence types";
        let mut url = self.url("v2/absence-types");
        url.query_pairs_mut().append_pair("limit", "100");
        let types = Walk::new(self, OPERATION, url, Asked::All).all().await?;
        readable_types(&types).map_err(|field| self.error(OPERATION, field.into()))
    }

    /// The absences of a query, page by page, from the start or from where an earlier reading of the same query stood.
    #[must_use]
    pub fn absences(&self, query: AbsenceQuery, from: Option<Cursor>) -> Pages<'_> {
        let mut url = self.url("v2/absence-periods");
        url.query_pairs_mut().append_pair("limit", "100").extend_pairs(query.filters());
        Pages(Walk::new(self, "list absences", url, Asked::All).from(from))
    }
}

fn readable_types(types: &[Value]) -> Result<Vec<AbsenceType>, Field> {
    let (mut readable, mut unreadable) = (Vec::new(), None);
    for entry in types {
        match reading::absence_type(entry) {
            Ok(absence_type) => readable.push(absence_type),
            Err(field) => unreadable = Some(field),
        }
    }
    unreadable.filter(|_| readable.is_empty()).map_or(Ok(readable), Err)
}
