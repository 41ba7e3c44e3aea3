//! The deployed stack, end to end, under enforced IAM: the tour that `make run` plays, the door through its real route,
//! and one tenant's trouble beside another's work. One after the other, for they share the stack.

use std::time::{Duration, Instant};

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use edge::{Message, Secrets, event_id};
use jiff::Timestamp;
use ledger::{Apply, Calls, Ledger};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tour::Endpoints;

use crate::support::cloud::Cloud;
use crate::support::house::FLOW;

const HEADER: &str = "x-heyflow-secret";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_deployed_stack_works() {
    let path =
        std::env::var("HRSYNC_ENDPOINTS").expect("HRSYNC_ENDPOINTS is not set: run these tests with `make test`");
    let endpoints = Endpoints::load(&path).unwrap();
    let door = Door::new(&endpoints, &path);
    every_way_through_the_route(&door).await;
    for round in ["first", "second"] {
        let steps = tour::play(&endpoints, &mut |_| {}).await.unwrap();
        assert!(!steps.is_empty());
        let failed: Vec<_> = steps.iter().filter(|step| !step.passed()).collect();
        assert!(failed.is_empty(), "{round} tour: {failed:#?}");
    }
    one_tenants_trouble_is_its_own(&endpoints, &door).await;
}

/// The public route of the connection `careers`.
struct Door {
    client: reqwest::Client,
    url: String,
    secret: String,
}

impl Door {
    fn new(endpoints: &Endpoints, path: &str) -> Self {
        let secrets = std::path::Path::new(path).with_file_name("secrets.json");
        let secrets: Value = serde_json::from_slice(&std::fs::read(secrets).unwrap()).unwrap();
        let secret = secrets["careers"]["webhook_secrets"][0]["value"].as_str().unwrap().to_owned();
        Self { client: reqwest::Client::new(), url: endpoints.webhooks["careers"].clone(), secret }
    }

    fn request(&self, method: Method, suffix: &str) -> RequestBuilder {
        let body = json!({"flowID": FLOW, "id": "demo-response-id", "createdAt": "2026-03-01T10:00:00Z", "fields": {}});
        self.client.request(method, format!("{}{suffix}", self.url)).json(&body)
    }
}

async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}

/// What API Gateway makes of headers, queries, paths and bodies is part of the door.
async fn every_way_through_the_route(door: &Door) {
    let secret = door.secret.as_str();
    let post = |suffix: &str| door.request(Method::POST, suffix);
    let open = [
        post("").header(HEADER, secret),
        door.request(Method::PUT, "").header(HEADER, secret),
        post("").basic_auth("anybody", Some(secret)),
        post(&format!("?secret={secret}")),
        post(&format!("/{secret}")),
        post("").header(HEADER, secret).header("content-type", "application/octet-stream"),
    ];
    for (number, request) in open.into_iter().enumerate() {
        assert_eq!(status(request).await, 200, "open way {number}");
    }
    let refused = [
        post(""),
        post("").header(HEADER, ""),
        post("").header(HEADER, "wrong"),
        post("").header(HEADER, secret).header(HEADER, secret),
        post("").header(HEADER, format!("{secret},{secret}")),
        post("").basic_auth(secret, None::<&str>),
        post("").basic_auth("anybody", Some("")),
        post("?secret="),
        post(&format!("?secret={secret}&secret={secret}")),
        post("/wrong"),
    ];
    for (number, request) in refused.into_iter().enumerate() {
        assert_eq!(status(request).await, 401, "refused way {number}");
    }
    for method in [Method::GET, Method::DELETE, Method::PATCH] {
        assert_eq!(status(door.request(method, "").header(HEADER, secret)).await, 405);
    }
    let unreadable = post("").header(HEADER, secret).body("{\"flowID\":");
    assert_eq!(status(unreadable).await, 400);
    let oversize = post("").header(HEADER, secret).body(vec![b' '; edge::door::LARGEST_BODY + 1]);
    assert_eq!(status(oversize).await, 413);
    let elsewhere = door.client.post(door.url.replace("careers", "carers")).header(HEADER, secret).body("{}");
    assert_eq!(status(elsewhere).await, 404);
}

/// 500 responses of a tenant whose vendor hangs wait in the queue; another tenant's response is done within a minute.
async fn one_tenants_trouble_is_its_own(endpoints: &Endpoints, door: &Door) {
    let cloud = Cloud::new().await;
    let hanging = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = hanging.local_addr().unwrap();
    let silence = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((connection, _)) = hanging.accept().await {
            open.push(connection);
        }
    });
    let queue = hanging_tenant(endpoints, &cloud, &format!("http://{address}")).await;

    let (start, response) = (Instant::now(), uuid::Uuid::new_v4().to_string());
    let answers =
        json!({"First name": "Sample", "Last name": "Applicant", "E-mail": format!("{response}@applicant.example")});
    let body = json!({"flowID": FLOW, "id": response, "createdAt": "2026-03-01T10:00:00Z", "fields": answers});
    let delivery = door.client.post(&door.url).header(HEADER, &door.secret).json(&body);
    assert_eq!(status(delivery).await, 200);
    while !twin_holds(endpoints, &response).await {
        assert!(start.elapsed() < Duration::from_secs(60), "the other tenant waits for more than a minute");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    aws_sdk_sqs::Client::new(&cloud.config).purge_queue().queue_url(queue).send().await.unwrap();
    silence.abort();
}

/// A connection `hanging` whose vendor accepts and never answers, with 500 responses waiting; the queue's URL.
async fn hanging_tenant(endpoints: &Endpoints, cloud: &Cloud, vendor: &str) -> String {
    let ledger = Ledger::new(&cloud.config, &endpoints.table, Calls::default());
    let document = include_str!("../../functions/heyflow-to-personio/connection.example.toml")
        .replace("https://api.personio.de", vendor)
        .replace("\"48151\"", "\"99999\"")
        .replace("calls_per_minute = 20", "calls_per_minute = 6000")
        .replace("\"careers\"", "\"hanging\"");
    let apply = Apply {
        name: "hanging",
        flow: heyflow_to_personio::NAME,
        owner: "people-team@example.com",
        document: &document,
    };
    ledger.apply(apply, None, Timestamp::now()).await.unwrap().expect("nobody else applies");
    let secret = json!({"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"});
    let secrets = aws_sdk_secretsmanager::Client::new(&cloud.config).create_secret();
    let secrets = secrets.name(Secrets::name(&endpoints.stack, "hanging")).secret_string(secret.to_string());
    secrets.send().await.unwrap();

    let sqs = aws_sdk_sqs::Client::new(&cloud.config);
    let name = format!("{}-{}-push.fifo", endpoints.stack, heyflow_to_personio::NAME);
    let queue = sqs.get_queue_url().queue_name(name).send().await.unwrap().queue_url.unwrap();
    for batch in 0..50 {
        let entries = (0..10).map(|number| entry(batch * 10 + number)).collect();
        let answer = sqs.send_message_batch().queue_url(&queue).set_entries(Some(entries)).send().await.unwrap();
        assert_eq!(answer.failed.len(), 0);
    }
    queue
}

fn entry(number: usize) -> SendMessageBatchRequestEntry {
    let id = format!("hanging-{number}");
    let answers =
        json!({"First name": "Sample", "Last name": "Applicant", "E-mail": format!("{id}@applicant.example")});
    let body = json!({"flowID": FLOW, "id": id, "fields": answers}).to_string();
    let body = serde_json::value::RawValue::from_string(body).unwrap();
    let message = Message::new(heyflow_to_personio::NAME, "hanging", event_id(&[FLOW, &id]), Timestamp::now(), body);
    let entry = SendMessageBatchRequestEntry::builder().id(number.to_string());
    let entry = entry.message_group_id(message.group()).message_deduplication_id(message.deduplication());
    entry.message_body(serde_json::to_string(&message).unwrap()).build().unwrap()
}

async fn twin_holds(endpoints: &Endpoints, response: &str) -> bool {
    let state = reqwest::get(format!("{}/_twin/personio", endpoints.twins)).await.unwrap().text().await.unwrap();
    state.contains(response)
}
