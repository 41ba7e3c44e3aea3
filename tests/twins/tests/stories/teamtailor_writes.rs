//! Writes of Teamtailor: values of every kind, candidates, applications, uploads, notes, custom fields.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use twins::teamtailor::{NullClears, SecondValue};

use crate::teamtailor_stage::{AGENCY, Teamtailor, every_kind, told, value_of};

#[tokio::test]
async fn a_value_of_every_kind_is_written_and_read() {
    let teamtailor = Teamtailor::with(|account| account.custom_fields = every_kind(3));
    let candidate = teamtailor.applied().await.candidate;
    for (field, sent, read) in [
        (101, json!("Text"), json!("Text")),
        (102, json!("a@b.example"), json!("a@b.example")),
        (103, json!("https://a.example/b"), json!("https://a.example/b")),
        (104, json!("070 123"), json!("070 123")),
        (105, json!("2026-05-01"), json!("2026-05-01")),
        (106, json!(true), json!("true")),
        (107, json!(12.5), json!(12.5)),
        (108, json!(["1002"]), json!(["Option 1002"])),
        (109, json!(["2003", "2001"]), json!(["Option 2003", "Option 2001"])),
    ] {
        let (status, made) = teamtailor.value(candidate, field, sent).await;
        assert_eq!((status, &made["data"]["attributes"]["value"]), (201, &read), "{field}");
        assert_eq!(teamtailor.twin().value(AGENCY, candidate, &format!("field-{field}")), read);
    }
    teamtailor.change(|account| {
        (account.native_checkboxes, account.numbers_as_text) = (true, true);
        (account.dates_with_time, account.selects_as_ids) = (true, true);
    });
    let read = |field: u64| teamtailor.twin().value(AGENCY, candidate, &format!("field-{field}"));
    assert_eq!((read(106), read(107), read(108)), (json!(true), json!("12.5"), json!(["1002"])));
    assert_eq!(read(105), json!("2026-05-01T00:00:00.000+00:00"));
}

#[tokio::test]
async fn values_that_do_not_fit_are_refused() {
    let teamtailor = Teamtailor::with(|account| account.custom_fields = every_kind(3));
    let candidate = teamtailor.applied().await.candidate;
    for (field, sent) in [
        (101, json!(7)),
        (102, json!("nobody")),
        (103, json!("a.example")),
        (105, json!("01/05/2026")),
        (106, json!("yes")),
        (107, json!("12")),
        (108, json!("1002")),
        (108, json!(["1001", "1002"])),
        (108, json!(["Option 1002"])),
        (109, json!(["1002"])),
        (101, json!("")),
    ] {
        let (status, body) = teamtailor.value(candidate, field, sent.clone()).await;
        let expected = if field == 101 && sent == "" { 201 } else { 422 };
        assert_eq!(status, expected, "{field} {sent}: {body}");
    }
    let (_, body) = teamtailor.value(candidate, 106, json!("yes")).await;
    let error = &body["errors"][0];
    assert_eq!((&error["source"]["pointer"], &error["status"]), (&json!("/data/attributes/value"), &json!("422")));
    teamtailor.change(|account| account.integer_status = true);
    assert_eq!(teamtailor.value(1, 106, json!(true)).await.1["errors"][0]["status"], 422);
    let plain = teamtailor.request(Method::POST, "/custom-field-values").json(&json!({"data": {}}));
    assert_eq!(plain.send().await.unwrap().status(), 415);
}

#[tokio::test]
async fn a_second_value_is_refused_doubled_or_an_update() {
    let teamtailor = Teamtailor::new();
    let candidate = teamtailor.applied().await.candidate;
    let (_, made) = teamtailor.value(candidate, 71, json!("2026-05-01")).await;
    let id = made["data"]["id"].as_str().unwrap().to_owned();
    assert_eq!(teamtailor.value(candidate, 71, json!("2026-06-01")).await.0, 422);
    teamtailor.change(|account| account.second_value = SecondValue::Updates);
    let (status, updated) = teamtailor.value(candidate, 71, json!("2026-06-01")).await;
    assert_eq!((status, updated["data"]["id"].as_str()), (200, Some(id.as_str())));
    teamtailor.change(|account| account.second_value = SecondValue::Doubled);
    assert_eq!(teamtailor.value(candidate, 71, json!("2026-07-01")).await.0, 201);
    let path = format!("/candidates/{candidate}/custom-field-values");
    assert_eq!(teamtailor.get(&path).await.1["meta"]["record-count"], 2);
}

#[tokio::test]
async fn a_value_is_changed_and_cleared() {
    let teamtailor = Teamtailor::new();
    let candidate = teamtailor.applied().await.candidate;
    let (_, made) = teamtailor.value(candidate, 71, json!("2026-05-01")).await;
    let path = format!("/custom-field-values/{}", made["data"]["id"].as_str().unwrap());
    let change = async |value: Value| {
        let mut data = value_of(candidate, 71, value);
        data["id"] = made["data"]["id"].clone();
        teamtailor.send(Method::PATCH, &path, &data).await
    };
    assert_eq!(change(json!("2026-06-01")).await.1["data"]["attributes"]["value"], "2026-06-01");
    assert_eq!(change(json!("")).await.0, 422);
    assert_eq!(change(Value::Null).await.1["data"]["attributes"]["value"], Value::Null);
    teamtailor.change(|account| account.null_clears = NullClears::Empty);
    assert_eq!(change(Value::Null).await.0, 422);
    assert_eq!(change(json!("")).await.0, 200);
    let without_id = value_of(candidate, 71, json!("2026-06-01"));
    assert_eq!(teamtailor.send(Method::PATCH, &path, &without_id).await.0, 400);
}

#[tokio::test]
async fn candidates_and_applications_are_changed() {
    let teamtailor = Teamtailor::new();
    let applied = teamtailor.applied().await;
    let path = format!("/candidates/{}", applied.candidate);
    let candidate = |attributes: Value| json!({"id": applied.candidate.to_string(), "type": "candidates", "attributes": attributes});
    let (status, changed) = teamtailor.send(Method::PATCH, &path, &candidate(json!({"last-name": "Holm"}))).await;
    assert_eq!((status, &changed["data"]["attributes"]["last-name"]), (200, &json!("Holm")));
    assert_eq!(teamtailor.send(Method::PATCH, &path, &candidate(json!({"email": "nobody"}))).await.0, 422);
    assert_eq!(teamtailor.send(Method::PATCH, &path, &candidate(json!({"created-at": "x"}))).await.0, 400);
    let path = format!("/job-applications/{}", applied.application);
    let stage = |id: &str| {
        let stage = json!({"data": {"id": id, "type": "stages"}});
        json!({"id": applied.application.to_string(), "type": "job-applications", "relationships": {"stage": stage}})
    };
    assert_eq!(teamtailor.send(Method::PATCH, &path, &stage("53")).await.0, 200);
    assert_eq!(teamtailor.twin().applications(AGENCY)[0].stage, 53);
    assert_eq!(teamtailor.send(Method::PATCH, &path, &stage("99")).await.0, 422);
    assert_eq!(teamtailor.send(Method::POST, "/candidates", &candidate(json!({}))).await.0, 405);
}

#[tokio::test]
async fn bytes_are_sent_and_then_attached() {
    let teamtailor = Teamtailor::new();
    let candidate = teamtailor.applied().await.candidate;
    let file = async || {
        let part = Part::bytes(b"%PDF-1.4".to_vec()).file_name("c.pdf").mime_str("application/pdf").unwrap();
        let request = teamtailor.request(Method::POST, "/files").multipart(Form::new().part("file", part));
        told(request.send().await.unwrap()).await.1["uri"].as_str().unwrap().to_owned()
    };
    let upload = async |url: &str| {
        let owner = json!({"data": {"id": candidate.to_string(), "type": "candidates"}});
        let attributes = json!({"url": url, "file-name": "contract-8000001.pdf"});
        let data = json!({"type": "uploads", "attributes": attributes, "relationships": {"candidate": owner}});
        teamtailor.send(Method::POST, "/uploads", &data).await.0
    };
    let uri = file().await;
    assert_eq!((upload(&uri).await, upload(&uri).await), (201, 201), "nothing tells one from the other");
    let held = teamtailor.twin().uploads(AGENCY, candidate);
    assert_eq!((held.len(), held[0].content.as_slice()), (2, b"%PDF-1.4".as_slice()));
    let (_, listed) = teamtailor.get(&format!("/candidates/{candidate}/uploads")).await;
    assert_eq!(listed["data"][1]["attributes"]["file-name"], "contract-8000001.pdf");
    let late = file().await;
    teamtailor.later(60);
    assert_eq!((upload(&late).await, upload("https://files.example/c.pdf").await), (422, 422));
    let unnamed = teamtailor.request(Method::POST, "/files").multipart(Form::new().text("file", "x"));
    assert_eq!(unnamed.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn notes_name_candidate_and_user() {
    let teamtailor = Teamtailor::new();
    let candidate = teamtailor.applied().await.candidate;
    let note = |user: &str| {
        let to = |id: &str, kind: &str| json!({"data": {"id": id, "type": kind}});
        let relationships = json!({"candidate": to(&candidate.to_string(), "candidates"), "user": to(user, "users")});
        json!({"type": "notes", "attributes": {"note": "Signed."}, "relationships": relationships})
    };
    assert_eq!(teamtailor.send(Method::POST, "/notes", &note("61")).await.0, 201);
    assert_eq!(teamtailor.send(Method::POST, "/notes", &note("99")).await.0, 422);
    assert_eq!(teamtailor.twin().notes(AGENCY, candidate)[0].note, "Signed.");
    assert_eq!(teamtailor.get("/notes").await.1["data"][0]["attributes"]["user-id"], 61);
}

#[tokio::test]
async fn custom_fields_are_added() {
    let teamtailor = Teamtailor::new();
    let field = |attributes: Value| json!({"type": "custom-fields", "attributes": attributes});
    let number = json!({"name": "Hours a week", "field-type": "CustomField::Number"});
    let (status, made) = teamtailor.send(Method::POST, "/custom-fields", &field(number.clone())).await;
    assert_eq!((status, &made["data"]["attributes"]["api-name"]), (201, &json!("hours-a-week")));
    assert_eq!(teamtailor.send(Method::POST, "/custom-fields", &field(number)).await.0, 422);
    let wrong = json!({"name": "X", "field-type": "CustomField::Select"});
    assert_eq!(teamtailor.send(Method::POST, "/custom-fields", &field(wrong)).await.0, 422);
    let attributes = json!({"name": "Office", "api-name": "oneflow-office", "select-options": ["Lund", "Berlin"]});
    let select = json!({"type": "custom-field-selects", "attributes": attributes});
    let (status, made) = teamtailor.send(Method::POST, "/custom-field-selects", &select).await;
    let path = format!("/custom-field-selects/{}/custom-field-options", made["data"]["id"].as_str().unwrap());
    assert_eq!((status, &teamtailor.get(&path).await.1["data"][0]["attributes"]["value"]), (201, &json!("Lund")));
}
