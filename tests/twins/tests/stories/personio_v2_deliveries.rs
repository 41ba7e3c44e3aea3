//! Events of the HR API on their way to a receiver.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use twins::personio::v2::{Edit, Modes, PayloadKey, Quirks, SEED_CLIENT, SEED_SECRET, Status, kinds};
use uuid::Uuid;

use crate::personio_v2_stage::{Hr, PERIODS, holiday, hook, march, token};
use crate::receiver::Receiver;

const ALL: [&str; 5] = [
    "absence-period.created",
    "absence-period.updated.status",
    "absence-period.updated.timerange",
    "absence-period.deleted",
    "person.updated",
];

/// An enabled webhook at a receiver that answers these statuses in turn, then 200.
async fn hooked(answers: &[u16]) -> (Hr, Receiver, Uuid) {
    let (hr, receiver) = (Hr::new().await, Receiver::default());
    let url = receiver.start(answers).await;
    let (status, made) = hr.send(Method::POST, "/v2/webhooks", &hook(&url, &ALL)).await;
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_str().unwrap().parse().unwrap();
    (hr, receiver, id)
}

fn names(bodies: &[Value]) -> Vec<&str> {
    bodies.iter().map(|body| body["event_name"].as_str().unwrap()).collect()
}

fn statuses(hr: &Hr) -> Vec<Option<u16>> {
    hr.office().deliveries().iter().map(|delivery| delivery.status).collect()
}

#[tokio::test]
async fn an_event_is_an_envelope_with_an_id() {
    let (hr, receiver, _) = hooked(&[]).await;
    let id = hr.holiday(9, 9).await;
    let (line, headers, body) = receiver.last();
    assert_eq!((line.as_str(), &headers["content-type"]), ("POST /hook", &"application/json".parse().unwrap()));
    assert_eq!(headers["authorization"], "Bearer hook", "verbatim");
    let expected = json!({
        "company_id": "48151",
        "event_name": "absence-period.created",
        "occurred_at": hr.read(&format!("{PERIODS}/{id}")).await["updated_at"],
        "payload": {"absence_period": {"id": id}},
    });
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
}

#[tokio::test]
async fn every_act_fires_its_event() {
    let (hr, receiver, _) = hooked(&[]).await;
    let office = hr.office();
    let id = hr.holiday(9, 13).await;
    office.withdraw(id).await.unwrap();
    office
        .edit(id, Edit { status: Some(Status::Approved), ..Edit::span(office.absence(id).unwrap().span) })
        .await
        .unwrap();
    office.edit(id, Edit::type_id(kinds::KRANKHEIT)).await.unwrap();
    office.split(id, march(11)).await.unwrap();
    office.delete(id).await.unwrap();
    office.change_email(3001, "new@agency.example").await.unwrap();
    let bodies = receiver.bodies();
    let [created, status, timerange, deleted, person] = ALL;
    let expected = [created, status, status, timerange, timerange, created, deleted, person];
    assert_eq!(names(&bodies), expected, "nothing is documented for another type");
    assert_eq!(bodies.last().unwrap()["payload"], json!({"person": {"id": "3001"}}));
    let times: Vec<_> = bodies.iter().map(|body| body["occurred_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(
        times.iter().collect::<std::collections::BTreeSet<_>>().len(),
        7,
        "one moment for each act or part of it"
    );
}

#[tokio::test]
async fn payloads_can_have_hyphens_and_persons() {
    let (hr, receiver, _) = hooked(&[]).await;
    let (payload_key, type_change_fires) = (PayloadKey::Hyphen, true);
    let quirks = Quirks { payload_key, type_change_fires, person_in_payload: true, ..Quirks::default() };
    hr.office().set_quirks(quirks).unwrap();
    let id = hr.holiday(9, 9).await;
    hr.office().edit(id, Edit::type_id(kinds::KRANKHEIT)).await.unwrap();
    let bodies = receiver.bodies();
    assert_eq!(names(&bodies), ["absence-period.created", "absence-period.updated.timerange"]);
    assert_eq!(bodies[0]["payload"], json!({"absence-period": {"id": id}, "person": {"id": "3001"}}));
}

#[tokio::test]
async fn only_enabled_webhooks_hear_of_what_they_asked_for() {
    let (hr, receiver, id) = hooked(&[]).await;
    let path = format!("/v2/webhooks/{id}");
    hr.send(Method::PATCH, &path, &json!({"enabled_events": ["absence-period.deleted"]})).await;
    let period = hr.holiday(9, 9).await;
    assert_eq!(receiver.bodies().len(), 0);
    hr.office().delete(period).await.unwrap();
    assert_eq!(names(&receiver.bodies()), ["absence-period.deleted"]);
    hr.send(Method::PATCH, &path, &json!({"status": "DISABLED", "enabled_events": ALL})).await;
    hr.holiday(10, 10).await;
    assert_eq!(receiver.bodies().len(), 1);
    let happened: Vec<_> = hr.office().events().into_iter().map(|event| event.name).collect();
    assert_eq!(happened, ["absence-period.created", "absence-period.deleted", "absence-period.created"]);
}

#[tokio::test]
async fn custom_headers_stand_in_for_authorization() {
    let (hr, receiver, id) = hooked(&[]).await;
    let custom = json!({"auth_type": "CUSTOM", "custom_headers": {"X-One": "1", "x-two": "2"}});
    hr.send(Method::PATCH, &format!("/v2/webhooks/{id}"), &custom).await;
    hr.holiday(9, 9).await;
    let (_, headers, _) = receiver.last();
    assert_eq!((&headers["x-one"], &headers["x-two"]), (&"1".parse().unwrap(), &"2".parse().unwrap()));
    assert!(!headers.contains_key("authorization"));
    hr.send(Method::PATCH, &format!("/v2/webhooks/{id}"), &json!({"auth_type": "NONE"})).await;
    hr.holiday(10, 10).await;
    assert!(!receiver.last().1.contains_key("x-one"));
}

#[tokio::test]
async fn failures_of_the_receiver_are_tried_again() {
    for (answers, expected) in [
        (vec![503, 500, 204], vec![503, 500, 204]),
        (vec![503, 503, 503, 503], vec![503, 503, 503]),
        (vec![502, 401], vec![502, 401]),
        (vec![501], vec![501]),
        (vec![400], vec![400]),
        (vec![429], vec![429]),
        (vec![302], vec![302]),
        (vec![299], vec![299]),
    ] {
        let (hr, receiver, _) = hooked(&answers).await;
        hr.holiday(9, 9).await;
        assert_eq!(statuses(&hr), expected.iter().copied().map(Some).collect::<Vec<_>>(), "{answers:?}");
        let delivered = hr.office().deliveries().last().unwrap().is_delivered();
        assert_eq!(delivered, (200..300).contains(expected.last().unwrap()));
        let bodies = receiver.bodies();
        assert!(bodies.iter().all(|body| *body == bodies[0]), "every try is the same");
    }
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_tried_again() {
    let hr = Hr::new().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", free.local_addr().unwrap());
    drop(free);
    hr.send(Method::POST, "/v2/webhooks", &hook(&url, &ALL)).await;
    hr.holiday(9, 9).await;
    assert_eq!(statuses(&hr), [None, None, None]);
}

#[tokio::test]
async fn a_receiver_has_three_seconds() {
    let hr = Hr::new().await;
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", silent.local_addr().unwrap());
    // it takes one request, says nothing, and is gone
    let taken = std::thread::spawn(move || silent.accept());
    hr.send(Method::POST, "/v2/webhooks", &hook(&url, &ALL)).await;
    let begun = Instant::now();
    hr.holiday(9, 9).await;
    let waited = begun.elapsed();
    assert!(waited >= Duration::from_secs(3) && waited < Duration::from_secs(8), "{waited:?}");
    assert_eq!(statuses(&hr), [None, None, None]);
    taken.join().unwrap().unwrap();
}

#[tokio::test]
async fn events_can_come_twice_or_not_at_all() {
    let (hr, receiver, id) = hooked(&[]).await;
    hr.office().with(Modes { deliveries: 2, ..Modes::default() }).create(holiday(9, 9)).await.unwrap();
    let bodies = receiver.bodies();
    assert_eq!((bodies.len(), &bodies[0]), (2, &bodies[1]));
    let door = hr.stage.url("/_twin/personio/tenants/twin-client/modes");
    let lost = hr.stage.client.put(door).json(&json!({"lost": true})).send().await.unwrap();
    assert_eq!(lost.status(), 204);
    hr.holiday(10, 10).await;
    assert_eq!(receiver.bodies().len(), 2);
    let logged = hr.read(&format!("/v2/webhooks/{id}/events")).await;
    assert_eq!(logged["_data"].as_array().unwrap().len(), 2, "the log knows both");
}

#[tokio::test]
async fn held_events_come_in_any_order() {
    let (hr, receiver, id) = hooked(&[]).await;
    let office = hr.office().with(Modes { hold: true, ..Modes::default() });
    let period = office.create(holiday(9, 9)).await.unwrap();
    hr.send(Method::PATCH, &format!("/v2/webhooks/{id}"), &json!({"token": "Bearer rotated"})).await;
    office.withdraw(period).await.unwrap();
    office.delete(period).await.unwrap();
    assert_eq!(receiver.bodies().len(), 0);
    assert_eq!(office.held().iter().map(|letter| letter.number).collect::<Vec<_>>(), [1, 2, 3]);

    let release = hr.stage.url("/personio/tenants/twin-client/deliveries/release");
    let released = hr.stage.client.post(&release).json(&json!({"order": [3, 1, 1]})).send().await.unwrap();
    assert_eq!(released.status(), 204);
    let [created, status, _, deleted, _] = ALL;
    assert_eq!(names(&receiver.bodies()), [deleted, created, created]);
    assert_eq!(receiver.last().1["authorization"], "Bearer hook", "as it was when it happened");
    let again = hr.stage.client.post(&release).json(&json!({"order": [2, 1]})).send().await.unwrap();
    assert_eq!((again.status().as_u16(), receiver.bodies().len()), (409, 3), "1 is gone, so 2 stays");

    let taken = office.take_held();
    assert_eq!((taken.len(), taken[0].event.as_str(), office.held().len()), (1, status, 0));
    let header = ("authorization".to_owned(), "Bearer rotated".to_owned());
    assert_eq!((&taken[0].headers, taken[0].body.contains(&period.to_string())), (&vec![header], true));
}

#[tokio::test]
async fn a_ping_and_a_test_event_can_be_asked_for() {
    let (hr, receiver, id) = hooked(&[]).await;
    let path = format!("/v2/webhooks/{id}");
    hr.send(Method::PATCH, &path, &json!({"status": "DISABLED"})).await;
    assert_eq!(hr.send(Method::POST, &format!("{path}/ping"), &json!({})).await, (200, Value::Null));
    let bodies = receiver.bodies();
    assert_eq!((&bodies[0]["event_name"], &bodies[0]["payload"]), (&json!("ping"), &json!({})));

    let test = format!("{path}/test-event");
    let payload = json!({"absence_period": {"id": "x"}});
    let body = json!({"event_name": "absence-period.deleted", "payload": payload});
    assert_eq!(hr.send(Method::POST, &test, &body).await.0, 200);
    assert_eq!(receiver.bodies()[1]["payload"], payload);
    for wrong in
        [json!({"event_name": "document.signed", "payload": {}}), json!({"event_name": "person.updated"}), json!({})]
    {
        assert_eq!(hr.send(Method::POST, &test, &wrong).await.0, 400, "{wrong}");
    }
    let nobody = "/v2/webhooks/1d8e3f7a-0000-4000-8000-000000000001";
    for call in ["ping", "test-event"] {
        assert_eq!(hr.send(Method::POST, &format!("{nobody}/{call}"), &body).await.0, 404);
    }
    assert_eq!(receiver.bodies().len(), 2);
}

/// The names in a log; it outlives every token.
async fn logged(hr: &mut Hr, path: &str) -> Vec<String> {
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    let entries = hr.read(path).await["_data"].as_array().unwrap().clone();
    entries.iter().map(|entry| entry["event_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_log_of_events_goes_back_thirty_days() {
    let (mut hr, _, id) = hooked(&[]).await;
    let log = format!("/v2/webhooks/{id}/events");
    let period = hr.holiday(9, 9).await;
    hr.later(60);
    hr.office().delete(period).await.unwrap();
    let [created, .., deleted, _] = ALL;
    for (query, expected) in [
        ("limit=100", vec![created, deleted]),
        ("event_name=absence-period.deleted", vec![deleted]),
        ("occurred_at.gte=2026-03-01T10:01:00Z", vec![deleted]),
        ("occurred_at.lte=2026-03-01T10:00:59Z", vec![created]),
        ("limit=1", vec![created]),
    ] {
        assert_eq!(logged(&mut hr, &format!("{log}?{query}")).await, expected, "{query}");
    }
    assert_eq!(hr.get(&format!("{log}?event=ping")).await.0, 400);
    hr.later(30 * 86_400);
    assert_eq!(logged(&mut hr, &log).await, [deleted]);
    hr.later(1);
    assert_eq!(logged(&mut hr, &log).await, [""; 0]);
}
