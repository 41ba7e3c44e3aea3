//! Heyflow as a sender: flows with a webhook, the test button, submitted responses, the owner's mailbox, and upload links.
//!
//! Follows <https://www.heyflow.help/en/articles/5469495-webhook-api> (payload, test delivery, activation on 200) and
//! <https://www.heyflow.help/en/articles/11563833-webhook-customizations-advanced> (method, headers, parameters, Basic, extended data).
//! Neither signatures nor retries are documented, so the twin has none.

mod flow;
mod payload;
mod sender;
mod state;
mod uploads;

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::desk::Desk;
use crate::{Twins, Vendor, doors, locked};

pub use self::flow::{Basic, Block, Flow, Hook, Method};
use self::payload::Form;
use self::state::Store;
pub use self::state::{Delivery, Mail, Modes, Sent, Submission};
pub use self::uploads::{Refusal, Upload};

/// The response id of every test delivery.
pub const TEST_RESPONSE_ID: &str = "demo-response-id";

/// Heyflow's twin. Clones share everything.
#[derive(Clone, Default)]
pub struct Twin {
    desk: Desk,
    store: Arc<Mutex<Store>>,
}

impl Twins {
    /// Heyflow's twin.
    #[must_use]
    pub fn heyflow(&self) -> &Twin {
        self.vendor()
    }
}

impl Twin {
    /// Saves a flow. A new or changed hook must be tested before it is active.
    pub fn save(&self, flow_id: &str, flow: Flow) {
        let mut store = locked(&self.store);
        let unchanged = store.flows.get(flow_id).is_some_and(|known| known.hook == flow.hook && known.active);
        store.flows.insert(flow_id.to_owned(), Flow { active: unchanged, ..flow });
    }

    /// The test button: sends the demo response; exactly 200 activates the hook. `None`: no such flow.
    pub async fn test(&self, flow_id: &str) -> Option<Sent> {
        let flow = self.flow(flow_id)?;
        let form = Form::demo(flow_id, self.desk.clock().now());
        let delivery = self.deliver(flow_id, &flow.hook, &form, &Modes::default()).await;
        if delivery.status == Some(200)
            && let Some(flow) = locked(&self.store).flows.get_mut(flow_id)
        {
            flow.active = true;
        }
        Some(Sent::of(&delivery))
    }

    /// A visitor submits the form. `None`: no such flow, or its hook is not active.
    pub async fn submit(&self, flow_id: &str, submission: Submission) -> Option<Sent> {
        let flow = self.flow(flow_id).filter(|flow| flow.active)?;
        let form = Form::submitted(flow_id, &flow.blocks, &submission, self.desk.clock().now());
        let modes = &submission.modes;
        let mut delivery = self.deliver(flow_id, &flow.hook, &form, modes).await;
        for _ in 1..modes.deliveries {
            delivery = self.deliver(flow_id, &flow.hook, &form, modes).await;
        }
        self.tell_owner(flow.owner, &delivery);
        Some(Sent::of(&delivery))
    }

    /// A flow as it stands.
    #[must_use]
    pub fn flow(&self, flow_id: &str) -> Option<Flow> {
        locked(&self.store).flows.get(flow_id).cloned()
    }

    /// All deliveries, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        locked(&self.store).deliveries.clone()
    }

    /// What the owners were told.
    #[must_use]
    pub fn mailbox(&self) -> Vec<Mail> {
        locked(&self.store).mailbox.clone()
    }

    /// Stores an uploaded file and gives the path of its link below this twin, percent-encoded: `/uploads/<id>/<name>`.
    pub fn upload(&self, id: &str, name: &str, upload: Upload) -> String {
        let link = uploads::link(id, name);
        locked(&self.store).uploads.insert(link.clone(), upload);
        link
    }

    async fn deliver(&self, flow_id: &str, hook: &Hook, form: &Form, modes: &Modes) -> Delivery {
        let at = self.desk.clock().now();
        let request = sender::Request::new(hook, form, modes);
        let outcome = sender::send(&request).await;
        let delivery = Delivery {
            flow_id: flow_id.to_owned(),
            response_id: form.id.clone(),
            url: hook.shown_url(),
            method: request.method,
            body: request.body,
            status: outcome.status,
            error: outcome.error,
            at,
        };
        locked(&self.store).deliveries.push(delivery.clone());
        delivery
    }

    /// Mails the owner about a response whose last delivery was not answered 200.
    fn tell_owner(&self, owner: String, delivery: &Delivery) {
        let Some(error) = delivery.error.clone() else { return };
        let (flow_id, response_id) = (delivery.flow_id.clone(), delivery.response_id.clone());
        locked(&self.store).mailbox.push(Mail { owner, flow_id, response_id, error, at: delivery.at });
    }
}

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        "heyflow"
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/uploads/{id}/{name}", get(uploads::download))
            .fallback(|| async { StatusCode::NOT_FOUND })
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        Router::new()
            .route("/flows/{flow_id}", put(save))
            .route("/flows/{flow_id}/test", post(test))
            .route("/flows/{flow_id}/responses", post(submit))
            .with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        Router::new().route("/uploads/{id}/{name}", put(uploads::seed)).with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        locked(&self.store).shown()
    }

    fn reset(&self) {
        *locked(&self.store) = Store::default();
    }
}

async fn save(State(twin): State<Twin>, Path(flow_id): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Flow>(&body) {
        Ok(flow) => twin.save(&flow_id, flow),
        Err(refusal) => return *refusal,
    }
    Json(json!({"active": twin.flow(&flow_id).is_some_and(|flow| flow.active)})).into_response()
}

async fn test(State(twin): State<Twin>, Path(flow_id): Path<String>) -> Response {
    answered(twin.test(&flow_id).await)
}

async fn submit(State(twin): State<Twin>, Path(flow_id): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Submission>(&body) {
        Ok(submission) => answered(twin.submit(&flow_id, submission).await),
        Err(refusal) => *refusal,
    }
}

fn answered(sent: Option<Sent>) -> Response {
    match sent {
        Some(sent) => Json(sent).into_response(),
        None => doors::refused(StatusCode::CONFLICT, "no such flow, or its hook is not active"),
    }
}
