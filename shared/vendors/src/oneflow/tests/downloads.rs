//! Listing and fetching files.

use wiremock::matchers::{method, path, query_param};

use super::super::files::{self, Download};
use super::super::model::FileType;
use super::*;
use crate::Kind;

const LARGEST: u64 = 1000;
const PDF: &[u8] = b"%PDF-1.7\nof Dora";

async fn fetch(server: &MockServer) -> Result<Download, Kind> {
    let download = files::download(&oneflow(server), "51874".parse().unwrap(), "1".parse().unwrap(), LARGEST).await;
    download.map_err(|error| error.kind)
}

/// A stand-in that leads to another, which answers so.
async fn leading_to(template: ResponseTemplate) -> (Result<Download, Kind>, MockServer, MockServer) {
    let storage = answering(template).await;
    let location = format!("{}/bucket/file?X-Amz-Signature=s", storage.uri());
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v1/contracts/51874/files/1"))
        .and(query_param("download", "true"))
        .respond_with(ResponseTemplate::new(302).insert_header("Location", location))
        .mount(&server)
        .await;
    (fetch(&server).await, server, storage)
}

fn bytes(status: u16, body: &[u8]) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "binary/octet-stream")
}

async fn stored(template: ResponseTemplate) -> Result<Download, Kind> {
    leading_to(template).await.0
}

#[tokio::test]
async fn files_are_listed_with_their_types() {
    let listed = json!({"count": 3, "data": [{"id": 2, "type": "VERIFICATION"}, {"id": 1, "type": "contract",
        "extension": "pdf", "name": "of Dora"}, {"id": 9, "type": "poem"}]});
    let server = answering(ok(listed)).await;
    let files = files::list(&oneflow(&server), "51874".parse().unwrap()).await.unwrap();
    let kinds: Vec<_> = files.into_iter().map(|file| file.kind).collect();
    assert_eq!(kinds, [FileType::Verification, FileType::Contract, FileType::Other("poem".to_owned())]);
    assert_eq!(line(&request(&server).await), "GET /v1/contracts/51874/files/");
    let odd = answering(ok(json!({}))).await;
    let error = files::list(&oneflow(&odd), "51874".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn a_redirect_is_followed_without_token_and_user() {
    let (download, server, storage) = leading_to(bytes(200, PDF)).await;
    let Ok(Download::Pdf(file)) = download else { panic!("a PDF") };
    assert_eq!(file.head(), PDF);
    assert_eq!(format!("{file:?}"), format!("FileStream({} bytes)", PDF.len()));
    assert_eq!(header(&request(&server).await, "x-oneflow-api-token"), Some(TOKEN));
    let elsewhere = request(&storage).await;
    assert_eq!(line(&elsewhere), "GET /bucket/file?X-Amz-Signature=s");
    let is_ours = |name: &str| name.starts_with("x-oneflow") || name == "authorization";
    assert!(!elsewhere.headers.keys().any(|name| is_ours(name.as_str())));
}

#[tokio::test]
async fn a_second_redirect_is_not_followed() {
    let again = ResponseTemplate::new(302).insert_header("Location", "http://127.0.0.1:9/elsewhere");
    assert_eq!(stored(again).await.unwrap_err(), Kind::Unexplained { status: 302 });
    for location in ["", "http://[", "mailto:x"] {
        let server = answering(ResponseTemplate::new(302).insert_header("Location", location)).await;
        assert!(fetch(&server).await.is_err(), "{location}");
    }
    let nowhere = answering(ResponseTemplate::new(302)).await;
    assert_eq!(fetch(&nowhere).await.unwrap_err(), Kind::Unexplained { status: 302 });
}

#[tokio::test]
async fn what_is_not_there_yet_is_asked_for_again() {
    for template in [refusal(404, 4_040_000), refusal(409, 4_090_000), bytes(200, b""), ok(json!({"state": "pending"}))]
    {
        assert!(matches!(fetch(&answering(template).await).await, Ok(Download::NotYet)));
    }
    for template in [bytes(403, b"<Error>"), bytes(404, b"<Error>"), bytes(200, b"")] {
        assert!(matches!(stored(template).await, Ok(Download::NotYet)));
    }
}

#[tokio::test]
async fn only_a_pdf_of_the_allowed_size_is_taken() {
    assert!(matches!(stored(bytes(200, b"<html>")).await, Ok(Download::NotAPdf)));
    let large = [PDF, &[b' '; 1000]].concat();
    assert!(matches!(stored(bytes(200, &large)).await, Ok(Download::TooLarge)));
    let direct = answering(bytes(200, PDF)).await;
    assert!(matches!(fetch(&direct).await, Ok(Download::Pdf(_))));
}

#[tokio::test]
async fn trouble_is_told_by_whose_it_is() {
    assert_eq!(stored(bytes(503, b"")).await.unwrap_err(), Kind::Unavailable { retry_after: None });
    assert_eq!(stored(bytes(401, b"")).await.unwrap_err(), Kind::Unexplained { status: 401 });
    assert_eq!(fetch(&answering(refusal(401, 4_010_000)).await).await.unwrap_err(), Kind::LoginRefused);
}
