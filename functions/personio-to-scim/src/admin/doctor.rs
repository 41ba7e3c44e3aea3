//! Looks at both accounts for `hrsync doctor`: logins, rights, and whether the accounts have what the file names. Cannot write.

use admin::{AccountCheck, Error, Finding, ReadingContext};
use mapping::personio_to_scim::NameOf;
use vendors::Right;
use vendors::personio::absences;
use vendors::personio::hr::Hr;
use vendors::personio::model::person::Person;
use vendors::personio::rights as personio;
use vendors::personio::{employments, persons};
use vendors::scim::model::ProviderConfig;
use vendors::scim::rights as scim;
use vendors::scim::{list, provider};

use super::context::{calling, settings};
use super::verify::{PERSONS, problems};
use crate::connection::Settings;
use crate::reader::read_name;
use crate::source::Source;

/// Looks at both accounts.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a finding.
pub(super) async fn doctor(context: ReadingContext<'_>) -> Result<Vec<Finding>, Error> {
    let settings = settings(&context)?;
    // both begin now: their clocks are compared with this moment
    let first = AccountCheck::begin("personio", personio::CREDENTIAL, context.now)?;
    let second = AccountCheck::begin("scim", scim::CREDENTIAL, context.now)?;
    let mut findings = look_at_personio(first, &context, &settings).await;
    findings.extend(look_at_partner(second, &context, &settings).await);
    Ok(findings)
}

async fn look_at_personio(mut check: AccountCheck, context: &ReadingContext<'_>, settings: &Settings) -> Vec<Finding> {
    let hr = calling(context, check.http()).personio(settings);
    let mut pages = persons::list(&hr, None);
    let page = check.right(personio::PERSONS, pages.next()).await.flatten();
    let persons: Vec<Person> = page.into_iter().flat_map(|page| page.items).take(PERSONS).collect();
    match persons.first() {
        Some(person) => look_at_employments(&mut check, &hr, settings, person).await,
        None => check.not_looked_at(personio::EMPLOYMENTS, "no person is shown"),
    }
    if let Some(rules) = &settings.rules.policies.leave.absences
        && let Some(types) = check.right(personio::ABSENCE_TYPES, absences::types(&hr)).await
    {
        let astray: Vec<String> = rules.compare(&types).iter().map(ToString::to_string).collect();
        let well = format!("the account has the absence types that are named, and {} in all", types.len());
        check.compared("policies.leave", well, &astray, "edit `policies.leave` in the file, then `hrsync apply`");
    }
    look_at_mapping(&mut check, &hr, context, settings, persons).await;
    check.end()
}

/// The rights to employments and to each name that the mapping takes from them.
async fn look_at_employments(check: &mut AccountCheck, hr: &Hr, settings: &Settings, person: &Person) {
    let Some(employments) = check.right(personio::EMPLOYMENTS, employments::list(hr, person.id)).await else { return };
    for thing in settings.rules.attributes.names_needed() {
        let right = right_of(thing);
        match employments.first() {
            Some(employment) => drop(check.right(right, read_name(hr, thing, employment)).await),
            None => check.unknown(right.opens, "not known: the first person has no employment", right.given),
        }
    }
}

fn right_of(thing: NameOf) -> Right {
    match thing {
        NameOf::Department | NameOf::Team => personio::ORG_UNITS,
        NameOf::Office => personio::WORKPLACES,
        NameOf::LegalEntity => personio::LEGAL_ENTITIES,
    }
}

/// Whether the first persons can be mapped, where they can be read.
async fn look_at_mapping(
    check: &mut AccountCheck,
    hr: &Hr,
    context: &ReadingContext<'_>,
    settings: &Settings,
    persons: Vec<Person>,
) {
    let reader = calling(context, check.http());
    let mut astray = Vec::new();
    let mut mapped = 0_usize;
    for person in persons {
        match reader.complete(hr, settings, person).await {
            Ok(Source::Found(record)) => {
                mapped += 1;
                astray.extend(problems(&record, settings, context.now));
            }
            Ok(Source::Unreadable(reasons)) => astray.extend(reasons),
            // its right has a line of its own
            Ok(Source::Gone) | Err(_) => {}
        }
    }
    if mapped > 0 || !astray.is_empty() {
        let well = format!("{mapped} persons were looked at, and each can be mapped");
        check.compared("mapping", well, &astray, "mend what the reason names, in the file or in Personio");
    } else {
        check.unknown("mapping", "not looked at: no person could be read whole", "mend that first, then look again");
    }
}

async fn look_at_partner(mut check: AccountCheck, context: &ReadingContext<'_>, settings: &Settings) -> Vec<Finding> {
    let partner = calling(context, check.http()).scim(settings);
    if check.right(scim::USERS, list::page(&partner, None)).await.is_some() {
        // some have no such page, and none of what it says is relied on
        let says = |can: Option<bool>| can.map_or("nothing", |can| if can { "yes" } else { "no" });
        if let Ok(ProviderConfig { patch, filter, .. }) = provider::read(&partner).await {
            check.ok("ServiceProviderConfig", format!("says of PATCH: {}, of filters: {}", says(patch), says(filter)));
        }
    }
    let only_a_write = "not known: whether the token may make and change users, only a write shows";
    check.unknown("writing", only_a_write, scim::USERS.given);
    check.end()
}
