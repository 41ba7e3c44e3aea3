//! Which contracts would be made and sent for a candidate, with which fields, and why others would not.

use admin::{ChangeKind, Error, Explanation};
use vendors::oneflow::model::CustomId;
use vendors::teamtailor::model::Candidate;

use super::desk::Desk;
use super::judged::Judged;
use crate::blocker::Blocker;
use crate::connection::{Settings, StartRules};
use crate::link::{self, CandidateState};
use crate::make::{Prepared, Ready, Wanted, prepare};
use crate::order::Order;
use crate::reader::Reader;
use crate::start::{Counts, counts, unmade, unpublished};

/// Judges what asks for contracts.
///
/// # Errors
/// The vendors'.
pub(super) async fn judge_orders(
    desk: &Desk<'_>,
    reader: &Reader<'_>,
    person: &Candidate,
    state: &CandidateState,
    asked: Vec<Order>,
    told: &mut Explanation,
) -> Result<Vec<Judged>, Error> {
    let Some(rules) = desk.settings.start.as_ref().filter(|_| desk.settings.directions.to_oneflow) else {
        return Ok(Vec::new());
    };
    let mut judged = Vec::new();
    for order in unmade(state, asked) {
        let (origin, job) = match counts(reader, rules, &order).await? {
            Counts::Yes { origin, job } => (origin, job),
            Counts::No(why) => {
                told.add("starts no contract", format!("{order}: {why}"));
                continue;
            }
        };
        let wanted = Wanted { rules, order: &order, origin, job: job.as_ref() };
        let one = match prepare(reader, person, &desk.catalog, wanted).await? {
            Prepared::Blocked(blocker) => Judged::blocked(&blocker),
            Prepared::Carried(contract) => {
                Judged::new(ChangeKind::Adopted, format!("contract {contract}, which carries the key of {order}"))
            }
            Prepared::Ready(ready) => {
                // the budget counts candidates
                let takes = Some(link::candidate(&person.id));
                Judged { takes, ..to_be_made(desk.settings, rules, &order, &ready) }
            }
        };
        told.add("asks for a contract", format!("{order}: {}", one.what));
        judged.push(one);
    }
    for (order, contract) in unpublished(state, rules) {
        judged.push(match counts(reader, rules, &order).await? {
            Counts::Yes { .. } => Judged::new(ChangeKind::Changed, format!("contract {contract}: send it")),
            Counts::No(_) => Judged::blocked(&Blocker::stays_a_draft(&order, contract)),
        });
    }
    Ok(judged)
}

fn to_be_made(settings: &Settings, rules: &StartRules, order: &Order, ready: &Ready) -> Judged {
    let Ready { new, blockers, .. } = ready;
    let is_own = |field: &&CustomId| **field == settings.candidate_field || **field == settings.key_field;
    let fields: Vec<String> = new.data_fields.keys().filter(|field| !is_own(field)).map(ToString::to_string).collect();
    let fields = if fields.is_empty() { "no field".to_owned() } else { fields.join(", ") };
    let sent = if rules.invitation.is_some() { "; then it is sent" } else { "; it stays a draft" };
    let left_out = blockers.iter().flat_map(|blocker| &blocker.notice.reasons).map(|why| format!("; left out: {why}"));
    let left_out: String = left_out.collect();
    let what = format!(
        "a contract from template {} in workspace {} for {order}, with {fields} filled in{left_out}{sent}",
        new.template, new.workspace
    );
    let values = new.data_fields.iter().filter(|(field, _)| !is_own(field));
    let values = values.map(|(field, value)| (field.to_string(), value.reveal().clone()));
    Judged::new(ChangeKind::Created, what).with_values(values)
}
