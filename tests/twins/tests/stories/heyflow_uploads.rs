//! Visitors' files behind links.

use serde_json::{Value, json};
use twins::heyflow::{Refusal, Upload};

use crate::receiver::post;
use crate::stage::Stage;

/// Seeds a file through the door; gives the door's status.
async fn seed(stage: &Stage, path: &str) -> u16 {
    let request = stage.client.put(stage.url(&format!("/_twin/heyflow/uploads/{path}")));
    let answer = request.header("content-type", "application/pdf").body("%PDF-1.7").send().await.unwrap();
    answer.status().as_u16()
}

/// Status, content type and content of a link.
async fn got(stage: &Stage, link: &str) -> (u16, String, String) {
    let answer = stage.client.get(stage.url(&format!("/heyflow{link}"))).send().await.unwrap();
    let content_type = answer.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    (answer.status().as_u16(), content_type.unwrap_or_default(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_public_link_gives_the_file_and_faults_play_the_rest() {
    let stage = Stage::new();
    assert_eq!(seed(&stage, "u1/cv.pdf").await, 204);
    let file = (200, "application/pdf".to_owned(), "%PDF-1.7".to_owned());
    assert_eq!(got(&stage, "/uploads/u1/cv.pdf").await, file);
    let busy = json!({"status": 503, "body": "busy"});
    post(&stage, "/_twin/heyflow/faults", json!({"rules": [{"on": "GET /uploads/*/*", "effect": busy}]})).await;
    assert_eq!(got(&stage, "/uploads/u1/cv.pdf").await.0, 503);
    assert_eq!(got(&stage, "/uploads/u2/x").await.0, 404);
}

#[tokio::test]
async fn a_link_that_is_not_public_refuses_in_one_of_three_ways() {
    let stage = Stage::new();
    for path in ["u1/a.pdf?public=false", "u1/b.pdf?public=false&refusal=401", "u1/c.pdf?public=false&refusal=403"] {
        assert_eq!(seed(&stage, path).await, 204, "{path}");
    }
    let (status, content_type, page) = got(&stage, "/uploads/u1/a.pdf").await;
    assert_eq!((status, content_type.as_str()), (200, "text/html; charset=utf-8"));
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("%PDF"), "{page}");
    assert_eq!(got(&stage, "/uploads/u1/b.pdf").await, (401, String::new(), String::new()));
    assert_eq!(got(&stage, "/uploads/u1/c.pdf").await, (403, String::new(), String::new()));
    let shown = stage.state("heyflow").await["uploads"].clone();
    assert_eq!((&shown[2]["public"], &shown[2]["refusal"]), (&json!(false), &json!("403")));

    for wrong in ["u1/d.pdf?refusal=401", "u1/d.pdf?public=no", "u1/d.pdf?public=false&refusal=500", "u1/d.pdf?x=1"] {
        assert_eq!(seed(&stage, wrong).await, 400, "{wrong}");
    }
    assert_eq!(got(&stage, "/uploads/u1/d.pdf").await.0, 404);
    seed(&stage, "u1/a.pdf?public=true").await;
    assert_eq!(got(&stage, "/uploads/u1/a.pdf").await.2, "%PDF-1.7", "the link was switched to public");
}

#[tokio::test]
async fn a_link_is_percent_encoded() {
    let stage = Stage::new();
    let heyflow = stage.twins.heyflow();
    let link = heyflow.upload("u 1", "Lebenslauf é 100%? a/b#1.pdf", Upload::new("application/pdf", b"%PDF-1.7"));
    assert_eq!(link, "/uploads/u%201/Lebenslauf%20%C3%A9%20100%25%3F%20a%2Fb%231.pdf");
    assert_eq!(got(&stage, &link).await.2, "%PDF-1.7");
    assert_eq!(stage.state("heyflow").await["uploads"][0]["path"], Value::String(link));
    let link = heyflow.upload("u2", "a.pdf", Upload::new("application/pdf", b"x").private(Refusal::Forbidden));
    assert_eq!(got(&stage, &link).await.0, 403);
}
