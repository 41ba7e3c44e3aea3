//! What to believe of a read, and what needs no work. Pure: functions of values.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Fingerprint, LinkSummary};

use crate::Trigger;

/// How long a source is given to show what it has told of. Retries grow, so these are a few.
const PATIENCE: Duration = Duration::from_secs(3 * 60);

/// By how much the time of an event may be ahead of the object's own: the source writes one after the other.
const APART: Duration = Duration::from_secs(5);

/// The version of an object that a source shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// A hash of all that decides what the target should hold.
    pub fingerprint: Fingerprint,
    /// When the source says the version was made, in whole milliseconds. `None`: the source tells no time.
    pub changed: Option<Timestamp>,
}

impl Shown {
    /// The version with this fingerprint, made at `changed`.
    #[must_use]
    pub fn new(fingerprint: Fingerprint, changed: Option<Timestamp>) -> Self {
        // links keep milliseconds: two times are compared as they are kept
        let in_millis = |at: Timestamp| Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        Self { fingerprint, changed: changed.map(in_millis) }
    }
}

/// Whether a read is to be believed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The read is believed.
    Current,
    /// The source lags behind what it has told of: the record is tried again.
    Stale,
    /// The source lags, and yet shows more than the link knows: processed now, and read again later.
    StaleButNews,
}

/// Judges a read. `shown` is `None` where the source does not have the object; `waited` is how long ago the signal came.
///
/// A read is stale, for a few minutes, where it is older than the event or than what the link has seen, where it still
/// shows what was told to be deleted, and where it does not show what was told to be made. A source that tells no time is
/// stale where an event came and the read shows just what the link knows, unless the link took that version in after the
/// event: then an earlier signal of the same change has brought it.
#[must_use]
pub fn freshness(trigger: &Trigger, shown: Option<&Shown>, link: Option<&LinkSummary>, waited: Duration) -> Freshness {
    if waited >= PATIENCE || !lags(trigger, shown, link) {
        Freshness::Current
    } else if is_news(trigger, shown, link) {
        Freshness::StaleButNews
    } else {
        Freshness::Stale
    }
}

fn lags(trigger: &Trigger, shown: Option<&Shown>, link: Option<&LinkSummary>) -> bool {
    match (shown, trigger) {
        (Some(_), Trigger::Event { deleted: true, .. }) => true,
        (Some(shown), Trigger::Event { deleted: false, occurred_at }) => match (shown.changed, occurred_at) {
            (Some(changed), Some(occurred_at)) => changed + APART < *occurred_at,
            _ => link
                .is_some_and(|link| link.fingerprint == Some(shown.fingerprint) && !is_taken_after(link, *occurred_at)),
        },
        (Some(shown), _) => is_older(shown, link),
        (None, Trigger::Event { deleted: false, .. } | Trigger::Changed) => link.is_none(),
        (None, _) => false,
    }
}

/// Whether the link's version was seen first after the event. Where a second change came in between and the source lagged
/// then, the next sweep brings that one.
fn is_taken_after(link: &LinkSummary, occurred_at: Option<Timestamp>) -> bool {
    let (Some(taken), Some(occurred_at)) = (link.taken, occurred_at) else { return false };
    // a time in whole seconds may be any time of its second
    let within = if occurred_at.subsec_nanosecond() == 0 { Duration::from_secs(1) } else { Duration::ZERO };
    taken > occurred_at + within
}

/// Whether the version is older than the one that was processed.
fn is_older(shown: &Shown, link: Option<&LinkSummary>) -> bool {
    let seen = link.and_then(|link| link.seen);
    matches!((shown.changed, seen), (Some(changed), Some(seen)) if changed < seen)
}

fn is_news(trigger: &Trigger, shown: Option<&Shown>, link: Option<&LinkSummary>) -> bool {
    match (shown, link) {
        (Some(shown), Some(link)) => match (shown.changed, link.seen) {
            (Some(changed), Some(seen)) => changed > seen,
            _ => link.fingerprint != Some(shown.fingerprint),
        },
        (Some(_), None) => !matches!(trigger, Trigger::Event { deleted: true, .. }),
        (None, _) => false,
    }
}

/// What a flow does about objects that were processed by earlier settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnNewSettings {
    /// What the target holds stays as it is until the object is edited; what it does not hold is looked at again.
    Leave,
    /// Every object is processed again.
    Apply,
}

/// What is known of an object besides what the source shows.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The object's link.
    pub link: &'a LinkSummary,
    /// Whether a step was begun whose end is not known.
    pub is_unfinished: bool,
    /// Whether something outside of the object may end what blocks it.
    pub is_waiting: bool,
    /// Whether something blocks the object, whatever may end it.
    pub is_blocked: bool,
}

/// The circumstances of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The revision of the connection's settings.
    pub revision: u64,
    /// What the flow does about earlier settings.
    pub on_new_settings: OnNewSettings,
    /// Whether a person has asked for it.
    pub is_replay: bool,
    /// The time.
    pub now: Timestamp,
}

/// Why an object needs no work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Nothing has happened since it was processed.
    Unchanged,
    /// The source shows an older version than the one that was processed.
    Older,
}

impl Settled {
    /// The reason, for the log.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Older => "older than what was processed",
        }
    }
}

/// Whether an object needs no work. `None`: it needs some.
#[must_use]
pub fn settled(standing: Standing<'_>, shown: &Shown, situation: Situation) -> Option<Settled> {
    let Standing { link, is_unfinished, is_waiting, is_blocked } = standing;
    let is_due = link.due.is_some_and(|due| due <= situation.now);
    let is_retried = is_blocked && situation.is_replay;
    let is_outdated = is_outdated(link.settings_revision, link.holds, situation.revision, situation.on_new_settings);
    if is_unfinished || is_waiting || is_due || is_retried || is_outdated {
        return None;
    }
    if link.fingerprint == Some(shown.fingerprint) {
        return Some(Settled::Unchanged);
    }
    is_older(shown, Some(link)).then_some(Settled::Older)
}

/// Whether new settings are a reason to process an object again.
pub(crate) fn is_outdated(processed_by: u64, holds: bool, revision: u64, on_new_settings: OnNewSettings) -> bool {
    let is_earlier = processed_by != revision;
    match on_new_settings {
        OnNewSettings::Leave => is_earlier && !holds,
        OnNewSettings::Apply => is_earlier,
    }
}

/// What says that an object is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The source has sent an event that says so, and does not show the object.
    Event,
    /// The source was asked for the object by its own id.
    AskedById,
    /// A sweep's complete list does not show the object.
    NotListed,
}

/// Whether an object counts as gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// What the target holds for it may be removed.
    Yes,
    /// A second sweep has to miss it as well.
    NotYet,
}

/// Judges what says that an object is gone. A list alone has to miss the object in two sweeps.
#[must_use]
pub fn gone(evidence: Evidence, link: &LinkSummary) -> Gone {
    match evidence {
        Evidence::Event | Evidence::AskedById => Gone::Yes,
        Evidence::NotListed if link.missing_since.is_some() => Gone::Yes,
        Evidence::NotListed => Gone::NotYet,
    }
}

#[cfg(test)]
mod tests {
    use ledger::Subject;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// Version `name`, made in second `changed`.
    fn shown(name: &str, changed: Option<i64>) -> Shown {
        Shown::new(Fingerprint::of(name), changed.map(at))
    }

    /// A link that has seen version `name` of second `seen`.
    fn link(name: &str, seen: Option<i64>) -> LinkSummary {
        LinkSummary {
            fingerprint: Some(Fingerprint::of(name)),
            seen: seen.map(at),
            settings_revision: 3,
            holds: true,
            ..LinkSummary::unseen(Subject::new("thing", "7"))
        }
    }

    /// A link that took in version `name`, which tells no time, in second `taken`.
    fn taken(name: &str, taken: i64) -> LinkSummary {
        LinkSummary { taken: Some(at(taken)), ..link(name, None) }
    }

    fn event(deleted: bool, occurred_at: Option<i64>) -> Trigger {
        Trigger::Event { deleted, occurred_at: occurred_at.map(at) }
    }

    #[test]
    fn every_read_is_judged() {
        use Freshness::{Current, Stale, StaleButNews};
        let told = |second| event(false, Some(second));
        let deleted = event(true, Some(100));
        let untimed = event(false, None);
        let table = [
            ("as new as the event", told(100), Some(shown("b", Some(100))), Some(link("a", Some(50))), Current),
            ("the event's clock is a little ahead", told(105), Some(shown("b", Some(100))), None, Current),
            (
                "older than the event, and known",
                told(106),
                Some(shown("a", Some(100))),
                Some(link("a", Some(100))),
                Stale,
            ),
            (
                "older than the event, and news",
                told(106),
                Some(shown("b", Some(100))),
                Some(link("a", Some(50))),
                StaleButNews,
            ),
            ("older than the event, never seen", told(106), Some(shown("a", Some(100))), None, StaleButNews),
            ("made, and not shown", told(100), None, None, Stale),
            ("changed, not shown, and known: gone", told(100), None, Some(link("a", Some(50))), Current),
            ("deleted, and still shown", deleted, Some(shown("a", Some(50))), Some(link("a", Some(50))), Stale),
            ("deleted, still shown, never seen", deleted, Some(shown("a", Some(50))), None, Stale),
            (
                "deleted, and shown with an edit",
                deleted,
                Some(shown("b", Some(90))),
                Some(link("a", Some(50))),
                StaleButNews,
            ),
            ("deleted, and not shown", deleted, None, Some(link("a", Some(50))), Current),
            ("a sweep saw a newer one", Trigger::Changed, Some(shown("a", Some(40))), Some(link("b", Some(50))), Stale),
            ("a sweep saw it", Trigger::Changed, Some(shown("b", Some(60))), Some(link("a", Some(50))), Current),
            ("listed, and not shown", Trigger::Changed, None, None, Stale),
            ("listed, not shown, and known: gone", Trigger::Changed, None, Some(link("a", Some(50))), Current),
            ("missing, and not shown", Trigger::Missing, None, Some(link("a", Some(50))), Current),
            ("missing, and shown", Trigger::Missing, Some(shown("a", Some(50))), Some(link("a", Some(50))), Current),
            ("pending, and gone", Trigger::Pending, None, None, Current),
            ("due", Trigger::Due, Some(shown("a", Some(50))), Some(link("a", Some(50))), Current),
            ("no time, and just what is known", untimed, Some(shown("a", None)), Some(link("a", None)), Stale),
            (
                "no time, known, and taken in before the event",
                told(106),
                Some(shown("a", None)),
                Some(taken("a", 107)),
                Stale,
            ),
            (
                "no time, known, and taken in after the event",
                told(106),
                Some(shown("a", None)),
                Some(taken("a", 108)),
                Current,
            ),
            (
                "the same, by a time in parts of seconds",
                Trigger::Event { deleted: false, occurred_at: Some(Timestamp::from_millisecond(106_001).unwrap()) },
                Some(shown("a", None)),
                Some(taken("a", 107)),
                Current,
            ),
            ("no time, known, and no time of the event", untimed, Some(shown("a", None)), Some(taken("a", 108)), Stale),
            ("no time, and another version", untimed, Some(shown("b", None)), Some(link("a", None)), Current),
            ("no time, never seen", untimed, Some(shown("a", None)), None, Current),
            (
                "no time, deleted, and still shown",
                event(true, None),
                Some(shown("a", None)),
                Some(link("a", None)),
                Stale,
            ),
            ("no time, swept", Trigger::Changed, Some(shown("b", None)), Some(link("a", None)), Current),
        ];
        for (case, trigger, shown, link, expected) in table {
            let judged = |waited| freshness(&trigger, shown.as_ref(), link.as_ref(), Duration::from_secs(waited));
            assert_eq!(judged(0), expected, "{case}");
            assert_eq!(judged(179), expected, "{case}");
            assert_eq!(judged(180), Freshness::Current, "{case}: patience ends");
        }
    }

    #[test]
    fn what_is_settled_needs_no_work() {
        let standing = |link| Standing { link, is_unfinished: false, is_waiting: false, is_blocked: false };
        let situation =
            Situation { revision: 3, on_new_settings: OnNewSettings::Leave, is_replay: false, now: at(1000) };
        let apply = Situation { on_new_settings: OnNewSettings::Apply, ..situation };
        let (same, newer, older) = (shown("a", Some(50)), shown("b", Some(60)), shown("c", Some(40)));
        let seen = link("a", Some(50));
        let empty = LinkSummary { holds: false, ..seen.clone() };
        let earlier = LinkSummary { settings_revision: 2, ..seen.clone() };
        let earlier_empty = LinkSummary { holds: false, ..earlier.clone() };
        let due = LinkSummary { due: Some(at(1000)), ..seen.clone() };
        let later = LinkSummary { due: Some(at(1001)), ..seen.clone() };
        let unseen = LinkSummary::unseen(Subject::new("thing", "7"));
        let table = [
            ("unchanged", standing(&seen), same, situation, Some(Settled::Unchanged)),
            ("changed", standing(&seen), newer, situation, None),
            ("older", standing(&seen), older, situation, Some(Settled::Older)),
            ("nothing held, same settings", standing(&empty), same, situation, Some(Settled::Unchanged)),
            ("held by earlier settings: left", standing(&earlier), same, situation, Some(Settled::Unchanged)),
            ("held by earlier settings: applied", standing(&earlier), same, apply, None),
            ("nothing held, by earlier settings", standing(&earlier_empty), same, situation, None),
            ("due", standing(&due), same, situation, None),
            ("not due yet", standing(&later), same, situation, Some(Settled::Unchanged)),
            ("unfinished", Standing { is_unfinished: true, ..standing(&seen) }, same, situation, None),
            ("waiting", Standing { is_waiting: true, is_blocked: true, ..standing(&seen) }, same, situation, None),
            (
                "blocked until edited",
                Standing { is_blocked: true, ..standing(&seen) },
                same,
                situation,
                Some(Settled::Unchanged),
            ),
            (
                "blocked, and retried by a person",
                Standing { is_blocked: true, ..standing(&seen) },
                same,
                Situation { is_replay: true, ..situation },
                None,
            ),
            (
                "retried without a blocker",
                standing(&seen),
                same,
                Situation { is_replay: true, ..situation },
                Some(Settled::Unchanged),
            ),
            ("never processed", standing(&unseen), same, situation, None),
        ];
        for (case, standing, shown, situation, expected) in table {
            assert_eq!(settled(standing, &shown, situation), expected, "{case}");
        }
    }

    #[test]
    fn a_list_alone_has_to_miss_an_object_twice() {
        let seen = link("a", Some(50));
        let missing = LinkSummary { missing_since: Some(at(60)), ..seen.clone() };
        assert_eq!(gone(Evidence::Event, &seen), Gone::Yes);
        assert_eq!(gone(Evidence::AskedById, &seen), Gone::Yes);
        assert_eq!(gone(Evidence::NotListed, &seen), Gone::NotYet);
        assert_eq!(gone(Evidence::NotListed, &missing), Gone::Yes);
    }
}
