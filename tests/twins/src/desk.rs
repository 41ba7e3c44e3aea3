//! What every twin has beside its state: a clock, fault switches, and a record of the calls it got.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::Serialize;

use crate::clock::Clock;
use crate::faults::{Effect, Faults};
use crate::line::Cut;
use crate::locked;

/// Clock, faults and calls of one twin. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Desk(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    clock: Clock,
    faults: Mutex<Faults>,
    calls: Mutex<Vec<Call>>,
}

/// A call that the vendor got, in the order in which they were decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// The method.
    pub method: String,
    /// The path without the vendor's prefix and without query.
    pub path: String,
    /// The names of its headers, in lower case; no values, because secrets travel there.
    pub headers: BTreeSet<String>,
    /// The status answered, or `"dropped"`, or `"hung"`.
    pub status: CallStatus,
    /// The fault that hit it, by its name in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<&'static str>,
    /// When it arrived, on the twin's clock.
    pub at: Timestamp,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CallStatus {
    /// With this status.
    Answered(u16),
    /// Without an answer.
    Unanswered(&'static str),
}

impl Desk {
    /// The twin's clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The switches as they stand, with what is left of each rule.
    #[must_use]
    pub fn faults(&self) -> Faults {
        locked(&self.0.faults).clone()
    }

    /// Replaces the switches; `clock` is carried out, or left alone where it is `None`.
    pub fn set_faults(&self, mut faults: Faults) {
        if let Some(switch) = faults.clock.take() {
            self.clock().switch(switch);
        }
        *locked(&self.0.faults) = faults;
    }

    /// The calls so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        locked(&self.0.calls).clone()
    }

    /// No faults, no calls, real time.
    pub fn reset(&self) {
        self.clock().reset();
        *locked(&self.0.faults) = Faults::default();
        locked(&self.0.calls).clear();
    }

    fn take_fault(&self, call: &Call) -> (Option<Effect>, Duration) {
        let mut faults = locked(&self.0.faults);
        (faults.take(&call.method, &call.path), Duration::from_millis(faults.latency_ms))
    }

    fn record(&self, call: Call, status: CallStatus) {
        locked(&self.0.calls).push(Call { status, ..call });
    }
}

/// The layer around a vendor's API: lets the faults happen and records the call.
///
/// A call is recorded before any wait, so that a client which gives up waiting still leaves its trace.
pub(crate) async fn gate(
    State(desk): State<Desk>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
    next: Next,
) -> Response {
    let mut call = arrived(&desk, &request);
    let (effect, latency) = desk.take_fault(&call);
    call.fault = effect.as_ref().map(Effect::name);
    let (mut response, extra) = match effect {
        None => (next.run(request).await, Duration::ZERO),
        Some(Effect::Latency(ms)) => (next.run(request).await, Duration::from_millis(ms)),
        Some(Effect::Status(answer)) => {
            swallow(request.into_body()).await;
            (answer.response().unwrap_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response()), Duration::ZERO)
        }
        Some(Effect::DropRequest) => return dropped(&desk, call, &cut),
        Some(Effect::DropAnswer) => {
            next.run(request).await;
            return dropped(&desk, call, &cut);
        }
        Some(Effect::Hang) => {
            desk.record(call, CallStatus::Unanswered("hung"));
            match std::future::pending::<Infallible>().await {}
        }
    };
    desk.record(call, CallStatus::Answered(response.status().as_u16()));
    response.headers_mut().extend(dated(&desk));
    tokio::time::sleep(latency + extra).await;
    response
}

/// The `Date` of an answer, by the twin's clock.
fn dated(desk: &Desk) -> Option<(HeaderName, HeaderValue)> {
    let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&desk.clock().now()).ok()?;
    Some((header::DATE, HeaderValue::from_str(&date).ok()?))
}

fn arrived(desk: &Desk, request: &Request) -> Call {
    Call {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        headers: request.headers().keys().map(ToString::to_string).collect(),
        status: CallStatus::Unanswered("dropped"),
        fault: None,
        at: desk.clock().now(),
    }
}

fn dropped(desk: &Desk, call: Call, cut: &Cut) -> Response {
    desk.record(call, CallStatus::Unanswered("dropped"));
    cut.now();
    Response::default()
}

/// Reads a body to its end: a client that is still sending would otherwise see a reset instead of the answer.
async fn swallow(body: Body) {
    let _ = axum::body::to_bytes(body, usize::MAX).await;
}
