//! What a function is woken with, in the form in which Lambda hands it over, and what it must answer to it.

use serde_json::{Value, json};

/// What wakes a function. The number given to an event differs from event to event, as ids do.
#[derive(Clone, Copy)]
pub(crate) enum Trigger {
    /// A request through API Gateway (payload format 2.0).
    Webhook(fn(u32) -> Delivery),
    /// A batch of one record from a FIFO queue; its text.
    Queue(fn(u32) -> String),
    /// EventBridge Scheduler.
    Schedule,
}

/// A vendor's request.
pub(crate) struct Delivery {
    /// The route's flow.
    pub(crate) flow: &'static str,
    /// The connection in the path.
    pub(crate) connection: &'static str,
    /// Who delivers, at the path's end, where a flow has two vendors that do.
    pub(crate) vendor: Option<&'static str>,
    /// Headers beside those that every request has, in lower case.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Trigger {
    /// The event with this number, as JSON.
    pub(crate) fn event(self, number: u32) -> Vec<u8> {
        let event = match self {
            Self::Webhook(delivery) => request(delivery(number)),
            Self::Queue(text) => return queued(number, &text(number)),
            Self::Schedule => schedule(),
        };
        event.to_string().into_bytes()
    }

    /// Whether the answer says that the function did its work.
    pub(crate) fn is_done(self, answer: &[u8]) -> bool {
        let read = || serde_json::from_slice::<Value>(answer);
        match self {
            Self::Webhook(_) => read().is_ok_and(|answer| answer.get("statusCode") == Some(&json!(200))),
            Self::Queue(_) => is_taken(answer),
            Self::Schedule => read().is_ok_and(|answer| answer.is_null()),
        }
    }
}

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
fn request(delivery: Delivery) -> Value {
    let Delivery { flow, connection, vendor, headers, body } = delivery;
    let (end, parameter) = vendor.map(|vendor| (format!("/{vendor}"), "/{vendor}")).unwrap_or_default();
    let path = format!("/webhooks/{flow}/{connection}{end}");
    let route = format!("ANY /webhooks/{flow}/{{connection}}{parameter}");
    let parameters = [("connection", Some(connection)), ("vendor", vendor)];
    let parameters = parameters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?))));
    let common = [
        ("accept", "application/json, text/plain, */*".to_owned()),
        ("accept-encoding", "gzip, compress, deflate, br".to_owned()),
        ("content-length", body.len().to_string()),
        ("content-type", "application/json".to_owned()),
        ("host", "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com".to_owned()),
        ("user-agent", "axios/1.7.9".to_owned()),
        ("x-amzn-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700".to_owned()),
        ("x-forwarded-for", "192.0.2.1".to_owned()),
        ("x-forwarded-port", "443".to_owned()),
        ("x-forwarded-proto", "https".to_owned()),
    ];
    let headers = common.into_iter().chain(headers).map(|(name, value)| (name.to_owned(), Value::String(value)));
    json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "headers": Value::Object(headers.collect()),
        "pathParameters": Value::Object(parameters.collect()),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
            "domainPrefix": "a1b2c3d4e5",
            "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "axios/1.7.9"},
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": route,
            "stage": "$default",
            "time": "01/Mar/2026:10:00:00 +0000",
            "timeEpoch": 1_772_359_200_000_u64,
        },
        "body": body,
        "isBase64Encoded": false,
    })
}

/// Whether the answer says that the batch needs not come again.
pub(crate) fn is_taken(answer: &[u8]) -> bool {
    let answer = serde_json::from_slice::<Value>(answer);
    answer.is_ok_and(|answer| answer.get("batchItemFailures") == Some(&json!([])))
}

/// A batch of this one message, as JSON.
pub(crate) fn queued(number: u32, text: &str) -> Vec<u8> {
    batch(number, text).to_string().into_bytes()
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>
fn batch(number: u32, text: &str) -> Value {
    json!({"Records": [{
        "messageId": format!("059f36b4-87a3-44ab-83d2-{number:012}"),
        "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a".repeat(8),
        "body": text,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1772359200000",
            "SequenceNumber": "18849496460467696128",
            "MessageGroupId": format!("careers.{number}"),
            "SenderId": "AROAEXAMPLEROLEID:bench",
            "MessageDeduplicationId": format!("careers.{number}.0"),
            "ApproximateFirstReceiveTimestamp": "1772359200100",
        },
        "messageAttributes": {},
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:bench.fifo",
        "awsRegion": "eu-central-1",
    }]})
}

/// <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html>
fn schedule() -> Value {
    json!({
        "version": "0",
        "id": "27a7f6a2-8d6e-4d0f-9a53-0d1d8b2b3c4d",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": "123456789012",
        "time": "2026-03-01T10:00:00Z",
        "region": "eu-central-1",
        "resources": ["arn:aws:scheduler:eu-central-1:123456789012:schedule/default/bench"],
        "detail": "{}",
    })
}
