//! How a person of this flow is found who is to be forgotten: a candidate, by Teamtailor's id or address. Contracts,
//! applications and orders of a candidate are parts, and go with the candidate.

use admin::{Error, Named, ReadingContext};
use ledger::{LinkNames, Subject, Traces};
use serde_json::Value;
use vendors::teamtailor::candidates::{CandidateMatch, by_email};

use super::context::{only_reading, settings};
use crate::link::{APPLICATION, CANDIDATE, CONTRACT, turns};

/// What stands for the candidate.
///
/// # Errors
/// Where file or secret cannot be used, or Teamtailor cannot be asked; where an address is several candidates'.
pub(super) async fn traces(context: ReadingContext<'_>, who: &str) -> Result<Traces, Error> {
    let named = Named::read(who, CANDIDATE)?;
    let mut traces = named.traces();
    if let Named::Address(email) = named {
        let settings = settings(&context)?;
        match by_email(&settings.teamtailor(&only_reading()?), &email).await? {
            CandidateMatch::Nobody => {}
            CandidateMatch::One(candidate) => {
                traces.subjects.insert(Subject::new(CANDIDATE, candidate.id));
            }
            CandidateMatch::Several(count) => {
                let what = format!("{count} candidates have this address; name each by its id");
                return Err(Error::Refused(what));
            }
        }
    }
    let kept: Vec<Subject> = traces.subjects.iter().map(turns).collect();
    traces.subjects.extend(kept);
    Ok(traces)
}

/// The parts of a candidate, and the turns that are kept for them.
pub(super) fn names_of(state: &Value) -> LinkNames {
    let listed = |place: &str| state.pointer(place).and_then(Value::as_array).into_iter().flatten();
    let id = |value: &Value, name: &str| {
        let id = value.get(name).filter(|id| !id.is_null())?;
        Some(id.as_str().map_or_else(|| id.to_string(), str::to_owned))
    };
    let contracts = listed("/state/contracts").filter_map(|it| id(it, "id")).map(|id| Subject::new(CONTRACT, id));
    let started = listed("/state/contracts").filter_map(|it| id(it, "application"));
    let started = started.map(|id| Subject::new(APPLICATION, id));
    let orders = listed("/state/starts").filter_map(|it| it.get("order")?.as_str()?.parse().ok());
    let mut parts: Vec<Subject> = contracts.chain(started).chain(orders).collect();
    let kept: Vec<Subject> = parts.iter().map(turns).collect();
    parts.extend(kept);
    LinkNames { words: Vec::new(), parts }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_candidates_parts_go_with_the_candidate() {
        let contracts = json!([{"id": 900, "application": "71"}, {"id": 901, "application": null}]);
        let state = json!({"intent": null, "state": {"contracts": contracts, "starts": [{"order": "order/a1"}]}});
        let parts: Vec<String> = names_of(&state).parts.iter().map(ToString::to_string).collect();
        assert_eq!(parts[..4], ["contract/900", "contract/901", "application/71", "order/a1"]);
        assert_eq!(parts[4..].join(" "), "turns/contract/900 turns/contract/901 turns/application/71 turns/order/a1");
    }
}
