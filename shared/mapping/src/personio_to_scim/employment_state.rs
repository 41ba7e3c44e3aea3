//! What one employment says on one day.
//!
//! Status and dates both speak. Personio's status is of the day on which it was read, so dates decide over days to
//! come, and the status decides where dates are missing: an `INACTIVE` employment is over whatever its dates say, an
//! employment whose last day has passed is over whatever its status says. A termination acts by its dates whatever its
//! type, but for [`TerminationType::SubCompanySwitch`], which is no leave, and the types that act at once.

use jiff::civil::Date;
use vendors::personio::model::employment::{Employment, EmploymentMember, EmploymentStatus};
use vendors::personio::model::termination::TerminationType;

use super::employment_days::{EmploymentDays, FinalDay, FirstDay};
use super::keys::POLICIES;
use super::policies::Policies;
use crate::unmappable::Problem;

/// What one employment says on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EmploymentState {
    /// It has not begun, as the policy has it.
    NotBegun,
    /// It runs.
    Current,
    /// It runs, and the person is on a leave that takes the account.
    OnLeave,
    /// It is over, and the person goes on in another one.
    Switched,
    /// It is over.
    Left {
        /// Whether it is known why, as far as Personio says. Nothing is removed where it is not.
        is_known: bool,
    },
    /// By its dates it runs, and its status is none that is known.
    Unclear(Problem),
}

/// What an employment says on a day.
pub(super) fn state(employment: &Employment, policies: &Policies, day: Date) -> EmploymentState {
    let days = EmploymentDays::of(employment, policies);
    if is_over(employment, policies, days.last, day) {
        return over(employment);
    }
    if !has_begun(&employment.status, days.first, day) {
        return EmploymentState::NotBegun;
    }
    match &employment.status {
        EmploymentStatus::Leave if policies.leave.by_status => EmploymentState::OnLeave,
        EmploymentStatus::Unspecified | EmploymentStatus::Other(_) => {
            let what = format!("the employment's status `{}` does not say whether it runs", employment.status.word());
            EmploymentState::Unclear(Problem::new(POLICIES, what))
        }
        _ => EmploymentState::Current,
    }
}

fn is_over(employment: &Employment, policies: &Policies, last: FinalDay, day: Date) -> bool {
    let kind = employment.termination.as_ref().and_then(|termination| termination.kind.as_ref());
    let acts_at_once = kind.is_some_and(|kind| policies.termination.acts_at_once(kind));
    let has_passed = match last {
        FinalDay::Open => false,
        FinalDay::On(last) => day > last,
        // ended before it began: one that has begun all the same contradicts its dates
        FinalDay::BeforeTheFirst => employment.status == EmploymentStatus::Onboarding,
    };
    employment.status == EmploymentStatus::Inactive || acts_at_once || has_passed
}

fn over(employment: &Employment) -> EmploymentState {
    let kind = employment.termination.as_ref().and_then(|termination| termination.kind.as_ref());
    let is_known = match kind {
        Some(TerminationType::SubCompanySwitch) => return EmploymentState::Switched,
        Some(TerminationType::Other(_)) => false,
        Some(_) => true,
        // left out: there is none, or the credential may not see it
        None => employment.shows(EmploymentMember::Termination),
    };
    EmploymentState::Left { is_known }
}

/// Without a first day, only the status can say.
fn has_begun(status: &EmploymentStatus, first: FirstDay, day: Date) -> bool {
    match first {
        FirstDay::AtOnce => true,
        FirstDay::On(first) => day >= first,
        FirstDay::Unknown => *status != EmploymentStatus::Onboarding,
    }
}
