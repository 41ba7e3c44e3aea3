//! Reading contracts, writing data fields, and what stands around them.

use super::super::contracts::{self, ContractById};
use super::super::data_fields::{self, FieldRef, FieldSet};
use super::super::model::{ContractState, DeliveryStatus, SignState};
use super::super::{ping, users, workspaces};
use super::*;
use crate::Kind;

async fn read(template: ResponseTemplate) -> Result<ContractById, Kind> {
    let server = answering(template).await;
    contracts::read(&oneflow(&server), "51874".parse().unwrap()).await.map_err(|error| error.kind)
}

async fn set(field: FieldRef, value: &str, template: ResponseTemplate) -> (Result<FieldSet, Kind>, Request) {
    let server = answering(template).await;
    let set = data_fields::set(&oneflow(&server), "51874".parse().unwrap(), &field, &personal(value)).await;
    (set.map_err(|error| error.kind), request(&server).await)
}

fn by_key(key: &str) -> FieldRef {
    FieldRef::Custom(key.parse().unwrap())
}

#[tokio::test]
async fn a_contract_is_read_whole_and_without_a_user() {
    let server = answering(ok(contract())).await;
    let there = contracts::read(&oneflow(&server), "51874".parse().unwrap()).await.unwrap();
    let ContractById::There(read) = there else { panic!("a contract") };
    assert_eq!((read.state.clone(), read.is_cancelled), (ContractState::Pending, Some(false)));
    assert_eq!((read.workspace, read.template_type), ("12345".parse().ok(), "12222".parse().ok()));
    let fields = read.data_fields.as_ref().unwrap();
    let keys: Vec<_> = fields.iter().map(|field| field.custom_id.as_ref().map(ToString::to_string)).collect();
    assert_eq!(keys, [Some("oneflow-start".to_owned()), Some("oneflow-salary".to_owned()), None]);
    let values: Vec<_> = fields.iter().map(|field| field.value.reveal().as_str()).collect();
    assert_eq!(values, ["2026-04-01", "", ""]);
    let dora: Vec<_> = read.counterparties().collect();
    assert_eq!((dora.len(), dora[0].email.as_ref().unwrap().reveal()), (1, "dora@example.com"));
    assert_eq!((&dora[0].delivery, &dora[0].sign_state), (&Some(DeliveryStatus::Bounce), &Some(SignState::Signed)));

    let request = request(&server).await;
    assert_eq!(line(&request), "GET /v1/contracts/51874");
    assert_eq!(header(&request, "x-oneflow-api-token"), Some(TOKEN));
    assert_eq!(
        (header(&request, "x-oneflow-user-email"), header(&request, "accept")),
        (None, Some("application/json"))
    );
}

#[tokio::test]
async fn what_is_missing_for_a_while_costs_no_contract() {
    let bare = json!({"id": 51874, "state": "canceled", "name": "At the top", "template_id": 7});
    let Ok(ContractById::There(read)) = read(ok(bare)).await else { panic!("a contract") };
    assert_eq!(read.state, ContractState::Other("canceled".to_owned()));
    assert_eq!((read.name, read.template), (Some(personal("At the top")), "7".parse().ok()));
    assert_eq!((read.data_fields, read.parties, read.published), (None, Vec::new(), None));
}

#[tokio::test]
async fn what_decides_and_cannot_be_read_is_named() {
    for (path, odd, field) in [
        ("/state", json!(null), "state"),
        ("/state_updated_time", json!("soon"), "state_updated_time"),
        ("/parties/0/my_party", json!(null), "my_party"),
        ("/data_fields/0/value", json!({}), "value"),
        ("/data_fields/0/id", json!("x"), "id"),
    ] {
        let mut value = contract();
        *value.pointer_mut(path).unwrap() = odd;
        let Err(Kind::Invalid(reasons)) = read(ok(value)).await else { panic!("{path}") };
        assert_eq!(reasons[0].field.as_deref(), Some(field));
    }
    let mut other = contract();
    other["id"] = json!(1);
    assert_eq!(read(ok(other)).await, Err(Kind::Unexplained { status: 200 }));
}

#[tokio::test]
async fn only_oneflow_itself_says_that_a_contract_is_deleted() {
    assert_eq!(read(refusal(404, 4_040_000)).await, Ok(ContractById::Deleted));
    assert_eq!(read(ResponseTemplate::new(404).set_body_string("<html>")).await, Err(Kind::WrongAddress));
    assert!(matches!(read(refusal(403, 4_030_000)).await, Err(Kind::RightMissing(_))));
}

#[tokio::test]
async fn a_data_field_is_written_by_key_or_id_in_the_users_name() {
    let answer = |value: &str| ok(json!({"id": 1, "name": "Start", "value": value}));
    let (done, request) = set(by_key("a b/ü"), "2026-04-01", answer("2026-04-01")).await;
    assert_eq!(done, Ok(FieldSet::Done));
    assert_eq!(line(&request), "PUT /v1/contracts/51874/data_fields/c::a%20b%2F%C3%BC");
    assert_eq!(header(&request, "x-oneflow-user-email"), Some("jan@example.com"));
    assert_eq!(request.body_json::<Value>().unwrap(), json!({"value": "2026-04-01"}));

    let (cleared, request) = set(FieldRef::Id("7".parse().unwrap()), "", ok(json!({"id": 7, "value": null}))).await;
    assert_eq!((cleared, line(&request).as_str()), (Ok(FieldSet::Done), "PUT /v1/contracts/51874/data_fields/7"));
}

#[tokio::test]
async fn a_value_that_oneflow_does_not_take_is_told() {
    let start = || by_key("oneflow-start");
    let (kept, _) = set(start(), "x", ok(json!({"id": 1, "value": "of the system"}))).await;
    assert_eq!(kept, Ok(FieldSet::Kept));
    let (signed, _) = set(start(), "x", refusal(409, 4_090_001)).await;
    assert!(matches!(signed, Ok(FieldSet::NotInThisState(reasons)) if reasons[0].code == "4090001"));
    let (long, _) = set(start(), "x", refusal(400, 4_000_000)).await;
    assert!(matches!(long, Ok(FieldSet::Refused(_))));
    let (gone, _) = set(start(), "x", refusal(404, 4_040_000)).await;
    assert_eq!(gone, Err(Kind::Gone));
    let (odd, _) = set(start(), "x", ok(json!([]))).await;
    assert_eq!(odd, Err(Kind::Unexplained { status: 200 }));
}

#[tokio::test]
async fn what_check_asks_is_read() {
    let server = answering(ok(json!({}))).await;
    ping::ping(&oneflow(&server)).await.unwrap();
    assert_eq!(line(&request(&server).await), "GET /v1/ping");

    let listed =
        json!({"id": 12345, "name": "HR", "_permissions": {"contract:create": true}, "date_format": "YYYY-MM-DD"});
    let server = answering(ok(json!({"count": 1, "data": [listed]}))).await;
    let other = oneflow(&server).acting_as("dora@example.com".parse().unwrap());
    let page = workspaces::page(&other, None).await.unwrap();
    assert_eq!((page.items[0].may_create, page.items[0].id), (Some(true), "12345".parse().unwrap()));
    assert_eq!(header(&request(&server).await, "x-oneflow-user-email"), Some("dora@example.com"));

    let jan = json!({"id": 416055, "email": "jan@example.com", "active": true, "is_admin": false, "name": "Jan"});
    let server = answering(ok(json!({"count": 1, "data": [jan]}))).await;
    let page = users::page(&oneflow(&server), None).await.unwrap();
    assert_eq!((page.items[0].is_active, page.items[0].is_admin), (Some(true), Some(false)));
}
