//! Metrics: what alarms and dashboards name is what the code declares, and the other way round.
//!
//! CloudWatch takes any name: an alarm on a metric, a dimension or a flow that nobody writes stays silent for ever.
//! Dashboards are read as JSON, their searches as far as the template writes them:
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html>.

use serde_json::Value;

use super::model::Template;
use super::yaml::{at, text};

/// A metric that the code writes.
#[derive(Debug)]
pub(super) struct Measured {
    /// Its name.
    pub(super) name: String,
    /// The names of its dimensions.
    pub(super) dimensions: Vec<String>,
}

/// A metric of ours that the template names.
#[derive(Debug, PartialEq)]
struct Named {
    by: String,
    name: String,
    dimensions: Vec<String>,
    flow: Option<String>,
}

/// Metrics that only one of template and code knows, or knows by other dimensions, and flows that nobody has.
pub(super) fn as_measured(template: &Template, measured: &[Measured]) -> Vec<String> {
    let (named, mut offences) = named(template);
    offences.extend(named.iter().filter_map(|named| odd(template, named, measured)));
    let unseen = measured.iter().filter(|metric| !named.iter().any(|named| named.name == metric.name));
    offences.extend(unseen.map(|metric| format!("{}: measured, on no alarm and no dashboard", metric.name)));
    offences
}

fn odd(template: &Template, named: &Named, measured: &[Measured]) -> Option<String> {
    let Named { by, name, dimensions, flow } = named;
    let Some(metric) = measured.iter().find(|metric| metric.name == *name) else {
        return Some(format!("{by}: the metric {name} is not measured by the code"));
    };
    if metric.dimensions != *dimensions {
        return Some(format!("{by}: {name} by {dimensions:?}, the code measures it by {:?}", metric.dimensions));
    }
    let flow = flow.as_deref().unwrap_or("(every)");
    let is_ours = template.functions().iter().any(|f| f.name().starts_with(&format!("{flow}-")));
    (!is_ours && flow != edge::telemetry::UNKNOWN_FLOW).then(|| format!("{by}: {name} of the flow {flow}, nobody's"))
}

/// What alarms and dashboards name, and what of them cannot be read.
fn named(template: &Template) -> (Vec<Named>, Vec<String>) {
    let (mut found, mut offences) = (Vec::new(), Vec::new());
    for (id, alarm) in template.all("AWS::CloudWatch::Alarm") {
        match of_alarm(id, alarm) {
            Some(named) => found.extend(named.1.then_some(named.0)),
            None => offences.push(format!("{id}: names no single metric")),
        }
    }
    for (id, dashboard) in template.all("AWS::CloudWatch::Dashboard") {
        let body: Value = serde_json::from_str(&text(at(dashboard, "DashboardBody"))).unwrap_or_default();
        let rows: Vec<&Value> = rows(&body).collect();
        if rows.is_empty() {
            offences.push(format!("{id}: its body is no JSON with metrics"));
        }
        for row in rows {
            match of_row(id, row) {
                Some(named) => found.extend(named.1.then_some(named.0)),
                None => offences.push(format!("{id}: {row} is no metric written out and no search")),
            }
        }
    }
    (found, offences)
}

fn of_alarm(id: &str, alarm: &Value) -> Option<(Named, bool)> {
    let name = at(alarm, "MetricName").as_str()?.to_owned();
    let dimensions = at(alarm, "Dimensions").as_array()?;
    let flow = dimensions.iter().find(|d| text(at(d, "Name")) == "Flow").map(|d| text(at(d, "Value")));
    let dimensions = dimensions.iter().map(|dimension| text(at(dimension, "Name"))).collect();
    Some((Named { by: id.to_owned(), name, dimensions, flow }, is_ours(&text(at(alarm, "Namespace")))))
}

fn rows(body: &Value) -> impl Iterator<Item = &Value> {
    let widgets = at(body, "widgets").as_array().into_iter().flatten();
    widgets.filter_map(|widget| at(widget, "properties.metrics").as_array()).flatten()
}

/// `["hrsync", "Done", "Flow", "a-to-b", {..}]`, or `[{"expression": "SEARCH(..)"}]`. The abbreviations with dots, which
/// repeat the row above, are not read.
fn of_row(id: &str, row: &Value) -> Option<(Named, bool)> {
    let row = row.as_array()?;
    if let [options] = row.as_slice() {
        return of_search(id, at(options, "expression").as_str()?);
    }
    let words: Vec<&str> = row.iter().filter_map(Value::as_str).collect();
    let [namespace, name, dimensions @ ..] = words.as_slice() else { return None };
    if words.iter().any(|word| word.chars().all(|c| c == '.')) || dimensions.len() % 2 != 0 {
        return None;
    }
    let pairs = dimensions.chunks_exact(2).filter_map(|pair| <[&str; 2]>::try_from(pair).ok());
    let flow = pairs.clone().find(|[name, _]| *name == "Flow").map(|[_, value]| value.to_owned());
    let dimensions = pairs.map(|[name, _]| name.to_owned()).collect();
    Some((Named { by: id.to_owned(), name: (*name).to_owned(), dimensions, flow }, is_ours(namespace)))
}

/// `SEARCH('{hrsync,Flow,Outcome} MetricName="Records" Flow="a-to-b"', 'Sum', 300)`.
fn of_search(id: &str, expression: &str) -> Option<(Named, bool)> {
    let (schema, terms) = expression.strip_prefix("SEARCH('{")?.split_once('}')?;
    let mut schema = schema.split(',');
    let namespace = schema.next()?;
    let value = |key: &str| Some(terms.split_once(&format!(" {key}=\""))?.1.split_once('"')?.0.to_owned());
    let dimensions = schema.map(str::to_owned).collect();
    Some((Named { by: id.to_owned(), name: value("MetricName")?, dimensions, flow: value("Flow") }, is_ours(namespace)))
}

fn is_ours(namespace: &str) -> bool {
    namespace == edge::telemetry::NAMESPACE
}
