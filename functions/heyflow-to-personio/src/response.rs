//! The response that a message carries.

use edge::Message;
use edge::verdict::Fault;
use vendors::heyflow::model::Submission;

use crate::connection::Settings;

/// What stands in the way of a response whose flow the connection does not list.
pub(crate) const UNLISTED: &str =
    "its flow is not listed: add the flow id to `heyflow.flows` of the connection, or remove the hook";

/// Reads the response.
///
/// # Errors
/// A body that is no response, or a response of a flow that the connection does not list.
pub(crate) fn read(message: &Message, settings: &Settings) -> Result<Submission, Fault> {
    let body = message.body.get().as_bytes();
    let response = Submission::read(body).map_err(|error| Fault::Malformed(error.to_string()))?;
    if !settings.flows.contains(&response.flow_id) {
        return Err(Fault::Unlisted(UNLISTED.to_owned()));
    }
    Ok(response)
}
