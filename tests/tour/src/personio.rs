//! Personio as more than one flow's tour meets it: its people's doors, its webhooks, what was answered to its deliveries.

use reqwest::Method;
use serde_json::{Value, json};

use crate::shown::{list, state};
use crate::stage::{Http, Seen};

/// The account.
pub(crate) const CLIENT: &str = "twin-client";

/// A door of the account's people, e.g. `absences`.
pub(crate) fn people(http: &Http<'_>, path: &str) -> String {
    http.twins(&format!("/personio/tenants/{CLIENT}/{path}"))
}

/// From now on Personio's webhooks get lost, or arrive again.
pub(crate) async fn lose_webhooks(http: &Http<'_>, lost: bool) -> anyhow::Result<()> {
    let url = http.twins(&format!("/_twin/personio/tenants/{CLIENT}/modes"));
    http.call(Method::PUT, &url, Some(json!({"lost": lost}))).await.map(drop)
}

/// What was answered to Personio's last delivery of this event.
pub(crate) async fn answered(http: &Http<'_>, event: &str, about: &str) -> Seen {
    let personio = state(http, "personio").await?;
    let deliveries = list(&personio, &format!("/deliveries/{CLIENT}"))?;
    let is_meant = |delivery: &&Value| {
        let body = delivery.get("body").and_then(Value::as_str).unwrap_or_default();
        delivery.get("event") == Some(&json!(event)) && body.contains(about)
    };
    let Some(delivery) = deliveries.iter().rev().find(is_meant) else { return Ok("not delivered".to_owned()) };
    let status = delivery.get("status").and_then(Value::as_u64);
    Ok(status.map_or_else(|| "no answer".to_owned(), |status| status.to_string()))
}

/// Has the console arrange a connection's webhook, as a user would, and Personio try it.
pub(crate) async fn register(http: &Http<'_>, connection: &str) -> Seen {
    http.hrsync(&["webhooks", "register", connection]).await?;
    http.hrsync(&["webhooks", "ping", connection]).await?;
    let personio = state(http, "personio").await?;
    let url = json!(http.endpoints.webhook(connection)?);
    let hooks = list(&personio, &format!("/webhooks/{CLIENT}"))?;
    let ours: Vec<_> = hooks.iter().filter(|hook| hook.get("url") == Some(&url)).collect();
    let statuses: Vec<_> = ours.iter().filter_map(|hook| hook.get("status")?.as_str()).collect();
    let events = ours.iter().filter_map(|hook| hook.get("enabled_events")?.as_array()).map(Vec::len).sum::<usize>();
    let ping = answered(http, "ping", "").await?;
    Ok(format!("{} webhook, {}, {events} events; the ping was answered {ping}", ours.len(), statuses.join(" and ")))
}
