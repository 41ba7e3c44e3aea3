//! Tenants with absences.

use edge::Message;
use jiff::{Timestamp, ToSpan};
use ledger::Subject;
use personio_to_hellohq::NAME;
use personio_to_hellohq::link::KIND;
use reconcile::{Signal, Trigger};
use reqwest::Method;
use serde_json::{Value, json};
use tour::Endpoints;
use twins::personio::v2::{SEED_CLIENT, kinds};
use uuid::Uuid;

use super::{HEADER, event};
use crate::deployed::route::{Route, status};
use crate::deployed::tenant::{Silence, Tenant, purge, twin, within};
use crate::support::cloud::Cloud;

/// A person of the twin's seed, and the user with the same address.
const PERSON: (u64, u64) = (3003, 13);

/// 250 signals of a tenant whose vendors hang wait in the queue; another tenant's signal is done within a minute.
pub(in crate::deployed) async fn one_tenants_trouble_is_its_own(endpoints: &Endpoints, route: &Route) {
    let (cloud, silence) = (Cloud::of_the_deployed_stack().await, Silence::new().await);
    let queue =
        tenant("hanging-absences", &silence.url).queue(endpoints, &cloud, &signals("hanging-absences", 250)).await;

    assert!(!is_entered(endpoints).await);
    let told = event("absence-period.created", enter(endpoints).await);
    assert_eq!(status(route.request(Method::POST, "").header(HEADER, &route.secret).json(&told)).await, 200);
    within(60, "another tenant's signal", async || is_entered(endpoints).await).await;
    purge(&cloud, &queue).await;
}

fn tenant<'a>(name: &'a str, vendors: &str) -> Tenant<'a> {
    let document = include_str!("../../../../functions/personio-to-hellohq/connection.example.toml")
        .replace("https://api.personio.de", vendors)
        .replace("https://api.hellohq.io", vendors)
        .replace("\"absences\"", &format!("\"{name}\""));
    let secret = json!({"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_client_id": "c",
        "personio_client_secret": "s", "hellohq_token": "t"});
    Tenant { name, flow: NAME, document, secret }
}

fn signals(connection: &str, count: usize) -> Vec<Message> {
    let signal = |_| {
        let signal = Signal::new(Subject::new(KIND, Uuid::new_v4()), Trigger::Changed);
        signal.of_sweep(NAME, connection, "run", None, Timestamp::now()).unwrap()
    };
    (0..count).map(signal).collect()
}

/// Somebody enters an absence in Personio; its id.
async fn enter(endpoints: &Endpoints) -> Uuid {
    let day = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(10.days());
    let (id, span) = (Uuid::new_v4(), json!({"days": {"first": day, "last": day.saturating_add(6.days())}}));
    let new = json!({"id": id, "person": PERSON.0, "type_id": kinds::URLAUB, "span": span});
    let people = format!("{}/personio/tenants/{SEED_CLIENT}/absences", endpoints.twins);
    assert_eq!(status(reqwest::Client::new().post(people).json(&new)).await, 200);
    id
}

/// Whether helloHQ holds something for the person.
async fn is_entered(endpoints: &Endpoints) -> bool {
    let hellohq = twin(endpoints, "hellohq").await;
    let is_theirs = |entry: &Value| entry["user_id"] == PERSON.1 && entry["deleted"] == false;
    hellohq["absences"].as_array().unwrap().iter().any(is_theirs)
}
