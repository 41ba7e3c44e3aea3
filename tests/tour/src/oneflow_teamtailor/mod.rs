//! oneflow-teamtailor: somebody who applied gets an offer, which becomes a contract; a start date is entered in the contract, and all
//! sign, each told by a webhook; the console compares fields, previews, and starts a contract by hand; a wrong signature.

mod offer;

use serde_json::json;

use crate::shown::list;
use crate::stage::{Http, Seen, Stage};
use offer::Offer;

const CONNECTION: &str = "contracts";

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let offer = &Offer::new(&stage.http).await?;
    let expected = "200, Oneflow: Employment contract, pending, from Berlin; 1 mail to the candidate";
    stage
        .step("oneflow-teamtailor: somebody applies and gets an offer, told by webhook", expected, async |http| {
            offer.make(http).await
        })
        .await;
    let expected = "200, Teamtailor: starts 2026-06-01, 0 files";
    stage
        .step("a start date is entered in the contract, told by webhook", expected, async |http| {
            offer.enter_date(http, "2026-06-01").await?;
            offer.heard(http, expected).await
        })
        .await;
    let expected = "200, Teamtailor: starts 2026-06-01, 1 file";
    stage
        .step("all sign, told by webhook", expected, async |http| {
            offer.sign(http).await?;
            offer.heard(http, expected).await
        })
        .await;
    let expected = "fields missing: 0, problems: 0; to be done: nothing";
    stage
        .step("hrsync fields and hrsync preview find nothing to do", expected, async |http| looked_over(http).await)
        .await;
    let expected = "Oneflow: 2 contracts, 1 mail to the second candidate";
    stage
        .step("a second candidate gets a contract by hand, hrsync start", expected, async |http| {
            offer.start_by_hand(http, expected).await
        })
        .await;
    stage.step("a wrong signature", "401", async |http| intrude(http).await).await;
    let expected = "Oneflow: 2 contracts, by hrsync; mails: 0";
    stage.step("nothing else was caused", expected, async |http| offer.balance(http).await).await;
    Ok(())
}

/// What the console finds to be done.
async fn looked_over(http: &Http<'_>) -> Seen {
    let fields = http.hrsync(&["fields", CONNECTION]).await?;
    let [missing, problems] = ["/missing", "/problems"].map(|part| list(&fields, part).map(Vec::len));
    let preview = http.hrsync(&["preview", CONNECTION]).await?;
    let changes: Vec<_> = list(&preview, "/changes")?.iter().map(ToString::to_string).collect();
    let to_do = if changes.is_empty() { "nothing".to_owned() } else { changes.join(", ") };
    Ok(format!("fields missing: {}, problems: {}; to be done: {to_do}", missing?, problems?))
}

/// Somebody who does not know the key tells of a candidate.
async fn intrude(http: &Http<'_>) -> Seen {
    let event = json!({"event_name": "candidate.update", "data": {"id": "1", "type": "candidates", "attributes": {}}});
    let url = format!("{}/teamtailor", http.endpoints.webhook(CONNECTION)?);
    Ok(http.knock(&url, ("tt-signature", "MSxhYmM="), &event).await?.to_string())
}
