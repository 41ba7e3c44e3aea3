//! The Lambda functions of the flow: what each is told and allowed. A test compares them with template.yaml.

use edge::Function;

/// The receiver.
pub const WEBHOOK: Function = Function::receiver("oneflow-teamtailor-webhook");

/// The schedule.
pub const POLL: Function = Function::poller("oneflow-teamtailor-poll");

/// The sweeper.
pub const SWEEP: Function = Function::sweeper("oneflow-teamtailor-sweep");

/// The pusher.
pub const PUSH: Function =
    Function::pusher("oneflow-teamtailor-push").with_actions(&["dynamodb:DeleteItem", "dynamodb:Query"]);

/// The functions of this flow.
pub const FUNCTIONS: &[Function] = &[WEBHOOK, POLL, SWEEP, PUSH];
