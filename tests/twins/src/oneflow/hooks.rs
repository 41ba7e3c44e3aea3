//! Webhooks: their registration, <https://developer.oneflow.com/reference/create-a-webhook>.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::target;

use super::lists;
use super::problem::Problem;
use super::twin::{Twin, Work};
use super::webhook::{Filter, Webhook};

/// The body of POST and PUT.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    callback_url: String,
    #[serde(default)]
    sign_key: Option<String>,
    #[serde(default)]
    filters: Option<Vec<Filter>>,
    #[serde(default)]
    template_group_id: Option<i64>,
}

impl Settings {
    fn read(body: &[u8]) -> Result<Self, Problem> {
        let settings: Self = serde_json::from_slice(body).map_err(|error| Problem::body(error.to_string()))?;
        if !(1..=1000).contains(&settings.callback_url.len()) {
            return Err(Problem::parameter("callback_url", "Length must be between 1 and 1000."));
        }
        if let Some(wrong) = target::wrong(&settings.callback_url) {
            return Err(Problem::parameter("callback_url", wrong));
        }
        let rules = |filter: &Filter| {
            (1..=2).contains(&filter.filter_rules.len())
                && filter.filter_rules.iter().all(|rule| (1..=50).contains(&rule.values()))
        };
        if settings.filters.as_ref().is_some_and(|filters| !filters.iter().all(rules)) {
            return Err(Problem::parameter("filters", "A filter has one or two rules with 1 to 50 values."));
        }
        Ok(settings)
    }

    fn webhook(self, id: i64) -> Webhook {
        Webhook {
            id,
            callback_url: self.callback_url,
            sign_key: self.sign_key,
            filters: self.filters.unwrap_or_default(),
            template_group_id: self.template_group_id,
        }
    }
}

/// As a caller sees it; the sign key does not come back.
fn shown(webhook: &Webhook, base: &str) -> Value {
    json!({
        "_links": {"self": {"href": format!("{base}/webhooks/{}", webhook.id)}},
        "callback_url": webhook.callback_url,
        "filters": webhook.filters,
        "id": webhook.id,
        "integration_instance": null,
        "legacy_webhook": false,
        "template_group_id": webhook.template_group_id,
        "webhook_id": webhook.id,
    })
}

pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap) -> Response {
    twin.serve(&headers, |work, call| {
        let webhooks = work.books.webhooks.iter().map(|webhook| shown(webhook, &call.base));
        Ok(lists::whole(&format!("{}/webhooks", call.base), webhooks.collect()))
    })
}

pub(super) async fn one(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let found = work.books.webhooks.iter().find(|webhook| webhook.id == id).ok_or_else(Problem::unknown)?;
        Ok(Json(shown(found, &call.base)).into_response())
    })
}

pub(super) async fn create(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    twin.serve(&headers, |work, call| {
        call.caller.administers()?;
        let webhook = checked(&work, &body)?.webhook(work.ids.next());
        work.books.webhooks.push(webhook.clone());
        Ok(Json(shown(&webhook, &call.base)).into_response())
    })
}

pub(super) async fn replace(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    body: Bytes,
) -> Response {
    twin.serve(&headers, |work, call| {
        call.caller.administers()?;
        let settings = checked(&work, &body)?;
        let known = work.books.webhooks.iter_mut().find(|webhook| webhook.id == id).ok_or_else(Problem::unknown)?;
        *known = settings.webhook(id);
        Ok(Json(shown(known, &call.base)).into_response())
    })
}

pub(super) async fn remove(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        call.caller.administers()?;
        let before = work.books.webhooks.len();
        work.books.webhooks.retain(|webhook| webhook.id != id);
        if work.books.webhooks.len() == before { Err(Problem::unknown()) } else { Ok(Json(json!({})).into_response()) }
    })
}

fn checked(work: &Work<'_>, body: &[u8]) -> Result<Settings, Problem> {
    let settings = Settings::read(body)?;
    match settings.template_group_id {
        Some(id) if work.books.account.template_type(id).is_none() => Err(Problem::unknown()),
        _ => Ok(settings),
    }
}
