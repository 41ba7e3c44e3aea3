//! What would become of one candidate, step by step. Reads what that takes as the pusher does, and cannot write.

use admin::{Error, ExplainedStep, Explanation, ReadingContext};
use vendors::oneflow::contracts;
use vendors::teamtailor::applications;
use vendors::teamtailor::model::CandidateId;

use super::budget::{creations, held};
use super::context::settings;
use super::desk::Desk;
use super::judge::judge;
use super::judged::{Asked, Judged};
use crate::link;
use crate::order::Order;

/// Explains the candidate with this id.
///
/// # Errors
/// Where it is no candidate's id; what the accounts refuse.
pub(super) async fn explain(context: ReadingContext<'_>, candidate: &str) -> Result<Explanation, Error> {
    let id: CandidateId =
        candidate.parse().map_err(|error| Error::Refused(format!("`{candidate}` is no candidate: {error}")))?;
    let settings = settings(&context)?;
    let desk = Desk::open(context, &settings).await?;
    let mut told = Explanation::default();
    for problem in &desk.catalog.mapped.problems {
        told.add("a field that takes no part", problem.to_string());
    }
    let Some(asked) = asked(&desk, &id).await? else {
        told.add("Teamtailor", "shows no such candidate: erased, or merged into another");
        return Ok(told);
    };
    let judged = judge(&desk, &id, asked, &mut told).await?;
    let mut creations = creations(&context, &settings).await?;
    if judged.is_empty() {
        told.add("then", "nothing is done");
    }
    for one in judged {
        let Judged { kind, what, value, .. } = held(one, creations.as_mut());
        told.steps.push(ExplainedStep { what: kind.word(), seen: what, value });
    }
    Ok(told)
}

/// The candidate's applications, and the contracts whose hidden field names them. `None`: there is no such candidate.
async fn asked(desk: &Desk<'_>, id: &CandidateId) -> Result<Option<Asked>, Error> {
    let reader = desk.reader(id);
    let Some(applications) = applications::of_candidate(&reader.teamtailor, id).await? else { return Ok(None) };
    let mut asked = Asked { orders: applications.into_iter().map(Order::Application).collect(), contracts: Vec::new() };
    let mut cursor = None;
    loop {
        let field = &desk.settings.candidate_field;
        let page = contracts::with_value(&reader.oneflow, field, id.as_str(), cursor.as_ref()).await?;
        for contract in &page.items {
            if desk.context.ledger.claimed_by(desk.context.name, &link::claim_of(contract.id)).await?.is_none() {
                asked.contracts.push((contract.id, contract.state_updated));
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(Some(asked));
        }
    }
}
