//! Makes and publishes the contracts that are asked for: by an application that reaches a stage of the connection's list, or by
//! a person.

use edge::verdict::Fault;
use reconcile::Signal;
use vendors::oneflow::model::ContractId;
use vendors::teamtailor::applications::{self, ApplicationById};
use vendors::teamtailor::model::{Application, ApplicationId, Candidate, JobId};
use vendors::teamtailor::operations::READ_APPLICATION;

use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::connection::{Origin, StartRules};
use crate::link::{CandidateLink, CandidateState, Start};
use crate::make::{Wanted, make};
use crate::order::Order;
use crate::publish::publish;
use crate::reader::Reader;
use crate::work::Work;

/// Makes and publishes what was asked for: by the signal, and in earlier attempts.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn start(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    signal: &Signal,
) -> Result<Vec<Blocker>, Fault> {
    let Some(rules) = work.settings.start.as_ref().filter(|_| work.settings.directions.to_oneflow) else {
        return Ok(Vec::new());
    };
    let mut blockers = Vec::new();
    for order in unmade(link.state(), Order::of(&signal.about)) {
        let Counts::Yes { origin, job } = counts(work, rules, &order).await? else {
            link.state_mut().starts.retain(|start| start.order != order.subject());
            continue;
        };
        register(link, &order);
        let wanted = Wanted { rules, order: &order, origin, job: job.as_ref() };
        blockers.extend(make(work, link, candidate, catalog, wanted).await?);
    }
    for (order, contract) in unpublished(link.state(), rules) {
        blockers.extend(match counts(work, rules, &order).await? {
            Counts::Yes { .. } => publish(work, link, rules, &order, contract).await?,
            Counts::No(_) => Some(Blocker::stays_a_draft(&order, contract)),
        });
    }
    Ok(blockers)
}

/// The orders whose contracts may still have to be made: one for each order, whatever the template is called meanwhile.
pub(crate) fn unmade(state: &CandidateState, asked: impl IntoIterator<Item = Order>) -> Vec<Order> {
    let starts = &state.starts;
    let kept = starts.iter().filter(|start| start.contract.is_none());
    let mut unmade: Vec<Order> = kept.filter_map(|start| Order::of(&start.order)).collect();
    unmade.extend(asked.into_iter().filter(|order| !starts.iter().any(|start| start.order == order.subject())));
    unmade
}

/// The contracts that were made and not sent. An invitation that a file lost since then sends none.
pub(crate) fn unpublished(state: &CandidateState, rules: &StartRules) -> Vec<(Order, ContractId)> {
    if rules.invitation.is_none() {
        return Vec::new();
    }
    let starts = state.starts.iter().filter(|start| !start.is_published);
    starts.filter_map(|start| Some((Order::of(&start.order)?, start.contract?))).collect()
}

/// Whether an order counts now.
pub(crate) enum Counts {
    /// It does: what its contract is made from, and the job that it is for.
    Yes { origin: Origin, job: Option<JobId> },
    /// It does not, and why.
    No(&'static str),
}

/// Whether an order counts: a person's does; an application has to stand where it starts a contract, and may have moved on.
///
/// # Errors
/// Teamtailor's; [`Fault::OutOfTime`].
pub(crate) async fn counts(reader: &Reader<'_>, rules: &StartRules, order: &Order) -> Result<Counts, Fault> {
    match order {
        Order::Application(id) => application(reader, rules, id).await,
        Order::ByHand(by_hand) => Ok(Counts::Yes { origin: by_hand.origin, job: None }),
    }
}

async fn application(reader: &Reader<'_>, rules: &StartRules, id: &ApplicationId) -> Result<Counts, Fault> {
    reader.needs_a_call()?;
    let read = applications::read(&reader.teamtailor, id).await;
    let ApplicationById::There(application) = reader.note(READ_APPLICATION, read)? else {
        return Ok(Counts::No("it is gone"));
    };
    let Application { listed, job } = *application;
    let came = listed.stage_changed.unwrap_or(listed.created);
    let Some(stage) = listed.stage.filter(|stage| rules.has_stage(stage)) else {
        return Ok(Counts::No("it stands in no stage that starts a contract"));
    };
    Ok(if listed.candidate.as_ref() != Some(&reader.candidate) {
        Counts::No("it is another candidate's")
    } else if listed.rejected.is_some() {
        Counts::No("it was rejected")
    } else if !rules.counts(came) {
        Counts::No("it came into its stage before `start.start_date`")
    } else {
        Counts::Yes { origin: rules.origin(job.as_ref(), &stage), job }
    })
}

/// What is still to be made is tried again with each turn of the candidate.
fn register(link: &mut CandidateLink<'_>, order: &Order) {
    let order = order.subject();
    if link.state_mut().start_mut(order.id.as_str()).is_none() {
        link.state_mut().starts.push(Start { order, contract: None, is_published: false });
    }
}
