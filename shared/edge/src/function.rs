//! What a Lambda function is told and allowed, declared beside its code. A test compares the declaration with
//! template.yaml both ways.

use crate::variable::{
    FAILURE_DAYS, FAILURES_QUEUE, LOCAL, LOG, PUSH_QUEUE, QUEUE, RETRY_SECONDS, STACK, SWEEP_QUEUE, TABLE,
};

/// One Lambda function: what all of its kind need, and what it needs beyond that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Its binary's name, which is also its name in the template.
    pub name: &'static str,
    standard: Needs,
    further: Needs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Needs {
    environment: &'static [&'static str],
    actions: &'static [&'static str],
}

const NOTHING: Needs = Needs { environment: &[], actions: &[] };

const ANY: Needs = Needs { environment: &[STACK, TABLE, LOG], actions: &[] };

const RECEIVER: Needs = Needs {
    environment: &[STACK, TABLE, LOCAL, LOG, QUEUE, FAILURES_QUEUE, FAILURE_DAYS],
    actions: &["dynamodb:GetItem", "dynamodb:PutItem", "secretsmanager:GetSecretValue", "sqs:SendMessage"],
};

const POLLER: Needs = Needs {
    environment: &[STACK, TABLE, LOCAL, LOG, SWEEP_QUEUE],
    actions: &["dynamodb:PutItem", "dynamodb:Query", "sqs:SendMessage"],
};

const SWEEPER: Needs = Needs {
    environment: &[STACK, TABLE, LOCAL, LOG, QUEUE, PUSH_QUEUE, FAILURES_QUEUE, RETRY_SECONDS, FAILURE_DAYS],
    actions: &[
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "secretsmanager:GetSecretValue",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
    ],
};

const PUSHER: Needs = Needs {
    environment: &[STACK, TABLE, LOCAL, LOG, QUEUE, FAILURES_QUEUE, RETRY_SECONDS, FAILURE_DAYS],
    actions: &[
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "secretsmanager:GetSecretValue",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
    ],
};

impl Function {
    /// A function that reads the ledger and writes a log, and nothing else that is standard.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, standard: ANY, further: NOTHING }
    }

    /// A flow's receiver: settings and secrets in, signals and failures out.
    #[must_use]
    pub const fn receiver(name: &'static str) -> Self {
        Self { name, standard: RECEIVER, further: NOTHING }
    }

    /// A flow's poller: connections in, tasks for the sweeper out.
    #[must_use]
    pub const fn poller(name: &'static str) -> Self {
        Self { name, standard: POLLER, further: NOTHING }
    }

    /// A flow's sweeper: tasks in, signals out.
    #[must_use]
    pub const fn sweeper(name: &'static str) -> Self {
        Self { name, standard: SWEEPER, further: NOTHING }
    }

    /// A flow's pusher: signals or submissions in, failures out.
    #[must_use]
    pub const fn pusher(name: &'static str) -> Self {
        Self { name, standard: PUSHER, further: NOTHING }
    }

    /// The same with further environment variables.
    #[must_use]
    pub const fn with_environment(self, environment: &'static [&'static str]) -> Self {
        let further = Needs { environment, actions: self.further.actions };
        Self { name: self.name, standard: self.standard, further }
    }

    /// The same with further AWS actions.
    #[must_use]
    pub const fn with_actions(self, actions: &'static [&'static str]) -> Self {
        let further = Needs { environment: self.further.environment, actions };
        Self { name: self.name, standard: self.standard, further }
    }

    /// The environment variables it reads.
    pub fn environment(&self) -> impl Iterator<Item = &'static str> {
        self.standard.environment.iter().chain(self.further.environment).copied()
    }

    /// The AWS actions its code asks for. What Lambda does on its behalf (receiving from its queue, writing logs) is not
    /// listed.
    pub fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.standard.actions.iter().chain(self.further.actions).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_further_stands_behind_what_is_standard() {
        const POLL: Function =
            Function::poller("a-to-b-poll").with_environment(&["HRSYNC_MORE"]).with_actions(&["sqs:More"]);
        let environment: Vec<_> = POLL.environment().collect();
        let standard = ["HRSYNC_STACK", "HRSYNC_TABLE", "HRSYNC_LOCAL", "HRSYNC_LOG", "HRSYNC_SWEEP_QUEUE"];
        assert_eq!(environment, [standard.as_slice(), &["HRSYNC_MORE"]].concat());
        assert_eq!(
            POLL.actions().collect::<Vec<_>>(),
            ["dynamodb:PutItem", "dynamodb:Query", "sqs:SendMessage", "sqs:More"]
        );
    }
}
