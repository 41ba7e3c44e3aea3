//! An opening with its position, and what links keep of them, for tests.

use std::collections::BTreeMap;

use mapping::hibob_to_recruit::{CancelReason, OpeningRules, mapped_opening};
use serde_json::{Value, json};
use vendors::hibob::model::{Cell, FieldId, Opening, OpeningId, Position};

use crate::connection::Connection;
use crate::desired::Desired;
use crate::link::{Digests, First, GroupState, OpeningState, Target, digests};
use crate::source::Record;

/// A vacant opening that nobody holds, with these fields edited; `"absent"`: HiBob does not show the field.
pub(crate) fn record(position: &Value, opening: &Value) -> Record {
    let of_position = json!({"status": "vacant", "jobProfile": "Engineer", "positionType": "Growth", "hasOpenRequests": false,
        "effectiveDate": "2026-02-01", "expectedStartDate": "2026-04-01"});
    let of_opening = json!({"positionOpeningName": "O-1", "status": "vacant", "recruitmentStatus": "open",
        "expectedStartDate": "2026-05-01", "filledBy": null});
    Record {
        position: Position { id: "7001".parse().unwrap(), cells: cells("/position", of_position, position) },
        opening: Opening {
            id: id(),
            position: Some("7001".parse().unwrap()),
            cells: cells("/positionOpening", of_opening, opening),
        },
    }
}

fn cells(prefix: &str, shown: Value, edits: &Value) -> BTreeMap<FieldId, Cell> {
    let mut shown = shown.as_object().unwrap().clone();
    shown.extend(edits.as_object().unwrap().clone());
    let shown = shown.into_iter().filter(|(_, value)| *value != json!("absent"));
    shown.map(|(name, value)| (format!("{prefix}/{name}").parse().unwrap(), Cell::new(value, None))).collect()
}

/// The opening's id.
pub(crate) fn id() -> OpeningId {
    "8001".parse().unwrap()
}

/// The rules of a file with these tables.
pub(crate) fn rules(tables: &str) -> OpeningRules {
    let head = "flow = \"hibob-to-recruit\"\nname = \"openings\"\nowner = \"a@example.com\"\n";
    Connection::read(&format!("{head}{tables}"), false).unwrap().rules
}

/// What is sent of the unedited opening.
pub(crate) fn sent() -> Digests {
    digests(&mapped_opening(record(&json!({}), &json!({})).row(), &rules("").opening).unwrap())
}

/// The link of an opening that Recruit does not hold.
pub(crate) fn unknown() -> OpeningState {
    OpeningState { position: Some("7001".parse().unwrap()), ..OpeningState::default() }
}

/// The link of an opening that Recruit holds.
pub(crate) fn held() -> OpeningState {
    let target = Target {
        uid: Some("9A.001".parse().unwrap()),
        position: "3A.93C".parse().unwrap(),
        sent: sent(),
        is_cancelled: false,
    };
    OpeningState { target: Some(target), ..unknown() }
}

/// The link of an opening that was cancelled in Recruit.
pub(crate) fn cancelled() -> OpeningState {
    let mut state = held();
    if let Some(target) = &mut state.target {
        target.is_cancelled = true;
    }
    state
}

/// The link of a group whose position Recruit holds.
pub(crate) fn group() -> GroupState {
    GroupState { position: Some("3A.93C".parse().unwrap()), ..GroupState::default() }
}

/// The same just after the position was made together with this opening.
pub(crate) fn group_with_first(opening: &str) -> GroupState {
    let first = First { opening: opening.parse().unwrap(), uid: None, sent: sent() };
    GroupState { first: Some(first), ..group() }
}

/// That an opening should be there with this name.
pub(crate) fn open(name: &str) -> Desired {
    let record = record(&json!({}), &json!({"positionOpeningName": name}));
    Desired::Open(Box::new(mapped_opening(record.row(), &rules("").opening).unwrap()))
}

/// That no opening should be there.
pub(crate) fn none() -> Desired {
    Desired::Cancelled(CancelReason::Opening)
}
