//! Carries out a plan: writes values of fields to either side. A write that is repeated changes nothing.

use edge::verdict::Fault;
use ledger::Fingerprint;
use mapping::oneflow_teamtailor::{DefaultField, FieldValue, Flow, Target, write_oneflow, write_teamtailor};
use vendors::oneflow::data_fields::{self, FieldRef, FieldSet};
use vendors::oneflow::model::ContractId;
use vendors::oneflow::operations::SET_DATA_FIELD;
use vendors::teamtailor::candidates::{self, CandidateById, CandidateUpdated};
use vendors::teamtailor::field_values::{self, Written};
use vendors::teamtailor::model::{Candidate, CandidateChange, CustomFieldId, FieldValueId, NewFieldValue};
use vendors::teamtailor::operations::{CREATE_FIELD_VALUE, READ_CANDIDATE, UPDATE_CANDIDATE, UPDATE_FIELD_VALUE};
use vendors::value::Personal;
use vendors::{Error, Kind, Reason};

use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::link::{CandidateLink, digest};
use crate::plan::{Plan, Step, misfit_of};
use crate::work::Work;

/// What came of one value.
pub(crate) enum Came {
    /// It stands where it should.
    Written,
    /// Nothing was written, and nobody needs to know.
    Left,
    Blocked(Blocker),
    /// The side refuses the value, and would again.
    Refused(Blocker),
}

/// Writes what the plan says, field by field: one that is refused keeps no other from being written.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn apply(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    contract: ContractId,
    candidate: &Candidate,
    catalog: &Catalog,
    plan: Plan<'_>,
) -> Result<Vec<Blocker>, Fault> {
    link.state_mut().contract_mut(contract).same.extend(plan.same);
    let mut blockers: Vec<Blocker> = plan.problems.iter().map(|problem| Blocker::misfit(contract, problem)).collect();
    for step in &plan.steps {
        let refusable = refusable(work, step);
        let memory = link.state_mut().contract_mut(contract);
        if memory.refused.get(&step.field.oneflow) == Some(&refusable) && !is_replay(work) {
            blockers.push(Blocker::still_refused(contract, &step.field.oneflow));
            continue;
        }
        work.needs_a_call()?;
        let came = match step.way {
            Flow::ToOneflow => to_oneflow(work, link, contract, catalog, step).await?,
            _ => to_teamtailor(work, contract, candidate, step).await?,
        };
        let memory = link.state_mut().contract_mut(contract);
        match came {
            Came::Written => {
                memory.refused.remove(&step.field.oneflow);
                memory.same.insert(step.field.oneflow.clone(), digest(&step.value));
            }
            Came::Left => {}
            Came::Blocked(blocker) => blockers.push(blocker),
            Came::Refused(blocker) => {
                memory.refused.insert(step.field.oneflow.clone(), refusable);
                blockers.push(blocker);
            }
        }
    }
    Ok(blockers)
}

/// What is kept of a value that is refused: with other settings the same value may be written otherwise.
fn refusable(work: &Work<'_>, step: &Step<'_>) -> Fingerprint {
    Fingerprint::of(&format!("{} {}", work.attempt.revision, digest(&step.value)))
}

/// Whether a person has asked for this attempt.
fn is_replay(work: &Work<'_>) -> bool {
    work.attempt.record.message.replay > 0
}

async fn to_oneflow(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    contract: ContractId,
    catalog: &Catalog,
    step: &Step<'_>,
) -> Result<Came, Fault> {
    let Step { field, data_field, value, .. } = step;
    let text = match write_oneflow(value, field.kind, catalog.options(field), work.settings.fields.formats) {
        Ok(text) => text,
        Err(misfit) => {
            return Ok(Came::Blocked(Blocker::misfit(contract, &misfit_of(field, "Teamtailor", misfit))));
        }
    };
    // Oneflow tells of this write as well: without the time its event could not be told from one of somebody else's
    let memory = link.state_mut().contract_mut(contract);
    (memory.written, memory.shows_written) = (Some(work.attempt.now()), false);
    let answer = data_fields::set(&work.oneflow, contract, &FieldRef::Id(data_field.id), &text).await;
    Ok(match work.note(SET_DATA_FIELD, answer)? {
        FieldSet::Done => Came::Written,
        FieldSet::Kept => Came::Blocked(Blocker::filled_by_oneflow(contract, &field.oneflow)),
        // signed or declined meanwhile: its event follows
        FieldSet::NotInThisState(_) => Came::Left,
        FieldSet::Refused(reasons) => {
            Came::Refused(Blocker::value_refused(contract, &field.oneflow, "Oneflow", &reasons))
        }
    })
}

async fn to_teamtailor(
    work: &Work<'_>,
    contract: ContractId,
    candidate: &Candidate,
    step: &Step<'_>,
) -> Result<Came, Fault> {
    let refused = match &step.field.target {
        Target::Default(field) => default_field(work, *field, &step.value).await?,
        Target::Custom(id) => match write_teamtailor(&step.value) {
            Ok(value) => custom_field(work, candidate, id, &value).await?,
            Err(misfit) => {
                let problem = misfit_of(step.field, "Oneflow", misfit);
                return Ok(Came::Blocked(Blocker::misfit(contract, &problem)));
            }
        },
    };
    Ok(match refused {
        None => Came::Written,
        Some(reasons) => Came::Refused(Blocker::value_refused(contract, &step.field.oneflow, "Teamtailor", &reasons)),
    })
}

/// Writes an attribute of the candidate. `Some`: Teamtailor refuses, and why.
async fn default_field(work: &Work<'_>, field: DefaultField, value: &FieldValue) -> Result<Option<Vec<Reason>>, Fault> {
    let text = || match value {
        FieldValue::Text(text) | FieldValue::Phone(text) => Some(text.clone()),
        _ => Some(Personal::new(String::new())),
    };
    let change = match (field, value) {
        (DefaultField::FirstName, _) => CandidateChange { first_name: text(), ..CandidateChange::default() },
        (DefaultField::LastName, _) => CandidateChange { last_name: text(), ..CandidateChange::default() },
        (DefaultField::Phone, _) => CandidateChange { phone: text(), ..CandidateChange::default() },
        (DefaultField::Email, FieldValue::Email(email)) => {
            CandidateChange { email: Some(email.clone()), ..CandidateChange::default() }
        }
        // a candidate without an address could not be found again
        (DefaultField::Email, _) => return Ok(None),
    };
    let answer = candidates::update(&work.teamtailor, &work.candidate, &change).await;
    Ok(match work.note(UPDATE_CANDIDATE, answer)? {
        CandidateUpdated::Done => None,
        CandidateUpdated::Refused(reasons) => Some(reasons),
    })
}

/// Writes a custom field. `Some`: Teamtailor refuses, and why. A field that has got a value meanwhile is read again.
pub(crate) async fn custom_field(
    work: &Work<'_>,
    candidate: &Candidate,
    field: &CustomFieldId,
    value: &NewFieldValue,
) -> Result<Option<Vec<Reason>>, Fault> {
    if let Some(id) = value_id(candidate, field) {
        return change(work, &id, field, value).await;
    }
    let answer = field_values::create(&work.teamtailor, &work.candidate, field, value).await;
    let reasons = match work.note(CREATE_FIELD_VALUE, answer)? {
        Written::Done => return Ok(None),
        Written::Refused(reasons) => reasons,
    };
    let again = candidates::read(&work.teamtailor, &work.candidate).await;
    let CandidateById::There(again) = work.note(READ_CANDIDATE, again)? else { return Ok(Some(reasons)) };
    match value_id(&again, field) {
        Some(id) => change(work, &id, field, value).await,
        None => Ok(Some(reasons)),
    }
}

async fn change(
    work: &Work<'_>,
    id: &FieldValueId,
    field: &CustomFieldId,
    value: &NewFieldValue,
) -> Result<Option<Vec<Reason>>, Fault> {
    let answer = field_values::update(&work.teamtailor, id, &work.candidate, field, value).await;
    match work.note(UPDATE_FIELD_VALUE, answer) {
        Ok(Written::Done) => Ok(None),
        Ok(Written::Refused(reasons)) => Ok(Some(reasons)),
        // removed since it was read: the next attempt makes it anew
        Err(Error { kind: Kind::Gone, .. }) => Err(Fault::Stale),
        Err(error) => Err(error.into()),
    }
}

fn value_id(candidate: &Candidate, field: &CustomFieldId) -> Option<FieldValueId> {
    let values = candidate.values.as_deref().unwrap_or_default();
    values.iter().find(|value| value.field == *field).map(|value| value.id.clone())
}
