//! Creating users and changing them.

use wiremock::matchers::{body_json, header, method, path};

use super::super::model::{Attribute, AttributeChange, AttributeValue};
use super::super::operations::REPLACE_USER;
use super::super::patch::{Dialect, activation, operations};
use super::super::users::{self, Created, Updated, UserById};
use super::*;
use crate::Kind;

async fn created_by(template: ResponseTemplate) -> Result<Created, Kind> {
    let values = [AttributeValue::text(Attribute::ExternalId, "3003").unwrap()];
    let server = answering(template).await;
    let created = users::create(&scim(&server), &name(), &values).await.map_err(|error| error.kind);
    assert_eq!(requests(&server).await, ["POST /scim/v2/Users"], "never a second creation");
    created
}

async fn patched_by(template: ResponseTemplate) -> Result<Updated, Kind> {
    let server = answering(template).await;
    let active = activation(false, Dialect::default());
    users::patch(&scim(&server), &id(), &active).await.map_err(|error| error.kind)
}

fn title() -> AttributeChange {
    AttributeChange::Set(AttributeValue::text(Attribute::Title, "Lead").unwrap())
}

#[tokio::test]
async fn a_user_who_was_made_is_told_from_one_who_was_there() {
    let answer = |status: u16, body: Value| created_by(ResponseTemplate::new(status).set_body_json(body));
    assert!(matches!(answer(201, dora()).await, Ok(Created::Made(user)) if user.id == id()));
    assert!(matches!(answer(200, dora()).await, Ok(Created::Existing(user)) if user.id == id()));
    let by_external_id = json!({"id": "7", "externalId": "3003", "userName": "klein"});
    assert!(matches!(answer(200, by_external_id).await, Ok(Created::Existing(_))));
    assert_eq!(answer(200, other(1)).await, Err(Kind::Unexplained { status: 200 }), "somebody else");
    let renamed = json!({"id": "7", "userName": "DORA"});
    assert!(matches!(answer(201, renamed).await, Ok(Created::Made(_))), "the server names users in its own way");
}

#[tokio::test]
async fn a_creation_whose_answer_names_nobody_may_have_been_done() {
    for body in ["", "{}", "<html>", r#"{"id":null}"#] {
        for status in [200, 201] {
            let kind = created_by(ResponseTemplate::new(status).set_body_string(body)).await.unwrap_err();
            assert_eq!(kind, Kind::Unexplained { status }, "{body}");
            assert!(!kind.certainly_not_done());
        }
    }
    assert_eq!(created_by(ResponseTemplate::new(204)).await, Err(Kind::Unexplained { status: 204 }));
}

/// A conflict comes without `scimType`, with an integer as status, as 400, and without a body.
#[tokio::test]
async fn a_login_that_is_taken_is_known_in_every_form() {
    let integer = json!({"schemas": [ERROR], "status": 409, "detail": "User dora exists"});
    for answer in [
        refusal(409, "uniqueness"),
        refusal(400, "uniqueness"),
        ResponseTemplate::new(409).set_body_json(integer),
        ResponseTemplate::new(409),
        ResponseTemplate::new(409).set_body_string("<html>"),
    ] {
        assert!(matches!(created_by(answer.clone()).await, Ok(Created::Taken(_))));
        assert!(matches!(patched_by(answer).await, Ok(Updated::Taken(_))));
    }
    let about = json!({"schemas": [ERROR], "status": "409", "scimType": "uniqueness", "detail": "externalId is taken"});
    let taken = created_by(ResponseTemplate::new(409).set_body_json(about)).await;
    assert!(matches!(taken, Ok(Created::Taken(reasons)) if reasons[0].field.as_deref() == Some("externalId")));
}

#[tokio::test]
async fn refused_content_is_a_result_with_reasons() {
    let refused = created_by(refusal(400, "invalidValue")).await;
    assert!(matches!(refused, Ok(Created::Refused(reasons)) if reasons[0].code == "invalidValue"));
    assert_eq!(created_by(ResponseTemplate::new(422)).await, Ok(Created::Refused(Vec::new())));
    let refused = patched_by(refusal(400, "invalidPath")).await;
    assert!(matches!(refused, Ok(Updated::Refused(reasons)) if reasons[0].code == "invalidPath"));
}

#[tokio::test]
async fn a_deactivation_is_a_patch_of_active_alone() {
    let server = MockServer::start().await;
    let body = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "active", "value": false}]});
    let patched = Mock::given(method("PATCH")).and(path("/scim/v2/Users/2819c223")).and(body_json(body));
    let patched = patched.and(header("content-type", "application/scim+json"));
    patched.respond_with(ResponseTemplate::new(204)).expect(1).mount(&server).await;
    let active = activation(false, Dialect::default());
    assert_eq!(users::patch(&scim(&server), &id(), &active).await.unwrap(), Updated::Done);
    assert_eq!(patched_by(ok(dora())).await, Ok(Updated::Done));
    assert_eq!(patched_by(ok(json!("not read"))).await, Ok(Updated::Done));
}

/// Keeps its users active whatever it is told.
#[tokio::test]
async fn a_deactivation_that_was_not_carried_out_is_seen_by_reading_again() {
    let server = answering(ok(dora())).await;
    let scim = scim(&server);
    let active = activation(false, Dialect::default());
    assert_eq!(users::patch(&scim, &id(), &active).await.unwrap(), Updated::Done);
    let read = users::read(&scim, &id()).await.unwrap();
    assert!(matches!(read, UserById::There(user) if user.active == Some(true)));
}

/// Some have no PATCH whatever they say; django-scim2 answers 501 to a whole PATCH for the sake of one path.
#[tokio::test]
async fn what_a_server_does_not_do_is_a_result() {
    for status in [405, 501] {
        assert_eq!(patched_by(ResponseTemplate::new(status)).await, Ok(Updated::Unsupported));
        let server = answering(ResponseTemplate::new(status)).await;
        let changes = [title()];
        let patched = users::patch(&scim(&server), &id(), &operations(&changes, Dialect::default())).await;
        assert_eq!(patched.unwrap(), Updated::Unsupported);
    }
}

/// django-scim2 answers so for an object that it does not know, and for a login that is taken.
#[tokio::test]
async fn a_server_that_breaks_over_a_change_is_told_from_one_that_is_away() {
    let body = json!({"schemas": [ERROR], "detail": "Exception occurred", "status": 500});
    assert_eq!(patched_by(ResponseTemplate::new(500).set_body_json(body.clone())).await, Ok(Updated::Failed));
    let away = Err(Kind::Unavailable { retry_after: None });
    assert_eq!(patched_by(ResponseTemplate::new(500)).await, away);
    assert_eq!(patched_by(ResponseTemplate::new(500).set_body_string("<html>")).await, away);
    assert_eq!(patched_by(ResponseTemplate::new(503).set_body_json(body)).await, away);
}

#[tokio::test]
async fn a_put_sends_all_that_was_read_with_the_changes_in_it() {
    let server = MockServer::start().await;
    let read = json!({"id": "2819c223", "userName": "dora@example.com", "active": true, "nickName": "D", "title": null,
        "meta": {"version": "1"}});
    let list = Mock::given(method("GET"));
    list.respond_with(ok(read)).mount(&server).await;
    let body = json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "dora@example.com", "active": false, "nickName": "D", "title": "Lead"});
    let put = Mock::given(method("PUT")).and(path("/scim/v2/Users/2819c223")).and(body_json(body));
    let put = put.and(header("content-type", "application/scim+json"));
    put.respond_with(ok(dora())).expect(1).mount(&server).await;
    let scim = scim(&server);
    let UserById::There(user) = users::read(&scim, &id()).await.unwrap() else { panic!("not there") };
    assert_eq!(users::replace(&scim, &user, false, &[title()]).await.unwrap(), Updated::Done);

    let refusing = answering(ResponseTemplate::new(405)).await;
    let replaced = users::replace(&super::scim(&refusing), &user, false, &[]).await;
    assert_eq!(replaced.unwrap(), Updated::Unsupported, "Entra ID has no PUT");
}

#[tokio::test]
async fn a_client_that_only_reads_sends_no_change() {
    let server = answering(ok(dora())).await;
    let base_url = BaseUrl::parse(&server.uri(), true).unwrap();
    let scim = Scim::new(Http::reading().unwrap(), Account { base_url, login: Login::Bearer("token-1".into()) });
    assert!(matches!(users::read(&scim, &id()).await, Ok(UserById::There(_))));
    let inactive = activation(false, Dialect::default());
    let refused = [
        users::create(&scim, &name(), &[]).await.map(drop),
        users::patch(&scim, &id(), &inactive).await.map(drop),
        users::delete(&scim, &id()).await.map(drop),
        scim.put(REPLACE_USER, scim.user(&id()), &dora()).await.map(drop),
    ];
    let kinds = refused.map(|refused| refused.unwrap_err().kind);
    assert_eq!(kinds, [Kind::ReadOnly, Kind::ReadOnly, Kind::ReadOnly, Kind::ReadOnly]);
    assert_eq!(requests(&server).await, ["GET /Users/2819c223"]);
}
