//! Tenants beside each other in the deployed stack.

use std::time::{Duration, Instant};

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use edge::{Message, Secrets, event_id};
use jiff::Timestamp;
use ledger::{Apply, Calls, Ledger};
use serde_json::{Value, json};
use tour::Endpoints;

use super::door::Door;
use crate::support::cloud::Cloud;
use crate::support::house::FLOW;

/// 500 responses of a tenant whose vendor hangs wait in the queue; another tenant's response is done within a minute.
pub(super) async fn one_tenants_trouble_is_its_own(endpoints: &Endpoints, door: &Door) {
    let cloud = Cloud::new().await;
    let hanging = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = hanging.local_addr().unwrap();
    let silence = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((connection, _)) = hanging.accept().await {
            open.push(connection);
        }
    });
    let vendor = format!("http://{address}");
    let tenant = Tenant { name: "hanging", company: "99999", vendor: &vendor, calls: 6000 };
    let queue = tenant.queue(endpoints, &cloud, 500).await;

    let (start, response) = (Instant::now(), uuid::Uuid::new_v4().to_string());
    let answers =
        json!({"First name": "Sample", "Last name": "Applicant", "E-mail": format!("{response}@applicant.example")});
    let body = json!({"flowID": FLOW, "id": response, "createdAt": "2026-03-01T10:00:00Z", "fields": answers});
    assert_eq!(door.deliver(&body).await, 200);
    while !twin_holds(endpoints, &response).await {
        assert!(start.elapsed() < Duration::from_secs(60), "the other tenant waits for more than a minute");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    aws_sdk_sqs::Client::new(&cloud.config).purge_queue().queue_url(queue).send().await.unwrap();
    silence.abort();
}

/// 200 responses at once, by functions that run side by side, reach a strict vendor without one call too early. The
/// vendor's window is a second here, and the connection's setting fits it.
pub(super) async fn a_burst_keeps_the_vendors_limit(endpoints: &Endpoints) {
    let cloud = Cloud::new().await;
    let account = json!({"token": "t", "published_jobs": [1_834_171], "limit": 20, "window_seconds": 1});
    let seed = format!("{}/_twin/personio/accounts/77777", endpoints.twins);
    assert_eq!(reqwest::Client::new().put(seed).json(&account).send().await.unwrap().status(), 204);
    let vendor = format!("{}/personio", endpoints.twins);
    let tenant = Tenant { name: "burst", company: "77777", vendor: &vendor, calls: 500 };
    let before = early_calls(endpoints).await;
    tenant.queue(endpoints, &cloud, 200).await;
    let start = Instant::now();
    while applications_of(endpoints, "77777").await < 200 {
        assert!(start.elapsed() < Duration::from_secs(180), "{} of 200", applications_of(endpoints, "77777").await);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert_eq!(early_calls(endpoints).await, before, "a call came too early");
}

/// A connection of its own in the deployed stack.
struct Tenant<'a> {
    name: &'a str,
    company: &'a str,
    vendor: &'a str,
    calls: u32,
}

impl Tenant<'_> {
    /// Applies the connection and puts so many responses of it into the pusher's queue; the queue's URL.
    async fn queue(&self, endpoints: &Endpoints, cloud: &Cloud, responses: usize) -> String {
        self.apply(endpoints, cloud).await;
        let sqs = aws_sdk_sqs::Client::new(&cloud.config);
        let name = format!("{}-{}-push.fifo", endpoints.stack, heyflow_to_personio::NAME);
        let queue = sqs.get_queue_url().queue_name(name).send().await.unwrap().queue_url.unwrap();
        for batch in 0..responses / 10 {
            let entries = (0..10).map(|number| self.entry(batch * 10 + number)).collect();
            let answer = sqs.send_message_batch().queue_url(&queue).set_entries(Some(entries)).send().await.unwrap();
            assert_eq!(answer.failed.len(), 0);
        }
        queue
    }

    async fn apply(&self, endpoints: &Endpoints, cloud: &Cloud) {
        let ledger = Ledger::new(&cloud.config, &endpoints.table, Calls::default());
        let document = include_str!("../../../functions/heyflow-to-personio/connection.example.toml")
            .replace("https://api.personio.de", self.vendor)
            .replace("\"48151\"", &format!("\"{}\"", self.company))
            .replace("calls_per_minute = 20", &format!("calls_per_minute = {}", self.calls))
            .replace("\"careers\"", &format!("\"{}\"", self.name));
        let (name, owner) = (self.name, "people-team@example.com");
        let apply = Apply { name, flow: heyflow_to_personio::NAME, owner, document: &document };
        ledger.apply(apply, None, Timestamp::now()).await.unwrap().expect("nobody else applies");
        let secret = json!({"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"});
        let secrets = aws_sdk_secretsmanager::Client::new(&cloud.config).create_secret();
        let secrets = secrets.name(Secrets::name(&endpoints.stack, self.name)).secret_string(secret.to_string());
        secrets.send().await.unwrap();
    }

    fn entry(&self, number: usize) -> SendMessageBatchRequestEntry {
        let id = format!("{}-{number}", self.name);
        let email = format!("{id}@applicant.example");
        let answers = json!({"First name": "Sample", "Last name": "Applicant", "E-mail": email});
        let body = json!({"flowID": FLOW, "id": id, "fields": answers}).to_string();
        let body = serde_json::value::RawValue::from_string(body).unwrap();
        let event = event_id(&[FLOW, &id]);
        let message = Message::new(heyflow_to_personio::NAME, self.name, event, Timestamp::now(), body);
        let entry = SendMessageBatchRequestEntry::builder().id(number.to_string());
        let entry = entry.message_group_id(message.group()).message_deduplication_id(message.deduplication());
        entry.message_body(serde_json::to_string(&message).unwrap()).build().unwrap()
    }
}

async fn twin(endpoints: &Endpoints) -> Value {
    reqwest::get(format!("{}/_twin/personio", endpoints.twins)).await.unwrap().json().await.unwrap()
}

async fn applications_of(endpoints: &Endpoints, company: &str) -> usize {
    let twin = twin(endpoints).await;
    twin["applications"].as_array().unwrap().iter().filter(|application| application["company_id"] == company).count()
}

async fn early_calls(endpoints: &Endpoints) -> usize {
    twin(endpoints).await["calls"].as_array().unwrap().iter().filter(|call| call["status"] == 429).count()
}

async fn twin_holds(endpoints: &Endpoints, response: &str) -> bool {
    twin(endpoints).await.to_string().contains(response)
}
