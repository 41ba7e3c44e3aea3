//! The call that writes a note on a candidate's card. It has no key: the same again is a second note.

use serde_json::json;

use super::client::{Teamtailor, document};
use super::document::{one, to};
use super::model::{CandidateId, NoteId, UserId};
use super::operations::CREATE_NOTE;
use super::refusal::unexplained;
use crate::json::id;
use crate::value::Personal;
use crate::{Error, Kind, Reason};

/// What came of writing a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// It stands on the card.
    Done(NoteId),
    /// Teamtailor refuses: there is no such user, for example.
    Refused(Vec<Reason>),
}

/// Writes a note in the name of a user.
///
/// # Errors
/// [`Kind::Gone`]: there is no such candidate (any more). [`Kind::Unexplained`] with a status of success: it was probably
/// written. Otherwise as for all calls.
pub async fn create(
    teamtailor: &Teamtailor,
    candidate: &CandidateId,
    user: &UserId,
    text: &Personal<String>,
) -> Result<Noted, Error> {
    let relationships = json!({"candidate": to("candidates", candidate), "user": to("users", user)});
    let data = json!({"type": "notes", "attributes": {"note": text}, "relationships": relationships});
    let answer = teamtailor.post(CREATE_NOTE, teamtailor.url("notes"), &json!({"data": data})).await?;
    match document(CREATE_NOTE, &answer) {
        Ok(document) => {
            let note = one(&document).and_then(|note| id(note.value, "id").ok());
            note.map(Noted::Done).ok_or_else(|| unexplained(CREATE_NOTE, &answer))
        }
        Err(Error { kind: Kind::Invalid(reasons) | Kind::Conflict(reasons), .. }) => Ok(Noted::Refused(reasons)),
        Err(error) => Err(error),
    }
}
