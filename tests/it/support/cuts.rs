//! Where a story's calls are cut: as often as it can make a difference, and no more.

use std::time::Duration;

use aws_config::retry::RetryConfig;

use super::proxy::Trouble;

/// What the AWS clients do about a failed call. A vendor's client never repeats a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    GivesUp,
    Repeats,
}

impl Client {
    /// How the clients are set up for it.
    pub(crate) fn retries(self) -> RetryConfig {
        let soon = Duration::from_millis(1);
        match self {
            Self::GivesUp => RetryConfig::disabled(),
            Self::Repeats => RetryConfig::standard().with_initial_backoff(soon).with_max_backoff(soon),
        }
    }

    /// The cuts of a call of this kind.
    ///
    /// Whether a read was carried out before its answer was lost makes no difference. Nor does a call that a
    /// client repeats, unless its first attempt was a write and was carried out.
    pub(crate) fn cuts(self, kind: &str) -> &'static [Trouble] {
        match (self, kind) {
            (Self::GivesUp, kind) if is_read_of_aws(kind) || is_read_of_a_vendor(kind) => &[Trouble::CutBefore],
            (Self::GivesUp, _) => &[Trouble::CutBefore, Trouble::CutAfter],
            (Self::Repeats, kind) if is_of_a_vendor(kind) || is_read_of_aws(kind) => &[],
            (Self::Repeats, _) => &[Trouble::CutAfter],
        }
    }
}

fn is_of_a_vendor(kind: &str) -> bool {
    kind.contains('/')
}

/// Searches that are sent as POSTs count as writes here.
fn is_read_of_a_vendor(kind: &str) -> bool {
    kind.starts_with("GET /")
}

fn is_read_of_aws(kind: &str) -> bool {
    ["DynamoDB GetItem", "DynamoDB BatchGetItem", "DynamoDB Query", "SecretsManager GetSecretValue"]
        .iter()
        .any(|read| kind.starts_with(read))
}
