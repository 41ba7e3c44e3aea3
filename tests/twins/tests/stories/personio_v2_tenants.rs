//! Tenants of the HR API side by side: rights, limits, and what the door shows.

use reqwest::Method;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::v2::{ErrorForm, Limits, MissingRight, Quirks, SEED_CLIENT, SEED_SECRET, Tenant};

use crate::personio_v2_stage::{Hr, PERIODS, detail, hook, token};
use crate::receiver::Receiver;

async fn seed(hr: &Hr, client: &str, tenant: &Value) -> u16 {
    let door = hr.stage.url(&format!("/_twin/personio/tenants/{client}"));
    hr.stage.client.put(door).json(tenant).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn tenants_do_not_see_each_other() {
    let mut hr = Hr::new().await;
    let id = hr.holiday(9, 9).await;
    let other = json!({
        "client_secret": "s", "company_id": "7", "types": [{"id": id, "name": "Urlaub", "unit": "DAY"}],
        "persons": [{"id": 3001, "email": "a@agency.example"}],
        "absences": [{"person": 3001, "type_id": id, "span": {"days": {"first": "2026-03-02", "last": "2026-03-02"}}}],
    });
    assert_eq!(seed(&hr, "other", &other).await, 204);
    hr.token = token(&hr.stage, "other", "s").await;
    assert_eq!(hr.get(&format!("{PERIODS}/{id}")).await.0, 404);
    let theirs = hr.ids(PERIODS).await;
    assert_eq!((theirs.len(), hr.read("/v2/persons").await["_data"].as_array().unwrap().len()), (1, 1));
    assert_ne!(theirs, [id.to_string()]);
    assert_eq!(hr.stage.twins.personio().absences("other").len(), 1);

    let receiver = Receiver::default();
    let url = receiver.start(&[]).await;
    hr.send(Method::POST, "/v2/webhooks", &hook(&url, &["absence-period.deleted"])).await;
    hr.office().delete(id).await.unwrap();
    assert_eq!(receiver.bodies().len(), 0, "another tenant's webhook");
    hr.stage.twins.personio().v2("other").delete(theirs[0].parse().unwrap()).await.unwrap();
    assert_eq!(receiver.bodies()[0]["company_id"], "7");
}

#[tokio::test]
async fn a_seed_is_replaced_whole_and_must_fit() {
    let hr = Hr::new().await;
    hr.holiday(9, 9).await;
    for wrong in [
        json!({"client_secret": "s"}),
        json!({"client_secret": "s", "company_id": "7", "quirks": {"end": "inclusive"}}),
        json!({"client_secret": "s", "company_id": "7", "quirks": {"unreadable": ["e-mail"]}}),
    ] {
        assert_eq!(seed(&hr, SEED_CLIENT, &wrong).await, 400, "{wrong}");
    }
    let person = |id: u64| json!({"id": id, "email": "same@agency.example"});
    let doubled = json!({"client_secret": "s", "company_id": "7", "persons": [person(1), person(2)]});
    assert_eq!(seed(&hr, SEED_CLIENT, &doubled).await, 409);
    assert_eq!(hr.office().absences().len(), 1, "a refused seed changes nothing");
    assert_eq!(seed(&hr, SEED_CLIENT, &json!({"client_secret": "s", "company_id": "7"})).await, 204);
    assert!(hr.office().absences().is_empty() && hr.office().persons().is_empty());
    assert_eq!(hr.get(PERIODS).await.0, 401, "the token is gone, too");
}

#[tokio::test]
async fn switches_can_be_set_over_http() {
    let hr = Hr::new().await;
    let door = hr.stage.url("/_twin/personio/tenants/twin-client/quirks");
    let switches = json!({"ends": "inclusive", "next_link": "self_pointing", "limits": "on", "unreadable": ["email"]});
    assert_eq!(hr.stage.client.put(&door).json(&switches).send().await.unwrap().status(), 204);
    let quirks = hr.office().quirks();
    assert_eq!((quirks.limits, quirks.unreadable.len(), quirks.token_limit), (Limits::On, 1, Some(150)));
    assert_eq!(hr.stage.client.put(&door).json(&json!({"limit": "on"})).send().await.unwrap().status(), 400);
    let nobody = hr.stage.url("/_twin/personio/tenants/nobody/quirks");
    assert_eq!(hr.stage.client.put(nobody).json(&json!({})).send().await.unwrap().status(), 409);
}

#[tokio::test]
async fn a_missing_right_is_403_or_401() {
    let mut hr = Hr::new().await;
    let scopes = ["personio:absences:read".to_owned()].into();
    let tenant = Tenant { scopes, ..Tenant::seed() };
    hr.stage.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    assert_eq!(hr.get(PERIODS).await.0, 200);
    for missing in ["/v2/persons", "/v2/persons/3001", "/v2/webhooks"] {
        assert_eq!(hr.get(missing).await.0, 403, "{missing}");
    }
    assert_eq!(hr.send(Method::POST, "/v2/webhooks", &json!({})).await.0, 403);
    hr.office().set_quirks(Quirks { missing_right: MissingRight::Unauthorized, ..Quirks::default() }).unwrap();
    let (status, body) = hr.get("/v2/persons").await;
    assert_eq!((status, detail(&body)), (401, "Unauthorized Request"));
    hr.token = "papi-guessed".to_owned();
    assert_eq!(hr.get(PERIODS).await.0, 401);
}

#[tokio::test]
async fn reading_webhooks_is_not_writing_them() {
    let mut hr = Hr::new().await;
    let scopes = ["personio:webhooks:read".to_owned()].into();
    hr.stage.twins.personio().seed_tenant(SEED_CLIENT, Tenant { scopes, ..Tenant::seed() }).unwrap();
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    assert_eq!(hr.get("/v2/webhooks").await.0, 200);
    let body = hook("https://hooks.example.com/p", &["person.updated"]);
    assert_eq!(hr.send(Method::POST, "/v2/webhooks", &body).await.0, 403);
}

#[tokio::test]
async fn a_right_can_be_taken_from_a_token_that_lives() {
    let hr = Hr::new().await;
    let all = hr.office().scopes();
    hr.office().set_scopes(["personio:persons:read".to_owned()].into()).unwrap();
    assert_eq!((hr.get(PERIODS).await.0, hr.get("/v2/persons").await.0), (403, 200));
    hr.office().set_scopes(all).unwrap();
    assert_eq!(hr.get(PERIODS).await.0, 200);
}

#[tokio::test]
async fn errors_can_be_sparse() {
    let hr = Hr::with(Quirks { errors: ErrorForm::Sparse, ..Quirks::default() }).await;
    let answer = hr.answer(&format!("{PERIODS}?limit=0")).await;
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body: Value = answer.json().await.unwrap();
    let error = json!({"title": "Bad request", "detail": "Provided value for limit is not valid", "type": null});
    assert_eq!((&body["errors"][0], &body["timestamp"]), (&error, &json!("2026-03-01T10:00:00.000+00:00")));
}

#[tokio::test]
async fn every_answer_tells_its_rate() {
    let hr = Hr::new().await;
    for (path, rate) in [
        (PERIODS, "10"),
        ("/v2/persons", "30"),
        ("/v2/persons/9", "30"),
        ("/v2/nothing", "10"),
        ("/v2/auth/token", "10"),
    ] {
        let answer = hr.answer(path).await;
        let told = |name: &str| answer.headers()[&format!("x-ratelimit-{name}")].to_str().unwrap().to_owned();
        assert_eq!(
            [told("replenish-rate"), told("burst-capacity"), told("requested-tokens")],
            [rate, rate, "1"],
            "{path}"
        );
        assert_eq!(told("remaining").parse::<u32>().unwrap(), rate.parse::<u32>().unwrap() - 1);
    }
    for _ in 0..40 {
        assert_eq!(hr.get(PERIODS).await.0, 200, "nothing is counted at first");
    }
}

#[tokio::test]
async fn each_endpoint_has_a_bucket_where_limits_are_on() {
    let hr = Hr::with(Quirks { limits: Limits::On, ..Quirks::default() }).await;
    let (one, two) = (hr.holiday(9, 9).await, hr.holiday(10, 10).await);
    for left in (0..10).rev() {
        let answer = hr.answer(PERIODS).await;
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["x-ratelimit-remaining"]),
            (200, &left.to_string().parse().unwrap())
        );
    }
    let answer = hr.answer(PERIODS).await;
    assert_eq!((answer.status().as_u16(), &answer.headers()["x-ratelimit-remaining"]), (429, &"0".parse().unwrap()));
    assert!(answer.headers().get("retry-after").is_none());
    for _ in 0..5 {
        for id in [one, two] {
            assert_eq!(hr.get(&format!("{PERIODS}/{id}")).await.0, 200, "a bucket of its own");
            assert_eq!(hr.get(&format!("{PERIODS}/{id}/breakdowns")).await.0, 200, "and another one");
        }
    }
    assert_eq!(hr.get(&format!("{PERIODS}/{one}")).await.0, 429, "ids do not matter");
    let mut persons = Vec::new();
    for _ in 0..31 {
        persons.push(hr.get("/v2/persons").await.0);
    }
    assert_eq!((persons.iter().filter(|status| **status == 200).count(), persons.last()), (30, Some(&429)));
    hr.later(1);
    assert_eq!(hr.get(PERIODS).await.0, 200);

    let twin = hr.stage.twins.personio();
    let limits = Quirks { limits: Limits::On, ..Quirks::default() };
    twin.seed_tenant("other", Tenant { quirks: limits, ..Tenant::new("s", "7") }).unwrap();
    let others = token(&hr.stage, "other", "s").await;
    for _ in 0..10 {
        let call = hr.stage.client.get(hr.stage.url("/personio/v2/absence-periods")).bearer_auth(&others);
        assert_eq!(call.send().await.unwrap().status(), 200, "another tenant has its own buckets");
    }
}

#[tokio::test]
async fn the_door_shows_all_but_secrets() {
    let hr = Hr::new().await;
    let receiver = Receiver::default();
    let url = receiver.start(&[]).await.replace("http://", "http://user:in-the-password@") + "?key=in-the-query";
    hr.send(Method::POST, "/v2/webhooks", &hook(&url, &["absence-period.created"])).await;
    let custom = json!({
        "url": "https://hooks.example.com/p", "description": "d", "auth_type": "CUSTOM", "custom_headers": {"x-key": "in-a-header"},
        "enabled_events": ["person.updated"],
    });
    hr.send(Method::POST, "/v2/webhooks", &custom).await;
    let id = hr.holiday(9, 9).await;
    let state = hr.stage.state("personio").await;
    let text = state.to_string();
    for secret in [SEED_SECRET, &hr.token, "Bearer hook", "in-the-", "in-a-header"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let tenant = &state["tenants"][SEED_CLIENT];
    assert_eq!(
        (&tenant["company_id"], &tenant["tokens"], &tenant["persons"][0]["id"]),
        (&json!("48151"), &json!(1), &json!(3001))
    );
    assert_eq!((&tenant["quirks"]["ends"], &tenant["modes"]["deliveries"]), (&json!("exclusive"), &json!(1)));
    let absence = &state["absences"][SEED_CLIENT][0];
    assert_eq!((&absence["id"], &absence["span"]["days"]["first"]), (&json!(id), &json!("2026-03-09")));
    assert_eq!(state["webhooks"][SEED_CLIENT][1]["custom_headers"], json!(["x-key"]));
    let delivery = &state["deliveries"][SEED_CLIENT][0];
    assert_eq!((&delivery["status"], &delivery["event"]), (&json!(200), &json!("absence-period.created")));
}

#[tokio::test]
async fn a_reset_takes_tenants_back_and_faults_hit_v2() {
    let mut hr = Hr::new().await;
    seed(&hr, "other", &json!({"client_secret": "s", "company_id": "7"})).await;
    hr.holiday(9, 9).await;
    hr.stage.twins.reset();
    let tenants = hr.stage.state("personio").await["tenants"].clone();
    assert_eq!(tenants.as_object().unwrap().keys().collect::<Vec<_>>(), [SEED_CLIENT]);
    assert!(hr.office().absences().is_empty());
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    let rule = Rule::new("GET /v2/absence-periods/*/breakdowns", Effect::status(502)).unwrap();
    hr.stage.twins.personio().desk().set_faults(Faults::one(rule));
    let id = hr.holiday(9, 9).await;
    let path = format!("{PERIODS}/{id}/breakdowns");
    assert_eq!([hr.answer(&path).await.status(), hr.answer(&path).await.status()], [502, 200]);
}
