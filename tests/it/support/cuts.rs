//! Where a story's calls are cut: as often as it can make a difference, and no more.

use std::collections::HashSet;
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

    /// The cuts of a story that makes calls of these kinds, in this order: each call's number and kind, and the trouble.
    ///
    /// A record that comes back begins anew with what is kept. So a call that keeps nothing is cut once of its kind after
    /// each kind of write, for then what is kept may be another.
    pub(crate) fn cuts<'a>(self, kinds: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str, Trouble)> {
        let (mut cut, mut written) = (HashSet::new(), "");
        let mut cuts = Vec::new();
        for (number, kind) in kinds.into_iter().enumerate() {
            if !keeps_nothing(kind) {
                written = kind;
            } else if !cut.insert((kind, written)) {
                continue;
            }
            cuts.extend(self.troubles(kind).iter().map(|trouble| (number, kind, *trouble)));
        }
        cuts
    }

    /// Whether a call that keeps nothing was carried out before its answer was lost makes no difference. Nor does a call that a
    /// client repeats, unless its first attempt was a write and was carried out.
    fn troubles(self, kind: &str) -> &'static [Trouble] {
        match self {
            Self::GivesUp if keeps_nothing(kind) => &[Trouble::CutBefore],
            Self::GivesUp => &[Trouble::CutBefore, Trouble::CutAfter],
            Self::Repeats if is_of_a_vendor(kind) || keeps_nothing(kind) => &[],
            Self::Repeats => &[Trouble::CutAfter],
        }
    }
}

/// Reads, and turns of a rate limit: one that was taken in vain costs time and nothing else.
fn keeps_nothing(kind: &str) -> bool {
    is_read_of_aws(kind) || is_read_of_a_vendor(kind) || kind == "DynamoDB UpdateItem slot"
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
