//! The webhook's body: four keys, `fields` simple (label to value) or extended (a list).
//!
//! Simple form and test delivery: <https://www.heyflow.help/en/articles/5469495-webhook-api>. The extended form's elements and the
//! names of 2020: <https://niro.gitbook.io/niro/integrations/webhook-api>; `values[].answer` as in Heyflow's browser events,
//! <https://heyflow.help/en/articles/6885210-heyflow-events-api>.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::TEST_RESPONSE_ID;
use super::state::{Modes, Submission};

/// A filled-in form.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) id: String,
    flow_id: String,
    created_at: String,
    answers: Map<String, Value>,
}

impl Form {
    /// What the test button sends: two invented fields, none of the flow's own.
    pub(super) fn demo(flow_id: &str, now: Timestamp) -> Self {
        let answers = ["Demo Field 1", "Demo Field 2"].map(|label| (label.to_owned(), json!("Demo value")));
        Self {
            id: TEST_RESPONSE_ID.to_owned(),
            flow_id: flow_id.to_owned(),
            created_at: seconds(now),
            answers: answers.into_iter().collect(),
        }
    }

    pub(super) fn submitted(flow_id: &str, submission: &Submission, now: Timestamp) -> Self {
        let written = if submission.modes.milliseconds { format!("{now:.3}") } else { seconds(now) };
        Self {
            id: submission.id.clone().unwrap_or_else(|| Uuid::new_v4().to_string()),
            flow_id: flow_id.to_owned(),
            created_at: submission.created_at.clone().unwrap_or(written),
            answers: submission.answers.clone(),
        }
    }

    /// The JSON body.
    pub(super) fn body(&self, extend: bool, modes: &Modes) -> Value {
        let fields = if extend { self.extended(modes.old_names) } else { self.simple() };
        let (flow, created) = if modes.old_names { ("flowId", "created") } else { ("flowID", "createdAt") };
        json!({flow: self.flow_id, "id": self.id, created: self.created_at, "fields": fields})
    }

    /// Several answers to one question are joined.
    fn simple(&self) -> Value {
        self.answers.iter().map(|(label, value)| (label.clone(), joined(value))).collect()
    }

    /// One element per field, one value per chosen option.
    fn extended(&self, old_names: bool) -> Value {
        let fields = self.answers.iter().enumerate().map(|(index, (label, value))| {
            let id = format!("id-{:08}", index + 1);
            let values: Vec<_> = options(value).iter().map(|option| extended_value(option, &id, old_names)).collect();
            json!({"label": label, "variable": id, "id": id, "values": values})
        });
        fields.collect()
    }
}

fn seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}

fn joined(value: &Value) -> Value {
    match value {
        Value::Array(options) => {
            let texts: Vec<_> = options.iter().map(text).collect();
            Value::String(texts.join(", "))
        }
        single => single.clone(),
    }
}

fn options(value: &Value) -> &[Value] {
    match value {
        Value::Array(options) => options,
        single => std::slice::from_ref(single),
    }
}

fn extended_value(option: &Value, id: &str, old_names: bool) -> Value {
    if old_names { json!({"label": option, "id": id}) } else { json!({"name": id, "answer": option}) }
}

/// A string as it is, anything else as JSON.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
