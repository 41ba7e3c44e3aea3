//! Sending a file while it is received, attaching it, and finding it again.

use super::super::model::TransientFile;
use super::super::uploads::{self, Attached};
use super::*;
use crate::file::Opened;
use crate::teamtailor::operations::SEND_FILE;
use crate::{Error, FileStream, Kind};

const PDF: &str = "%PDF-1.7\nof Dora";

/// A file of at most `largest` bytes that another host is sending.
async fn received(bytes: &str, largest: u64) -> FileStream {
    let storage = answering(ResponseTemplate::new(200).set_body_raw(bytes, "binary/octet-stream")).await;
    let http = Http::new().unwrap();
    let response = http.start(SEND_FILE, http.get(storage.uri().parse().unwrap())).await.unwrap();
    match FileStream::open(response, largest).await.unwrap() {
        Opened::File(file) => file,
        other => panic!("{other:?}"),
    }
}

async fn send(server: &MockServer, bytes: &str) -> Result<TransientFile, Error> {
    let name = personal("Employment Dora 51874.pdf");
    uploads::send_pdf(&teamtailor(server), received(bytes, 1_000_000).await, &name).await
}

fn transient(uri: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"uri": uri}))
}

#[tokio::test]
async fn a_file_is_one_part_named_file() {
    let server = answering(transient("transient:abc")).await;
    assert_eq!(send(&server, PDF).await.unwrap(), TransientFile(personal("transient:abc")));
    let request = request(&server).await;
    assert_eq!((line(&request).as_str(), header(&request, "x-api-version")), ("POST /v1/files", Some("20240904")));
    assert!(header(&request, "content-type").unwrap().starts_with("multipart/form-data; boundary="));
    let sent = String::from_utf8(request.body).unwrap();
    assert!(sent.contains("name=\"file\"; filename=\"Employment Dora 51874.pdf\""), "{sent}");
    assert!(sent.contains("Content-Type: application/pdf\r\n") && sent.contains(&format!("\r\n\r\n{PDF}\r\n")));
}

#[tokio::test]
async fn a_name_cannot_end_the_header_that_it_stands_in() {
    let server = answering(transient("transient:abc")).await;
    let name = personal("Dora\r\nX-Other: 1\".pdf");
    uploads::send_pdf(&teamtailor(&server), received(PDF, 1_000_000).await, &name).await.unwrap();
    let sent = String::from_utf8(request(&server).await.body).unwrap();
    assert!(sent.contains("filename=\"Dora  X-Other: 1\\\".pdf\"\r\n"), "{sent}");
}

#[tokio::test]
async fn a_file_of_many_chunks_arrives_whole() {
    let server = answering(transient("transient:abc")).await;
    let long = format!("{PDF}{}", "0123456789".repeat(50_000));
    send(&server, &long).await.unwrap();
    let sent = String::from_utf8(request(&server).await.body).unwrap();
    assert!(sent.contains(&format!("\r\n\r\n{long}\r\n")));
}

#[tokio::test]
async fn bytes_that_became_nothing_are_told() {
    for template in [ok(json!({})), ResponseTemplate::new(201).set_body_string("<html>")] {
        let error = send(&answering(template).await, PDF).await.unwrap_err();
        assert!(matches!(error.kind, Kind::Unexplained { .. }));
    }
    let refused = send(&answering(refusal(422, "is invalid")).await, PDF).await.unwrap_err();
    assert!(matches!(refused.kind, Kind::Invalid(_)));
}

#[tokio::test]
async fn a_file_is_attached_under_its_name() {
    let server = answering(made("uploads")).await;
    let file = TransientFile(personal("transient:abc"));
    let name = personal("Employment Dora 51874.pdf");
    let attached = uploads::attach(&teamtailor(&server), &"3".parse().unwrap(), &file, &name).await.unwrap();
    assert_eq!(attached, Attached::Done("77".parse().unwrap()));
    let request = request(&server).await;
    assert_eq!(line(&request), "POST /v1/uploads");
    let attributes = json!({"url": "transient:abc", "file-name": "Employment Dora 51874.pdf"});
    let relationships = json!({"candidate": related("candidates", "3")});
    let wanted = json!({"data": {"type": "uploads", "attributes": attributes, "relationships": relationships}});
    assert_eq!(body(&request), wanted);
    let refusing = answering(refusal(422, "is invalid")).await;
    let attached = uploads::attach(&teamtailor(&refusing), &"3".parse().unwrap(), &file, &name).await.unwrap();
    assert!(matches!(attached, Attached::Refused(_)));
}

#[tokio::test]
async fn files_are_listed_by_name() {
    let upload =
        json!({"id": "77", "type": "uploads", "attributes": {"file-name": "a.pdf", "url": "https://x.example/s"}});
    let server = answering(ok(json!({"data": [upload]}))).await;
    let page = uploads::page(&teamtailor(&server), &"3".parse().unwrap(), None).await.unwrap();
    assert_eq!(page.items[0].file_name, Some(personal("a.pdf")));
    assert_eq!(line(&request(&server).await), "GET /v1/candidates/3/uploads?page[size]=30");
    let gone = answering(refusal(404, "Record not found")).await;
    let error = uploads::page(&teamtailor(&gone), &"3".parse().unwrap(), None).await.unwrap_err();
    assert_eq!(error.kind, Kind::Gone);
}
