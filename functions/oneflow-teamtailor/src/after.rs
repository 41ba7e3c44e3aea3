//! What follows from how far a contract is: an application moves on, a field says what has become of the contract, or the owner
//! is told.

use edge::verdict::Fault;
use mapping::oneflow_teamtailor::{
    Ending, FieldKind, FieldValue, Status, read_oneflow, read_teamtailor, write_teamtailor,
};
use vendors::oneflow::model::{Contract, ContractId};
use vendors::teamtailor::applications::{self, ApplicationById, Moved};
use vendors::teamtailor::model::{
    ApplicationId, Candidate, CustomFieldId, FieldContent, NewFieldValue, Stage, StageId,
};
use vendors::teamtailor::operations::{MOVE_APPLICATION, READ_APPLICATION};

use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::connection::Settings;
use crate::contract_source::Source;
use crate::fields::custom_field;
use crate::link::{CandidateLink, CandidateState, ContractMemory};
use crate::reader::Reader;
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
    let Some(application) = unmoved(work.settings, link.state_mut().contract_mut(contract.id)).cloned() else {
        return Ok(Vec::new());
    };
    let moved = match next_stage(work, &application).await? {
        Some(stage) => {
            let answer = applications::move_to(&work.teamtailor, &application, &stage).await;
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

/// The application that a signed contract may still move.
pub(crate) fn unmoved<'a>(settings: &Settings, memory: &'a ContractMemory) -> Option<&'a ApplicationId> {
    memory.application.as_ref().filter(|_| !settings.contracts.move_to.is_empty() && !memory.is_moved)
}

/// Where an application goes whose contract is signed. `None`: it stays where it is.
///
/// # Errors
/// Teamtailor's; [`Fault::OutOfTime`].
pub(crate) async fn next_stage(reader: &Reader<'_>, application: &ApplicationId) -> Result<Option<StageId>, Fault> {
    let Settings { contracts, start, .. } = reader.settings;
    reader.needs_a_call()?;
    let read = applications::read(&reader.teamtailor, application).await;
    // whoever was rejected, or moved on by a person, stays there
    let stands = |stage: &Stage| start.as_ref().is_none_or(|rules| rules.has_stage(stage));
    let job = match reader.note(READ_APPLICATION, read)? {
        ApplicationById::There(application) if application.listed.rejected.is_none() => {
            application.job.filter(|_| application.listed.stage.as_ref().is_some_and(stands))
        }
        ApplicationById::There(_) | ApplicationById::Gone => None,
    };
    Ok(job.and_then(|job| contracts.move_to.get(&job).cloned()))
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
    let (field, value) = match telling(work.settings, link.state(), candidate, catalog, sources) {
        Telling::Nothing => return Ok(Vec::new()),
        Telling::Owner(blocker) => return Ok(vec![blocker]),
        Telling::Field { field, value, .. } => (field, value),
    };
    work.needs_a_call()?;
    let Some(reasons) = custom_field(work, candidate, &field, &value).await? else { return Ok(Vec::new()) };
    let name = work.settings.contracts.status_field.as_deref().unwrap_or_default();
    let why = reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    Ok(vec![Blocker::no_status(name, &why)])
}

/// How it is told what has become of the candidate's newest contract.
pub(crate) enum Telling {
    /// Not at all: nothing new is to be said.
    Nothing,
    /// The custom field gets a value, which is fixed words.
    Field { field: CustomFieldId, value: NewFieldValue, words: String },
    /// The owner is told.
    Owner(Blocker),
}

/// Decides how it is told. Writes nothing.
pub(crate) fn telling(
    settings: &Settings,
    state: &CandidateState,
    candidate: &Candidate,
    catalog: &Catalog,
    sources: &[Source],
) -> Telling {
    let newest = state.contracts.iter().max_by_key(|memory| (memory.since, memory.id)).map(|memory| memory.id);
    let told = sources.iter().filter_map(told).find(|told| Some(told.contract) == newest);
    let Some(Told { contract, status, reason }) = told else { return Telling::Nothing };
    let Some(name) = &settings.contracts.status_field else {
        if !status.has_failed() {
            return Telling::Nothing;
        }
        return Telling::Owner(Blocker::not_signed(&candidate.id, contract, status, reason));
    };
    let Some((field, kind)) = &catalog.status else {
        let why = "Teamtailor has no such field, or none of a kind that is known";
        return Telling::Owner(Blocker::no_status(name, why));
    };
    match new_status(settings, candidate, catalog, (field, *kind), &spelled(status, reason)) {
        Ok(None) => Telling::Nothing,
        Ok(Some((value, words))) => Telling::Field { field: field.clone(), value, words },
        Err(why) => Telling::Owner(Blocker::no_status(name, &why)),
    }
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

/// What the field is to hold, where it holds something else.
fn new_status(
    settings: &Settings,
    candidate: &Candidate,
    catalog: &Catalog,
    (field, kind): (&CustomFieldId, FieldKind),
    ways: &[String],
) -> Result<Option<(NewFieldValue, String)>, String> {
    let options = catalog.options_of(field);
    let read = |way: &String| read_oneflow(way, kind, options, settings.fields.formats);
    let Some((wanted, words)) = ways.iter().find_map(|way| Some((read(way).ok()?, way))) else {
        let why = ways.last().and_then(|way| Some(format!("`{way}` is {}", read(way).err()?)));
        return why.map_or(Ok(None), Err);
    };
    let values = candidate.values.as_deref().unwrap_or_default();
    let held = values.iter().find(|value| value.field == *field).map(|value| &value.content);
    let held = read_teamtailor(held.unwrap_or(&FieldContent::Empty), kind, options).unwrap_or(FieldValue::Empty);
    if held.is(&wanted) {
        return Ok(None);
    }
    let value = write_teamtailor(&wanted).map_err(|_| "it holds no text".to_owned())?;
    Ok(Some((value, words.clone())))
}
