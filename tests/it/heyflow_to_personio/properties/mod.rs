//! Whatever comes in, nothing panics and everything ends as documented. The cases come from a fixed seed: a run repeats
//! itself exactly, and nothing is kept on disk. What a property needs to bite (both outcomes met) is asserted as well.

mod document;
mod door;
mod rules;

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::support::house::FLOW;

/// In every generated answer, and in nothing else: where it shows, an answer shows.
const MARK: &str = "Zq7x";

/// Runs `property` on so many generated cases; a failing one is shrunk and shown.
fn check<S: Strategy>(cases: u32, strategy: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 500, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng).run(strategy, property).unwrap_or_else(|failure| panic!("{failure}"));
}

/// Any text, every one of them marked.
fn marked() -> impl Strategy<Value = String> {
    ("\\PC{0,6}", "\\PC{0,6}").prop_map(|(before, after)| format!("{before}{MARK}{after}"))
}

/// A name of a member: those that mean something here, and others.
fn member() -> impl Strategy<Value = String> {
    let known = ["flowID", "flowId", "id", "createdAt", "created", "fields", "label", "variable", "values", "value"];
    let more = ["answer", "name", "url", "urlWithParameters", "First name", "E-mail", "CV", "Address [city]", ""];
    prop_oneof![3 => select([known.as_slice(), &more].concat()).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

/// Any JSON; its texts and numbers can be told from everything else.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => (739_100_000_i64..739_199_999).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => Just(json!("")),
        1 => Just(json!(" \t")),
        4 => marked().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let members = vec((member(), inner.clone()), 0..5).prop_map(|members| members.into_iter().collect());
        prop_oneof![vec(inner, 0..5).prop_map(Value::Array), members.prop_map(Value::Object)]
    })
}

/// A delivery with these fields in one of the two payload forms.
fn delivery(extended: bool, response: &str, fields: &[(String, Value)]) -> Value {
    let fields = if extended { fields.iter().map(element).collect() } else { Value::Object(members(fields)) };
    let url = format!("https://form.example/x?utm_source={MARK}-news&channel=9911");
    json!({"flowID": FLOW, "id": response, "createdAt": "2026-03-01T10:00:00Z", "urlWithParameters": url,
        "referrer": format!("https://{MARK}.example/"), "fields": fields})
}

fn members(fields: &[(String, Value)]) -> Map<String, Value> {
    fields.iter().cloned().collect()
}

fn element((label, value): &(String, Value)) -> Value {
    let values = match value {
        Value::Array(values) => values.iter().map(|value| json!({"answer": value, "id": "option"})).collect(),
        value => vec![json!({"answer": value})],
    };
    json!({"label": label, "variable": label.to_lowercase(), "id": format!("id-{label}"), "values": values})
}

/// What is done to a JSON value: the `at`th of its values, however deep, is replaced or left out.
#[derive(Debug, Clone)]
struct Change {
    at: usize,
    to: Option<Value>,
}

fn changes(count: Range<usize>) -> impl Strategy<Value = Vec<Change>> {
    vec((0..40_usize, proptest::option::of(any_json())).prop_map(|(at, to)| Change { at, to }), count)
}

/// Replaces the `at`th value of `value` (counted depth first), or takes it out of its list or object.
fn change(value: &mut Value, change: &Change) {
    let mut left = change.at;
    if let Some(to) = walk(value, &mut left, change) {
        *value = to;
    }
}

/// What takes the place of `value`, if its turn has come.
fn walk(value: &mut Value, left: &mut usize, change: &Change) -> Option<Value> {
    if *left == 0 {
        *left = usize::MAX;
        return Some(change.to.clone().unwrap_or_default());
    }
    *left -= 1;
    let mut inner = |value: &mut Value| match walk(value, left, change) {
        Some(_) if change.to.is_none() => false,
        Some(to) => {
            *value = to;
            true
        }
        None => true,
    };
    match value {
        Value::Array(items) => items.retain_mut(&mut inner),
        Value::Object(members) => members.retain(|_, value| inner(value)),
        _ => {}
    }
    None
}

/// What is done to a text or its bytes: from a place on, some are taken out and others put in.
#[derive(Debug, Clone)]
struct Edit {
    at: prop::sample::Index,
    out: usize,
    put: Vec<u8>,
}

fn edits(put: impl Strategy<Value = Vec<u8>>, count: Range<usize>) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<prop::sample::Index>(), 0..12_usize, put).prop_map(|(at, out, put)| Edit { at, out, put });
    vec(edit, count)
}

fn edited(mut bytes: Vec<u8>, edits: &[Edit]) -> Vec<u8> {
    for Edit { at, out, put } in edits {
        let start = at.index(bytes.len() + 1);
        let end = (start + out).min(bytes.len());
        bytes.splice(start..end, put.iter().copied());
    }
    bytes
}
