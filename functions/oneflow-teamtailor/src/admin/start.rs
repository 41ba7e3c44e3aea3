//! `hrsync start`: a contract for one candidate, by hand. What would keep it from being made is said at once; it is made by the
//! pusher, in the candidate's turn.

use admin::{Context, Error, Start, Started};
use jiff::tz::TimeZone;
use ledger::{Fingerprint, Subject};
use mapping::oneflow_teamtailor::Person;
use reconcile::{Signal, Trigger};
use uuid::Uuid;
use vendors::teamtailor::candidates::{self, CandidateById};
use vendors::teamtailor::model::CandidateId;

use super::context::{http, settings};
use crate::catalog;
use crate::connection::{Origin, Settings};
use crate::link;
use crate::name::NAME;
use crate::order::{ByHand, Order};

/// Looks whether the contract can be made, and writes the order.
///
/// # Errors
/// What keeps the contract from being made.
pub(super) async fn start(context: Context<'_>, start: Start<'_>) -> Result<Started, Error> {
    let settings = settings(&context)?;
    let origin = origin(&settings, start)?;
    let candidate: CandidateId =
        start.object.parse().map_err(|error| refused(format!("`{}` is no candidate: {error}", start.object)))?;
    look_at_candidate(&settings, &candidate).await?;
    look_at_template(&settings, origin).await?;
    // a command whose answer was lost can be given again: it makes one contract of one day, unless another one is meant
    let day = context.now.to_zoned(TimeZone::UTC).date();
    let again = if start.again { Uuid::new_v4().to_string() } else { String::new() };
    let unique = Fingerprint::of(&format!("{candidate} {day} {again}")).to_string();
    let order = Order::ByHand(ByHand { unique, origin }).subject();
    let key = order.id.to_string();
    let message = signal(order, link::candidate(&candidate)).of_event(NAME, context.name, &[&key], context.now);
    let message = message.map_err(|error| refused(format!("the order cannot be written ({error})")))?;
    let what = format!("a contract from template {} in workspace {}", origin.template, origin.workspace);
    Ok(Started { what, key, message })
}

fn signal(order: Subject, candidate: Subject) -> Signal {
    Signal::new(order, Trigger::Event { deleted: false, occurred_at: None }).part_of(candidate)
}

fn origin(settings: &Settings, start: Start<'_>) -> Result<Origin, Error> {
    let rules = settings.start.as_ref().filter(|_| settings.directions.to_oneflow);
    let usual = rules.map(|rules| rules.usual).ok_or_else(|| {
        refused("the connection makes no contracts: its file needs `[start]`, and \"to-oneflow\" in `directions`")
    })?;
    let template =
        start.template.map(str::parse).transpose().map_err(|error| refused(format!("--template: {error}")))?;
    let workspace =
        start.workspace.map(str::parse).transpose().map_err(|error| refused(format!("--workspace: {error}")))?;
    Ok(Origin { template: template.unwrap_or(usual.template), workspace: workspace.unwrap_or(usual.workspace) })
}

async fn look_at_candidate(settings: &Settings, id: &CandidateId) -> Result<(), Error> {
    let CandidateById::There(candidate) = candidates::read(&settings.teamtailor(&http()?), id).await? else {
        return Err(refused(format!("Teamtailor has no candidate {id}")));
    };
    let missing = match Person::of(&candidate) {
        Ok(_) => return Ok(()),
        Err(missing) => missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
    };
    Err(refused(format!("candidate {id} has no {}: enter that in Teamtailor first", missing.join(", no "))))
}

async fn look_at_template(settings: &Settings, origin: Origin) -> Result<(), Error> {
    let fields = catalog::template(&settings.oneflow(&http()?), origin.template).await?;
    let hidden = [&settings.candidate_field, &settings.key_field].into_iter();
    let lacking: Vec<String> =
        hidden.filter(|field| !fields.contains_key(field)).map(|field| format!("`{field}`")).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(refused(format!(
        "there is no template {} in Oneflow, or its type lacks the data field {}, by which hrsync finds its contracts again",
        origin.template,
        lacking.join(" and ")
    )))
}

fn refused(what: impl Into<String>) -> Error {
    Error::Refused(what.into())
}
