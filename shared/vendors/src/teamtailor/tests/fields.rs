//! Custom fields, their options and values.

use std::time::Duration;

use jiff::civil::date;
use wiremock::matchers::{path, query_param, query_param_is_missing};

use super::super::custom_fields::{self, FieldCreated};
use super::super::field_values::{self, Written};
use super::super::model::{CustomFieldKind, NewCustomField, NewFieldValue};
use super::*;
use crate::Kind;

fn field(id: u32, resource: &str, kind: Value) -> Value {
    let attributes = json!({"name": "Start", "api-name": format!("oneflow-{id}"), "field-type": kind});
    json!({"id": id.to_string(), "type": resource, "attributes": attributes})
}

fn page(data: &[Value], next: Option<u32>) -> ResponseTemplate {
    let link = |page| format!("https://api.teamtailor.com/v1/x?page%5Bnumber%5D={page}&page%5Bsize%5D=30");
    ok(json!({"data": data, "links": {"next": next.map(link)}}))
}

fn option(id: usize) -> Value {
    json!({"id": id.to_string(), "type": "custom-field-options", "attributes": {"value": format!("Label {id}")}})
}

#[tokio::test]
async fn fields_to_select_from_stand_among_the_others() {
    let server = MockServer::start().await;
    let first = [field(1, "custom-fields", json!("CustomField::Date")), field(2, "custom-field-selects", json!(null))];
    let second = [
        field(3, "custom-field-selects", json!("CustomField::MultiSelect")),
        field(4, "custom-fields", json!("CustomField::Poem")),
    ];
    let asked = || Mock::given(path("/v1/custom-fields")).and(query_param("page[size]", "30"));
    asked().and(query_param_is_missing("page[number]")).respond_with(page(&first, Some(2))).mount(&server).await;
    asked().and(query_param("page[number]", "2")).respond_with(page(&second, None)).mount(&server).await;
    let fields = custom_fields::all(&teamtailor(&server), Duration::ZERO).await.unwrap();
    let kinds: Vec<_> = fields.iter().map(|field| field.kind.clone()).collect();
    let poem = CustomFieldKind::Other("Poem".to_owned());
    assert_eq!(kinds, [CustomFieldKind::Date, CustomFieldKind::Select, CustomFieldKind::MultiSelect, poem]);
    assert_eq!(fields[2].api_name, "oneflow-3");
}

#[tokio::test]
async fn a_list_with_an_unreadable_field_is_not_whole() {
    let server = answering(page(&[field(1, "custom-fields", json!(null))], None)).await;
    assert_eq!(custom_fields::all(&teamtailor(&server), Duration::ZERO).await.unwrap_err().kind, Kind::Incomplete);
}

#[tokio::test]
async fn hundreds_of_options_are_read_to_the_end() {
    let server = MockServer::start().await;
    for number in 1..=9 {
        let ids: Vec<_> = ((number - 1) * 30..250_usize.min(number * 30)).map(|id| option(id + 1)).collect();
        let next = (number < 9).then(|| u32::try_from(number + 1).unwrap());
        let asked = Mock::given(path("/v1/custom-field-options")).and(query_param("filter[custom-field]", "4"));
        let asked = match number {
            1 => asked.and(query_param_is_missing("page[number]")),
            _ => asked.and(query_param("page[number]", number.to_string())),
        };
        asked.respond_with(page(&ids, next)).mount(&server).await;
    }
    let options = custom_fields::options(&teamtailor(&server), &"4".parse().unwrap(), Duration::ZERO).await.unwrap();
    assert_eq!((options.len(), options[249].label.as_str()), (250, "Label 250"));
}

#[tokio::test]
async fn a_value_is_created_with_field_and_owner() {
    let server = answering(made("custom-field-values")).await;
    let (candidate, field) = ("3".parse().unwrap(), "4".parse().unwrap());
    let value = NewFieldValue::date(date(2026, 4, 1));
    let written = field_values::create(&teamtailor(&server), &candidate, &field, &value).await.unwrap();
    assert_eq!(written, Written::Done);
    let request = request(&server).await;
    assert_eq!(line(&request), "POST /v1/custom-field-values");
    let wanted = json!({"data": {"type": "custom-field-values", "attributes": {"value": "2026-04-01"},
        "relationships": {"custom-field": related("custom-fields", "4"), "owner": related("candidates", "3")}}});
    assert_eq!(body(&request), wanted);
}

#[tokio::test]
async fn a_value_is_changed_by_its_id() {
    let server = answering(ok(json!({"data": {"id": "70", "type": "custom-field-values"}}))).await;
    let (id, candidate, field) = ("70".parse().unwrap(), "3".parse().unwrap(), "4".parse().unwrap());
    let value = NewFieldValue::options(&["12".parse().unwrap()]);
    let written = field_values::update(&teamtailor(&server), &id, &candidate, &field, &value).await.unwrap();
    assert_eq!(written, Written::Done);
    let request = request(&server).await;
    assert_eq!(line(&request), "PATCH /v1/custom-field-values/70");
    let sent = body(&request);
    assert_eq!((&sent["data"]["id"], &sent["data"]["attributes"]), (&json!("70"), &json!({"value": ["12"]})));
    assert!(sent.pointer("/data/relationships/owner/data").is_some());
}

#[tokio::test]
async fn a_value_may_be_refused_or_have_lost_its_field() {
    let (candidate, field) = ("3".parse().unwrap(), "4".parse().unwrap());
    let create = async |template| {
        let server = answering(template).await;
        let written = field_values::create(&teamtailor(&server), &candidate, &field, &NewFieldValue::text("x")).await;
        written.map_err(|error| error.kind)
    };
    assert!(matches!(create(refusal(422, "is invalid")).await, Ok(Written::Refused(_))));
    assert_eq!(create(refusal(404, "Record not found")).await, Err(Kind::Gone));
    assert_eq!(create(ResponseTemplate::new(201)).await, Err(Kind::Unexplained { status: 201 }));
}

#[test]
fn values_have_the_form_of_their_kind() {
    for (value, wanted) in [
        (NewFieldValue::text("x"), json!("x")),
        (NewFieldValue::email(&"dora@example.com".parse().unwrap()), json!("dora@example.com")),
        (NewFieldValue::checkbox(true), json!(true)),
        (NewFieldValue::number(7.into()), json!(7)),
        (NewFieldValue::empty(), json!(null)),
    ] {
        assert_eq!(*value.json(), wanted);
    }
}

fn city() -> NewCustomField {
    let (name, api_name) = ("City".to_owned(), "oneflow-city".to_owned());
    NewCustomField { name, api_name, kind: CustomFieldKind::Date }
}

#[tokio::test]
async fn a_field_is_made_with_name_and_kind() {
    let made = json!({"data": field(9, "custom-fields", json!("CustomField::Date"))});
    let server = answering(ResponseTemplate::new(201).set_body_raw(made.to_string(), JSON_API)).await;
    let made = custom_fields::create(&teamtailor(&server), &city()).await.unwrap();
    assert!(matches!(made, FieldCreated::Made(field) if field.api_name == "oneflow-9"));
    let request = request(&server).await;
    assert_eq!(line(&request), "POST /v1/custom-fields");
    let attributes = json!({"name": "City", "api-name": "oneflow-city", "field-type": "CustomField::Date"});
    assert_eq!(body(&request), json!({"data": {"type": "custom-fields", "attributes": attributes}}));
}

#[tokio::test]
async fn a_field_whose_name_is_taken_is_refused() {
    let create = async |template| {
        let server = answering(template).await;
        custom_fields::create(&teamtailor(&server), &city()).await.map_err(|error| error.kind)
    };
    let refused = create(refusal(422, "has already been taken")).await;
    assert!(matches!(refused, Ok(FieldCreated::Refused(reasons)) if reasons[0].code == "has already been taken"));
    assert_eq!(create(made("custom-fields")).await, Err(Kind::Unexplained { status: 201 }));
}
