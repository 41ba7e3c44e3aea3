//! What the console tells of the tour once all is over: the balance of the connection, and the history of one response.

use anyhow::Context as _;
use serde_json::Value;

use super::CONNECTION;
use crate::stage::{Http, Seen};

/// The words that are told where nothing is lost.
pub(super) const BALANCED: &str = "received = ended: true; in flight: 0; missing: 0";

/// `hrsync status`: what was received has ended. A line may reach the log a moment after its record has ended.
pub(super) async fn balance(http: &Http<'_>) -> Seen {
    let look = async || http.hrsync(&["status", CONNECTION]).await.and_then(|status| balanced(&status));
    http.until(look, |seen| seen == BALANCED).await
}

fn balanced(status: &Value) -> Seen {
    let connection = status.pointer("/connections/0").context("no connection is told of")?;
    let count =
        |name: &str| connection.get(name).and_then(Value::as_u64).with_context(|| format!("{name} is not told"));
    let ended = count("done")? + count("skipped")? + count("rejected")? + count("dead")?;
    let received = count("received")?;
    let (in_flight, missing) = (count("in_flight")?, count("missing")?);
    Ok(format!("received = ended: {}; in flight: {in_flight}; missing: {missing}", received > 0 && received == ended))
}

/// `hrsync history`: how the response came in, and how its first attempt ended.
pub(super) async fn history(http: &Http<'_>, response: &str) -> Seen {
    let history = http.hrsync(&["history", CONNECTION, "--object", response]).await?;
    let lines = history.get("lines").and_then(Value::as_array).context("no lines are told")?;
    let text = |line: &Value, name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let first = lines.iter().take(2).map(|line| format!("{} {}", text(line, "function"), text(line, "outcome")));
    let receipt = history.pointer("/receipts/0/settled").and_then(Value::as_str).unwrap_or("none");
    Ok(format!("{}; receipt: {receipt}", first.collect::<Vec<_>>().join(", ")))
}
