//! Positions.

use wiremock::matchers::query_param;

use super::super::model::{Located, NamedValue, OpeningStatus, Position, Role, User};
use super::super::outcome::{Changed, Created};
use super::super::positions;
use super::*;
use crate::value::Personal;
use crate::{Cursor, Error, Kind};

async fn created(template: ResponseTemplate) -> Result<Created<Position>, Error> {
    positions::create(&recruit(&answering(template).await), &new_position()).await
}

async fn read(template: ResponseTemplate) -> Result<Option<Position>, Error> {
    positions::read(&recruit(&answering(template).await), &"3A.93C".parse().unwrap()).await
}

#[tokio::test]
async fn a_bare_position_sends_what_recruit_requires() {
    let server = answering(ok(json!({"uid": "3A.93C"}))).await;
    positions::create(&recruit(&server), &new_position()).await.unwrap();
    let wanted = json!({"name": "Engineer", "status": "open", "is_discreet": false});
    assert_eq!(sent(&server).await, ("POST /positions/".to_owned(), wanted));
}

#[tokio::test]
async fn a_whole_position_is_sent_in_recruits_words() {
    let server = answering(ok(json!({"uid": "3A.93C"}))).await;
    let user = User { email: "dora@example.com".parse().unwrap() };
    let position = NewPosition {
        status: PositionStatus::OnHold,
        department: Some("R&D".to_owned()),
        employment_type: Some("Permanent".to_owned()),
        experience_level: Some("Senior".to_owned()),
        location: Some(Located { uid: "1.2".parse().unwrap() }),
        custom_id: Some("225".to_owned()),
        categories: vec![NamedValue { name: "FTE".to_owned(), value: Personal::new("100".to_owned()) }],
        details: vec![NamedValue { name: "Description".to_owned(), value: Personal::new("<p>x</p>".to_owned()) }],
        allow_fallback: Some(true),
        users: [(Role::HiringManager, user)].into(),
        openings: vec![new_opening()],
        ..new_position()
    };
    positions::create(&recruit(&server), &position).await.unwrap();
    let opening =
        json!({"name": "O-1", "time_expected_hire": "2026-09-01T00:00:00Z", "reason": "New", "status": "OPEN"});
    let wanted = json!({"name": "Engineer", "status": "on hold", "is_discreet": false, "department": "R&D",
        "employment_type": "Permanent", "experience_level": "Senior", "location": {"uid": "1.2"},
        "internal_use_custom_id": "225", "categories": [{"name": "FTE", "value": "100"}],
        "details": [{"name": "Description", "value": "<p>x</p>"}], "allow_fallback": true,
        "users": {"hiring_manager": {"email": "dora@example.com"}}, "openings": [opening]});
    assert_eq!(sent(&server).await.1, wanted);
}

#[tokio::test]
async fn a_clone_says_whether_people_come_along() {
    let server = answering(ResponseTemplate::new(201).set_body_json(json!({"uid": "3A.93C"}))).await;
    let template = "0F.96B".parse().unwrap();
    let made = positions::clone_from(&recruit(&server), &template, false, &new_position()).await.unwrap();
    assert!(matches!(made, Created::Made(position) if position.uid.as_str() == "3A.93C"));
    let wanted = json!({"copy_assignees": false, "name": "Engineer", "status": "open", "is_discreet": false});
    assert_eq!(sent(&server).await, ("POST /positions/0F.96B/clone".to_owned(), wanted));
    let gone = answering(ResponseTemplate::new(404).set_body_string("Not found")).await;
    let error = positions::clone_from(&recruit(&gone), &template, true, &new_position()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Gone);
}

#[tokio::test]
async fn a_made_position_is_read_with_the_openings_that_it_shows() {
    let opening = json!({"uid": "9.1", "name": "Default", "status": "Open", "headcount": 1});
    let body = json!({"uid": "3A.93C", "name": "Engineer", "status": "open", "internal_use_custom_id": 225,
        "categories": [{"name": "FTE", "value": "100"}, {"name": "odd", "value": null}], "openings": [opening], "new": {}});
    for body in [body.clone(), json!({"position": body})] {
        let Created::Made(position) = created(ok(body)).await.unwrap() else { panic!("made") };
        let openings = position.openings.unwrap();
        assert_eq!((openings[0].uid.as_str(), &openings[0].status), ("9.1", &Some(OpeningStatus::Open)));
        assert_eq!(position.custom_id.as_deref(), Some("225"));
        assert_eq!(position.categories, [("FTE".to_owned(), Personal::new("100".to_owned()))]);
    }
    for hidden in [json!({"uid": "3A.93C"}), json!({"uid": "3A.93C", "openings": [opening, {}]})] {
        let Created::Made(position) = created(ok(hidden)).await.unwrap() else { panic!("made") };
        assert_eq!(position.openings, None);
    }
}

#[tokio::test]
async fn an_answer_that_names_no_position_is_no_failure_to_repeat() {
    for body in [json!({}), json!([]), json!({"uid": null}), json!({"uid": ".."})] {
        let error = created(ResponseTemplate::new(201).set_body_json(body)).await.unwrap_err();
        assert_eq!(error.kind, Kind::Unexplained { status: 201 });
        assert!(!error.kind.certainly_not_done());
    }
}

#[tokio::test]
async fn refused_content_names_members_and_quotes_nothing() {
    for (body, wanted) in [
        ("{\"message\": \"hiring_manager dora@example.com is unknown\"}", "hiring_manager: refused"),
        ("{\"errors\": {\"location\": [\"no such\"]}}", "location: refused"),
        ("The location of Dora is odd", "refused"),
        ("", "refused"),
    ] {
        for status in [400, 422] {
            let answer = ResponseTemplate::new(status).set_body_string(body);
            let Created::Refused(reasons) = created(answer).await.unwrap() else { panic!("refused") };
            assert_eq!(reasons.iter().map(ToString::to_string).collect::<Vec<_>>(), [wanted], "{body}");
        }
    }
}

#[tokio::test]
async fn one_position_is_there_or_not_shown() {
    let server = answering(ok(json!({"uid": "3A.93C", "is_template": true}))).await;
    let position = positions::read(&recruit(&server), &"3A.93C".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((position.is_template, sent(&server).await.0.as_str()), (Some(true), "GET /positions/3A.93C"));
    for kind in ["text/plain", "text/html"] {
        assert_eq!(read(ResponseTemplate::new(404).set_body_raw("Position not found", kind)).await.unwrap(), None);
    }
    for odd in [json!({"uid": "3A.93D"}), json!({}), json!([])] {
        assert_eq!(read(ok(odd)).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    }
}

#[tokio::test]
async fn a_web_page_is_never_no_position() {
    for answer in [page_of_html(404), page_of_html(200)] {
        let error = read(answer).await.unwrap_err();
        assert_eq!(error.kind, Kind::WrongAddress);
        assert!(error.to_string().contains("connection file"), "{error}");
    }
}

#[tokio::test]
async fn positions_are_listed_by_the_query_of_the_next_page() {
    let server = MockServer::start().await;
    let first = json!({"positions": [{"uid": "1.1"}, {"name": "no uid"}],
        "next_page": "https://elsewhere.example/positions?limit=100&after=a%2Bb"});
    let asked = |name: &str, value: &str| Mock::given(query_param(name, value));
    asked("after", "a+b").respond_with(ok(json!({"positions": [{"uid": "2.2"}]}))).mount(&server).await;
    asked("limit", "100").respond_with(ok(first)).mount(&server).await;
    let recruit = recruit(&server);
    let page = positions::page(&recruit, None).await.unwrap();
    assert_eq!((page.items.len(), page.unreadable[0].what.as_str()), (1, "uid"));
    let last = positions::page(&recruit, page.next.as_ref()).await.unwrap();
    assert_eq!((last.items[0].uid.as_str(), last.next), ("2.2", None));
    assert_eq!(requests(&server).await, ["GET /positions?limit=100", "GET /positions?limit=100&after=a%2Bb"]);
}

#[tokio::test]
async fn a_list_that_cannot_be_followed_is_no_whole_one() {
    let cursor = Cursor::new("limit=100&after=a".to_owned());
    let page = |body| async move {
        let server = answering(ok(body)).await;
        positions::page(&recruit(&server), Some(&Cursor::new("limit=100&after=a".to_owned()))).await
    };
    let itself = json!({"positions": [], "next_page": "https://api.example/positions?limit=100&after=a"});
    assert_eq!(page(itself).await.unwrap_err().kind, Kind::Endless);
    for odd in [
        json!({}),
        json!({"positions": {}}),
        json!({"positions": [], "next_page": 7}),
        json!({"positions": [], "next_page": "https://api.example/positions"}),
    ] {
        assert_eq!(page(odd).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    }
    for last in [json!([]), json!({"positions": [], "next_page": null}), json!({"positions": [], "next_page": ""})] {
        assert_eq!(page(last).await.unwrap().next, None);
    }
    let server = answering(ResponseTemplate::new(400)).await;
    let stale = positions::page(&recruit(&server), Some(&cursor)).await.unwrap_err().kind;
    assert!(matches!(stale, Kind::Stale(_)));
}

#[tokio::test]
async fn the_status_is_set_in_the_way_of_the_settings() {
    let server = answering(ResponseTemplate::new(204)).await;
    let uid = "3A.93C".parse().unwrap();
    assert_eq!(positions::set_status(&recruit(&server), &uid, PositionStatus::Closed).await.unwrap(), Changed::Done);
    assert_eq!(sent(&server).await, ("PATCH /position/3A.93C".to_owned(), json!({"status": "closed"})));
    let none = answering(ResponseTemplate::new(500)).await;
    let unsupported = positions::set_status(&without_ways(&none), &uid, PositionStatus::Closed).await.unwrap();
    assert_eq!((unsupported, requests(&none).await.len()), (Changed::Unsupported, 0));
}
