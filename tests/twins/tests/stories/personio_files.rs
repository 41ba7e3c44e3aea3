//! Attaching uploaded documents to applications.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use twins::personio::Account;

use crate::stage::{DOCUMENTS, Stage, applicant, applicant_with, reasons};

const NOT_EXISTS: &str = "errors.file-validation.file-not-exists";

/// Uploads a document and gives its uuid.
async fn uploaded(stage: &Stage) -> String {
    let part = Part::bytes(b"%PDF-1.7".to_vec()).file_name("a.pdf");
    let answer = stage.personio(DOCUMENTS).multipart(Form::new().part("file", part)).send().await.unwrap();
    answer.json::<Value>().await.unwrap()["uuid"].as_str().unwrap().to_owned()
}

/// An application with these files.
fn with_files(email: &str, uuids: &[&str]) -> Value {
    let file = |uuid: &&str| json!({"uuid": uuid, "original_filename": "a.pdf", "category": "cv"});
    applicant_with(json!({"email": email, "files": uuids.iter().map(file).collect::<Vec<_>>()}))
}

/// Status and field errors of an application.
async fn told(stage: &Stage, body: &Value) -> (u16, Vec<String>) {
    let (status, body) = stage.applied(body).await;
    (status, if body.is_empty() { Vec::new() } else { reasons(&body) })
}

#[tokio::test]
async fn another_companys_document_cannot_be_attached() {
    let stage = Stage::new();
    let uuid = uploaded(&stage).await;
    stage.twins.personio().seed("7", Account { token: "other".to_owned(), ..Account::seed() });
    let request = stage.client.post(stage.url("/personio/v1/recruiting/applications")).bearer_auth("other");
    let request = request.header("X-Company-ID", "7").json(&with_files("a@example.com", &[&uuid]));
    let answer = request.send().await.unwrap();
    assert_eq!(reasons(&answer.text().await.unwrap()), [format!("files[0].uuid: {NOT_EXISTS}")]);
}

#[tokio::test]
async fn a_document_waits_only_so_long() {
    let stage = Stage::new();
    stage.faults(json!({"clock": {"now": "2026-03-01T10:00:00Z"}})).await;
    let account = json!({"token": "twin-recruiting-token", "published_jobs": [1_834_171], "document_seconds": 600});
    let door = stage.url("/_twin/personio/accounts/48151");
    assert_eq!(stage.client.put(door).json(&account).send().await.unwrap().status(), 204);
    let uuid = uploaded(&stage).await;
    stage.faults(json!({"clock": {"advance_seconds": 599}})).await;
    assert_eq!(told(&stage, &with_files("a@example.com", &[&uuid])).await, (201, vec![]));
    stage.faults(json!({"clock": {"advance_seconds": 1}})).await;
    let gone = (400, vec![format!("files[0].uuid: {NOT_EXISTS}")]);
    assert_eq!(told(&stage, &with_files("b@example.com", &[&uuid])).await, gone);
    let again = uploaded(&stage).await;
    assert_eq!(told(&stage, &with_files("b@example.com", &[&again])).await, (201, vec![]));
}

#[tokio::test]
async fn a_document_can_be_attached_often_unless_the_account_says_once() {
    let stage = Stage::new();
    let uuid = uploaded(&stage).await;
    for email in ["a@example.com", "b@example.com"] {
        assert_eq!(told(&stage, &with_files(email, &[&uuid])).await, (201, vec![]));
    }
    stage.twins.personio().seed("48151", Account { documents_attach_once: true, ..Account::seed() });
    let (used, fresh) = (uuid, uploaded(&stage).await);
    let refused = (400, vec![format!("files[0].uuid: {NOT_EXISTS}")]);
    assert_eq!(told(&stage, &with_files("c@example.com", &[&used, &fresh])).await, refused);
    let doubled = (400, vec![format!("files[1].uuid: {NOT_EXISTS}")]);
    assert_eq!(told(&stage, &with_files("c@example.com", &[&fresh, &fresh])).await, doubled);
    assert_eq!(told(&stage, &with_files("c@example.com", &[&fresh])).await, (201, vec![]), "a refusal uses nothing up");
    assert_eq!(told(&stage, &with_files("d@example.com", &[&fresh])).await, refused);
}

#[tokio::test]
async fn a_duplicate_whose_documents_are_gone_is_told_both() {
    let stage = Stage::new();
    stage.apply(&applicant()).await;
    let email = applicant()["email"].as_str().unwrap().to_owned();
    let (status, errors) = told(&stage, &with_files(&email, &["gone-1", "gone-2"])).await;
    let both = [
        "email: errors.applicant-already-exists".to_owned(),
        format!("files[0].uuid: {NOT_EXISTS}"),
        format!("files[1].uuid: {NOT_EXISTS}"),
    ];
    assert_eq!((status, errors), (400, both.to_vec()));
    assert_eq!(stage.held(), 1);
}
