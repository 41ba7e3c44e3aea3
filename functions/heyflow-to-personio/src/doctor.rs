//! Looks at what can be known of a connection without creating anything, for `hrsync doctor`. Cannot write.

use std::sync::Arc;

use admin::{Error, Finding, ReadingContext};
use edge::Message;
use edge::connections::LoadError;
use edge::verdict::Fault;
use mapping::heyflow_to_personio::unseen_inputs;
use vendors::heyflow::model::Submission;

use crate::connection::Settings;

/// How many stored responses are looked at: the newest.
const RESPONSES: usize = 20;

/// Looks at the file's inputs in responses that are stored as failures; no other response is kept.
///
/// # Errors
/// Where file or secret cannot be used, or the table fails.
pub(crate) async fn doctor(context: ReadingContext<'_>) -> Result<Vec<Finding>, Error> {
    let unusable = |lines| Error::from(Fault::Connection(Arc::new(LoadError::Unusable(lines))));
    let settings = Settings::read(context.document, context.secret, context.local).map_err(unusable)?;
    let responses = stored_responses(&context, &settings).await?;
    Ok(vec![login(), inputs(&settings, &responses)])
}

/// The Recruiting API has no call that reads.
fn login() -> Finding {
    Finding::warning(
        "personio: login",
        "not known: the Recruiting API has nothing to read, so the token shows with the first application",
        "send the form once; a refused token halts the connection, and the owner is told",
    )
}

fn inputs(settings: &Settings, responses: &[Submission]) -> Finding {
    const ABOUT: &str = "heyflow: inputs";
    if responses.is_empty() {
        let seen = "not known: no response of these forms is stored, as only failures are";
        return Finding::warning(ABOUT, seen, "send the form once with every input filled in");
    }
    let count = responses.len();
    let unseen = unseen_inputs(&settings.rules, responses);
    if unseen.is_empty() {
        return Finding::ok(ABOUT, format!("each was in one of the {count} stored responses"));
    }
    let seen = format!("in none of the {count} stored responses: {}", unseen.join(", "));
    Finding::warning(ABOUT, seen, "compare the names with Heyflow > flow, then edit `[application]` in the file")
}

async fn stored_responses(context: &ReadingContext<'_>, settings: &Settings) -> Result<Vec<Submission>, Error> {
    let mut responses = Vec::new();
    for stored in context.ledger.failures(Some(context.name)).await?.items.into_iter().take(RESPONSES) {
        let Some(record) = context.ledger.failure_record(context.name, &stored.failure.id).await? else { continue };
        responses.extend(record.failure.message.and_then(|message| response(message.reveal(), settings)));
    }
    Ok(responses)
}

/// `None`: it cannot be read, or is of a form that the connection does not take. Its failure says so.
fn response(message: &str, settings: &Settings) -> Option<Submission> {
    let message = Message::read(message).ok()?;
    let response = Submission::read(message.body.get().as_bytes()).ok()?;
    settings.flows.contains(&response.flow_id).then_some(response)
}
