//! Lines as CloudWatch gets them.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::value::RawValue;

use tracing::Level;
use tracing_subscriber::layer::SubscriberExt as _;

use super::events::{Cost, Found, Visit, halted, mail_refused, poll, record, unread, visit, watch};
use super::line::Lines;
use super::metrics::{METRICS, NAMESPACE};
use super::start::filter;
use crate::clock::Clock;
use crate::handled::{Again, Handled};
use crate::message::Message;
use crate::outcome::Outcome;
use crate::received::Received;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines that `log` writes at this level.
fn lines(level: &str, log: impl FnOnce()) -> Vec<String> {
    let kept = Kept::default();
    let writer = kept.clone();
    let clock = Clock::new(|| Timestamp::from_millisecond(1_772_359_200_123).unwrap());
    let subscriber =
        tracing_subscriber::fmt().with_max_level(Level::TRACE).event_format(Lines { clock, stack: "live".to_owned() });
    let subscriber = subscriber.with_writer(move || writer.clone()).finish().with(filter(level).unwrap());
    tracing::subscriber::with_default(subscriber, log);
    let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    text.lines().map(str::to_owned).collect()
}

const QUEUED: Visit<'static> = Visit {
    flow: "heyflow-to-personio",
    connection: "careers",
    object: None,
    event: Some("e9b3"),
    received: Received::Queued,
    reason: None,
    status: 200,
    took: Duration::from_millis(12),
    aws_calls: 1,
};

const REJECTED: Visit<'static> = Visit {
    object: Some("flow=F response=R1"),
    received: Received::Rejected,
    reason: Some("unreadable at line 2, column 1: the body is not JSON"),
    status: 400,
    ..QUEUED
};

const STRANGER: Visit<'static> = Visit {
    event: None,
    received: Received::Refused,
    reason: Some("the secret is missing, wrong or ended"),
    status: 401,
    ..QUEUED
};

fn worked(handled: &Handled, vendor_calls: u64) {
    let message = Message::new("heyflow-to-personio", "careers", "e9b3".to_owned(), Timestamp::UNIX_EPOCH, body())
        .with_id("response", "R1");
    let (age, took) = (Duration::from_secs(90), Duration::from_millis(340));
    record(&message, 2, handled, Cost { age, took, aws_calls: 4, vendor_calls });
}

fn body() -> Box<RawValue> {
    RawValue::NULL.to_owned()
}

/// Every outcome of a record.
fn outcomes() -> [Handled; 7] {
    let again = Again::In(Duration::from_secs(60));
    let ended = [Handled::done(""), Handled::skipped(""), Handled::rejected(""), Handled::dead("")];
    let [done, skipped, rejected, dead] = ended;
    let (retry, waiting) = (Handled::retry("no answer", again), Handled::waiting("", again));
    [done, skipped, rejected, dead, retry, waiting, Handled::halted("", Again::AsTheQueueSays)]
}

/// Every kind of line that carries metrics.
fn all() {
    visit(&QUEUED);
    visit(&REJECTED);
    visit(&STRANGER);
    for (handled, vendor_calls) in outcomes().iter().zip(0..) {
        worked(handled, vendor_calls);
    }
    unread("m-1", &Handled::dead("a message of version 2"));
    poll("heyflow-to-personio", None);
    watch("failures", Found { unmailed: Some(3), late: Some(1), unaccounted: Some(2) }, None);
    watch("failures", Found { unmailed: None, late: None, unaccounted: Some(0) }, Some(&"the table failed"));
    halted("heyflow-to-personio", 1, 2);
    mail_refused("failures", "careers", "e9b3-0", "MessageRejected");
}

#[test]
fn a_line_of_a_request() {
    let lines = lines("info", || visit(&QUEUED));
    insta::assert_snapshot!(lines.join("\n"), @r#"{"timestamp":"2026-03-01T10:00:00.123000Z","level":"INFO","message":"heyflow-to-personio webhook careers: queued with 200","flow":"heyflow-to-personio","connection":"careers","event":"e9b3","outcome":"queued","status":200,"ms":12,"aws_calls":1,"Records":1,"Stack":"live","Flow":"heyflow-to-personio","Outcome":"queued","_aws":{"Timestamp":1772359200123,"CloudWatchMetrics":[{"Namespace":"hrsync","Dimensions":[["Stack","Flow","Outcome"]],"Metrics":[{"Name":"Records","Unit":"Count"}]}]}}"#);
}

#[test]
fn a_line_of_a_request_that_is_not_queued_says_why_and_is_counted() {
    let metrics = |line: &str| declared(line).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let rejected = lines("info", || visit(&REJECTED)).concat();
    let said = "heyflow-to-personio webhook careers flow=F response=R1: rejected with 400 (unreadable at line 2, column 1: the body is not JSON)";
    assert!(rejected.contains(said) && rejected.contains(r#""object":"flow=F response=R1""#), "{rejected}");
    assert_eq!(metrics(&rejected), ["Records", "Unusable"]);
    let stranger = lines("info", || visit(&STRANGER)).concat();
    assert!(stranger.contains(r#""reason":"the secret is missing, wrong or ended""#), "{stranger}");
    assert_eq!(metrics(&stranger), ["Records", "Unauthorized"]);
    let unknown = Visit { status: 404, ..STRANGER };
    assert_eq!(metrics(&lines("info", || visit(&unknown)).concat()), ["Records"]);
}

#[test]
fn a_line_of_a_record() {
    let lines = lines("info", || worked(&Handled::done("an earlier attempt had arrived, its answer was lost"), 2));
    insta::assert_snapshot!(lines.join("\n"), @r#"{"timestamp":"2026-03-01T10:00:00.123000Z","level":"INFO","message":"heyflow-to-personio careers response=R1: done (an earlier attempt had arrived, its answer was lost)","flow":"heyflow-to-personio","connection":"careers","object":"response=R1","event":"e9b3","replay":0,"receive":2,"outcome":"done","reason":"an earlier attempt had arrived, its answer was lost","ms":340,"aws_calls":4,"vendor_calls":2,"Records":1,"AgeInFlight":90000,"VendorMs":340,"Stack":"live","Flow":"heyflow-to-personio","Outcome":"done","_aws":{"Timestamp":1772359200123,"CloudWatchMetrics":[{"Namespace":"hrsync","Dimensions":[["Stack","Flow","Outcome"]],"Metrics":[{"Name":"Records","Unit":"Count"}]},{"Namespace":"hrsync","Dimensions":[["Stack","Flow"]],"Metrics":[{"Name":"AgeInFlight","Unit":"Milliseconds"},{"Name":"VendorMs","Unit":"Milliseconds"}]}]}}"#);
}

#[test]
fn a_line_without_metrics_declares_none() {
    let error = io::Error::other("a \"quoted\"\nreason");
    let lines = lines("info", || tracing::warn!(flow = "f", %error, good = false, cold = -1, part = 0.5, "not {}", 1));
    insta::assert_snapshot!(lines.join("\n"), @r#"{"timestamp":"2026-03-01T10:00:00.123000Z","level":"WARN","message":"not 1","flow":"f","error":"a \"quoted\"\nreason","good":false,"cold":-1,"part":0.5}"#);
}

/// The metrics that a line declares, each with its dimensions. Fails where CloudWatch would drop the line or a value.
fn declared(line: &str) -> Vec<(String, Vec<String>)> {
    let line: Value = serde_json::from_str(line).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert_eq!(line["_aws"]["Timestamp"], 1_772_359_200_123_i64);
    let mut found = Vec::new();
    for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
        assert_eq!(directive["Namespace"], NAMESPACE);
        let [dimensions] = directive["Dimensions"].as_array().unwrap().as_slice() else { panic!("one set: {line}") };
        let dimensions: Vec<String> = dimensions.as_array().unwrap().iter().map(text).collect();
        assert!(dimensions.iter().all(|name| line[name].is_string()), "a dimension is missing: {line}");
        for metric in directive["Metrics"].as_array().unwrap() {
            let name = text(&metric["Name"]);
            assert!(line[&name].is_u64(), "{name} has no value: {line}");
            assert!(METRICS.iter().any(|known| known.name == name && metric["Unit"] == known.unit), "{metric}");
            found.push((name, dimensions.clone()));
        }
    }
    found
}

#[test]
fn what_lines_declare_is_the_table_and_stands_in_the_line() {
    let lines = lines("info", all);
    let found: BTreeSet<_> =
        lines.iter().filter(|line| line.contains("_aws")).flat_map(|line| declared(line)).collect();
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let table: BTreeSet<_> = METRICS.iter().map(|metric| (metric.name.to_owned(), owned(metric.dimensions))).collect();
    assert_eq!(found, table);
    assert_eq!(table.len(), METRICS.len(), "a name stands in the table twice");
}

#[test]
fn every_record_counts_by_its_outcome_and_a_dead_one_for_the_alarm() {
    for handled in outcomes() {
        let line = lines("info", || worked(&handled, 0)).concat();
        let names: Vec<_> = declared(&line).into_iter().map(|(name, _)| name).collect();
        let dead: &[&str] = if handled.outcome == Outcome::Dead { &["Dead"] } else { &[] };
        assert_eq!(names, [&["Records", "AgeInFlight"], dead].concat());
        assert!(line.contains(&format!(r#""Outcome":"{}""#, handled.outcome.word())), "{line}");
    }
}

#[test]
fn every_metric_is_the_stacks_own() {
    let stacks = lines("info", all);
    let stacks = stacks.iter().filter(|line| line.contains("_aws"));
    assert!(stacks.clone().count() > 10 && stacks.clone().all(|line| line.contains(r#""Stack":"live""#)));
    assert!(METRICS.iter().all(|metric| metric.dimensions.first() == Some(&"Stack")));
}

#[test]
fn a_quieter_log_counts_all_the_same() {
    let whole = lines("info", all);
    for level in ["error", "off", "off,edge=off", "trace"] {
        assert_eq!(lines(level, all), whole, "{level}");
    }
    assert_eq!(lines("error", || tracing::warn!(target: "edge::worker", "something else")), [""; 0]);
    assert!(filter("edge=loud").is_none());
}
