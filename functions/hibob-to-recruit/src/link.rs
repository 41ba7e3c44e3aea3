//! What is kept of openings, positions and groups of positions. Of values no more than digests.
//!
//! | kind | what it stands for | whose worker writes it |
//! |---|---|---|
//! | `opening` | an opening of HiBob, and the opening that Recruit holds for it | its group's |
//! | `group` | positions of HiBob that are one position in Recruit; mostly a single one | its own |
//! | `position` | a position of HiBob: which openings it has | its group's |

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Fingerprint, Subject};
use mapping::hibob_to_recruit::{GroupKey, MappedOpening};
use serde::{Deserialize, Serialize};
use vendors::hibob::model::{OpeningId, PositionId};
use vendors::recruit::model::{OpeningUid, PositionUid};

/// The kind of an opening.
pub const OPENING: &str = "opening";
/// The kind of a position.
pub const POSITION: &str = "position";
/// The kind of a group of positions.
pub const GROUP: &str = "group";

/// An opening's link, whose intents are creations of openings on their way.
pub(crate) type OpeningLink<'a> = reconcile::Object<'a, OpeningState, SentOpening>;
/// A group's link, whose intents are creations of positions on their way.
pub(crate) type GroupLink<'a> = reconcile::Object<'a, GroupState, SentPosition>;
/// A position's link.
pub(crate) type PositionLink<'a> = reconcile::Object<'a, PositionState, ()>;

/// A digest of each field that was last sent, by the field's key.
pub type Digests = BTreeMap<String, Fingerprint>;

/// What is kept of an opening.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningState {
    /// The position of HiBob that it belongs to.
    pub position: Option<PositionId>,
    /// The group whose worker alone writes for it.
    pub group: Option<Subject>,
    /// What Recruit holds for it.
    pub target: Option<Target>,
    /// Who held the opening when HiBob last showed it.
    #[serde(default)]
    pub holder: LastHolder,
    /// It was open before the first sweep, and `policies.backfill` leaves it.
    #[serde(default)]
    pub is_left: bool,
    /// HiBob has deleted the opening, and Recruit's is not dealt with yet.
    #[serde(default)]
    pub is_gone: bool,
    /// Recruit's cannot be dealt with from here, and the owner was told.
    #[serde(default)]
    pub is_told_gone: bool,
}

/// Whether somebody held an opening when HiBob last showed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastHolder {
    /// Nobody did.
    Nobody,
    /// Somebody did.
    Somebody,
    /// HiBob did not show it.
    #[default]
    Unknown,
}

/// What Recruit holds for an opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The opening's uid. `None`: it was made together with its position, and no answer has shown it.
    pub uid: Option<OpeningUid>,
    /// The position's uid.
    pub position: PositionUid,
    /// What was last sent.
    pub sent: Digests,
    /// Whether it was cancelled.
    #[serde(default)]
    pub is_cancelled: bool,
}

/// What is kept of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupState {
    /// The position that Recruit holds for it.
    pub position: Option<PositionUid>,
    /// The opening that was made together with it, until that opening's link takes it over.
    pub first: Option<First>,
    /// The openings that Recruit holds for it, and whether each is open.
    #[serde(default)]
    pub openings: BTreeMap<OpeningId, bool>,
    /// Whether what `policies.last_opening_gone` says was done since the last of them went.
    #[serde(default)]
    pub is_ended: bool,
}

/// An opening that was made together with its position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    /// HiBob's id.
    pub opening: OpeningId,
    /// Recruit's, where an answer has shown it.
    pub uid: Option<OpeningUid>,
    /// What was sent.
    pub sent: Digests,
}

/// What is kept of a position.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionState {
    /// The openings that HiBob has shown of it.
    pub openings: BTreeSet<OpeningId>,
}

/// A creation of an opening on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentOpening {
    /// The position's uid.
    pub position: PositionUid,
    /// What was sent.
    pub sent: Digests,
}

/// A creation of a position on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentPosition {
    /// Our id of the position, which Recruit may keep.
    pub custom_id: String,
    /// A digest of its name.
    pub name: Fingerprint,
    /// The opening that it was sent with.
    pub opening: OpeningId,
    /// What was sent of that opening.
    pub sent: Digests,
}

impl OpeningState {
    /// Whether Recruit holds an open opening for it.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.target.as_ref().is_some_and(|target| !target.is_cancelled)
    }
}

/// The subject of an opening.
pub(crate) fn opening(id: &OpeningId) -> Subject {
    Subject::new(OPENING, id)
}

/// The subject of a position.
pub(crate) fn position(id: &PositionId) -> Subject {
    Subject::new(POSITION, id)
}

/// The subject of a group.
pub(crate) fn group(key: &GroupKey) -> Subject {
    Subject::new(GROUP, key)
}

/// The group of an opening of which no position can be read.
pub(crate) fn group_alone(opening: &OpeningId) -> Subject {
    Subject::new(GROUP, format!("opening {opening}"))
}

/// What of Recruit belongs to a link: uids of positions and openings look alike.
pub(crate) fn claim_of_position(uid: &PositionUid) -> String {
    format!("position {uid}")
}

/// The position that a claim is about; `None`: it is about an opening.
pub(crate) fn position_of_claim(claim: &str) -> Option<PositionUid> {
    claim.strip_prefix("position ")?.parse().ok()
}

/// The same of an opening.
pub(crate) fn claim_of_opening(uid: &OpeningUid) -> String {
    format!("opening {uid}")
}

/// The digests of an opening's fields.
#[must_use]
pub fn digests(mapped: &MappedOpening) -> Digests {
    mapped.values().into_iter().map(|(field, text)| (field.key(), Fingerprint::of(&text))).collect()
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::sample::{group_with_first, held, id, sent};

    fn kept<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(state: &T) -> String {
        let stored = serde_json::to_string(state).unwrap();
        assert_eq!(serde_json::from_str::<T>(&stored).unwrap(), *state);
        stored
    }

    #[test]
    fn links_hold_ids_and_digests_and_no_values() {
        let intent = SentPosition {
            custom_id: "7001".to_owned(),
            name: Fingerprint::of("Engineer"),
            opening: id(),
            sent: sent(),
        };
        let opening = SentOpening { position: "3A.93C".parse().unwrap(), sent: sent() };
        let group = GroupState { openings: [(id(), true)].into(), ..group_with_first("8001") };
        let position = PositionState { openings: [id()].into() };
        let all = [kept(&held()), kept(&group), kept(&position), kept(&intent), kept(&opening)].join(" ");
        for known in ["8001", "7001", "9A.001", "3A.93C", "time_expected_hire", "reason"] {
            assert!(all.contains(known), "{known}: {all}");
        }
        for value in ["Engineer", "O-1", "2026-05-01", "\"New\""] {
            assert!(!all.contains(value), "{value}: {all}");
        }
    }

    #[test]
    fn what_an_earlier_link_lacks_has_a_meaning() {
        let least = r#"{"position": null, "group": null, "target": null}"#;
        assert_eq!(serde_json::from_str::<OpeningState>(least).unwrap(), OpeningState::default());
        assert_eq!(OpeningState::default().holder, LastHolder::Unknown, "nobody is taken for not hired");
    }

    #[test]
    fn only_an_open_opening_is_held() {
        assert!(held().holds() && !crate::sample::cancelled().holds() && !crate::sample::unknown().holds());
    }

    #[test]
    fn uids_that_look_alike_are_told_apart() {
        let (position, opening) = ("3A.93C".parse().unwrap(), "3A.93C".parse().unwrap());
        assert_ne!(claim_of_position(&position), claim_of_opening(&opening));
        assert_eq!(position_of_claim(&claim_of_position(&position)), Some(position));
        assert_eq!(position_of_claim(&claim_of_opening(&opening)), None);
    }
}
