//! How an event of the log becomes a line: one flat JSON object, what to read first, metrics declared at the end.
//!
//! Lines are written here rather than by tracing's own JSON format, which cannot nest the metric declaration that
//! CloudWatch looks for. An event carries a metric by having a field of its name; the stack's name and the event's fields
//! `flow` and `outcome` are repeated as the dimensions.

use std::fmt;

use jiff::Timestamp;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::metrics::{FLOW, METRICS, OUTCOME, STACK, declare};
use crate::clock::Clock;

/// Writes lines. Spans are left out: an event says all by itself.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) clock: Clock,
    pub(super) stack: String,
}

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut fields = Fields::default();
        event.record(&mut fields);
        fields.repeat_dimensions(&self.stack);
        let line = Line { now: self.clock.now(), level: event.metadata().level(), fields };
        let line = serde_json::to_string(&line).map_err(|_| fmt::Error)?;
        writeln!(writer, "{line}")
    }
}

struct Line<'a> {
    now: Timestamp,
    level: &'a Level,
    fields: Fields,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("timestamp", &format!("{:.6}", self.now))?;
        line.serialize_entry("level", self.level.as_str())?;
        line.serialize_entry("message", &self.fields.message)?;
        for (name, value) in &self.fields.others {
            line.serialize_entry(name, value)?;
        }
        let members: Vec<&str> = self.fields.others.iter().map(|(name, _)| *name).collect();
        if let Some(declaration) = declare(&members, self.now) {
            line.serialize_entry("_aws", &declaration)?;
        }
        line.end()
    }
}

#[derive(Default)]
struct Fields {
    message: String,
    others: Vec<(&'static str, Value)>,
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        match value {
            Value::String(message) if field.name() == "message" => self.message = message,
            value => self.others.push((field.name(), value)),
        }
    }

    fn repeat_dimensions(&mut self, stack: &str) {
        if !self.others.iter().any(|(name, _)| METRICS.iter().any(|metric| metric.name == *name)) {
            return;
        }
        self.others.push((STACK, Value::from(stack)));
        for (field, dimension) in [("flow", FLOW), ("outcome", OUTCOME)] {
            let value = self.others.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone());
            self.others.extend(value.map(|value| (dimension, value)));
        }
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, Value::from(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, Value::from(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, Value::from(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, Value::from(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, Value::from(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, Value::from(format!("{value:?}")));
    }
}
