//! Who may call, what the server says about itself, and what the partner's own people do.

use reqwest::Method;
use serde_json::{Value, json};
use twins::scim::{Account, Origin};

use crate::scim_stage::{ENTERPRISE, PARTNER, Partner, bare, dora, kind, told};

async fn act(partner: &Partner, method: Method, path: &str, body: Value) -> (u16, Value) {
    let url = partner.0.url(&format!("/scim/people/partner{path}"));
    told(partner.0.client.request(method, url).json(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn an_administrator_enters_renames_bars_and_deletes_users() {
    let partner = Partner::new();
    let entry = json!({"userName": "local@partner.example", "title": "Guest"});
    let (status, made) = act(&partner, Method::POST, "/users", entry.clone()).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!((status, partner.get(&format!("/Users/{id}")).await.1["title"].as_str()), (200, Some("Guest")));
    let path = |act: &str| format!("/users/{id}{act}");
    let name = json!({"user_name": "renamed@partner.example"});
    assert_eq!(act(&partner, Method::PUT, &path("/user-name"), name).await.0, 204);
    assert_eq!(act(&partner, Method::POST, &path("/deactivate"), Value::Null).await.0, 204);
    let held = partner.held(id);
    assert_eq!((held.user_name(), held.is_active(), held.changed_by), ("renamed@partner.example", false, Origin::Hand));
    assert_eq!(act(&partner, Method::POST, &path("/activate"), Value::Null).await.0, 204);
    assert!(partner.held(id).is_active());
    assert_eq!(act(&partner, Method::DELETE, &path(""), Value::Null).await.0, 204);
    assert_eq!(partner.get(&format!("/Users/{id}")).await.0, 404);
    for (method, path) in [(Method::DELETE, path("")), (Method::POST, path("/deactivate"))] {
        assert_eq!(act(&partner, method, &path, Value::Null).await.0, 409, "{path}");
    }
    assert_eq!(partner.0.state("scim").await["calls"].as_array().unwrap().len(), 2, "what people do is no call");
}

#[tokio::test]
async fn names_are_unique_for_administrators_too() {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    let taken = json!({"userName": "ADMIN@partner.example"});
    assert_eq!(act(&partner, Method::POST, "/users", taken.clone()).await.0, 409);
    let name = json!({"user_name": "ADMIN@partner.example"});
    assert_eq!(act(&partner, Method::PUT, &format!("/users/{id}/user-name"), name).await.0, 409);
    assert_eq!(act(&partner, Method::POST, "/users", json!({"shoeSize": "42"})).await.0, 409);
    assert_eq!(act(&partner, Method::POST, "/users", json!([])).await.0, 400);
    assert!(partner.twin().enter("nobody", taken.as_object().unwrap()).is_err());
    assert_eq!(partner.held(&id).changed_by, Origin::Api);
}

#[tokio::test]
async fn only_the_accounts_own_login_is_taken() {
    let partner = Partner::new();
    let twin = partner.twin();
    twin.seed(
        "other",
        Account {
            basic: Some(serde_json::from_value(json!({"user": "hr", "password": "p"})).unwrap()),
            ..Account::default()
        },
    )
    .unwrap();
    let call = async |account: &str, login: Option<&str>| {
        let request = partner.0.client.get(partner.0.url(&format!("/scim/{account}/Users")));
        let request = match login {
            Some(login) => request.header("authorization", login),
            None => request,
        };
        request.send().await.unwrap()
    };
    let status = async |account: &str, login: Option<&str>| call(account, login).await.status().as_u16();
    assert_eq!(status(PARTNER, Some("bearer twin-scim-token")).await, 200);
    assert_eq!(status("other", Some("Basic aHI6cA==")).await, 200);
    for (account, login) in [
        (PARTNER, None),
        (PARTNER, Some("Bearer ")),
        (PARTNER, Some("Bearer guessed")),
        (PARTNER, Some("Basic aHI6cA==")),
        ("other", Some("Bearer twin-scim-token")),
        ("other", Some("Basic aHI6")),
    ] {
        assert_eq!(status(account, login).await, 401, "{account} {login:?}");
    }
    let answer = call(PARTNER, None).await;
    assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    assert_eq!(kind(&told(answer).await), (401, ""));
    assert_eq!(status("nobody", Some("Bearer twin-scim-token")).await, 404);
}

#[tokio::test]
async fn the_server_says_what_it_is() {
    let partner = Partner::new();
    let (_, config) = partner.get("/ServiceProviderConfig").await;
    let told =
        ["patch", "filter", "bulk", "sort", "etag"].map(|feature| config[feature]["supported"].as_bool().unwrap());
    assert_eq!(told, [true, true, false, false, false]);
    let (_, types) = partner.get("/ResourceTypes").await;
    assert_eq!((&types["totalResults"], &types["Resources"][0]["endpoint"]), (&json!(1), &json!("/Users")));
    let (_, schema) = partner.get(&format!("/Schemas/{ENTERPRISE}")).await;
    let attributes = schema["attributes"].as_array().unwrap();
    assert!(attributes.iter().any(|attribute| attribute["name"] == "manager" && attribute["type"] == "complex"));
    for (method, path, status) in [
        (Method::GET, "/Groups", 404),
        (Method::GET, "/Schemas/urn:example:other", 404),
        (Method::GET, "/Me", 501),
        (Method::POST, "/Bulk", 501),
    ] {
        assert_eq!(partner.send(method, path, &Value::Null).await.0, status, "{path}");
    }
    assert_eq!(partner.request(Method::DELETE, "/Users").send().await.unwrap().status(), 405);
}

#[tokio::test]
async fn an_account_brings_its_users_or_keeps_them() {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    partner.switch(json!({"no_put": true})).await;
    assert_eq!(partner.held(&id).user_name(), "dora.klein@agency.example", "no users in the body: they stay");
    let users = json!([{"userName": "a@partner.example"}, {"userName": "b@partner.example", "active": false}]);
    partner.switch(json!({"users": users})).await;
    assert_eq!(partner.names("userName pr").await, ["a@partner.example", "b@partner.example"]);
    assert_eq!(partner.get(&format!("/Users/{id}")).await.0, 404, "no id is given again");
    for wrong in [json!({"token": "t", "no_pu": true}), json!({"token": "t", "drops": ["titel"]})] {
        assert_eq!(partner.seed(&wrong).await.0, 400, "{wrong}");
    }
    let doubled = json!([{"userName": "a@partner.example"}, {"userName": "A@partner.example"}]);
    assert_eq!(partner.seed(&json!({"token": "t", "users": doubled})).await.0, 409);
    assert_eq!(partner.twin().users(PARTNER).len(), 2, "a refused seed changes nothing");
    partner.0.twins.reset();
    assert_eq!(partner.twin().users(PARTNER)[0].user_name(), "admin@partner.example");
}

#[tokio::test]
async fn the_door_shows_all_but_secrets() {
    let partner = Partner::with(json!({"basic": {"user": "hr", "password": "in-basic"}, "drops": ["title"]})).await;
    let id = partner.made(&bare("someone@agency.example")).await;
    let state = partner.0.state("scim").await;
    let text = state.to_string();
    assert!(!text.contains("twin-scim-token") && !text.contains("in-basic"), "{text}");
    assert_eq!(state["accounts"][PARTNER]["drops"], json!(["title"]));
    let user = &state["users"][PARTNER][1];
    assert_eq!(
        (&user["id"], &user["attributes"]["userName"], &user["entered_by"]),
        (&json!(id), &json!("someone@agency.example"), &json!("api"))
    );
}
