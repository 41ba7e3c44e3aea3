//! Which storms are to be summed up now.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use super::{Storm, Window};
use crate::Unmailed;

/// A storm whose summary is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due<'a> {
    /// Which.
    pub storm: &'a Storm,
    /// Its newest window that is due; the summary covers earlier ones as well.
    pub window: Timestamp,
    /// The first of the failures that wait for it.
    pub first: &'a Unmailed,
}

/// The storms whose summary is due, given all that is unmailed and the storms' present windows. A window is due
/// `length` after the storm's last mail; at once where it is not the present one any more, for then its summary has begun.
#[must_use]
pub fn due<'a>(unmailed: &'a [Unmailed], windows: &[Window], length: Duration, now: Timestamp) -> Vec<Due<'a>> {
    let mut found: BTreeMap<&Storm, Due<'a>> = BTreeMap::new();
    for first in unmailed {
        let Some((storm, window)) = first.folded() else { continue };
        let present = windows.iter().find(|it| it.storm == *storm && it.since == window);
        if present.is_none_or(|present| now >= present.mailed + length) {
            let due = found.entry(storm).or_insert(Due { storm, window, first });
            due.window = due.window.max(window);
        }
    }
    found.into_values().collect()
}
