//! Contracts and applications are parts of a candidate: the candidate is found, and only in the candidate's turn is anything
//! written, on either side.

use edge::Processed;
use edge::verdict::Fault;
use ledger::Subject;
use reconcile::{Attempt, Freshness, Shown, Signal, Trigger, freshness};
use vendors::oneflow::contracts::{self, ContractById};
use vendors::oneflow::model::{Contract, ContractId, CustomId};
use vendors::oneflow::operations::READ_CONTRACT;
use vendors::teamtailor::applications::{self, ApplicationById};
use vendors::teamtailor::candidates::{self, CandidateMatch};
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::model::{ApplicationId, CandidateId};
use vendors::teamtailor::operations::READ_APPLICATION;

use crate::connection::Settings;
use crate::link;
use crate::name::NAME;
use crate::work::Shared;

/// Queues the signal of a contract for its candidate.
///
/// # Errors
/// The vendors'; where table or queue fail.
pub(crate) async fn contract(
    shared: &Shared,
    attempt: &Attempt<'_>,
    signal: &Signal,
    settings: &Settings,
) -> Result<Processed, Fault> {
    let id: ContractId = signal.about.id.as_str().parse().map_err(|_| malformed(signal))?;
    if let Some(owner) = attempt.ledger.claimed_by(attempt.connection(), &link::claim_of(id)).await? {
        return pass_on(shared, attempt, signal, owner).await;
    }
    link::take_turns(attempt, &signal.about, &settings.oneflow_limit(), "read", 1).await?;
    let contract = match contracts::read(&settings.oneflow(&shared.http), id).await? {
        ContractById::There(contract) => contract,
        ContractById::Deleted => return gone(attempt, signal, "deleted before it was known"),
    };
    match candidate_of(&contract, shared, attempt, settings).await? {
        Concerns::Candidate(candidate) => pass_on(shared, attempt, signal, link::candidate(&candidate)).await,
        Concerns::Nobody(why) => Ok(Processed::skipped(why, [READ_CONTRACT])),
    }
}

/// Queues the signal of an application for its candidate, where it may start a contract.
///
/// # Errors
/// Teamtailor's; where table or queue fail.
pub(crate) async fn application(
    shared: &Shared,
    attempt: &Attempt<'_>,
    signal: &Signal,
    settings: &Settings,
) -> Result<Processed, Fault> {
    let Some(start) = settings.start.as_ref().filter(|_| settings.directions.to_oneflow) else {
        return Ok(Processed::skipped("the connection makes no contracts", []));
    };
    let id: ApplicationId = signal.about.id.as_str().parse().map_err(|_| malformed(signal))?;
    link::take_turns(attempt, &signal.about, &settings.teamtailor_limit(), "read", 1).await?;
    let application = match applications::read(&settings.teamtailor(&shared.http), &id).await? {
        ApplicationById::There(application) => application,
        ApplicationById::Gone => return gone(attempt, signal, "the application is gone"),
    };
    if !application.listed.stage.as_ref().is_some_and(|stage| start.has_stage(stage)) {
        return Ok(Processed::skipped("in no stage that starts a contract", [READ_APPLICATION]));
    }
    match application.listed.candidate {
        Some(candidate) => pass_on(shared, attempt, signal, link::candidate(&candidate)).await,
        None => Ok(Processed::skipped("the candidate is erased", [READ_APPLICATION])),
    }
}

/// Whom a contract concerns.
pub(crate) enum Concerns {
    Candidate(CandidateId),
    /// Nobody, and why.
    Nobody(&'static str),
}

/// The hidden data field says it; else the counterparty's address, where the connection allows that and one candidate has it.
async fn candidate_of(
    contract: &Contract,
    shared: &Shared,
    attempt: &Attempt<'_>,
    settings: &Settings,
) -> Result<Concerns, Fault> {
    if let Some(concerns) = by_field(contract, settings) {
        return Ok(concerns);
    }
    link::take_turns(attempt, &link::turns(&link::contract(contract.id)), &settings.teamtailor_limit(), "match", 1)
        .await?;
    by_email(contract, &settings.teamtailor(&shared.http)).await
}

/// What the hidden data field says. `None`: nothing, and the addresses may say it.
pub(crate) fn by_field(contract: &Contract, settings: &Settings) -> Option<Concerns> {
    if let Some(candidate) = value_of(contract, &settings.candidate_field).and_then(|id| id.parse().ok()) {
        return Some(Concerns::Candidate(candidate));
    }
    (!settings.contracts.match_email).then_some(Concerns::Nobody("no hidden field names a candidate"))
}

/// What the addresses of a contract's counterparties say.
///
/// # Errors
/// Teamtailor's.
pub(crate) async fn by_email(contract: &Contract, teamtailor: &Teamtailor) -> Result<Concerns, Fault> {
    let mut found: Option<CandidateId> = None;
    for email in contract.counterparties().filter_map(|person| person.email.as_ref()) {
        match candidates::by_email(teamtailor, email).await? {
            CandidateMatch::Nobody => {}
            CandidateMatch::One(candidate) if found.as_ref().is_none_or(|known| *known == candidate.id) => {
                found = Some(candidate.id);
            }
            CandidateMatch::One(_) | CandidateMatch::Several(_) => {
                return Ok(Concerns::Nobody("its addresses are those of several candidates"));
            }
        }
    }
    Ok(found.map_or(Concerns::Nobody("no candidate has its address"), Concerns::Candidate))
}

/// The text of a contract's data field, where it has one.
pub(crate) fn value_of<'a>(contract: &'a Contract, field: &CustomId) -> Option<&'a str> {
    let fields = contract.data_fields.as_deref().unwrap_or_default();
    let found = fields.iter().find(|it| it.custom_id.as_ref() == Some(field));
    found.map(|it| it.value.reveal().trim()).filter(|value| !value.is_empty())
}

async fn pass_on(
    shared: &Shared,
    attempt: &Attempt<'_>,
    signal: &Signal,
    candidate: Subject,
) -> Result<Processed, Fault> {
    let (event, about, owner) =
        (attempt.record.message.event.as_str(), signal.about.to_string(), candidate.to_string());
    let part = signal.clone().part_of(candidate);
    let message = part.of_event(NAME, attempt.connection(), &["part", event, &about, &owner], attempt.now());
    shared.queue.send(&message.map_err(|error| Fault::Defect(error.to_string()))?).await?;
    Ok(Processed::done([]).with_reason("its candidate's turn comes"))
}

/// What is new may show late; what is gone and was never known needs nothing.
fn gone(attempt: &Attempt<'_>, signal: &Signal, why: &str) -> Result<Processed, Fault> {
    if matches!(signal.trigger, Trigger::Event { deleted: true, .. }) {
        return Ok(Processed::skipped(why, []));
    }
    match freshness(&signal.trigger, None::<&Shown>, None, attempt.waited()) {
        Freshness::Stale | Freshness::StaleButNews => Err(Fault::Stale),
        Freshness::Current => Ok(Processed::skipped(why, [])),
    }
}

fn malformed(signal: &Signal) -> Fault {
    Fault::Malformed(format!("the id of `{}` cannot be read", signal.about.kind))
}
