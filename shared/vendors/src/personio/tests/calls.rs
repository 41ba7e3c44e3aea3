use jiff::civil::date;
use wiremock::matchers::{header, method};

use super::super::absences::AbsenceQuery;
use super::super::model::absence::{Approval, Unit};
use super::*;
use crate::Kind;

#[tokio::test]
async fn a_call_shows_the_token_and_whose_it_is() {
    let server = stand_in().await;
    Mock::given(method("GET"))
        .and(path(format!("/v2/absence-periods/{ID}")))
        .and(header("authorization", "Bearer papi-1"))
        .and(header("x-personio-app-id", "HRSYNC"))
        .respond_with(ok(period()))
        .expect(1)
        .mount(&server)
        .await;
    let absence = absences::read(&hr(&server), id()).await.unwrap();
    assert_eq!((absence.id, absence.person.to_string(), absence.approval), (id(), "3003".into(), Approval::Approved));
    assert_eq!(requests(&server).await, [format!("GET /v2/absence-periods/{ID}")]);
}

#[tokio::test]
async fn the_base_url_may_have_a_path() {
    let server = MockServer::start().await;
    Mock::given(path("/personio/v2/auth/token")).respond_with(granted("papi-1", 86400)).mount(&server).await;
    Mock::given(path("/personio/v2/persons/3003")).respond_with(ok(json!({"id": "3003"}))).mount(&server).await;
    let base_url = format!("{}/personio/", server.uri());
    let hr = hr_at(&base_url, Tokens::default(), "2026-03-01T10:00:00Z");
    assert!(persons::read(&hr, "3003".parse().unwrap()).await.is_ok());
}

#[tokio::test]
async fn what_was_asked_for_alone_may_come_wrapped_but_not_as_another() {
    for body in [json!({"_data": period()}), json!({"data": period()})] {
        assert!(absences::read(&hr(&answering(ok(body)).await), id()).await.is_ok());
    }
    let other: AbsenceId = "1d8e3f7a-0000-4000-8000-000000000002".parse().unwrap();
    let error = absences::read(&hr(&answering(ok(period())).await), other).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn an_unreadable_absence_names_the_field_and_shows_no_value() {
    let mut body = period();
    body["starts_from"]["date_time"] = json!("Mina's birthday");
    let error = absences::read(&hr(&answering(ok(body)).await), id()).await.unwrap_err();
    assert!(
        matches!(&error.kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some("starts_from.date_time"))
    );
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("read absence: invalid; starts_from.date_time: unreadable"), "{shown}");
    assert!(!shown.contains("Mina"), "{shown}");
}

#[tokio::test]
async fn the_days_of_an_absence_keep_their_zeros() {
    let days = json!({"_data": [
        {"date": "2026-12-28", "effective_duration": {"unit": "DAY", "value": 1}},
        {"date": "2026-12-29", "effective_duration": {"unit": "DAY", "value": 0}},
        {"date": "2026-12-31", "effective_duration": {"unit": "HOUR", "value": 3.5}}], "_meta": {"links": {}}});
    let server = answering(ok(days)).await;
    let days = absences::breakdowns(&hr(&server), id()).await.unwrap();
    assert_eq!(requests(&server).await, [format!("GET /v2/absence-periods/{ID}/breakdowns?limit=28")]);
    let days: Vec<_> = days.into_iter().map(|day| (day.date, day.unit, day.value)).collect();
    let december = |day| date(2026, 12, day);
    let day = Some(Unit::Day);
    assert_eq!(days, [(december(28), day, 1.0), (december(29), day, 0.0), (december(31), Some(Unit::Hour), 3.5)]);
}

#[tokio::test]
async fn one_unreadable_day_makes_the_days_unreadable() {
    for (field, day) in [
        ("date", json!({"date": "28.12.2026", "effective_duration": {"unit": "DAY", "value": 1}})),
        ("effective_duration.unit", json!({"date": "2026-12-28", "effective_duration": {"unit": "WEEK", "value": 1}})),
        ("effective_duration.value", json!({"date": "2026-12-28", "effective_duration": {"unit": "DAY", "value": -1}})),
        ("effective_duration.value", json!({"date": "2026-12-28", "effective_duration": {"unit": "DAY"}})),
        ("date", json!(null)),
    ] {
        let error = absences::breakdowns(&hr(&answering(ok(json!({"_data": [day]}))).await), id()).await.unwrap_err();
        assert!(matches!(&error.kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some(field)), "{error}");
    }
}

#[tokio::test]
async fn types_are_listed_and_an_unreadable_one_hides_no_other() {
    let holiday = json!({"id": "7c5b1b3e-0000-4000-8000-0000000000aa", "name": " Urlaub ", "category": "PAID_VACATION",
        "unit": "DAY", "new": 1});
    let odd =
        json!({"id": "7c5b1b3e-0000-4000-8000-0000000000ab", "name": "Sabbatical", "category": null, "unit": "YEAR"});
    let server = answering(ok(json!({"_data": [odd, holiday], "_meta": {}}))).await;
    let types = absences::types(&hr(&server)).await.unwrap();
    assert_eq!(requests(&server).await, ["GET /v2/absence-types?limit=100"]);
    let [holiday] = types.as_slice() else { panic!("{types:?}") };
    assert_eq!((holiday.name.as_str(), holiday.category.as_deref()), ("Urlaub", Some("PAID_VACATION")));

    let error = absences::types(&hr(&answering(ok(json!({"_data": [odd]}))).await)).await.unwrap_err();
    assert!(matches!(&error.kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some("unit")), "{error}");
    assert_eq!(absences::types(&hr(&answering(ok(json!({"_data": []}))).await)).await.unwrap(), []);
}

#[tokio::test]
async fn a_persons_address_may_be_missing_and_never_shows() {
    let server = answering(ok(json!({"id": "3003", "email": "Dora@Agentur.example", "status": "ACTIVE"}))).await;
    let person = persons::read(&hr(&server), "3003".parse().unwrap()).await.unwrap();
    assert_eq!(requests(&server).await, ["GET /v2/persons/3003"]);
    assert_eq!(person.email.as_ref().unwrap().reveal(), "Dora@Agentur.example");
    assert!(!format!("{person:?}").to_lowercase().contains("dora"));
    for body in [
        json!({"id": "3003"}),
        json!({"id": "3003", "email": null}),
        json!({"id": "3003", "email": ""}),
        json!({"id": "3003", "email": 7}),
    ] {
        let person = persons::read(&hr(&answering(ok(body)).await), "3003".parse().unwrap()).await.unwrap();
        assert_eq!(person.email, None);
    }
    for body in [json!({"email": "dora@agentur.example"}), json!({"id": "3004"}), json!([]), json!(null)] {
        let error = persons::read(&hr(&answering(ok(body)).await), "3003".parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind, Kind::Unexplained { status: 200 });
    }
}

#[tokio::test]
async fn filters_are_sent_in_their_documented_form() {
    let server = answering(ok(json!({"_data": []}))).await;
    let hr = hr(&server);
    let since = AbsenceQuery::UpdatedSince("2026-03-01T08:15:00.9Z".parse().unwrap());
    let window = AbsenceQuery::Overlapping { from: date(2026, 2, 1), to: date(2026, 12, 31) };
    for query in [since, window] {
        assert!(absences::list(&hr, query, None).next().await.unwrap().unwrap().items.is_empty());
    }
    let resumed = serde_json::from_str(r#""a+b/c=&d""#).unwrap();
    assert!(absences::list(&hr, window, Some(resumed)).next().await.unwrap().is_some());
    let overlap = "ends_at.date_time.gte=2026-02-01T00%3A00%3A00&starts_from.date_time.lte=2026-12-31T23%3A59%3A59";
    assert_eq!(
        requests(&server).await,
        [
            "GET /v2/absence-periods?limit=100&updated_at.gte=2026-03-01T08%3A15%3A00".to_owned(),
            format!("GET /v2/absence-periods?limit=100&{overlap}"),
            format!("GET /v2/absence-periods?limit=100&{overlap}&cursor=a%2Bb%2Fc%3D%26d"),
        ]
    );
}
