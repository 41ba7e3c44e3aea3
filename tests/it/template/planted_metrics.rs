//! Planted offences: metrics.

use super::metrics::Measured;
use super::planted::{caught, caught_in_measures};

/// What the code of the sound template's functions would measure.
pub(super) fn measures() -> Vec<Measured> {
    let measured = |name: &str, dimensions: &[&str]| Measured {
        name: name.to_owned(),
        dimensions: dimensions.iter().map(|&dimension| dimension.to_owned()).collect(),
    };
    vec![
        measured("Dead", &["Stack"]),
        measured("Polls", &["Stack"]),
        measured("Done", &["Stack", "Flow"]),
        measured("Records", &["Stack", "Flow", "Outcome"]),
    ]
}

#[test]
fn an_alarm_on_a_metric_that_nobody_writes() {
    let expected =
        ["DeadAlarm: the metric Deceased is not measured by the code", "Dead: measured, on no alarm and no dashboard"];
    caught("MetricName: Dead ", "MetricName: Deceased ", &expected);
    let expected = ["Dead: measured, on no alarm and no dashboard"];
    caught("Namespace: hrsync\n      MetricName: Dead", "Namespace: hrsynch\n      MetricName: Dead", &expected);
    let expected = ["DeadAlarm: names no single metric", expected[0]];
    caught("      MetricName: Dead # dead\n", "", &expected);
}

#[test]
fn an_alarm_on_another_dimension_stack_or_flow() {
    let alarm = "Dimensions: [{Name: Stack, Value: !Ref AWS::StackName}] # stack";
    let expected = [r#"DeadAlarm: Dead by ["Flow"], the code measures it by ["Stack"]"#];
    caught(alarm, "Dimensions: [{Name: Flow, Value: a-to-b}]", &expected);
    caught(alarm, "Dimensions: [{Name: Stack, Value: live}]", &["DeadAlarm: Dead of another stack, or of all"]);
    let expected = ["Dashboard: Done of the flow a-to-c, nobody's"];
    caught(r#""Flow", "a-to-b", {"stat""#, r#""Flow", "a-to-c", {"stat""#, &expected);
}

#[test]
fn a_filters_metric_counts_as_measured() {
    let throttled = "MetricName: Throttled,";
    let expected = [
        "Dashboard: the metric Throttled is not measured by the code",
        "Slowed: measured, on no alarm and no dashboard",
    ];
    caught(throttled, "MetricName: Slowed,", &expected);
}

#[test]
fn a_dashboard_on_a_metric_that_nobody_writes() {
    let expected =
        ["Dashboard: the metric Finished is not measured by the code", "Done: measured, on no alarm and no dashboard"];
    caught("\"Done\"", "\"Finished\"", &expected);
    let expected =
        ["Dashboard: the metric Rows is not measured by the code", "Records: measured, on no alarm and no dashboard"];
    caught("MetricName=\\\"Records\\\"", "MetricName=\\\"Rows\\\"", &expected);
    let expected = [r#"Dashboard: Records by ["Stack", "Flow"], the code measures it by ["Stack", "Flow", "Outcome"]"#];
    caught("{hrsync,Stack,Flow,Outcome}", "{hrsync,Stack,Flow}", &expected);
    let expected = ["Dashboard: Records of another stack, or of all"];
    caught(" Stack=\\\"${AWS::StackName}\\\"", "", &expected);
}

#[test]
fn a_dashboard_that_cannot_be_read() {
    let unseen = ["Done: measured, on no alarm and no dashboard", "Records: measured, on no alarm and no dashboard"];
    let filter = "Throttled: measured, on no alarm and no dashboard";
    let no_json = ["Dashboard: its body is no JSON with metrics", unseen[0], unseen[1], filter];
    caught("{\"widgets\"", "\"widgets\"", &no_json);
    let row = r#"Dashboard: [".","Done","Stack","${AWS::StackName}","Flow","a-to-b",{"stat":"Sum"}] is no metric written out and no search"#;
    caught(r#"["hrsync", "Done""#, r#"[".", "Done""#, &[row, unseen[0]]);
    let row = r#"Dashboard: [{"expression":"RATE(m1)"}] is no metric written out and no search"#;
    caught(
        r#"{"expression": "SEARCH('{hrsync,Stack,Flow,Outcome} MetricName=\"Records\" Stack=\"${AWS::StackName}\"', 'Sum', 300)"}"#,
        r#"{"expression": "RATE(m1)"}"#,
        &[row, unseen[1]],
    );
}

#[test]
fn a_metric_that_nobody_watches() {
    let more = Measured { name: "Lost".to_owned(), dimensions: vec!["Stack".to_owned()] };
    caught_in_measures(|measures| measures.push(more), &["Lost: measured, on no alarm and no dashboard"]);
    let expected = ["DeadAlarm: the metric Dead is not measured by the code"];
    caught_in_measures(|measures| measures.retain(|metric| metric.name != "Dead"), &expected);
}
