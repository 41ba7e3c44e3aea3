//! Which of several employments the attributes come from.

use jiff::civil::Date;
use vendors::personio::model::employment::Employment;

use super::employment_state::{EmploymentState, state};
use super::joint_state::by_age;
use super::participation::employment_takes_part;
use super::rules::ProvisioningRules;

/// The employment that attributes come from: the newest that runs, else the one that begins next, else the newest that
/// is over. Those that take part go before all others. `None`: there is none.
#[must_use]
pub fn main_employment<'a>(
    employments: &'a [Employment],
    rules: &ProvisioningRules,
    day: Date,
) -> Option<&'a Employment> {
    // one of which it is not known is told where it is asked whether there is an account at all
    let takes_part = |employment: &Employment| employment_takes_part(&rules.people, employment) != Ok(false);
    let ranked = employments.iter().enumerate().map(|(at, employment)| {
        let rank = rank(&state(employment, &rules.policies, day));
        (takes_part(employment), rank, at, employment)
    });
    let main = ranked.max_by(|(takes, rank, at, one), (other_takes, other_rank, other_at, other)| {
        let by_age = by_age((one, *at), (other, *other_at));
        // of those that are to come, the next one counts
        let by_age = if *rank == Rank::ToCome { by_age.reverse() } else { by_age };
        takes.cmp(other_takes).then(rank.cmp(other_rank)).then(by_age)
    });
    main.map(|(_, _, _, employment)| employment)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Over,
    ToCome,
    Running,
}

fn rank(state: &EmploymentState) -> Rank {
    match state {
        EmploymentState::Current | EmploymentState::OnLeave | EmploymentState::Unclear(_) => Rank::Running,
        EmploymentState::NotBegun => Rank::ToCome,
        EmploymentState::Switched | EmploymentState::Left { .. } => Rank::Over,
    }
}
