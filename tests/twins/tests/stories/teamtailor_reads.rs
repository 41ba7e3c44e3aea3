//! Reads of Teamtailor: who is let in, pages, filters, and relationships that say little unless they are included.

use reqwest::Method;
use serde_json::{Value, json};
use twins::teamtailor::{Edit, Limit, Region};

use crate::teamtailor_stage::{AGENCY, Teamtailor, every_kind, mia, told};

#[tokio::test]
async fn a_key_opens_its_own_regions_host_and_needs_a_version() {
    let teamtailor = Teamtailor::new();
    assert_eq!(teamtailor.get("/company?include=manager").await.1["included"][0]["id"], "61");
    let url = teamtailor.0.url("/teamtailor/na/v1/company");
    let na = teamtailor.0.client.get(url).header("authorization", "Token token=twin-teamtailor-key");
    assert_eq!(told(na.header("x-api-version", "20240904").send().await.unwrap()).await, (401, Value::Null));
    let url = teamtailor.0.url("/teamtailor/eu/v1/company");
    let call = |version: &'static str, token: &'static str| {
        let request = teamtailor.0.client.get(&url).header("authorization", token).header("x-api-version", version);
        async { told(request.send().await.unwrap()).await }
    };
    assert_eq!(call("20240904", "Bearer twin-teamtailor-key").await, (401, Value::Null));
    let (status, body) = call("20260301", "Token token=twin-teamtailor-key").await;
    assert_eq!((status, &body["errors"][0]["status"]), (406, &json!(406)));
    assert!(body["errors"][0]["detail"].as_str().unwrap().contains("20240904"));
    teamtailor.change(|account| account.region = Region::Na);
    assert_eq!(teamtailor.get("/company").await.0, 401);
}

#[tokio::test]
async fn a_relationship_has_data_only_where_it_is_included() {
    let teamtailor = Teamtailor::new();
    let applied = teamtailor.applied().await;
    teamtailor.value(applied.candidate, 72, json!(["901"])).await;
    let path = format!("/candidates/{}", applied.candidate);
    let (_, bare) = teamtailor.get(&path).await;
    let values = &bare["data"]["relationships"]["custom-field-values"];
    assert!(values["data"].is_null() && values["links"]["related"].is_string(), "{values}");
    assert!(bare["included"].is_null());
    let (_, full) = teamtailor.get(&format!("{path}?include=custom-field-values.custom-field,job-applications")).await;
    assert_eq!(full["data"]["relationships"]["job-applications"]["data"][0]["id"], applied.application.to_string());
    let included = full["included"].as_array().unwrap();
    let of = |kind: &str| included.iter().find(|one| one["type"] == kind).unwrap();
    assert_eq!(of("custom-field-values")["relationships"]["custom-field"]["data"]["id"], "72");
    assert!(of("custom-field-values")["relationships"]["owner"]["data"].is_null());
    assert_eq!(of("custom-field-selects")["attributes"]["api-name"], "oneflow-city");
    assert_eq!(teamtailor.get("/custom-field-values?include=candidate").await.0, 400);
    assert_eq!(teamtailor.get("/custom-field-values?include=owner").await.0, 200);
    assert_eq!(teamtailor.get(&format!("{path}/custom-field-values")).await.1["meta"]["record-count"], 1);
    let stage = format!("/job-applications/{}?include=candidate,stage", applied.application);
    assert_eq!(teamtailor.get(&stage).await.1["data"]["relationships"]["stage"]["data"]["id"], "51");
    assert_eq!(teamtailor.get("/candidates/1").await.0, 404);
}

#[tokio::test]
async fn two_hundred_and_fifty_options_come_by_thirty() {
    let teamtailor = Teamtailor::with(|account| account.custom_fields = every_kind(250));
    let mut path = "/custom-field-options?filter[custom-field]=108&page[size]=100".to_owned();
    let mut sizes = Vec::new();
    loop {
        let (_, page) = teamtailor.get(&path).await;
        sizes.push(page["data"].as_array().unwrap().len());
        let Some(next) = page["links"]["next"].as_str() else { break };
        path = next.split_once("/v1").unwrap().1.to_owned();
    }
    assert_eq!(sizes, [30, 30, 30, 30, 30, 30, 30, 30, 10]);
    let (_, first) = teamtailor.get("/custom-fields").await;
    assert_eq!((first["data"].as_array().unwrap().len(), &first["meta"]["page-count"]), (9, &json!(1)));
    let kinds: Vec<_> = first["data"].as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(kinds[6..], ["custom-fields", "custom-field-selects", "custom-field-selects"]);
    assert_eq!(teamtailor.get("/custom-fields?page[size]=0").await.0, 400);
}

#[tokio::test]
async fn applications_come_newest_first_and_by_time() {
    let teamtailor = Teamtailor::new();
    let first = teamtailor.applied().await;
    teamtailor.later(60);
    let other = Edit { email: Some("ida@people.example".to_owned()), ..mia() };
    let second = teamtailor.office().apply(41, other).await.unwrap();
    let (_, newest) = teamtailor.get("/job-applications?sort=-id&page[size]=1").await;
    assert_eq!(newest["data"][0]["id"], second.application.to_string());
    let (_, since) = teamtailor.get("/job-applications?filter[created-at][from]=2026-03-01T10:00:30Z").await;
    assert_eq!(
        (&since["meta"]["record-count"], since["data"][0]["id"].as_str()),
        (&json!(1), Some(second.application.to_string().as_str()))
    );
    let (_, found) = teamtailor.get("/candidates?filter[email]=mia@people.example").await;
    assert_eq!(found["data"][0]["id"], first.candidate.to_string());
    assert_eq!(teamtailor.get("/job-applications?filter[stage]=51").await.0, 400);
    assert_eq!(teamtailor.get("/stages?sort=-id").await.0, 400);
    assert_eq!(teamtailor.get("/unheard-of").await.0, 404);
}

#[tokio::test]
async fn the_limit_is_told_in_seconds_that_are_left() {
    let limit = Limit { calls: 2, seconds: 10, retry_after: false };
    let teamtailor = Teamtailor::with(|account| account.limit = Some(limit));
    let call = async || teamtailor.request(Method::GET, "/company").send().await.unwrap();
    let header = |answer: &reqwest::Response, name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let first = call().await;
    assert_eq!(
        (header(&first, "x-rate-limit-limit"), header(&first, "x-rate-limit-remaining")),
        ("2".into(), "1".into())
    );
    assert_eq!(header(&first, "x-api-version"), "20240904");
    call().await;
    teamtailor.later(4);
    let refused = call().await;
    assert_eq!((refused.status().as_u16(), header(&refused, "x-rate-limit-reset")), (429, "6".to_owned()));
    assert!(!refused.headers().contains_key("retry-after"));
    teamtailor.change(|account| account.limit = Some(Limit { retry_after: true, ..limit }));
    assert!(call().await.headers().contains_key("retry-after"));
    teamtailor.later(10);
    assert_eq!(call().await.status(), 200);
    assert_eq!(teamtailor.twin().account(AGENCY).unwrap().limit.unwrap().calls, 2);
}
