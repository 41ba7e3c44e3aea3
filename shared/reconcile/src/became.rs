//! What an attempt has done to the target, in a few words for the log.

use std::fmt::Display;

/// From what an object's link held before to what it holds now: created, changed, replaced or removed, with the target's ids.
#[must_use]
pub fn became<T: Display + PartialEq>(what: &str, before: Option<&T>, after: Option<&T>) -> String {
    match (before, after) {
        (None, Some(after)) => format!("created {what} {after}"),
        (Some(before), Some(after)) if before == after => format!("changed {what} {after}"),
        (Some(before), Some(after)) => format!("created {what} {after} in place of {before}"),
        (Some(before), None) => format!("removed {what} {before}"),
        (None, None) => format!("removed an earlier {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_names_the_targets_ids() {
        let said = |before: Option<u32>, after: Option<u32>| became("entry", before.as_ref(), after.as_ref());
        assert_eq!(said(None, Some(501)), "created entry 501");
        assert_eq!(said(Some(501), Some(501)), "changed entry 501");
        assert_eq!(said(Some(501), Some(502)), "created entry 502 in place of 501");
        assert_eq!(said(Some(501), None), "removed entry 501");
        assert_eq!(said(None, None), "removed an earlier entry");
    }
}
