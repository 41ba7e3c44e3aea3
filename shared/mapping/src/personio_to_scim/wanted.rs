//! Whether somebody is to have an account on a day.
//!
//! Only what Personio shows and the day decide, so the same answer comes from a webhook, a sweep and a look by hand,
//! and a late or lost event changes nothing. Rules, in the order in which they are applied:
//! - What the credential may not read is never taken for "none": [`Wanted::Unknowable`].
//! - Who has left is deactivated or, where `after_termination` says so, removed. Nobody is removed whose type of
//!   termination is unknown or not shown.
//! - Who takes no part is deactivated, never removed: a slip in `[people]` must be mendable.
//! - Before the first day nothing is made and nothing is taken away: a start that is moved later does not deactivate an
//!   account that was active, unless `when_start_moves` says so.
//! - A leave deactivates as the policies have it.
//! - Without what the login is made of, nothing is made. A leaver without an address is a leaver all the same.

use std::collections::BTreeSet;

use jiff::civil::Date;
use vendors::personio::model::employment::Employment;
use vendors::personio::model::person::PersonStatus;
use vendors::scim::model::Attribute;

use super::attribute_input::{AttributeInput, Names};
use super::attribute_values::value_of;
use super::employment_days::EmploymentDays;
use super::joint_state::{JointState, joint_state};
use super::leave::LongAbsences;
use super::main_employment::main_employment;
use super::missing_right::MissingRight;
use super::obstacle::Obstacle;
use super::participation::{employment_takes_part, takes_part};
use super::policies::Policies;
use super::reasons::{AccountReason, WaitingFor};
use super::rules::ProvisioningRules;
use super::source_person::SourcePerson;
use super::start::WhenStartMoves;
use super::termination_policy::Departure;
use crate::unmappable::Unmappable;

/// What is wanted, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is wanted on the day that was asked for.
    pub wanted: Wanted,
    /// The next day on which something else is wanted while Personio shows the same; `None`: none is known.
    pub changes_on: Option<Date>,
}

/// What is wanted of one person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// An account that is there is kept. Where it is to be active and there is none, one is made; an inactive one is
    /// made for nobody.
    Account {
        /// Whether the person may log in.
        active: bool,
        /// Why.
        because: AccountReason,
    },
    /// An account that is there is removed.
    NoAccount {
        /// Why.
        because: AccountReason,
    },
    /// Nothing is made, and what is there stays as it is.
    Waiting(WaitingFor),
    /// The credential lacks a right: nothing may be concluded, of anybody.
    Unknowable(MissingRight),
    /// Something of this person cannot be read: what is there stays as it is, and the owner is told.
    Unclear(Unmappable),
}

/// What is wanted of a person's account on a day of the connection's zone.
#[must_use]
pub fn wanted(source: SourcePerson<'_>, rules: &ProvisioningRules, today: Date) -> Decision {
    let wanted = on(source, rules, today);
    let later = turning_days(source, &rules.policies).into_iter().filter(|day| *day > today);
    let changes_on = later.into_iter().find(|day| !is_same(&on(source, rules, *day), &wanted));
    Decision { wanted, changes_on }
}

/// Whether both ask for the same, for whatever reason.
fn is_same(one: &Wanted, other: &Wanted) -> bool {
    match (one, other) {
        (Wanted::Account { active, .. }, Wanted::Account { active: other, .. }) => active == other,
        (Wanted::NoAccount { .. }, Wanted::NoAccount { .. }) => true,
        (one, other) => one == other,
    }
}

/// The days on which the answer may become another.
fn turning_days(source: SourcePerson<'_>, policies: &Policies) -> BTreeSet<Date> {
    let of_employments =
        source.employments.iter().flat_map(|employment| EmploymentDays::of(employment, policies).turning_days());
    let absences = policies.leave.absences.iter();
    let of_absences = absences.flat_map(|leave| source.absences.iter().flat_map(|absence| leave.turning_days(absence)));
    of_employments.chain(of_absences).collect()
}

fn on(source: SourcePerson<'_>, rules: &ProvisioningRules, day: Date) -> Wanted {
    decide(source, rules, day).unwrap_or_else(|obstacle| match obstacle {
        Obstacle::MissingRight(right) => Wanted::Unknowable(right),
        Obstacle::Problem(problem) => Wanted::Unclear(Unmappable { problems: vec![problem] }),
    })
}

fn decide(source: SourcePerson<'_>, rules: &ProvisioningRules, day: Date) -> Result<Wanted, Obstacle> {
    if let Some(member) = source.employments.iter().find_map(Employment::missing_right) {
        return Err(Obstacle::MissingRight(MissingRight::of_employments(member)));
    }
    let policies = &rules.policies;
    let all: Vec<&Employment> = source.employments.iter().collect();
    // a leaver stays one where it cannot be said whether they take part
    if let JointState::Left { is_known } = joint_state(&all, policies, day) {
        return Ok(left(policies, is_known));
    }
    let taking_part = taking_part(source, rules)?;
    match joint_state(&taking_part, policies, day) {
        JointState::Current => active(source, rules, day, AccountReason::Employed),
        JointState::Switching => active(source, rules, day, AccountReason::SwitchesCompany),
        JointState::OnLeave => Ok(inactive(AccountReason::OnLeave)),
        JointState::Unclear(problem) => Err(Obstacle::Problem(problem)),
        JointState::Left { is_known } => Ok(left(policies, is_known)),
        JointState::NotBegun => Ok(match policies.when_start_moves {
            WhenStartMoves::Keep => Wanted::Waiting(WaitingFor::FirstDay),
            WhenStartMoves::Deactivate => inactive(AccountReason::NotBegun),
        }),
        JointState::Nothing if source.employments.is_empty() => Ok(without_employment(source, policies)),
        JointState::Nothing => Ok(inactive(AccountReason::TakesNoPart)),
    }
}

fn taking_part<'a>(source: SourcePerson<'a>, rules: &ProvisioningRules) -> Result<Vec<&'a Employment>, Obstacle> {
    if !takes_part(&rules.people, source.person)? {
        return Ok(Vec::new());
    }
    let mut taking_part = Vec::new();
    for employment in source.employments {
        if employment_takes_part(&rules.people, employment)? {
            taking_part.push(employment);
        }
    }
    Ok(taking_part)
}

/// A person whose employments are all deleted, or not entered yet: the person's own status says which.
fn without_employment(source: SourcePerson<'_>, policies: &Policies) -> Wanted {
    match source.person.status {
        Some(PersonStatus::Inactive) => left(policies, false),
        _ => Wanted::Waiting(WaitingFor::Employment),
    }
}

fn left(policies: &Policies, is_known: bool) -> Wanted {
    match policies.termination.then {
        Departure::Delete if is_known => Wanted::NoAccount { because: AccountReason::Left },
        Departure::Delete | Departure::Deactivate => inactive(AccountReason::Left),
    }
}

fn inactive(because: AccountReason) -> Wanted {
    Wanted::Account { active: false, because }
}

/// The person is to have an active account, unless an absence takes it or there is no login yet.
fn active(
    source: SourcePerson<'_>,
    rules: &ProvisioningRules,
    day: Date,
    because: AccountReason,
) -> Result<Wanted, Obstacle> {
    let takes =
        |leave: &LongAbsences| source.absences.iter().any(|absence| leave.takes(absence, source.absence_types, day));
    if rules.policies.leave.absences.as_ref().is_some_and(takes) {
        return Ok(inactive(AccountReason::LongAbsence));
    }
    let employment = main_employment(source.employments, rules, day);
    let input = AttributeInput { person: source.person, employment, names: &Names::default() };
    let Some(login) = rules.attributes.user_name() else {
        return Ok(Wanted::Account { active: true, because });
    };
    Ok(match value_of(Attribute::UserName, login, input)? {
        Some(_) => Wanted::Account { active: true, because },
        None => Wanted::Waiting(WaitingFor::Login(login.to_string())),
    })
}
