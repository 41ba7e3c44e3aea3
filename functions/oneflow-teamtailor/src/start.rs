//! An application that reaches a stage of the connection's list starts a contract: it is made, and published where that is asked
//! for. Neither can be repeated blindly, so each is preceded by an intent, and what became of it is looked for.

use std::collections::BTreeMap;
use std::time::Duration;

use edge::verdict::Fault;
use ledger::{Guarded, Subject};
use mapping::oneflow_teamtailor::{MappedField, Person, read_teamtailor, write_oneflow};
use reconcile::guard::{self, Effect};
use reconcile::{Answered, Signal};
use vendors::oneflow::drafts::{self, Created, Published};
use vendors::oneflow::model::{Contract, ContractId, CustomId, NewContract, NewParticipant, NewParty};
use vendors::oneflow::operations::{CREATE_CONTRACT, PUBLISH_CONTRACT};
use vendors::teamtailor::applications::{self, ApplicationById};
use vendors::teamtailor::model::{Application, ApplicationId, Candidate};
use vendors::teamtailor::operations::READ_APPLICATION;
use vendors::value::Personal;

use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::connection::StartRules;
use crate::link::{APPLICATION, CandidateLink, Digests, Sent, Start, claim_of, digest};
use crate::plan::{content, misfit_of};
use crate::recover::carrier_of;
use crate::work::Work;

/// How long a contract rests that was made and does not show yet.
const REST: Duration = Duration::from_secs(10);

/// Makes and publishes what applications have started: the signal's, and those of earlier attempts.
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
    for application in asked_for(link, signal) {
        // one contract for an application, whatever the template is called meanwhile
        let key = application.to_string();
        let made = link.state().starts.iter().find(|start| start.key == key).and_then(|start| start.contract);
        if made.is_some() {
            continue;
        }
        if counts(work, rules, &application).await? {
            register(link, &key, &application);
            blockers.extend(create(work, link, (candidate, catalog), rules, (&application, key)).await?);
        } else {
            link.state_mut().starts.retain(|start| start.key != key);
        }
    }
    blockers.extend(publish(work, link, rules).await?);
    Ok(blockers)
}

/// The applications whose contracts may still have to be made.
fn asked_for(link: &CandidateLink<'_>, signal: &Signal) -> Vec<ApplicationId> {
    let unmade = link.state().starts.iter().filter(|start| start.contract.is_none());
    let mut asked_for: Vec<ApplicationId> = unmade.map(|start| start.application.clone()).collect();
    if signal.about.kind == APPLICATION
        && let Ok(application) = signal.about.id.as_str().parse::<ApplicationId>()
        && !asked_for.contains(&application)
    {
        asked_for.push(application);
    }
    asked_for
}

/// Whether the application stands where it starts a contract: it may have moved on since.
async fn counts(work: &Work<'_>, rules: &StartRules, id: &ApplicationId) -> Result<bool, Fault> {
    work.needs_a_call()?;
    let read = applications::read(&work.teamtailor, id).await;
    let ApplicationById::There(application) = work.note(READ_APPLICATION, read)? else { return Ok(false) };
    let Application { listed, stage, .. } = *application;
    let is_theirs = listed.candidate.as_ref() == Some(&work.candidate) && listed.rejected.is_none();
    let has_stage = stage.as_ref().is_some_and(|stage| rules.has_stage(stage));
    Ok(is_theirs && has_stage && rules.counts(listed.stage_changed.unwrap_or(listed.created)))
}

/// What is still to be made is tried again with each turn of the candidate.
fn register(link: &mut CandidateLink<'_>, key: &str, application: &ApplicationId) {
    if link.state_mut().start_mut(key).is_none() {
        let (key, application) = (key.to_owned(), application.clone());
        link.state_mut().starts.push(Start { key, application, contract: None, is_published: false });
    }
}

async fn create(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    (candidate, catalog): (&Candidate, &Catalog),
    rules: &StartRules,
    (application, key): (&ApplicationId, String),
) -> Result<Vec<Blocker>, Fault> {
    let person = match Person::of(candidate) {
        Ok(person) => person,
        Err(missing) => return Ok(vec![Blocker::lacks(&work.candidate, application, &missing)]),
    };
    let Some(template) = &catalog.template else {
        return Ok(vec![Blocker::template_lacks(rules.template, &work.settings.key_field)]);
    };
    for hidden in [&work.settings.candidate_field, &work.settings.key_field] {
        if !template.contains_key(hidden) {
            return Ok(vec![Blocker::template_lacks(rules.template, hidden)]);
        }
    }
    // another connection, or one of before, may have made it
    if let Some(contract) = carrier_of(work, &key).await? {
        hold(work, link, &key, contract, Digests::new()).await?;
        return Ok(Vec::new());
    }
    if is_budget_used_up(work, rules, &key).await? {
        let attempt = work.attempt;
        return Ok(vec![Blocker::budget_used_up(attempt.connection(), attempt.today(), rules.creations)]);
    }
    let filled = filled(work, candidate, catalog, template);
    let mut data_fields = filled.texts;
    data_fields.insert(work.settings.candidate_field.clone(), Personal::new(work.candidate.to_string()));
    data_fields.insert(work.settings.key_field.clone(), Personal::new(key.clone()));
    let new = new_contract(rules, person, data_fields);
    link.intend(Sent::Contract { key: key.clone(), same: filled.same.clone() }).await?;
    let answer = drafts::create(&work.oneflow, &new).await;
    let reasons = match link.answered(work.note(CREATE_CONTRACT, answer)).await? {
        Answered::Made(Created::Made(contract)) => {
            hold(work, link, &key, contract.id, filled.same).await?;
            return Ok(filled.blockers);
        }
        Answered::Made(Created::Refused(reasons)) => {
            link.save().await?;
            reasons.iter().map(ToString::to_string).collect()
        }
        Answered::Refused { reasons, .. } => reasons,
    };
    Ok(vec![Blocker::step_refused(application, "make", &reasons)])
}

async fn is_budget_used_up(work: &Work<'_>, rules: &StartRules, key: &str) -> Result<bool, Fault> {
    let about = Subject::new("start", key);
    // a budget of nothing cannot be taken from
    let most = rules.creations;
    Ok(most == 0 || guard::take(work.attempt, Effect::Create, most, &about).await? == Guarded::Held)
}

/// What a contract begins with.
struct Filled {
    texts: BTreeMap<CustomId, Personal<String>>,
    same: Digests,
    blockers: Vec<Blocker>,
}

/// The candidate's values, as far as the template has fields for them. One that does not fit is left out and told.
fn filled(work: &Work<'_>, candidate: &Candidate, catalog: &Catalog, template: &BTreeMap<CustomId, String>) -> Filled {
    let mut filled = Filled { texts: BTreeMap::new(), same: Digests::new(), blockers: Vec::new() };
    let fields = catalog.mapped.fields.iter().filter(|field| field.direction.reaches_oneflow());
    for field in fields.filter(|field| template.contains_key(&field.oneflow)) {
        let options = catalog.options(field);
        let written = read_teamtailor(&content(candidate, field), field.kind, options).and_then(|value| {
            let text = write_oneflow(&value, field.kind, options, work.settings.fields.formats)?;
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

fn left_out(field: &MappedField, misfit: mapping::oneflow_teamtailor::Misfit) -> Blocker {
    Blocker::field(&misfit_of(field, "Teamtailor", misfit))
}

fn new_contract(rules: &StartRules, person: Person, data_fields: BTreeMap<CustomId, Personal<String>>) -> NewContract {
    let Person { name, email, phone } = person;
    let participant = NewParticipant { name, email, phone: Some(phone), is_signatory: true };
    NewContract {
        workspace: rules.workspace,
        template: rules.template,
        name: None,
        data_fields,
        parties: vec![NewParty { country: None, participant }],
        own: rules.own.iter().cloned().collect(),
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
        application = Some(start.application.clone());
    }
    let memory = link.state_mut().contract_mut(contract);
    memory.same = same;
    memory.application = application;
    link.save().await
}

/// Sends out what was made, where the connection publishes: each contract once.
async fn publish(work: &Work<'_>, link: &mut CandidateLink<'_>, rules: &StartRules) -> Result<Vec<Blocker>, Fault> {
    let Some(invitation) = &rules.invitation else { return Ok(Vec::new()) };
    let made = link.state().starts.iter().filter(|start| !start.is_published);
    let made: Vec<(String, ApplicationId, ContractId)> =
        made.filter_map(|start| Some((start.key.clone(), start.application.clone(), start.contract?))).collect();
    let mut blockers = Vec::new();
    for (key, application, contract) in made {
        if !counts(work, rules, &application).await? {
            blockers.push(Blocker::stays_a_draft(&application, contract));
            continue;
        }
        work.needs_a_call()?;
        link.intend(Sent::Publication(contract)).await?;
        let answer = drafts::publish(&work.oneflow, contract, invitation).await;
        let reasons = match link.answered(work.note(PUBLISH_CONTRACT, answer)).await? {
            // in another state than a draft: an earlier attempt has published it, or a person
            Answered::Made(Published::Done | Published::NotInThisState(_)) => {
                if let Some(start) = link.state_mut().start_mut(&key) {
                    start.is_published = true;
                }
                link.save().await?;
                continue;
            }
            Answered::Made(Published::Gone) => {
                link.save().await?;
                if work.attempt.waited() < work.settings.oneflow_visible_within {
                    return Err(Fault::NotYetVisible { until: work.attempt.now() + REST });
                }
                if let Some(start) = link.state_mut().start_mut(&key) {
                    start.is_published = true;
                }
                vec!["it was deleted before it was sent".to_owned()]
            }
            Answered::Made(Published::Refused(reasons)) => {
                link.save().await?;
                reasons.iter().map(ToString::to_string).collect()
            }
            Answered::Refused { reasons, .. } => reasons,
        };
        blockers.push(Blocker::step_refused(&application, "publish", &reasons));
    }
    Ok(blockers)
}

/// Whether a contract carries hrsync's key, which no other value can be. A contract may show its fields without their names for
/// programs (met).
pub(crate) fn carries(contract: &Contract, field: &CustomId, key: &str) -> bool {
    let fields = contract.data_fields.as_deref().unwrap_or_default();
    fields.iter().any(|it| it.custom_id.as_ref().is_none_or(|id| id == field) && it.value.reveal() == key)
}
