//! How the HR API shows absence periods.

use jiff::civil::date;
use serde_json::{Value, json};
use twins::personio::v2::{Edit, Ends, HalfDayEnd, Halves, NewAbsence, Quirks, Span, Status, kinds};

use crate::personio_v2_stage::{Hr, PERIODS, detail, holiday, march};

/// `starts_from` and `ends_at` of a span under these switches.
async fn ends(hr: &Hr, kind: uuid::Uuid, span: Span, quirks: Quirks) -> (Value, Value) {
    hr.office().set_quirks(quirks).unwrap();
    let id = hr.office().create(NewAbsence::new(3001, kind, span)).await.unwrap();
    let shown = hr.read(&format!("{PERIODS}/{id}")).await;
    (shown["starts_from"].clone(), shown["ends_at"].clone())
}

fn point(time: &str, half: &str) -> Value {
    json!({"date_time": time, "type": half})
}

#[tokio::test]
async fn a_period_is_bare_alone_and_the_same_in_the_list() {
    let hr = Hr::new().await;
    let id = hr.holiday(9, 11).await;
    let shown = hr.read(&format!("{PERIODS}/{id}")).await;
    let expected = json!({
        "id": id,
        "person": {"id": "3001"},
        "starts_from": point("2026-03-09T00:00:00", "FIRST_HALF"),
        "ends_at": point("2026-03-12T00:00:00", "SECOND_HALF"),
        "timezone_id": "Europe/Berlin",
        "comment": null,
        "absence_type": {"id": kinds::URLAUB},
        "approval": {"status": "APPROVED"},
        "created_at": "2026-03-01T10:00:00.000Z",
        "updated_at": "2026-03-01T10:00:00.000Z",
        "_meta": {"links": {}},
    });
    assert_eq!(shown, expected);
    assert_eq!(hr.read(PERIODS).await["_data"], json!([expected]));
}

#[tokio::test]
async fn what_is_not_there_is_a_404() {
    let hr = Hr::new().await;
    for id in ["1d8e3f7a-0000-4000-8000-000000000001", "no-uuid"] {
        for path in [format!("{PERIODS}/{id}"), format!("{PERIODS}/{id}/breakdowns"), format!("/v2/absence-types/{id}")]
        {
            let answer = hr.answer(&path).await;
            assert_eq!(
                (answer.status().as_u16(), &answer.headers()["content-type"]),
                (404, &"application/problem+json".parse().unwrap())
            );
            let body: Value = answer.json().await.unwrap();
            let error = json!({
                "title": "Resource not found",
                "detail": "There is no resource for the specified id.",
                "type": "https://developer.personio.de/reference/errors#common.resource_not_found",
                "_meta": {},
            });
            assert_eq!((&body["errors"], &body["timestamp"]), (&json!([error]), &json!("2026-03-01T10:00:00.000Z")));
        }
    }
    let id = hr.holiday(9, 9).await;
    assert_eq!(hr.get(&format!("{PERIODS}/{id}?limit=1&person.id=1")).await.0, 400);
}

#[tokio::test]
async fn a_deleted_period_leaves_no_trace() {
    let hr = Hr::new().await;
    let (gone, stays) = (hr.holiday(9, 9).await, hr.holiday(10, 10).await);
    hr.office().delete(gone).await.unwrap();
    assert_eq!(hr.get(&format!("{PERIODS}/{gone}")).await.0, 404);
    assert_eq!(hr.ids(&format!("{PERIODS}?updated_at.gte=2020-01-01T00:00:00Z")).await, [stays.to_string()]);
    assert_eq!(hr.ids(&format!("{PERIODS}?id={gone}")).await, [""; 0]);
}

#[tokio::test]
async fn ends_are_exclusive_unless_switched() {
    let hr = Hr::new().await;
    let inclusive = Quirks { ends: Ends::Inclusive, ..Quirks::default() };
    let span = Span::days(march(31), march(31));
    let (_, end) = ends(&hr, kinds::URLAUB, span, Quirks::default()).await;
    assert_eq!(end, point("2026-04-01T00:00:00", "SECOND_HALF"));
    let (_, end) = ends(&hr, kinds::URLAUB, span, inclusive).await;
    assert_eq!(end, point("2026-03-31T00:00:00", "SECOND_HALF"));
}

#[tokio::test]
async fn half_days_are_told_by_type_and_their_end_in_three_ways() {
    let hr = Hr::new().await;
    let span = Span::days(march(9), march(11)).from_midday().until_midday();
    for (ends_are, half_day_end, expected) in [
        (Ends::Exclusive, HalfDayEnd::LikeWholeDays, "2026-03-12T00:00:00"),
        (Ends::Inclusive, HalfDayEnd::LikeWholeDays, "2026-03-11T00:00:00"),
        (Ends::Exclusive, HalfDayEnd::SameMidnight, "2026-03-11T00:00:00"),
        (Ends::Exclusive, HalfDayEnd::Noon, "2026-03-11T12:00:00"),
    ] {
        let quirks = Quirks { ends: ends_are, half_day_end, ..Quirks::default() };
        let (start, end) = ends(&hr, kinds::URLAUB, span, quirks).await;
        assert_eq!(start, point("2026-03-09T00:00:00", "SECOND_HALF"));
        assert_eq!(end, point(expected, "FIRST_HALF"), "{half_day_end:?}");
    }
}

#[tokio::test]
async fn halves_can_be_null_or_missing() {
    let hr = Hr::new().await;
    let span = Span::days(march(9), march(11)).from_midday();
    let null = ends(&hr, kinds::URLAUB, span, Quirks { halves: Halves::Null, ..Quirks::default() }).await;
    assert_eq!(null.0, json!({"date_time": "2026-03-09T00:00:00", "type": null}));
    let absent = ends(&hr, kinds::URLAUB, span, Quirks { halves: Halves::Absent, ..Quirks::default() }).await;
    assert_eq!(absent.1, json!({"date_time": "2026-03-12T00:00:00"}));
}

#[tokio::test]
async fn times_can_have_milliseconds_and_a_z() {
    let hr = Hr::new().await;
    let span = Span::days(march(9), march(9));
    for (milliseconds, zulu, expected) in [
        (true, false, "2026-03-09T00:00:00.000"),
        (false, true, "2026-03-09T00:00:00Z"),
        (true, true, "2026-03-09T00:00:00.000Z"),
    ] {
        let (start, _) = ends(&hr, kinds::URLAUB, span, Quirks { milliseconds, zulu, ..Quirks::default() }).await;
        assert_eq!(start["date_time"], expected);
    }
}

#[tokio::test]
async fn an_open_end_is_null_and_hours_have_no_halves() {
    let hr = Hr::new().await;
    let open = ends(&hr, kinds::KRANKHEIT, Span::open(march(9)), Quirks::default()).await;
    assert_eq!(open, (point("2026-03-09T00:00:00", "FIRST_HALF"), Value::Null));
    let span = Span::hours(march(9).at(9, 0, 0, 0), march(9).at(10, 30, 0, 0));
    let (start, end) = ends(&hr, kinds::ARZTTERMIN, span, Quirks::default()).await;
    assert_eq!(start, json!({"date_time": "2026-03-09T09:00:00", "type": null}));
    assert_eq!(end, json!({"date_time": "2026-03-09T10:30:00", "type": null}));
}

#[tokio::test]
async fn an_approval_can_be_anything() {
    let hr = Hr::new().await;
    for status in ["PENDING", "DELETION_PENDING", "SUBSTITUTE_REQUESTED", "ON_THE_MOON"] {
        let new = holiday(9, 9).status(Status::from(status.to_owned()));
        let id = hr.office().create(new).await.unwrap();
        assert_eq!(hr.read(&format!("{PERIODS}/{id}")).await["approval"], json!({"status": status}));
    }
}

#[tokio::test]
async fn reads_can_lag_behind() {
    let hr = Hr::with(Quirks { read_lag_seconds: 30, ..Quirks::default() }).await;
    let office = hr.office();
    let id = hr.holiday(9, 9).await;
    let path = format!("{PERIODS}/{id}");
    assert_eq!((hr.get(&path).await.0, hr.ids(PERIODS).await.len()), (404, 0));
    assert_eq!(office.absences().len(), 1, "its people see it at once");
    hr.later(29);
    assert_eq!(hr.get(&path).await.0, 404);
    hr.later(1);
    assert_eq!(hr.ids(PERIODS).await, [id.to_string()]);

    office.edit(id, Edit::span(Span::days(march(10), march(10)))).await.unwrap();
    hr.later(10);
    office.edit(id, Edit::status(Status::Pending)).await.unwrap();
    let start = |shown: &Value| shown["starts_from"]["date_time"].as_str().unwrap()[8..10].to_owned();
    let former = hr.read(&path).await;
    assert_eq!((start(&former), &former["updated_at"]), ("09".to_owned(), &former["created_at"]));
    assert_eq!(hr.read(&format!("{path}/breakdowns")).await["_data"][0]["date"], "2026-03-09");
    assert_eq!(hr.ids(&format!("{PERIODS}?updated_at.gte=2026-03-01T10:00:20Z")).await, [""; 0]);
    hr.later(20);
    let between = hr.read(&path).await;
    assert_eq!((start(&between), &between["approval"]["status"]), ("10".to_owned(), &json!("APPROVED")));
    hr.later(10);
    assert_eq!(hr.read(&path).await["approval"]["status"], "PENDING");

    office.delete(id).await.unwrap();
    assert_eq!(hr.get(&path).await.0, 200);
    hr.later(30);
    assert_eq!((hr.get(&path).await.0, hr.ids(&format!("{PERIODS}?id={id}")).await.len()), (404, 0));
}

#[tokio::test]
async fn types_have_units_and_perhaps_a_category() {
    let hr = Hr::new().await;
    let types = hr.read("/v2/absence-types").await;
    let names: Vec<_> = types["_data"].as_array().unwrap().iter().map(|kind| kind["name"].as_str().unwrap()).collect();
    let expected = ["Urlaub", "Krankheit", "Kind krank", "Home Office", "Elternzeit", "Arzttermin", "Dienstreise"];
    assert_eq!(names, expected);
    let one = hr.read(&format!("/v2/absence-types/{}", kinds::URLAUB)).await;
    let holiday = json!({"id": kinds::URLAUB, "name": "Urlaub", "category": "PAID_VACATION", "unit": "DAY"});
    assert_eq!((&one, &types["_data"][0]), (&holiday, &holiday));
    assert_eq!(hr.read(&format!("/v2/absence-types/{}", kinds::ARZTTERMIN)).await["unit"], "HOUR");
    assert_eq!(hr.read(&format!("/v2/absence-types/{}", kinds::DIENSTREISE)).await["category"], Value::Null);
    assert_eq!(hr.ids("/v2/absence-types?limit=1").await, [kinds::URLAUB.to_string()]);
}

#[tokio::test]
async fn a_year_may_end_in_between() {
    let hr = Hr::new().await;
    let span = Span::days(date(2026, 12, 28), date(2026, 12, 31));
    let (start, end) = ends(&hr, kinds::URLAUB, span, Quirks::default()).await;
    assert_eq!(
        (start["date_time"].as_str(), end["date_time"].as_str()),
        (Some("2026-12-28T00:00:00"), Some("2027-01-01T00:00:00"))
    );
}

#[tokio::test]
async fn writing_is_not_offered() {
    let hr = Hr::new().await;
    let body = json!({"person": {"id": "3001"}});
    assert_eq!(hr.request(reqwest::Method::POST, PERIODS).json(&body).send().await.unwrap().status(), 405);
    let (status, body) = hr.get("/v2/employments").await;
    assert_eq!((status, detail(&body)), (404, "There is no such endpoint."));
    assert_eq!(
        (&body["errors"][0]["title"], &body["errors"][0]["_meta"]),
        (&json!("Not Found"), &json!({"path": "/v2/employments"}))
    );
}
