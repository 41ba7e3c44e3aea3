//! What several employments of one person say together on one day.
//!
//! One that runs is enough. Where none runs, one that is over decides until another begins: who comes back is a leaver
//! until the first day. A switch to another legal entity bridges the time until the next employment, and holds for as
//! long as no newer employment is over by itself.

use std::cmp::Ordering;

use jiff::civil::Date;
use vendors::personio::model::employment::Employment;

use super::employment_state::{EmploymentState, state};
use super::policies::Policies;
use crate::unmappable::Problem;

/// What several employments say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum JointState {
    /// One runs.
    Current,
    /// By its dates one runs, and its status is none that is known.
    Unclear(Problem),
    /// One runs, and the person is on a leave that takes the account.
    OnLeave,
    /// The person goes on in another one.
    Switching,
    /// All that have begun are over.
    Left {
        /// Whether it is known why the newest ended.
        is_known: bool,
    },
    /// None has begun.
    NotBegun,
    /// There is none.
    Nothing,
}

/// What employments, newest first, say together.
pub(super) fn joint_state(employments: &[&Employment], policies: &Policies, day: Date) -> JointState {
    let states: Vec<_> = employments.iter().map(|employment| (*employment, state(employment, policies, day))).collect();
    let is = |wanted: &EmploymentState| states.iter().any(|(_, state)| state == wanted);
    let unclear = states.iter().find_map(|(_, state)| match state {
        EmploymentState::Unclear(problem) => Some(problem.clone()),
        _ => None,
    });
    match unclear {
        _ if is(&EmploymentState::Current) => JointState::Current,
        Some(problem) => JointState::Unclear(problem),
        None if is(&EmploymentState::OnLeave) => JointState::OnLeave,
        None => match newest_over(&states) {
            Some(EmploymentState::Switched) => JointState::Switching,
            Some(EmploymentState::Left { is_known }) => JointState::Left { is_known: *is_known },
            _ if is(&EmploymentState::NotBegun) => JointState::NotBegun,
            _ => JointState::Nothing,
        },
    }
}

/// The newest employment that is over.
fn newest_over<'a>(states: &'a [(&Employment, EmploymentState)]) -> Option<&'a EmploymentState> {
    let is_over = |state: &EmploymentState| matches!(state, EmploymentState::Switched | EmploymentState::Left { .. });
    let over = states.iter().enumerate().filter(|(_, (_, state))| is_over(state));
    let newest = over.max_by(|(at, (one, _)), (other_at, (other, _))| by_age((one, *at), (other, *other_at)));
    newest.map(|(_, (_, state))| state)
}

/// By the first day; where one has none or both are the same, the one that Personio lists first is the newer.
pub(super) fn by_age((one, at): (&Employment, usize), (other, other_at): (&Employment, usize)) -> Ordering {
    let by_start = match (one.start, other.start) {
        (Some(start), Some(other)) => start.cmp(&other),
        _ => Ordering::Equal,
    };
    by_start.then(other_at.cmp(&at))
}
