//! What HR people do with persons and employments, and what webhooks tell of it.

use jiff::civil::date;
use reqwest::Method;
use serde_json::{Value, json};
use twins::personio::v2::{
    EmploymentEvents, EmploymentPayload, NewPerson, PayloadUnder, PersonEdit, Quirks, SEED_CLIENT, Staff, Termination,
    Terms,
};

use crate::personio_v2_stage::{Hr, hook, march, told};
use crate::receiver::Receiver;

const EVENTS: [&str; 9] = [
    "person.created",
    "person.updated",
    "person.deleted",
    "employment.created",
    "employment.updated",
    "employment.updated.cost-centers",
    "employment.deleted",
    "employment.started",
    "employment.terminated",
];

/// What the acts of a whole working life fire.
const WORKING_LIFE: [&str; 15] = [
    "person.created",
    "employment.created",
    "person.updated",
    "person.updated",
    "person.updated",
    "employment.updated.cost-centers",
    "employment.updated",
    "employment.terminated",
    "employment.created",
    "employment.updated",
    "employment.created",
    "employment.deleted",
    "employment.deleted",
    "employment.deleted",
    "person.deleted",
];

fn staff(hr: &Hr) -> Staff {
    hr.stage.twins.personio().staff(SEED_CLIENT)
}

/// A receiver that hears of everything about persons and employments.
async fn listening(hr: &Hr) -> Receiver {
    let receiver = Receiver::default();
    let url = receiver.start(&[]).await;
    assert_eq!(hr.send(Method::POST, "/v2/webhooks", &hook(&url, &EVENTS)).await.0, 201);
    receiver
}

fn names(receiver: &Receiver) -> Vec<String> {
    receiver.bodies().iter().map(|body| body["event_name"].as_str().unwrap().to_owned()).collect()
}

async fn act(hr: &Hr, method: Method, path: &str, body: Value) -> (u16, Value) {
    let url = hr.stage.url(&format!("/personio/tenants/twin-client/persons{path}"));
    told(hr.stage.client.request(method, url).json(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn a_working_life_over_http() {
    let hr = Hr::new().await;
    let receiver = listening(&hr).await;
    let new = json!({
        "email": "dora.klein@agency.example", "first_name": "Dora", "last_name": "Klein",
        "employment": {"start": "2026-03-09", "department": 501, "supervisor": 3001},
    });
    assert_eq!(act(&hr, Method::POST, "", new).await, (200, json!({"id": 3006})));
    let at = |path: &str| format!("/3006{path}");
    let done = async |method, path: &str, body| {
        let (status, answer) = act(&hr, method, &at(path), body).await;
        assert_eq!(status, 200, "{path}: {answer}");
    };
    done(Method::PATCH, "", json!({"last_name": "Groß", "preferred_name": "Do"})).await;
    done(Method::PUT, "/email", json!({"email": "dora.gross@agency.example"})).await;
    done(Method::PUT, "/attributes/dynamic_305", json!({"type": "boolean", "value": true})).await;
    done(Method::PATCH, "/employment", json!({"department": 502, "supervisor": null})).await;
    done(Method::PATCH, "/employment", json!({"cost_centers": ["9", "10"]})).await;
    done(Method::POST, "/terminate", json!({"termination_date": "2026-03-31", "type": "QUIT"})).await;
    done(Method::POST, "/announce", json!({"event": "employment.terminated"})).await;
    done(Method::POST, "/rehire", json!({"start": "2026-05-01", "type": "EXTERNAL"})).await;
    done(Method::POST, "/switch", json!({"last_day": "2026-06-30", "legal_entity": 5})).await;
    let person = hr.read("/v2/persons/3006").await;
    assert_eq!(
        (&person["last_name"], &person["preferred_name"], &person["email"]),
        (&json!("Groß"), &json!("Do"), &json!("dora.gross@agency.example"))
    );
    assert_eq!(person["custom_attributes"], json!([{"id": "dynamic_305", "type": "boolean", "value": true}]));
    let first = hr.read("/v2/persons/3006/employments").await["_data"][2].clone();
    assert_eq!((&first["supervisor"], &first["org_units"][0]["id"]), (&Value::Null, &json!("502")));
    assert_eq!(first["cost_centers"], json!([{"id": "9", "weight": 50}, {"id": "10", "weight": 50}]));
    done(Method::DELETE, "", Value::Null).await;
    assert_eq!([hr.get("/v2/persons/3006").await.0, hr.get("/v2/persons/3006/employments").await.0], [404, 404]);
    assert_eq!(names(&receiver), WORKING_LIFE, "another department fires nothing");
}

#[tokio::test]
async fn webhooks_tell_ids_in_one_of_several_ways() {
    let hr = Hr::new().await;
    let receiver = listening(&hr).await;
    let id = hr.office().employments(3001)[0].id;
    let told = async |employment_payload, payload_under| {
        hr.office().set_quirks(Quirks { employment_payload, payload_under, ..Quirks::default() }).unwrap();
        staff(&hr).announce(3001, "employment.started").await.unwrap();
        receiver.bodies().last().unwrap().clone()
    };
    let body = told(EmploymentPayload::WithPerson, PayloadUnder::Payload).await;
    assert_eq!((&body["company_id"], &body["occurred_at"]), (&json!("48151"), &json!("2026-03-01T10:00:00.000Z")));
    assert_eq!(body["payload"], json!({"employment": {"id": id}, "person": {"id": "3001"}}));
    let body = told(EmploymentPayload::Alone, PayloadUnder::Payload).await;
    assert_eq!(body["payload"], json!({"employment": {"id": id}}));
    let body = told(EmploymentPayload::Nested, PayloadUnder::Payload).await;
    assert_eq!(body["payload"], json!({"employment": {"id": id, "person": {"id": "3001"}}}));
    let body = told(EmploymentPayload::Flat, PayloadUnder::Data).await;
    assert_eq!((&body["data"], body.get("payload")), (&json!({"employment_id": id, "person_id": "3001"}), None));
    staff(&hr).edit(3001, PersonEdit { gender: Some("DIVERSE".to_owned()), ..PersonEdit::default() }).await.unwrap();
    assert_eq!(receiver.bodies().last().unwrap()["data"], json!({"person": {"id": "3001"}}));
}

#[tokio::test]
async fn which_changes_fire_is_a_switch() {
    let hr = Hr::new().await;
    let fired = async |employment_events| {
        hr.office().set_quirks(Quirks { employment_events, ..Quirks::default() }).unwrap();
        let before = hr.office().events().len();
        let department = hr.office().employments(3001)[0].terms.department.map(|id| id + 1);
        let moves = |terms: &mut Terms| {
            terms.department = department;
            Ok(())
        };
        staff(&hr).change_terms(3001, moves).await.unwrap();
        staff(&hr)
            .terminate(3001, Termination::on(date(2026, 4, 1 + i8::try_from(before % 20).unwrap())))
            .await
            .unwrap();
        hr.office().events().len() - before
    };
    assert_eq!(fired(EmploymentEvents::Dates).await, 1);
    assert_eq!(fired(EmploymentEvents::All).await, 2);
    assert_eq!(fired(EmploymentEvents::Silent).await, 0);
}

#[tokio::test]
async fn a_termination_in_the_past_acts_at_once_and_says_little() {
    let hr = Hr::new().await;
    let receiver = listening(&hr).await;
    staff(&hr).terminate(3001, Termination::on(date(2026, 1, 31))).await.unwrap();
    assert_eq!(hr.read("/v2/persons/3001").await["status"], "INACTIVE");
    assert_eq!(names(&receiver), ["employment.updated"]);
    assert_eq!(
        hr.read("/v2/persons/3001").await["updated_at"],
        "2024-01-01T00:00:00.000Z",
        "the person is not updated"
    );
}

#[tokio::test]
async fn an_erased_person_takes_the_absences_along_without_a_word() {
    let hr = Hr::new().await;
    hr.holiday(9, 10).await;
    let before = hr.office().events().len();
    staff(&hr).erase(3001).await.unwrap();
    assert!(hr.office().absences().is_empty());
    let told: Vec<_> = hr.office().events()[before..].iter().map(|event| event.name.clone()).collect();
    assert_eq!(told, ["employment.deleted", "person.deleted"]);
    assert_eq!(hr.ids("/v2/persons").await, ["3002", "3003", "3004", "3005"]);
    let again = NewPerson { id: Some(3001), ..NewPerson::new("again@agency.example", march(2)) };
    assert_eq!(staff(&hr).hire(again).await.unwrap_err().0, "this id was given before");
}

#[tokio::test]
async fn acts_that_make_no_sense_are_refused() {
    let hr = Hr::new().await;
    let employment = hr.office().employments(3001)[0].id;
    staff(&hr).delete_employment(3001, employment).await.unwrap();
    let before = hr.office().events().len();
    for (method, path, body, status) in [
        (Method::POST, "", json!({"email": "PERSON-3002@agency.example"}), 409),
        (Method::POST, "", json!({"first_name": "Dora"}), 400),
        (Method::POST, "", json!({"email": "d@agency.example", "employment": {"starts": "2026-03-09"}}), 400),
        (Method::PATCH, "/9", json!({"last_name": "Groß"}), 409),
        (Method::PATCH, "/3002", json!({"status": "INACTIVE"}), 400),
        (Method::PATCH, "/3002/employment", json!({"departement": 501}), 400),
        (Method::PATCH, "/3002/employment", json!({"on_leave": null}), 409),
        (Method::PATCH, "/3001/employment", json!({"on_leave": true}), 409),
        (Method::POST, "/3002/terminate", json!({"type": "TIRED"}), 400),
        (Method::POST, "/3002/announce", json!({"event": "person.deleted"}), 409),
        (Method::DELETE, "/9", Value::Null, 409),
        (Method::DELETE, "/Dora", Value::Null, 400),
    ] {
        let (told, answer) = act(&hr, method, path, body.clone()).await;
        assert_eq!(told, status, "{path} {body}: {answer}");
        assert!(answer["error"].is_string());
    }
    assert_eq!(hr.office().events().len(), before);
}

#[tokio::test]
async fn people_without_an_address_can_be_hired() {
    let hr = Hr::new().await;
    for _ in 0..2 {
        staff(&hr).hire(NewPerson::new("", march(2))).await.unwrap();
    }
    assert_eq!(hr.read("/v2/persons/3007").await["email"], "");
}

/// The events of the webhook's activity.
async fn delivered(hr: &Hr, webhook: &str, query: &str) -> Vec<String> {
    let page = hr.read(&format!("{webhook}/activity?{query}")).await;
    page["_data"].as_array().unwrap().iter().map(|entry| entry["event_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_was_sent_is_remembered_and_sent_again() {
    let mut hr = Hr::new().await;
    let receiver = Receiver::default();
    let url = receiver.start(&[404]).await;
    let (_, made) = hr.send(Method::POST, "/v2/webhooks", &hook(&url, &EVENTS)).await;
    let path = format!("/v2/webhooks/{}", made["id"].as_str().unwrap());
    staff(&hr).terminate(3001, Termination::on(march(31))).await.unwrap();
    staff(&hr).announce(3002, "employment.started").await.unwrap();
    assert_eq!(delivered(&hr, &path, "").await, ["employment.updated", "employment.started"]);
    assert_eq!(delivered(&hr, &path, "is_delivered=false").await, ["employment.updated"]);
    assert_eq!(
        delivered(&hr, &path, "event_name=employment.started&completed_at.gte=2026-03-01T00:00:00Z").await.len(),
        1
    );
    let lost = hr.read(&format!("{path}/events?event_name=employment.updated")).await["_data"][0].clone();
    let again = format!("{path}/redelivery");
    let event_ids = json!({"event_ids": [lost["id"]]});
    assert_eq!(hr.send(Method::POST, &again, &event_ids).await.0, 200);
    let last = receiver.bodies().last().unwrap().clone();
    assert_eq!((&last["event_name"], &last["occurred_at"]), (&json!("employment.updated"), &lost["occurred_at"]));
    let nothing = json!({"event_ids": ["00000000-0000-4000-8000-000000000000"]});
    assert_eq!(
        [hr.send(Method::POST, &again, &nothing).await.0, hr.send(Method::POST, &again, &json!({})).await.0],
        [400, 400]
    );
    hr.days_later(31).await;
    assert_eq!(delivered(&hr, &path, "").await, [""; 0], "30 days");
    assert_eq!(hr.send(Method::POST, &again, &event_ids).await.0, 400);
}
