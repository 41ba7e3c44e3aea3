//! What absences count, day by day.

use serde_json::{Value, json};
use twins::personio::v2::{FreeDays, NewAbsence, Person, Quirks, SEED_CLIENT, Span, Tenant, kinds};
use uuid::Uuid;

use crate::personio_v2_stage::{Hr, PERIODS, march, token};

/// Day of March, or month and day, and value.
async fn days(hr: &Hr, kind: Uuid, span: Span) -> Vec<String> {
    let id = hr.office().create(NewAbsence::new(3001, kind, span)).await.unwrap();
    let page = hr.read(&format!("{PERIODS}/{id}/breakdowns")).await;
    page["_data"].as_array().unwrap().iter().map(told).collect()
}

fn told(entry: &Value) -> String {
    format!("{} {}", &entry["date"].as_str().unwrap()[8..], entry["effective_duration"]["value"])
}

#[tokio::test]
async fn one_entry_a_day_in_their_order() {
    let hr = Hr::new().await;
    let id = hr.holiday(9, 10).await;
    let expected = json!([
        {"date": "2026-03-09", "effective_duration": {"unit": "DAY", "value": 1}},
        {"date": "2026-03-10", "effective_duration": {"unit": "DAY", "value": 1}},
    ]);
    let page = hr.read(&format!("{PERIODS}/{id}/breakdowns")).await;
    assert_eq!((&page["_data"], &page["_meta"]), (&expected, &json!({"links": {}})));
}

#[tokio::test]
async fn half_days_count_half() {
    let hr = Hr::new().await;
    let span = Span::days(march(9), march(11));
    assert_eq!(days(&hr, kinds::URLAUB, span.from_midday()).await, ["09 0.5", "10 1", "11 1"]);
    assert_eq!(days(&hr, kinds::URLAUB, span.until_midday()).await, ["09 1", "10 1", "11 0.5"]);
    assert_eq!(days(&hr, kinds::URLAUB, Span::days(march(9), march(9)).until_midday()).await, ["09 0.5"]);
}

#[tokio::test]
async fn weekends_are_missing_or_zero() {
    let hr = Hr::new().await;
    let span = Span::days(march(6), march(9));
    assert_eq!(days(&hr, kinds::URLAUB, span).await, ["06 1", "09 1"]);
    assert_eq!(days(&hr, kinds::URLAUB, Span::days(march(7), march(8))).await, [""; 0]);
    hr.office().set_quirks(Quirks { free_days: FreeDays::Zero, ..Quirks::default() }).unwrap();
    assert_eq!(days(&hr, kinds::URLAUB, span).await, ["06 1", "07 0", "08 0", "09 1"]);
}

#[tokio::test]
async fn holidays_and_part_time_count_too() {
    let mut hr = Hr::new().await;
    let person = Person { week_percent: [100, 100, 50, 0, 0, 0, 0], ..Person::new(3001) };
    let tenant = Tenant { holidays: [march(9)].into(), persons: vec![person], ..Tenant::seed() };
    hr.stage.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
    hr.token = token(&hr.stage, SEED_CLIENT, "twin-client-secret").await;
    let span = Span::days(march(9), march(13));
    assert_eq!(days(&hr, kinds::URLAUB, span).await, ["10 1", "11 0.5"]);
    assert_eq!(days(&hr, kinds::URLAUB, Span::days(march(11), march(11)).from_midday()).await, ["11 0.25"]);
}

#[tokio::test]
async fn hours_are_those_between_start_and_end() {
    let hr = Hr::new().await;
    let morning = Span::hours(march(9).at(9, 0, 0, 0), march(9).at(10, 30, 0, 0));
    assert_eq!(days(&hr, kinds::ARZTTERMIN, morning).await, ["09 1.5"]);
    let night = Span::hours(march(9).at(20, 0, 0, 0), march(11).at(0, 0, 0, 0));
    assert_eq!(days(&hr, kinds::ARZTTERMIN, night).await, ["09 4", "10 24"]);
}

#[tokio::test]
async fn twenty_eight_days_make_a_page() {
    let hr = Hr::with(Quirks { free_days: FreeDays::Zero, ..Quirks::default() }).await;
    let id = hr.office().create(NewAbsence::new(3001, kinds::KRANKHEIT, Span::open(march(2)))).await.unwrap();
    let (mut seen, mut path) = (Vec::new(), format!("{PERIODS}/{id}/breakdowns"));
    let first = path.clone();
    loop {
        let page = hr.read(&path).await;
        seen.push(page["_data"].as_array().unwrap().len());
        match page["_meta"]["links"]["next"]["href"].as_str() {
            Some(href) => path = href.strip_prefix(&hr.stage.url("/personio")).unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!((&seen[..2], seen.iter().sum::<usize>()), ([28, 28].as_slice(), 365), "an open end is told for a year");
    assert_eq!(hr.get(&format!("{first}?limit=29")).await.0, 400);
    assert_eq!(hr.read(&format!("{first}?limit=1")).await["_data"].as_array().unwrap().len(), 1);
}
