//! What a service user reads of positions, openings, fields and people.

use reqwest::Method;
use serde_json::{Value, json};
use twins::hibob::{ListForm, NewPosition};

use crate::hibob_stage::{Bob, OPENINGS, POSITIONS, all, asked_for, cells, values};
use crate::scim_stage::told;

#[tokio::test]
async fn a_position_is_a_row_of_the_cells_that_were_asked_for() {
    let bob = Bob::new();
    let fields =
        cells(json!({"/position/jobProfile": {"value": 7, "label": "Manager (J-1)"}, "/position/field_1001": "A1"}));
    let made = bob.office().create(NewPosition { fields, ..NewPosition::default() }).await.unwrap();
    let mut search =
        all("/position/id", &["/position/id", "/position/jobProfile", "/position/reason", "/position/nothing"]);
    search["includeHumanReadable"] = json!(true);
    search["limit"] = json!(1);
    let row = json!({
        "/position/id": {"value": made.id, "humanReadable": made.id.to_string()},
        "/position/jobProfile": {"value": 7, "humanReadable": "Manager (J-1)"},
        "/position/reason": {"value": null},
    });
    assert_eq!(bob.post(POSITIONS, &search).await, (200, json!([row])));
    let rows = bob.positions(&["/position/field_1001", "/position/name"]).await;
    assert_eq!(rows[0]["/position/field_1001"], json!({"value": "A1"}));
    let name = rows[0]["/position/name"]["value"].as_str().unwrap();
    assert!(name.starts_with("P-") && name.len() == 12, "{name}");
}

#[tokio::test]
async fn filters_compare_text_and_all_must_be_met() {
    let bob = Bob::new();
    let office = bob.office();
    let one = office.create(NewPosition::default()).await.unwrap();
    let two = office.create(NewPosition::default()).await.unwrap();
    office.edit(two.id, cells(json!({"/position/status": "onHold"}))).await.unwrap();
    let found = async |filters: Value| {
        let (status, body) = bob.post(POSITIONS, &json!({"fields": ["/position/id"], "filters": filters})).await;
        assert_eq!(status, 200, "{body}");
        values(body.as_array().unwrap(), "/position/id")
    };
    let filter = |field: &str, operator: &str, values: &[&str]| json!({"fieldId": format!("/position/{field}"), "operator": operator, "values": values});
    let id = one.id.to_string();
    assert_eq!(found(json!([filter("id", "equals", &[&id, "9"])])).await, [json!(one.id)]);
    assert_eq!(found(json!([filter("status", "notEqual", &["vacant"])])).await, [json!(two.id)]);
    assert_eq!(found(json!([filter("hasOpenRequests", "equals", &["false"])])).await.len(), 2);
    let both = json!([filter("id", "equals", &[&id]), filter("status", "equals", &["onHold"])]);
    assert!(found(both).await.is_empty());
    assert!(found(json!([filter("status", "equals", &["nonsense"])])).await.is_empty());
}

#[tokio::test]
async fn a_search_that_is_not_complete_is_refused() {
    let bob = Bob::new();
    let fields: Vec<_> = (0..51).map(|number| format!("/position/{number}")).collect();
    let filter = json!({"fieldId": "/position/id", "operator": "equals", "values": ["1"]});
    for body in [
        json!({"fields": ["/position/id"], "filters": []}),
        json!({"fields": [], "filters": [filter]}),
        json!({"fields": fields, "filters": [filter]}),
        json!({"fields": ["/position/id"], "filters": [{"fieldId": "/position/site", "operator": "equals", "values": ["1"]}]}),
        json!({"fields": ["/position/id"], "filters": [{"fieldId": "/position/id", "operator": "equals", "values": []}]}),
        json!({"fields": ["/position/id"], "filters": [{"fieldId": "/position/id", "operator": "contains", "values": ["1"]}]}),
        json!({"fields": ["/position/id"], "filters": [{"fieldId": "/position/id", "operator": "equals", "values": [1]}]}),
        json!({"fields": ["/position/id"]}),
        json!([]),
    ] {
        assert_eq!(bob.post(POSITIONS, &body).await.0, 400, "{body}");
    }
    let parent = json!({"fields": ["/positionOpening/id"], "pagination": {},
        "filters": [{"fieldId": "/positionOpening/positionId", "operator": "equals", "values": ["1"]}]});
    assert_eq!(bob.post(OPENINGS, &parent).await.0, 400, "openings cannot be searched by position");
    assert_eq!(bob.post(OPENINGS, &all("/positionOpening/id", &["/positionOpening/id"])).await.0, 400, "no page");
    for page in [json!({"limit": 201}), json!({"limit": 0}), json!({"cursor": "nonsense"}), json!({"offset": 1})] {
        let mut search = all("/positionOpening/id", &["/positionOpening/id"]);
        search["pagination"] = page;
        assert_eq!(bob.post(OPENINGS, &search).await.0, 400, "{search}");
    }
    let text = bob.request(Method::POST, POSITIONS).header("content-type", "text/plain").body("{}");
    assert_eq!(text.send().await.unwrap().status(), 415);
    assert_eq!(bob.request(Method::GET, POSITIONS).send().await.unwrap().status(), 405);
    assert_eq!(bob.post("/v1/objects/position/search/", &json!({})).await.0, 404);
}

#[tokio::test]
async fn openings_come_in_pages() {
    let bob = Bob::new();
    let openings = vec![cells(json!({})); 5];
    let made = bob.office().create(NewPosition { openings, ..NewPosition::default() }).await.unwrap();
    let mut search = all("/positionOpening/id", &["/positionOpening/id", "/positionOpening/positionId"]);
    search["pagination"] = json!({"limit": 2});
    let mut got = Vec::new();
    loop {
        let (status, page) = bob.post(OPENINGS, &search).await;
        assert_eq!(status, 200, "{page}");
        let rows = page["values"].as_array().unwrap();
        assert!(rows.len() <= 2 && rows[0]["/positionOpening/positionId"]["value"] == made.id);
        got.extend(values(rows, "/positionOpening/id"));
        match page["response_metadata"]["next_cursor"].as_str() {
            Some(cursor) => search["pagination"]["cursor"] = json!(cursor),
            None => break,
        }
    }
    assert_eq!(json!(got), json!(made.opening_ids));
}

#[tokio::test]
async fn lists_and_cursors_have_other_forms() {
    let bob = Bob::with(json!({"position_list": "entries", "opening_list": "named", "next_cursor": "camel",
        "last_page": "empty_metadata", "row_ids": "string", "empty_cells": "absent", "spelling": "canceled"}))
    .await;
    let made = bob
        .office()
        .create(NewPosition { openings: vec![cells(json!({})); 2], ..NewPosition::default() })
        .await
        .unwrap();
    bob.office().cancel(made.id, true).await.unwrap();
    let search = all("/position/id", &["/position/id", "/position/reason", "/position/status"]);
    let row = json!({"/position/id": {"value": made.id.to_string()}, "/position/status": {"value": "canceledSoon"}});
    assert_eq!(bob.post(POSITIONS, &search).await.1, json!({"entries": [row]}));
    let mut search = all("/positionOpening/id", &["/positionOpening/positionId"]);
    search["pagination"] = json!({"limit": 1});
    let (_, first) = bob.post(OPENINGS, &search).await;
    assert_eq!(first["positionOpeningEntries"][0]["/positionOpening/positionId"]["value"], made.id.to_string());
    search["pagination"]["cursor"] = first["responseMetadata"]["nextCursor"].clone();
    assert_eq!(bob.post(OPENINGS, &search).await.1["responseMetadata"], json!({}));
    bob.quirks(|quirks| (quirks.repeats_cursor, quirks.opening_list) = (true, ListForm::NamedNested));
    let (_, again) = bob.post(OPENINGS, &search).await;
    assert_eq!(again["responseMetadata"]["nextCursor"], search["pagination"]["cursor"]);
    assert!(again["positionOpeningEntries"][0][0].is_object());
    bob.quirks(|quirks| quirks.opening_list = ListForm::Bare);
    assert_eq!(bob.post(OPENINGS, &search).await.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_request_is_not_found_until_it_is_approved() {
    let bob = Bob::new();
    let made = bob.office().create(asked_for()).await.unwrap();
    let fields = ["/position/id", "/position/hasOpenRequests"];
    assert!(bob.positions(&fields).await.is_empty());
    assert!(bob.openings(&["/positionOpening/id"]).await.is_empty());
    bob.quirks(|quirks| quirks.requests_visible = true);
    assert_eq!(values(&bob.positions(&fields).await, "/position/hasOpenRequests"), [json!(true)]);
    bob.quirks(|quirks| quirks.requests_visible = false);
    bob.office().approve(made.id).await.unwrap();
    assert_eq!(values(&bob.positions(&fields).await, "/position/hasOpenRequests"), [json!(false)]);
    assert_eq!(bob.openings(&["/positionOpening/id"]).await.len(), 1);
    assert!(bob.office().approve(made.id).await.is_err());
}

#[tokio::test]
async fn a_search_lags_behind() {
    let bob = Bob::with(json!({"search_lag_seconds": 30})).await;
    let made = bob.office().create(NewPosition::default()).await.unwrap();
    bob.later(29);
    assert!(bob.positions(&["/position/id"]).await.is_empty());
    bob.later(1);
    assert_eq!(bob.positions(&["/position/id"]).await.len(), 1);
    bob.office().edit(made.id, cells(json!({"/position/reason": "Growth"}))).await.unwrap();
    assert_eq!(values(&bob.positions(&["/position/reason"]).await, "/position/reason"), [json!(null)]);
    bob.later(30);
    assert_eq!(values(&bob.positions(&["/position/reason"]).await, "/position/reason"), [json!("Growth")]);
}

#[tokio::test]
async fn a_holder_is_told_beside_the_actual_start() {
    let bob = Bob::new();
    let made = bob.office().create(NewPosition::default()).await.unwrap();
    let holder = serde_json::from_value(json!({"employee": "333", "start_date": "2026-04-01"})).unwrap();
    bob.office().fill(made.opening_ids[0], holder).await.unwrap();
    assert_eq!(bob.positions(&["/position/filledBy"]).await, [json!({})]);
    let rows = bob.openings(&["/positionOpening/filledBy", "/positionOpening/actualStartDate"]).await;
    assert_eq!(values(&rows, "/positionOpening/filledBy"), [json!("333")]);
    bob.quirks(|quirks| quirks.holder_needs_start = false);
    assert_eq!(values(&bob.positions(&["/position/filledBy"]).await, "/position/filledBy"), [json!("333")]);
}

#[tokio::test]
async fn fields_are_described() {
    let bob = Bob::new();
    let read = async |path: &str| told(bob.request(Method::GET, path).send().await.unwrap()).await.1;
    let fields = read("/v1/metadata/objects/position").await;
    let field = |id: &str| fields.as_array().unwrap().iter().find(|field| field["id"] == id).cloned().unwrap();
    assert_eq!(field("/position/site")["fieldType"], json!({"type": "list", "typeData": {"listId": "site"}}));
    assert_eq!(field("/position/field_1001")["name"], "Cost code");
    bob.switch(json!({"metadata_list": "fields"})).await;
    let fields = read("/v1/positions/position-openings/metadata").await;
    assert_eq!(fields["fields"][0]["jsonPath"]["rawData"], "positionOpening.id");
}

#[tokio::test]
async fn people_are_found_by_id() {
    let bob = Bob::new();
    let search = json!({"fields": ["root.email", "root.shoeSize"],
        "filters": [{"fieldPath": "root.id", "operator": "equals", "values": ["3332883884017713939"]}]});
    let cells = json!({"employees": [{"/root/email": {"value": "omer@planning.example"}}]});
    assert_eq!(bob.post("/v1/people/search", &search).await, (200, cells));
    bob.switch(json!({"people": "plain"})).await;
    let plain = json!({"employees": [{"email": "omer@planning.example"}]});
    assert_eq!(bob.post("/v1/people/search", &search).await, (200, plain));
    assert_eq!(bob.post("/v1/people/search", &json!({})).await.1["employees"].as_array().unwrap().len(), 3);
    let by_name = json!({"filters": [{"fieldPath": "root.fullName", "operator": "equals", "values": ["Noa"]}]});
    assert_eq!(bob.post("/v1/people/search", &by_name).await.0, 400);
}
