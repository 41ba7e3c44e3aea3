//! What stands in fields: custom fields that HiBob empties, and words that people have entered.

use serde_json::{Value, json};
use twins::hibob::{Cell, Made, NewPosition};
use twins::recruit::{OpeningEdit, SEED_ACCOUNT};

use super::house::House;
use super::stage::{cells, opening_cells, position};

const REASON: &str = "/position/reason";
const START: &str = "/positionOpening/expectedStartDate";
const TYPE: &str = "/position/positionType";

/// A position with this cell, which Recruit is to hold as well.
async fn entered_with(house: &House, field: &str, cell: Cell) -> Made {
    let mut new = NewPosition { openings: vec![opening_cells()], ..position() };
    new.fields.insert(field.to_owned(), cell);
    let made = house.office().create(new).await.unwrap();
    house.announce(&made).await;
    made
}

fn note(house: &House) -> Value {
    house.openings()[0].custom_fields.get("Note").cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_custom_field_that_hibob_empties_is_emptied() {
    let mut house = House::new().await;
    let line = "# custom_fields = { \"HiBob opening\" = { field = \"/positionOpening/id\" } }";
    house.set(line, "custom_fields = { \"Note\" = { field = \"/position/reason\" } }").await;
    let id = entered_with(&house, REASON, Cell::new("A new product")).await.id;
    assert_eq!(note(&house), json!("A new product"));
    house.office().edit(id, cells(REASON, Cell::new(Value::Null))).await.unwrap();
    house.position_updated(id).await;
    assert_eq!(note(&house), Value::Null);
    // and filled again
    house.office().edit(id, cells(REASON, Cell::new("Another one"))).await.unwrap();
    house.position_updated(id).await;
    assert_eq!(note(&house), json!("Another one"));
    house.close().await;
}

#[tokio::test]
async fn a_custom_field_that_was_never_written_is_left_to_recruiters() {
    let mut house = House::new().await;
    let line = "# custom_fields = { \"HiBob opening\" = { field = \"/positionOpening/id\" } }";
    house.set(line, "custom_fields = { \"Note\" = { field = \"/position/reason\" } }").await;
    let made = entered_with(&house, REASON, Cell::new(Value::Null)).await;
    let twin = house.twins.recruit();
    let custom_fields = [("Note".to_owned(), json!("By hand"))].into();
    let edit = OpeningEdit { custom_fields, ..OpeningEdit::default() };
    twin.edit_opening(SEED_ACCOUNT, &house.openings()[0].uid, edit).unwrap();
    house.office().edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    assert_eq!(house.openings()[0].time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));
    assert_eq!(note(&house), json!("By hand"));
    house.close().await;
}

#[tokio::test]
async fn a_word_that_the_file_does_not_name_is_told_to_the_owner_and_logged_nowhere() {
    let mut house = House::new().await;
    house.set(", on_unknown = \"default\", default = \"New\" }", " }").await;
    let mut new = NewPosition { openings: vec![opening_cells()], ..position() };
    new.fields.insert(TYPE.to_owned(), Cell::labelled("cover", "Cover for Mina"));
    let made = house.office().create(new).await.unwrap();
    let ended = house.announce(&made).await;
    let last = ended.last().unwrap();
    assert_eq!(last.outcome.word(), "rejected", "{ended:?}");
    assert!(last.reason.contains("`opening.reason`") && !format!("{ended:?}").contains("Mina"), "{ended:?}");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("Cover for Mina"), "{mails:?}");
    house.close().await;
}
