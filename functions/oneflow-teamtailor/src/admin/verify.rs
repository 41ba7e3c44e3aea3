//! Compares a connection with its accounts: whether logins and rights work, which fields take part, and whether contracts can be
//! made from the template.

use admin::{Context, Error, Verification};
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::{TemplateId, Workspace};
use vendors::oneflow::{ping, users, workspaces};
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::company;

use super::context::{http, settings};
use crate::catalog::{self, Catalog, TemplateFields};
use crate::connection::{Settings, StartRules};

/// Looks at both accounts. Writes nothing.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a problem of the list.
pub(super) async fn verify(context: Context<'_>) -> Result<Verification, Error> {
    let settings = settings(&context)?;
    let http = http()?;
    let (oneflow, teamtailor) = (settings.oneflow(&http), settings.teamtailor(&http));
    let mut found = Verification::default();
    look_at_oneflow(&mut found, &oneflow, &settings).await;
    look_at_teamtailor(&mut found, &teamtailor).await;
    match catalog::read(&teamtailor, &oneflow, &settings).await {
        Ok(catalog) => look_at_fields(&mut found, &catalog, &settings),
        Err(error) => tell(&mut found, error),
    }
    Ok(found)
}

async fn look_at_oneflow(found: &mut Verification, oneflow: &Oneflow, settings: &Settings) {
    if let Err(error) = ping::ping(oneflow).await {
        return tell(found, error);
    }
    match users::page(oneflow, None).await {
        Ok(page) => found.seen.push(format!("oneflow: users on the first page: {}", page.items.len())),
        Err(error) => tell(found, error),
    }
    if let Some(start) = &settings.start {
        look_at_workspaces(found, oneflow, start).await;
    }
}

async fn look_at_workspaces(found: &mut Verification, oneflow: &Oneflow, start: &StartRules) {
    match workspaces::page(oneflow, None).await {
        Ok(page) => judge_workspaces(found, &page.items, start),
        Err(error) => tell(found, error),
    }
}

/// Whether contracts can be made in the workspaces of `[start]`.
pub(super) fn judge_workspaces(found: &mut Verification, shown: &[Workspace], start: &StartRules) {
    for id in start.workspaces() {
        let Some(workspace) = shown.iter().find(|workspace| workspace.id == id) else {
            found.problems.push(format!("oneflow: the user does not see workspace {id} of `[start]`"));
            continue;
        };
        if workspace.may_create == Some(false) {
            found.problems.push(format!("oneflow: the user may make no contracts in workspace {id}"));
        }
        let dates = workspace.date_format.as_deref().unwrap_or("not told");
        found.seen.push(format!("oneflow: dates of workspace {id}: {dates}"));
    }
}

async fn look_at_teamtailor(found: &mut Verification, teamtailor: &Teamtailor) {
    match company::read(teamtailor).await {
        Ok(company) => found.seen.push(format!("teamtailor: company {}", company.id)),
        Err(error) => tell(found, error),
    }
}

fn look_at_fields(found: &mut Verification, catalog: &Catalog, settings: &Settings) {
    judge_fields(found, catalog, settings);
    for (id, fields) in &catalog.templates {
        judge_template(found, catalog, settings, (*id, fields));
    }
}

/// Which fields take part, and what keeps others from it.
pub(super) fn judge_fields(found: &mut Verification, catalog: &Catalog, settings: &Settings) {
    for field in &catalog.mapped.fields {
        found.seen.push(format!("field: {} is {} ({:?})", field.oneflow, field.name, field.direction));
    }
    found.problems.extend(catalog.mapped.problems.iter().map(ToString::to_string));
    if let Some(name) = settings.contracts.status_field.as_ref().filter(|_| catalog.status.is_none()) {
        found.problems.push(format!("teamtailor: `{name}` of `contracts.status_field` is no custom field"));
    }
}

/// Whether a template's contracts can be followed.
pub(super) fn judge_template(
    found: &mut Verification,
    catalog: &Catalog,
    settings: &Settings,
    (id, fields): (TemplateId, &TemplateFields),
) {
    if fields.is_empty() {
        let what =
            format!("oneflow: there is no template {id}, or it has no type, so its contracts have no data fields");
        return found.problems.push(what);
    }
    let lacking = [&settings.candidate_field, &settings.key_field].into_iter().filter(|it| !fields.contains_key(it));
    let lacking = lacking.map(|it| format!("oneflow: the type of template {id} lacks the data field `{it}`"));
    found.problems.extend(lacking);
    let absent = catalog.mapped.fields.iter().filter(|field| !fields.contains_key(&field.oneflow));
    found.seen.extend(absent.map(|field| format!("field: {} is not on template {id}", field.oneflow)));
}

fn tell(found: &mut Verification, error: vendors::Error) {
    found.problems.push(Error::from(error).to_string());
}
