//! Users of a partner are created, read, replaced and deleted.

use reqwest::Method;
use serde_json::{Value, json};
use twins::scim::Origin;

use crate::scim_stage::{CORE, ENTERPRISE, PARTNER, Partner, bare, dora, dora_with, kind, told};

#[tokio::test]
async fn a_user_lives_from_post_to_delete() {
    let partner = Partner::new();
    let request = partner.request(Method::POST, "/Users").header("content-type", "application/scim+json");
    let answer = request.body(dora().to_string()).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (201, &"application/scim+json".parse().unwrap())
    );
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let (_, mut made) = told(answer).await;
    let id = made["id"].as_str().unwrap().to_owned();
    assert_eq!(location, partner.0.url(&format!("/scim/partner/Users/{id}")));
    assert_eq!(partner.get(&format!("/Users/{id}")).await, (200, made.clone()));
    let expected = json!({
        "resourceType": "User", "created": "2026-03-01T10:00:00.000Z", "lastModified": "2026-03-01T10:00:00.000Z",
        "location": location,
    });
    assert_eq!(made["meta"], expected);
    for name in ["id", "meta"] {
        made.as_object_mut().unwrap().remove(name);
    }
    assert_eq!(made, dora());
    assert_eq!(partner.delete(&id).await, (204, Value::Null));
    for answer in [partner.get(&format!("/Users/{id}")).await, partner.delete(&id).await] {
        assert_eq!((kind(&answer), &answer.1["status"]), ((404, ""), &json!("404")));
    }
}

#[tokio::test]
async fn a_put_takes_away_what_it_does_not_name() {
    let partner = Partner::new();
    let id = partner.made(&dora_with(json!({"active": false}))).await;
    partner.later(60);
    let path = format!("/Users/{id}");
    let (status, body) = partner.send(Method::PUT, &path, &bare("dora.klein@agency.example")).await;
    assert_eq!(
        (status, &body["schemas"], &body["meta"]["lastModified"]),
        (200, &json!([CORE]), &json!("2026-03-01T10:01:00.000Z"))
    );
    assert_eq!((body.get("active"), body.get("name"), body.get("externalId")), (None, None, None));
    assert!(partner.held(&id).is_active(), "the leaver is let in again");
}

#[tokio::test]
async fn a_user_name_is_taken_whatever_its_case() {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    let upper = bare("DORA.KLEIN@agency.example");
    let answer = partner.send(Method::POST, "/Users", &upper).await;
    assert_eq!((kind(&answer), &answer.1["status"]), ((409, "uniqueness"), &json!("409")));
    let other = partner.made(&bare("else@agency.example")).await;
    assert_eq!(kind(&partner.send(Method::PUT, &format!("/Users/{other}"), &upper).await), (409, "uniqueness"));
    let operation = json!([{"op": "replace", "path": "userName", "value": "DORA.KLEIN@agency.example"}]);
    assert_eq!(kind(&partner.patch(&other, operation.clone()).await), (409, "uniqueness"));
    assert_eq!(partner.patched(&id, operation).await["userName"], "DORA.KLEIN@agency.example", "its own");
    partner.made(&dora_with(json!({"userName": "second@agency.example"}))).await;
    assert_eq!(partner.names("externalId eq \"3003\"").await.len(), 2, "an externalId is only the caller's");
}

#[tokio::test]
async fn what_the_schemas_do_not_have_is_refused() {
    let partner = Partner::new();
    for (wrong, expected) in [
        (json!({"userName": null}), "invalidValue"),
        (json!({"userName": " "}), "invalidValue"),
        (json!({"schemas": [CORE]}), "invalidSyntax"),
        (json!({"schemas": [CORE, ENTERPRISE, "urn:example:other"]}), "invalidSyntax"),
        (json!({"schemas": null}), "invalidValue"),
        (json!({"shoeSize": "42"}), "invalidSyntax"),
        (json!({"name": {"first": "Dora"}}), "invalidSyntax"),
        (json!({"name": "Dora Klein"}), "invalidValue"),
        (json!({"emails": {"value": "d@agency.example"}}), "invalidValue"),
        (json!({"emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]}), "invalidValue"),
        (json!({"active": "True"}), "invalidValue"),
        (json!({"title": 7}), "invalidValue"),
        (json!({ENTERPRISE: {"manager": "u-1"}}), "invalidValue"),
        (json!({ENTERPRISE: {"manager": {"value": "u-1"}}}), "invalidValue"),
        (json!({ENTERPRISE: {"employeeNumber": 3003}}), "invalidValue"),
    ] {
        let answer = partner.send(Method::POST, "/Users", &dora_with(wrong.clone())).await;
        assert_eq!(kind(&answer), (400, expected), "{wrong}");
    }
    let mut null = dora();
    null["title"] = Value::Null;
    assert_eq!(kind(&partner.send(Method::POST, "/Users", &null).await), (400, "invalidValue"));
    assert_eq!(kind(&partner.send(Method::POST, "/Users", &json!([dora()])).await), (400, "invalidSyntax"));
    assert_eq!(partner.twin().users(PARTNER).len(), 1, "the administrator");
}

#[tokio::test]
async fn what_callers_may_not_write_is_passed_over() {
    let partner = Partner::new();
    let body = dora_with(json!({"id": "mine", "meta": {"created": "1999-01-01T00:00:00Z"}, "phoneNumbers": []}));
    let id = partner.made(&body).await;
    let (_, shown) = partner.get(&format!("/Users/{id}")).await;
    assert!(
        id != "mine" && shown["meta"]["created"] == "2026-03-01T10:00:00.000Z" && shown.get("phoneNumbers").is_none()
    );
}

#[tokio::test]
async fn names_of_attributes_have_no_case() {
    let partner = Partner::new();
    let mut body = dora_with(json!({"userName": null, "name": {"GivenName": "Dora"}}));
    body["USERNAME"] = json!("dora.klein@agency.example");
    let id = partner.made(&body).await;
    let held = partner.held(&id);
    assert_eq!((held.user_name(), held.text("/name/givenName")), ("dora.klein@agency.example", Some("Dora")));
    body["userName"] = json!("twice@agency.example");
    assert_eq!(kind(&partner.send(Method::POST, "/Users", &body).await), (400, "invalidSyntax"));
}

#[tokio::test]
async fn bodies_must_be_said_to_be_json() {
    let partner = Partner::new();
    let send = async |media: &str| {
        let request = partner.request(Method::POST, "/Users").header("content-type", media);
        request
            .body(bare(&format!("{}@agency.example", media.len())).to_string())
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!([send("application/scim+json; charset=utf-8").await, send("application/json").await], [201, 201]);
    assert_eq!([send("text/plain").await, send("application/x-www-form-urlencoded").await], [415, 415]);
}

#[tokio::test]
async fn a_manager_is_a_user() {
    let partner = Partner::new();
    let boss = partner.made(&bare("boss@agency.example")).await;
    let id = partner.made(&dora_with(json!({ENTERPRISE: {"manager": {"value": boss, "displayName": "Boss"}}}))).await;
    assert_eq!(partner.get(&format!("/Users/{id}")).await.1[ENTERPRISE], json!({"manager": {"value": boss}}));
}

#[tokio::test]
async fn the_history_tells_who_did_what() {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    partner.patched(&id, json!([{"op": "replace", "path": "active", "value": false}])).await;
    partner.patched(&id, json!([{"op": "replace", "path": "active", "value": false}])).await;
    partner.delete(&id).await;
    let history = partner.0.state("scim").await["history"][PARTNER].clone();
    let acts: Vec<_> = history.as_array().unwrap().iter().map(|event| json!([event["act"], event["active"]])).collect();
    assert_eq!(
        json!(acts),
        json!([["created", true], ["changed", false], ["deleted", false]]),
        "nothing changed the second time"
    );
    assert!(partner.twin().history(PARTNER).iter().all(|event| event.by == Origin::Api && event.user_id == id));
}
