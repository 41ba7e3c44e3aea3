//! HTTP at a receiver: from API Gateway's event to a small request and back.
//!
//! The body stays raw bytes: only a vendor's verification may open it.

use std::fmt;

use ::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use aws_lambda_events::encodings::Body;
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
    /// The body's bytes.
    pub body: Vec<u8>,
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
}

impl Answer {
    /// The event is in the queue. 200, exactly: some vendors count nothing else as delivered.
    #[must_use]
    pub fn queued(event: impl Into<String>) -> Self {
        let (received, event) = (Received::Queued, Some(event.into()));
        Self { status: StatusCode::OK, text: received.to_string(), received, event }
    }

    /// The request is right, and nothing follows from it: 200 with a word that says what it was.
    #[must_use]
    pub fn ignored(text: impl Into<String>) -> Self {
        Self { status: StatusCode::OK, text: text.into(), received: Received::Ignored, event: None }
    }

    /// The request is wrong.
    #[must_use]
    pub fn refused(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into(), received: Received::Refused, event: None }
    }

    /// 503: the vendor may come again, or tells the sender that the delivery failed.
    #[must_use]
    pub fn unavailable() -> Self {
        let (status, text) = (StatusCode::SERVICE_UNAVAILABLE, "cannot take the delivery just now".to_owned());
        Self { status, text, received: Received::Unavailable, event: None }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
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
    let answer = match read(event) {
        // boxed: the types of nested futures would otherwise outgrow the compiler's limit
        Ok(request) => Box::pin(handle(request)).await,
        Err(answer) => answer,
    };
    let known = if is_name(&connection) { connection.as_str() } else { "(no name)" };
    telemetry::visit(&Visit {
        flow,
        connection: known,
        event: answer.event.as_deref(),
        received: answer.received,
        status: answer.status.as_u16(),
        took: clock.since(start),
        aws_calls: calls.count() - aws,
    });
    respond(&answer)
}

fn read(event: Event) -> Result<Request, Answer> {
    let method = event.request_context.http.method;
    let path = |name: &str| event.path_parameters.get(name).cloned();
    let (connection, segment) = (path("connection").unwrap_or_default(), path("secret"));
    let query = event.raw_query_string.unwrap_or_default();
    let body = event.body.unwrap_or_default();
    let body = if event.is_base64_encoded {
        let refused = |_| Answer::refused(StatusCode::BAD_REQUEST, "the body's base64 cannot be read");
        STANDARD.decode(body).map_err(refused)?
    } else {
        body.into_bytes()
    };
    if body.len() > LARGEST_BODY {
        let text = format!("the body has {} bytes, {LARGEST_BODY} are the most", body.len());
        return Err(Answer::refused(StatusCode::PAYLOAD_TOO_LARGE, text));
    }
    Ok(Request { method, headers: event.headers, connection, segment, query, body })
}

fn respond(answer: &Answer) -> ApiGatewayV2httpResponse {
    let mut response = ApiGatewayV2httpResponse::default();
    response.status_code = i64::from(answer.status.as_u16());
    response.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.body = Some(Body::Text(format!("{}\n", answer.text)));
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
        let plain = read(event(r#""body":"{\"ä\":1}","isBase64Encoded":false"#)).unwrap();
        let encoded = read(event(r#""body":"eyLDpCI6MX0=","isBase64Encoded":true"#)).unwrap();
        assert_eq!(plain.body, encoded.body);
        assert_eq!((plain.method, plain.connection.as_str()), (Method::POST, "careers"));
        assert_eq!((plain.segment.as_deref(), plain.query.as_str()), (Some("p"), "a=1&secret=s"));
        assert_eq!(plain.headers["x-secret"], "s");
    }

    #[test]
    fn broken_base64_and_oversize_are_refused_before_anything_is_read() {
        let broken = read(event(r#""body":"%%%","isBase64Encoded":true"#)).unwrap_err();
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
        let large =
            read(event(&format!(r#""body":"{}","isBase64Encoded":false"#, "x".repeat(LARGEST_BODY + 1)))).unwrap_err();
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(read(event(&format!(r#""body":"{}","isBase64Encoded":false"#, "x".repeat(LARGEST_BODY)))).is_ok());
        assert!(read(event(r#""isBase64Encoded":false"#)).unwrap().body.is_empty());
    }
}
