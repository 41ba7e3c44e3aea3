//! The list of all users.

use wiremock::matchers::{path, query_param};

use super::super::list;
use super::*;
use crate::{Cursor, Kind};

/// A stand-in that gives these pages, by what `startIndex` asks for.
async fn serving(pages: &[(usize, ResponseTemplate)]) -> MockServer {
    let server = MockServer::start().await;
    for (start, page) in pages {
        let asked = Mock::given(path("/scim/v2/Users")).and(query_param("startIndex", start.to_string()));
        asked.and(query_param("count", "100")).respond_with(page.clone()).mount(&server).await;
    }
    server
}

fn users(numbers: std::ops::Range<usize>) -> Vec<Value> {
    numbers.map(other).collect()
}

/// How many users were read, and how the reading ended.
async fn read(server: &MockServer) -> (usize, Result<(), Kind>) {
    let scim = scim(server);
    let mut cursor: Option<Cursor> = None;
    let mut count = 0;
    loop {
        match list::page(&scim, cursor.as_ref()).await {
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
async fn the_list_is_read_to_the_number_that_it_tells() {
    let short = [(1, listing(5, &users(0..2))), (3, listing(5, &users(2..4))), (5, listing(5, &users(4..5)))];
    let server = serving(&short).await;
    assert_eq!(read(&server).await, (5, Ok(())), "the server gives less than was asked for");
    assert_eq!(requests(&server).await.len(), 3);
    assert_eq!(read(&serving(&[(1, listing(0, &[]))]).await).await, (0, Ok(())));
    assert_eq!(read(&serving(&[(1, ok(json!({"totalResults": 0})))]).await).await, (0, Ok(())));
    assert_eq!(read(&serving(&[(1, listing(2, &users(0..3)))]).await).await, (3, Ok(())));
}

#[tokio::test]
async fn a_server_that_passes_over_the_start_is_noticed() {
    let server = answering(listing(5, &users(0..3))).await;
    assert_eq!(read(&server).await, (3, Err(Kind::Endless)));
    let mut turned = users(0..3);
    turned.reverse();
    let server = serving(&[(1, listing(6, &users(0..3))), (4, listing(6, &turned))]).await;
    assert_eq!(read(&server).await, (3, Err(Kind::Endless)), "the same page in another order");
    let whole = answering(listing(3, &users(0..3))).await;
    assert_eq!(read(&whole).await, (3, Ok(())), "everybody at once is no page that comes again");
}

#[tokio::test]
async fn a_list_that_ends_too_early_is_incomplete() {
    let early = serving(&[(1, listing(5, &users(0..3))), (4, listing(5, &[]))]).await;
    assert_eq!(read(&early).await, (3, Err(Kind::Incomplete)));
    let untold = answering(ok(json!({"Resources": users(0..3)}))).await;
    assert_eq!(read(&untold).await, (0, Err(Kind::Incomplete)), "it does not say how many there are");
    let breaks_off = serving(&[(1, listing(5, &users(0..3))), (4, ResponseTemplate::new(502))]).await;
    assert_eq!(read(&breaks_off).await, (3, Err(Kind::Unavailable { retry_after: None })));
}

#[tokio::test]
async fn a_user_who_cannot_be_read_is_told_and_hides_no_other() {
    let mut odd = dora();
    odd["active"] = json!("perhaps");
    let server = answering(listing(4, &[odd, other(1), json!({"userName": "dora"}), json!(7)])).await;
    let page = list::page(&scim(&server), None).await.unwrap();
    assert_eq!((page.items.len(), page.next), (1, None));
    let told: Vec<_> = page.unreadable.iter().map(|item| (item.id.is_some(), item.what.as_str())).collect();
    assert_eq!(told, [(true, "active"), (false, "id"), (false, "id")]);
}

#[tokio::test]
async fn a_reading_goes_on_where_another_stood() {
    let server = serving(&[(1, listing(3, &users(0..2))), (3, listing(3, &users(2..3)))]).await;
    let first = list::page(&scim(&server), None).await.unwrap();
    let kept = serde_json::to_string(&first.next.unwrap()).unwrap();
    assert_eq!(kept, r#""3 u0""#);
    let cursor: Cursor = serde_json::from_str(&kept).unwrap();
    assert_eq!(list::page(&scim(&server), Some(&cursor)).await.unwrap().items.len(), 1);
    let foreign: Cursor = serde_json::from_str(r#""abc""#).unwrap();
    assert_eq!(list::page(&scim(&server), Some(&foreign)).await.unwrap_err().kind, Kind::Endless);
}
