//! Uploading documents.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use twins::personio::Account;

use crate::stage::{DOCUMENTS, Stage, reasons};

fn named(name: &str, size: usize) -> Form {
    holding(name, vec![7; size])
}

fn holding(name: &str, content: Vec<u8>) -> Form {
    Form::new().part("file", Part::bytes(content).file_name(name.to_owned()))
}

async fn uploaded(stage: &Stage, form: Form) -> (u16, String) {
    let answer = stage.personio(DOCUMENTS).multipart(form).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_document_is_described_back() {
    let stage = Stage::new();
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(1234, 7);
    let (status, body) = uploaded(&stage, holding("Lebenslauf.PDF", content)).await;
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
    stage.twins.personio().seed("48151", Account { document_bytes: 10, ..Account::seed() });
    assert_eq!(uploaded(&stage, named("ten.pdf", 10)).await.0, 200);
    assert_eq!(uploaded(&stage, named("eleven.pdf", 11)).await.0, 413);
}

#[tokio::test]
async fn other_types_are_refused() {
    let stage = Stage::new();
    for name in ["cv.exe", "cv.jpeg", "cv.tiff", "pdf", ".pdf", " .pdf", "a/cv.pdf", "..\\cv.pdf"] {
        let (status, body) = uploaded(&stage, named(name, 3)).await;
        assert_eq!((status, reasons(&body)), (422, vec!["file: errors.invalid-file-type".to_owned()]), "{name}");
    }
}

#[tokio::test]
async fn a_page_a_program_or_nothing_is_refused_under_any_name() {
    let stage = Stage::new();
    for content in [
        &b""[..],
        b"<!DOCTYPE html><html>",
        b"\xEF\xBB\xBF\r\n <HTML lang=de>",
        b"<script>",
        b"MZ\x90\0",
        b"\x7FELF\x02",
    ] {
        for name in ["cv.pdf", "cv.txt"] {
            let (status, body) = uploaded(&stage, holding(name, content.to_vec())).await;
            assert_eq!((status, reasons(&body)), (422, vec!["file: errors.invalid-file-type".to_owned()]), "{name}");
        }
    }
    assert!(stage.twins.personio().documents().is_empty());
}

#[tokio::test]
async fn the_type_is_that_of_the_content() {
    let stage = Stage::new();
    for (name, content, mimetype) in [
        ("a.pdf", &b"%PDF-1.4"[..], "application/pdf"),
        ("a.pdf", b"\x89PNG\r\n\x1A\n", "image/png"),
        ("a.pdf", b"plain words", "text/plain"),
        ("a.pdf", b"\x01\x02", "application/octet-stream"),
        ("a.csv", b"a;b\r\n", "text/csv"),
        ("a.jpg", b"\xFF\xD8\xFF\xE0", "image/jpeg"),
        ("a.bmp", b"BM\x01\0", "image/bmp"),
        ("a.zip", b"PK\x03\x04", "application/zip"),
        ("a.DOCX", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/msword"),
        ("a.mov", b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        ("a.mp4", b"\0\0\0\x14ftypisom", "video/mp4"),
    ] {
        let (status, body) = uploaded(&stage, holding(name, content.to_vec())).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &body["mimetype"]), (200, &json!(mimetype)), "{name}");
    }
}

#[tokio::test]
async fn a_file_named_only_by_filename_star_has_no_name() {
    let stage = Stage::new();
    let call = async |named: &str| {
        let part =
            format!("--b\r\ncontent-disposition: form-data; name=\"file\"; {named}\r\n\r\n%PDF-1.7\r\n--b--\r\n");
        let request = stage.personio(DOCUMENTS).header("content-type", "multipart/form-data; boundary=b");
        request.body(part).send().await.unwrap().status().as_u16()
    };
    assert_eq!(call("filename*=UTF-8''cv.pdf").await, 400);
    assert_eq!(call("filename=\"cv.pdf\"; filename*=UTF-8''other.pdf").await, 200);
    assert_eq!(stage.twins.personio().documents()[0].original_filename, "cv.pdf");
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
