//! Tenants with forms.

use edge::{Message, event_id};
use heyflow_to_personio::NAME;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tour::Endpoints;
use uuid::Uuid;

use super::door::HEADER;
use crate::deployed::route::{Route, status};
use crate::deployed::tenant::{Silence, Tenant, purge, twin, within};
use crate::support::cloud::Cloud;
use crate::support::house::FLOW;

/// 250 responses of a tenant whose vendor hangs wait in the queue; another tenant's response is done within a minute.
///
/// The local AWS runs one invocation at a time: a call that hangs holds up everybody for its time limit, and the queue is
/// read in between.
pub(in crate::deployed) async fn one_tenants_trouble_is_its_own(endpoints: &Endpoints, route: &Route) {
    let (cloud, silence) = (Cloud::of_the_deployed_stack().await, Silence::new().await);
    let queue =
        tenant("hanging", "99999", &silence.url, 6000).queue(endpoints, &cloud, &responses("hanging", 250)).await;

    let response = Uuid::new_v4().to_string();
    let delivery = route.request(Method::POST, "").header(HEADER, &route.secret).json(&body(&response));
    assert_eq!(status(delivery).await, 200);
    let is_there = async || twin(endpoints, "personio").await["applications"].to_string().contains(&response);
    within(60, "another tenant's response", is_there).await;
    purge(&cloud, &queue).await;
}

/// 200 responses at once, by functions that run side by side, reach a strict vendor without one call too early. The
/// vendor's window is a second here, and the connection's setting fits it.
pub(in crate::deployed) async fn a_burst_keeps_the_vendors_limit(endpoints: &Endpoints) {
    let cloud = Cloud::of_the_deployed_stack().await;
    let account = json!({"token": "t", "published_jobs": [1_834_171], "limit": 20, "window_seconds": 1});
    let seed = format!("{}/_twin/personio/accounts/77777", endpoints.twins);
    assert_eq!(reqwest::Client::new().put(seed).json(&account).send().await.unwrap().status(), 204);
    let vendor = format!("{}/personio", endpoints.twins);
    let before = early_calls(endpoints).await;
    tenant("burst", "77777", &vendor, 500).queue(endpoints, &cloud, &responses("burst", 200)).await;
    within(180, "200 applications", async || applications_of(endpoints, "77777").await == 200).await;
    assert_eq!(early_calls(endpoints).await, before, "a call came too early");
}

fn tenant<'a>(name: &'a str, company: &str, vendor: &str, calls: u32) -> Tenant<'a> {
    let document = include_str!("../../../../functions/heyflow-to-personio/connection.example.toml")
        .replace("https://api.personio.de", vendor)
        .replace("\"48151\"", &format!("\"{company}\""))
        .replace("calls_per_minute = 20", &format!("calls_per_minute = {calls}"))
        .replace("\"careers\"", &format!("\"{name}\""));
    let secret = json!({"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"});
    Tenant { name, flow: NAME, document, secret }
}

fn responses(connection: &str, count: usize) -> Vec<Message> {
    let response = |number| {
        let id = format!("{connection}-{number}");
        let body = RawValue::from_string(body(&id).to_string()).unwrap();
        Message::new(NAME, connection, event_id(&[FLOW, &id]), Timestamp::now(), body)
    };
    (0..count).map(response).collect()
}

fn body(response: &str) -> Value {
    let email = format!("{response}@applicant.example");
    let answers = json!({"First name": "Sample", "Last name": "Applicant", "E-mail": email});
    json!({"flowID": FLOW, "id": response, "createdAt": "2026-03-01T10:00:00Z", "fields": answers})
}

async fn applications_of(endpoints: &Endpoints, company: &str) -> usize {
    let twin = twin(endpoints, "personio").await;
    twin["applications"].as_array().unwrap().iter().filter(|application| application["company_id"] == company).count()
}

async fn early_calls(endpoints: &Endpoints) -> usize {
    let twin = twin(endpoints, "personio").await;
    twin["calls"].as_array().unwrap().iter().filter(|call| call["status"] == 429).count()
}
