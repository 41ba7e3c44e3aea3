//! Compares a connection with its accounts: whether logins and rights work, whether HiBob knows the fields that the file
//! names, and which locations Recruit has.

use std::collections::BTreeSet;

use admin::{Context, Error, Verification};
use vendors::hibob::client::Hibob;
use vendors::hibob::fields;
use vendors::hibob::model::{FieldDescription, FieldId};
use vendors::hibob::openings::{self, OpeningFilter};
use vendors::hibob::positions::{self, PositionFilter};
use vendors::recruit::careers::{self, Feed};
use vendors::recruit::positions as recruit_positions;
use vendors::{Http, Page};

use super::context::{hibob, http, settings};
use crate::connection::Settings;

/// Looks at both accounts. Writes nothing.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a problem of the list.
pub(super) async fn verify(context: Context<'_>) -> Result<Verification, Error> {
    let settings = settings(&context)?;
    let http = http()?;
    let mut found = Verification::default();
    let hibob = hibob(&context, &settings, &http);
    look_at_fields(&mut found, &hibob, &settings).await;
    look_at_positions(&mut found, &hibob, &settings).await;
    let recruit = settings.recruit(&http, context.now);
    match recruit_positions::page(&recruit, None).await {
        Ok(page) => found.seen.push(format!("recruit: positions on the first page: {}", page.items.len())),
        Err(error) => tell(&mut found, error),
    }
    if let Some(feed) = &settings.careers {
        list_locations(&mut found, &http, feed).await;
    }
    Ok(found)
}

/// The uids that `position.location` may name.
async fn list_locations(found: &mut Verification, http: &Http, feed: &Feed) {
    match careers::locations(http, feed).await {
        Ok(locations) => {
            found.seen.extend(locations.iter().map(|it| format!("recruit: location {} is \"{}\"", it.uid, it.name)));
        }
        Err(error) => tell(found, error),
    }
}

/// HiBob's searches pass over fields that they do not know.
async fn look_at_fields(found: &mut Verification, hibob: &Hibob, settings: &Settings) {
    let pairs = [
        (fields::of_positions(hibob).await, settings.fields.of_positions.ids()),
        (fields::of_openings(hibob).await, settings.fields.of_openings.ids()),
    ];
    for (described, asked) in pairs {
        match described {
            Ok(described) => {
                found.seen.push(format!(
                    "hibob: {} fields described, {} asked for",
                    described.items.len(),
                    asked.len()
                ));
                found.problems.extend(unknown(&described, asked));
            }
            Err(error) => tell(found, error),
        }
    }
}

/// Fields that HiBob does not have.
pub(super) fn unknown(described: &Page<FieldDescription, FieldId>, asked: &[FieldId]) -> Vec<String> {
    let known: BTreeSet<&FieldId> = described.items.iter().map(|field| &field.id).collect();
    let is_unknown = |field: &&FieldId| !known.contains(field);
    asked.iter().filter(is_unknown).map(|field| format!("hibob: `{field}` is no field of this account")).collect()
}

async fn look_at_positions(found: &mut Verification, hibob: &Hibob, settings: &Settings) {
    match positions::search(hibob, &PositionFilter::All, &settings.fields.of_positions).await {
        Ok(page) => {
            found.seen.push(format!("hibob: positions: {}", page.items.len()));
            if !page.unreadable.is_empty() {
                found.problems.push(format!("hibob: {} positions cannot be read", page.unreadable.len()));
            }
        }
        Err(error) => tell(found, error),
    }
    match openings::page(hibob, &OpeningFilter::All, None, &settings.fields.of_openings).await {
        Ok(page) => found.seen.push(format!("hibob: openings on the first page: {}", page.items.len())),
        Err(error) => tell(found, error),
    }
}

fn tell(found: &mut Verification, error: vendors::Error) {
    found.problems.push(Error::from(error).to_string());
}
