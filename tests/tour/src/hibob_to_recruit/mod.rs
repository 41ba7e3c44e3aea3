//! hibob-to-recruit: the webhook is registered; a position is approved and appears with one opening, the opening's date changes, and
//! the position is cancelled, each told by a webhook; a wrong signature.

mod planning;

use serde_json::json;

use crate::stage::{Http, Seen, Stage};
use planning::Planning;

const CONNECTION: &str = "openings";

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let planning = &Planning::new(&stage.http).await?;
    stage
        .step("hibob-to-recruit: the webhook is registered in HiBob", "the ping was answered 200", async |http| {
            planning.connect(http).await
        })
        .await;
    stage
        .step("hrsync sweep: nothing was approved before", "Recruit: nothing", async |http| {
            http.hrsync(&["sweep", CONNECTION]).await?;
            http.until_quiet().await?;
            Ok(format!("Recruit: {}", planning.held(http).await?))
        })
        .await;
    told(stage, planning).await;
    stage.step("a wrong signature", "401", async |http| intrude(http).await).await;
    let expected = "Recruit: 1 position, 1 opening, all by hrsync; mails: 0";
    stage.step("nothing else was caused", expected, async |http| planning.balance(http).await).await;
    Ok(())
}

async fn told(stage: &mut Stage<'_>, planning: &Planning) {
    let june = planning.spelt("Open", "2026-06-01");
    stage
        .step("a position is approved, told by webhook", &format!("200, Recruit: {june}"), async |http| {
            planning.approve(http).await?;
            planning.heard(http, &june).await
        })
        .await;
    let july = planning.spelt("Open", "2026-07-01");
    stage
        .step("its opening's date changes, told by webhook", &format!("200, Recruit: {july}"), async |http| {
            planning.move_date(http, "2026-07-01").await?;
            planning.heard(http, &july).await
        })
        .await;
    let cancelled = planning.spelt("Canceled", "2026-07-01");
    stage
        .step("the position is cancelled, told by webhook", &format!("200, Recruit: {cancelled}"), async |http| {
            planning.cancel(http).await?;
            planning.heard(http, &cancelled).await
        })
        .await;
}

/// Somebody who does not know the secret tells of a position.
async fn intrude(http: &Http<'_>) -> Seen {
    let event = json!({"companyId": 636_192, "type": "workforcePlanning.position.updated", "triggeredBy": "system",
        "triggeredAt": "2026-03-01T10:00:00.000000", "version": "v2", "data": {"positionId": 1}});
    let url = http.endpoints.webhook(CONNECTION)?;
    Ok(http.knock(url, ("bob-signature", "bm90IGEgc2lnbmF0dXJl"), &event).await?.to_string())
}
