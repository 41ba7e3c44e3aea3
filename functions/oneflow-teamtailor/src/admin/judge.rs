//! What the next turn of one candidate would do, judged as the pusher judges; each step of the judgement can be told. Names fields
//! and ids, never a value.

use admin::{ChangeKind, Error, Explanation};
use jiff::Timestamp;
use mapping::oneflow_teamtailor::{Status, winner};
use vendors::oneflow::model::{Contract, ContractId};
use vendors::teamtailor::candidates::{self, CandidateById};
use vendors::teamtailor::model::{Candidate, CandidateId};

use super::desk::Desk;
use super::judge_orders::judge_orders;
use super::judged::{Asked, Judged};
use crate::after::{Telling, next_stage, telling, unmoved};
use crate::blocker::Blocker;
use crate::contract_source::{self, Source};
use crate::link::{CandidateState, ContractMemory, Sent, Stage};
use crate::order::Order;
use crate::pdf::is_attached;
use crate::plan::{Plan, Sides};
use crate::reader::Reader;
use crate::start::{unmade, unpublished};

/// Judges a candidate. `told` gets what was found out.
///
/// # Errors
/// The vendors'; where the table fails.
pub(super) async fn judge(
    desk: &Desk<'_>,
    candidate: &CandidateId,
    asked: Asked,
    told: &mut Explanation,
) -> Result<Vec<Judged>, Error> {
    let (mut state, open) = desk.kept(candidate).await?;
    told.add("contracts at hand", ids(state.contracts.iter().map(|memory| memory.id)));
    if let Some(step) = open {
        told.add("a step without an answer", format!("{}: it is looked for first", spelled(&step)));
    }
    let Asked { orders, contracts } = asked;
    let named: Vec<ContractId> = contracts.into_iter().filter(|it| is_news(&state, it)).map(|(id, _)| id).collect();
    if is_idle(desk, &state, &orders) && named.is_empty() {
        told.add("then", "nothing: no contract is open or asked for");
        return Ok(Vec::new());
    }
    let reader = desk.reader(candidate);
    let CandidateById::There(person) = candidates::read(&reader.teamtailor, candidate).await? else {
        told.add("Teamtailor", "shows no such candidate: erased, or merged into another");
        return Ok(Vec::new());
    };
    let mut judged = judge_orders(desk, &reader, &person, &state, orders, told).await?;
    judged.extend(judge_contracts(desk, &reader, &person, &mut state, &named, told).await?);
    Ok(judged)
}

/// Whether a listed contract is another than the one that was seen.
fn is_news(state: &CandidateState, (id, since): &(ContractId, Option<Timestamp>)) -> bool {
    state.contract(*id).is_none_or(|memory| memory.version.is_none() || *since > memory.since)
}

fn is_idle(desk: &Desk<'_>, state: &CandidateState, orders: &[Order]) -> bool {
    let is_unsent = desk.settings.start.as_ref().is_some_and(|rules| !unpublished(state, rules).is_empty());
    let is_due = contract_source::due(desk.settings, state).next().is_some();
    !is_unsent && !is_due && unmade(state, orders.iter().cloned()).is_empty()
}

async fn judge_contracts(
    desk: &Desk<'_>,
    reader: &Reader<'_>,
    person: &Candidate,
    state: &mut CandidateState,
    named: &[ContractId],
    told: &mut Explanation,
) -> Result<Vec<Judged>, Error> {
    let sources = contract_source::read(reader, named, state).await?;
    sources.iter().for_each(|source| contract_source::note(state, source));
    let winner = winner(&state.contenders());
    let mut judged = Vec::new();
    for source in &sources {
        match source {
            Source::There(contract) => {
                let memory = state.contract_mut(contract.id).clone();
                let sides = (person, contract.as_ref());
                let is_winner = winner == Some(contract.id);
                judged.extend(judge_contract(desk, reader, sides, &memory, is_winner, told).await?);
            }
            Source::Deleted(id) => told.add("contract", format!("{id}: deleted")),
            Source::Unreadable(id, reasons) => judged.push(Judged::blocked(&Blocker::unreadable(*id, reasons))),
        }
    }
    match telling(desk.settings, state, person, &desk.catalog, &sources) {
        Telling::Nothing => {}
        Telling::Field { words, .. } => {
            let field = desk.settings.contracts.status_field.as_deref().unwrap_or_default();
            told.add("status", format!("write `{words}` to {field} of the candidate"));
            judged.push(Judged::new(ChangeKind::Changed, format!("write `{words}` to {field} of the candidate")));
        }
        Telling::Owner(blocker) => judged.push(Judged::blocked(&blocker)),
    }
    Ok(judged)
}

async fn judge_contract(
    desk: &Desk<'_>,
    reader: &Reader<'_>,
    (person, contract): (&Candidate, &Contract),
    memory: &ContractMemory,
    is_winner: bool,
    told: &mut Explanation,
) -> Result<Vec<Judged>, Error> {
    let plan = Plan::of(Sides::of(desk.settings, &desk.catalog, person, contract, &memory.same, is_winner));
    let misfits = plan.problems.iter().map(|problem| Judged::blocked(&Blocker::misfit(contract.id, problem)));
    let mut judged: Vec<Judged> = misfits.collect();
    let mut steps: Vec<String> = plan.steps.iter().map(ToString::to_string).collect();
    steps.extend(after_signature(reader, contract, memory).await?);
    let steps = if steps.is_empty() { None } else { Some(steps.join(", then ")) };
    let counts = if is_winner { "" } else { ", and another contract's values count" };
    let then = steps.as_deref().unwrap_or("nothing to do");
    told.add("contract", format!("{} ({}{counts}): {then}", contract.id, Status::of(contract)));
    if let Some(steps) = steps {
        let values =
            plan.steps.iter().map(|step| (step.field.oneflow.to_string(), step.value.spelled().reveal().clone()));
        let one = Judged::new(ChangeKind::Changed, format!("contract {}: {steps}", contract.id));
        judged.push(one.with_values(values));
    }
    Ok(judged)
}

/// What follows from the signature of all.
async fn after_signature(
    reader: &Reader<'_>,
    contract: &Contract,
    memory: &ContractMemory,
) -> Result<Vec<String>, Error> {
    let mut steps = Vec::new();
    if !reader.settings.directions.to_teamtailor || memory.stage != Stage::Signed {
        return Ok(steps);
    }
    if reader.settings.contracts.attach_pdf && !memory.has_pdf && !is_attached(reader, contract.id).await? {
        steps.push("attach the signed PDF".to_owned());
    }
    if let Some(application) = unmoved(reader.settings, memory)
        && let Some(stage) = next_stage(reader, application).await?
    {
        steps.push(format!("move application {application} to stage {stage}"));
    }
    Ok(steps)
}

fn ids(contracts: impl Iterator<Item = ContractId>) -> String {
    let ids: Vec<String> = contracts.map(|id| id.to_string()).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

fn spelled(step: &Sent) -> String {
    match step {
        Sent::Contract { key, .. } => format!("making the contract with the key {key}"),
        Sent::Publication(contract) => format!("sending contract {contract}"),
        Sent::Pdf(contract) => format!("attaching the PDF of contract {contract}"),
    }
}
