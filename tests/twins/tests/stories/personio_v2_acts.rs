//! The acts of Personio's people, over HTTP and in the same process.

use reqwest::Method;
use serde_json::{Value, json};
use twins::personio::v2::{Edit, NewAbsence, SEED_CLIENT, Span, Status, kinds};
use uuid::Uuid;

use crate::personio_v2_stage::{Hr, PERIODS, holiday, march, told};

/// Status and body of an act of the seed tenant.
async fn act(hr: &Hr, method: Method, path: &str, body: Value) -> (u16, Value) {
    let url = hr.stage.url(&format!("/personio/tenants/twin-client{path}"));
    told(hr.stage.client.request(method, url).json(&body).send().await.unwrap()).await
}

fn id(answer: &(u16, Value)) -> Uuid {
    assert_eq!(answer.0, 200, "{}", answer.1);
    answer.1["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_period_lives_its_life_over_http() {
    let hr = Hr::new().await;
    let span = json!({"days": {"first": "2026-03-09", "last": "2026-03-13", "start_half": "SECOND_HALF"}});
    let new = json!({"person": 3002, "type_id": kinds::URLAUB, "span": span, "status": "PENDING", "comment": "sea"});
    let made = id(&act(&hr, Method::POST, "/absences", new).await);
    let path = format!("/absences/{made}");
    let shown = hr.read(&format!("{PERIODS}/{made}")).await;
    assert_eq!((&shown["comment"], &shown["approval"]["status"]), (&json!("sea"), &json!("PENDING")));

    let edit = json!({"status": "APPROVED", "type_id": kinds::ELTERNZEIT, "span": {"days": {"first": "2026-03-10", "last": "2026-03-13"}}});
    assert_eq!(id(&act(&hr, Method::PATCH, &path, edit).await), made);
    let rest = id(&act(&hr, Method::POST, &format!("{path}/split"), json!({"from": "2026-03-12"})).await);
    act(&hr, Method::POST, &format!("{path}/withdraw"), Value::Null).await;
    let held = hr.office().absences();
    let told: Vec<_> = held.iter().map(|absence| (absence.id, absence.span, absence.status.clone())).collect();
    let expected = [
        (made, Span::days(march(10), march(11)), Status::Pending),
        (rest, Span::days(march(12), march(13)), Status::Approved),
    ];
    assert_eq!(told, expected);
    assert!(held.iter().all(|absence| absence.type_id == kinds::ELTERNZEIT && absence.person == 3002));

    assert_eq!(id(&act(&hr, Method::DELETE, &path, Value::Null).await), made);
    assert_eq!(hr.stage.twins.personio().absences(SEED_CLIENT).len(), 1);
    let email = act(&hr, Method::PUT, "/persons/3002/email", json!({"email": "new@agency.example"})).await;
    assert_eq!(email, (200, json!({"id": 3002})));
    assert_eq!(hr.office().persons()[1].email, "new@agency.example");
}

#[tokio::test]
async fn hours_and_open_ends_can_be_entered() {
    let hr = Hr::new().await;
    let hours = json!({"hours": {"start": "2026-03-09T09:00:00", "end": "2026-03-09T10:00:00"}});
    id(&act(&hr, Method::POST, "/absences", json!({"person": 3001, "type_id": kinds::ARZTTERMIN, "span": hours}))
        .await);
    let open = json!({"days": {"first": "2026-03-09", "last": null}});
    let open = json!({"person": 3001, "type_id": kinds::KRANKHEIT, "span": open});
    let open = id(&act(&hr, Method::POST, "/absences", open).await);
    hr.office().split(open, march(20)).await.unwrap();
    let spans: Vec<_> = hr.office().absences().iter().map(|absence| absence.span).collect();
    assert_eq!(spans[1..], [Span::days(march(9), march(19)), Span::open(march(20))]);
    assert_eq!(spans[0], Span::hours(march(9).at(9, 0, 0, 0), march(9).at(10, 0, 0, 0)));
}

#[tokio::test]
async fn a_forgotten_end_is_not_an_open_one() {
    let hr = Hr::new().await;
    for wrong in [
        json!({"days": {"first": "2026-03-09"}}),
        json!({"hours": {"start": "2026-03-09T09:00:00"}}),
        json!({"days": {"first": "2026-03-09", "last": "2026-03-10", "half": true}}),
        json!({}),
    ] {
        let new = json!({"person": 3001, "type_id": kinds::URLAUB, "span": wrong});
        let (status, body) = act(&hr, Method::POST, "/absences", new).await;
        assert_eq!(status, 400, "{wrong}");
        assert!(body["error"].is_string());
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let hr = Hr::new().await;
    let office = hr.office();
    let one_day = Span::days(march(9), march(9));
    let known = hr.holiday(9, 10).await;
    for (new, expected) in [
        (NewAbsence { person: 1, ..holiday(9, 9) }, "no such person"),
        (NewAbsence { type_id: Uuid::nil(), ..holiday(9, 9) }, "no such absence type"),
        (NewAbsence { type_id: kinds::ARZTTERMIN, ..holiday(9, 9) }, "days and hours do not fit the absence type"),
        (holiday(10, 9), "the last day lies before the first"),
        (
            NewAbsence { span: one_day.from_midday().until_midday(), ..holiday(9, 9) },
            "both half day start and half day end are true for a single-day period",
        ),
        (
            NewAbsence { span: Span::open(march(9)).until_midday(), ..holiday(9, 9) },
            "a period without an end has no half last day",
        ),
        (NewAbsence { id: Some(known), ..holiday(9, 9) }, "this id was given before"),
    ] {
        assert_eq!(office.create(new).await.unwrap_err().0, expected);
    }
    assert_eq!(office.split(known, march(9)).await.unwrap_err().0, "the period cannot be split at this day");
    assert_eq!(office.delete(Uuid::nil()).await.unwrap_err().0, "no such absence period");
    assert_eq!(office.change_email(1, "x@agency.example").await.unwrap_err().0, "no such person");
    let nobody = hr.stage.twins.personio().v2("nobody");
    assert_eq!(nobody.create(holiday(9, 9)).await.unwrap_err().0, "no such tenant");
    let (status, body) = act(&hr, Method::DELETE, &format!("/absences/{}", Uuid::nil()), Value::Null).await;
    assert_eq!((status, &body["error"]), (409, &json!("no such absence period")));
    for (method, path) in [(Method::DELETE, "/absences/7"), (Method::PUT, "/persons/Dora/email")] {
        let (status, body) = act(&hr, method, path, json!({"email": "x@agency.example"})).await;
        assert!(status == 400 && body["error"].is_string(), "{path}: {status} {body}");
    }
    assert_eq!((office.absences().len(), office.events().len()), (1, 1), "a refusal changes and fires nothing");
}

#[tokio::test]
async fn every_act_is_later_than_the_one_before() {
    let hr = Hr::new().await;
    let office = hr.office();
    let id = hr.holiday(9, 9).await;
    let mut times = vec![office.absence(id).unwrap().updated_at];
    for _ in 0..3 {
        office.edit(id, Edit::span(Span::days(march(9), march(9)))).await.unwrap();
        times.push(office.absence(id).unwrap().updated_at);
    }
    let milliseconds: Vec<_> = times.iter().map(|time| time.as_millisecond() - times[0].as_millisecond()).collect();
    assert_eq!(milliseconds, [0, 1, 2, 3], "on a clock that stands still");
    assert_eq!(hr.read(&format!("{PERIODS}/{id}")).await["updated_at"], "2026-03-01T10:00:00.003Z");
    hr.later(1);
    office.withdraw(id).await.unwrap();
    assert_eq!(office.absence(id).unwrap().updated_at.as_millisecond(), times[0].as_millisecond() + 1000);
}
