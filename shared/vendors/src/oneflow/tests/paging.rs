//! Lists by offset.

use wiremock::matchers::{path, query_param};

use super::super::contracts;
use super::*;
use crate::{Cursor, Kind};

fn listed(ids: std::ops::Range<usize>) -> Vec<Value> {
    ids.map(|id| json!({"id": id, "state": "draft"})).collect()
}

/// In the vendor's sample the last page leads on, too.
fn page(count: usize, ids: std::ops::Range<usize>) -> ResponseTemplate {
    let next = "https://elsewhere.example/v1/contracts?offset=1&limit=1";
    ok(json!({"_links": {"next": {"href": next}}, "count": count, "data": listed(ids)}))
}

async fn serving(pages: &[(usize, ResponseTemplate)]) -> MockServer {
    let server = MockServer::start().await;
    for (offset, page) in pages {
        let asked = Mock::given(path("/v1/contracts")).and(query_param("offset", offset.to_string()));
        let asked = asked.and(query_param("limit", "100")).and(query_param("sort", "-state_updated_time"));
        asked.respond_with(page.clone()).mount(&server).await;
    }
    server
}

/// How many contracts were read, and how the reading ended.
async fn read(server: &MockServer) -> (usize, Result<(), Kind>) {
    let oneflow = oneflow(server);
    let mut cursor: Option<Cursor> = None;
    let mut count = 0;
    loop {
        match contracts::newest(&oneflow, cursor.as_ref()).await {
            Ok(page) => {
                count += page.items.len();
                cursor = page.next;
            }
            Err(error) => return (count, Err(error.kind)),
        }
        if cursor.is_none() {
            return (count, Ok(()));
        }
    }
}

#[tokio::test]
async fn a_list_is_read_by_count_and_offset() {
    let server = serving(&[(0, page(150, 1..101)), (100, page(150, 101..151))]).await;
    assert_eq!(read(&server).await, (150, Ok(())));
    assert_eq!(read(&serving(&[(0, page(0, 1..1))]).await).await, (0, Ok(())));
}

#[tokio::test]
async fn a_list_that_cannot_be_read_to_its_end_is_told() {
    let same = serving(&[(0, page(150, 1..101)), (100, page(150, 1..51))]).await;
    assert_eq!(read(&same).await, (100, Err(Kind::Endless)));
    let short = serving(&[(0, page(150, 1..101)), (100, page(150, 1..1))]).await;
    assert_eq!(read(&short).await, (100, Err(Kind::Incomplete)));
    let untold = serving(&[(0, ok(json!({"data": []})))]).await;
    assert_eq!(read(&untold).await, (0, Err(Kind::Incomplete)));
    let none = serving(&[(0, ok(json!({"count": 0})))]).await;
    assert_eq!(read(&none).await, (0, Err(Kind::Unexplained { status: 200 })));
}

#[tokio::test]
async fn nothing_is_asked_beyond_what_oneflow_counts() {
    let server = answering(page(30_000, 1..101)).await;
    let beyond = Cursor::new("20000 1".to_owned());
    let error = contracts::newest(&oneflow(&server), Some(&beyond)).await.unwrap_err();
    assert_eq!(error.kind, Kind::Incomplete);
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    let odd = json!({"count": 3, "data": [{"id": 1, "state": "draft"}, {"id": 2}, {"state": "draft"}]});
    let server = serving(&[(0, ok(odd))]).await;
    let page = contracts::newest(&oneflow(&server), None).await.unwrap();
    let named: Vec<_> = page.unreadable.iter().map(|item| (item.id, item.what.as_str())).collect();
    assert_eq!((page.items.len(), named), (1, vec![("2".parse().ok(), "state"), (None, "id")]));
}

#[tokio::test]
async fn contracts_are_found_by_a_value() {
    let server = answering(page(1, 7..8)).await;
    let key = "hrsync-key".parse().unwrap();
    let page = contracts::with_value(&oneflow(&server), &key, "a:b & ü", None).await.unwrap();
    assert_eq!(page.items[0].id, "7".parse().unwrap());
    let request = request(&server).await;
    let pairs: Vec<_> = request.url.query_pairs().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(pairs, ["filter[data_field_match]=hrsync-key:a:b & ü", "limit=100", "offset=0"]);
}
