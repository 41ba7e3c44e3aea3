//! The cases: for each function of the template, an event as it really comes, what AWS and the vendors hold for it, and
//! the figures that are wanted of it. A new function is a line in [`CASES`].

mod company;
mod failures;
mod heyflow_to_personio;
mod hibob_to_recruit;
mod oneflow_teamtailor;
mod personio_to_hellohq;
mod personio_to_scim;
mod planning;
mod workforce;

use anyhow::Context as _;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

pub(crate) use company::Company;
pub(crate) use planning::Planning;
pub(crate) use workforce::Workforce;

use crate::event::Trigger;
use crate::figures::{Limit, Metric, Wanted};
use crate::stand_ins::{Item, World};

/// What one function is measured with.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    /// The function, as the template names its binary.
    pub(crate) function: &'static str,
    /// What wakes it.
    pub(crate) trigger: Trigger,
    /// What it finds; `url` is where vendors are reached.
    pub(crate) world: fn(url: &str) -> World,
    /// Which figures are wanted.
    pub(crate) wanted: &'static [Wanted],
}

/// What a run of a sweep reads.
pub(crate) struct Sweepable {
    /// One for each slice, as the schedule sends them.
    pub(crate) messages: Vec<String>,
    /// What the sweep finds; it is told where vendors are reached.
    pub(crate) world: Box<dyn Fn(&str) -> World>,
}

/// The functions of the template.
const CASES: &[Case] = &[
    Case {
        function: "heyflow-to-personio-webhook",
        trigger: Trigger::Webhook(heyflow_to_personio::delivery),
        world: heyflow_to_personio::world,
        wanted: RECEIVER,
    },
    Case {
        function: "heyflow-to-personio-push",
        trigger: Trigger::Queue(heyflow_to_personio::message),
        world: heyflow_to_personio::world,
        wanted: &[Wanted { metric: Metric::WarmCalls, limit: Limit::AtMost(4.0) }],
    },
    Case {
        function: "personio-to-hellohq-webhook",
        trigger: Trigger::Webhook(personio_to_hellohq::delivery),
        world: personio_to_hellohq::world,
        wanted: RECEIVER,
    },
    Case {
        function: "personio-to-hellohq-poll",
        trigger: Trigger::Schedule,
        world: personio_to_hellohq::world,
        wanted: &[],
    },
    Case {
        function: "personio-to-hellohq-sweep",
        trigger: Trigger::Queue(personio_to_hellohq::task),
        world: personio_to_hellohq::world,
        wanted: &[],
    },
    Case {
        function: "personio-to-hellohq-push",
        trigger: Trigger::Queue(personio_to_hellohq::signal),
        world: personio_to_hellohq::world,
        wanted: &[],
    },
    Case {
        function: "personio-to-scim-webhook",
        trigger: Trigger::Webhook(personio_to_scim::delivery),
        world: personio_to_scim::world,
        wanted: RECEIVER,
    },
    Case { function: "personio-to-scim-poll", trigger: Trigger::Schedule, world: personio_to_scim::world, wanted: &[] },
    Case {
        function: "personio-to-scim-sweep",
        trigger: Trigger::Queue(personio_to_scim::task),
        world: personio_to_scim::world,
        wanted: &[],
    },
    Case {
        function: "personio-to-scim-push",
        trigger: Trigger::Queue(personio_to_scim::signal),
        world: personio_to_scim::world,
        wanted: &[],
    },
    Case {
        function: "hibob-to-recruit-webhook",
        trigger: Trigger::Webhook(hibob_to_recruit::delivery),
        world: hibob_to_recruit::world,
        wanted: RECEIVER,
    },
    Case { function: "hibob-to-recruit-poll", trigger: Trigger::Schedule, world: hibob_to_recruit::world, wanted: &[] },
    Case {
        function: "hibob-to-recruit-sweep",
        trigger: Trigger::Queue(hibob_to_recruit::task),
        world: hibob_to_recruit::world,
        wanted: &[],
    },
    Case {
        function: "hibob-to-recruit-push",
        trigger: Trigger::Queue(hibob_to_recruit::signal),
        world: hibob_to_recruit::world,
        wanted: &[],
    },
    Case {
        function: "oneflow-teamtailor-webhook",
        trigger: Trigger::Webhook(oneflow_teamtailor::delivery),
        world: oneflow_teamtailor::world,
        wanted: RECEIVER,
    },
    Case {
        function: "oneflow-teamtailor-poll",
        trigger: Trigger::Schedule,
        world: oneflow_teamtailor::world,
        wanted: &[],
    },
    Case {
        function: "oneflow-teamtailor-sweep",
        trigger: Trigger::Queue(oneflow_teamtailor::task),
        world: oneflow_teamtailor::world,
        wanted: &[],
    },
    Case {
        function: "oneflow-teamtailor-push",
        trigger: Trigger::Queue(oneflow_teamtailor::signal),
        world: oneflow_teamtailor::world,
        wanted: &[],
    },
    Case {
        function: "failures-push",
        trigger: Trigger::Queue(failures::announcement),
        world: failures::world,
        wanted: &[],
    },
    Case { function: "failures-poll", trigger: Trigger::Schedule, world: failures::world, wanted: &[] },
];

/// The function that does nothing: what the others stand beside. It is handed what a receiver is.
pub(crate) const EMPTY: Case = Case {
    function: "empty",
    trigger: Trigger::Webhook(heyflow_to_personio::delivery),
    world: |_| World::default(),
    wanted: &[],
};

/// The least that a receiver can do: it puts what it is handed into a queue, and nothing else.
pub(crate) const ONE_SEND: Case = Case {
    function: "one-send",
    trigger: Trigger::Webhook(heyflow_to_personio::delivery),
    world: |_| World::default(),
    wanted: &[],
};

/// What every receiver should keep: vendors wait for its answer, and some of them not for long.
const RECEIVER: &[Wanted] = &[
    Wanted { metric: Metric::Package, limit: Limit::AtMost(2.5) },
    Wanted { metric: Metric::Cold, limit: Limit::TimesOneSend(1.15) },
    Wanted { metric: Metric::WarmMedian, limit: Limit::TimesOneSend(1.5) },
    Wanted { metric: Metric::Memory, limit: Limit::AtMost(12.0) },
    Wanted { metric: Metric::ColdCalls, limit: Limit::Exactly(3.0) },
    Wanted { metric: Metric::WarmCalls, limit: Limit::Exactly(1.0) },
];

/// The case of a function.
///
/// # Errors
/// There is none.
pub(crate) fn of(function: &str) -> anyhow::Result<Case> {
    let case = CASES.iter().find(|case| case.function == function).copied();
    case.with_context(|| format!("the template deploys {function}, which has no case: add it to tests/bench/src/cases"))
}

/// An item of the table.
fn item(pk: impl Into<String>, sk: impl Into<String>, members: &[(&str, Value)]) -> Item {
    let version = ("v".to_owned(), json!(1));
    let members = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    (pk.into(), sk.into(), members.chain([version]).collect::<Map<_, _>>())
}

/// A connection as `hrsync apply` writes it.
fn connection(name: &str, flow: &str, document: String) -> Item {
    let members = [
        ("flow", json!(flow)),
        ("owner", json!("people-team@example.com")),
        ("document", json!(document)),
        ("revision", json!(1)),
        ("applied_ms", json!(1_772_359_200_000_i64)),
    ];
    item("connection", name, &members)
}

/// A queue's message for a connection, given with its flow. Received just now: what is old is left to the next sweep.
fn message((flow, connection): (&str, &str), number: u32, about: &str, ids: &[(&str, &str)], body: &Value) -> String {
    let ids: Value = ids.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let message = json!({
        "v": 1,
        "flow": flow,
        "connection": connection,
        "event": format!("{number:032x}"),
        "about": about,
        "generation": 0,
        "received_ms": Timestamp::now().as_millisecond(),
        "ids": ids,
        "body": body,
    });
    message.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As tests/local/build.py finds them.
    fn deployed() -> Vec<&'static str> {
        let template = include_str!("../../../../template.yaml");
        let built = template.lines().filter_map(|line| line.trim().strip_prefix("BuildProperties: {Binary: "));
        built.map(|name| name.trim_end_matches('}')).collect()
    }

    #[test]
    fn every_function_of_the_template_has_a_case_and_no_other() {
        let deployed = deployed();
        assert!(deployed.len() >= 5, "the template was not read: {deployed:?}");
        for function in &deployed {
            of(function).unwrap();
        }
        for case in CASES {
            assert!(deployed.contains(&case.function), "{} is not deployed", case.function);
        }
    }

    #[test]
    fn events_differ_as_real_ones_do() {
        for case in CASES.iter().filter(|case| !matches!(case.trigger, Trigger::Schedule)) {
            assert_ne!(case.trigger.event(1), case.trigger.event(2), "{}", case.function);
        }
    }

    #[test]
    fn a_function_without_a_case_is_named() {
        assert!(of("a-to-b-push").err().unwrap().to_string().contains("a-to-b-push"));
    }
}
