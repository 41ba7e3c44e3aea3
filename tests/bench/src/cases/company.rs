//! A company's absences, all entered in helloHQ: what a sweep finds, by how many there are and how many have changed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::personio_to_hellohq::{CONNECTION, NAME, TYPE};
use super::{Sweepable, item, message};
use crate::stand_ins::{Item, World, Written};

/// How many absences there are, of 500 people, and how many of them were edited since the last sweep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Company {
    pub(crate) absences: u32,
    pub(crate) changed: u32,
}

const PEOPLE: u32 = 500;
/// The connection's start date, and the first absence's day.
const START: Date = date(2022, 1, 1);
/// Over how many days the absences are spread.
const DAYS: u32 = 1800;
/// How many days a window holds.
const WINDOW: i64 = 92;
const RUN: &str = "2026-03-02T12";
/// How many Personio gives at once.
const PAGE: usize = 100;
/// Milliseconds of the last sweep, and of edits before and after it.
const SWEPT: i64 = 1_772_359_200_000;
const EDITED: (&str, i64) = ("2026-02-01T10:00:00.000Z", 1_769_940_000_000);
const EDITED_SINCE: &str = "2026-03-02T10:00:00.000Z";

struct Absence {
    number: u32,
    day: Date,
    changed: bool,
}

impl Company {
    fn all(self) -> Vec<Absence> {
        let every = self.absences.checked_div(self.changed).unwrap_or(u32::MAX).max(1);
        let absence = |number: u32| {
            let days = u64::from(number) * u64::from(DAYS) / u64::from(self.absences);
            let day = START.saturating_add(i64::try_from(days).unwrap_or_default().days());
            Absence { number, day, changed: number.is_multiple_of(every) && number / every < self.changed }
        };
        (0..self.absences).map(absence).collect()
    }

    /// A run over everything.
    pub(crate) fn sweepable(self) -> Sweepable {
        Sweepable { messages: self.messages(), world: Box::new(move |url| self.world(url)) }
    }

    /// The messages of one run over everything, as the schedule sends them.
    fn messages(self) -> Vec<String> {
        let windows = windows();
        let days: Value = windows.iter().map(|(_, from, to)| json!({"from": from, "to": to})).collect();
        let slices = [("changes".to_owned(), json!({"kind": "changes"}))].into_iter().chain(
            windows.iter().map(|(name, from, to)| (name.clone(), json!({"kind": "window", "from": from, "to": to}))),
        );
        let text = |((name, slice), number): ((String, Value), u32)| {
            let body = json!({"v": 2, "run": RUN, "windows": days, "whole": true, "slice": slice});
            message((NAME, CONNECTION), number, "whole-sweep", &[("run", RUN), ("slice", &name)], &body)
        };
        slices.zip(0..).map(text).collect()
    }

    /// What the sweep finds.
    fn world(self, url: &str) -> World {
        let absences = self.all();
        let mut items = super::personio_to_hellohq::accounts(url, START);
        items.push(item("cursor#absences", "cursor", &[("at_ms", json!(SWEPT))]));
        items.extend(absences.iter().map(link));
        let absences = Arc::new(absences);
        World {
            items,
            written: Some(Written::new()),
            secret: super::personio_to_hellohq::secret(),
            vendors: vec![super::personio_to_hellohq::token()],
            lists: vec![("GET /personio/v2/absence-periods", Box::new(move |query| list(&absences, query)))],
            ..World::default()
        }
    }
}

/// The connection's name.
const NAMED: &str = "absences";

fn windows() -> Vec<(String, Date, Option<Date>)> {
    let count = i64::from(DAYS) / WINDOW + 1;
    let from = |number: i64| START.saturating_add((number * WINDOW).days());
    let window =
        |number| (format!("window-{}", from(number)), from(number), (number < count).then(|| from(number + 1)));
    (0..=count).map(window).collect()
}

impl Absence {
    fn id(&self) -> String {
        format!("1d8e3f7a-0000-4000-8000-{:012}", self.number)
    }

    fn person(&self) -> u32 {
        3001 + self.number % PEOPLE
    }

    fn starts(&self) -> String {
        format!("{}T00:00:00", self.day)
    }

    fn ends(&self) -> String {
        format!("{}T00:00:00", self.day.saturating_add(1.day()))
    }

    /// Of the version that is entered, as links keep it. Were it another, everything would look edited, and the figures
    /// would say so.
    fn version(&self) -> u64 {
        let (person, starts, ends) = (self.person(), self.starts(), self.ends());
        let text = format!("{}|{person}|{TYPE}|{starts}first|{ends}second|Europe/Berlin|approved", EDITED.1);
        Sha256::digest(text).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn written(&self) -> Value {
        json!({
            "id": self.id(),
            "person": {"id": self.person().to_string()},
            "starts_from": {"date_time": self.starts(), "type": "FIRST_HALF"},
            "ends_at": {"date_time": self.ends(), "type": "SECOND_HALF"},
            "timezone_id": "Europe/Berlin",
            "comment": null,
            "absence_type": {"id": TYPE},
            "approval": {"status": "APPROVED"},
            "created_at": EDITED.0,
            "updated_at": self.edited(),
        })
    }

    fn edited(&self) -> &'static str {
        if self.changed { EDITED_SINCE } else { EDITED.0 }
    }

    /// Whether Personio's filters let it through.
    fn passes(&self, query: &HashMap<String, String>) -> bool {
        let bound = |name: &str| query.get(name).map(String::as_str);
        bound("updated_at.gte").is_none_or(|since| self.edited() >= since)
            && bound("ends_at.date_time.gte").is_none_or(|from| self.ends().as_str() >= from)
            && bound("starts_from.date_time.lte").is_none_or(|to| self.starts().as_str() <= to)
    }
}

/// A page, and where the next one is.
fn list(absences: &[Absence], query: &HashMap<String, String>) -> Value {
    let from: usize = query.get("cursor").and_then(|cursor| cursor.parse().ok()).unwrap_or_default();
    let mut found = absences.iter().filter(|absence| absence.passes(query)).skip(from);
    let page: Value = found.by_ref().take(PAGE).map(Absence::written).collect();
    let next = found.next().map(|_| json!({"href": format!("/v2/absence-periods?cursor={}", from + PAGE)}));
    json!({"_data": page, "_meta": {"links": {"next": next}}})
}

fn link(absence: &Absence) -> Item {
    let members = [
        ("seen_ms", json!(EDITED.1)),
        ("version", json!(absence.version())),
        ("judged", json!(1)),
        ("last_day", json!(absence.day)),
        ("due_ms", Value::Null),
        ("entered", json!(true)),
        ("missing_ms", Value::Null),
    ];
    item(format!("link#{NAMED}"), format!("absence/{}", absence.id()), &members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_have_changed_as_are_said_to_have() {
        for (absences, changed) in [(10_000, 0), (10_000, 100), (250, 250)] {
            let all = Company { absences, changed }.all();
            assert_eq!(all.iter().filter(|absence| absence.changed).count(), changed as usize);
            assert!(all.last().unwrap().day < windows().last().unwrap().1);
        }
    }

    #[test]
    fn pages_lead_to_the_end_of_what_the_filters_let_through() {
        let all = Company { absences: 250, changed: 0 }.all();
        let page = |cursor: &str| list(&all, &[("cursor".to_owned(), cursor.to_owned())].into());
        assert_eq!(page("100")["_meta"]["links"]["next"]["href"], "/v2/absence-periods?cursor=200");
        assert_eq!(page("200")["_data"].as_array().unwrap().len(), 50);
        assert_eq!(page("200")["_meta"]["links"]["next"], Value::Null);
        let since = list(&all, &[("updated_at.gte".to_owned(), "2026-03-01T09:45:00Z".to_owned())].into());
        assert_eq!(since["_data"], json!([]));
    }
}
