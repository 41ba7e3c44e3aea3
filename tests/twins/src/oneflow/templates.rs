//! Workspaces, templates and template types; and the one call that changes data fields, which replaces them all:
//! <https://developer.oneflow.com/docs/manage-template-type-data-fields>.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::{Account, NewField, Template, TemplateType, Workspace};
use super::lists::{self, Page};
use super::problem::Problem;
use super::twin::{Call, Twin};
use super::view;

/// When everything of an account's settings was made: nothing depends on that.
const MADE: Timestamp = Timestamp::constant(1_704_067_200, 0);
/// Template types number their data fields from here by the place.
const FIELDS: i64 = 600;

pub(super) async fn workspaces(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |work, call| {
        let shown = work.books.account.workspaces.iter().map(|one| workspace(one, call));
        paged(&uri, call, "workspaces", shown.collect())
    })
}

fn workspace(workspace: &Workspace, call: &Call) -> Value {
    json!({
        "_links": {"self": {"href": format!("{}/workspaces/{}", call.base, workspace.id)}},
        "_permissions": {"contract:create": call.caller.may_use(workspace.id)},
        "company_name": "Agentur GmbH",
        "country_code": "SE",
        "created_time": view::time(MADE),
        "date_format": workspace.date_format,
        "description": "",
        "id": workspace.id,
        "name": workspace.name,
        "registration_number": "",
        "updated_time": view::time(MADE),
    })
}

pub(super) async fn templates(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |work, call| {
        let account = &work.books.account;
        let shown = account.templates.iter().map(|one| template(one, account, call));
        paged(&uri, call, "templates", shown.collect())
    })
}

pub(super) async fn one_template(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let account = &work.books.account;
        let found = account.template(id).ok_or_else(Problem::unknown)?;
        Ok(Json(template(found, account, call)).into_response())
    })
}

fn template(template: &Template, account: &Account, call: &Call) -> Value {
    let kind = account.template_type(template.template_type_id).map(|kind| {
        json!({
            "created_time": view::time(MADE),
            "description": kind.description,
            "extension_type": kind.extension_type,
            "id": kind.id,
            "name": kind.name,
            "updated_time": view::time(MADE),
        })
    });
    json!({
        "_links": {"self": {"href": format!("{}/templates/{}", call.base, template.id)}},
        "created_time": view::time(MADE),
        "id": template.id,
        "name": template.name,
        "template_type": kind,
        "updated_time": view::time(MADE),
    })
}

pub(super) async fn types(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |work, call| {
        let shown = work.books.account.template_types.iter().map(|one| template_type(one, call));
        paged(&uri, call, "template_types", shown.collect())
    })
}

pub(super) async fn one_type(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let found = work.books.account.template_type(id).ok_or_else(Problem::unknown)?;
        Ok(Json(template_type(found, call)).into_response())
    })
}

fn template_type(kind: &TemplateType, call: &Call) -> Value {
    json!({
        "_links": {"self": {"href": format!("{}/template_types/{}", call.base, kind.id)}},
        "active": true,
        "created_time": view::time(MADE),
        "data_fields": kind.data_fields.iter().zip(FIELDS..).map(data_field).collect::<Vec<_>>(),
        "description": kind.description,
        "extension_type": kind.extension_type,
        "id": kind.id,
        "name": kind.name,
        "updated_time": view::time(MADE),
    })
}

/// Of a type, not of a contract: `custom_id` is at the top.
fn data_field((field, place): (&NewField, i64)) -> Value {
    json!({
        "active": true,
        "custom_id": field.custom_id,
        "description": field.description,
        "id": field.id.unwrap_or(place),
        "name": field.name,
        "placeholder": field.placeholder,
        "source": field.source,
        "value": field.value,
    })
}

/// The body of the PUT. What is not in it is deleted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    data_fields: Vec<Value>,
}

pub(super) async fn replace_fields(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    body: Bytes,
) -> Response {
    twin.serve(&headers, |work, call| {
        call.caller.administers()?;
        let Fields { data_fields } = serde_json::from_slice(&body).map_err(|error| Problem::body(error.to_string()))?;
        let fields = data_fields.into_iter().enumerate().map(|(place, sent)| read(place, sent));
        let fields: Vec<NewField> = fields.collect::<Result<_, _>>()?;
        let mut names = BTreeSet::new();
        if let Some(twice) = fields.iter().find(|field| !names.insert(field.custom_id.clone())) {
            return Err(Problem::parameter("data_fields", format!("{} is there twice.", twice.custom_id)));
        }
        let kinds = &mut work.books.account.template_types;
        let kind = kinds.iter_mut().find(|kind| kind.id == id).ok_or_else(Problem::unknown)?;
        kind.data_fields = fields;
        Ok(Json(template_type(kind, call)).into_response())
    })
}

/// What a type shows of a field is taken again.
fn read(place: usize, mut sent: Value) -> Result<NewField, Problem> {
    let path = format!("data_fields.{place}");
    if let Some(members) = sent.as_object_mut() {
        members.retain(|name, _| !["_links", "active"].contains(&name.as_str()));
    }
    let field: NewField = serde_json::from_value(sent).map_err(|error| Problem::parameter(&path, error.to_string()))?;
    if field.custom_id.is_empty() || field.name.is_empty() {
        return Err(Problem::parameter(path, "custom_id and name are required."));
    }
    Ok(field)
}

/// Those templates and their types that the caller may use in the workspace of the header; a bare list.
pub(super) async fn usable(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |work, call| {
        let workspace = headers.get("x-oneflow-workspace-id").and_then(|value| value.to_str().ok()?.parse().ok());
        let workspace: i64 = workspace.ok_or_else(|| Problem::parameter("x-oneflow-workspace-id", "Required."))?;
        let query = lists::query(uri.query());
        let asked = query.iter().find(|(name, _)| name == "template_type_id").map(|(_, value)| value.parse().ok());
        let account = &work.books.account;
        let usable = account.templates.iter().filter(|one| {
            one.workspaces.contains(&workspace) && asked.is_none_or(|kind| kind == Some(one.template_type_id))
        });
        let shown: Vec<_> =
            usable.filter(|_| call.caller.may_use(workspace)).map(|one| template(one, account, call)).collect();
        Ok(Json(shown).into_response())
    })
}

fn paged(uri: &Uri, call: &Call, name: &str, all: Vec<Value>) -> Result<Response, Problem> {
    let query = lists::query(uri.query());
    Ok(Page::read(&query, &[])?.of(&format!("{}/{name}", call.base), &query, all))
}
