//! What is fetched, under which name, and which answers are no file.

use wiremock::ResponseTemplate;

use super::*;

fn pdf() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_bytes(PDF)
}

fn named(disposition: &str) -> ResponseTemplate {
    let value = http::HeaderValue::from_bytes(disposition.as_bytes()).unwrap();
    pdf().insert_header("content-disposition", value)
}

async fn name(answer: ResponseTemplate, path: &str) -> String {
    fetched(answer, path).await.unwrap().name.reveal().clone()
}

#[tokio::test]
async fn a_file_arrives_whole_and_debug_shows_neither_name_nor_content() {
    let upload = fetched(pdf(), "/a/Lebenslauf%20Mina.PDF?token=1").await.unwrap();
    assert_eq!(upload.bytes, PDF);
    assert_eq!(upload.extension, "pdf");
    assert_eq!(upload.name.reveal(), "Lebenslauf Mina.pdf");
    assert_eq!(format!("{upload:?}"), format!("Upload(pdf, {} bytes)", PDF.len()));
}

#[tokio::test]
async fn the_request_carries_nothing_that_it_need_not() {
    let (server, guard) = host(pdf()).await;
    guard.fetch(&format!("{}/cv.pdf", server.uri()), "CV").await.unwrap();
    let requests = server.received_requests().await.unwrap();
    let mut headers: Vec<_> = requests[0].headers.keys().map(http::HeaderName::as_str).collect();
    headers.sort_unstable();
    assert_eq!(headers, ["accept", "accept-encoding", "host", "user-agent"]);
    assert_eq!(requests[0].headers["accept-encoding"], "identity");
}

#[tokio::test]
async fn redirects_are_followed_up_to_the_limit() {
    let server = MockServer::start().await;
    for hop in 0..5 {
        let answer = ResponseTemplate::new(302).insert_header("location", format!("/{}/x", hop + 1));
        Mock::given(wiremock::matchers::path(format!("/{hop}/x"))).respond_with(answer).mount(&server).await;
    }
    Mock::given(wiremock::matchers::path("/5/x")).respond_with(pdf()).mount(&server).await;
    let guard = Guard::new(rules(vec![local(&server.uri())])).unwrap();
    let upload = guard.fetch(&format!("{}/2/x", server.uri()), "CV").await.unwrap();
    assert_eq!(upload.name.reveal(), "CV.pdf");
    assert_eq!(fault(&guard, &format!("{}/1/x", server.uri())).await, FetchErrorKind::TooManyRedirects);
}

#[tokio::test]
async fn the_hosts_name_counts_before_the_path_and_the_path_before_the_fallback() {
    for (disposition, expected) in [
        (r#"attachment; filename="Mina Aydin.pdf""#, "Mina Aydin.pdf"),
        ("attachment; filename=cv.PDF; size=3", "cv.pdf"),
        (r#"attachment; filename="a.pdf"; filename*=UTF-8''Lebenslauf%20M%C3%BCller.pdf"#, "Lebenslauf Müller.pdf"),
        ("attachment; filename*=iso-8859-1'de'M%FCller.pdf", "Müller.pdf"),
        (r#"attachment; filename="a.pdf"; filename*=utf-7''b.pdf"#, "a.pdf"),
        (r#"attachment; filename="a; b.pdf""#, "a; b.pdf"),
        (r#"attachment; filename="the \"real\" one.pdf""#, "the _real_ one.pdf"),
        (r#"attachment; FileName = "Müller.pdf""#, "Müller.pdf"),
        (r#"attachment; filename="Lebenslauf""#, "Lebenslauf.pdf"),
        (r#"attachment; filename="Version 1.2""#, "Version 1.2.pdf"),
        (r#"attachment; filename="../../etc/passwd.pdf""#, "passwd.pdf"),
        (r#"attachment; filename="C:\fakepath\cv.pdf""#, "cv.pdf"),
        (r#"attachment; filename*=UTF-8''a%0d%0aX-Evil:%20b%00%E2%80%AEfdp.pdf"#, "a X-Evil_ bfdp.pdf"),
        (r#"attachment; filename="...pdf""#, "pdf.pdf"),
        ("attachment", "path.pdf"),
        (r#"inline; filename="""#, "path.pdf"),
        ("inline; filename*=UTF-8''%FF", "path.pdf"),
    ] {
        assert_eq!(name(named(disposition), "/path.pdf").await, expected, "{disposition}");
    }
    for (path, expected) in [
        ("/a/b%2F..%2Fc%5Cd.pdf", "d.pdf"),
        ("/f%FCr.pdf", "für.pdf"),
        ("/download.php", "CV.pdf"),
        ("/8c1f2e", "CV.pdf"),
        ("/cv.pdf.exe", "cv.pdf"),
        ("/Mina.pages", "Mina.pdf"),
        ("/Lebenslauf.Mina", "CV.pdf"),
        ("/", "CV.pdf"),
    ] {
        assert_eq!(name(pdf(), path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn names_are_cut_to_120_characters_and_keep_their_ending() {
    let long = name(pdf(), &format!("/{}.pdf", "%C3%A4".repeat(300))).await;
    assert_eq!(long, format!("{}.pdf", "ä".repeat(116)));
}

#[tokio::test]
async fn endings_are_written_as_the_target_takes_them() {
    let photo = ResponseTemplate::new(200).set_body_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0");
    let upload = fetched(photo, "/photo.JPEG").await.unwrap();
    assert_eq!((upload.name.reveal().as_str(), upload.extension), ("photo.jpg", "jpg"));
}

#[tokio::test]
async fn endings_that_the_target_does_not_take_are_refused() {
    let program = || ResponseTemplate::new(200).set_body_bytes(b"MZ\x90\0\x03\0\0\0");
    for path in ["/setup", "/cv.exe", "/cv.pdf"] {
        assert_eq!(fetched(program(), path).await, Err(FetchErrorKind::Extension(Some("exe"))), "{path}");
    }
    let unknown = ResponseTemplate::new(200).set_body_bytes(b"\x01\x02\x03\x04");
    assert_eq!(fetched(unknown, "/letter").await, Err(FetchErrorKind::Extension(None)));
    let json = ResponseTemplate::new(200).set_body_raw(b"{\"error\":\"gone\"}", "application/json");
    assert_eq!(fetched(json, "/8c1f2e").await, Err(FetchErrorKind::Extension(None)));
}

#[tokio::test]
async fn content_that_contradicts_the_ending_is_refused() {
    for body in [&b"{\"error\":\"expired\"}"[..], b"no such file", b"\x01\x02\x03\x04"] {
        let answer = ResponseTemplate::new(200).set_body_bytes(body);
        assert_eq!(fetched(answer, "/cv.pdf").await, Err(FetchErrorKind::Contradiction), "{body:?}");
    }
}

#[tokio::test]
async fn an_expired_link_is_told_as_one_and_a_page_saved_as_a_document_is_none() {
    let page =
        ResponseTemplate::new(200).set_body_raw("<html xmlns:w='x'><body>CV</body></html>", "application/msword");
    assert_eq!(fetched(page, "/Mina.doc").await, Err(FetchErrorKind::SavedPage));
    let error = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    for (status, body, path, expected) in [
        (403, error, "/cv.pdf", FetchErrorKind::Expired),
        (400, "<Error><Code>ExpiredToken</Code></Error>", "/cv.pdf", FetchErrorKind::Expired),
        (403, "", "/cv.pdf?X-Amz-Expires=900&X-Amz-Signature=1a", FetchErrorKind::Expired),
        (403, "", "/cv.pdf?se=2026-01-01&sig=1a", FetchErrorKind::Expired),
        (403, "", "/cv.pdf?token=1a", FetchErrorKind::Status(403)),
        (404, error, "/cv.pdf", FetchErrorKind::Status(404)),
    ] {
        let answer = ResponseTemplate::new(status).set_body_string(body);
        assert_eq!(fetched(answer, path).await, Err(expected), "{status} {path}");
    }
    assert!(!FetchErrorKind::Expired.to_string().contains("Public Link"));
}

#[tokio::test]
async fn a_page_in_place_of_the_file_points_to_the_flows_setting() {
    let page = "<!DOCTYPE html><title>Log in</title>";
    for mime in ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml", "application/pdf", "text/plain"] {
        let answer = ResponseTemplate::new(200).set_body_raw(page, mime);
        assert_eq!(fetched(answer, "/cv.txt").await, Err(FetchErrorKind::Html), "{mime}");
    }
    assert!(FetchErrorKind::Html.to_string().contains("Public Link access"));
}

#[tokio::test]
async fn statuses_say_whether_a_later_try_may_succeed() {
    for (status, kind, temporary) in [
        (204, FetchErrorKind::Empty, false),
        (206, FetchErrorKind::Status(206), false),
        (304, FetchErrorKind::Status(304), false),
        (401, FetchErrorKind::Status(401), false),
        (403, FetchErrorKind::Status(403), false),
        (404, FetchErrorKind::Status(404), false),
        (408, FetchErrorKind::TimedOut, true),
        (429, FetchErrorKind::RateLimited, true),
        (500, FetchErrorKind::Unavailable(500), true),
        (503, FetchErrorKind::Unavailable(503), true),
    ] {
        let (server, guard) = host(ResponseTemplate::new(status)).await;
        let fault = guard.fetch(&format!("{}/Mina-cv.pdf", server.uri()), "CV").await.unwrap_err();
        assert_eq!((fault.kind, fault.is_temporary()), (kind, temporary), "{status}");
        let words = fault.to_string();
        assert!(!words.contains("Mina") && !words.contains("http") && !words.contains("127."), "{words}");
    }
    assert_eq!(
        fetched(ResponseTemplate::new(302), "/cv.pdf").await,
        Err(FetchErrorKind::RedirectRefused(Refusal::Unreadable))
    );
}

#[tokio::test]
async fn an_answer_that_is_compressed_all_the_same_is_refused() {
    let with = |coding: &str| pdf().insert_header("content-encoding", coding);
    assert_eq!(fetched(with("br"), "/cv.pdf").await, Err(FetchErrorKind::Encoded));
    assert!(fetched(with("identity"), "/cv.pdf").await.is_ok());
    assert!(fetched(with("aws-chunked"), "/cv.pdf").await.is_ok());
}
