//! HTTP at a receiver: from API Gateway's event to a small request and back.
//!
//! The body stays raw bytes: only a vendor's verification may open it. So what is wrong with a request is told only to a
//! sender who has shown the secret, and what such a sender delivers is kept whatever is wrong with it.

use std::fmt;

use ::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use aws_lambda_events::encodings::Body as Text;
pub use aws_lambda_events::event::apigw::ApiGatewayV2httpRequest as Event;
use aws_lambda_events::event::apigw::ApiGatewayV2httpResponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lambda_runtime::{LambdaEvent, service_fn};
use ledger::Calls;

use crate::clock::Clock;
use crate::connections::is_name;
pub use crate::received::Received;
use crate::telemetry::{self, Visit};

/// The largest body that a receiver takes, in bytes. Files travel as links, so this is ample.
pub const LARGEST_BODY: usize = 256 * 1024;

/// A request. `Debug` shows its method only: the rest comes from outside.
pub struct Request {
    /// The method.
    pub method: Method,
    /// The headers, as API Gateway passes them: names in lower case, repeated ones joined with commas.
    pub headers: HeaderMap,
    /// The path's `{connection}`.
    pub connection: String,
    /// The path's `{secret}`, where the route has one.
    pub segment: Option<String>,
    /// The URL's query as it was sent, without the question mark.
    pub query: String,
    /// The body.
    pub body: Body,
}

/// A request's body. `Debug` shows none of it.
pub enum Body {
    /// Its bytes.
    Whole(Vec<u8>),
    /// The bytes of one that is larger than [`LARGEST_BODY`].
    TooLarge(Vec<u8>),
    /// What API Gateway handed on as base64 and is none.
    BrokenBase64(Vec<u8>),
}

/// Why a delivery cannot be used: the status that says so, and a sentence that holds none of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The status that the vendor sees.
    pub status: StatusCode,
    /// The sentence.
    pub why: String,
}

/// What is answered, and what the log says of it. `Debug` leaves the text out, which may name what was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status that the vendor sees.
    pub status: StatusCode,
    /// One sentence for whoever set the webhook up. Says nothing of the content.
    pub text: String,
    /// What became of the request.
    pub received: Received,
    /// The event's identity, where there is one.
    pub event: Option<String>,
    /// The vendors' ids of what is not queued, where they can be read: `flow=Vho2... response=8f14...`.
    pub object: Option<String>,
}

impl Request {
    /// Why it cannot be used, whatever its body says: `methods` are those that the receiver takes.
    #[must_use]
    pub fn flaw(&self, methods: &[Method]) -> Option<Flaw> {
        let length = self.body.bytes().len();
        match &self.body {
            _ if !methods.contains(&self.method) => Some(Flaw::method(methods)),
            Body::TooLarge(_) => Some(Flaw::too_large(length)),
            Body::BrokenBase64(_) => Some(Flaw::unreadable("the body's base64 cannot be read")),
            Body::Whole(_) => None,
        }
    }
}

impl Body {
    /// Its bytes; of broken base64 the text as it came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) | Self::TooLarge(bytes) | Self::BrokenBase64(bytes) => bytes,
        }
    }
}

impl Flaw {
    /// The content cannot be read.
    #[must_use]
    pub fn unreadable(why: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, why: why.into() }
    }

    /// The content has so many bytes, more than [`LARGEST_BODY`].
    #[must_use]
    pub fn too_large(length: usize) -> Self {
        let why = format!("the body has {length} bytes, {LARGEST_BODY} are the most");
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, why }
    }

    pub(crate) fn method(taken: &[Method]) -> Self {
        let taken: Vec<&str> = taken.iter().map(Method::as_str).collect();
        Self { status: StatusCode::METHOD_NOT_ALLOWED, why: format!("only {} is taken here", taken.join(" or ")) }
    }
}

impl Answer {
    /// The event is in the queue. 200, exactly: some vendors count nothing else as delivered.
    #[must_use]
    pub fn queued(event: impl Into<String>) -> Self {
        let (received, event) = (Received::Queued, Some(event.into()));
        Self { status: StatusCode::OK, text: received.to_string(), received, event, object: None }
    }

    /// The request is right, and nothing follows from it: 200 with a word that says what it was.
    #[must_use]
    pub fn ignored(text: impl Into<String>) -> Self {
        Self { status: StatusCode::OK, text: text.into(), received: Received::Ignored, event: None, object: None }
    }

    /// Nobody knows whose the request is, or its address is wrong: nothing is kept of it.
    #[must_use]
    pub fn refused(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into(), received: Received::Refused, event: None, object: None }
    }

    /// The sender may deliver, and the delivery cannot be used: it is stored as a failure.
    #[must_use]
    pub(crate) fn rejected(flaw: Flaw, event: String, object: String) -> Self {
        let object = Some(object).filter(|object| !object.is_empty());
        Self { status: flaw.status, text: flaw.why, received: Received::Rejected, event: Some(event), object }
    }

    /// 503: the vendor may come again, or tells the sender that the delivery failed.
    #[must_use]
    pub fn unavailable() -> Self {
        let (status, text) = (StatusCode::SERVICE_UNAVAILABLE, "cannot take the delivery just now".to_owned());
        Self { status, text, received: Received::Unavailable, event: None, object: None }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.bytes().len())
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, received, event, .. } = self;
        let mut shown = f.debug_struct("Answer");
        shown.field("status", status).field("received", received).field("event", event).finish_non_exhaustive()
    }
}

/// Runs a function whose events are HTTP requests. Ends only with the function.
///
/// # Errors
/// Where Lambda's runtime API fails.
pub async fn serve(
    flow: &str,
    clock: &Clock,
    calls: &Calls,
    handle: impl AsyncFn(Request) -> Answer,
) -> Result<(), lambda_runtime::Error> {
    let handle = &handle;
    let answer = async |event: LambdaEvent<Event>| {
        Ok::<_, lambda_runtime::Error>(run(event.payload, flow, clock, calls, handle).await)
    };
    lambda_runtime::run(service_fn(answer)).await
}

/// Handles one request and writes its log line.
pub async fn run(
    event: Event,
    flow: &str,
    clock: &Clock,
    calls: &Calls,
    handle: &impl AsyncFn(Request) -> Answer,
) -> ApiGatewayV2httpResponse {
    let (start, aws) = (clock.now(), calls.count());
    let connection = event.path_parameters.get("connection").cloned().unwrap_or_default();
    // boxed: the types of nested futures would otherwise outgrow the compiler's limit
    let answer = Box::pin(handle(read(event))).await;
    let known = if is_name(&connection) { connection.as_str() } else { "(no name)" };
    telemetry::visit(&Visit {
        flow,
        connection: known,
        object: answer.object.as_deref(),
        event: answer.event.as_deref(),
        received: answer.received,
        reason: Some(answer.text.as_str()).filter(|_| answer.received != Received::Queued),
        status: answer.status.as_u16(),
        took: clock.since(start),
        aws_calls: calls.count() - aws,
    });
    respond(&answer)
}

fn read(event: Event) -> Request {
    let method = event.request_context.http.method;
    let path = |name: &str| event.path_parameters.get(name).cloned();
    let (connection, segment) = (path("connection").unwrap_or_default(), path("secret").or_else(|| path("vendor")));
    let query = event.raw_query_string.unwrap_or_default();
    let body = read_body(event.body.unwrap_or_default(), event.is_base64_encoded);
    Request { method, headers: event.headers, connection, segment, query, body }
}

fn read_body(text: String, is_base64_encoded: bool) -> Body {
    let bytes = if is_base64_encoded {
        match STANDARD.decode(&text) {
            Ok(bytes) => bytes,
            Err(_) => return Body::BrokenBase64(text.into_bytes()),
        }
    } else {
        text.into_bytes()
    };
    if bytes.len() > LARGEST_BODY { Body::TooLarge(bytes) } else { Body::Whole(bytes) }
}

fn respond(answer: &Answer) -> ApiGatewayV2httpResponse {
    let mut response = ApiGatewayV2httpResponse::default();
    response.status_code = i64::from(answer.status.as_u16());
    response.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.body = Some(Text::Text(format!("{}\n", answer.text)));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(json: &str) -> Event {
        let whole = format!(
            r#"{{"version":"2.0","routeKey":"ANY /x","rawPath":"/x","headers":{{"x-secret":"s"}},"rawQueryString":"a=1&secret=s","pathParameters":{{"connection":"careers","secret":"p"}},
            "requestContext":{{"http":{{"method":"POST","path":"/x","protocol":"HTTP/1.1"}}}},{json}}}"#
        );
        serde_json::from_str(&whole).unwrap()
    }

    #[test]
    fn plain_and_base64_bodies_are_the_same_bytes() {
        let plain = read(event(r#""body":"{\"ä\":1}","isBase64Encoded":false"#));
        let encoded = read(event(r#""body":"eyLDpCI6MX0=","isBase64Encoded":true"#));
        assert_eq!(plain.body.bytes(), encoded.body.bytes());
        assert_eq!((plain.method, plain.connection.as_str()), (Method::POST, "careers"));
        assert_eq!((plain.segment.as_deref(), plain.query.as_str()), (Some("p"), "a=1&secret=s"));
        assert_eq!(plain.headers["x-secret"], "s");
    }

    #[test]
    fn what_is_wrong_with_a_request_is_known_and_its_body_kept() {
        let taken = [Method::POST, Method::PUT];
        let flaw = |request: &Request| request.flaw(&taken).map(|flaw| (flaw.status.as_u16(), flaw.why));
        let broken = read(event(r#""body":"%%%","isBase64Encoded":true"#));
        assert_eq!(flaw(&broken), Some((400, "the body's base64 cannot be read".to_owned())));
        assert_eq!(broken.body.bytes(), b"%%%");
        let plain = |length| read(event(&format!(r#""body":"{}","isBase64Encoded":false"#, "x".repeat(length))));
        let large = plain(LARGEST_BODY + 1);
        assert_eq!(flaw(&large), Some((413, "the body has 262145 bytes, 262144 are the most".to_owned())));
        assert_eq!(large.body.bytes().len(), LARGEST_BODY + 1);
        let mut whole = plain(LARGEST_BODY);
        assert_eq!(flaw(&whole), None);
        whole.method = Method::GET;
        assert_eq!(flaw(&whole), Some((405, "only POST or PUT is taken here".to_owned())));
        assert!(read(event(r#""isBase64Encoded":false"#)).body.bytes().is_empty());
    }
}
