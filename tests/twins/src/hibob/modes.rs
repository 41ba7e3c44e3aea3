//! How a company's webhooks are delivered.

use serde::{Deserialize, Serialize};

/// How webhooks are delivered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Modes {
    /// Every event is delivered so many times, one after the other.
    pub deliveries: u32,
    /// Letters are kept until they are released, in whatever order.
    pub hold: bool,
    /// Nothing is delivered. The list of events knows what happened.
    pub lost: bool,
}

impl Default for Modes {
    fn default() -> Self {
        Self { deliveries: 1, hold: false, lost: false }
    }
}
