//! How a person of this flow is found who is to be forgotten: links are of absences, and say whose each is by helloHQ's id
//! of the user.

use admin::{Error, Named, ReadingContext};
use ledger::{LinkNames, Traces};
use serde_json::Value;

use super::context::{only_reading, settings};
use crate::link::KIND;

/// How a user of helloHQ is named.
const USER: &str = "user";

/// What stands for the person: the one absence, or the user with all absences that were entered for them.
///
/// # Errors
/// Where file or secret cannot be used, or helloHQ's users cannot be read.
pub(super) async fn traces(context: ReadingContext<'_>, who: &str) -> Result<Traces, Error> {
    let named = Named::read(who, KIND)?;
    let mut traces = named.traces();
    match named {
        Named::Address(email) => {
            let settings = settings(&context)?;
            let hellohq = only_reading(&context)?.accounts(context.name, 0, &settings).hellohq;
            let users = hellohq.users().await?;
            let theirs = users.iter().filter(|user| {
                let addresses = [&user.work, &user.private];
                addresses.into_iter().flatten().any(|own| own.folded() == email.folded())
            });
            traces.words.extend(theirs.map(|user| format!("{USER}/{}", user.id)));
        }
        Named::Object(subject) if subject.kind == USER => {
            traces.words.insert(subject.to_string());
        }
        Named::Object(_) => {}
    }
    Ok(traces)
}

/// Whose the entries of a link are, those on their way among them.
pub(super) fn names_of(state: &Value) -> LinkNames {
    let mut names = LinkNames::default();
    collect(state, &mut names.words);
    names
}

fn collect(value: &Value, users: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| collect(value, users)),
        Value::Object(members) => {
            users.extend(members.get(USER).filter(|id| !id.is_object()).map(|id| format!("{USER}/{}", text(id))));
            members.values().for_each(|value| collect(value, users));
        }
        _ => {}
    }
}

fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_link_says_whose_its_entries_are() {
        let written = json!({"id": 501, "entry": {"kind": "Vacation", "user": 11}});
        let state = json!({"intent": {"sent": {"user": 12}}, "state": {"written": written, "removed": []}});
        let mut words = names_of(&state).words;
        words.sort();
        assert_eq!(words, ["user/11", "user/12"]);
        assert_eq!(names_of(&json!({"state": {}})), LinkNames::default());
    }
}
