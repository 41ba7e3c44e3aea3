//! The Lambda functions of the flow: what each is told and allowed. A test compares them with template.yaml.

use edge::Function;

/// The receiver.
pub const WEBHOOK: Function = Function::receiver("personio-to-scim-webhook");

/// The schedule.
pub const POLL: Function = Function::poller("personio-to-scim-poll");

/// The sweeper.
pub const SWEEP: Function = Function::sweeper("personio-to-scim-sweep");

/// The pusher.
pub const PUSH: Function =
    Function::pusher("personio-to-scim-push").with_actions(&["dynamodb:DeleteItem", "dynamodb:Query"]);

/// The functions of this flow.
pub const FUNCTIONS: &[Function] = &[WEBHOOK, POLL, SWEEP, PUSH];
