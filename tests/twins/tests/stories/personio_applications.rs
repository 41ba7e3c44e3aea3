//! Creating applications: what Personio takes, and how it says no.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use twins::personio::{Account, AttributeKind, ErrorSpelling, ForbiddenForm};

use crate::stage::{DOCUMENTS, Stage, applicant, applicant_with, reasons};

#[tokio::test]
async fn an_application_is_created_and_nothing_comes_back() {
    let stage = Stage::new();
    assert_eq!(stage.applied(&applicant()).await, (201, String::new()));
    let state = stage.state("personio").await;
    assert_eq!(state["applications"][0]["email"], "sample.applicant@example.com");
    assert_eq!(state["applications"][0]["phase"], "initial");
    assert_eq!(state["calls"][0]["status"], 201);
    assert!(state["calls"][0]["headers"].as_array().unwrap().contains(&json!("x-company-id")));
    assert!(!state.to_string().contains("twin-recruiting-token"), "the token is never shown");
}

#[tokio::test]
async fn everything_the_specification_offers_is_taken() {
    let stage = Stage::new();
    let part = Part::bytes(b"%PDF-1.7".to_vec()).file_name("cv.pdf");
    let uploaded = stage.personio(DOCUMENTS).multipart(Form::new().part("file", part)).send().await.unwrap();
    let uuid = uploaded.json::<Value>().await.unwrap()["uuid"].clone();
    let body = applicant_with(json!({
        "recruiting_channel_id": 9911, "external_posting_id": "posting-4711", "message": "Hello",
        "application_date": "2026-03-01", "phase": {"type": "custom", "id": 60101}, "tags": ["form", "new"],
        "files": [{"uuid": uuid, "original_filename": "cv.pdf", "category": "cv"}],
        "attributes": [
            {"id": "birthday", "value": "1990-02-28"}, {"id": "gender", "value": "diverse"},
            {"id": "phone", "value": "+49 000"}, {"id": "custom_attribute_1001", "value": "anything"},
            {"id": "custom_attribute_1002", "value": "custom_option_2"},
            {"id": "custom_attribute_1003", "value": "2026-04-01"},
        ],
    }));
    assert_eq!(stage.applied(&body).await.0, 201);
    let state = stage.state("personio").await;
    assert_eq!(state["applications"][0]["phase"], "custom:60101");
    assert_eq!(state["applications"][0]["files"][0]["uuid"], uuid);
    assert_eq!(state["accounts"]["48151"]["tags"], json!(["form", "new"]));
}

#[tokio::test]
async fn a_person_applies_once_per_job_whatever_the_case_of_the_address() {
    let stage = Stage::new();
    assert_eq!(stage.applied(&applicant()).await.0, 201);
    let again = applicant_with(json!({"email": "SAMPLE.Applicant@example.com"}));
    let (status, body) = stage.applied(&again).await;
    assert_eq!((status, reasons(&body)), (400, vec!["email: errors.applicant-already-exists".to_owned()]));
    assert_eq!(stage.applied(&applicant_with(json!({"job_position_id": 1_834_172}))).await.0, 201);
    assert_eq!(stage.held(), 2);
}

#[tokio::test]
async fn field_errors_come_in_two_spellings() {
    let stage = Stage::new();
    stage.apply(&applicant()).await;
    let (_, live) = stage.applied(&applicant()).await;
    let reason = json!([{"reason": "errors.applicant-already-exists"}]);
    let spelt = json!({"type": "com.personio.recruiting.api.http.FieldError", "field": "email", "errors": reason});
    assert_eq!(serde_json::from_str::<Value>(&live).unwrap(), json!({"errors": [spelt]}));

    stage.twins.personio().seed("48151", Account { error_spelling: ErrorSpelling::Documented, ..Account::seed() });
    let (_, documented) = stage.applied(&applicant()).await;
    let reason = json!([{"reason": "errors.applicant-already-exists", "context": {}}]);
    let spelt = json!({"errors": [{"field": "email", "errors": reason}]});
    assert_eq!(serde_json::from_str::<Value>(&documented).unwrap(), spelt);
}

#[tokio::test]
async fn every_field_is_checked() {
    for (members, wanted) in [
        (json!({"first_name": "  "}), "first_name: errors.attribute-validation.required-attribute"),
        (json!({"last_name": null}), "last_name: errors.attribute-validation.required-attribute"),
        (json!({"email": "nobody"}), "email: errors.attribute-validation.invalid-email-format"),
        (json!({"job_position_id": null}), "job_position_id: errors.attribute-validation.required-attribute"),
        (json!({"job_position_id": 1_834_199}), "job_position_id: errors.job-position.not-published"),
        (json!({"job_position_id": 1}), "job_position_id: errors.job-position.not-published"),
        (json!({"recruiting_channel_id": 1}), "recruiting_channel_id: errors.posting-validation.channel-not-found"),
        (json!({"external_posting_id": "x"}), "external_posting_id: errors.posting-validation.posting-not-found"),
        (json!({"application_date": "1.3.2026"}), "application_date: errors.attribute-validation.invalid-date-format"),
        (json!({"application_date": "2026-3-1"}), "application_date: errors.attribute-validation.invalid-date-format"),
        (json!({"application_date": "9000-01-01"}), "application_date: errors.date-validation.date-in-the-future"),
        (json!({"phase": {"type": "system", "id": "new"}}), "phase: errors.phase-validation.invalid-system-phase"),
        (file("cv", "no-such"), "files[0].uuid: errors.file-validation.file-not-exists"),
        (file("photo", "no-such"), "files[0].category: errors.file-validation.unknown-file-category"),
        (attribute("linkedin", "x"), "attributes.linkedin: errors.attribute-validation.unknown"),
        (attribute("phone", " "), "attributes.phone: errors.attribute-validation.required-attribute"),
        (attribute("birthday", "28.02.1990"), "attributes.birthday: errors.attribute-validation.invalid-date-format"),
        (attribute("gender", "f"), "attributes.gender: errors.attribute-validation.unknown-attribute-option"),
        (
            attribute("custom_attribute_1002", "custom_option_9"),
            "attributes.custom_attribute_1002: errors.attribute-validation.unknown-attribute-option",
        ),
        (
            attribute("custom_attribute_1003", "soon"),
            "attributes.custom_attribute_1003: errors.attribute-validation.invalid-date-format",
        ),
        (
            attribute("custom_attribute_1004", "x"),
            "attributes.custom_attribute_1004: errors.attribute-validation.invalid-type",
        ),
    ] {
        let stage = Stage::new();
        let mut account = Account::seed();
        account.custom_attributes.insert("custom_attribute_1004".to_owned(), AttributeKind::Unsupported);
        stage.twins.personio().seed("48151", account);
        let (status, body) = stage.applied(&applicant_with(members.clone())).await;
        assert_eq!((status, reasons(&body)), (400, vec![wanted.to_owned()]), "{members}");
        assert_eq!(stage.held(), 0);
    }
}

fn file(category: &str, uuid: &str) -> Value {
    json!({"files": [{"uuid": uuid, "original_filename": "cv.pdf", "category": category}]})
}

fn attribute(id: &str, value: &str) -> Value {
    json!({"attributes": [{"id": id, "value": value}]})
}

#[tokio::test]
async fn a_missing_member_is_a_field_error() {
    let stage = Stage::new();
    let (status, body) = stage.applied(&json!({"first_name": "Sample", "job_position_id": 1_834_171})).await;
    assert_eq!(status, 400);
    let missing = ["email", "last_name"].map(|f| format!("{f}: errors.attribute-validation.required-attribute"));
    assert_eq!(reasons(&body), missing);
}

#[tokio::test]
async fn an_unknown_custom_phase_lands_in_unassigned() {
    let stage = Stage::new();
    assert_eq!(stage.applied(&applicant_with(json!({"phase": {"type": "custom", "id": 5}}))).await.0, 201);
    assert_eq!(stage.twins.personio().applications()[0].phase, "system:unassigned");
}

#[tokio::test]
async fn today_on_the_twins_clock_is_not_the_future() {
    let stage = Stage::new();
    stage.faults(json!({"clock": {"now": "2026-03-01T23:30:00Z"}})).await;
    let (_, body) = stage.applied(&applicant_with(json!({"application_date": "2026-03-02"}))).await;
    assert_eq!(reasons(&body), ["application_date: errors.date-validation.date-in-the-future"]);
    assert_eq!(stage.applied(&applicant_with(json!({"application_date": "2026-03-01"}))).await.0, 201);
}

#[tokio::test]
async fn a_bad_login_is_told_only_about_a_good_body() {
    let stage = Stage::new();
    let call = |company: &str, token: &str, body: Value| {
        let request = stage.client.post(stage.url("/personio/v1/recruiting/applications"));
        request.bearer_auth(token).header("X-Company-ID", company).json(&body).send()
    };
    assert_eq!(call("48151", "wrong", json!({})).await.unwrap().status(), 400);
    for (company, token) in [("48151", "wrong"), ("1", "twin-recruiting-token"), ("48151", "")] {
        let answer = call(company, token, applicant()).await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (401, String::new()));
    }
    assert_eq!(stage.held(), 0);
}

#[tokio::test]
async fn a_company_with_an_empty_token_lets_nobody_in() {
    let stage = Stage::new();
    stage.twins.personio().seed("7", Account { token: String::new(), ..Account::seed() });
    let call = || stage.client.post(stage.url("/personio/v1/recruiting/applications")).header("X-Company-ID", "7");
    for request in [call(), call().bearer_auth(""), call().header("authorization", "Basic dTpw")] {
        assert_eq!(request.json(&applicant()).send().await.unwrap().status(), 401);
    }
    assert_eq!(stage.held(), 0);
}

#[tokio::test]
async fn a_feature_that_is_not_booked_is_forbidden() {
    let stage = Stage::new();
    let account = json!({
        "token": "twin-recruiting-token", "published_jobs": [1_834_171], "disabled": "feature.recruiting.disabled",
        "error_spelling": "documented",
    });
    let door = stage.url("/_twin/personio/accounts/48151");
    assert_eq!(stage.client.put(door).json(&account).send().await.unwrap().status(), 204);
    let (status, body) = stage.applied(&applicant()).await;
    let reason = json!([{"reason": "feature.recruiting.disabled", "context": {}}]);
    let told = json!({"errors": [{"field": "company_id", "errors": reason}]});
    assert_eq!((status, serde_json::from_str::<Value>(&body).unwrap()), (403, told));
}

#[tokio::test]
async fn a_forbidden_feature_comes_in_two_other_forms() {
    let stage = Stage::new();
    let disabled = || Some("feature.public-api.disabled".to_owned());
    let told = async |forbidden_form| {
        stage.twins.personio().seed("48151", Account { disabled: disabled(), forbidden_form, ..Account::seed() });
        let (status, body) = stage.applied(&applicant()).await;
        assert_eq!(status, 403);
        serde_json::from_str::<Value>(&body).unwrap()
    };
    let reason = json!({"error": {"reason": "feature.public-api.disabled"}});
    assert_eq!(told(ForbiddenForm::Reason).await, reason);
    let generic = told(ForbiddenForm::Generic).await["errors"][0].clone();
    assert_eq!((&generic["status"], &generic["title"]), (&json!("403"), &json!("Forbidden")));
    assert_eq!(generic["detail"], "feature.public-api.disabled");
    assert!(generic["id"].is_string());
}

#[tokio::test]
async fn a_misspelt_seed_is_refused() {
    let stage = Stage::new();
    let door = stage.url("/_twin/personio/accounts/1");
    let answer = stage.client.put(door).json(&json!({"token": "t", "jobs": [1]})).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("unknown field `jobs`"));
}
