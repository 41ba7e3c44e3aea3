//! What Oneflow shows of a candidate's contracts now, and what the link keeps of it.

use edge::verdict::Fault;
use jiff::{SignedDuration, Timestamp};
use ledger::{Fingerprint, LinkSummary};
use mapping::oneflow_teamtailor::Status;
use reconcile::{Freshness, Shown, Signal, Trigger, freshness};
use vendors::oneflow::contracts::{self, ContractById};
use vendors::oneflow::model::{Contract, ContractId, ContractState};
use vendors::oneflow::operations::READ_CONTRACT;
use vendors::{Error, Kind, Reason};

use crate::connection::Settings;
use crate::link::{self, CONTRACT, CandidateState, ContractMemory, Stage};
use crate::reader::Reader;
use crate::work::Work;

/// How far apart a write of ours and Oneflow's event of it may be.
const ECHO: SignedDuration = SignedDuration::from_secs(15);

/// A contract that was read.
#[derive(Debug)]
pub(crate) enum Source {
    /// It is there.
    There(Box<Contract>),
    /// It was deleted.
    Deleted(ContractId),
    /// Oneflow shows it in a shape that cannot be read: why.
    Unreadable(ContractId, Vec<Reason>),
}

/// Reads the contracts that are named, and every contract that may still change or of a signed one something is to be done.
///
/// # Errors
/// Oneflow's; [`Fault::OutOfTime`].
pub(crate) async fn read(
    reader: &Reader<'_>,
    named: &[ContractId],
    state: &CandidateState,
) -> Result<Vec<Source>, Fault> {
    let due = due(reader.settings, state).filter(|id| !named.contains(id));
    let mut sources = Vec::new();
    for id in named.iter().copied().chain(due) {
        reader.needs_a_call()?;
        sources.push(match reader.note(READ_CONTRACT, contracts::read(&reader.oneflow, id).await) {
            Ok(ContractById::There(contract)) => Source::There(contract),
            Ok(ContractById::Deleted) => Source::Deleted(id),
            // the candidate's other contracts are no worse for it
            Err(Error { kind: Kind::Invalid(reasons), .. }) => Source::Unreadable(id, reasons),
            Err(error) => return Err(error.into()),
        });
    }
    Ok(sources)
}

/// The contracts that may still change, and the signed ones of which something is to be done.
pub(crate) fn due(settings: &Settings, state: &CandidateState) -> impl Iterator<Item = ContractId> {
    let is_due = move |memory: &&ContractMemory| match memory.stage {
        Stage::Open | Stage::Paused => true,
        Stage::Signed => has_leftovers(settings, memory),
        Stage::Ended => false,
    };
    state.contracts.iter().filter(is_due).map(|memory| memory.id)
}

/// The contract that the signal is about.
pub(crate) fn named(signal: &Signal) -> Option<ContractId> {
    if signal.about.kind == CONTRACT { signal.about.id.as_str().parse().ok() } else { None }
}

/// Whether something of a signed contract is still to be done.
fn has_leftovers(settings: &Settings, memory: &ContractMemory) -> bool {
    let directions = settings.directions;
    memory.is_hindered || directions.to_teamtailor && settings.contracts.attach_pdf && !memory.has_pdf
}

/// Whether the read of the named contract is to be believed. An event that tells of a write of ours is, once Oneflow has shown what
/// was written.
pub(crate) fn judge(work: &Work<'_>, signal: &Signal, sources: &[Source], state: &CandidateState) -> Freshness {
    let Some(id) = named(signal) else { return Freshness::Current };
    let memory = state.contract(id);
    let found = sources.iter().find_map(|source| match source {
        Source::There(contract) if contract.id == id => Some(shown(contract)),
        _ => None,
    });
    let shown_write = memory.filter(|memory| memory.shows_written).and_then(|memory| memory.written);
    if shown_write.is_some_and(|written| is_echo(&signal.trigger, written)) {
        return Freshness::Current;
    }
    let summary = memory.filter(|memory| memory.version.is_some()).map(|memory| LinkSummary {
        fingerprint: memory.version,
        seen: memory.changed,
        ..LinkSummary::unseen(link::contract(id))
    });
    freshness(&signal.trigger, found.as_ref(), summary.as_ref(), work.attempt.waited())
}

fn is_echo(trigger: &Trigger, written: Timestamp) -> bool {
    match trigger {
        Trigger::Event { deleted: false, occurred_at: Some(at) } => at.duration_since(written).abs() <= ECHO,
        _ => false,
    }
}

/// The version of a contract: its state, its data fields, and how far its people are.
pub(crate) fn shown(contract: &Contract) -> Shown {
    let mut text = format!("{} {}\n", contract.state, Status::of(contract));
    for field in contract.data_fields.as_deref().unwrap_or_default() {
        let value = field.value.reveal();
        text.push_str(&format!("{}={}:{value}\n", field.id, value.len()));
    }
    Shown::new(Fingerprint::of(&text), contract.updated.max(contract.state_updated))
}

/// Writes down how far a contract is. Its version counts as processed once the attempt ends well.
pub(crate) fn note(state: &mut CandidateState, source: &Source) {
    match source {
        Source::There(contract) => {
            let shown = shown(contract);
            let memory = state.contract_mut(contract.id);
            memory.stage = stage(contract);
            memory.since = contract.state_updated.or(contract.created).or(memory.since);
            memory.shows_written |= memory.version != Some(shown.fingerprint);
            memory.version = Some(shown.fingerprint);
            memory.changed = shown.changed;
        }
        Source::Unreadable(id, _) => state.contract_mut(*id).is_hindered = true,
        // one that was never seen may be so new that it does not show
        Source::Deleted(id) => {
            if state.contract(*id).is_some_and(|memory| memory.version.is_some()) {
                state.contract_mut(*id).stage = Stage::Ended;
            }
        }
    }
}

fn stage(contract: &Contract) -> Stage {
    match &contract.state {
        ContractState::Draft | ContractState::Pending => Stage::Open,
        ContractState::Overdue | ContractState::Other(_) => Stage::Paused,
        ContractState::Signed if contract.is_cancelled == Some(true) => Stage::Ended,
        ContractState::Signed => Stage::Signed,
        ContractState::Declined => Stage::Ended,
    }
}
