//! Openings.

use wiremock::matchers::query_param;

use super::super::model::{Opening, OpeningStatus, OpeningUid, PositionUid};
use super::super::openings::{self, OpeningByUid, OpeningChange, OpeningsOfPosition};
use super::super::outcome::{Changed, Created};
use super::*;
use crate::value::Personal;
use crate::{Error, Kind};

fn position() -> PositionUid {
    "3A.93C".parse().unwrap()
}

fn uid() -> OpeningUid {
    "0F.96B".parse().unwrap()
}

async fn read(template: ResponseTemplate) -> Result<OpeningByUid, Error> {
    openings::read(&recruit(&answering(template).await), &position(), &uid()).await
}

async fn there(body: Value) -> Opening {
    match read(ok(body)).await.unwrap() {
        OpeningByUid::There(opening) => opening,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_opening_is_created_below_its_position() {
    let server = answering(ResponseTemplate::new(201).set_body_json(json!({"uid": "0F.96B", "status": "Open"}))).await;
    let opening = NewOpening { approved_at: Some("2026-01-15T09:30:00Z".parse().unwrap()), ..new_opening() };
    let made = openings::create(&recruit(&server), &position(), &opening).await.unwrap();
    assert!(matches!(made, Created::Made(opening) if opening.uid == uid()));
    let wanted = json!({"position_uid": "3A.93C", "name": "O-1", "time_expected_hire": "2026-09-01T00:00:00Z",
        "reason": "New", "status": "OPEN", "approval_status": "APPROVED", "time_approved": "2026-01-15T09:30:00Z"});
    assert_eq!(sent(&server).await, ("POST /openings/".to_owned(), wanted));
}

#[tokio::test]
async fn a_change_sends_what_changes_and_no_more() {
    let server = answering(ok(json!({"uid": "0F.96B"}))).await;
    let time = Some("2026-10-01T00:00:00Z".parse().unwrap());
    let change = OpeningChange { time_expected_hire: time, ..OpeningChange::default() };
    assert_eq!(openings::update(&recruit(&server), &position(), &uid(), &change).await.unwrap(), Changed::Done);
    let wanted = json!({"time_expected_hire": "2026-10-01T00:00:00Z"});
    assert_eq!(sent(&server).await, ("PATCH /openings/0F.96B".to_owned(), wanted));

    let server = answering(ResponseTemplate::new(200)).await;
    let change = OpeningChange {
        name: Some("O-2 \"{uid}\"".to_owned()),
        reason: Some(OpeningReason::ReplacementHire),
        custom_fields: [("FTE".to_owned(), Some(Personal::new("50".to_owned()))), ("Site".to_owned(), None)].into(),
        ..OpeningChange::default()
    };
    assert_eq!(openings::update(&recruit(&server), &position(), &uid(), &change).await.unwrap(), Changed::Done);
    let wanted =
        json!({"name": "O-2 \"{uid}\"", "reason": "Replacement hire", "custom_fields": {"FTE": "50", "Site": null}});
    assert_eq!(sent(&server).await.1, wanted);
}

#[tokio::test]
async fn a_cancellation_carries_its_note() {
    let server = answering(ok(json!({}))).await;
    let done = openings::cancel(&recruit(&server), &position(), &uid(), "cancelled in HiBob").await.unwrap();
    assert_eq!(done, Changed::Done);
    let wanted = json!({"status": "CANCELED", "custom_fields": {"Reason": "cancelled in HiBob"}});
    assert_eq!(sent(&server).await, ("PATCH /openings/0F.96B".to_owned(), wanted));
}

#[tokio::test]
async fn changes_are_refused_gone_or_lead_nowhere() {
    let cancelled = |template| async move {
        openings::cancel(&recruit(&answering(template).await), &position(), &uid(), "x").await
    };
    assert!(matches!(cancelled(ResponseTemplate::new(422)).await.unwrap(), Changed::Refused(_)));
    assert_eq!(cancelled(ResponseTemplate::new(404)).await.unwrap_err().kind, Kind::Gone);
    for wrong in [page_of_html(404), page_of_html(200), ResponseTemplate::new(405)] {
        assert_eq!(cancelled(wrong).await.unwrap_err().kind, Kind::WrongAddress);
    }
}

#[tokio::test]
async fn what_the_settings_name_no_way_for_is_unsupported_and_not_sent() {
    let server = answering(ResponseTemplate::new(500)).await;
    let recruit = without_ways(&server);
    let change = OpeningChange::default();
    assert_eq!(openings::update(&recruit, &position(), &uid(), &change).await.unwrap(), Changed::Unsupported);
    assert_eq!(openings::cancel(&recruit, &position(), &uid(), "x").await.unwrap(), Changed::Unsupported);
    assert_eq!(openings::read(&recruit, &position(), &uid()).await.unwrap(), OpeningByUid::Unsupported);
    let listed = openings::of_position(&recruit, &position()).await.unwrap();
    assert_eq!(listed, OpeningsOfPosition::Unsupported);
    assert_eq!(requests(&server).await, [""; 0]);
}

#[tokio::test]
async fn an_opening_is_read_leniently() {
    let opening =
        there(json!({"uid": "0F.96B", "position_uid": "3A.93C", "name": "O-1", "status": "Hired", "headcount": "1",
        "time_expected_hire": "2026-09-01", "reason": "New", "time_created": "2026-01-15T09:30:00Z",
        "hired_candidate_uid": null, "custom_fields": {"FTE": 50, "odd": [], "Site": "Berlin"}}))
        .await;
    assert!(opening.is_hired() && !opening.names_hired);
    assert_eq!(opening.time_expected_hire, Some("2026-09-01T00:00:00Z".parse().unwrap()));
    let fields: Vec<_> =
        opening.custom_fields.iter().map(|(name, value)| format!("{name}={}", value.reveal())).collect();
    assert_eq!(fields, ["FTE=50", "Site=Berlin"]);

    let bare =
        there(json!({"opening": {"uid": "0F.96B", "hired_candidate_uid": "7.7", "time_expected_hire": "soon"}})).await;
    assert!(bare.is_hired() && bare.status.is_none());
    assert_eq!((bare.time_expected_hire, bare.position), (None, None));
}

#[test]
fn statuses_are_read_in_any_case_and_unknown_ones_kept() {
    for (text, status) in [
        ("OPEN", OpeningStatus::Open),
        ("Hired", OpeningStatus::Hired),
        ("Canceled", OpeningStatus::Canceled),
        ("cancelled", OpeningStatus::Canceled),
        (" Pending ", OpeningStatus::Pending),
        ("On ice", OpeningStatus::Other("On ice".to_owned())),
    ] {
        assert_eq!(OpeningStatus::read(text), status);
    }
}

#[tokio::test]
async fn one_opening_is_there_or_gone() {
    assert_eq!(read(ResponseTemplate::new(404)).await.unwrap(), OpeningByUid::Gone);
    assert_eq!(read(page_of_html(404)).await.unwrap_err().kind, Kind::WrongAddress);
    for odd in [json!({"uid": "0F.96C"}), json!([])] {
        assert_eq!(read(ok(odd)).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    }
}

#[tokio::test]
async fn openings_are_listed_to_the_end_and_others_left_out() {
    let server = MockServer::start().await;
    let own = |uid: &str| json!({"uid": uid, "position_uid": "3A.93C"});
    let first = json!({"openings": [own("1.1"), {"uid": "1.2", "position_uid": "9.9"}, {"uid": "1.3"}, {}],
        "next_page": "https://elsewhere.example/x?position_uid=3A.93C&page=2"});
    Mock::given(query_param("page", "2")).respond_with(ok(json!([own("2.1")]))).mount(&server).await;
    Mock::given(any()).respond_with(ok(first)).mount(&server).await;
    let listed = openings::of_position(&recruit(&server), &position()).await.unwrap();
    let OpeningsOfPosition::Listed(page) = listed else { panic!("listed") };
    assert_eq!(page.items.iter().map(|opening| opening.uid.as_str()).collect::<Vec<_>>(), ["1.1", "2.1"]);
    let unreadable: Vec<_> = page.unreadable.iter().map(|item| (item.id.is_some(), item.what.as_str())).collect();
    assert_eq!(unreadable, [(false, "uid"), (true, "position_uid")]);
    let wanted = ["GET /openings?position_uid=3A.93C", "GET /openings?position_uid=3A.93C&page=2"];
    assert_eq!(requests(&server).await, wanted);
}

#[tokio::test]
async fn a_list_of_openings_that_turns_in_a_circle_is_not_read() {
    let server = answering(ok(json!({"openings": [], "next_page": "https://api.example/openings?page=2"}))).await;
    let error = openings::of_position(&recruit(&server), &position()).await.unwrap_err();
    assert_eq!((error.kind, requests(&server).await.len()), (Kind::Endless, 2));
    let page = answering(page_of_html(200)).await;
    let error = openings::of_position(&recruit(&page), &position()).await.unwrap_err();
    assert_eq!(error.kind, Kind::WrongAddress);
}
