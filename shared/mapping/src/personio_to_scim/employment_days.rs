//! From which day to which day an employment gives an account, as the policies have it.
//!
//! Personio's dates may contradict each other (its own sample does), so it is settled here which wins:
//! - A date of the end that lies before the first day is no date of this employment and is passed over. Where no other
//!   is left, the status alone says whether the employment is over.
//! - `last-working-day`: the earlier of the last working day and the contract's last day, for no account outlasts the
//!   contract.
//! - `contract-end`: the contract's last day; the last working day only where no other is known.
//! - The contract's last day is the termination's date, else `employment_end_date`. `contract_end_date` ends nothing:
//!   contracts for a limited time are prolonged, and Personio's status says when one was not.

use jiff::ToSpan;
use jiff::civil::Date;
use vendors::personio::model::employment::Employment;

use super::policies::Policies;
use super::start::Start;
use super::termination_policy::LastDay;

/// From which day to which day an employment gives an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EmploymentDays {
    pub(super) first: FirstDay,
    pub(super) last: FinalDay,
}

/// From which day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstDay {
    /// As soon as it is entered.
    AtOnce,
    /// From this day on.
    On(Date),
    /// Personio shows none.
    Unknown,
}

/// Until the end of which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FinalDay {
    /// There is no end yet.
    Open,
    /// Of this one.
    On(Date),
    /// There are dates, and all lie before the first day.
    BeforeTheFirst,
}

impl EmploymentDays {
    pub(super) fn of(employment: &Employment, policies: &Policies) -> Self {
        Self { first: first(employment, policies.start), last: last(employment, policies.termination.last_day) }
    }

    /// The days on which the answer may become another.
    pub(super) fn turning_days(self) -> impl Iterator<Item = Date> {
        let first = match self.first {
            FirstDay::On(day) => Some(day),
            FirstDay::AtOnce | FirstDay::Unknown => None,
        };
        let after = match self.last {
            FinalDay::On(day) => day.tomorrow().ok(),
            FinalDay::Open | FinalDay::BeforeTheFirst => None,
        };
        first.into_iter().chain(after)
    }
}

fn first(employment: &Employment, start: Start) -> FirstDay {
    let day = match start {
        Start::AtOnce => return FirstDay::AtOnce,
        Start::OnStartDate => employment.start,
        Start::DaysBefore(days) => employment.start.map(|start| start.saturating_sub(i64::from(days).days())),
    };
    day.map_or(FirstDay::Unknown, FirstDay::On)
}

fn last(employment: &Employment, last_day: LastDay) -> FinalDay {
    let termination = employment.termination.as_ref();
    let terminated = termination.and_then(|termination| termination.date);
    let worked = termination.and_then(|termination| termination.last_working_day);
    let is_any = terminated.or(worked).or(employment.end).is_some();
    let is_possible = |day: &Date| employment.start.is_none_or(|start| *day >= start);
    let contract = terminated.filter(is_possible).or(employment.end.filter(is_possible));
    let worked = worked.filter(is_possible);
    let last = match last_day {
        LastDay::LastWorkingDay => [contract, worked].into_iter().flatten().min(),
        LastDay::ContractEnd => contract.or(worked),
    };
    match last {
        Some(day) => FinalDay::On(day),
        None if is_any => FinalDay::BeforeTheFirst,
        None => FinalDay::Open,
    }
}
