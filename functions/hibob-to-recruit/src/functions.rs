//! The Lambda functions of the flow: what each is told and allowed. A test compares them with template.yaml.

use edge::Function;

/// The receiver.
pub const WEBHOOK: Function = Function::receiver("hibob-to-recruit-webhook");

/// The schedule.
pub const POLL: Function = Function::poller("hibob-to-recruit-poll").with_actions(&["dynamodb:GetItem"]);

/// The sweeper.
pub const SWEEP: Function = Function::sweeper("hibob-to-recruit-sweep");

/// The pusher.
pub const PUSH: Function =
    Function::pusher("hibob-to-recruit-push").with_actions(&["dynamodb:DeleteItem", "dynamodb:Query"]);

/// The functions of this flow.
pub const FUNCTIONS: &[Function] = &[WEBHOOK, POLL, SWEEP, PUSH];
