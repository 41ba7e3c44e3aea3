//! Uploading documents.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use twins::personio::Account;

use crate::stage::{DOCUMENTS, Stage, reasons};

fn named(name: &str, size: usize) -> Form {
    Form::new().part("file", Part::bytes(vec![7; size]).file_name(name.to_owned()))
}

async fn uploaded(stage: &Stage, form: Form) -> (u16, String) {
    let answer = stage.personio(DOCUMENTS).multipart(form).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_document_is_described_back() {
    let stage = Stage::new();
    let (status, body) = uploaded(&stage, named("Lebenslauf.PDF", 1234)).await;
    let mut body: Value = serde_json::from_str(&body).unwrap();
    let uuid = body["uuid"].take();
    assert_eq!(status, 200);
    let described = json!({
        "uuid": null, "size": 1234, "mimetype": "application/pdf", "original_filename": "Lebenslauf.PDF",
        "extension": "pdf",
    });
    assert_eq!(body, described);
    assert_eq!(stage.twins.personio().documents()[0].uuid, uuid.as_str().unwrap());
}

#[tokio::test]
async fn twenty_mebibytes_are_taken_and_no_byte_more() {
    const MAX: usize = 20 * 1024 * 1024;
    let stage = Stage::new();
    assert_eq!(uploaded(&stage, named("max.pdf", MAX)).await.0, 200);
    let (status, body) = uploaded(&stage, named("more.pdf", MAX + 1)).await;
    assert_eq!((status, reasons(&body)), (413, vec!["file: errors.file-too-big".to_owned()]));
    assert_eq!(stage.twins.personio().documents().len(), 1);
}

#[tokio::test]
async fn other_types_are_refused() {
    let stage = Stage::new();
    for name in ["cv.exe", "cv.jpeg", "cv.tiff", "pdf"] {
        let (status, body) = uploaded(&stage, named(name, 3)).await;
        assert_eq!((status, reasons(&body)), (422, vec!["file: errors.invalid-file-type".to_owned()]), "{name}");
    }
}

#[tokio::test]
async fn the_form_holds_one_file_and_nothing_else() {
    let stage = Stage::new();
    let file = || Part::bytes(vec![1]).file_name("a.pdf");
    let forms = [
        Form::new(),
        Form::new().part("document", file()),
        Form::new().part("file", file()).part("file", file()),
        Form::new().part("file", file()).text("category", "cv"),
        Form::new().text("file", "no file name"),
    ];
    let refused = json!({"error": {"reason": "Invalid multipart request body and/or headers supplied"}}).to_string();
    for form in forms {
        assert_eq!(uploaded(&stage, form).await, (400, refused.clone()));
    }
    let answer = stage.personio(DOCUMENTS).json(&json!({})).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (400, refused));
    assert!(stage.twins.personio().documents().is_empty());
}

#[tokio::test]
async fn login_and_features_are_answered_without_a_body() {
    let stage = Stage::new();
    let url = stage.url(&format!("/personio{DOCUMENTS}"));
    let answer = stage.client.post(url).multipart(named("a.pdf", 1)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (401, String::new()));
    let disabled = Some("feature.public-api.disabled".to_owned());
    stage.twins.personio().seed("48151", Account { disabled, ..Account::seed() });
    assert_eq!(uploaded(&stage, named("a.pdf", 1)).await, (403, String::new()));
}

#[tokio::test]
async fn another_companys_document_cannot_be_attached() {
    let stage = Stage::new();
    let (_, body) = uploaded(&stage, named("a.pdf", 1)).await;
    let uuid = serde_json::from_str::<Value>(&body).unwrap()["uuid"].clone();
    stage.twins.personio().seed("7", Account { token: "other".to_owned(), ..Account::seed() });
    let mut application = crate::stage::applicant();
    application["files"] = json!([{"uuid": uuid, "original_filename": "a.pdf", "category": "cv"}]);
    let request = stage.client.post(stage.url("/personio/v1/recruiting/applications")).bearer_auth("other");
    let answer = request.header("X-Company-ID", "7").json(&application).send().await.unwrap();
    assert_eq!(reasons(&answer.text().await.unwrap()), ["files[0].uuid: errors.file-validation.file-not-exists"]);
}
