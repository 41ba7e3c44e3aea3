//! A webhook receiver, and the acts of Heyflow's users.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::stage::Stage;

/// Method and URI, headers, body.
pub(crate) type Got = (String, HeaderMap, String);

/// A receiver that answers as told and remembers what it got.
#[derive(Clone, Default)]
pub(crate) struct Receiver {
    pub(crate) answers: Arc<Mutex<Vec<u16>>>,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Receiver {
    /// Answers these statuses in turn, then 200. Gives its URL.
    pub(crate) async fn start(&self, answers: &[u16]) -> String {
        *self.answers.lock().unwrap() = answers.to_vec();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(receive).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/hook")
    }

    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.got.lock().unwrap().iter().map(|(_, _, body)| serde_json::from_str(body).unwrap()).collect()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.got.lock().unwrap().iter().map(|(_, _, body)| body.clone()).collect()
    }

    pub(crate) fn last(&self) -> Got {
        self.got.lock().unwrap().last().unwrap().clone()
    }
}

async fn receive(State(receiver): State<Receiver>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let line = format!("{} {}", parts.method, parts.uri);
    receiver.got.lock().unwrap().push((line, parts.headers, String::from_utf8(body.to_vec()).unwrap()));
    let mut answers = receiver.answers.lock().unwrap();
    let status = if answers.is_empty() { 200 } else { answers.remove(0) };
    StatusCode::from_u16(status).unwrap()
}

/// A flow `F1` with this hook, tested: the receiver's first answer activates it if it is 200.
pub(crate) async fn flow(stage: &Stage, hook: Value) -> Value {
    flow_with(stage, hook, json!([])).await
}

/// The same with these blocks.
pub(crate) async fn flow_with(stage: &Stage, hook: Value, blocks: Value) -> Value {
    let body = json!({"owner": "people-team@example.com", "hook": hook, "blocks": blocks});
    let url = stage.url("/heyflow/flows/F1");
    assert_eq!(stage.client.put(url).json(&body).send().await.unwrap().status(), 200);
    post(stage, "/heyflow/flows/F1/test", json!({})).await
}

pub(crate) async fn post(stage: &Stage, path: &str, body: Value) -> Value {
    stage.client.post(stage.url(path)).json(&body).send().await.unwrap().json().await.unwrap()
}

pub(crate) async fn submit(stage: &Stage, body: Value) -> Value {
    post(stage, "/heyflow/flows/F1/responses", body).await
}
