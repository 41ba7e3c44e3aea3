//! What people do in Teamtailor: candidates apply, recruiters move, edit and remove them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::changes;
use super::store::{Application, Books, Candidate};
use super::values;

/// Members of a candidate. With an application all that are left out are empty; with an edit they stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Edit {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Edit {
    fn over(self, known: &mut Candidate) {
        let members = [
            (self.first_name, &mut known.first_name),
            (self.last_name, &mut known.last_name),
            (self.email, &mut known.email),
            (self.phone, &mut known.phone),
        ];
        for (new, member) in members {
            if let Some(new) = new {
                *member = new;
            }
        }
    }
}

/// Who applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Applied {
    pub candidate: u64,
    pub application: u64,
}

/// Somebody applies for a job. Whoever is known by e-mail address applies as the candidate that is there.
pub(super) fn apply(books: &mut Books, job: u64, who: Edit, now: Timestamp) -> Result<Applied, String> {
    let first = books.account.stages.iter().find(|stage| stage.job == job);
    let stage = first.ok_or("there is no such job, or it has no stage")?.id;
    let email = who.email.clone().filter(|email| !email.is_empty()).ok_or("whoever applies has an e-mail address")?;
    let known = books.candidates.iter().find(|candidate| candidate.email.eq_ignore_ascii_case(&email));
    let candidate = match known.map(|candidate| candidate.id) {
        Some(id) => id,
        None => add(books, who, now),
    };
    let id = books.next_id();
    let application = Application { id, candidate, job, stage, rejected: None, moved: now, created: now, updated: now };
    changes::add_application(books, application, now);
    Ok(Applied { candidate, application: id })
}

fn add(books: &mut Books, who: Edit, now: Timestamp) -> u64 {
    let id = books.next_id();
    let mut candidate = Candidate {
        id,
        first_name: String::new(),
        last_name: String::new(),
        email: String::new(),
        phone: String::new(),
        linkedin_url: String::new(),
        pitch: String::new(),
        tags: Vec::new(),
        created: now,
        updated: now,
    };
    who.over(&mut candidate);
    changes::add_candidate(books, candidate, now);
    id
}

/// A recruiter edits a candidate.
pub(super) fn edit(books: &mut Books, candidate: u64, edit: Edit, now: Timestamp) -> Result<(), String> {
    books.candidate(candidate).ok_or("there is no such candidate")?;
    if let Some(email) = &edit.email
        && books.candidates.iter().any(|one| one.id != candidate && one.email.eq_ignore_ascii_case(email))
    {
        return Err("another candidate has this e-mail address".to_owned());
    }
    changes::candidate(books, candidate, now, |known| edit.over(known));
    Ok(())
}

/// A recruiter fills a custom field in; a select with a list of labels. Null clears it.
pub(super) fn fill(
    books: &mut Books,
    candidate: u64,
    api_name: &str,
    picked: &Value,
    now: Timestamp,
) -> Result<(), String> {
    books.candidate(candidate).ok_or("there is no such candidate")?;
    let field = books.account.field_called(api_name).ok_or("there is no such custom field")?.clone();
    let value = match picked {
        Value::Null => Value::Null,
        _ => {
            let chosen = values::chosen(&field, picked).ok_or("the field has no such option")?;
            values::taken(&field, &chosen, &books.account).map_err(|problem| problem.told())?
        }
    };
    changes::set_value(books, candidate, field.id, value, now);
    Ok(())
}
