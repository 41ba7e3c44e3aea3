//! Metrics: what alarms and dashboards name is what the code declares, and the other way round.
//!
//! CloudWatch takes any name: an alarm on a metric, a dimension or a flow that nobody writes stays silent for ever.
//! Dashboards are read as JSON, their searches as far as the template writes them:
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html>.

use serde_json::Value;

use super::model::Template;
use super::yaml::{at, items, text};

/// A metric that the code writes.
#[derive(Debug, Clone)]
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
    stack: Option<String>,
    flow: Option<String>,
}

/// Metrics that only one of template and code knows, or knows by other dimensions, those of other stacks, and flows that
/// nobody has. What a filter counts in a log is measured as well.
pub(super) fn as_measured(template: &Template, measured: &[Measured]) -> Vec<String> {
    let (named, mut offences) = named(template);
    let measured: Vec<_> = measured.iter().cloned().chain(filtered(template)).collect();
    offences.extend(named.iter().filter_map(|named| odd(template, named, &measured)));
    let unseen = measured.iter().filter(|metric| !named.iter().any(|named| named.name == metric.name));
    offences.extend(unseen.map(|metric| format!("{}: measured, on no alarm and no dashboard", metric.name)));
    offences
}

fn odd(template: &Template, named: &Named, measured: &[Measured]) -> Option<String> {
    let Named { by, name, dimensions, stack, flow } = named;
    let Some(metric) = measured.iter().find(|metric| metric.name == *name) else {
        return Some(format!("{by}: the metric {name} is not measured by the code"));
    };
    if metric.dimensions != *dimensions {
        return Some(format!("{by}: {name} by {dimensions:?}, the code measures it by {:?}", metric.dimensions));
    }
    if stack.as_deref() != Some("${AWS::StackName}") {
        return Some(format!("{by}: {name} of another stack, or of all"));
    }
    let flow = flow.as_deref()?;
    let is_ours = template.functions().iter().any(|f| f.flow() == flow);
    (!is_ours).then(|| format!("{by}: {name} of the flow {flow}, nobody's"))
}

/// What metric filters count.
fn filtered(template: &Template) -> Vec<Measured> {
    let filters = template.all("AWS::Logs::MetricFilter");
    let counted = filters.flat_map(|(_, filter)| items(at(filter, "MetricTransformations")));
    let counted = counted.filter(|metric| is_ours(&text(at(metric, "MetricNamespace"))));
    let measured = |metric: &Value| Measured {
        name: text(at(metric, "MetricName")),
        dimensions: items(at(metric, "Dimensions")).into_iter().map(|dimension| text(at(dimension, "Key"))).collect(),
    };
    counted.map(measured).collect()
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
    let value = |name: &str| dimensions.iter().find(|d| text(at(d, "Name")) == name).map(|d| text(at(d, "Value")));
    let (stack, flow) = (value("Stack"), value("Flow"));
    let dimensions = dimensions.iter().map(|dimension| text(at(dimension, "Name"))).collect();
    Some((Named { by: id.to_owned(), name, dimensions, stack, flow }, is_ours(&text(at(alarm, "Namespace")))))
}

fn rows(body: &Value) -> impl Iterator<Item = &Value> {
    let widgets = at(body, "widgets").as_array().into_iter().flatten();
    widgets.filter_map(|widget| at(widget, "properties.metrics").as_array()).flatten()
}

/// `["hrsync", "Dead", "Stack", "live", {..}]`, or `[{"expression": "SEARCH(..)"}]`. The abbreviations with dots, which
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
    let value = |wanted: &str| pairs.clone().find(|[name, _]| *name == wanted).map(|[_, value]| value.to_owned());
    let (stack, flow) = (value("Stack"), value("Flow"));
    let dimensions = pairs.map(|[name, _]| name.to_owned()).collect();
    Some((Named { by: id.to_owned(), name: (*name).to_owned(), dimensions, stack, flow }, is_ours(namespace)))
}

/// `SEARCH('{hrsync,Stack,Flow} MetricName="AgeInFlight" Stack="live"', 'Sum', 300)`.
fn of_search(id: &str, expression: &str) -> Option<(Named, bool)> {
    let (schema, terms) = expression.strip_prefix("SEARCH('{")?.split_once('}')?;
    let mut schema = schema.split(',');
    let namespace = schema.next()?;
    let value = |key: &str| Some(terms.split_once(&format!(" {key}=\""))?.1.split_once('"')?.0.to_owned());
    let dimensions = schema.map(str::to_owned).collect();
    let (name, stack, flow) = (value("MetricName")?, value("Stack"), value("Flow"));
    Some((Named { by: id.to_owned(), name, dimensions, stack, flow }, is_ours(namespace)))
}

fn is_ours(namespace: &str) -> bool {
    namespace == edge::telemetry::NAMESPACE
}
