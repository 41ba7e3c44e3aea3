//! What a census expects of one object: the little of its link that a comparison with a list needs, as one line of text.

use jiff::Timestamp;
use ledger::{Fingerprint, LinkSummary, ObjectId};

use crate::freshness::{OnNewSettings, is_outdated};

/// What is expected of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    fingerprint: Option<Fingerprint>,
    settings_revision: u64,
    holds: bool,
    has_end: bool,
}

impl Expected {
    /// What a link lets expect.
    pub(crate) fn of(link: &LinkSummary) -> Self {
        Self {
            // one that was missed once and is listed again is looked at, so that the link forgets that it was missed
            fingerprint: link.fingerprint.filter(|_| link.missing_since.is_none()),
            settings_revision: link.settings_revision,
            holds: link.holds,
            has_end: link.window.is_some(),
        }
    }

    /// Whether the object counts when it is judged whether too much is missing. Nobody says how a source filters what has
    /// no end, so such an object may be missing from a list though it is there: the pusher asks for each by its id.
    pub(crate) fn counts(self) -> bool {
        self.holds && self.has_end
    }

    /// Whether the pusher should look at an object that a list shows in this version.
    pub(crate) fn differs(self, shown: Fingerprint, revision: u64, on_new_settings: OnNewSettings) -> bool {
        self.fingerprint != Some(shown) || is_outdated(self.settings_revision, self.holds, revision, on_new_settings)
    }

    /// The object's line, with its line break: fingerprint, revision, flags, id. The id may hold blanks, so it is last.
    pub(crate) fn line(self, id: &ObjectId) -> String {
        let fingerprint = self.fingerprint.map_or_else(|| "-".to_owned(), |fingerprint| fingerprint.to_string());
        let holds = if self.holds { 'h' } else { '-' };
        let has_end = if self.has_end { 'e' } else { '-' };
        format!("{fingerprint} {} {holds}{has_end} {id}\n", self.settings_revision)
    }

    /// Reads a line. `None`: it is none of ours.
    pub(crate) fn read(line: &str) -> Option<(ObjectId, Self)> {
        let mut parts = line.splitn(4, ' ');
        let fingerprint = match parts.next()? {
            "-" => None,
            text => Some(text.parse().ok()?),
        };
        let settings_revision = parts.next()?.parse().ok()?;
        let flags = parts.next()?;
        let id = parts.next()?;
        let expected =
            Self { fingerprint, settings_revision, holds: flags.starts_with('h'), has_end: flags.ends_with('e') };
        Some((ObjectId::new(id), expected))
    }
}

/// Whether a link is due for a look.
pub(crate) fn is_due(link: &LinkSummary, now: Timestamp) -> bool {
    link.due.is_some_and(|due| due <= now)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ledger::Subject;

    use super::*;

    fn link() -> LinkSummary {
        LinkSummary {
            fingerprint: Some(Fingerprint::of("a")),
            settings_revision: 3,
            holds: true,
            window: Some(date(2026, 3, 2)),
            ..LinkSummary::unseen(Subject::new("thing", "7"))
        }
    }

    #[test]
    fn what_is_expected_survives_as_a_line() {
        let open = LinkSummary { window: None, holds: false, ..link() };
        let unseen = LinkSummary::unseen(Subject::new("thing", "7"));
        for link in [link(), open, unseen] {
            let expected = Expected::of(&link);
            for id in ["7", "a b/c", ""] {
                let line = expected.line(&ObjectId::new(id));
                assert_eq!(Expected::read(line.trim_end_matches('\n')), Some((ObjectId::new(id), expected)));
            }
        }
        assert_eq!(Expected::read("7"), None);
    }

    #[test]
    fn a_listed_object_is_looked_at_where_it_differs() {
        let (same, other) = (Fingerprint::of("a"), Fingerprint::of("b"));
        let held = Expected::of(&link());
        let empty = Expected::of(&LinkSummary { holds: false, ..link() });
        let leave = OnNewSettings::Leave;
        assert!(!held.differs(same, 3, leave) && held.differs(other, 3, leave));
        assert!(!held.differs(same, 4, leave), "earlier settings leave what is held");
        assert!(empty.differs(same, 4, leave), "the present settings may have it otherwise");
        assert!(held.differs(same, 4, OnNewSettings::Apply));
    }

    #[test]
    fn only_what_is_held_and_has_an_end_counts_as_missing() {
        assert!(Expected::of(&link()).counts());
        assert!(!Expected::of(&LinkSummary { holds: false, ..link() }).counts());
        assert!(!Expected::of(&LinkSummary { window: None, ..link() }).counts());
    }
}
