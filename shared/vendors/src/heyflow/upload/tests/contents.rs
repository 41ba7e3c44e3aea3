//! Files whose names say another type than their content, or none.

use wiremock::ResponseTemplate;

use super::super::office::tests::{LETTER, ole, zip};
use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn typed(bytes: &[u8], media_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(bytes, media_type)
}

/// What becomes of a file that may be large enough for an office document.
async fn fetched(answer: ResponseTemplate, path: &str) -> Result<Upload, FetchErrorKind> {
    let (server, mut guard) = host(answer).await;
    guard.rules.largest = 100_000;
    guard.fetch(&format!("{}{path}", server.uri()), "CV").await.map_err(|fault| fault.kind)
}

/// The name under which a file goes on, and the ending that was changed.
async fn sent_on(bytes: &[u8], media_type: &str, path: &str) -> (String, Option<String>) {
    let upload = fetched(typed(bytes, media_type), path).await.unwrap();
    assert!(upload.name.reveal().ends_with(&format!(".{}", upload.extension)));
    (upload.name.reveal().clone(), upload.renamed_from)
}

#[tokio::test]
async fn a_file_without_an_ending_gets_that_of_its_content() {
    for (bytes, media_type, expected) in [
        (zip(LETTER), "application/octet-stream", "CV.docx"),
        (ole("WordDocument"), "application/octet-stream", "CV.doc"),
        (ole("Other"), "application/msword", "CV.doc"),
        (b"just text".to_vec(), "text/plain; charset=utf-8", "CV.txt"),
        (b"a;b\n1;2\n".to_vec(), "text/csv", "CV.csv"),
        (br"{\rtf1\ansi}".to_vec(), "application/octet-stream", "CV.rtf"),
    ] {
        assert_eq!(sent_on(&bytes, media_type, "/8c1f2e").await, (expected.to_owned(), None), "{media_type}");
    }
    let fault = fetched(typed(&ole("Other"), "application/octet-stream"), "/8c1f2e").await;
    assert_eq!(fault, Err(FetchErrorKind::Extension(None)));
}

#[tokio::test]
async fn a_name_keeps_its_stem_and_gets_the_ending_of_its_content() {
    for (bytes, path, expected, from) in [
        (PNG.to_vec(), "/Mina.jpg", "Mina.png", "jpg"),
        (br"{\rtf1\ansi}".to_vec(), "/Mina.doc", "Mina.rtf", "doc"),
        (zip(LETTER), "/Mina.doc", "Mina.docx", "doc"),
        (ole("WordDocument"), "/Mina.docx", "Mina.doc", "docx"),
        (zip(LETTER), "/Mina.zip", "Mina.docx", "zip"),
        (zip(&[("Index/Document.iwa", b"x")]), "/Mina.pages", "Mina.zip", "pages"),
        (PDF.to_vec(), "/Mina.pdf.exe", "Mina.pdf", "exe"),
        (b"# Me".to_vec(), "/Mina.md", "Mina.txt", "md"),
    ] {
        let sent = sent_on(&bytes, "application/octet-stream", path).await;
        assert_eq!(sent, (expected.to_owned(), Some(from.to_owned())), "{path}");
    }
    let named = |name: &str| {
        ResponseTemplate::new(200)
            .set_body_bytes(PDF)
            .insert_header("content-disposition", format!("attachment; filename={name}"))
    };
    let upload = fetched(named("cv.exe"), "/x").await.unwrap();
    assert_eq!((upload.name.reveal().as_str(), upload.renamed_from.as_deref()), ("cv.pdf", Some("exe")));
    let upload = fetched(named("Lebenslauf.Mina"), "/x").await.unwrap();
    assert_eq!((upload.name.reveal().as_str(), upload.renamed_from), ("Lebenslauf.Mina.pdf", None));
}

#[tokio::test]
async fn a_name_that_fits_stays_as_it_is() {
    for (bytes, path) in [
        (zip(LETTER), "/Mina.docx"),
        (zip(LETTER)[..60].to_vec(), "/Mina.docx"),
        (ole("Other"), "/Mina.xls"),
        (b"\0\0\0\x18ftypisom\0\0\0\0".to_vec(), "/Mina.mp4"),
        (b"text\0\x01".to_vec(), "/Mina.txt"),
    ] {
        let sent = sent_on(&bytes, "application/octet-stream", path).await;
        assert_eq!(sent, (path[1..].to_owned(), None), "{path}");
    }
}

#[tokio::test]
async fn a_type_that_the_target_does_not_take_is_named() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1";
    for path in ["/Mina.heic", "/Mina.jpg", "/8c1f2e"] {
        let fault = fetched(typed(heic, "image/heic"), path).await.unwrap_err();
        assert_eq!(fault, FetchErrorKind::Extension(Some("heif")), "{path}");
    }
    let macros: &[(&str, &[u8])] =
        &[("[Content_Types].xml", b"x"), ("word/vbaProject.bin", b"x"), ("word/document.xml", b"x")];
    let fault = fetched(typed(&zip(macros), "application/octet-stream"), "/Mina.docx").await.unwrap_err();
    assert_eq!(
        fault.to_string(),
        "no files of this type (docm) can be added, nor by hand: convert it first, to PDF say"
    );
}
