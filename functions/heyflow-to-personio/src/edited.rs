//! A submission that a person has mended before a retry.

use edge::Message;
use vendors::heyflow::model::Submission;

/// Whether the pusher can read the mended submission, and takes it for the same response.
///
/// # Errors
/// What is wrong with it, without a value of it.
pub(crate) fn check(before: &Message, after: &Message) -> Result<(), String> {
    let read = |message: &Message| Submission::read(message.body.get().as_bytes()).map_err(|error| error.to_string());
    let edited = read(after)?;
    match read(before) {
        Ok(stored) if (&stored.flow_id, &stored.response_id) != (&edited.flow_id, &edited.response_id) => {
            Err("the ids of flow and response must stay: they say which response it is".to_owned())
        }
        _ => Ok(()),
    }
}
