//! How the template names what belongs to a flow: the parameter that switches it on, and its outputs.

/// `HeyflowToPersonio` for `heyflow-to-personio`: the flow's parameter, and what its logical ids begin with.
pub(crate) fn parameter(flow: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str())).unwrap_or_default()
    };
    flow.split('-').map(capital).collect()
}

/// The output that names a queue of a flow: the pusher's of `heyflow-to-personio` is `HeyflowToPersonioQueueUrl`. `which`: empty,
/// or `Sweep`.
pub(crate) fn queue_output(flow: &str, which: &str) -> String {
    format!("{}{which}QueueUrl", parameter(flow))
}

/// Why a flow that is off can do nothing, and what mends it.
pub(crate) fn off(flow: &str, stack: &str) -> String {
    let parameter = parameter(flow);
    format!("the flow `{flow}` is off in the stack `{stack}`; deploy it with the parameter {parameter}=true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flows_parameter_and_queues_stand_in_the_template() {
        assert_eq!(queue_output("heyflow-to-personio", ""), "HeyflowToPersonioQueueUrl");
        let template = include_str!("../../template.yaml");
        for name in [
            parameter(heyflow_to_personio::NAME),
            parameter(personio_to_hellohq::NAME),
            queue_output(heyflow_to_personio::NAME, ""),
            queue_output(personio_to_hellohq::NAME, ""),
            queue_output(personio_to_hellohq::NAME, "Sweep"),
        ] {
            assert!(template.contains(&format!("\n  {name}:\n")), "{name}");
        }
    }

    #[test]
    fn what_is_off_names_the_parameter_that_switches_it_on() {
        let said = "the flow `a-to-b` is off in the stack `hrsync`; deploy it with the parameter AToB=true";
        assert_eq!(off("a-to-b", "hrsync"), said);
    }
}
