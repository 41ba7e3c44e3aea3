//! What is done about one response: receipt, map, plan, apply.
//!
//! A repeated attempt is harmless: the receipt knows a response that is settled, [`files`] remembers what is uploaded,
//! and [`create`] knows an application that an earlier attempt made.

use edge::Processed;
use edge::batch::Record;
use edge::notify::notify;
use edge::verdict::Fault;
use edge::worker::Worker;
use ledger::Receipt;
use mapping::heyflow_to_personio::apply;
use vendors::Http;
use vendors::personio::model::Application;
use vendors::personio::recruiting::Recruiting;

use crate::attempt::ResponseAttempt;
use crate::connection::Settings;
use crate::notice::notice;
use crate::plan::Plan;
use crate::{create, files, response};

/// Brings one response into Personio.
///
/// # Errors
/// Whatever keeps the response from being settled now; the verdict on it is edge's.
pub(crate) async fn process(
    worker: &Worker<Settings>,
    http: &Http,
    record: &Record<'_>,
    settings: &Settings,
) -> Result<Processed, Fault> {
    let event = record.message.identity();
    let receipt = worker.ledger.receipt(&event).await?;
    if let Receipt::Settled(settlement) = receipt {
        return Ok(Processed::settled_earlier(settlement));
    }

    let response = response::read(record.message, settings)?;
    let desired = apply(&settings.rules, &response, worker.clock.now())?;
    let plan = Plan { desired };
    tracing::debug!(connection = event.connection, event = event.id, "{plan}");
    for notice in &plan.desired.notices {
        tracing::info!(connection = event.connection, event = event.id, "{notice}");
    }
    for problem in plan.desired.left_out.iter().chain(&plan.desired.no_files) {
        tracing::info!(connection = event.connection, event = event.id, "left out: {problem}");
    }

    let personio = Recruiting::new(http.clone(), settings.account.clone());
    let ledger = &worker.ledger;
    let clock = &worker.clock;
    let attempt = ResponseAttempt { ledger, clock, record, event, receipt, settings, personio };
    let files = files::upload_all(&attempt, &plan.desired).await?;
    let notice = notice(&attempt, &files, &plan.desired);
    let application = Application { files: files.attached, ..plan.desired.application };
    let processed = create::create(&attempt, &application, notice.as_ref()).await?;
    if let Some(notice) = notice {
        notify(&worker.failures, &notice, worker.clock.now()).await;
    }
    Ok(processed)
}
