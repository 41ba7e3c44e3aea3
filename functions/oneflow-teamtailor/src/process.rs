//! What is done about one signal: a candidate and their contracts are brought in line, on both sides.
//!
//! A signal only says where to look. What both vendors show now, what the link says was last the same and the connection's file
//! decide; so signals that are late, doubled or out of order are harmless, and an event and a sweep end here alike.

use edge::Processed;
use edge::batch::Record as Queued;
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use jiff::Timestamp;
use ledger::{Fingerprint, Subject};
use mapping::oneflow_teamtailor::winner;
use reconcile::{Attempt, Blocked, Freshness, Notice, Observed, Recovered, Shown, Signal};
use vendors::oneflow::model::{Contract, ContractId};
use vendors::teamtailor::candidates::{self, CandidateById};
use vendors::teamtailor::model::Candidate;
use vendors::teamtailor::operations::READ_CANDIDATE;

use crate::after::{move_application, tell_status};
use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::connection::Settings;
use crate::contract_source::{self, Source};
use crate::fields::apply;
use crate::forward;
use crate::link::{APPLICATION, CANDIDATE, CONTRACT, CandidateLink, Stage, claim_of};
use crate::pdf::{self, Pdf};
use crate::plan::{Plan, Sides};
use crate::recover::recover;
use crate::start::start;
use crate::work::{Shared, Work};

/// Brings the candidate of one signal in line.
///
/// # Errors
/// Whatever keeps the candidate from being in line now; the verdict on it is edge's.
pub(crate) async fn process(
    worker: &Worker<Settings>,
    shared: &Shared,
    record: &Queued<'_>,
    connection: &Loaded<Settings>,
) -> Result<Processed, Fault> {
    let signal = Signal::read(&record.message.body)?;
    let attempt = Attempt::new(worker, record, connection);
    let settings = &connection.settings;
    // contracts and applications stand in no later sweep: their lists are read only from where the last one ended
    let is_swept_again = signal.owner.is_none() && signal.about.kind == CANDIDATE;
    if is_swept_again && signal.is_superseded(&attempt, settings.sweeps.interval()) {
        return Ok(Processed::skipped("a later sweep signals it again", []));
    }
    match (&signal.owner, signal.about.kind.as_ref()) {
        (Some(candidate), _) => process_in_turn(shared, &attempt, &signal, candidate, settings).await,
        (None, CONTRACT) => forward::contract(shared, &attempt, &signal, settings).await,
        (None, APPLICATION) => forward::application(shared, &attempt, &signal, settings).await,
        (None, _) => process_in_turn(shared, &attempt, &signal, &signal.about, settings).await,
    }
}

/// The candidate's turn: nobody else writes for them meanwhile.
async fn process_in_turn(
    shared: &Shared,
    attempt: &Attempt<'_>,
    signal: &Signal,
    candidate: &Subject,
    settings: &Settings,
) -> Result<Processed, Fault> {
    let work = Work::on(shared, attempt, settings, candidate)?;
    let mut link = CandidateLink::load(attempt, candidate).await?;
    if signal.about.kind == CANDIDATE && link.state().is_empty() {
        return Ok(Processed::skipped("the candidate has no contract", []));
    }
    work.turns(&mut link).await?;
    let read = candidates::read(&work.teamtailor, &work.candidate).await;
    let CandidateById::There(candidate) = work.note(READ_CANDIDATE, read)? else {
        return forget(&work, link).await;
    };
    match recover(&work, &mut link).await? {
        Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
        Recovered::NothingOpen | Recovered::Found(()) | Recovered::Unknowable => {}
    }
    let catalog = work.catalog().await?;
    let mut blockers: Vec<Blocker> = catalog.mapped.problems.iter().map(Blocker::field).collect();
    blockers.extend(start(&work, &mut link, &candidate, &catalog, signal).await?);
    let sources = contract_source::read(&work, contract_source::named(signal).as_slice(), link.state()).await?;
    let freshness = contract_source::judge(&work, signal, &sources, link.state());
    if freshness == Freshness::Stale {
        return Err(Fault::Stale);
    }
    let outcome = process_contracts(&work, &mut link, &candidate, &catalog, &sources).await?;
    blockers.extend(outcome.blockers);
    let processed = settle(&work, &mut link, blockers).await?;
    match (freshness, outcome.waits_until) {
        // a read that lags was processed for what is new in it, and is read again later
        (Freshness::StaleButNews, _) => Err(Fault::Stale),
        (_, Some(until)) => Err(Fault::NotYetVisible { until }),
        _ => Ok(processed),
    }
}

/// What came of a candidate's contracts.
#[derive(Default)]
struct Outcome {
    blockers: Vec<Blocker>,
    /// When a PDF is asked for again that was not there.
    waits_until: Option<Timestamp>,
}

/// Brings the contracts that were read in line, fields first: a PDF that is not there yet keeps no field back.
async fn process_contracts(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    sources: &[Source],
) -> Result<Outcome, Fault> {
    let mut outcome = Outcome::default();
    for source in sources {
        match source {
            Source::There(contract) => link.claim(claim_of(contract.id)),
            Source::Unreadable(contract, reasons) => outcome.blockers.push(Blocker::unreadable(*contract, reasons)),
            Source::Deleted(_) => {}
        }
        contract_source::note(link.state_mut(), source);
    }
    let winner = winner(&link.state().contenders());
    for contract in there(sources) {
        let hindered = process_fields(work, link, candidate, catalog, contract, winner).await?;
        link.state_mut().contract_mut(contract.id).is_hindered = !hindered.is_empty();
        outcome.blockers.extend(hindered);
    }
    outcome.blockers.extend(tell_status(work, link, candidate, catalog, sources).await?);
    link.save().await?;
    for contract in there(sources) {
        process_signed(work, link, contract, &mut outcome).await?;
    }
    Ok(outcome)
}

fn there(sources: &[Source]) -> impl Iterator<Item = &Contract> {
    sources.iter().filter_map(|source| match source {
        Source::There(contract) => Some(contract.as_ref()),
        Source::Deleted(_) | Source::Unreadable(..) => None,
    })
}

async fn process_fields(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    contract: &Contract,
    winner: Option<ContractId>,
) -> Result<Vec<Blocker>, Fault> {
    let same = link.state_mut().contract_mut(contract.id).same.clone();
    let is_winner = winner == Some(contract.id);
    let plan = Plan::of(Sides::of(work.settings, catalog, candidate, contract, &same, is_winner));
    tracing::debug!(connection = work.attempt.connection(), contract = %contract.id, "{plan}");
    apply(work, link, contract.id, candidate, catalog, plan).await
}

/// What follows from a signature. A PDF comes first: until it is on the card, the application stays where people look for it.
async fn process_signed(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    contract: &Contract,
    outcome: &mut Outcome,
) -> Result<(), Fault> {
    let memory = link.state_mut().contract_mut(contract.id);
    if !work.settings.directions.to_teamtailor || memory.stage != Stage::Signed {
        return Ok(());
    }
    let mut hindered = Vec::new();
    if work.settings.contracts.attach_pdf && !memory.has_pdf {
        match pdf::attach(work, link, contract).await? {
            Pdf::OnCard => {}
            Pdf::NotYet(until) => {
                outcome.waits_until = outcome.waits_until.min(Some(until)).or(Some(until));
                return Ok(());
            }
            Pdf::Blocked(blocker) => hindered.push(blocker),
        }
    }
    hindered.extend(move_application(work, link, contract).await?);
    link.state_mut().contract_mut(contract.id).is_hindered |= !hindered.is_empty();
    outcome.blockers.extend(hindered);
    Ok(())
}

/// Writes down what was seen. What is in the way is told, and the link says so.
async fn settle(work: &Work<'_>, link: &mut CandidateLink<'_>, blockers: Vec<Blocker>) -> Result<Processed, Fault> {
    let is_open = link.state().is_open();
    let observed = Observed {
        shown: Shown::new(version(link), None),
        window: None,
        // whatever may change is read by every sweep: an edit of a data field moves no contract in Oneflow's list
        due: is_open.then(|| work.attempt.now()),
        holds: is_open,
    };
    if blockers.is_empty() {
        link.settle(observed).await?;
        return Ok(Processed::done(work.answered()));
    }
    let is_waiting = blockers.iter().any(|blocker| blocker.ends == Blocked::Waiting);
    let ends = if is_waiting { Blocked::Waiting } else { Blocked::UntilEdited };
    let notices: Vec<Notice> = blockers.into_iter().map(|blocker| blocker.notice).collect();
    let reasons: Vec<String> = notices.iter().flat_map(|notice| notice.reasons.clone()).collect();
    link.block(ends, notices, observed).await?;
    Ok(Processed::rejected(reasons.join("; "), work.answered()))
}

/// The version of all that the link keeps.
fn version(link: &CandidateLink<'_>) -> Fingerprint {
    let contracts = link.state().contracts.iter();
    let versions = contracts.filter_map(|contract| Some(format!("{} {}", contract.id, contract.version?)));
    Fingerprint::of(&versions.collect::<Vec<_>>().join("\n"))
}

/// The candidate was erased, or merged into another: what is kept of them goes.
async fn forget(work: &Work<'_>, mut link: CandidateLink<'_>) -> Result<Processed, Fault> {
    if link.summary().is_none() {
        return Ok(Processed::skipped("no such candidate", work.answered()));
    }
    let contracts: Vec<ContractId> = link.state().contracts.iter().map(|contract| contract.id).collect();
    for contract in contracts {
        link.release(claim_of(contract));
    }
    link.forget().await?;
    Ok(Processed::done(work.answered()).with_reason("the candidate is erased, or merged into another"))
}
