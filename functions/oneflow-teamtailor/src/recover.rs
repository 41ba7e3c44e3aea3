//! What became of a step that got no answer: each leaves something by which it is found again.

use edge::verdict::Fault;
use reconcile::Recovered;
use vendors::oneflow::contracts::{self, ContractById};
use vendors::oneflow::model::{ContractId, ContractState};
use vendors::oneflow::operations::READ_CONTRACT;

use crate::carrier::carrier_of;
use crate::link::{CandidateLink, Digests, Sent};
use crate::make::hold;
use crate::pdf::is_attached;
use crate::work::Work;

/// Finds out what became of the open intent.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn recover(work: &Work<'_>, link: &mut CandidateLink<'_>) -> Result<Recovered<()>, Fault> {
    let Some(intent) = link.intent().cloned() else { return Ok(Recovered::NothingOpen) };
    work.needs_a_call()?;
    match intent.sent {
        Sent::Contract { key, same } => contract(work, link, &key, same).await,
        Sent::Publication(contract) => publication(work, link, contract).await,
        Sent::Pdf(contract) => pdf(work, link, contract).await,
    }
}

/// The contract carries our key.
async fn contract(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    key: &str,
    same: Digests,
) -> Result<Recovered<()>, Fault> {
    let Some(contract) = carrier_of(work, key).await? else {
        return Ok(link.not_found(work.settings.oneflow_visible_within));
    };
    let found = link.found(());
    hold(work, link, key, contract, same).await?;
    Ok(found)
}

/// A contract that was published is no draft any more.
async fn publication(work: &Work<'_>, link: &mut CandidateLink<'_>, id: ContractId) -> Result<Recovered<()>, Fault> {
    let read = work.note(READ_CONTRACT, contracts::read(&work.oneflow, id).await)?;
    // one that was just made may not show yet; one that was deleted is found gone when it is published
    if !matches!(&read, ContractById::There(contract) if contract.state != ContractState::Draft) {
        return Ok(link.not_found(work.settings.oneflow_visible_within));
    }
    if let Some(start) = link.state_mut().starts.iter_mut().find(|start| start.contract == Some(id)) {
        start.is_published = true;
    }
    let found = link.found(());
    link.save().await?;
    Ok(found)
}

/// The PDF bears the contract's id in its name.
async fn pdf(work: &Work<'_>, link: &mut CandidateLink<'_>, contract: ContractId) -> Result<Recovered<()>, Fault> {
    if !is_attached(work, contract).await? {
        return Ok(link.not_found(work.settings.teamtailor_visible_within));
    }
    link.state_mut().contract_mut(contract).has_pdf = true;
    let found = link.found(());
    link.save().await?;
    Ok(found)
}
