use jiff::civil::date;
use serde_json::{Value, json};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Match, Mock, MockServer, Request, ResponseTemplate};

use super::*;
use crate::hellohq::model::{AbsenceType, Period};

fn client(base_url: &str) -> HelloHq {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    let account = Account { base_url, token: "sync-token".into(), prefix: Prefix::Plain };
    HelloHq::new(Http::new().unwrap(), account)
}

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn holiday() -> Entry {
    let period = Period::Days { start: date(2026, 3, 2).at(0, 0, 0, 0), end: date(2026, 3, 3).at(12, 0, 0, 0) };
    Entry { kind: AbsenceType::Vacation, user: id("15"), period, note: "Urlaub [hrsync 1a2b3c4d]".to_owned() }
}

async fn created_by(template: ResponseTemplate) -> Result<EntryId, Kind> {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(template).expect(1).mount(&server).await;
    client(&server.uri()).create(&holiday()).await.map_err(|error| error.kind)
}

async fn deleted_by(template: ResponseTemplate) -> Result<(), Kind> {
    let server = MockServer::start().await;
    let there =
        Mock::given(method("DELETE")).and(path("/v2/Absences/7")).and(header("authorization", "Bearer sync-token"));
    there.respond_with(template).expect(1).mount(&server).await;
    let users = Mock::given(method("GET")).and(path("/v2/Users"));
    users.respond_with(ResponseTemplate::new(200).set_body_string("[]")).mount(&server).await;
    client(&server.uri()).delete(id("7")).await.map_err(|error| error.kind)
}

async fn users_by(template: ResponseTemplate) -> Result<Vec<User>, Kind> {
    let server = MockServer::start().await;
    Mock::given(method("GET")).respond_with(template).mount(&server).await;
    client(&server.uri()).users().await.map_err(|error| error.kind)
}

async fn exactly(entry: &Entry, body: Value) {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v2/Absences"))
        .and(header("authorization", "Bearer sync-token"))
        .and(header("content-type", "application/json"))
        .and(body_json(body))
        .respond_with(ResponseTemplate::new(200).set_body_string(r#"{"id":7,"userId":15}"#))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(client(&server.uri()).create(entry).await.unwrap(), id("7"));
}

#[tokio::test]
async fn days_are_sent_without_a_zone_and_hours_in_utc() {
    let days = json!({"type": "Vacation", "userId": 15, "start": "2026-03-02T00:00:00", "end": "2026-03-03T12:00:00",
        "note": "Urlaub [hrsync 1a2b3c4d]", "isApproved": true});
    exactly(&holiday(), days).await;
    let period = Period::Hours { start: id("2026-03-29T07:00:00Z"), end: id("2026-03-29T15:30:00Z") };
    let hours = json!({"type": "CompanyAbsence", "userId": 15, "start": "2026-03-29T07:00:00Z",
        "end": "2026-03-29T15:30:00Z", "note": "Urlaub [hrsync 1a2b3c4d]", "isApproved": true});
    exactly(&Entry { kind: AbsenceType::CompanyAbsence, period, ..holiday() }, hours).await;
}

#[tokio::test]
async fn each_status_of_a_create_has_its_cause() {
    let answer = |status: u16| created_by(ResponseTemplate::new(status));
    let made = ResponseTemplate::new(201).set_body_string(r#"{"id":"9"}"#);
    assert_eq!(created_by(made).await, Ok(id("9")));
    let body = r#"{"errors":{"start":["closed for Dora"]}}"#;
    let refused = created_by(ResponseTemplate::new(400).set_body_string(body)).await.unwrap_err();
    assert_eq!(refused.to_string(), "invalid; start: refused");
    assert_eq!(answer(422).await, Err(Kind::Invalid(Vec::new())));
    assert_eq!(answer(401).await, Err(Kind::LoginRefused));
    assert_eq!(answer(403).await, Err(Kind::Unexplained { status: 403 }));
    let forbidden = ResponseTemplate::new(403).set_body_string(r#"{"title":"Forbidden"}"#);
    assert!(matches!(created_by(forbidden).await, Err(Kind::RightMissing(reasons)) if reasons.len() == 1));
    assert_eq!(answer(404).await, Err(Kind::Gone));
    assert_eq!(answer(409).await, Err(Kind::Conflict(Vec::new())));
    assert_eq!(answer(429).await, Err(Kind::RateLimited { retry_after: Some(A_MINUTE) }));
    let said = created_by(ResponseTemplate::new(429).insert_header("Retry-After", "7")).await;
    assert_eq!(said, Err(Kind::RateLimited { retry_after: Some(Duration::from_secs(7)) }));
    assert_eq!(answer(503).await, Err(Kind::Unavailable { retry_after: None }));
    assert_eq!(answer(302).await, Err(Kind::Unexplained { status: 302 }));
}

#[tokio::test]
async fn a_create_without_a_readable_id_may_have_been_done() {
    for body in ["", "{}", "<html>", r#"{"id":null}"#] {
        let kind = created_by(ResponseTemplate::new(200).set_body_string(body)).await.unwrap_err();
        assert_eq!(kind, Kind::Unexplained { status: 200 }, "{body}");
        assert!(!kind.certainly_not_done());
    }
    assert_eq!(created_by(ResponseTemplate::new(204)).await, Err(Kind::Unexplained { status: 204 }));
}

#[tokio::test]
async fn a_removed_entry_is_gone_however_that_is_said() {
    for status in [200, 204, 404] {
        assert_eq!(deleted_by(ResponseTemplate::new(status)).await, Ok(()), "{status}");
    }
    assert_eq!(deleted_by(ResponseTemplate::new(200).set_body_string("true")).await, Ok(()));
    let body = r#"{"title":"Bad Request"}"#;
    let refused = deleted_by(ResponseTemplate::new(400).set_body_string(body)).await.unwrap_err();
    assert_eq!(refused.to_string(), "invalid; Bad Request");
    assert_eq!(deleted_by(ResponseTemplate::new(401)).await, Err(Kind::LoginRefused));
    assert_eq!(deleted_by(ResponseTemplate::new(500)).await, Err(Kind::Unavailable { retry_after: None }));
}

/// A wrong address must not look like entries that are gone: their links would be forgotten.
#[tokio::test]
async fn where_nothing_is_at_the_address_no_entry_is_gone() {
    let server = MockServer::start().await;
    let error = client(&server.uri()).delete(id("7")).await.unwrap_err();
    assert_eq!(error.kind, Kind::WrongAddress);
}

/// Exactly these query options, in any order, as the server reads them.
struct Options(Vec<(&'static str, &'static str)>);

impl Match for Options {
    fn matches(&self, request: &Request) -> bool {
        let mut given: Vec<_> = request.url.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
        given.sort();
        given.iter().map(|(key, value)| (key.as_str(), value.as_str())).eq(self.0.iter().copied())
    }
}

async fn entries_with(prefix: Prefix, options: Vec<(&'static str, &'static str)>) -> (Vec<Found>, String) {
    let server = MockServer::start().await;
    let body = json!([{"id": 1, "userId": 15, "type": "Vacation"}, {"id": 2, "userId": 16, "type": "SickLeave"},
        {"id": 3, "userId": 15, "type": "Outage"}]);
    Mock::given(method("GET"))
        .and(path("/v2/Absences"))
        .and(header("authorization", "Bearer sync-token"))
        .and(Options(options))
        .respond_with(ResponseTemplate::new(200).set_body_json(body).insert_header(NEXT, ""))
        .expect(1)
        .mount(&server)
        .await;
    let mut client = client(&server.uri());
    client.account.prefix = prefix;
    let found = client.entries_of(id("15")).await.unwrap();
    let query = server.received_requests().await.unwrap()[0].url.query().unwrap().to_owned();
    (found, query)
}

#[tokio::test]
async fn entries_are_asked_for_by_user_in_either_spelling_and_others_are_left_out() {
    let plain = vec![("filter", "userId eq 15"), ("orderby", "id"), ("skip", "0"), ("top", "250")];
    let (found, query) = entries_with(Prefix::Plain, plain).await;
    let kinds: Vec<_> = found.iter().map(|entry| (entry.id.to_string(), entry.kind)).collect();
    assert_eq!(kinds, [("1".to_owned(), Some(AbsenceType::Vacation)), ("3".to_owned(), None)]);
    assert_eq!(query, "filter=userId%20eq%2015&orderby=id&top=250&skip=0");
    let dollar = vec![("$filter", "userId eq 15"), ("$orderby", "id"), ("$skip", "0"), ("$top", "250")];
    assert_eq!(entries_with(Prefix::Dollar, dollar).await.0.len(), 2);
}

/// A page of users with the ids from `first` to before `end`.
fn users_page(first: usize, end: usize) -> ResponseTemplate {
    let users: Vec<_> = (first..end).map(|id| json!({"id": id, "eMailWork": format!("u{id}@example.com")})).collect();
    ResponseTemplate::new(200).set_body_json(users)
}

async fn pages(pages: Vec<(&str, ResponseTemplate)>) -> Result<usize, Kind> {
    let server = MockServer::start().await;
    for (skip, page) in pages {
        let asked = Mock::given(method("GET")).and(path("/v2/Users")).and(query_param("skip", skip));
        asked.respond_with(page).expect(1).mount(&server).await;
    }
    client(&server.uri()).users().await.map(|users| users.len()).map_err(|error| error.kind)
}

#[tokio::test]
async fn all_pages_are_read_by_header_or_because_a_page_is_full() {
    let next = "https://elsewhere.example/v2/Users?skip=4";
    let linked = |page: ResponseTemplate| page.insert_header(NEXT, next);
    let by_header = vec![("0", linked(users_page(1, 3))), ("2", linked(users_page(3, 6))), ("5", users_page(6, 7))];
    assert_eq!(pages(by_header).await, Ok(6));
    let full = vec![("0", users_page(1, 251)), ("250", users_page(251, 501)), ("500", users_page(1, 1))];
    assert_eq!(pages(full).await, Ok(500));
    let overlapping = vec![("0", linked(users_page(1, 4))), ("3", users_page(3, 6))];
    assert_eq!(pages(overlapping).await, Ok(5), "an item that moved is given once");
}

#[tokio::test]
async fn a_list_that_tells_its_number_is_read_to_it_or_not_at_all() {
    let of = |total: &str, page: ResponseTemplate| page.insert_header(COUNT, total);
    let unlinked = vec![("0", of("5", users_page(1, 3))), ("2", of("5", users_page(3, 6)))];
    assert_eq!(pages(unlinked).await, Ok(5), "a short page without a link is no last one");
    let breaks_off = vec![("0", of("3", users_page(1, 3))), ("2", of("3", users_page(1, 1)))];
    assert_eq!(pages(breaks_off).await, Err(Kind::Incomplete));
    let repeats = vec![("0", of("3", users_page(1, 3))), ("2", of("3", users_page(1, 3)))];
    assert_eq!(pages(repeats).await, Err(Kind::Endless));
    let removed = vec![("0", of("4", users_page(1, 3))), ("2", of("3", users_page(3, 4)))];
    assert_eq!(pages(removed).await, Ok(3), "the number of the last answer counts");
    assert_eq!(pages(vec![("0", of("2", users_page(1, 1)))]).await, Err(Kind::Incomplete));
    for told in ["0", "", "many"] {
        assert_eq!(pages(vec![("0", of(told, users_page(1, 1)))]).await, Ok(0), "{told}");
    }
}

#[tokio::test]
async fn the_ids_of_all_entries_are_read_to_the_number_that_is_told() {
    let server = MockServer::start().await;
    let page = |skip: &'static str| Mock::given(method("GET")).and(path("/v2/Absences")).and(query_param("skip", skip));
    let of_three = |body: Value| ResponseTemplate::new(200).set_body_json(body).insert_header(COUNT, "3");
    page("0").respond_with(of_three(json!([{"id": 1}, {"id": 2}]))).mount(&server).await;
    page("2").respond_with(of_three(json!([]))).mount(&server).await;
    let client = client(&server.uri());
    let first = client.entry_ids(None).await.unwrap();
    assert_eq!(first.ids, [Some(id("1")), Some(id("2"))]);
    let error = client.entry_ids(first.next.as_ref()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Incomplete);
}

#[tokio::test]
async fn content_that_is_refused_by_member_shows_the_login_to_be_good() {
    let refused = async |body: &str| {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(400).set_body_string(body);
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        client(&server.uri()).create(&holiday()).await.unwrap_err().shows_good_login()
    };
    assert!(refused(r#"{"errors":{"start":["closed"]}}"#).await);
    assert!(!refused("<html>").await && !refused("").await);
}

#[tokio::test]
async fn a_list_that_leads_back_to_itself_ends_as_a_failure() {
    let linked = |page: ResponseTemplate| page.insert_header(NEXT, "x");
    let repeats = vec![("0", linked(users_page(1, 3))), ("2", linked(users_page(1, 3)))];
    assert_eq!(pages(repeats).await, Err(Kind::Endless));
    let repeats_last = vec![("0", linked(users_page(1, 3))), ("2", users_page(1, 3))];
    assert_eq!(pages(repeats_last).await, Err(Kind::Endless));
    assert_eq!(pages(vec![("0", linked(users_page(1, 1)))]).await, Err(Kind::Endless), "nothing, and more of it");
    assert_eq!(pages(vec![("0", users_page(1, 1))]).await, Ok(0));
}

/// A page of entries with these ids; 0 is none that can be read.
fn entries_page(ids: &[i32]) -> ResponseTemplate {
    let entries: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
    ResponseTemplate::new(200).set_body_json(entries)
}

#[tokio::test]
async fn ids_of_entries_are_read_page_by_page() {
    let server = MockServer::start().await;
    let linked = |ids: &[i32]| entries_page(ids).insert_header(NEXT, "x");
    for (skip, page) in [("0", linked(&[1, 0, 3])), ("3", linked(&[4])), ("4", linked(&[4]))] {
        let asked = Mock::given(method("GET")).and(path("/v2/Absences")).and(query_param("skip", skip));
        asked.respond_with(page).expect(1).mount(&server).await;
    }
    let client = client(&server.uri());
    let first = client.entry_ids(None).await.unwrap();
    assert_eq!(first.ids, [Some(id("1")), None, Some(id("3"))]);
    let second = client.entry_ids(first.next.as_ref()).await.unwrap();
    assert_eq!(second.ids, [Some(id("4"))]);
    let repeated = client.entry_ids(second.next.as_ref()).await.map_err(|error| error.kind);
    assert_eq!(repeated, Err(Kind::Endless), "the page before, once more");
}

#[tokio::test]
async fn a_list_that_breaks_off_gives_nothing() {
    let first = || users_page(1, 3).insert_header(NEXT, "x");
    let broken = pages(vec![("0", first()), ("2", ResponseTemplate::new(502))]).await;
    assert_eq!(broken, Err(Kind::Unavailable { retry_after: None }));
    let html = pages(vec![("0", first()), ("2", ResponseTemplate::new(200).set_body_string("<html>"))]).await;
    assert_eq!(html, Err(Kind::Unexplained { status: 200 }));
}

#[tokio::test]
async fn each_odd_answer_to_a_list_has_its_cause() {
    let answer = |status: u16| users_by(ResponseTemplate::new(status));
    for status in [404, 405, 410] {
        assert_eq!(answer(status).await, Err(Kind::WrongAddress), "{status}");
    }
    assert_eq!(answer(401).await, Err(Kind::LoginRefused));
    assert_eq!(answer(403).await, Err(Kind::Unexplained { status: 403 }));
    assert_eq!(answer(429).await, Err(Kind::RateLimited { retry_after: Some(A_MINUTE) }));
    assert_eq!(answer(204).await, Err(Kind::Unexplained { status: 204 }));
    assert_eq!(answer(200).await, Err(Kind::Unexplained { status: 200 }), "an empty body is no empty list");
}

#[tokio::test]
async fn a_create_that_never_left_is_told_from_one_without_an_answer() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = client(&format!("http://{closed}")).create(&holiday()).await.unwrap_err();
    assert_eq!(error.to_string(), "hellohq create absence: network");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    let error = client(&format!("http://{address}")).create(&holiday()).await.unwrap_err();
    closing.await.unwrap();
    assert_eq!(error.kind, Kind::Unanswered);
}

#[test]
fn debug_shows_neither_type_nor_note() {
    assert_eq!(format!("{:?}", holiday()), "Entry { user: UserId(15), .. }");
    assert!(!format!("{:?}", client("http://127.0.0.1")).contains("sync-token"));
}
