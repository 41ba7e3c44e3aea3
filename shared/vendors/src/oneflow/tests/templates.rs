//! Templates and the data fields of their types.

use super::super::model::TypeDataField;
use super::super::template_types::{self, Replaced};
use super::super::templates;
use super::*;
use crate::Kind;

fn template_type() -> Value {
    json!({"_links": {}, "active": true, "id": 12222, "name": "Employment", "data_fields": [
        {"_links": {}, "active": true, "id": 1, "custom_id": "oneflow-start", "name": "Start", "source": "user",
         "description": "first day", "placeholder": null, "value": ""},
        {"id": 2, "name": "Without a key", "source": "system", "value": "x"}]})
}

#[tokio::test]
async fn templates_tell_their_type() {
    let template = json!({"id": 11111, "name": "Employment", "template_type": {"id": 12222, "name": "Employment"}});
    let server = answering(ok(template.clone())).await;
    let read = templates::read(&oneflow(&server), "11111".parse().unwrap()).await.unwrap();
    assert_eq!(read.template_type, "12222".parse().ok());
    assert_eq!(line(&request(&server).await), "GET /v1/templates/11111");

    let untyped = json!({"id": 2, "name": "Other", "template_type": null});
    let server = answering(ok(json!({"count": 2, "data": [template, untyped]}))).await;
    let page = templates::page(&oneflow(&server), None).await.unwrap();
    let types: Vec<_> = page.items.iter().map(|template| template.template_type).collect();
    assert_eq!(types, ["12222".parse().ok(), None]);
    let gone = answering(refusal(404, 4_040_000)).await;
    let error = templates::read(&oneflow(&gone), "11111".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Gone);
}

#[tokio::test]
async fn a_type_is_read_with_all_its_fields() {
    let server = answering(ok(template_type())).await;
    let read = template_types::read(&oneflow(&server), "12222".parse().unwrap()).await.unwrap();
    let fields = read.data_fields.unwrap();
    let shown: Vec<_> = fields.iter().map(|field| (field.custom_id.is_some(), field.is_system)).collect();
    assert_eq!(shown, [(true, false), (false, true)]);
    let listed = answering(ok(json!({"count": 1, "data": [{"id": 12222, "name": "Employment"}]}))).await;
    let page = template_types::page(&oneflow(&listed), None).await.unwrap();
    assert_eq!(page.items[0].data_fields, None);
}

#[tokio::test]
async fn a_type_with_an_unreadable_field_is_not_read() {
    let mut odd = template_type();
    odd["data_fields"][1]["name"] = json!(null);
    let server = answering(ok(odd)).await;
    let error = template_types::read(&oneflow(&server), "12222".parse().unwrap()).await.unwrap_err();
    assert!(matches!(error.kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some("name")));
}

#[tokio::test]
async fn replacing_sends_what_was_read_and_what_is_added() {
    let server = answering(ok(template_type())).await;
    let oneflow = oneflow(&server);
    let id = "12222".parse().unwrap();
    let mut fields = template_types::read(&oneflow, id).await.unwrap().data_fields.unwrap();
    fields.push(TypeDataField::new("hrsync-key".parse().unwrap(), "hrsync".to_owned()));
    assert_eq!(template_types::replace_data_fields(&oneflow, id, &fields).await.unwrap(), Replaced::Done);
    let request = server.received_requests().await.unwrap().remove(1);
    assert_eq!(line(&request), "PUT /v1/template_types/12222/data_fields");
    assert_eq!(header(&request, "x-oneflow-user-email"), Some("jan@example.com"));
    let wanted = json!({"data_fields": [
        {"id": 1, "custom_id": "oneflow-start", "name": "Start", "description": "first day", "value": ""},
        {"id": 2, "name": "Without a key", "value": "x"},
        {"custom_id": "hrsync-key", "name": "hrsync"}]});
    assert_eq!(request.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn who_does_not_manage_the_account_may_not_replace() {
    let replace = async |template| {
        let server = answering(template).await;
        let replaced = template_types::replace_data_fields(&oneflow(&server), "12222".parse().unwrap(), &[]).await;
        replaced.map_err(|error| error.kind)
    };
    assert!(matches!(replace(refusal(403, 4_030_000)).await, Err(Kind::RightMissing(_))));
    assert!(matches!(replace(refusal(400, 4_000_000)).await, Ok(Replaced::Refused(_))));
}
