//! Which periods a list gives.

use twins::personio::v2::{Edit, NewAbsence, Span, Status, kinds};
use uuid::Uuid;

use crate::personio_v2_stage::{Hr, PERIODS, detail, holiday, march};

/// A: 3001, 2nd to 4th. B: 3002, 9th to 11th. C: 3002, ill from the 16th on. Each a minute after the one before.
async fn three() -> (Hr, [Uuid; 3]) {
    let hr = Hr::new().await;
    let office = hr.office();
    let a = office.create(holiday(2, 4)).await.unwrap();
    hr.later(60);
    let b = office.create(NewAbsence::new(3002, kinds::URLAUB, Span::days(march(9), march(11)))).await.unwrap();
    hr.later(60);
    let c = office.create(NewAbsence::new(3002, kinds::KRANKHEIT, Span::open(march(16)))).await.unwrap();
    (hr, [a, b, c])
}

/// The letters of the periods that a query gives.
async fn given(hr: &Hr, made: &[Uuid; 3], query: &str) -> String {
    let ids = hr.ids(&format!("{PERIODS}?{query}")).await;
    let letter =
        |id: &String| "ABC".chars().nth(made.iter().position(|made| made.to_string() == *id).unwrap()).unwrap();
    ids.iter().map(letter).collect()
}

async fn all(hr: &Hr, made: &[Uuid; 3], cases: &[(&str, &str)]) {
    for (query, expected) in cases {
        assert_eq!(given(hr, made, query).await, *expected, "{query}");
    }
}

#[tokio::test]
async fn persons_types_and_ids_hold_together() {
    let (hr, made) = three().await;
    let (holidays, illness) = (kinds::URLAUB, kinds::KRANKHEIT);
    let ids = format!("id={},{}", made[2], made[0]);
    all(
        &hr,
        &made,
        &[
            ("person.id=3002", "BC"),
            ("person.id=3001,3002", "ABC"),
            ("person.id=3001&person.id=3002", "ABC"),
            ("person.id=3003", ""),
            (&format!("absence_type.id={holidays}"), "AB"),
            (&format!("absence_type.id={holidays},{illness}"), "ABC"),
            (&format!("person.id=3002&absence_type.id={holidays}"), "B"),
            (&ids, "AC"),
            (&format!("{ids}&person.id=3002"), "C"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_lone_bound_is_a_comparison_with_what_is_shown() {
    let (hr, made) = three().await;
    all(
        &hr,
        &made,
        &[
            ("starts_from.date_time.gte=2026-03-09T00:00:00", "BC"),
            ("starts_from.date_time.gte=2026-03-09T00:00:00.000", "BC"),
            ("starts_from.date_time.gte=2026-03-09T00:00:01Z", "C"),
            ("starts_from.date_time.lte=2026-03-09T00:00:00Z", "AB"),
            ("ends_at.date_time.gte=2026-03-12T00:00:00", "B"),
            ("ends_at.date_time.gte=2026-03-12T00:00:01", ""),
            ("ends_at.date_time.lte=2026-03-05T00:00:00", "A"),
            ("ends_at.date_time.lte=2026-03-31T00:00:00", "AB"),
        ],
    )
    .await;
}

#[tokio::test]
async fn bounds_on_both_ends_ask_for_overlap() {
    let (hr, made) = three().await;
    let crossed = |from: &str, to: &str| {
        format!("ends_at.date_time.gte=2026-03-{from}T00:00:00&starts_from.date_time.lte=2026-03-{to}T00:00:00")
    };
    all(
        &hr,
        &made,
        &[
            (&crossed("01", "31"), "ABC"),
            (&crossed("10", "10"), "B"),
            (&crossed("13", "15"), ""),
            (&crossed("20", "31"), "C"),
            (&format!("{}&person.id=3002", crossed("01", "10")), "B"),
            ("starts_from.date_time.gte=2026-03-03T00:00:00&ends_at.date_time.lte=2026-03-10T00:00:00", "AB"),
            ("starts_from.date_time.gte=2026-03-01T00:00:00&starts_from.date_time.lte=2026-03-10T00:00:00", "AB"),
            ("ends_at.date_time.gte=2026-03-01T00:00:00&ends_at.date_time.lte=2026-03-31T00:00:00", "AB"),
        ],
    )
    .await;
}

#[tokio::test]
async fn updated_at_is_a_moment_and_includes_its_bound() {
    let (hr, made) = three().await;
    all(
        &hr,
        &made,
        &[
            ("updated_at.gte=2026-03-01T10:01:00Z", "BC"),
            ("updated_at.gte=2026-03-01T10:01:00.001Z", "C"),
            ("updated_at.lte=2026-03-01T10:01:00", "AB"),
            ("updated_at.gte=2026-03-01T10:00:30Z&updated_at.lte=2026-03-01T10:01:30Z", "B"),
        ],
    )
    .await;
    hr.later(60);
    hr.office().edit(made[0], Edit::status(Status::Pending)).await.unwrap();
    assert_eq!(given(&hr, &made, "updated_at.gte=2026-03-01T10:03:00Z").await, "A");
}

#[tokio::test]
async fn a_misspelt_filter_is_refused() {
    let hr = Hr::new().await;
    for wrong in [
        "ends_from.date_time.gte=2026-03-01T00:00:00",
        "starts_from.date.gte=2026-03-01",
        "starts_from.date_time.gt=2026-03-01T00:00:00",
        "updated_at.gt=2026-03-01T00:00:00Z",
        "status=APPROVED",
        "person.id=",
        "person.id=Dora",
        "id=1",
        "updated_at.gte=2026-03-01T00:00:00Z&updated_at.gte=2026-03-02T00:00:00Z",
    ] {
        let (status, body) = hr.get(&format!("{PERIODS}?{wrong}")).await;
        assert_eq!((status, detail(&body)), (400, "Provided request parameters are invalid."), "{wrong}");
    }
    for wrong in ["2026-03-01", "2026-03-01T00:00:00%2B01:00", "yesterday"] {
        let (status, body) = hr.get(&format!("{PERIODS}?updated_at.gte={wrong}")).await;
        assert_eq!((status, detail(&body)), (400, "Provided filter encoding is invalid."), "{wrong}");
    }
}
