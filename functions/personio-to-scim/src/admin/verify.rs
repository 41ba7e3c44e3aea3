//! Compares a connection with its accounts: whether logins and rights work, and whether every kind of reading call that
//! the flow will make is answered.

use admin::{Context, Error, Verification};
use jiff::Timestamp;
use vendors::personio::absences;
use vendors::personio::persons;
use vendors::scim::model::ProviderConfig;
use vendors::scim::{list, provider};

use super::context::{reader, settings};
use crate::Reader;
use crate::connection::Settings;
use crate::desired::decide;
use crate::source::{Record, Source};

/// How many persons are looked at.
pub(super) const PERSONS: usize = 3;

/// Looks at both accounts. Writes nothing.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a problem of the list.
pub(super) async fn verify(context: Context<'_>) -> Result<Verification, Error> {
    let settings = settings(&context)?;
    let reader = reader(&context)?;
    let mut found = Verification::default();
    look_at_personio(&mut found, &reader, &settings, &context).await;
    look_at_partner(&mut found, &reader, &settings).await;
    Ok(found)
}

async fn look_at_personio(found: &mut Verification, reader: &Reader, settings: &Settings, context: &Context<'_>) {
    let personio = reader.personio(settings);
    let page = match persons::list(&personio, None).next().await {
        Ok(Some(page)) => page,
        Ok(None) => return found.problems.push("personio: no person is listed".to_owned()),
        Err(error) => return tell(found, error),
    };
    let listed = page.items.len() + page.unreadable.len();
    found.seen.push(format!("personio: persons on the first page: {listed}"));
    for person in page.items.into_iter().take(PERSONS) {
        let id = person.id;
        match reader.complete(&personio, settings, person).await {
            Ok(Source::Found(record)) => match problems(&record, settings, context.now) {
                none if none.is_empty() => {
                    found.seen.push(format!("personio: person {id} and their employments can be read"));
                }
                problems => found.problems.extend(problems),
            },
            Ok(Source::Gone) => {}
            Ok(Source::Unreadable(reasons)) => {
                found.problems.push(format!("personio: person {id}: {}", reasons.join("; ")))
            }
            Err(error) => return tell(found, error),
        }
    }
    look_at_absence_types(found, reader, settings).await;
}

/// What keeps a person from being mapped.
pub(super) fn problems(record: &Record, settings: &Settings, now: Timestamp) -> Vec<String> {
    match decide(record, settings, now) {
        Ok(decided) => decided.desired.err().map(|blocker| blocker.notice.reasons).unwrap_or_default(),
        Err(fault) => vec![Error::from(fault).to_string()],
    }
}

async fn look_at_absence_types(found: &mut Verification, reader: &Reader, settings: &Settings) {
    let Some(absences) = &settings.rules.policies.leave.absences else { return };
    match absences::types(&reader.personio(settings)).await {
        Ok(types) => found.problems.extend(absences.compare(&types).iter().map(ToString::to_string)),
        Err(error) => tell(found, error),
    }
}

async fn look_at_partner(found: &mut Verification, reader: &Reader, settings: &Settings) {
    let scim = reader.scim(settings);
    match list::page(&scim, None).await {
        Ok(page) => {
            found.seen.push(format!("scim: users on the first page: {}", page.items.len() + page.unreadable.len()))
        }
        Err(error) => return tell(found, error),
    }
    // some have no such page, and none of what it says is relied on
    if let Ok(ProviderConfig { patch, filter, .. }) = provider::read(&scim).await {
        let says = |can: Option<bool>| can.map_or("nothing", |can| if can { "yes" } else { "no" });
        found.seen.push(format!("scim: says of PATCH: {}, of filters: {}", says(patch), says(filter)));
    }
}

fn tell(found: &mut Verification, error: vendors::Error) {
    found.problems.push(Error::from(error).to_string());
}
