//! The name of a file that was sent on before, asked for anew.

use wiremock::ResponseTemplate;

use super::*;

const KNOWN: KnownFile<'static> = KnownFile { extension: "pdf", fallback_name: "cv" };

async fn named(answer: ResponseTemplate, path: &str) -> String {
    let (server, guard) = host(answer).await;
    guard.name(&format!("{}{path}", server.uri()), KNOWN).await.reveal().clone()
}

#[tokio::test]
async fn a_link_that_still_works_gives_the_name_that_the_file_was_fetched_under() {
    for (disposition, path) in [
        (Some(r#"attachment; filename="Mina Aydin.PDF""#), "/8c1f2e"),
        (Some("attachment; filename=Lebenslauf"), "/8c1f2e"),
        (None, "/a/Lebenslauf%20Mina.pdf"),
        (None, "/8c1f2e"),
        (Some("attachment; filename=scan.png"), "/cv.final.pdf"),
    ] {
        let answer = || {
            let pdf = ResponseTemplate::new(200).set_body_bytes(PDF);
            disposition.into_iter().fold(pdf, |pdf, value| pdf.insert_header("content-disposition", value))
        };
        let name = named(answer(), path).await;
        let (server, guard) = host(answer()).await;
        let upload = guard.fetch(&format!("{}{path}", server.uri()), "cv").await.unwrap();
        assert_eq!(&name, upload.name.reveal(), "{disposition:?} {path}");
    }
}

#[tokio::test]
async fn a_link_that_has_expired_leaves_its_path_or_the_fallback() {
    let page = || ResponseTemplate::new(200).set_body_raw("<!DOCTYPE html><title>Log in</title>", "text/html");
    let moved = || ResponseTemplate::new(302).insert_header("location", "https://localhost/log-in.pdf");
    for answer in [ResponseTemplate::new(404), ResponseTemplate::new(403), ResponseTemplate::new(503), page(), moved()]
    {
        assert_eq!(named(answer.clone(), "/a/Lebenslauf%20Mina.pdf").await, "Lebenslauf Mina.pdf");
        assert_eq!(named(answer.clone(), "/8c1f2e").await, "cv.pdf");
        assert_eq!(named(answer, "/photo.png").await, "photo.pdf");
    }
    let (guard, _) = guard(Vec::new(), &["127.0.0.1"]);
    for link in ["https://files.example/Mina.pdf", "https://files.example/x", "not a link"] {
        let name = guard.name(link, KNOWN).await;
        assert_eq!(name.reveal(), if link.ends_with("Mina.pdf") { "Mina.pdf" } else { "cv.pdf" });
    }
}

#[tokio::test]
async fn a_link_that_does_not_answer_soon_is_not_waited_for() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(60));
    Mock::given(any()).respond_with(slow).mount(&server).await;
    let rules = GuardRules { time: Duration::from_millis(50), ..rules(vec![local(&server.uri())]) };
    let name = Guard::new(rules).unwrap().name(&format!("{}/Mina.pdf", server.uri()), KNOWN).await;
    assert_eq!(name.reveal(), "Mina.pdf");
    assert!(!format!("{name:?}").contains("Mina"));
}
