//! The receiver: whatever is sent, by whomever, is answered with one of the documented statuses, and only a sender who
//! shows the secret gets past 401. Most cases ask the door's two pure halves, some the whole receiver.

use std::cell::Cell;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use edge::http::Event;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use ledger::Calls;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use vendors::heyflow::model::{Answers, OwnField};
use vendors::heyflow::webhook::{DEFAULT_HEADER, DEFAULT_PARAMETER, Delivery, Expected, Presented, Verified, verify};
use vendors::secret::WebhookSecret;

use super::{MARK, any_json, change, changes, check, delivery, edited, edits, marked, member};
use crate::support::house::{House, SECRET};

/// What is shown in one of the places where a secret can be shown.
#[derive(Debug, Clone)]
enum Place {
    Nothing,
    Right,
    Wrong(String),
    Twice,
}

/// What a sender shows, and where.
#[derive(Debug, Clone)]
struct Sender {
    header: Place,
    basic: Place,
    parameter: Place,
    segment: Place,
    /// Of no meaning for the door.
    other_headers: BTreeMap<String, String>,
    other_query: String,
}

fn place(right: u32) -> impl Strategy<Value = Place> {
    let near = select(vec![format!("{SECRET} x"), SECRET.to_uppercase(), SECRET[1..].to_owned(), String::new()]);
    let wrong = prop_oneof!["[ -~]{0,30}", near].prop_map(Place::Wrong);
    prop_oneof![8 => Just(Place::Nothing), right => Just(Place::Right), 2 => wrong, 1 => Just(Place::Twice)]
}

/// A sender; `right` (of some ten) says how often each place shows the secret.
fn senders(right: u32) -> impl Strategy<Value = Sender> {
    let headers = proptest::collection::btree_map("x-[a-z]{1,8}-other", "[ -~]{0,20}", 0..4);
    let query = vec(("[a-z]{1,6}_", "[a-zA-Z0-9%+._-]{0,10}"), 0..4)
        .prop_map(|pairs| pairs.into_iter().map(|(key, value)| format!("{key}={value}&")).collect());
    (place(right), place(right), place(right), place(right), headers, query).prop_map(
        |(header, basic, parameter, segment, other_headers, other_query)| Sender {
            header,
            basic,
            parameter,
            segment,
            other_headers,
            other_query,
        },
    )
}

impl Sender {
    /// Said without looking at how the door decides. A segment cannot come twice.
    fn knows_the_secret(&self) -> bool {
        let places = [&self.header, &self.basic, &self.parameter, &self.segment];
        places.iter().any(|place| matches!(place, Place::Right)) || matches!(self.segment, Place::Twice)
    }

    /// Names and values as API Gateway hands them on: what came twice is joined with a comma.
    fn headers(&self) -> BTreeMap<String, String> {
        let mut headers = self.other_headers.clone();
        let basic = |password: &str| format!("Basic {}", STANDARD.encode(format!("anybody:{password}")));
        let mut set = |name: &str, place: &Place, written: &dyn Fn(&str) -> String| match place {
            Place::Nothing => {}
            Place::Right => drop(headers.insert(name.to_owned(), written(SECRET))),
            Place::Wrong(text) => drop(headers.insert(name.to_owned(), written(text))),
            Place::Twice => drop(headers.insert(name.to_owned(), [written(SECRET), written(SECRET)].join(","))),
        };
        set(DEFAULT_HEADER.as_str(), &self.header, &str::to_owned);
        set("authorization", &self.basic, &basic);
        headers
    }

    fn query(&self) -> String {
        let shown = |text: &str| format!("{DEFAULT_PARAMETER}={}", utf8_percent_encode(text, NON_ALPHANUMERIC));
        let own = match &self.parameter {
            Place::Nothing => String::new(),
            Place::Right => shown(SECRET),
            Place::Wrong(text) => shown(text),
            Place::Twice => [shown(SECRET), shown(SECRET)].join("&"),
        };
        format!("{}{own}", self.other_query)
    }

    fn segment(&self) -> Option<&str> {
        match &self.segment {
            Place::Nothing => None,
            Place::Right | Place::Twice => Some(SECRET),
            Place::Wrong(text) => Some(text),
        }
    }
}

/// A delivery as Heyflow sends it, in either form, as bytes.
fn deliveries() -> impl Strategy<Value = Value> {
    (any::<bool>(), "[a-z0-9-]{1,12}", vec((member(), any_json()), 0..6))
        .prop_map(|(extended, response, fields)| delivery(extended, &response, &fields))
}

/// Bytes; any JSON; a delivery with some of its values changed, with some of its bytes changed, and as it is.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let changed = (deliveries(), changes(1..4)).prop_map(|(mut delivery, changes)| {
        changes.iter().for_each(|it| change(&mut delivery, it));
        delivery.to_string().into_bytes()
    });
    let damaged = (deliveries(), edits(vec(any::<u8>(), 0..4), 1..4))
        .prop_map(|(delivery, edits)| edited(delivery.to_string().into_bytes(), &edits));
    prop_oneof![
        1 => vec(any::<u8>(), 0..60),
        1 => marked().prop_map(String::into_bytes),
        1 => any_json().prop_map(|json| json.to_string().into_bytes()),
        3 => changed,
        3 => damaged,
        1 => deliveries().prop_map(|delivery| delivery.to_string().into_bytes()),
    ]
}

fn with_door<T>(sender: &Sender, body: &[u8], judge: impl FnOnce(Option<Verified<'_>>) -> T) -> T {
    let mut headers = HeaderMap::new();
    for (name, value) in sender.headers() {
        headers.insert(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(&value).unwrap());
    }
    let secrets = [WebhookSecret::new(SECRET.into(), None)];
    let expected = Expected { header: &DEFAULT_HEADER, parameter: DEFAULT_PARAMETER, secrets: &secrets };
    let query = sender.query();
    let presented = Presented { headers: &headers, query: &query, segment: sender.segment(), body };
    judge(verify(presented, expected, Timestamp::UNIX_EPOCH).ok())
}

#[test]
fn only_the_secret_opens_whatever_else_is_sent() {
    let (open, shut) = (Cell::new(0), Cell::new(0));
    check(1_500, &(senders(2), vec(any::<u8>(), 0..8)), |(sender, body)| {
        let opened = with_door(&sender, &body, |verified| verified.is_some());
        prop_assert_eq!(opened, sender.knows_the_secret());
        let counted = if opened { &open } else { &shut };
        counted.set(counted.get() + 1);
        Ok(())
    });
    assert!(open.get() > 300 && shut.get() > 300, "{} open, {} shut", open.get(), shut.get());
}

#[test]
fn every_verified_body_is_a_response_or_unreadable_without_showing_it() {
    let (read, unread) = (Cell::new(0), Cell::new(0));
    let right = Sender { segment: Place::Right, ..nobody() };
    check(1_500, &bodies(), |body| {
        let delivery = with_door(&right, &body, |verified| verified.unwrap().read());
        match delivery {
            Ok(delivery) => {
                read.set(read.get() + 1);
                let json = vendors::lenient::json(&body);
                prop_assert!(serde_json::from_str::<Value>(&json).is_ok_and(|json| json.is_object()));
                ask_everything(&delivery)
            }
            Err(error) => {
                unread.set(unread.get() + 1);
                let lines = 1 + body.iter().filter(|byte| **byte == b'\n').count();
                prop_assert!((1..=lines).contains(&error.line), "{error} of {lines} lines");
                prop_assert!(!error.to_string().contains(MARK), "{error}");
                Ok(())
            }
        }
    });
    assert!(read.get() > 300 && unread.get() > 300, "{} read, {} unread", read.get(), unread.get());
}

fn nobody() -> Sender {
    let nothing = || Place::Nothing;
    let (other_headers, other_query) = (BTreeMap::new(), String::new());
    Sender { header: nothing(), basic: nothing(), parameter: nothing(), segment: nothing(), other_headers, other_query }
}

/// No question about a response that was read ends in a panic, and none of its answers shows in its `Debug`.
fn ask_everything(delivery: &Delivery) -> Result<(), TestCaseError> {
    let Delivery::Response(response, _) = delivery else { return Ok(()) };
    prop_assert!(!response.flow_id.trim().is_empty() && !response.response_id.trim().is_empty());
    let own = OwnField::ALL.iter().filter_map(|(_, own)| response.own(*own)).count();
    prop_assert!(own >= 2, "its two ids");
    prop_assert!(response.url_parameter("utm_source").is_none_or(|value| !value.trim().is_empty()));
    let labels: Vec<String> = response.labels().map(str::to_owned).collect();
    for label in &labels {
        prop_assert!(response.answers(label) != Answers::Unknown, "a label that is not found");
        let shown = format!("{:?} {:?}", response.answers(label), response.part_answers(label, "city"));
        prop_assert!(!shown.contains(MARK), "{shown}");
    }
    Ok(())
}

/// A request as it comes to the function.
#[derive(Debug, Clone)]
struct Knock {
    sender: Sender,
    method: &'static str,
    connection: String,
    body: Vec<u8>,
    /// `None`: as text, if it is text. Otherwise as base64, with so many characters broken off.
    base64: Option<usize>,
}

fn knocks() -> impl Strategy<Value = Knock> {
    let method =
        prop_oneof![9 => Just("POST"), 2 => Just("PUT"), 1 => select(vec!["GET", "DELETE", "HEAD", "OPTIONS"])];
    let connection = prop_oneof![9 => Just("careers".to_owned()), 1 => "\\PC{0,10}", 1 => "[a-z-]{1,45}"];
    let base64 = prop_oneof![3 => Just(None), 3 => Just(Some(0)), 1 => (1..4_usize).prop_map(Some)];
    (senders(2), method, connection, bodies(), base64).prop_map(|(sender, method, connection, body, base64)| Knock {
        sender,
        method,
        connection,
        body,
        base64,
    })
}

impl Knock {
    fn event(&self) -> Event {
        let text = || String::from_utf8(self.body.clone()).ok();
        let encoded = self.base64.is_some() || text().is_none();
        let mut body = if encoded { STANDARD.encode(&self.body) } else { text().unwrap_or_default() };
        body.truncate(body.len().saturating_sub(self.base64.unwrap_or_default()));
        let mut path = json!({"connection": self.connection});
        if let Some(segment) = self.sender.segment() {
            path["secret"] = json!(segment);
        }
        let event = json!({"version": "2.0", "routeKey": "ANY /x", "rawPath": "/x", "headers": self.sender.headers(),
            "rawQueryString": self.sender.query(), "pathParameters": path, "body": body, "isBase64Encoded": encoded,
            "requestContext": {"http": {"method": self.method, "path": "/x", "protocol": "HTTP/1.1"}}});
        serde_json::from_value(event).unwrap()
    }

    /// The statuses that may answer it. What is wrong with a body is told to those who show the secret.
    fn expected(&self) -> &'static [i64] {
        match (self.method, self.connection.as_str(), self.sender.knows_the_secret()) {
            ("POST" | "PUT", "careers", true) => &[200, 400],
            ("POST" | "PUT", "careers", false) => &[401],
            ("POST" | "PUT", _, _) => &[404],
            _ => &[405],
        }
    }
}

/// The whole receiver, from API Gateway's event on. What it queues is then pushed: that, too, always ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_receiver_answers_everything_with_a_documented_status() {
    let house = House::new().await;
    let (clock, calls, counts) = (house.hands.clock(), Calls::default(), std::cell::RefCell::new(BTreeMap::new()));
    let receive = async |request| house.receiver.receive(request).await;
    check(400, &knocks(), |knock| {
        let answer = wait(edge::http::run(knock.event(), "it", &clock, &calls, &receive));
        prop_assert!(knock.expected().contains(&answer.status_code), "{} for {knock:?}", answer.status_code);
        if !knock.sender.knows_the_secret() {
            prop_assert_ne!(answer.status_code, 200);
        }
        *counts.borrow_mut().entry(answer.status_code).or_insert(0) += 1;
        Ok(())
    });
    let counts = counts.into_inner();
    for status in [200, 400, 401, 404, 405] {
        assert!(counts.get(&status) > Some(&3), "{status} came too seldom to show anything: {counts:?}");
    }
    let ended = house.until_quiet().await;
    let settled = ended.iter().filter(|ended| ["done", "rejected", "skipped"].contains(&ended.outcome.word()));
    assert!(settled.count() > 3, "{ended:?}");
    house.mails().await;
    // most of them have the same cause, and are summed up
    house.pass(std::time::Duration::from_secs(60 * 60));
    house.poll().run().await.unwrap();
    house.mails().await;
    house.close().await;
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(future))
}
