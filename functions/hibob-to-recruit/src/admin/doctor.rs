//! Looks at both accounts for `hrsync doctor`: logins, rights, and whether HiBob has the fields that the file names. Cannot write.

use admin::{AccountCheck, Error, Finding, ReadingContext};
use vendors::hibob::client::Hibob;
use vendors::hibob::openings::{self, OpeningFilter};
use vendors::hibob::positions::{self, PositionFilter};
use vendors::hibob::rights as hibob;
use vendors::hibob::{fields, people};
use vendors::recruit::careers::{self, Feed};
use vendors::recruit::client::Recruit;
use vendors::recruit::model::PositionUid;
use vendors::recruit::openings as recruit_openings;
use vendors::recruit::positions as recruit_positions;
use vendors::recruit::rights as recruit;

use super::context::{hibob as hibob_client, settings};
use super::verify::unknown;
use crate::connection::Settings;

const EDIT_FIELDS: &str = "edit the fields in the file, then `hrsync apply`";

/// Looks at both accounts.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a finding.
pub(super) async fn doctor(context: ReadingContext<'_>) -> Result<Vec<Finding>, Error> {
    let settings = settings(&context)?;
    // all begin now: their clocks are compared with this moment
    let first = AccountCheck::begin("hibob", hibob::CREDENTIAL, context.now)?;
    let second = AccountCheck::begin("recruit", recruit::CREDENTIAL, context.now)?;
    let third = AccountCheck::begin("recruit careers page", recruit::LOCATIONS.given, context.now)?;
    let mut findings = look_at_hibob(first, &context, &settings).await;
    findings.extend(look_at_recruit(second, &context, &settings).await);
    if let Some(feed) = &settings.careers {
        findings.extend(look_at_careers(third, feed).await);
    }
    Ok(findings)
}

async fn look_at_hibob(mut check: AccountCheck, context: &ReadingContext<'_>, settings: &Settings) -> Vec<Finding> {
    let account = hibob_client(context, settings, &check.http());
    look_at_fields(&mut check, &account, settings).await;
    let asked = &settings.fields.of_positions;
    if let Some(page) = check.right(hibob::POSITIONS, positions::search(&account, &PositionFilter::All, asked)).await {
        let unreadable: Vec<String> = page.unreadable.iter().map(|position| position.what.clone()).collect();
        let well = format!("{} can be read", page.items.len());
        check.compared("each position", well, &unreadable, "look at these positions in HiBob");
    }
    let asked = &settings.fields.of_openings;
    check.right(hibob::OPENINGS, openings::page(&account, &OpeningFilter::All, None, asked)).await;
    if settings.rules.position.reads_manager() {
        // whoever has no such id: the right is looked at before the filter
        match "1".parse() {
            Ok(anybody) => drop(check.right(hibob::PEOPLE, people::email(&account, &anybody)).await),
            Err(_) => check.not_looked_at(hibob::PEOPLE, "no employee can be asked for"),
        }
    }
    check.end()
}

/// HiBob's searches pass over fields that they do not know.
async fn look_at_fields(check: &mut AccountCheck, account: &Hibob, settings: &Settings) {
    let asked = settings.fields.of_positions.ids();
    if let Some(described) = check.right(hibob::FIELDS_OF_POSITIONS, fields::of_positions(account)).await {
        let well = format!("HiBob has all {} that the file reads", asked.len());
        check.compared("each field of positions", well, &unknown(&described, asked), EDIT_FIELDS);
    }
    let asked = settings.fields.of_openings.ids();
    if let Some(described) = check.right(hibob::FIELDS_OF_OPENINGS, fields::of_openings(account)).await {
        let well = format!("HiBob has all {} that the file reads", asked.len());
        check.compared("each field of openings", well, &unknown(&described, asked), EDIT_FIELDS);
    }
}

async fn look_at_recruit(mut check: AccountCheck, context: &ReadingContext<'_>, settings: &Settings) -> Vec<Finding> {
    let account = settings.recruit(&check.http(), context.now);
    let page = check.right(recruit::POSITIONS, recruit_positions::page(&account, None)).await;
    let first = page.and_then(|page| page.items.into_iter().next()).map(|position| position.uid);
    look_at_openings(&mut check, &account, settings, first.as_ref()).await;
    let only_a_write = "not known: whether the app may make positions and openings, only a write shows";
    check.unknown("writing", only_a_write, recruit::WRITING);
    check.end()
}

/// Public: it says nothing of the app's login.
async fn look_at_careers(mut check: AccountCheck, feed: &Feed) -> Vec<Finding> {
    let http = check.http();
    check.right(recruit::LOCATIONS, careers::locations(&http, feed)).await;
    check.end()
}

/// Only where the file names a call that lists openings.
async fn look_at_openings(
    check: &mut AccountCheck,
    account: &Recruit,
    settings: &Settings,
    first: Option<&PositionUid>,
) {
    if settings.ways.list_openings.is_none() {
        return;
    }
    match first {
        Some(position) => drop(check.right(recruit::OPENINGS, recruit_openings::of_position(account, position)).await),
        None => check.not_looked_at(recruit::OPENINGS, "no position is shown"),
    }
}
