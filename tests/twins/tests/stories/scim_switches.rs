//! What real providers do beside the RFCs.

use reqwest::Method;
use serde_json::{Value, json};
use twins::scim::Deactivation;

use crate::scim_stage::{ENTERPRISE, PARTNER, Partner, bare, dora, dora_with, kind};

fn active(active: bool) -> Value {
    json!([{"op": "replace", "path": "active", "value": active}])
}

#[tokio::test]
async fn filters_that_are_not_looked_at_find_everybody() {
    let partner = Partner::with(json!({"filter_ignored": true})).await;
    partner.made(&dora()).await;
    assert_eq!(partner.names("userName eq \"nobody\"").await.len(), 2);
    assert_eq!(partner.get("/ServiceProviderConfig").await.1["filter"]["supported"], false);
}

#[tokio::test]
async fn filters_may_mind_the_case_though_names_do_not() {
    let partner = Partner::with(json!({"filter_exact_case": true})).await;
    partner.made(&dora()).await;
    assert_eq!(partner.names("userName eq \"Dora.Klein@agency.example\"").await, [""; 0]);
    assert_eq!(kind(&partner.send(Method::POST, "/Users", &bare("Dora.Klein@agency.example")).await).0, 409);
    assert_eq!(partner.names("userName eq \"dora.klein@agency.example\"").await.len(), 1);
}

#[tokio::test]
async fn external_ids_may_not_be_found() {
    let partner = Partner::with(json!({"filter_misses_external_id": true})).await;
    partner.made(&dora()).await;
    assert_eq!(partner.names("externalId eq \"3003\"").await, [""; 0]);
    assert_eq!(partner.names("userName sw \"dora\"").await.len(), 1);
}

#[tokio::test]
async fn a_deleted_user_may_stay_and_come_back() {
    let partner = Partner::with(json!({"delete": "soft"})).await;
    let id = partner.made(&dora()).await;
    assert_eq!(partner.delete(&id).await.0, 204);
    let (status, shown) = partner.get(&format!("/Users/{id}")).await;
    assert_eq!((status, &shown["active"]), (200, &json!(false)));
    assert_eq!(kind(&partner.send(Method::POST, "/Users", &dora()).await), (409, "uniqueness"));
    assert!(partner.held(&id).deleted.is_some());
    partner.patched(&id, active(true)).await;
    assert!(partner.held(&id).is_active() && partner.held(&id).deleted.is_none());
}

#[tokio::test]
async fn what_is_dropped_is_kept_but_not_told() {
    let drops = json!(["title", "external_id", "enterprise", "email_type", "meta"]);
    let partner = Partner::with(json!({"drops": drops, "display_name_follows_name": true})).await;
    let id = partner.made(&dora_with(json!({"displayName": "Boss"}))).await;
    let (_, shown) = partner.get(&format!("/Users/{id}")).await;
    for dropped in ["title", "externalId", ENTERPRISE, "meta"] {
        assert_eq!(shown.get(dropped), None, "{dropped}");
    }
    assert_eq!(shown["emails"], json!([{"value": "dora.klein@agency.example", "primary": true}]));
    assert_eq!(shown["displayName"], "Dora Klein");
    assert_eq!(partner.names("externalId eq \"3003\"").await.len(), 1);
    assert_eq!(partner.held(&id).text("/title"), Some("Art Director"));
}

#[tokio::test]
async fn one_unknown_path_refuses_the_whole_patch() {
    let partner = Partner::with(json!({"patch_knows_few": true})).await;
    let id = partner.made(&dora()).await;
    let family = json!({"op": "replace", "path": "name.familyName", "value": "Groß"});
    let title = json!({"op": "replace", "path": "title", "value": "CEO"});
    assert_eq!(partner.patch(&id, json!([family, title])).await.0, 501);
    assert_eq!(partner.held(&id).text("/name/familyName"), Some("Klein"), "nothing was done");
    let department = json!({"op": "replace", "path": format!("{ENTERPRISE}:department"), "value": "Board"});
    assert_eq!(partner.patch(&id, json!([department])).await.0, 501);
    let object = json!({"op": "replace", "value": {ENTERPRISE: {"department": "Board"}}});
    assert_eq!(partner.patch(&id, json!([object])).await.0, 500);
    let emails = json!({"op": "replace", "path": "emails", "value": [{"value": "d@agency.example"}]});
    assert_eq!(partner.patch(&id, json!([family, emails])).await.0, 200);
    assert_eq!(partner.patch(&id, json!([{"op": "replace", "value": {"active": false}}])).await.0, 200);
}

#[tokio::test]
async fn patch_or_put_may_not_be_offered() {
    let partner = Partner::with(json!({"no_patch": true})).await;
    let id = partner.made(&dora()).await;
    assert_eq!(partner.patch(&id, active(false)).await.0, 501);
    assert_eq!(partner.get("/ServiceProviderConfig").await.1["patch"]["supported"], false);
    partner.switch(json!({"no_put": true})).await;
    assert_eq!(partner.send(Method::PUT, &format!("/Users/{id}"), &dora()).await.0, 405);
    partner.switch(json!({"no_patch": true, "says_patch": true, "filter_ignored": true, "says_filter": true})).await;
    let (_, config) = partner.get("/ServiceProviderConfig").await;
    assert_eq!([&config["patch"]["supported"], &config["filter"]["supported"]], [true, true], "neither is so");
}

#[tokio::test]
async fn a_patch_has_dialects() {
    let partner = Partner::with(json!({"patch_dialect": "capitalised"})).await;
    let id = partner.made(&dora()).await;
    assert_eq!(kind(&partner.patch(&id, active(false)).await), (400, "invalidSyntax"));
    let capital = json!([{"op": "Replace", "path": "active", "value": false}]);
    assert_eq!(partner.patch(&id, capital.clone()).await.0, 200);
    partner.switch(json!({"patch_dialect": "pathless"})).await;
    assert_eq!(kind(&partner.patch(&id, active(true)).await), (400, "invalidPath"));
    assert_eq!(partner.patch(&id, json!([{"op": "replace", "value": {"active": true}}])).await.0, 200);
    assert!(partner.held(&id).is_active());
}

#[tokio::test]
async fn a_patch_may_be_answered_without_a_body() {
    let partner = Partner::with(json!({"patch_answer": "empty"})).await;
    let id = partner.made(&dora()).await;
    assert_eq!(partner.patch(&id, active(false)).await, (204, Value::Null));
    partner.switch(json!({"patch_answer": "empty_if_unchanged"})).await;
    assert_eq!(partner.patch(&id, active(false)).await, (204, Value::Null));
    assert_eq!(partner.patch(&id, active(true)).await.0, 200);
}

#[tokio::test]
async fn a_post_may_give_the_user_that_is_there() {
    let partner = Partner::with(json!({"post_taken": "existing"})).await;
    let id = partner.made(&dora()).await;
    let again = dora_with(json!({"title": "CEO", "userName": "DORA.KLEIN@agency.example"}));
    let (status, body) = partner.send(Method::POST, "/Users", &again).await;
    assert_eq!((status, &body["id"], &body["title"]), (200, &json!(id), &json!("Art Director")));
}

#[tokio::test]
async fn external_ids_may_be_unique() {
    let partner = Partner::with(json!({"external_id_unique": true})).await;
    partner.made(&dora()).await;
    let other = dora_with(json!({"userName": "other@agency.example"}));
    assert_eq!(kind(&partner.send(Method::POST, "/Users", &other).await), (409, "uniqueness"));
}

#[tokio::test]
async fn refusals_may_be_told_poorly() {
    let partner = Partner::with(json!({"error_form": "integer_status"})).await;
    partner.made(&dora()).await;
    let (status, body) = partner.send(Method::POST, "/Users", &dora()).await;
    assert_eq!((status, &body["status"], body.get("scimType")), (409, &json!(409), None));
    partner.switch(json!({"error_form": "no_status"})).await;
    let (status, body) = partner.send(Method::POST, "/Users", &dora()).await;
    assert_eq!((status, body.get("status"), body.get("scimType")), (409, None, None));
}

#[tokio::test]
async fn texts_for_booleans_may_do_nothing() {
    let partner = Partner::with(json!({"string_booleans": "ignored"})).await;
    let id = partner.made(&dora()).await;
    let answer = partner.patched(&id, json!([{"op": "replace", "path": "active", "value": "False"}])).await;
    assert_eq!((&answer["active"], partner.held(&id).is_active()), (&json!(true), true));
    partner.patched(&id, json!([{"op": "replace", "value": {"active": "False", "title": "CEO"}}])).await;
    assert!(partner.held(&id).is_active() && partner.held(&id).text("/title") == Some("CEO"));
}

#[tokio::test]
async fn a_deactivation_may_be_accepted_and_not_carried_out() {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    partner.change(|account| account.deactivation = Deactivation::OnlyAnswered);
    assert_eq!(partner.patched(&id, active(false)).await["active"], false);
    assert_eq!(partner.get(&format!("/Users/{id}")).await.1["active"], true);
    let (_, body) = partner.send(Method::PUT, &format!("/Users/{id}"), &dora_with(json!({"active": false}))).await;
    assert_eq!((&body["active"], partner.held(&id).is_active()), (&json!(false), true));
}

#[tokio::test]
async fn calls_may_be_limited() {
    let partner = Partner::with(json!({"limit": {"per_minute": 2, "retry_after": true}})).await;
    assert_eq!([partner.get("/Users").await.0, partner.get("/Users").await.0], [200, 200]);
    partner.later(20);
    let answer = partner.request(Method::GET, "/Users").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (429, &"40".parse().unwrap()));
    partner.switch(json!({"limit": {"per_minute": 2}})).await;
    assert!(partner.request(Method::GET, "/Users").send().await.unwrap().headers().get("retry-after").is_none());
    partner.later(60);
    assert_eq!(partner.get("/Users").await.0, 200);
}

#[tokio::test]
async fn a_server_may_be_maintained_until_a_time() {
    for status in [423, 503] {
        let until = "2026-03-01T10:05:00Z";
        let partner =
            Partner::with(json!({"maintenance": {"status": status, "until": until, "retry_after": true}})).await;
        let answer = partner.request(Method::GET, "/Users").send().await.unwrap();
        assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (status, &"300".parse().unwrap()));
        partner.later(300);
        assert_eq!(partner.get("/Users").await.0, 200);
    }
}

#[tokio::test]
async fn a_login_may_expire() {
    let partner = Partner::with(json!({"expires_at": "2026-03-02T00:00:00Z"})).await;
    assert_eq!(partner.get("/Users").await.0, 200);
    partner.later(86_400);
    assert_eq!(kind(&partner.get("/Users").await), (401, ""));
}

#[tokio::test]
async fn answers_may_be_odd() {
    let partner = Partner::with(json!({"media": "html", "no_location": true, "unknown_id_is_400": true})).await;
    let request = partner.request(Method::POST, "/Users").header("content-type", "application/scim+json");
    let answer = request.body(dora().to_string()).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers().get("location")), (201, None));
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(body["meta"].get("location"), None);
    assert_eq!([partner.get("/Users/nobody").await.0, partner.delete("nobody").await.0], [400, 400]);
}

#[tokio::test]
async fn some_calls_may_be_refused() {
    let partner = Partner::with(json!({"refuses_count_zero": true, "delete_refuses_accept": true})).await;
    let id = partner.made(&dora()).await;
    assert_eq!(kind(&partner.listed(&[("count", "0")]).await), (400, "invalidValue"));
    let delete = partner.request(Method::DELETE, &format!("/Users/{id}"));
    assert_eq!(delete.header("accept", "application/scim+json").send().await.unwrap().status(), 400);
    assert_eq!(partner.delete(&id).await.0, 204);
    assert_eq!(partner.twin().users(PARTNER).len(), 1);
}
