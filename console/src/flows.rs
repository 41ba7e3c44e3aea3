//! The flows this command knows. A new flow adds its line to [`FLOWS`] and its dependency; nothing else here names one.

use admin::{Commands, Flow};
use ledger::Connection;
use mapping::nearest;

use crate::ends::Failure;

/// In the order of the project's README.
const FLOWS: &[Flow] = &[
    heyflow_to_personio::FLOW,
    personio_to_hellohq::FLOW,
    personio_to_scim::FLOW,
    hibob_to_recruit::FLOW,
    oneflow_teamtailor::FLOW,
];

/// The flow called `name`.
///
/// # Errors
/// Says which flow may be meant.
pub(crate) fn named(name: &str) -> Result<&'static Flow, String> {
    let found = FLOWS.iter().find(|flow| flow.name == name);
    found.ok_or_else(|| format!("there is no flow `{name}`; {}", meant(name, FLOWS.iter().map(|flow| flow.name))))
}

/// The flow of an applied connection.
///
/// # Errors
/// Where another version of this command has applied it.
pub(crate) fn of(connection: &Connection) -> Result<&'static Flow, Failure> {
    let Connection { name, flow, .. } = connection;
    named(flow).map_err(|_| {
        let what = format!("the connection `{name}` is of the flow `{flow}`, which this hrsync does not know");
        Failure::Refused(format!("{what}; use the hrsync of the version that is deployed"))
    })
}

/// What a flow can do of what only some can. `what`: what is asked for, e.g. `sweep`.
///
/// # Errors
/// Says which flows can.
pub(crate) fn command<T>(flow: &Flow, what: &str, of: impl Fn(&Commands) -> Option<T>) -> Result<T, Failure> {
    of(&flow.commands).ok_or_else(|| {
        let able = listed(FLOWS.iter().filter(|flow| of(&flow.commands).is_some()).map(|flow| flow.name));
        Failure::Refused(format!("connections of `{}` have no {what}; those of these flows do: {able}", flow.name))
    })
}

/// Every flow.
#[cfg(test)]
pub(crate) fn every() -> impl Iterator<Item = &'static Flow> {
    FLOWS.iter()
}

/// The flows' names.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FLOWS.iter().map(|flow| flow.name)
}

/// The flows' names, to choose from.
pub(crate) fn all() -> String {
    listed(FLOWS.iter().map(|flow| flow.name))
}

/// `did you mean ...?`, or what there is to choose from.
pub(crate) fn meant<'a>(word: &str, candidates: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(word, candidates.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", listed(candidates)),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_flow_is_answered_with_the_nearest() {
        assert_eq!(named("heyflow-to-personio").unwrap().name, "heyflow-to-personio");
        let wrong = named("heyflow-to-persono").unwrap_err();
        assert_eq!(wrong, "there is no flow `heyflow-to-persono`; did you mean `heyflow-to-personio`?");
    }

    #[test]
    fn a_command_that_a_flow_lacks_is_answered_with_the_flows_that_have_it() {
        let sweep =
            |flow: &Flow| command(flow, "sweep", |commands| commands.sweep).map(drop).map_err(|it| it.to_string());
        assert_eq!(sweep(&personio_to_hellohq::FLOW), Ok(()));
        let expected = "connections of `heyflow-to-personio` have no sweep; those of these flows do: \
            `personio-to-hellohq`, `personio-to-scim`, `hibob-to-recruit`, `oneflow-teamtailor`";
        assert_eq!(sweep(&heyflow_to_personio::FLOW), Err(expected.to_owned()));
    }

    #[test]
    fn a_foreign_word_is_answered_with_the_choice() {
        assert_eq!(meant("zzz", ["careers", "interns"].into_iter()), "there are: `careers`, `interns`");
        assert_eq!(meant("zzz", [].into_iter()), "there are: none");
    }
}
