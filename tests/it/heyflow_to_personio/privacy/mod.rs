//! Nothing of what an applicant answers is logged or mailed, however a response ends. Each story runs with answers that
//! occur nowhere else, and everything that is logged meanwhile is kept: all that our crates can say, and everybody else's
//! events from `debug` on, of which a deployed function keeps only warnings.

pub(crate) mod search;

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use edge::batch::{Malformed, Record};
use edge::http::Event;
use edge::{Deadline, Message, event_id};
use http::Method;
use ledger::Calls;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;
use twins::Vendor as _;
use twins::faults::{Answer, Effect, Faults, Rule};
use twins::heyflow::{Refusal, Upload};

use self::search::{CV, EMAIL, FILE_NAME, FIRST_NAME, LAST_NAME, MESSAGE, PHONE, UTM, found};
use crate::support::house::{FLOW, House, SECRET};
use crate::support::log::handed_to;

const CREATE: &str = "POST /v1/recruiting/applications";
const LEVELS: &str =
    "debug,edge=trace,failures=trace,heyflow_to_personio=trace,ledger=trace,mail=trace,mapping=trace,vendors=trace";

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A house whose log is kept. All it does happens on the test's own thread.
struct Watched {
    house: House,
    log: Log,
    _kept: tracing::subscriber::DefaultGuard,
}

impl Watched {
    async fn new() -> Self {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(EnvFilter::new(LEVELS));
        let kept = handed_to(subscriber.with_writer(move || writer.clone()).finish());
        Self { house: House::new().await, log, _kept: kept }
    }

    /// Brings a delivery to the door as API Gateway does; the status that answers it.
    async fn knock(&self, method: &Method, secret: &str, body: String) -> i64 {
        let event = json!({"version": "2.0", "routeKey": "ANY /x", "rawPath": "/x", "rawQueryString": format!("utm={UTM}"),
            "headers": {"x-heyflow-secret": secret}, "pathParameters": {"connection": "careers"}, "body": body,
            "isBase64Encoded": false, "requestContext": {"http": {"method": method.as_str(), "path": "/x", "protocol": "HTTP/1.1"}}});
        let event: Event = serde_json::from_value(event).unwrap();
        let receive = async |request| self.house.receiver.receive(request).await;
        edge::http::run(event, heyflow_to_personio::NAME, &self.house.hands.clock(), &Calls::default(), &receive)
            .await
            .status_code
    }

    async fn deliver(&self, response: &str, answers: &Value) {
        assert_eq!(self.knock(&Method::POST, SECRET, delivery(response, answers)).await, 200);
    }

    async fn outcomes(&self) -> Vec<&'static str> {
        self.house
            .until_quiet()
            .await
            .iter()
            .map(|ended| ended.outcome.word())
            .filter(|outcome| *outcome != "waiting")
            .collect()
    }

    fn personio(&self, effect: Effect, times: u32) {
        self.house.twins.personio().desk().set_faults(Faults::one(Rule::new(CREATE, effect).unwrap().times(times)));
    }

    fn logged(&self) -> String {
        String::from_utf8(self.log.0.lock().unwrap().clone()).unwrap()
    }

    /// Whose events are in the log.
    fn targets(&self) -> BTreeSet<String> {
        let lines = self.logged();
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|line| line["target"].as_str().unwrap().to_owned()).collect()
    }

    /// The end of every story: so many mails, a log that names these responses' events, and nothing personal in either.
    async fn close(self, mails: usize, responses: &[&str]) {
        let mailed = self.house.mails().await;
        assert_eq!(mailed.len(), mails, "{mailed:?}");
        assert_eq!(found(&mailed.concat()), [""; 0], "in a mail");
        let log = self.logged();
        assert!(log.lines().count() > 0 && log.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
        for response in responses {
            assert!(log.contains(&event_id(&[FLOW, response])), "the log does not name {response}");
        }
        let personal: Vec<&str> = log.lines().filter(|line| !found(line).is_empty()).collect();
        assert_eq!(personal, [""; 0], "in the log: {:?}", found(&log));
        self.house.close().await;
    }
}

fn delivery(response: &str, answers: &Value) -> String {
    let url = format!("https://form.example/careers?utm_source={UTM}");
    json!({"flowID": FLOW, "id": response, "createdAt": "2026-03-01T10:00:00Z", "fields": answers, "urlWithParameters": url})
        .to_string()
}

/// Everything the form asks for, with the CV behind a link of this kind.
fn answers(watched: &Watched, upload: Upload) -> Value {
    let path = watched.house.twins.heyflow().upload("u1", FILE_NAME, upload);
    json!({"First name": FIRST_NAME, "Last name": LAST_NAME, "E-mail": EMAIL, "Message": MESSAGE, "Phone": PHONE,
        "CV": format!("{}/heyflow{path}", watched.house.twins.url())})
}

fn cv() -> Upload {
    Upload::new("application/pdf", CV)
}

#[tokio::test]
async fn happy() {
    let watched = Watched::new().await;
    watched.deliver("r1", &answers(&watched, cv())).await;
    assert_eq!(watched.outcomes().await, ["done"]);
    let applications = watched.house.twins.personio().applications();
    // what is looked for went all the way through, and the log is as talkative as it can be
    let held = serde_json::to_string(&applications).unwrap();
    for value in [FIRST_NAME, LAST_NAME, EMAIL, MESSAGE, PHONE, FILE_NAME, UTM] {
        assert!(held.contains(value), "{value} did not arrive");
    }
    let targets = watched.targets();
    for talker in
        ["edge::http", "edge::telemetry", "heyflow_to_personio::process", "aws_smithy_runtime::", "hyper_util::"]
    {
        assert!(targets.iter().any(|target| target.starts_with(talker)), "{talker} is not among {targets:?}");
    }
    watched.close(0, &["r1"]).await;
}

#[tokio::test]
async fn duplicate() {
    let watched = Watched::new().await;
    for (response, outcome) in [("first", "done"), ("second", "rejected")] {
        watched.deliver(response, &answers(&watched, cv())).await;
        assert_eq!(watched.outcomes().await, [outcome]);
    }
    watched.close(1, &["first", "second"]).await;
}

#[tokio::test]
async fn unmappable() {
    let watched = Watched::new().await;
    let misplaced = json!({"Given name": FIRST_NAME, "Last name": {"last": LAST_NAME}, "E-mail": MESSAGE, "Message": {"text": MESSAGE},
        "Phone": {"number": PHONE}, "CV": FILE_NAME});
    watched.deliver("r1", &misplaced).await;
    assert_eq!(watched.outcomes().await, ["rejected"]);
    watched.close(1, &["r1"]).await;
}

/// A vendor that quotes what it refuses, in every member where its error bodies have words.
#[tokio::test]
async fn refused() {
    let quoted = format!("{EMAIL} of {FIRST_NAME} {LAST_NAME}, {PHONE}");
    let reasons = json!([{"reason": quoted, "context": {"value": EMAIL}}, {"reason": "errors.new"}]);
    let errors = json!([{"field": format!("email {EMAIL}"), "errors": reasons},
        {"id": PHONE, "status": "400", "title": quoted, "detail": MESSAGE}]);
    refused_in(json!({"errors": errors, "error": {"reason": format!("{FILE_NAME} is odd")}})).await;
}

/// The same with nothing but a name in each of them: one word, as a code is.
#[tokio::test]
async fn refused_with_a_name_alone() {
    let errors = json!([{"field": LAST_NAME, "errors": [{"reason": FIRST_NAME}, {"reason": "errors.new"}]},
        {"status": "400", "title": FIRST_NAME, "detail": LAST_NAME}]);
    refused_in(json!({"errors": errors, "error": {"reason": format!("Field '{FIRST_NAME}' is required")}})).await;
}

async fn refused_in(body: Value) {
    let watched = Watched::new().await;
    watched.personio(Effect::Status(Answer { status: 400, headers: [].into(), body }), 1);
    watched.deliver("r1", &answers(&watched, cv())).await;
    assert_eq!(watched.outcomes().await, ["rejected"]);
    assert!(watched.logged().contains("errors.new"), "the vendor's own words are told");
    watched.close(1, &["r1"]).await;
}

#[tokio::test]
async fn lost_answer() {
    let watched = Watched::new().await;
    watched.personio(Effect::DropAnswer, 1);
    watched.deliver("r1", &answers(&watched, cv())).await;
    assert_eq!(watched.outcomes().await, ["retry", "done"]);
    watched.close(0, &["r1"]).await;
}

/// What an attempt leaves for the next one names nobody, and the next one names the file all the same.
#[tokio::test]
async fn at_rest() {
    let watched = Watched::new().await;
    watched.personio(Effect::status(503), 1);
    watched.deliver("r1", &answers(&watched, cv())).await;
    assert_eq!(watched.house.round().await[0].outcome.word(), "retry");
    let uploaded = |items: &[String]| items.iter().any(|item| item.contains("upload#careers#"));
    let between = watched.house.stored().await;
    assert!(uploaded(&between), "{between:?}");
    assert_eq!(found(&between.concat()), [""; 0], "in the table");
    assert_eq!(watched.outcomes().await, ["done"]);
    assert_eq!(found(&watched.house.stored().await.concat()), [""; 0], "in the table");
    assert_eq!(watched.house.twins.personio().applications()[0].files[0].original_filename, FILE_NAME);
    watched.close(0, &["r1"]).await;
}

/// Two answered blocks of one label: the log says which counts, and shows neither.
#[tokio::test]
async fn answered_twice() {
    let watched = Watched::new().await;
    let block = |label: &str, answer: &str| json!({"label": label, "values": [{"answer": answer}]});
    let skipped = json!({"label": "First name", "values": []});
    let blocks = json!([
        skipped,
        block("First name", FIRST_NAME),
        block("Last name", LAST_NAME),
        block("E-mail", EMAIL),
        block("Phone", PHONE),
        block("Phone", MESSAGE)
    ]);
    watched.deliver("r1", &blocks).await;
    assert_eq!(watched.outcomes().await, ["done"]);
    let held = serde_json::to_string(&watched.house.twins.personio().applications()).unwrap();
    assert!(held.contains(FIRST_NAME) && held.contains(PHONE) && !held.contains(MESSAGE), "{held}");
    assert!(watched.logged().contains("the input `Phone` is answered 2 times; the first answer counts"));
    watched.close(0, &["r1"]).await;
}

#[tokio::test]
async fn missing_file() {
    let watched = Watched::new().await;
    watched.deliver("private", &answers(&watched, cv().private(Refusal::LoginPage))).await;
    assert_eq!(watched.outcomes().await, ["done"]);
    let mut elsewhere = answers(&watched, cv());
    elsewhere["CV"] = json!(format!("https://files.example/{UTM}/{}", FILE_NAME.replace(' ', "%20")));
    elsewhere["E-mail"] = json!(format!("other.{EMAIL}"));
    watched.deliver("elsewhere", &elsewhere).await;
    assert_eq!(watched.outcomes().await, ["done"]);
    watched.close(2, &["private", "elsewhere"]).await;
}

#[tokio::test]
async fn halted() {
    let watched = Watched::new().await;
    watched.house.set_secret(&watched.house.secret("a-token-that-was-revoked")).await;
    watched.deliver("r1", &answers(&watched, cv())).await;
    let ended = watched.house.round().await;
    assert_eq!(ended[0].outcome.word(), "halted");
    watched.house.set_secret(&watched.house.secret("twin-recruiting-token")).await;
    watched.house.pass(Duration::from_secs(15 * 60));
    assert_eq!(watched.outcomes().await.last(), Some(&"done"));
    watched.close(2, &["r1"]).await;
}

#[tokio::test]
async fn given_up() {
    let watched = Watched::new().await;
    watched.personio(Effect::status(503), 100);
    watched.deliver("r1", &answers(&watched, cv())).await;
    watched.house.round().await;
    watched.house.pass(Duration::from_secs(13 * 24 * 60 * 60));
    assert_eq!(watched.outcomes().await, ["dead"]);
    watched.house.poll().run().await.unwrap();
    watched.close(1, &["r1"]).await;
}

/// A record that its queue gave up, whole and unreadable.
#[tokio::test]
async fn dead_letters() {
    let watched = Watched::new().await;
    let body = serde_json::value::RawValue::from_string(delivery("r1", &answers(&watched, cv()))).unwrap();
    let message =
        Message::new(heyflow_to_personio::NAME, "careers", event_id(&[FLOW, "r1"]), watched.house.hands.now(), body);
    let text = serde_json::to_string(&message).unwrap();
    let record = Record { message: &message, text: &text, receive: 1, deadline: Deadline(jiff::Timestamp::MAX) };
    assert_eq!(watched.house.dead_letters().store(record).await.outcome.word(), "dead");
    let odd = text.replacen("\"v\":1", &format!("\"v\":\"{LAST_NAME}\""), 1);
    let error = Message::read(&odd).unwrap_err();
    let odd = Malformed { id: "m-1", text: &odd, error };
    assert_eq!(watched.house.dead_letters().store_unreadable(odd).await.outcome.word(), "dead");
    watched.house.poll().run().await.unwrap();
    let failure = watched.house.ledger.failure("careers", &format!("{}-0-dead", message.event)).await.unwrap();
    assert!(failure.is_some());
    // nobody owns what cannot be read: its mail goes to the stack's own sender
    let (mailed, cloud) = (watched.house.mails().await, &watched.house.cloud);
    let unreadable = cloud.mails_to("(unreadable)").await;
    assert!(mailed.len() == 1 && !unreadable.is_empty(), "{mailed:?} {unreadable:?}");
    assert_eq!(found(&[mailed, unreadable].concat().concat()), [""; 0], "in a mail");
    watched.close(0, &[]).await;
}

/// Whoever is turned away at the door.
#[tokio::test]
async fn turned_away() {
    let watched = Watched::new().await;
    let body = delivery("r1", &answers(&watched, cv()));
    assert_eq!(watched.knock(&Method::POST, "a-wrong-secret", body.clone()).await, 401);
    assert_eq!(watched.knock(&Method::GET, SECRET, body.clone()).await, 405);
    assert_eq!(watched.knock(&Method::POST, SECRET, body.replace("\"id\":", "\"no\":")).await, 400);
    assert_eq!(watched.knock(&Method::POST, SECRET, body[..body.len() - 9].to_owned()).await, 400);
    let log = watched.logged();
    assert!(log.contains("rejected with 400 (unreadable at line 1, column "), "{log}");
    assert!(log.contains("heyflow-to-personio webhook careers: refused with 401 (the secret is missing"), "{log}");
    watched.close(3, &[]).await;
}
