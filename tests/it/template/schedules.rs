//! The template's schedules come as often as the code takes them to: runs are named by them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::model::Template;
use super::yaml::{at, text};

const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn schedules_come_as_often_as_the_code_takes_them_to() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let template = Template::parse(&fs::read_to_string(root.join("template.yaml")).unwrap()).unwrap();
    let pollers = [
        ("PersonioToHellohqPoll", personio_to_hellohq::poll::EVERY),
        ("PersonioToScimPoll", personio_to_scim::poll::EVERY),
        ("HibobToRecruitPoll", hibob_to_recruit::poll::EVERY),
        ("OneflowTeamtailorPoll", oneflow_teamtailor::poll::EVERY),
    ];
    for (id, every) in pollers {
        let events = at(&template.resources[id].properties, "Events");
        let schedule = text(at(at(at(events, "Schedule"), "Properties"), "ScheduleExpression"));
        let runs = A_DAY.as_secs() / every.as_secs();
        assert_eq!(runs_a_day(&schedule), runs, "{id}: {schedule}, and the code says every {every:?}");
    }
    let all = template.functions().iter().filter(|function| function.name().ends_with("-poll")).count();
    assert_eq!(all, pollers.len() + 1, "beside those of flows there is failures-poll");
}

/// Of an expression that names minutes and hours.
fn runs_a_day(expression: &str) -> u64 {
    let fields = expression.strip_prefix("cron(").and_then(|rest| rest.strip_suffix(" * * ? *)"));
    let (minutes, hours) = fields.and_then(|fields| fields.split_once(' ')).unwrap();
    times(minutes, 60) * times(hours, 24)
}

fn times(field: &str, of: u64) -> u64 {
    match field.split_once('/') {
        Some((from, step)) => (of - from.parse::<u64>().unwrap()).div_ceil(step.parse().unwrap()),
        None if field == "*" => of,
        None => 1,
    }
}
