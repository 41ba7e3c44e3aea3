//! What previews of all kinds have in common, so that two of them can be compared: records with lines.

use admin::{ExplainedStep, Explanation, Preview};
use serde_json::{Value, json};
use vendors::value::Personal;

use super::bodies::Read;

/// What stands in a line in place of a value that is not asked for.
pub(super) const HIDDEN: &str = "(hidden)";

/// One record of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) lines: Vec<Line>,
}

/// One thing that is said of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) what: String,
    pub(super) seen: String,
    pub(super) value: Option<Personal<String>>,
}

/// The records that would change, in the preview's order.
pub(super) fn of_preview(preview: &Preview) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for change in &preview.changes {
        let line = Line { what: change.kind.word().to_owned(), seen: change.what.clone(), value: change.value.clone() };
        match records.iter_mut().find(|record| record.id == change.object && !change.object.is_empty()) {
            Some(record) => record.lines.push(line),
            None => records.push(Record { id: change.object.clone(), lines: vec![line] }),
        }
    }
    records
}

/// One object, explained.
pub(super) fn of_explanation(id: &str, explanation: &Explanation) -> Record {
    Record { id: id.to_owned(), lines: steps(explanation) }
}

/// A saved delivery.
pub(super) fn of_body(Read { label, reading }: &Read) -> Record {
    let end = Line { what: reading.end.word().to_owned(), seen: reading.object.clone(), value: None };
    Record { id: label.clone(), lines: [end].into_iter().chain(steps(&reading.explanation)).collect() }
}

fn steps(Explanation { steps }: &Explanation) -> Vec<Line> {
    let line = |ExplainedStep { what, seen, value }: &ExplainedStep| Line {
        what: (*what).to_owned(),
        seen: seen.clone(),
        value: value.clone(),
    };
    steps.iter().map(line).collect()
}

impl Line {
    /// What is shown of it.
    pub(super) fn shown(&self, values: bool) -> String {
        match &self.value {
            Some(value) if values && self.seen.is_empty() => value.reveal().clone(),
            Some(value) if values => format!("{}: {}", self.seen, value.reveal()),
            Some(_) if self.seen.is_empty() => HIDDEN.to_owned(),
            _ => self.seen.clone(),
        }
    }

    /// The same for scripts; `what` is called `name`, and what is seen `seen`.
    pub(super) fn as_json(&self, [name, seen]: [&str; 2], values: bool) -> Value {
        let mut value = json!({name: self.what, seen: self.seen});
        if let (Some(held), Some(members)) = (self.value.as_ref().filter(|_| values), value.as_object_mut()) {
            members.insert("value".to_owned(), json!(held.reveal()));
        }
        value
    }
}
