use wiremock::matchers::{query_param, query_param_is_missing};

use super::super::absences::AbsenceQuery;
use super::*;
use crate::{Cursor, Error, Kind};

const LIST: &str = "/v2/absence-periods";

fn query() -> AbsenceQuery {
    AbsenceQuery::UpdatedSince("2026-03-01T08:00:00Z".parse().unwrap())
}

fn numbered(number: u32) -> Value {
    let mut period = period();
    period["id"] = json!(format!("1d8e3f7a-0000-4000-8000-{number:012}"));
    period
}

/// Serves the first page, and one page for each cursor; `next` is what stands in `_meta.links.next`.
async fn serving(pages: &[(&str, u32, Value)]) -> MockServer {
    let server = stand_in().await;
    for (cursor, number, next) in pages {
        let page = ok(json!({"_data": [numbered(*number)], "_meta": {"links": {"next": next}}}));
        let mock = Mock::given(path(LIST));
        let mock = match *cursor {
            "" => mock.and(query_param_is_missing("cursor")),
            cursor => mock.and(query_param("cursor", cursor)),
        };
        mock.respond_with(page).mount(&server).await;
    }
    server
}

/// The last digits of the ids that were read, and how the reading ended.
async fn read(server: &MockServer, from: Option<Cursor>) -> (Vec<String>, Result<(), Error>) {
    let (hr, mut read) = (hr(server), Vec::new());
    let mut pages = absences::list(&hr, query(), from);
    loop {
        match pages.next().await {
            Ok(Some(page)) => read.extend(page.items.iter().map(|item| item.id.to_string()[35..].to_owned())),
            Ok(None) => return (read, Ok(())),
            Err(error) => return (read, Err(error)),
        }
    }
}

fn href(text: &str) -> Value {
    json!({ "href": text })
}

#[tokio::test]
async fn the_cursor_is_taken_from_every_form_of_link_and_goes_with_the_filters() {
    for link in [
        href("https://api.personio.de/v2/absence-periods?cursor=c%2B1&limit=100"),
        href("https://elsewhere.example/v2/employments?limit=1&cursor=c%2B1#end"),
        href("/v2/absence-periods?cursor=c+1"),
        href("?cursor=c%2b1"),
        json!("https://api.personio.de/v2/absence-periods?limit=100&cursor=c%2B1"),
    ] {
        let server = serving(&[("", 1, link), ("c+1", 2, json!(null))]).await;
        let (items, end) = read(&server, None).await;
        assert!(end.is_ok(), "{end:?}");
        assert_eq!(items, ["1", "2"]);
        let filters = "limit=100&updated_at.gte=2026-03-01T08%3A00%3A00";
        let wanted = [format!("GET {LIST}?{filters}"), format!("GET {LIST}?{filters}&cursor=c%2B1")];
        assert_eq!(requests(&server).await, wanted);
    }
}

#[tokio::test]
async fn every_form_of_last_page_is_the_last() {
    for meta in [
        json!(null),
        json!({}),
        json!({"links": null}),
        json!({"links": {}}),
        json!({"links": {"next": null}}),
        json!({"links": {"next": {}}}),
        json!({"links": {"next": {"href": null}}}),
        json!({"links": {"self": {"href": "?cursor=self"}}}),
    ] {
        let server = answering(ok(json!({"_data": [numbered(1)], "_meta": meta}))).await;
        let (items, end) = read(&server, None).await;
        assert!(end.is_ok() && items == ["1"], "{meta}: {end:?}");
    }
    let (items, end) = read(&answering(ok(json!({"_data": [numbered(1)]}))).await, None).await;
    assert!(end.is_ok() && items == ["1"]);
}

#[tokio::test]
async fn a_link_that_cannot_be_followed_is_no_last_page() {
    for link in [
        href("https://api.personio.de/v2/absence-periods?limit=100"),
        href("https://api.personio.de/v2/absence-periods?cursor="),
        href("https://api.personio.de/v2/absence-periods?cursor=%ff"),
        href(""),
        href("/next?old_cursor=c1"),
        json!({"rel": "next"}),
        json!(7),
        json!({"href": 7}),
    ] {
        let (items, end) = read(&serving(&[("", 1, link.clone())]).await, None).await;
        assert_eq!((items, end.unwrap_err().kind), (Vec::new(), Kind::Unexplained { status: 200 }), "{link}");
    }
}

#[tokio::test]
async fn a_cursor_that_comes_again_ends_the_reading() {
    let at_once = serving(&[("", 1, href("?cursor=c1")), ("c1", 2, href("?cursor=c1"))]).await;
    let (items, end) = read(&at_once, None).await;
    assert_eq!((items, end.unwrap_err().kind), (vec!["1".to_owned()], Kind::Endless));

    let round = [("", 1, href("?cursor=c1")), ("c1", 2, href("?cursor=c2")), ("c2", 3, href("?cursor=c1"))];
    let round = serving(&round).await;
    let (items, end) = read(&round, None).await;
    assert_eq!((items.len(), end.unwrap_err().kind), (2, Kind::Endless));

    let from = serde_json::from_str(r#""c1""#).unwrap();
    let (items, end) = read(&round, Some(from)).await;
    assert_eq!((items, end.unwrap_err().kind), (vec!["2".to_owned()], Kind::Endless));
}

#[tokio::test]
async fn a_reading_goes_on_where_another_stood() {
    let pages = [("", 1, href("?cursor=c1")), ("c1", 2, href("?cursor=c2")), ("c2", 3, json!(null))];
    let server = serving(&pages).await;
    let first = absences::list(&hr(&server), query(), None).next().await.unwrap().unwrap();
    let kept = serde_json::to_string(&first.next.unwrap()).unwrap();
    assert_eq!(kept, r#""c1""#);
    let (items, end) = read(&server, Some(serde_json::from_str(&kept).unwrap())).await;
    assert!(end.is_ok() && items == ["2", "3"]);
}

#[tokio::test]
async fn after_a_failure_the_same_page_is_read_again() {
    let server = stand_in().await;
    let page = |next: Value| ok(json!({"_data": [numbered(1)], "_meta": {"links": {"next": next}}}));
    let first = Mock::given(path(LIST)).and(query_param_is_missing("cursor"));
    first.respond_with(page(href("?cursor=c1"))).mount(&server).await;
    let second = || Mock::given(path(LIST)).and(query_param("cursor", "c1"));
    second().respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&server).await;
    second().respond_with(page(json!(null))).mount(&server).await;
    let hr = hr(&server);
    let mut pages = absences::list(&hr, query(), None);
    assert!(pages.next().await.unwrap().is_some());
    assert_eq!(pages.next().await.unwrap_err().kind, Kind::Unavailable { retry_after: None });
    assert!(pages.next().await.unwrap().is_some());
    assert!(pages.next().await.unwrap().is_none());
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(requests(&server).await.len(), 3);
}

#[tokio::test]
async fn an_unreadable_absence_hides_no_other_and_is_told() {
    let (mut odd, mut nameless) = (numbered(2), numbered(3));
    odd["approval"]["status"] = json!(7);
    nameless["id"] = json!("mina@example.com");
    let server = answering(ok(json!({"_data": [odd, numbered(1), nameless, 7, null]}))).await;
    let page = absences::list(&hr(&server), query(), None).next().await.unwrap().unwrap();
    assert_eq!(page.items.len(), 1);
    let told: Vec<_> = page.unreadable.iter().map(|item| (item.id.is_some(), item.what.as_str())).collect();
    assert_eq!(told, [(true, "approval.status"), (false, "id"), (false, "id"), (false, "id")]);
    assert!(!format!("{page:?}").contains("mina"));
}

#[tokio::test]
async fn all_pages_of_days_types_and_webhooks_are_read() {
    let server = stand_in().await;
    let day = |date: &str| json!({"date": date, "effective_duration": {"unit": "DAY", "value": 1}});
    let days = format!("{LIST}/{ID}/breakdowns");
    let first = json!({"_data": [day("2026-12-28")], "_meta": {"links": {"next": {"href": "?cursor=c1"}}}});
    let paged = |cursor: Option<&str>| match cursor {
        None => Mock::given(path(days.as_str())).and(query_param_is_missing("cursor")),
        Some(cursor) => Mock::given(path(days.as_str())).and(query_param("cursor", cursor)),
    };
    paged(None).respond_with(ok(first)).mount(&server).await;
    paged(Some("c1")).respond_with(ok(json!({"_data": [day("2026-12-29")]}))).mount(&server).await;
    assert_eq!(absences::breakdowns(&hr(&server), id()).await.unwrap().len(), 2);

    let endless = answering(ok(json!({"_data": [], "_meta": {"links": {"next": {"href": "?cursor=c1"}}}}))).await;
    let hr = hr(&endless);
    assert_eq!(absences::breakdowns(&hr, id()).await.unwrap_err().kind, Kind::Endless);
    assert_eq!(absences::types(&hr).await.unwrap_err().kind, Kind::Endless);
    assert_eq!(webhooks::list(&hr).await.unwrap_err().kind, Kind::Endless);
}
