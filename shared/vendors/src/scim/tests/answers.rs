//! Reading a user, what the server says of itself, and the exact request of each call.

use wiremock::matchers::{body_json, header, headers, method, path};

use super::super::model::{ProviderConfig, User};
use super::super::users::{Deleted, UserById};
use super::super::{provider, users};
use super::*;
use crate::{Kind, Reason};

async fn read_by(template: ResponseTemplate) -> Result<UserById, Kind> {
    users::read(&scim(&answering(template).await), &id()).await.map_err(|error| error.kind)
}

fn there(read: Result<UserById, Kind>) -> User {
    match read {
        Ok(UserById::There(user)) => user,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_call_carries_the_login_and_accepts_both_media_types() {
    let server = MockServer::start().await;
    let asked = Mock::given(method("GET")).and(path("/scim/v2/Users/2819c223"));
    let asked = asked.and(headers("accept", vec!["application/scim+json", "application/json"]));
    let bearer = asked.and(header("authorization", "Bearer token-1"));
    bearer.respond_with(ok(dora())).expect(1).mount(&server).await;
    assert!(there(users::read(&scim(&server), &id()).await.map_err(|error| error.kind)).is_named(&name()));

    let basic = Mock::given(header("authorization", "Basic aHI6c2VjcmV0"));
    basic.respond_with(ok(dora())).expect(1).mount(&server).await;
    let login = Login::Basic { user: "hr".to_owned(), password: "secret".into() };
    let client = client_at(&format!("{}/scim/v2/", server.uri()), login);
    assert!(matches!(users::read(&client, &id()).await, Ok(UserById::There(_))));
}

#[tokio::test]
async fn an_id_is_encoded_and_opaque() {
    let odd = "dora/../%2F ?#ä@example.com";
    let server = answering(ok(json!({"id": odd}))).await;
    let read = users::read(&scim(&server), &odd.parse().unwrap()).await;
    assert!(matches!(read, Ok(UserById::There(user)) if user.id.as_str() == odd));
    let wanted = "GET /scim/v2/Users/dora%2F..%2F%252F%20%3F%23%C3%A4%40example.com";
    assert_eq!(requests(&server).await, [wanted]);
}

/// FortiAuthenticator sends JSON as `text/html` and no `Location`, Keeper sends no `meta`.
#[tokio::test]
async fn json_is_read_whatever_it_is_called_and_without_meta() {
    let mut bare = dora();
    bare.as_object_mut().unwrap().remove("meta");
    let answer = ResponseTemplate::new(200).set_body_raw(bare.to_string(), "text/html");
    assert_eq!(there(read_by(answer).await).active, Some(true));
    let mut texts = dora();
    texts["active"] = json!("False");
    assert_eq!(there(read_by(ok(texts)).await).active, Some(false));
}

#[tokio::test]
async fn an_answer_that_is_no_user_or_another_is_odd() {
    for body in ["", "<html>", "[]", "null", r#""x""#, r#"{"id":"2819c224"}"#, r#"{"id":"2819C223"}"#] {
        let answer = ResponseTemplate::new(200).set_body_string(body);
        assert_eq!(read_by(answer).await, Err(Kind::Unexplained { status: 200 }), "{body}");
    }
    for (body, field) in [(json!({}), "id"), (json!({"id": "2819c223", "active": "maybe"}), "active")] {
        let kind = read_by(ok(body)).await.unwrap_err();
        let named = matches!(&kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some(field));
        assert!(named, "{kind}");
    }
}

/// A server that answers 404 to everything stands at a wrong address: its users are not gone.
#[tokio::test]
async fn a_user_is_gone_only_where_the_list_is_still_there() {
    let not_found = |body: Value| ResponseTemplate::new(404).set_body_json(body);
    let declared = not_found(json!({"schemas": [ERROR], "status": 404, "detail": "no user 2819c223"}));
    for answer in [declared.clone(), not_found(json!({"detail": "Not Found"})), ResponseTemplate::new(404)] {
        assert_eq!(read_by(answer.clone()).await, Err(Kind::WrongAddress));
        let server = MockServer::start().await;
        let list = Mock::given(path("/scim/v2/Users"));
        list.respond_with(listing(0, &[])).mount(&server).await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        assert_eq!(users::read(&scim(&server), &id()).await.unwrap(), UserById::Gone);
        assert_eq!(users::delete(&scim(&server), &id()).await.unwrap(), Deleted::AlreadyGone);
        let patched = users::patch(&scim(&server), &id(), &[]).await;
        assert_eq!(patched.unwrap_err().kind, Kind::Gone);
        assert_eq!(requests(&server).await[1], "GET /scim/v2/Users?startIndex=1&count=1");
    }
    let page = ResponseTemplate::new(404).set_body_string("<html>");
    assert_eq!(read_by(page).await, Err(Kind::Unexplained { status: 404 }));
}

/// Entra ID answers 400 for an id that it does not know.
#[tokio::test]
async fn an_id_that_is_refused_is_no_user_who_is_gone() {
    let refused = read_by(refusal(400, "invalidValue")).await;
    assert!(matches!(refused, Ok(UserById::IdRefused(reasons)) if reasons[0].code == "invalidValue"));
    assert_eq!(read_by(ResponseTemplate::new(400)).await, Ok(UserById::IdRefused(Vec::<Reason>::new())));
}

#[tokio::test]
async fn a_removal_sends_no_accept_of_its_own_and_no_body() {
    let server = answering(ResponseTemplate::new(204)).await;
    assert_eq!(users::delete(&scim(&server), &id()).await.unwrap(), Deleted::Done);
    let request = server.received_requests().await.unwrap().remove(0);
    assert_eq!((request.method.as_str(), request.url.path()), ("DELETE", "/scim/v2/Users/2819c223"));
    assert_eq!(request.headers.get("accept").unwrap(), "*/*");
    assert!(request.body.is_empty() && request.headers.get("content-type").is_none());
    for status in [405, 501] {
        let server = answering(ResponseTemplate::new(status)).await;
        assert_eq!(users::delete(&scim(&server), &id()).await.unwrap(), Deleted::Unsupported);
    }
}

#[tokio::test]
async fn what_the_server_says_of_itself_is_read_as_far_as_it_goes() {
    let config = async |body: Value| provider::read(&scim(&answering(ok(body)).await)).await;
    let whole = config(json!({"patch": {"supported": true}, "filter": {"supported": "true", "maxResults": 200},
        "etag": {"supported": false}, "bulk": {"supported": false}, "sort": {"supported": true}, "x": 1}));
    let wanted = ProviderConfig {
        patch: Some(true),
        filter: Some(true),
        most_results: Some(200),
        etag: Some(false),
        bulk: Some(false),
        sort: Some(true),
    };
    assert_eq!(whole.await.unwrap(), wanted);
    assert_eq!(config(json!({"patch": true, "filter": null, "sort": {}})).await.unwrap(), ProviderConfig::default());
    assert_eq!(config(json!([])).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    let none = provider::read(&scim(&answering(refusal(404, "")).await)).await;
    assert_eq!(none.unwrap_err().kind, Kind::WrongAddress);
}

#[tokio::test]
async fn bodies_are_sent_as_scim() {
    let server = MockServer::start().await;
    let body = json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "dora@example.com"});
    let posted = Mock::given(method("POST")).and(path("/scim/v2/Users")).and(body_json(body));
    let posted = posted.and(header("content-type", "application/scim+json"));
    let posted = posted.and(headers("accept", vec!["application/scim+json", "application/json"]));
    posted.respond_with(ResponseTemplate::new(201).set_body_json(dora())).expect(1).mount(&server).await;
    let created = users::create(&scim(&server), &name(), &[]).await.unwrap();
    assert!(matches!(created, users::Created::Made(user) if user.id == id()));
}
