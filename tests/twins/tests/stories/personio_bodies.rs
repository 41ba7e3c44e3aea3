//! How narrowly an application's body is read.

use serde_json::json;

use crate::stage::{APPLICATIONS, Stage, applicant, applicant_with, reasons};

#[tokio::test]
async fn a_malformed_body_is_refused_whole() {
    let refused = (400, json!({"error": {"reason": "Invalid request body supplied"}}).to_string());
    for members in [
        json!({"phone": "+49 000"}),
        json!({"phase": ["system", "unassigned"]}),
        json!({"phase": {"type": "custom", "id": "60101"}}),
        json!({"phase": {"type": "custom", "id": 60101.0}}),
        json!({"phase": {"type": "custom", "id": "unassigned"}}),
        json!({"phase": {"type": "system", "id": 60101}}),
        json!({"phase": {"type": "system", "id": ["unassigned"]}}),
        json!({"phase": {"type": "system", "id": "unassigned", "name": "x"}}),
        json!({"files": [["no-such", "cv.pdf", "cv"]]}),
        json!({"files": {"uuid": "no-such", "original_filename": "cv.pdf", "category": "cv"}}),
        json!({"files": [{"uuid": "no-such", "original_filename": "cv.pdf", "category": "cv", "size": 1}]}),
        json!({"attributes": [["phone", "+49 000"]]}),
        json!({"attributes": {"phone": "+49 000"}}),
        json!({"attributes": [{"id": 1001, "value": "x"}]}),
        json!({"attributes": [{"id": "phone", "value": "1"}, {"id": "phone", "value": "1"}]}),
        json!({"job_position_id": "1834171"}),
        json!({"job_position_id": 1.5}),
        json!({"message": null}),
        json!({"tags": ["x", null]}),
        json!({"phase": {"type": "other", "id": 1}}),
        json!({"attributes": [{"id": "phone", "value": 1}]}),
    ] {
        let stage = Stage::new();
        assert_eq!(stage.applied(&applicant_with(members.clone())).await, refused, "{members}");
    }
    let stage = Stage::new();
    assert_eq!(stage.applied(&json!([applicant()])).await, refused);
    let text = stage.personio(APPLICATIONS).header("content-type", "text/plain").body(applicant().to_string());
    assert_eq!(text.send().await.unwrap().text().await.unwrap(), refused.1);
    let (_, body) = stage.applied(&applicant_with(json!({"phase": {"type": "system"}}))).await;
    assert_eq!(body, json!({"error": {"reason": "Field 'id' is required"}}).to_string());
    assert_eq!(stage.held(), 0);
}

#[tokio::test]
async fn a_repeated_member_is_refused_wherever_it_stands() {
    let stage = Stage::new();
    let least = applicant().to_string();
    let least = least.trim_end_matches('}');
    for members in [
        r#""message": "a", "message": "a""#,
        r#""phase": {"type": "system", "id": "offer", "id": "offer"}"#,
        r#""attributes": [{"id": "phone", "value": "1", "value": "2"}]"#,
        r#""files": [{"uuid": "a", "uuid": "a", "original_filename": "b", "category": "cv"}]"#,
    ] {
        let request = stage.personio(APPLICATIONS).header("content-type", "application/json");
        let answer = request.body(format!("{least}, {members}}}")).send().await.unwrap();
        let refused = json!({"error": {"reason": "Invalid request body supplied"}}).to_string();
        assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (400, refused), "{members}");
    }
    assert_eq!(stage.held(), 0);
}

#[tokio::test]
async fn an_address_is_read_narrowly() {
    let long = format!("{}@example.com", "a".repeat(65));
    for wrong in [
        "nobody",
        "@example.com",
        "a@",
        "a@b@example.com",
        "a b@example.com",
        " a@example.com",
        "a@example.com ",
        ".a@example.com",
        "a.@example.com",
        "a..b@example.com",
        "\"a b\"@example.com",
        "\"a\"@example.com",
        "jürgen@example.com",
        "a@münchen.example",
        "a@example",
        "a@example.c",
        "a@example.c0m",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a@-example.com",
        "a@example-.com",
        "a@example..com",
        "a@example.com.",
        "a@xn--p1.xn--p1ai",
        "Sample <a@example.com>",
        "a(note)@example.com",
        &long,
    ] {
        let stage = Stage::new();
        let (status, body) = stage.applied(&applicant_with(json!({"email": wrong}))).await;
        let told = vec!["email: errors.attribute-validation.invalid-email-format".to_owned()];
        assert_eq!((status, reasons(&body)), (400, told), "{wrong}");
    }
    let stage = Stage::new();
    let long = format!("{}@example.com", "a".repeat(64));
    for right in
        ["a@b.de", "A.b+c_d-e@sub.my-host.example", "o'neil/x=y@1and1.example", "a@xn--mnchen-3ya.example", &long]
    {
        assert_eq!(stage.applied(&applicant_with(json!({"email": right}))).await.0, 201, "{right}");
    }
}
