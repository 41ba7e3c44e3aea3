//! Makes a contract. A creation cannot be repeated blindly, so an intent comes first, and the contract carries a key by which it
//! is found again.

use std::collections::BTreeMap;

use edge::verdict::Fault;
use ledger::Guarded;
use mapping::oneflow_teamtailor::{MappedField, Misfit, Person, read_teamtailor, write_oneflow};
use reconcile::Answered;
use reconcile::guard::{self, Effect};
use vendors::oneflow::drafts::{self, Created};
use vendors::oneflow::model::{ContractId, CustomId, NewContract, NewParticipant, NewParty};
use vendors::oneflow::operations::CREATE_CONTRACT;
use vendors::teamtailor::model::{Candidate, JobId};
use vendors::value::Personal;

use crate::blocker::Blocker;
use crate::carrier::carrier_of;
use crate::catalog::{Catalog, TemplateFields};
use crate::connection::{Origin, Settings, StartRules};
use crate::link::{CandidateLink, Digests, Sent, claim_of, digest};
use crate::order::Order;
use crate::plan::{content, misfit_of};
use crate::reader::Reader;
use crate::signers::{Signers, signers};
use crate::work::Work;

/// A contract that is to be made.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) rules: &'a StartRules,
    /// Who asks for it.
    pub(crate) order: &'a Order,
    /// What it is made from, and where.
    pub(crate) origin: Origin,
    /// The job that the application is for.
    pub(crate) job: Option<&'a JobId>,
}

/// What a contract is made with.
pub(crate) struct Ready {
    pub(crate) new: NewContract,
    /// The values that it begins with.
    pub(crate) same: Digests,
    /// The values that do not fit, and are left out.
    pub(crate) blockers: Vec<Blocker>,
}

/// Whether a contract can be made.
pub(crate) enum Prepared {
    /// It can, as far as the budget allows it.
    Ready(Box<Ready>),
    /// A contract carries its key: another connection has made it, or one of before.
    Carried(ContractId),
    /// This stands in the way.
    Blocked(Blocker),
}

/// Makes a contract, unless one carries its key.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn make(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    wanted: Wanted<'_>,
) -> Result<Vec<Blocker>, Fault> {
    let Wanted { rules, order, .. } = wanted;
    let key = order.subject().id.to_string();
    let ready = match prepare(work, candidate, catalog, wanted).await? {
        Prepared::Ready(ready) => ready,
        Prepared::Carried(contract) => {
            hold(work, link, &key, contract, Digests::new()).await?;
            return Ok(Vec::new());
        }
        Prepared::Blocked(blocker) => return Ok(vec![blocker]),
    };
    // a confirmation lets go who waits: candidates
    if guard::take(work.attempt, Effect::Create, rules.creations, link.subject()).await? == Guarded::Held {
        let attempt = work.attempt;
        return Ok(vec![Blocker::budget_used_up(attempt.connection(), attempt.today(), rules.creations)]);
    }
    create(work, link, order, *ready).await
}

/// Finds out whether a contract can be made, and with what. Writes nothing.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn prepare(
    reader: &Reader<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    wanted: Wanted<'_>,
) -> Result<Prepared, Fault> {
    let Wanted { rules, order, origin, job } = wanted;
    let person = match Person::of(candidate) {
        Ok(person) => person,
        Err(missing) => return Ok(Prepared::Blocked(Blocker::lacks(&candidate.id, order, &missing))),
    };
    let template = reader.template(catalog, origin.template).await?;
    let hidden = [&reader.settings.candidate_field, &reader.settings.key_field];
    if let Some(lacking) = hidden.into_iter().find(|hidden| !template.contains_key(hidden)) {
        return Ok(Prepared::Blocked(Blocker::template_lacks(origin.template, lacking)));
    }
    let Signers::These(own) = signers(reader, rules, job).await? else {
        return Ok(Prepared::Blocked(Blocker::no_signer(order)));
    };
    let key = order.subject().id.to_string();
    if let Some(contract) = carrier_of(reader, &key).await? {
        return Ok(Prepared::Carried(contract));
    }
    let Filled { mut texts, same, blockers } = filled(reader.settings, candidate, catalog, &template);
    texts.insert(reader.settings.candidate_field.clone(), Personal::new(candidate.id.to_string()));
    texts.insert(reader.settings.key_field.clone(), Personal::new(key));
    Ok(Prepared::Ready(Box::new(Ready { new: new_contract(origin, person, own, texts), same, blockers })))
}

async fn create(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    order: &Order,
    Ready { new, same, blockers }: Ready,
) -> Result<Vec<Blocker>, Fault> {
    let key = order.subject().id.to_string();
    link.intend(Sent::Contract { key: key.clone(), same: same.clone() }).await?;
    let answer = drafts::create(&work.oneflow, &new).await;
    let reasons = match link.answered(work.note(CREATE_CONTRACT, answer)).await? {
        Answered::Made(Created::Made(contract)) => {
            hold(work, link, &key, contract.id, same).await?;
            return Ok(blockers);
        }
        Answered::Made(Created::Refused(reasons)) => {
            link.save().await?;
            reasons.iter().map(ToString::to_string).collect()
        }
        Answered::Refused { reasons, .. } => reasons,
    };
    Ok(vec![Blocker::step_refused(order, "make", &reasons)])
}

/// What a contract begins with.
struct Filled {
    texts: BTreeMap<CustomId, Personal<String>>,
    same: Digests,
    blockers: Vec<Blocker>,
}

/// The candidate's values, as far as the template has fields for them. One that does not fit is left out and told.
fn filled(settings: &Settings, candidate: &Candidate, catalog: &Catalog, template: &TemplateFields) -> Filled {
    let mut filled = Filled { texts: BTreeMap::new(), same: Digests::new(), blockers: Vec::new() };
    let fields = catalog.mapped.fields.iter().filter(|field| field.direction.reaches_oneflow());
    for field in fields.filter(|field| template.contains_key(&field.oneflow)) {
        let options = catalog.options(field);
        let written = read_teamtailor(&content(candidate, field), field.kind, options).and_then(|value| {
            let text = write_oneflow(&value, field.kind, options, settings.fields.formats)?;
            Ok((text, value))
        });
        match written {
            Ok((_, value)) if value.is_empty() => {}
            Ok((text, value)) => {
                filled.same.insert(field.oneflow.clone(), digest(&value));
                filled.texts.insert(field.oneflow.clone(), text);
            }
            Err(misfit) => filled.blockers.push(left_out(field, misfit)),
        }
    }
    filled
}

fn left_out(field: &MappedField, misfit: Misfit) -> Blocker {
    Blocker::field(&misfit_of(field, "Teamtailor", misfit))
}

fn new_contract(
    origin: Origin,
    person: Person,
    own: Vec<NewParticipant>,
    data_fields: BTreeMap<CustomId, Personal<String>>,
) -> NewContract {
    let Person { name, email, phone } = person;
    let participant = NewParticipant { name, email, phone: Some(phone), is_signatory: true };
    NewContract {
        workspace: origin.workspace,
        template: origin.template,
        name: None,
        data_fields,
        parties: vec![NewParty { country: None, participant }],
        own,
    }
}

/// The contract is the candidate's from now on.
///
/// # Errors
/// [`Fault::Claimed`]; where the table fails.
pub(crate) async fn hold(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    key: &str,
    contract: ContractId,
    same: Digests,
) -> Result<(), Fault> {
    link.claim(claim_of(contract));
    let mut application = None;
    if let Some(start) = link.state_mut().start_mut(key) {
        start.contract = Some(contract);
        // an invitation that the file gets later is none for drafts of before
        start.is_published = work.settings.start.as_ref().is_none_or(|rules| rules.invitation.is_none());
        application = Order::of(&start.order).and_then(|order| order.application().cloned());
    }
    let memory = link.state_mut().contract_mut(contract);
    memory.same = same;
    memory.application = application;
    link.save().await
}
