//! How the stack was deployed last, of which version it is, and whether its functions can run.

use admin::Finding;
use aws_sdk_cloudformation::types::Stack as Described;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::{LastUpdateStatus, State};

use super::not_known::not_known;
use super::resources::{FUNCTION, Resource};
use crate::stack::Stack;

const FUNCTIONS: &str = "functions";
const DEPLOY: &str = "look at the stack's events in CloudFormation, then deploy again";
/// The version that this console is of, and that it expects of a stack.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Its state and its version.
pub(super) fn look(stack: &Stack) -> Vec<Finding> {
    let described = stack.described();
    let deployed = described.outputs().iter().find(|output| output.output_key() == Some("Version"));
    vec![state(described), version(deployed.and_then(|output| output.output_value()))]
}

fn state(stack: &Described) -> Finding {
    const ABOUT: &str = "deployment";
    let status = stack.stack_status().map_or("of unknown status", |status| status.as_str());
    let at = stack.last_updated_time().or(stack.creation_time());
    let at = at.and_then(|at| jiff::Timestamp::from_second(at.secs()).ok());
    let seen = match at {
        Some(at) => format!("{status}, deployed {}", at.strftime("%Y-%m-%d %H:%M UTC")),
        None => status.to_owned(),
    };
    match status {
        "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE" => Finding::ok(ABOUT, seen),
        "UPDATE_ROLLBACK_COMPLETE" => {
            Finding::warning(ABOUT, format!("{seen}: it was rolled back, and the one before runs"), DEPLOY)
        }
        status if status.ends_with("_IN_PROGRESS") => Finding::warning(ABOUT, seen, "wait until it is done"),
        _ => Finding::fault(ABOUT, seen, DEPLOY),
    }
}

fn version(deployed: Option<&str>) -> Finding {
    const ABOUT: &str = "version";
    match deployed {
        Some(VERSION) => Finding::ok(ABOUT, format!("{VERSION}, as this hrsync")),
        Some(other) => {
            let seen = format!("the stack is of version {other}, this hrsync of {VERSION}");
            Finding::warning(ABOUT, seen, "use the hrsync of that version, or deploy this one")
        }
        None => Finding::warning(ABOUT, "not known: the stack does not tell its version", "deploy it again"),
    }
}

/// Whether each function can run.
pub(super) async fn functions(stack: &Stack, resources: &[Resource]) -> Finding {
    let client = Client::new(stack.config());
    let mut broken = Vec::new();
    let mut count = 0_usize;
    for function in resources.iter().filter(|it| it.kind == FUNCTION) {
        match client.get_function_configuration().function_name(&function.physical).send().await {
            Ok(shown) => {
                count += 1;
                broken.extend(trouble(&function.logical, shown.state.as_ref(), shown.last_update_status.as_ref()));
            }
            Err(error) => return not_known(FUNCTIONS, "Lambda GetFunctionConfiguration", &error),
        }
    }
    judged(count, &broken)
}

/// A function that has rested for weeks is inactive, and wakes with its next call.
fn trouble(name: &str, state: Option<&State>, update: Option<&LastUpdateStatus>) -> Option<String> {
    if state == Some(&State::Failed) {
        return Some(format!("{name} cannot run"));
    }
    (update == Some(&LastUpdateStatus::Failed)).then(|| format!("{name} runs what was deployed before"))
}

fn judged(count: usize, broken: &[String]) -> Finding {
    if broken.is_empty() {
        return Finding::ok(FUNCTIONS, format!("{count} can run"));
    }
    Finding::fault(FUNCTIONS, broken.join("; "), DEPLOY)
}

#[cfg(test)]
mod tests {
    use admin::Level;
    use aws_sdk_cloudformation::types::StackStatus;

    use super::*;

    #[test]
    fn how_the_last_deployment_went_is_told() {
        let level = |status| state(&Described::builder().stack_status(status).build()).level;
        assert_eq!(level(StackStatus::UpdateComplete), Level::Ok);
        assert_eq!(level(StackStatus::UpdateRollbackComplete), Level::Warning);
        assert_eq!(level(StackStatus::UpdateInProgress), Level::Warning);
        assert_eq!(level(StackStatus::UpdateRollbackFailed), Level::Fault);
        assert_eq!(state(&Described::builder().build()).level, Level::Fault);
    }

    #[test]
    fn another_version_is_a_warning_and_so_is_none() {
        assert_eq!(version(Some(VERSION)).level, Level::Ok);
        assert!(version(Some("0.0.1")).seen.starts_with("the stack is of version 0.0.1"));
        assert_eq!(version(None).level, Level::Warning);
    }

    #[test]
    fn the_template_tells_the_version_that_is_built() {
        let template = include_str!("../../../template.yaml");
        assert!(template.contains(&format!("\n  Version:\n    Value: {VERSION}\n")), "`Outputs` tells another version");
    }

    #[test]
    fn a_function_that_cannot_run_is_named() {
        assert_eq!(trouble("Push", Some(&State::Inactive), Some(&LastUpdateStatus::Successful)), None);
        let broken = [
            trouble("Push", Some(&State::Failed), None).unwrap(),
            trouble("Sweep", Some(&State::Active), Some(&LastUpdateStatus::Failed)).unwrap(),
        ];
        assert_eq!(judged(2, &broken).seen, "Push cannot run; Sweep runs what was deployed before");
        assert_eq!(judged(2, &[]).level, Level::Ok);
    }
}
