//! Reading, finding and changing candidates, and whose account it is.

use super::super::candidates::{self, CandidateById, CandidateMatch, CandidateUpdated};
use super::super::model::{CandidateChange, FieldContent};
use super::super::{company, jobs, users};
use super::*;
use crate::Kind;

fn attributes(email: &str) -> Value {
    json!({"first-name": "Dora", "last-name": "Maar", "email": email, "phone": null,
        "updated-at": "2020-05-18T09:43:13.168+02:00", "tags": []})
}

fn value(id: &str, field: &str, content: &Value) -> Value {
    json!({"id": id, "type": "custom-field-values", "attributes": {"field-type": "CustomField::Text", "value": content},
        "relationships": {"custom-field": related("custom-fields", field), "owner": {"links": {}}}})
}

/// A candidate with these values, each of another field.
fn dora(values: &[Value]) -> Value {
    let ids: Vec<_> =
        (1..=values.len()).map(|number| json!({"type": "custom-field-values", "id": number.to_string()})).collect();
    let included = values
        .iter()
        .zip(1..)
        .map(|(content, number): (_, u32)| value(&number.to_string(), &format!("f{number}"), content));
    let included: Vec<_> = included.collect();
    json!({"data": {"id": "1337", "type": "candidates", "attributes": attributes("dora@example.com"),
        "relationships": {"custom-field-values": {"data": ids}, "uploads": {"links": {}}}}, "included": included})
}

async fn read(template: ResponseTemplate) -> Result<CandidateById, Kind> {
    let server = answering(template).await;
    candidates::read(&teamtailor(&server), &"1337".parse().unwrap()).await.map_err(|error| error.kind)
}

async fn find(found: &[(&str, &str)]) -> CandidateMatch {
    let data: Vec<_> = found
        .iter()
        .map(|(id, email)| json!({"id": id, "type": "candidates", "attributes": attributes(email)}))
        .collect();
    let server = answering(ok(json!({"data": data, "links": {"next": null}}))).await;
    candidates::by_email(&teamtailor(&server), &"Dora@Example.com".parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_candidate_is_read_with_all_values() {
    let values =
        [json!("2026-04-01"), json!(true), json!(["Advanced (C1)"]), json!(null), json!([]), json!(1.5), json!(" ")];
    let server = answering(ok(dora(&values))).await;
    let there = candidates::read(&teamtailor(&server), &"1337".parse().unwrap()).await.unwrap();
    let CandidateById::There(candidate) = there else { panic!("a candidate") };
    assert_eq!(candidate.email.unwrap().reveal(), "dora@example.com");
    let contents: Vec<_> = candidate.values.unwrap().into_iter().map(|value| value.content).collect();
    let one = |text: &str| FieldContent::One(personal(text));
    let many = FieldContent::Many(Personal::new(vec!["Advanced (C1)".to_owned()]));
    let empty = FieldContent::Empty;
    let wanted = [one("2026-04-01"), one("true"), many, empty.clone(), empty.clone(), one("1.5"), empty];
    assert_eq!(contents, wanted);

    let request = request(&server).await;
    let include = "include=custom-field-values,custom-field-values.custom-field";
    assert_eq!(line(&request), format!("GET /v1/candidates/1337?{include}"));
    assert_eq!(header(&request, "authorization"), Some("Token token=key-1"));
    assert_eq!((header(&request, "x-api-version"), header(&request, "accept")), (Some("20240904"), Some(JSON_API)));
}

/// A relation without `data` says nothing, so its values are not taken for missing.
#[tokio::test]
async fn values_that_did_not_come_along_are_named() {
    let mut links_only = dora(&[]);
    links_only["data"]["relationships"]["custom-field-values"] = json!({"links": {}});
    let mut not_included = dora(&[json!("x")]);
    not_included["included"] = json!([]);
    let mut without_field = dora(&[json!("x")]);
    without_field["included"][0]["relationships"]["custom-field"] = json!({"links": {}});
    let mut odd = dora(&[json!("x")]);
    odd["included"][0]["attributes"]["value"] = json!({"x": 1});
    for (document, field) in [
        (links_only, "custom-field-values"),
        (not_included, "custom-field-values"),
        (without_field, "custom-field"),
        (odd, "attributes.value"),
    ] {
        let Err(Kind::Invalid(reasons)) = read(ok(document)).await else { panic!("{field}") };
        assert_eq!(reasons[0].field.as_deref(), Some(field));
    }
}

#[tokio::test]
async fn only_teamtailor_itself_says_that_a_candidate_is_gone() {
    assert_eq!(read(refusal(404, "Record not found")).await, Ok(CandidateById::Gone));
    assert_eq!(read(ResponseTemplate::new(404).set_body_string("<html>")).await, Err(Kind::WrongAddress));
}

#[tokio::test]
async fn every_candidate_who_is_found_is_compared() {
    let is_dora = |found: &CandidateMatch| matches!(found, CandidateMatch::One(candidate) if candidate.id == "1".parse().unwrap());
    assert!(is_dora(&find(&[("1", "DORA@example.com"), ("2", "jan@example.com")]).await));
    assert_eq!(find(&[("2", "jan@example.com")]).await, CandidateMatch::Nobody);
    assert_eq!(find(&[("1", "dora@example.com"), ("3", "Dora@example.com")]).await, CandidateMatch::Several(2));
}

#[tokio::test]
async fn a_part_of_everybody_says_nothing() {
    let next = "https://api.teamtailor.com/v1/candidates?page%5Bnumber%5D=2";
    let everybody = ok(json!({"data": [], "links": {"next": next}}));
    let unreadable = ok(json!({"data": [{"type": "candidates", "attributes": attributes("dora@example.com")}]}));
    for template in [everybody, unreadable] {
        let server = answering(template).await;
        let error = candidates::by_email(&teamtailor(&server), &"dora@example.com".parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind, Kind::Incomplete);
        assert_eq!(line(&request(&server).await), "GET /v1/candidates?filter[email]=dora@example.com&page[size]=30");
    }
}

#[tokio::test]
async fn only_what_changes_is_sent() {
    let server = answering(ok(dora(&[]))).await;
    let change = CandidateChange { phone: Some(personal("+49 151 1")), ..CandidateChange::default() };
    let updated = candidates::update(&teamtailor(&server), &"1337".parse().unwrap(), &change).await.unwrap();
    assert_eq!(updated, CandidateUpdated::Done);
    let request = request(&server).await;
    assert_eq!(
        (line(&request).as_str(), header(&request, "content-type")),
        ("PATCH /v1/candidates/1337", Some(JSON_API))
    );
    let wanted = json!({"data": {"type": "candidates", "id": "1337", "attributes": {"phone": "+49 151 1"}}});
    assert_eq!(body(&request), wanted);
    let taken = answering(refusal(422, "has already been taken")).await;
    let refused = candidates::update(&teamtailor(&taken), &"1337".parse().unwrap(), &change).await.unwrap();
    assert!(matches!(refused, CandidateUpdated::Refused(reasons) if reasons[0].code == "has already been taken"));
}

#[tokio::test]
async fn company_recruiter_and_users_are_read() {
    let server =
        answering(ok(json!({"data": {"id": 9, "type": "companies", "attributes": {"name": "Example"}}}))).await;
    let company = company::read(&teamtailor(&server)).await.unwrap();
    assert_eq!((company.id.to_string(), company.name), ("9".to_owned(), Some("Example".to_owned())));
    assert_eq!(line(&request(&server).await), "GET /v1/company");

    let jan = json!({"id": "819", "type": "users", "attributes": {"name": "Jan", "email": "jan@example.com"}});
    let job =
        |user: Value| json!({"data": {"id": "5", "type": "jobs", "relationships": {"user": user}}, "included": [jan]});
    let server = answering(ok(job(related("users", "819")))).await;
    let recruiter = jobs::recruiter(&teamtailor(&server), &"5".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(recruiter.email.unwrap().reveal(), "jan@example.com");
    assert_eq!(line(&request(&server).await), "GET /v1/jobs/5?include=user");
    let nobody = answering(ok(job(json!({"data": null})))).await;
    assert_eq!(jobs::recruiter(&teamtailor(&nobody), &"5".parse().unwrap()).await.unwrap(), None);

    let server = answering(ok(json!({"data": [jan]}))).await;
    assert_eq!(users::page(&teamtailor(&server), None).await.unwrap().items.len(), 1);
    let email = |text: &str| text.parse().unwrap();
    assert!(users::by_email(&teamtailor(&server), &email("JAN@example.com")).await.unwrap().is_some());
    assert_eq!(users::by_email(&teamtailor(&server), &email("dora@example.com")).await.unwrap(), None);
}
