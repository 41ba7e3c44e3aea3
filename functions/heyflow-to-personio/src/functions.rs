//! The Lambda functions of the flow: what each is told and allowed. A test compares them with template.yaml.

use edge::Function;

/// The receiver.
pub const WEBHOOK: Function = Function::receiver("heyflow-to-personio-webhook");

/// The pusher.
pub const PUSH: Function = Function::pusher("heyflow-to-personio-push").with_actions(&["dynamodb:Query"]);

/// The functions of this flow.
pub const FUNCTIONS: &[Function] = &[WEBHOOK, PUSH];
