//! Looks at both accounts for `hrsync doctor`: logins, rights, and whether fields, templates and workspaces of the file are
//! there. Cannot write.

use admin::{AccountCheck, Error, Finding, ReadingContext, Verification};
use mapping::oneflow_teamtailor::mapped;
use vendors::oneflow::rights as oneflow;
use vendors::oneflow::{contracts, ping, users, workspaces};
use vendors::teamtailor::rights as teamtailor;
use vendors::teamtailor::{applications, company, custom_fields};

use super::context::settings;
use super::verify::{judge_fields, judge_template, judge_workspaces};
use crate::catalog::{self, Catalog};
use crate::connection::Settings;

const COMPARE: &str = "`hrsync fields CONNECTION` compares fields, and adds missing ones with --add";

/// Looks at both accounts.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a finding.
pub(super) async fn doctor(context: ReadingContext<'_>) -> Result<Vec<Finding>, Error> {
    let settings = settings(&context)?;
    // both begin now: their clocks are compared with this moment
    let mut teamtailor = AccountCheck::begin("teamtailor", teamtailor::CREDENTIAL, context.now)?;
    let mut oneflow = AccountCheck::begin("oneflow", oneflow::CREDENTIAL, context.now)?;
    let catalog = look_at_teamtailor(&mut teamtailor, &settings).await;
    look_at_oneflow(&mut oneflow, &catalog, &settings).await;
    Ok(teamtailor.end().into_iter().chain(oneflow.end()).collect())
}

/// What the file's fields are, as far as Teamtailor shows it.
async fn look_at_teamtailor(check: &mut AccountCheck, settings: &Settings) -> Catalog {
    let account = settings.teamtailor(&check.http());
    check.right(teamtailor::COMPANY, company::read(&account)).await;
    check.right(teamtailor::APPLICATIONS, applications::newest(&account, None)).await;
    let mut catalog = Catalog::default();
    let all = custom_fields::all(&account, settings.between_teamtailor_calls());
    if let Some(fields) = check.right(teamtailor::CUSTOM_FIELDS, all).await {
        catalog.mapped = mapped(&settings.fields, &fields);
        catalog.status = catalog::status(settings, &fields);
        let mut found = Verification::default();
        judge_fields(&mut found, &catalog, settings);
        let well = format!("{} fields take part", catalog.mapped.fields.len());
        check.compared("fields", well, &found.problems, COMPARE);
    }
    let only_a_write = "not known: whether the key may write, only a write shows";
    check.unknown("writing", only_a_write, teamtailor::COMPANY.given);
    catalog
}

async fn look_at_oneflow(check: &mut AccountCheck, catalog: &Catalog, settings: &Settings) {
    let account = settings.oneflow(&check.http());
    check.right(oneflow::ACCOUNT, ping::ping(&account)).await;
    check.right(oneflow::USERS, users::page(&account, None)).await;
    check.right(oneflow::CONTRACTS, contracts::newest(&account, None)).await;
    let Some(start) = &settings.start else { return };
    if let Some(page) = check.right(oneflow::WORKSPACES, workspaces::page(&account, None)).await {
        let mut found = Verification::default();
        judge_workspaces(&mut found, &page.items, start);
        let well = format!("the user may make contracts in all {} of `[start]`", start.workspaces().len());
        check.compared("each workspace", well, &found.problems, oneflow::WORKSPACES.given);
    }
    for id in start.templates() {
        if let Some(fields) = check.right(oneflow::TEMPLATES, catalog::template(&account, id)).await {
            let mut found = Verification::default();
            judge_template(&mut found, catalog, settings, (id, &fields));
            let well = format!("its type has {} data fields, hrsync's own among them", fields.len());
            check.compared(&format!("template {id}"), well, &found.problems, COMPARE);
        }
    }
}
