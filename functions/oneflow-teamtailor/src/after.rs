//! What follows from how far a contract is: an application moves on, a field says what has become of the contract, or the owner
//! is told.

use edge::verdict::Fault;
use mapping::oneflow_teamtailor::{
    Ending, FieldKind, FieldValue, Status, read_oneflow, read_teamtailor, write_teamtailor,
};
use vendors::oneflow::model::{Contract, ContractId};
use vendors::teamtailor::applications::{self, ApplicationById, Moved};
use vendors::teamtailor::model::{Candidate, CustomFieldId, FieldContent, Stage};
use vendors::teamtailor::operations::{MOVE_APPLICATION, READ_APPLICATION};

use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::contract_source::Source;
use crate::fields::custom_field;
use crate::link::CandidateLink;
use crate::work::Work;

/// Moves the application that started a signed contract, once.
///
/// # Errors
/// Teamtailor's; [`Fault::OutOfTime`].
pub(crate) async fn move_application(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    contract: &Contract,
) -> Result<Vec<Blocker>, Fault> {
    let stages = &work.settings.contracts.move_to;
    let memory = link.state_mut().contract_mut(contract.id);
    let Some(application) = memory.application.clone().filter(|_| !stages.is_empty() && !memory.is_moved) else {
        return Ok(Vec::new());
    };
    work.needs_a_call()?;
    let read = applications::read(&work.teamtailor, &application).await;
    // whoever was rejected, or moved on by a person, stays there
    let stands = |stage: &Stage| work.settings.start.as_ref().is_none_or(|rules| rules.has_stage(stage));
    let job = match work.note(READ_APPLICATION, read)? {
        ApplicationById::There(application) if application.listed.rejected.is_none() => {
            application.job.filter(|_| application.listed.stage.as_ref().is_some_and(stands))
        }
        ApplicationById::There(_) | ApplicationById::Gone => None,
    };
    let stage = job.and_then(|job| stages.get(&job));
    let moved = match stage {
        Some(stage) => {
            let answer = applications::move_to(&work.teamtailor, &application, stage).await;
            work.note(MOVE_APPLICATION, answer)?
        }
        None => Moved::Done,
    };
    match moved {
        Moved::Done => {
            link.state_mut().contract_mut(contract.id).is_moved = true;
            Ok(Vec::new())
        }
        Moved::Refused(reasons) => Ok(vec![Blocker::not_moved(&application, &reasons)]),
    }
}

/// Says what has become of the candidate's newest contract: in the field that the connection names, else to the owner where the
/// contract ended without a signature of all.
///
/// # Errors
/// Teamtailor's; [`Fault::OutOfTime`].
pub(crate) async fn tell_status(
    work: &Work<'_>,
    link: &CandidateLink<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    sources: &[Source],
) -> Result<Vec<Blocker>, Fault> {
    let newest = link.state().contracts.iter().max_by_key(|memory| (memory.since, memory.id)).map(|memory| memory.id);
    let told = sources.iter().filter_map(told).find(|told| Some(told.contract) == newest);
    let Some(Told { contract, status, reason }) = told else { return Ok(Vec::new()) };
    let Some(name) = &work.settings.contracts.status_field else {
        let blocker = status.has_failed().then(|| Blocker::not_signed(&work.candidate, contract, status, reason));
        return Ok(blocker.into_iter().collect());
    };
    let Some((field, kind)) = &catalog.status else {
        return Ok(vec![Blocker::no_status(name, "Teamtailor has no such field, or none of a kind that is known")]);
    };
    let refused = write_status(work, candidate, catalog, (field, *kind), &spelled(status, reason)).await?;
    Ok(refused.map(|why| Blocker::no_status(name, &why)).into_iter().collect())
}

/// What is told of a contract.
struct Told {
    contract: ContractId,
    status: Status,
    reason: Option<Ending>,
}

fn told(source: &Source) -> Option<Told> {
    match source {
        Source::There(contract) => {
            Some(Told { contract: contract.id, status: Status::of(contract), reason: Ending::of(contract) })
        }
        Source::Deleted(id) => Some(Told { contract: *id, status: Status::Deleted, reason: None }),
        Source::Unreadable(..) => None,
    }
}

/// The ways to say it, the longest first: a field to select from may have none but the shorter one.
fn spelled(status: Status, reason: Option<Ending>) -> Vec<String> {
    let with_reason = reason.map(|reason| format!("{status}: {reason}"));
    with_reason.into_iter().chain([status.to_string()]).collect()
}

/// `Some`: why the status cannot be written.
async fn write_status(
    work: &Work<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    (field, kind): (&CustomFieldId, FieldKind),
    ways: &[String],
) -> Result<Option<String>, Fault> {
    let options = catalog.options_of(field);
    let read = |way: &String| read_oneflow(way, kind, options, work.settings.fields.formats);
    let Some(wanted) = ways.iter().find_map(|way| read(way).ok()) else {
        let why = ways.last().and_then(|way| Some(format!("`{way}` is {}", read(way).err()?)));
        return Ok(why);
    };
    let values = candidate.values.as_deref().unwrap_or_default();
    let held = values.iter().find(|value| value.field == *field).map(|value| &value.content);
    let held = read_teamtailor(held.unwrap_or(&FieldContent::Empty), kind, options).unwrap_or(FieldValue::Empty);
    if held.is(&wanted) {
        return Ok(None);
    }
    let Ok(value) = write_teamtailor(&wanted) else { return Ok(Some("it holds no text".to_owned())) };
    work.needs_a_call()?;
    let refused = custom_field(work, candidate, field, &value).await?;
    Ok(refused.map(|reasons| reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
}
