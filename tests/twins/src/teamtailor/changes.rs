//! Changes of what is held, whoever makes them; each tells the webhooks.

use jiff::Timestamp;
use serde_json::Value;

use super::account::Stage;
use super::hooks;
use super::problem::Problem;
use super::store::{Application, Books, Candidate, FieldValue};

/// A candidate changes. What it tells does not depend on whether anything differs.
pub(super) fn candidate(books: &mut Books, id: u64, now: Timestamp, change: impl FnOnce(&mut Candidate)) {
    let Some(known) = books.candidates.iter_mut().find(|candidate| candidate.id == id) else { return };
    change(known);
    known.updated = now;
    let candidate = known.clone();
    hooks::candidate(books, "update", &candidate, now);
}

/// Another value for a field of a candidate; it is there once. Gives its id.
pub(super) fn set_value(books: &mut Books, candidate_id: u64, field: u64, value: Value, now: Timestamp) -> u64 {
    match books.value_of(candidate_id, field).map(|known| known.id) {
        Some(id) => {
            change_value(books, id, value, now);
            id
        }
        None => add_value(books, candidate_id, field, value, now),
    }
}

/// A value beside those that are there. Gives its id.
pub(super) fn add_value(books: &mut Books, candidate_id: u64, field: u64, value: Value, now: Timestamp) -> u64 {
    let id = books.next_id();
    books.values.push(FieldValue { id, candidate: candidate_id, field, value, updated: now });
    candidate(books, candidate_id, now, |_| {});
    id
}

/// A value that is there becomes another.
pub(super) fn change_value(books: &mut Books, id: u64, value: Value, now: Timestamp) {
    let Some(known) = books.values.iter_mut().find(|known| known.id == id) else { return };
    (known.value, known.updated) = (value, now);
    let owner = known.candidate;
    candidate(books, owner, now, |_| {});
}

/// An application goes to another stage of its job.
pub(super) fn move_to(books: &mut Books, id: u64, stage: u64, now: Timestamp) -> Result<(), Problem> {
    let job = books.account.stage(stage).map(|Stage { job, .. }| *job);
    let known = books.applications.iter_mut().find(|known| known.id == id).ok_or_else(Problem::unknown)?;
    if job != Some(known.job) {
        return Err(Problem::invalid("/data/relationships/stage", "is not a stage of the job"));
    }
    (known.stage, known.moved, known.updated) = (stage, now, now);
    let application = known.clone();
    hooks::application(books, "update", &application, now);
    Ok(())
}

/// An application is rejected.
pub(super) fn reject(books: &mut Books, id: u64, now: Timestamp) -> Result<(), Problem> {
    let known = books.applications.iter_mut().find(|known| known.id == id).ok_or_else(Problem::unknown)?;
    (known.rejected, known.updated) = (Some(now), now);
    let application = known.clone();
    hooks::application(books, "update", &application, now);
    Ok(())
}

/// A new candidate.
pub(super) fn add_candidate(books: &mut Books, candidate: Candidate, now: Timestamp) {
    books.candidates.push(candidate.clone());
    hooks::candidate(books, "create", &candidate, now);
}

/// A new application.
pub(super) fn add_application(books: &mut Books, application: Application, now: Timestamp) {
    books.applications.push(application.clone());
    hooks::application(books, "create", &application, now);
}

/// A candidate goes, with everything that is about it.
pub(super) fn remove_candidate(books: &mut Books, id: u64, now: Timestamp) -> Result<(), Problem> {
    let gone = books.candidate(id).cloned().ok_or_else(Problem::unknown)?;
    let applications: Vec<_> = books.applications.extract_if(.., |one| one.candidate == id).collect();
    books.candidates.retain(|one| one.id != id);
    books.values.retain(|one| one.candidate != id);
    books.uploads.retain(|one| one.candidate != id);
    books.notes.retain(|one| one.candidate != id);
    for application in applications {
        hooks::application(books, "destroy", &application, now);
    }
    hooks::candidate(books, "destroy", &gone, now);
    Ok(())
}

/// An application goes.
pub(super) fn remove_application(books: &mut Books, id: u64, now: Timestamp) -> Result<(), Problem> {
    let gone = books.application(id).cloned().ok_or_else(Problem::unknown)?;
    books.applications.retain(|one| one.id != id);
    hooks::application(books, "destroy", &gone, now);
    Ok(())
}
