//! What would become of one person, judged as the pusher judges; every step of the judgement can be told.

use admin::{Error, Explanation};
use mapping::personio_to_scim::{MappedAttributes, MappedChange};
use vendors::personio::model::employment::Employment;
use vendors::scim::model::{AttributeChange, AttributeValue};
use vendors::value::Personal;

use super::desk::Desk;
use super::search::{Found, search};
use crate::desired::{Decided, Desired, decide};
use crate::enter::adopted;
use crate::goal::{Content, Goal};
use crate::link::{Account, Origin};
use crate::plan::{Plan, Step};
use crate::source::{Record, Source};

/// What would become of a person.
pub(super) enum Judged {
    /// Personio shows no such person.
    Gone,
    /// These steps, which may be none, and why.
    Steps {
        plan: Plan,
        because: String,
        /// What the attributes are to hold that would be written.
        values: Option<Personal<String>>,
    },
    /// Something stands in the way.
    Refused(String),
}

/// Judges a person as Personio shows them. `told` gets what was found out.
pub(super) async fn judge(desk: &Desk<'_>, source: Source, told: &mut Explanation) -> Result<Judged, Error> {
    let record = match source {
        Source::Found(record) => record,
        Source::Gone => {
            told.add("Personio", "shows no such person");
            return Ok(Judged::Gone);
        }
        Source::Unreadable(reasons) => return Ok(Judged::Refused(reasons.join("; "))),
    };
    told.add("employments", employments(&record));
    let Decided { desired, due } = decide(&record, desk.settings, desk.context.now)?;
    let desired = match desired {
        Ok(desired) => desired,
        Err(blocker) => return Ok(Judged::Refused(blocker.notice.reasons.join("; "))),
    };
    let (goal, because) = aim(desk, desired).await?;
    told.add("wanted today", format!("{}: {because}", wanted(&goal)));
    if let Some(due) = due {
        told.add("something else is wanted from", due.to_string());
    }
    let state = desk.state(&record.person.id.to_string()).await?;
    told.add("account at hand", state.account.as_ref().map_or_else(|| "none".to_owned(), spelt));
    let plan = match search(desk, record.person.id, &state, &goal, told).await? {
        Found::Nobody => Plan::of(state.account.as_ref(), &goal),
        Found::User(user) => Plan::adopting(&adopted(&user), &goal),
        Found::InTheWay(why) => return Ok(Judged::Refused(why)),
    };
    let values = values(&plan, &goal);
    Ok(Judged::Steps { plan, because, values })
}

fn values(plan: &Plan, goal: &Goal) -> Option<Personal<String>> {
    let of_new: Vec<AttributeChange> = match goal {
        Goal::Active(content) if plan.0.contains(&Step::Create) => {
            content.for_creation().into_iter().map(AttributeChange::Set).collect()
        }
        _ => Vec::new(),
    };
    let of_changes = plan.0.iter().flat_map(|step| match step {
        Step::Change(changes) => changes.as_slice(),
        _ => &[],
    });
    let written: Vec<String> = of_new.iter().chain(of_changes).map(written).collect();
    (!written.is_empty()).then(|| Personal::new(written.join(", ")))
}

fn written(change: &AttributeChange) -> String {
    match change {
        AttributeChange::Set(value) => format!("{}: {}", value.attribute().name(), value.json()),
        AttributeChange::Remove(attribute) => format!("{}: none", attribute.name()),
    }
}

async fn aim(desk: &Desk<'_>, desired: Desired) -> Result<(Goal, String), Error> {
    let known_as = |mapped: Option<Box<MappedAttributes>>| mapped.map(|mapped| mapped.external_id);
    Ok(match desired {
        Desired::Active(mapped) => {
            let manager = manager(desk, &mapped).await?;
            (Goal::Active(Box::new(Content::of(*mapped, manager))), "an employment runs".to_owned())
        }
        Desired::Inactive { mapped, because } => (Goal::Inactive { known_as: known_as(mapped) }, because),
        Desired::Nothing { mapped, because } => (Goal::Nothing { known_as: known_as(mapped) }, because),
        Desired::AsItStands { because } => (Goal::AsItStands, because),
    })
}

async fn manager(desk: &Desk<'_>, mapped: &MappedAttributes) -> Result<Option<MappedChange>, Error> {
    let Some(manager) = mapped.manager else { return Ok(None) };
    let Some(person) = manager.person else { return Ok(None) };
    let account = desk.state(&person.to_string()).await?.account;
    let change = account.map(|account| AttributeChange::Set(AttributeValue::manager(&account.id)));
    Ok(change.map(|change| MappedChange { change, when: manager.when }))
}

fn wanted(goal: &Goal) -> &'static str {
    match goal {
        Goal::Active(_) => "an account that the person can use",
        Goal::Inactive { .. } => "no account that the person can use",
        Goal::Nothing { .. } => "no account",
        Goal::AsItStands => "what is there",
    }
}

/// Not by its id, which some partners make of an address.
fn spelt(account: &Account) -> String {
    let origin = match account.origin {
        Origin::Created => "made by hrsync",
        Origin::Adopted => "adopted",
    };
    let active = match account.active {
        Some(true) => "active",
        Some(false) => "inactive",
        None => "active or not: the partner did not say",
    };
    let sent: Vec<_> = account.sent.keys().map(|attribute| attribute.name()).collect();
    let sent = if sent.is_empty() { "nothing".to_owned() } else { sent.join(", ") };
    format!("{origin}, {active}; it was sent {sent}")
}

fn employments(record: &Record) -> String {
    let spelt: Vec<String> = record.employments.iter().map(employment).collect();
    if spelt.is_empty() { "none".to_owned() } else { spelt.join("; ") }
}

fn employment(employment: &Employment) -> String {
    let Employment { status, start, termination, .. } = employment;
    let start = start.map_or_else(|| "an unknown day".to_owned(), |day| day.to_string());
    let end = termination.as_ref().map(|termination| {
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "not told".to_owned(), |day| day.to_string());
        format!(", terminated: last day {}, last at work {}", day(termination.date), day(termination.last_working_day))
    });
    format!("{} from {start}{}", status.word(), end.unwrap_or_default())
}
