//! What lists and rows become.

use super::super::fields;
use super::super::model::{FieldId, Opening, OpeningId, Position, PositionId};
use super::super::openings::{self, OpeningFilter};
use super::super::positions::{self, PositionFilter};
use super::*;
use crate::{Cursor, Error, Kind, Page};

async fn all_positions(body: Value) -> Result<Page<Position, PositionId>, Error> {
    let server = answering(ok(body)).await;
    positions::search(&hibob(&server), &PositionFilter::All, &position_fields()).await
}

async fn opening_page(body: Value, cursor: Option<&Cursor>) -> Result<Page<Opening, OpeningId>, Error> {
    let server = answering(ok(body)).await;
    openings::page(&hibob(&server), &OpeningFilter::All, cursor, &opening_fields()).await
}

async fn one_opening(body: Value) -> Result<Option<Opening>, Error> {
    let server = answering(ok(body)).await;
    openings::read(&hibob(&server), &OPENING.to_string().parse().unwrap(), &opening_fields()).await
}

#[tokio::test]
async fn lists_are_read_bare_and_wrapped() {
    let row = || json!([position_row(&json!(POSITION))]);
    for body in [row(), json!({"values": row()}), json!({"entries": row()}), json!({"positionEntries": row()})] {
        let page = all_positions(body).await.unwrap();
        assert_eq!((page.items[0].id.as_str(), page.items.len()), ("2251800820033996", 1));
        assert_eq!(page.items[0].cell(&position_field::STATUS).unwrap().text().as_deref(), Some("vacant"));
    }
    let odd = [json!({}), json!(null), json!("x"), json!({"values": {}})];
    for body in odd {
        assert_eq!(all_positions(body).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    }
}

#[tokio::test]
async fn the_documented_list_of_lists_is_read_in_both_senses() {
    let (one, two) = (opening_row(&json!("1")), opening_row(&json!(2)));
    let rows = json!({"positionOpeningEntries": [[one, two]]});
    assert_eq!(opening_page(rows, None).await.unwrap().items.len(), 2);
    let parts: Vec<_> = one.as_object().unwrap().iter().map(|(field, cell)| json!({field: cell})).collect();
    let page = opening_page(json!({"positionOpeningEntries": [parts]}), None).await.unwrap();
    assert_eq!(page.items[0].position.as_ref().unwrap().as_str(), POSITION.to_string());
}

#[tokio::test]
async fn what_is_not_shown_is_told_from_what_is_empty() {
    let row =
        json!({"/position/id": {"value": "7"}, "/position/reason": {"value": null}, "/position/fte": 100, "odd": 1});
    let page = all_positions(json!([row])).await.unwrap();
    let position = &page.items[0];
    assert!(position.cell(&position_field::REASON).unwrap().is_empty());
    assert_eq!(position.cell(&position_field::FTE).unwrap().text().as_deref(), Some("100"));
    assert_eq!(position.cell(&position_field::SITE), None);
    assert_eq!(position.cells.len(), 3);
}

#[tokio::test]
async fn labels_are_read_and_joined() {
    let row = json!({"/position/id": {"value": "7"}, "/position/site": {"value": 12, "humanReadable": "Berlin"},
        "/position/field_1": {"value": ["1", "2"], "humanReadable": ["Eins", "Zwei"]},
        "/position/field_2": {"value": null, "humanReadable": ""}});
    let page = all_positions(json!([row])).await.unwrap();
    let label =
        |field: &str| page.items[0].cell(&field.parse::<FieldId>().unwrap()).unwrap().label().map(ToOwned::to_owned);
    assert_eq!(label("/position/site").as_deref(), Some("Berlin"));
    assert_eq!(label("/position/field_1").as_deref(), Some("Eins, Zwei"));
    assert_eq!(label("/position/field_2"), None);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_named_and_hides_no_other() {
    let rows =
        json!([{"/position/status": {"value": "vacant"}}, position_row(&json!("a/b")), 7, position_row(&json!(8))]);
    let page = all_positions(rows).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let what: Vec<_> = page.unreadable.iter().map(|item| (item.id.clone(), item.what.as_str())).collect();
    assert_eq!(what, [(None, "/position/id"), (None, "/position/id"), (None, "/position/id")]);

    let mut row = opening_row(&json!(OPENING));
    row["/positionOpening/positionId"] = json!({"value": {}});
    let page = opening_page(json!({"values": [row]}), None).await.unwrap();
    assert_eq!(page.unreadable[0].id, Some(OPENING.to_string().parse().unwrap()));
    assert_eq!(page.unreadable[0].what, "/positionOpening/positionId");
}

#[tokio::test]
async fn the_next_page_is_found_under_either_key() {
    for metadata in [json!({"next_cursor": "c-2"}), json!({"nextCursor": "c-2"})] {
        for name in ["response_metadata", "responseMetadata"] {
            let page = opening_page(json!({"values": [], name: metadata}), None).await.unwrap();
            assert_eq!(page.next, Some(Cursor::new("c-2".to_owned())));
        }
    }
    for last in [json!({}), json!({"next_cursor": null}), json!({"next_cursor": ""}), json!(null)] {
        let page = opening_page(json!({"values": [], "response_metadata": last}), None).await.unwrap();
        assert_eq!(page.next, None);
    }
    assert_eq!(opening_page(json!([]), None).await.unwrap().next, None);
    let odd = json!({"values": [], "response_metadata": {"next_cursor": {}}});
    assert_eq!(opening_page(odd, None).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_no_last_one() {
    let cursor = Cursor::new("c-2".to_owned());
    let body = json!({"values": [opening_row(&json!(1))], "response_metadata": {"next_cursor": "c-2"}});
    assert_eq!(opening_page(body, Some(&cursor)).await.unwrap_err().kind, Kind::Endless);
}

#[tokio::test]
async fn a_cursor_that_is_refused_is_stale() {
    let server = answering(ResponseTemplate::new(400)).await;
    let cursor = Cursor::new("c-2".to_owned());
    let page = openings::page(&hibob(&server), &OpeningFilter::All, Some(&cursor), &opening_fields()).await;
    assert_eq!(page.unwrap_err().kind, Kind::Stale(Vec::new()));
}

#[tokio::test]
async fn one_that_is_asked_for_by_id_is_there_or_not() {
    let found = one_opening(json!({"values": [opening_row(&json!(OPENING))]})).await.unwrap().unwrap();
    assert_eq!(found.id.as_str(), OPENING.to_string());
    assert_eq!(one_opening(json!({"values": []})).await.unwrap(), None);
    let server = answering(ok(json!([]))).await;
    let none = positions::read(&hibob(&server), &"7".parse().unwrap(), &position_fields()).await;
    assert_eq!(none.unwrap(), None);
}

#[tokio::test]
async fn a_filter_that_is_passed_over_gives_nobody_elses_row() {
    let kind = one_opening(json!({"values": [opening_row(&json!(1))]})).await.unwrap_err().kind;
    assert_eq!(kind, Kind::Unexplained { status: 200 });
    let server = answering(ok(json!([position_row(&json!(8))]))).await;
    let other = positions::read(&hibob(&server), &"7".parse().unwrap(), &position_fields()).await;
    assert_eq!(other.unwrap_err().kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn one_that_cannot_be_read_is_not_missing() {
    let kind = one_opening(json!({"values": [{}]})).await.unwrap_err().kind;
    assert!(matches!(kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some("/positionOpening/id")));
    let server = answering(ok(json!([{}]))).await;
    let odd = positions::read(&hibob(&server), &"7".parse().unwrap(), &position_fields()).await;
    assert!(matches!(odd.unwrap_err().kind, Kind::Invalid(_)));
}

/// More than what is read of other vendors' answers.
#[tokio::test]
async fn thousands_of_positions_come_in_one_answer() {
    let title = "x".repeat(2_000);
    let row = |id: u64| json!({"/position/id": {"value": POSITION + id}, "/position/position": {"value": title}});
    let page = all_positions((0..2_500).map(row).collect()).await.unwrap();
    assert_eq!((page.items.len(), page.unreadable.len()), (2_500, 0));
}

#[tokio::test]
async fn fields_are_described_bare_and_wrapped() {
    let list = json!([{"id": "/position/site", "name": "Site", "fieldType": {"type": "list", "typeData": {"listId": "site"}}},
        {"name": "odd"}]);
    for body in [list.clone(), json!({"fields": list})] {
        let server = answering(ok(body)).await;
        let page = fields::of_positions(&hibob(&server)).await.unwrap();
        assert_eq!((page.items.len(), page.unreadable.len()), (1, 1));
        assert_eq!(page.items[0].id, position_field::SITE);
        assert_eq!((page.items[0].name.as_deref(), page.items[0].kind.as_deref()), (Some("Site"), Some("list")));
    }
    let server = answering(ok(json!({}))).await;
    assert_eq!(fields::of_openings(&hibob(&server)).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
}
