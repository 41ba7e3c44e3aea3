//! The webhook's body: four keys, `fields` simple (label to value) or extended (a list).
//!
//! Simple form and test delivery: <https://www.heyflow.help/en/articles/5469495-webhook-api>. The extended form's elements and the
//! names of 2020: <https://niro.gitbook.io/niro/integrations/webhook-api>; `values[].answer` as in Heyflow's browser events,
//! <https://heyflow.help/en/articles/6885210-heyflow-events-api>. An address as receivers of real deliveries read it: `address`,
//! `address [street]` and so on, `address[street]` where variables count.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::TEST_RESPONSE_ID;
use super::flow::Block;
use super::state::{Modes, Submission};

/// The parts of an address in the order in which they are written in one line.
const PARTS: [&str; 7] = ["street", "house", "zip", "city", "state", "state_code", "country"];

/// A filled-in form.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) id: String,
    flow_id: String,
    created_at: String,
    fields: Vec<Field>,
}

/// A block with its answer.
#[derive(Clone, Debug)]
struct Field {
    label: String,
    variable: String,
    id: String,
    answer: Value,
}

impl Form {
    /// What the test button sends: two invented fields, none of the flow's own.
    pub(super) fn demo(flow_id: &str, now: Timestamp) -> Self {
        let fields = ["Demo Field 1", "Demo Field 2"].map(|label| Field::new(&[], label, &json!("Demo value")));
        Self {
            id: TEST_RESPONSE_ID.to_owned(),
            flow_id: flow_id.to_owned(),
            created_at: seconds(now),
            fields: fields.into(),
        }
    }

    pub(super) fn submitted(flow_id: &str, blocks: &[Block], submission: &Submission, now: Timestamp) -> Self {
        let written = if submission.modes.milliseconds { format!("{now:.3}") } else { seconds(now) };
        let fields = submission.answers.iter().map(|(name, answer)| Field::new(blocks, name, answer));
        Self {
            id: submission.id.clone().unwrap_or_else(|| Uuid::new_v4().to_string()),
            flow_id: flow_id.to_owned(),
            created_at: submission.created_at.clone().unwrap_or(written),
            fields: fields.collect(),
        }
    }

    /// The JSON body.
    pub(super) fn body(&self, extend: bool, modes: &Modes) -> Value {
        let fields =
            self.fields.iter().flat_map(|field| if modes.nested { vec![field.clone()] } else { field.parts() });
        let fields: Value = if extend {
            fields.map(|field| field.extended(modes.old_names)).collect()
        } else {
            fields.map(|field| field.simple(modes)).collect()
        };
        let (flow, created) = if modes.old_names { ("flowId", "created") } else { ("flowID", "createdAt") };
        let own = [
            (flow, json!(self.flow_id)),
            ("id", json!(self.id)),
            (created, json!(self.created_at)),
            ("fields", fields),
        ];
        let own = own.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::Object(own.chain(modes.extra.clone()).collect())
    }
}

impl Field {
    /// The answer to the block of this id, variable or label; to none of them, a block that has this label and nothing else.
    fn new(blocks: &[Block], name: &str, answer: &Value) -> Self {
        let by_id = blocks.iter().find(|block| block.id == name);
        let by_variable = || blocks.iter().find(|block| block.variable.as_deref() == Some(name));
        let by_label = || blocks.iter().find(|block| block.label.as_deref() == Some(name));
        let block = by_id.or_else(by_variable).or_else(by_label).cloned();
        let Block { id, label, variable } = block.unwrap_or_else(|| undeclared(name));
        let (label, variable) = (label.unwrap_or_else(|| id.clone()), variable.unwrap_or_else(|| id.clone()));
        Self { label, variable, id, answer: answer.clone() }
    }

    /// An address is told whole and then part by part, all under the block's one id; anything else is one field.
    fn parts(&self) -> Vec<Self> {
        let Value::Object(parts) = &self.answer else { return vec![self.clone()] };
        let whole = Self { answer: Value::String(in_one_line(parts)), ..self.clone() };
        let parts = parts.iter().map(|(part, answer)| Self {
            label: format!("{} [{part}]", self.label),
            variable: format!("{}[{part}]", self.variable),
            id: self.id.clone(),
            answer: answer.clone(),
        });
        std::iter::once(whole).chain(parts).collect()
    }

    fn simple(self, modes: &Modes) -> (String, Value) {
        let answer = match self.answer {
            Value::Array(options) if !modes.arrays => {
                let texts: Vec<_> = options.iter().map(text).collect();
                Value::String(texts.join(&modes.separator))
            }
            other => other,
        };
        (self.label, answer)
    }

    /// One value per chosen option, which has an id of its own; what is no list is an input, with one id whatever the answer.
    fn extended(self, old_names: bool) -> Value {
        let value = |answer: &Value, option: &str| {
            let id = derived(&format!("{}/{option}", self.id));
            if old_names { json!({"label": answer, "id": id}) } else { json!({"name": self.id, "answer": answer}) }
        };
        let values: Vec<_> = match &self.answer {
            Value::Array(options) => options.iter().map(|option| value(option, &text(option))).collect(),
            input => vec![value(input, "")],
        };
        json!({"label": self.label, "variable": self.variable, "id": self.id, "values": values})
    }
}

/// A block without variable whose id follows from its label, so that it is the same in every response.
fn undeclared(label: &str) -> Block {
    Block { id: derived(label), label: Some(label.to_owned()), variable: None }
}

/// An id that looks like Heyflow's, always the same for the same text (FNV-1a, 32 bits).
fn derived(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("id-{hash:08x}")
}

fn in_one_line(parts: &Map<String, Value>) -> String {
    let known = PARTS.iter().filter_map(|part| parts.get(*part));
    let others = parts.iter().filter(|(part, _)| !PARTS.contains(&part.as_str())).map(|(_, answer)| answer);
    let texts: Vec<_> = known.chain(others).filter(|answer| !answer.is_null()).map(text).collect();
    texts.join(", ")
}

fn seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}

/// A string as it is, anything else as JSON.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
