//! A company's people, all with accounts and none changed: what a sweep of persons finds, by how many there are.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::personio_to_scim::{CONNECTION, NAME, document, employment, secret};
use super::{Sweepable, connection, item, message};
use crate::stand_ins::{Item, World, Written};

/// How many persons there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Workforce {
    pub(crate) people: u32,
}

/// How many employments the connection lets be read a minute: far more than Personio does, so that the bench takes seconds
/// and not twenty minutes. The sweeper keeps to it by its own clock.
const READS_A_MINUTE: u32 = 60_000;
/// How many persons Personio lists at once, and users the partner.
const PERSONS: u32 = 50;
const USERS: u32 = 100;
const RUN: &str = "2026-03-02T00";
/// People have no days: one window holds them all.
const WINDOW: &str = "0000-01-01";
/// Milliseconds of the last sweep.
const SWEPT: i64 = 1_772_359_200_000;
/// The members of an employment that Personio shows, in the order in which a version spells them.
const SHOWN: [&str; 12] = [
    "type",
    "position",
    "employment_start_date",
    "employment_end_date",
    "contract_end_date",
    "termination",
    "supervisor",
    "office",
    "org_units",
    "legal_entity",
    "cost_centers",
    "weekly_working_hours",
];

impl Workforce {
    /// A run over everybody.
    pub(crate) fn sweepable(self) -> Sweepable {
        Sweepable { messages: messages(), world: Box::new(move |url| self.world(url)) }
    }

    /// How many pages Personio's list has.
    pub(crate) fn pages(self) -> u64 {
        u64::from(self.people.div_ceil(PERSONS))
    }

    /// How many pages the partner's list has.
    pub(crate) fn partner_pages(self) -> u64 {
        u64::from(self.people.div_ceil(USERS))
    }

    /// How long reading all employments takes at least, within the connection's limit.
    pub(crate) fn least(self) -> Duration {
        Duration::from_secs(60) * self.people / READS_A_MINUTE
    }

    fn world(self, url: &str) -> World {
        let calls = format!("calls_per_minute = {READS_A_MINUTE}");
        let document =
            document(url).replace("calls_per_minute = 500", &calls).replace("calls_per_minute = 120", &calls);
        let mut items =
            vec![connection(CONNECTION, NAME, document), item("cursor#accounts", "cursor", &[("at_ms", json!(SWEPT))])];
        items.extend(self.all().map(link));
        items.extend(self.all().map(claim));
        World {
            items,
            written: Some(Written::new()),
            secret: secret(),
            vendors: vec![super::personio_to_hellohq::token()],
            lists: vec![
                ("GET /personio/v2/persons", Box::new(move |query| self.persons(query))),
                ("GET /personio/v2/persons/{id}/employments", Box::new(employments)),
                ("GET /scim/Users", Box::new(move |query| self.users(query))),
            ],
            ..World::default()
        }
    }

    fn all(self) -> impl Iterator<Item = u32> {
        (0..self.people).map(|number| 100_001 + number)
    }

    fn persons(self, query: &HashMap<String, String>) -> Value {
        let from = number(query, "cursor").unwrap_or_default();
        let page: Value = self.all().skip(from).take(PERSONS as usize).map(person).collect();
        let next = from + PERSONS as usize;
        let next = (next < self.people as usize).then(|| json!({"href": format!("/v2/persons?cursor={next}")}));
        json!({"_data": page, "_meta": {"links": {"next": next}}})
    }

    fn users(self, query: &HashMap<String, String>) -> Value {
        let start = number(query, "startIndex").unwrap_or(1);
        let page: Value = self.all().skip(start.saturating_sub(1)).take(USERS as usize).map(user).collect();
        json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": self.people,
            "startIndex": start, "Resources": page})
    }
}

fn number(query: &HashMap<String, String>, name: &str) -> Option<usize> {
    query.get(name).and_then(|value| value.parse().ok())
}

fn messages() -> Vec<String> {
    let window = json!({"from": WINDOW, "to": null});
    let slices = [
        ("changes".to_owned(), json!({"kind": "changes"})),
        (format!("window-{WINDOW}"), json!({"kind": "window", "from": WINDOW, "to": null})),
        ("target".to_owned(), json!({"kind": "target"})),
    ];
    let text = |((name, slice), number): ((String, Value), u32)| {
        let body = json!({"v": 2, "run": RUN, "windows": [window], "whole": true, "slice": slice});
        message((NAME, CONNECTION), number, "whole-sweep", &[("run", RUN), ("slice", &name)], &body)
    };
    slices.into_iter().zip(0..).map(text).collect()
}

fn email(id: u32) -> String {
    format!("person-{id}@company.example")
}

fn person(id: u32) -> Value {
    json!({"id": id.to_string(), "email": email(id), "first_name": "Sample", "last_name": "Person", "preferred_name": null,
        "status": "ACTIVE", "custom_attributes": [], "created_at": "2026-02-01T10:00:00.000Z",
        "updated_at": "2026-02-01T10:00:00.000Z"})
}

fn employments(query: &HashMap<String, String>) -> Value {
    let person = query.get("id").map(String::as_str).unwrap_or_default();
    json!({"_data": [employment(person)], "_meta": {"links": {}}})
}

fn user(id: u32) -> Value {
    json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": format!("u-{id}"), "userName": email(id),
        "externalId": id.to_string(), "active": true})
}

/// Of the version that has an account, as links keep it. Were it another, everybody would look changed, and the figures
/// would say so.
fn version(id: u32) -> u64 {
    let of_person = [
        spelled("person", &id.to_string()),
        spelled("status", "ACTIVE"),
        spelled("email", &email(id)),
        spelled("first_name", "Sample"),
        spelled("last_name", "Person"),
        "preferred_name\n".to_owned(),
    ];
    let of_employment = [
        spelled("employment", "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1"),
        spelled("status", "ACTIVE"),
        spelled("type", "INTERNAL"),
        spelled("position", "Maker"),
        spelled("start", "2022-05-01"),
        "end\ncontract_end\nsupervisor\noffice\nlegal_entity\n".to_owned(),
        spelled("weekly_hours", "40"),
    ];
    let shown = SHOWN.map(|member| spelled("shown", member)).concat();
    let names = "department\nteam\noffice\nlegal entity\n";
    let text = format!("{}{}{shown}{names}", of_person.concat(), of_employment.concat());
    Sha256::digest(text).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn spelled(name: &str, value: &str) -> String {
    format!("{name}={}:{value}\n", value.len())
}

fn link(id: u32) -> Item {
    let members = [
        ("seen_ms", Value::Null),
        ("version", json!(version(id))),
        ("judged", json!(1)),
        ("last_day", json!(WINDOW)),
        ("due_ms", Value::Null),
        ("entered", json!(true)),
        ("missing_ms", Value::Null),
    ];
    item("link#accounts", format!("person/{id}"), &members)
}

fn claim(id: u32) -> Item {
    item("claim#accounts", format!("u-{id}"), &[("subject", json!(format!("person/{id}")))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_lead_to_their_ends() {
        let all = Workforce { people: 120 };
        let asked = |name: &str, value: &str| HashMap::from([(name.to_owned(), value.to_owned())]);
        let page = all.persons(&asked("cursor", "50"));
        assert_eq!(page["_meta"]["links"]["next"]["href"], "/v2/persons?cursor=100");
        let last = all.persons(&asked("cursor", "100"));
        assert_eq!((last["_data"].as_array().unwrap().len(), &last["_meta"]["links"]["next"]), (20, &Value::Null));
        let users = all.users(&asked("startIndex", "101"));
        assert_eq!((users["Resources"].as_array().unwrap().len(), &users["totalResults"]), (20, &json!(120)));
        assert_eq!((all.pages(), all.partner_pages()), (3, 2));
    }
}
