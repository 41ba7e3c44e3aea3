//! Planted offences: metrics.

use super::metrics::Measured;
use super::planted::{caught, caught_in_measures};

/// What the code of the sound template's functions would measure.
pub(super) fn measures() -> Vec<Measured> {
    let measured = |name: &str, dimensions: &[&str]| Measured {
        name: name.to_owned(),
        dimensions: dimensions.iter().map(|&dimension| dimension.to_owned()).collect(),
    };
    vec![measured("Dead", &["Flow"]), measured("Done", &["Flow"]), measured("Records", &["Flow", "Outcome"])]
}

#[test]
fn an_alarm_on_a_metric_that_nobody_writes() {
    let expected =
        ["DeadAlarm: the metric Deceased is not measured by the code", "Dead: measured, on no alarm and no dashboard"];
    caught("MetricName: Dead ", "MetricName: Deceased ", &expected);
    let expected = ["Dead: measured, on no alarm and no dashboard"];
    caught("Namespace: hrsync", "Namespace: hrsynch", &expected);
    let expected = ["DeadAlarm: names no single metric", expected[0]];
    caught("      MetricName: Dead # dead\n", "", &expected);
}

#[test]
fn an_alarm_on_another_dimension_or_flow() {
    let expected = [r#"DeadAlarm: Dead by ["Flow", "Connection"], the code measures it by ["Flow"]"#];
    caught(
        "Dimensions: [{Name: Flow, Value: a-to-b}]",
        "Dimensions: [{Name: Flow, Value: a-to-b}, {Name: Connection, Value: c}]",
        &expected,
    );
    let expected = ["DeadAlarm: Dead of the flow a-to-c, nobody's"];
    caught("Dimensions: [{Name: Flow, Value: a-to-b}]", "Dimensions: [{Name: Flow, Value: a-to-c}]", &expected);
    caught("Dimensions: [{Name: Flow, Value: a-to-b}]", "Dimensions: [{Name: Flow, Value: unknown}]", &[]);
}

#[test]
fn a_dashboard_on_a_metric_that_nobody_writes() {
    let expected =
        ["Dashboard: the metric Finished is not measured by the code", "Done: measured, on no alarm and no dashboard"];
    caught("\"Done\"", "\"Finished\"", &expected);
    let expected =
        ["Dashboard: the metric Rows is not measured by the code", "Records: measured, on no alarm and no dashboard"];
    caught("MetricName=\\\"Records\\\"", "MetricName=\\\"Rows\\\"", &expected);
    let expected = [r#"Dashboard: Records by ["Flow"], the code measures it by ["Flow", "Outcome"]"#];
    caught("{hrsync,Flow,Outcome}", "{hrsync,Flow}", &expected);
    let expected = ["Dashboard: Records of the flow (every), nobody's"];
    caught(" Flow=\\\"a-to-b\\\"", "", &expected);
}

#[test]
fn a_dashboard_that_cannot_be_read() {
    let unseen = ["Done: measured, on no alarm and no dashboard", "Records: measured, on no alarm and no dashboard"];
    caught("{\"widgets\"", "\"widgets\"", &["Dashboard: its body is no JSON with metrics", unseen[0], unseen[1]]);
    let row = r#"Dashboard: [".","Done","Flow","a-to-b",{"stat":"Sum"}] is no metric written out and no search"#;
    caught(r#"["hrsync", "Done""#, r#"[".", "Done""#, &[row, unseen[0]]);
    let row = r#"Dashboard: [{"expression":"RATE(m1)"}] is no metric written out and no search"#;
    caught(
        r#"{"expression": "SEARCH('{hrsync,Flow,Outcome} MetricName=\"Records\" Flow=\"a-to-b\"', 'Sum', 300)"}"#,
        r#"{"expression": "RATE(m1)"}"#,
        &[row, unseen[1]],
    );
}

#[test]
fn a_metric_that_nobody_watches() {
    let more = Measured { name: "Lost".to_owned(), dimensions: vec!["Flow".to_owned()] };
    caught_in_measures(|measures| measures.push(more), &["Lost: measured, on no alarm and no dashboard"]);
    let expected = ["DeadAlarm: the metric Dead is not measured by the code"];
    caught_in_measures(|measures| measures.retain(|metric| metric.name != "Dead"), &expected);
}
