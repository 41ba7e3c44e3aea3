//! Persons and their employments.

use wiremock::matchers::{header, method, query_param, query_param_is_missing};

use super::super::employments;
use super::super::model::employment::EmploymentStatus;
use super::super::model::id::PersonId;
use super::super::model::person::PersonMember;
use super::super::model::presence::Presence;
use super::*;
use crate::{Cursor, Kind};

const EMPLOYMENTS: &str = "/v2/persons/3003/employments";

fn dora() -> PersonId {
    "3003".parse().unwrap()
}

fn person(id: u32) -> Value {
    json!({"id": id.to_string(), "first_name": "Dora", "status": "ACTIVE"})
}

fn employment(id: &str, status: &str) -> Value {
    json!({"id": id, "status": status, "employment_start_date": "2022-05-01", "person": {"id": "3003"}})
}

#[tokio::test]
async fn persons_are_listed_fifty_a_page_with_the_token() {
    let server = stand_in().await;
    let first = json!({"_data": [person(1), person(2)], "_meta": {"links": {"next": {"href": "?cursor=c%2B1"}}}});
    let list = || Mock::given(method("GET")).and(path("/v2/persons")).and(header("authorization", "Bearer papi-1"));
    list().and(query_param_is_missing("cursor")).respond_with(ok(first)).mount(&server).await;
    list().and(query_param("cursor", "c+1")).respond_with(ok(json!({"_data": [person(3)]}))).mount(&server).await;
    let hr = hr(&server);
    let mut pages = persons::list(&hr, None);
    let page = pages.next().await.unwrap().unwrap();
    let ids: Vec<_> = page.items.iter().map(|person| person.id.to_string()).collect();
    assert_eq!(ids, ["1", "2"]);
    let kept: Option<Cursor> = page.next;
    assert_eq!(pages.next().await.unwrap().unwrap().items.len(), 1);
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(persons::list(&hr, kept).next().await.unwrap().unwrap().items[0].id, "3".parse().unwrap());
    let second = "GET /v2/persons?limit=50&cursor=c%2B1";
    assert_eq!(requests(&server).await, ["GET /v2/persons?limit=50", second, second]);
}

#[tokio::test]
async fn an_unreadable_person_hides_no_other_and_a_bare_one_is_read() {
    let nameless = json!({"email": "dora@example.com"});
    let odd = json!({"id": 4, "first_name": {"de": "Dora"}, "custom_attributes": "x"});
    let server = answering(ok(json!({"_data": [nameless, odd, {"id": "5"}, 7]}))).await;
    let page = persons::list(&hr(&server), None).next().await.unwrap().unwrap();
    let told: Vec<_> = page.unreadable.iter().map(|item| (item.id, item.what.as_str())).collect();
    assert_eq!(told, [(None, "id"), (None, "id")]);
    let [odd, bare] = page.items.as_slice() else { panic!("{page:?}") };
    assert_eq!(odd.presence(PersonMember::FirstName), Presence::Unusable);
    assert_eq!(bare.presence(PersonMember::FirstName), Presence::Missing);
    assert!(!format!("{page:?}").contains("dora"));
}

#[tokio::test]
async fn all_pages_of_employments_are_read_in_the_vendors_order() {
    let server = stand_in().await;
    // the reference's own sample has a wrong path in the link
    let next = json!({"href": "https://api.personio.de/v2/employments?cursor=c1"});
    let first = json!({"_data": [employment("e-2", "ONBOARDING")], "_meta": {"links": {"next": next}}});
    let list = || Mock::given(method("GET")).and(path(EMPLOYMENTS));
    list().and(query_param_is_missing("cursor")).respond_with(ok(first)).mount(&server).await;
    let second = json!({"_data": [employment("e-1", "INACTIVE")]});
    list().and(query_param("cursor", "c1")).respond_with(ok(second)).mount(&server).await;
    let read = employments::list(&hr(&server), dora()).await.unwrap();
    let seen: Vec<_> = read.iter().map(|one| (one.id.to_string(), one.status.clone())).collect();
    let wanted = [("e-2".to_owned(), EmploymentStatus::Onboarding), ("e-1".to_owned(), EmploymentStatus::Inactive)];
    assert_eq!(seen, wanted);
    let wanted = [format!("GET {EMPLOYMENTS}?limit=50"), format!("GET {EMPLOYMENTS}?limit=50&cursor=c1")];
    assert_eq!(requests(&server).await, wanted);
    assert_eq!(employments::list(&hr(&answering(ok(json!({"_data": []}))).await), dora()).await.unwrap(), []);
}

#[tokio::test]
async fn an_unreadable_employment_is_named_and_shows_no_value() {
    let mut odd = employment("e-2", "ACTIVE");
    odd["termination"] = json!({"termination_date": "when Dora likes"});
    let server = answering(ok(json!({"_data": [employment("e-1", "INACTIVE"), odd]}))).await;
    let error = employments::list(&hr(&server), dora()).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("list employments: invalid; termination.termination_date: unreadable"), "{shown}");
    assert!(!shown.contains("Dora"), "{shown}");
}

#[tokio::test]
async fn another_persons_employment_is_never_taken() {
    let mut other = employment("e-1", "ACTIVE");
    other["person"]["id"] = json!("3004");
    let error = employments::list(&hr(&answering(ok(json!({"_data": [other]}))).await), dora()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn each_failure_has_its_cause() {
    let unavailable = || Kind::Unavailable { retry_after: None };
    for (status, list, of_one) in [
        (400, Kind::Invalid(Vec::new()), Kind::Invalid(Vec::new())),
        (401, Kind::RightMissing(Vec::new()), Kind::RightMissing(Vec::new())),
        (403, Kind::Unexplained { status: 403 }, Kind::Unexplained { status: 403 }),
        (404, Kind::WrongAddress, Kind::Gone),
        (429, Kind::RateLimited { retry_after: None }, Kind::RateLimited { retry_after: None }),
        (502, unavailable(), unavailable()),
    ] {
        let server = answering(ResponseTemplate::new(status)).await;
        let hr = hr(&server);
        assert_eq!(persons::list(&hr, None).next().await.unwrap_err().kind, list, "{status}");
        assert_eq!(persons::read(&hr, dora()).await.unwrap_err().kind, of_one, "{status}");
        assert_eq!(employments::list(&hr, dora()).await.unwrap_err().kind, of_one, "{status}");
    }
}

#[tokio::test]
async fn odd_answers_are_unexplained_or_endless() {
    for body in [json!({}), json!({"_data": {}}), json!(null), json!("x")] {
        let server = answering(ok(body)).await;
        let unexplained = Kind::Unexplained { status: 200 };
        assert_eq!(persons::list(&hr(&server), None).next().await.unwrap_err().kind, unexplained);
        assert_eq!(employments::list(&hr(&server), dora()).await.unwrap_err().kind, unexplained);
    }
    let endless = answering(ok(json!({"_data": [], "_meta": {"links": {"next": {"href": "?cursor=c1"}}}}))).await;
    assert_eq!(employments::list(&hr(&endless), dora()).await.unwrap_err().kind, Kind::Endless);
}
