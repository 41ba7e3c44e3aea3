//! Contracts as callers make, read, fill and publish them.

use reqwest::Method;
use serde_json::{Value, json};
use twins::oneflow::State;

use crate::oneflow_stage::{AGENCY, CANDIDATE, Oneflow, draft_with, told};

#[tokio::test]
async fn a_draft_is_made_filled_published_and_mailed_once() {
    let oneflow = Oneflow::new();
    let id = oneflow.drafted().await;
    assert_eq!(oneflow.twin().mails(AGENCY).len(), 0, "a draft is sent to nobody");
    let field = format!("/contracts/{id}/data_fields/c::oneflow-start-date");
    let (status, field) = oneflow.send(Method::PUT, &field, &json!({"value": "2026-05-01"})).await;
    assert_eq!((status, &field["value"]), (200, &json!("2026-05-01")));
    let (status, contract) = oneflow.publish(id).await;
    assert_eq!((status, &contract["state"]), (200, &json!("pending")));
    assert_eq!(oneflow.twin().invitations(AGENCY, id, CANDIDATE), 1);
    let (status, problem) = oneflow.publish(id).await;
    assert_eq!((status, &problem["error_code"]), (409, &json!(4_090_000)));
    assert_eq!(oneflow.twin().invitations(AGENCY, id, CANDIDATE), 1);
    let contract = oneflow.contract(id).await;
    assert_eq!(contract["_private"]["name"], "Contract of Mia Berg");
    assert_eq!(contract["_private_ownerside"]["template_id"], 31);
    assert_eq!(contract["parties"][1]["participant"]["delivery_status"], "success");
    assert_eq!(contract["parties"][0]["participants"][0]["signatory"], true);
    assert_eq!(contract["data_fields"][1]["_private_ownerside"]["custom_id"], "oneflow-city");
}

#[tokio::test]
async fn drafts_that_cannot_be_are_refused_with_what_is_wrong() {
    let oneflow = Oneflow::new();
    let party = |participant: Value| json!([{"type": "individual", "participant": participant}]);
    let doubled = json!({"name": "Recruiter", "email": "Recruiter@agency.example"});
    for (members, status, code) in [
        (json!({"template_id": 99}), 404, 4_040_000),
        (json!({"workspace_id": 99}), 404, 4_040_000),
        (json!({"data_fields": [{"custom_id": "unknown", "value": "x"}]}), 400, 4_000_000),
        (json!({"data_fields": [{"custom_id": "oneflow-city", "value": 7}]}), 400, 4_000_000),
        (json!({"name": "x".repeat(131)}), 400, 4_000_000),
        (json!({"parties": party(json!({"name": "Mia"}))}), 400, 4_000_000),
        (json!({"parties": party(json!({"name": "Mia", "email": "mia@people"}))}), 400, 4_000_000),
        (json!({"parties": party(json!({"name": "Mia", "email": CANDIDATE, "phone_number": "070"}))}), 400, 4_000_000),
        (json!({"parties": party(doubled)}), 400, 4_000_003),
        (json!({"external_key": "k"}), 400, 4_000_000),
    ] {
        let (answered, problem) = oneflow.send(Method::POST, "/contracts/create", &draft_with(members.clone())).await;
        assert_eq!((answered, &problem["error_code"]), (status, &json!(code)), "{members}: {problem}");
    }
    let anonymous = oneflow.request(Method::POST, "/contracts/create").json(&draft_with(json!({})));
    assert_eq!(told(anonymous.send().await.unwrap()).await.0, 400, "whoever makes it must be named");
    assert_eq!(oneflow.twin().contracts(AGENCY).len(), 0);
}

#[tokio::test]
async fn only_a_token_and_known_users_are_let_in() {
    let oneflow = Oneflow::new();
    assert_eq!(oneflow.get("/ping").await, (200, json!({})));
    assert_eq!(oneflow.get("/ping/").await.0, 200);
    let url = oneflow.0.url("/oneflow/v1/ping");
    let (status, problem) = told(oneflow.0.client.get(url).send().await.unwrap()).await;
    assert_eq!((status, &problem["error_code"]), (401, &json!(4_010_000)));
    let stranger = oneflow.request(Method::GET, "/contracts").header("x-oneflow-user-email", "x@agency.example");
    assert_eq!(stranger.send().await.unwrap().status(), 403);
    let short = oneflow.seed(&json!({"token": "short"})).await;
    assert_eq!(short.0, 409);
}

#[tokio::test]
async fn a_data_field_takes_texts_and_nothing_once_all_have_signed() {
    let oneflow = Oneflow::new();
    let id = oneflow.published().await;
    let path = format!("/contracts/{id}/data_fields/c::oneflow-city");
    let put = async |body: Value| oneflow.send(Method::PUT, &path, &body).await;
    assert_eq!(put(json!({"value": null})).await.1["value"], "");
    assert_eq!(put(json!({})).await.1["value"], "", "no value: unchanged");
    assert_eq!(put(json!({"value": "x".repeat(1025)})).await.0, 400);
    assert_eq!(put(json!({"value": true})).await.0, 400);
    let other = json!({"value": "x", "_private_ownerside": {"custom_id": "oneflow-start-date"}});
    assert_eq!(put(other).await.0, 400);
    let unknown = format!("/contracts/{id}/data_fields/c::unknown");
    assert_eq!(oneflow.send(Method::PUT, &unknown, &json!({"value": "x"})).await.0, 404);
    oneflow.office().sign(id, None).await.unwrap();
    assert_eq!(put(json!({"value": "Malmö"})).await.0, 409);
    assert_eq!(oneflow.twin().contract(AGENCY, id).unwrap().value("oneflow-city"), Some(""));
}

#[tokio::test]
async fn a_systems_field_is_answered_200_and_stays() {
    let oneflow = Oneflow::new();
    let mut kinds = serde_json::to_value(oneflow.twin().account(AGENCY).unwrap().template_types).unwrap();
    kinds[0]["data_fields"][1]["source"] = json!("system");
    oneflow.switch(json!({"template_types": kinds})).await;
    let id = oneflow.drafted().await;
    let path = format!("/contracts/{id}/data_fields/c::oneflow-city");
    let (status, field) = oneflow.send(Method::PUT, &path, &json!({"value": "Berlin"})).await;
    assert_eq!((status, &field["value"], &field["source"]), (200, &json!(""), &json!("system")));
}

#[tokio::test]
async fn lists_have_no_fields_and_are_found_by_a_fields_value() {
    let oneflow = Oneflow::new();
    let (first, second) = (oneflow.drafted().await, oneflow.published().await);
    let (_, all) = oneflow.get("/contracts?limit=1").await;
    assert_eq!((&all["count"], &all["data"][0]["id"]), (&json!(2), &json!(first)));
    assert_eq!(all["data"][0]["data_fields"], Value::Null);
    let (_, last) = oneflow.get("/contracts?limit=1&offset=1").await;
    assert!(last["_links"]["next"]["href"].as_str().unwrap().contains("offset=2"), "also on the last page");
    let (_, newest) = oneflow.get("/contracts?sort=-published_time&limit=1").await;
    assert_eq!(newest["data"][0]["id"], second);
    let found = |query: &'static str| oneflow.get(query);
    let path = format!("/contracts/{first}/data_fields/c::oneflow-city");
    oneflow.send(Method::PUT, &path, &json!({"value": "key-1"})).await;
    let (_, keyed) = found("/contracts?filter%5Bdata_field_match%5D=oneflow-city%3Akey-1").await;
    assert_eq!((&keyed["count"], &keyed["data"][0]["id"]), (&json!(1), &json!(first)));
    for wrong in ["/contracts?limit=101", "/contracts?offset=19901", "/contracts?sort=id", "/contracts?filter[x]=1"] {
        assert_eq!(oneflow.get(wrong).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn custom_ids_and_the_template_may_be_hard_to_see() {
    let oneflow = Oneflow::with(json!({"custom_ids": "top_level", "template_absent_seconds": 30})).await;
    let id = oneflow.published().await;
    let contract = oneflow.contract(id).await;
    assert_eq!(contract["data_fields"][0]["custom_id"], "oneflow-start-date");
    assert_eq!(contract["data_fields"][0]["_private_ownerside"]["custom_id"], Value::Null);
    assert_eq!(contract["_private_ownerside"]["template_id"], Value::Null);
    oneflow.later(30);
    assert_eq!(oneflow.contract(id).await["_private_ownerside"]["template_type_id"], 21);
    oneflow.switch(json!({"custom_ids": "absent"})).await;
    assert!(!oneflow.contract(id).await["data_fields"].to_string().contains("custom_id"));
}

#[tokio::test]
async fn readers_may_lag_behind() {
    let oneflow = Oneflow::with(json!({"read_lag_seconds": 10})).await;
    let id = oneflow.drafted().await;
    assert_eq!(oneflow.get(&format!("/contracts/{id}")).await.0, 404);
    assert_eq!(oneflow.get("/contracts").await.1["count"], 0);
    oneflow.later(10);
    assert_eq!(oneflow.publish(id).await.1["state"], "pending", "a write answers what is");
    assert_eq!(oneflow.contract(id).await["state"], "draft");
    oneflow.later(10);
    assert_eq!(oneflow.contract(id).await["state"], "pending");
}

#[tokio::test]
async fn replacing_the_data_fields_deletes_what_is_left_out() {
    let oneflow = Oneflow::new();
    let (_, kind) = oneflow.get("/template_types/21").await;
    let mut fields = kind["data_fields"].clone();
    fields.as_array_mut().unwrap().remove(0);
    fields.as_array_mut().unwrap().push(json!({"custom_id": "hidden-key", "name": "Key"}));
    let body = json!({"data_fields": fields});
    let path = "/template_types/21/data_fields";
    assert_eq!(oneflow.send(Method::PUT, path, &body).await.0, 403, "a recruiter is no administrator");
    assert_eq!(oneflow.administer(Method::PUT, path, &body).await.0, 200);
    let (_, kind) = oneflow.get("/template_types/21").await;
    let names: Vec<_> = kind["data_fields"].as_array().unwrap().iter().map(|field| &field["custom_id"]).collect();
    assert_eq!(names, ["oneflow-city", "hidden-key"]);
    let twice = json!({"data_fields": [{"custom_id": "a", "name": "A"}, {"custom_id": "a", "name": "B"}]});
    assert_eq!(oneflow.administer(Method::PUT, path, &twice).await.0, 400);
    let (_, templates) = oneflow.get("/templates").await;
    assert_eq!(templates["data"][0]["template_type"]["id"], 21);
    assert_eq!(oneflow.get("/workspaces").await.1["data"][0]["date_format"], "YYYY-MM-DD");
    let (_, users) = oneflow.get("/users?limit=1&offset=1").await;
    assert_eq!((&users["count"], &users["data"][0]["email"]), (&json!(2), &json!("recruiter@agency.example")));
}

#[tokio::test]
async fn a_contract_that_was_deleted_is_not_found() {
    let oneflow = Oneflow::new();
    let id = oneflow.published().await;
    assert_eq!(oneflow.send(Method::DELETE, &format!("/contracts/{id}/"), &Value::Null).await.0, 200);
    assert_eq!(oneflow.get(&format!("/contracts/{id}")).await.0, 404);
    let held = oneflow.twin().contracts(AGENCY);
    assert_eq!((held[0].state, held[0].deleted.is_some()), (State::Pending, true));
}

#[tokio::test]
async fn the_limit_counts_five_minutes() {
    let oneflow = Oneflow::with(json!({"limit": 2})).await;
    oneflow.get("/ping").await;
    oneflow.get("/ping").await;
    let (status, problem) = oneflow.get("/ping").await;
    assert_eq!((status, &problem["error_code"], &problem["type"]), (429, &json!(4_290_000), &Value::Null));
    oneflow.later(300);
    assert_eq!(oneflow.get("/ping").await.0, 200);
}
