//! What is sent.

use super::super::openings::{self, OpeningFilter};
use super::super::positions::{self, PositionFilter};
use super::super::{fields, people};
use super::*;
use crate::Cursor;

async fn sent_for_positions(filter: &PositionFilter) -> Value {
    let server = answering(ok(json!([]))).await;
    positions::search(&hibob(&server), filter, &position_fields()).await.unwrap();
    sent(&server).await
}

#[tokio::test]
async fn a_call_carries_the_service_user() {
    let server = answering(ok(json!([]))).await;
    positions::search(&hibob(&server), &PositionFilter::All, &position_fields()).await.unwrap();
    let request = server.received_requests().await.unwrap().remove(0);
    assert_eq!((request.method.as_str(), request.url.path()), ("POST", "/v1/objects/position/search"));
    assert_eq!(request.headers["authorization"], "Basic U0VSVklDRS0xOnRvay0y");
}

#[tokio::test]
async fn positions_are_asked_for_all_by_id_and_by_status() {
    let all = sent_for_positions(&PositionFilter::All).await;
    let filter = json!({"fieldId": "/position/id", "operator": "notEqual", "values": ["1"]});
    let wanted =
        json!({"fields": ["/position/id", "/position/status"], "filters": [filter], "includeHumanReadable": true});
    assert_eq!(all, wanted);
    let ids = sent_for_positions(&PositionFilter::Ids(vec!["7".parse().unwrap(), "8".parse().unwrap()])).await;
    assert_eq!(ids["filters"], json!([{"fieldId": "/position/id", "operator": "equals", "values": ["7", "8"]}]));
    let statuses = sent_for_positions(&PositionFilter::Statuses(vec!["vacant".to_owned()])).await;
    assert_eq!(
        statuses["filters"],
        json!([{"fieldId": "/position/status", "operator": "equals", "values": ["vacant"]}])
    );
}

#[tokio::test]
async fn a_search_for_nothing_asks_nothing() {
    let server = answering(ResponseTemplate::new(500)).await;
    let hibob = hibob(&server);
    for filter in [PositionFilter::Ids(Vec::new()), PositionFilter::Statuses(Vec::new())] {
        assert!(positions::search(&hibob, &filter, &position_fields()).await.unwrap().items.is_empty());
    }
    let none = OpeningFilter::Ids(Vec::new());
    assert!(openings::page(&hibob, &none, None, &opening_fields()).await.unwrap().items.is_empty());
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn openings_are_asked_for_by_page() {
    let server = answering(ok(json!({"values": [], "response_metadata": {}}))).await;
    let cursor = Cursor::new("c-1".to_owned());
    openings::page(&hibob(&server), &OpeningFilter::All, Some(&cursor), &opening_fields()).await.unwrap();
    let filter = json!({"fieldId": "/positionOpening/id", "operator": "notEqual", "values": ["1"]});
    let fields = ["/positionOpening/id", "/positionOpening/positionId", "/positionOpening/status"];
    let wanted = json!({"fields": fields, "filters": [filter], "includeHumanReadable": true,
        "pagination": {"limit": 100, "cursor": "c-1"}});
    assert_eq!(sent(&server).await, wanted);
    let request = server.received_requests().await.unwrap().remove(0);
    assert_eq!((request.method.as_str(), request.url.path()), ("POST", "/v1/positions/position-openings/search"));
}

#[tokio::test]
async fn fields_and_addresses_are_asked_for_where_they_are() {
    let server = answering(ok(json!({"fields": [], "employees": []}))).await;
    fields::of_positions(&hibob(&server)).await.unwrap();
    fields::of_openings(&hibob(&server)).await.unwrap();
    people::email(&hibob(&server), &"3".parse().unwrap()).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    let paths: Vec<_> = requests.iter().map(|request| format!("{} {}", request.method, request.url.path())).collect();
    assert_eq!(
        paths,
        ["GET /v1/metadata/objects/position", "GET /v1/positions/position-openings/metadata", "POST /v1/people/search"]
    );
    let filter = json!({"fieldPath": "root.id", "operator": "equals", "values": ["3"]});
    let wanted = json!({"fields": ["root.id", "root.email"], "filters": [filter], "showInactive": false});
    assert_eq!(requests[2].body_json::<Value>().unwrap(), wanted);
}
