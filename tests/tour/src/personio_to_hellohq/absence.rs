//! An absence of the tour: what Personio's people do with it, and what helloHQ should hold for it.

use jiff::ToSpan as _;
use jiff::civil::Date;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::people;
use crate::stage::Http;

/// Nobody but Personio may show it: `make test` looks for it in logs and mails.
const REMARK: &str = "Sample remark of the tour";

/// A day of somebody's.
pub(super) struct Absence {
    pub(super) id: Uuid,
    person: u32,
    user: u32,
    pub(super) type_id: Uuid,
    /// The type, as helloHQ spells it.
    kind: &'static str,
    day: Date,
}

/// What of the day.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Whole,
    Morning,
    Afternoon,
}

impl Absence {
    /// `of`: the type at Personio, and at helloHQ.
    pub(super) fn new(person: u32, user: u32, of: (Uuid, &'static str), day: Date) -> Self {
        Self { id: Uuid::new_v4(), person, user, type_id: of.0, kind: of.1, day }
    }

    /// Somebody enters it, approved, as a whole day.
    pub(super) async fn create(&self, http: &Http<'_>) -> anyhow::Result<()> {
        let Self { id, person, type_id, .. } = self;
        let span = self.span(Part::Whole);
        let new = json!({"id": id, "person": person, "type_id": type_id, "span": span, "comment": REMARK});
        http.call(Method::POST, &people(http, "absences"), Some(new)).await.map(drop)
    }

    /// Somebody makes it this part of its day.
    pub(super) async fn make(&self, http: &Http<'_>, part: Part) -> anyhow::Result<()> {
        let edit = json!({"span": self.span(part)});
        http.call(Method::PATCH, &self.url(http), Some(edit)).await.map(drop)
    }

    /// Somebody deletes it.
    pub(super) async fn delete(&self, http: &Http<'_>) -> anyhow::Result<()> {
        http.call(Method::DELETE, &self.url(http), None).await.map(drop)
    }

    /// The one entry that helloHQ should hold.
    pub(super) fn entry(&self, part: Part) -> String {
        let Self { user, kind, day, .. } = self;
        let (midnight, noon) = (day.at(0, 0, 0, 0), day.at(12, 0, 0, 0));
        let next = midnight.saturating_add(1.day());
        let (start, end) = match part {
            Part::Whole => (midnight, next),
            Part::Morning => (midnight, noon),
            Part::Afternoon => (noon, next),
        };
        format!("{kind} of user {user}, {start} to {end}")
    }

    fn span(&self, part: Part) -> Value {
        let (start, end) = match part {
            Part::Whole => ("FIRST_HALF", "SECOND_HALF"),
            Part::Morning => ("FIRST_HALF", "FIRST_HALF"),
            Part::Afternoon => ("SECOND_HALF", "SECOND_HALF"),
        };
        json!({"days": {"first": self.day, "last": self.day, "start_half": start, "end_half": end}})
    }

    fn url(&self, http: &Http<'_>) -> String {
        people(http, &format!("absences/{}", self.id))
    }
}
