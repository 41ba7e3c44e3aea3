//! What bodies of webhooks say of people.

use http::{HeaderMap, HeaderValue, header};

use super::super::people_webhook::{
    EMPLOYMENT_EVENTS, NamelessEvent, PEOPLE_EVENTS, PERSON_EVENTS, PeopleDelivery, PersonEvent, ids, read,
};
use super::super::webhook::{ABSENCE_EVENTS, Expected, Unreadable, Verified, verify};
use super::*;
use crate::secret::WebhookSecret;

const SECRET: &str = "the-only-secret-value";
const AT: &str = "2026-02-04T09:12:33.123Z";
const EMPLOYMENT: &str = "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1";

fn with_verified<T>(body: &[u8], look: impl FnOnce(&Verified<'_>) -> T) -> T {
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, HeaderValue::from_static(SECRET));
    let secrets = [WebhookSecret::new(SECRET.into(), None)];
    let expected = Expected { headers: &[header::AUTHORIZATION], secrets: &secrets };
    look(&verify(&headers, body, expected, AT.parse().unwrap()).unwrap())
}

fn read_body(body: &Value) -> Result<PeopleDelivery, Unreadable> {
    with_verified(body.to_string().as_bytes(), read)
}

fn event(name: &str, payload: &Value) -> Value {
    json!({"company_id": "12345", "event_name": name, "occurred_at": AT, "payload": payload})
}

fn of_dora(name: &str, employment: Option<&str>) -> PeopleDelivery {
    PeopleDelivery::Person(PersonEvent {
        company: "12345".to_owned(),
        name: name.to_owned(),
        is_deletion: name == "person.deleted",
        person: "3003".parse().unwrap(),
        employment: employment.map(|id| id.parse().unwrap()),
        occurred_at: AT.parse().unwrap(),
    })
}

#[test]
fn the_person_is_found_in_every_spelling() {
    for payload in [
        json!({"person": {"id": "3003"}}),
        json!({"person": {"id": 3003}, "new": 1}),
        json!({"person_id": "3003"}),
        json!({"person-id": "3003"}),
        json!({"id": "3003"}),
    ] {
        for name in PERSON_EVENTS {
            assert_eq!(read_body(&event(name, &payload)), Ok(of_dora(name, None)), "{payload}");
        }
    }
    for payload in [
        json!({"employment": {"id": EMPLOYMENT}, "person": {"id": "3003"}}),
        json!({"employment": {"id": EMPLOYMENT, "person": {"id": "3003"}}}),
        json!({"employment": {"id": EMPLOYMENT, "person_id": "3003"}}),
        json!({"employment_id": EMPLOYMENT, "person_id": "3003"}),
        json!({"employment-id": EMPLOYMENT, "person-id": "3003"}),
    ] {
        for name in EMPLOYMENT_EVENTS {
            assert_eq!(read_body(&event(name, &payload)), Ok(of_dora(name, Some(EMPLOYMENT))), "{payload}");
        }
    }
}

#[test]
fn the_content_may_be_called_data() {
    let mut body = event("person.updated", &json!({}));
    body["data"] = json!({"person": {"id": "3003"}});
    assert_eq!(read_body(&body), Ok(of_dora("person.updated", None)));
    body.as_object_mut().unwrap().remove("payload");
    assert_eq!(read_body(&body), Ok(of_dora("person.updated", None)));
}

#[test]
fn an_event_that_names_nobody_is_no_failure() {
    for (payload, employment) in [
        (json!({"employment": {"id": EMPLOYMENT}}), Some(EMPLOYMENT)),
        (json!({"id": EMPLOYMENT}), None),
        (json!({"person": {"id": "x"}}), None),
        (json!({}), None),
        (json!(null), None),
    ] {
        let wanted = PeopleDelivery::NoPerson(NamelessEvent {
            name: "employment.updated".to_owned(),
            employment: employment.map(|id| id.parse().unwrap()),
            occurred_at: AT.parse().unwrap(),
        });
        assert_eq!(read_body(&event("employment.updated", &payload)), Ok(wanted), "{payload}");
    }
}

#[test]
fn absences_are_read_as_ever_and_other_events_are_named() {
    let absence = event("absence-period.deleted", &json!({"absence_period": {"id": ID}}));
    assert!(matches!(read_body(&absence), Ok(PeopleDelivery::Absence(event)) if event.absence == id()));
    for name in ["ping", "document.created", "persons.created", "attendance-period.created"] {
        let other = read_body(&event(name, &json!({"person": {"id": "3003"}})));
        assert_eq!(other, Ok(PeopleDelivery::Other(name.to_owned())));
    }
}

#[test]
fn the_envelope_must_say_what_and_when() {
    for (key, field) in [("event_name", "event_name"), ("occurred_at", "occurred_at")] {
        let mut body = event("person.created", &json!({"person": {"id": "3003"}}));
        body.as_object_mut().unwrap().remove(key);
        assert_eq!(read_body(&body), Err(Unreadable::Field(field)));
    }
    assert_eq!(with_verified(b"<html>", read), Err(Unreadable::NotJson));
    let cut = br#"{"payload":{"person":{"id":"3003"},"employment":{"id":"e-1"}},"event_name":"per"#;
    let wanted = [("person", "3003".to_owned()), ("employment", "e-1".to_owned())];
    assert_eq!(with_verified(cut, ids), wanted);
    let unknown = event("person.renamed", &json!({"person": {"id": "3003"}}));
    assert_eq!(read_body(&unknown), Ok(of_dora("person.renamed", None)));
}

#[test]
fn the_list_of_all_events_is_all_lists() {
    assert_eq!(PEOPLE_EVENTS, [PERSON_EVENTS, EMPLOYMENT_EVENTS, ABSENCE_EVENTS].concat());
}
