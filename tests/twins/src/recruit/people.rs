//! What recruiters do in the product, in the same process. No caller's rule binds them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::locked;

use super::member::Members;
use super::opening::{Opening, Status};
use super::openings;
use super::positions;
use super::store::{Act, Books, Object, Origin};
use super::twin::Twin;

/// What a recruiter writes into an opening; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OpeningEdit {
    pub name: Option<String>,
    pub time_expected_hire: Option<String>,
    pub reason: Option<String>,
    pub status: Option<Status>,
    pub custom_fields: BTreeMap<String, Value>,
}

type Done<T = ()> = Result<T, String>;

impl Twin {
    /// A recruiter enters a position: its members beside `name`, also `is_template` and `is_published`. A template has no opening, every
    /// other one has one. Gives the uid.
    ///
    /// # Errors
    /// No such account.
    pub fn enter_position(&self, account: &str, name: &str, members: Members) -> Done<String> {
        self.by_hand(account, |books, now| {
            let usual = [("name", json!(name)), ("status", json!("open")), ("is_discreet", json!(false))];
            let mut all: Members = usual.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            all.extend(members);
            let is_template = all.get("is_template") == Some(&Value::Bool(true));
            let uid = positions::put(books, all, None, Origin::Hand, now);
            if !is_template {
                let opening = Opening { name: name.to_owned(), ..openings::blank(&uid, Origin::Hand, now) };
                openings::add(books, opening, now);
            }
            Ok(uid)
        })
    }

    /// A recruiter sets these members of a position.
    ///
    /// # Errors
    /// No such account or position.
    pub fn edit_position(&self, account: &str, uid: &str, members: Members) -> Done {
        self.by_hand(account, |books, now| {
            let changed = positions::change(books, uid, members, Origin::Hand, now);
            changed.map(drop).ok_or_else(|| no("position", uid))
        })
    }

    /// A recruiter deletes a position with its openings.
    ///
    /// # Errors
    /// No such account or position.
    pub fn delete_position(&self, account: &str, uid: &str) -> Done {
        self.by_hand(account, |books, now| {
            books.position(uid).ok_or_else(|| no("position", uid))?;
            let openings: Vec<_> = books.openings_of(uid).map(|opening| opening.uid.clone()).collect();
            for opening in openings {
                openings::take(books, &opening, Origin::Hand, now);
            }
            books.positions.retain(|position| position.uid != uid);
            books.remember(Object::Position, uid, Act::Deleted, Origin::Hand, now);
            Ok(())
        })
    }

    /// A recruiter adds an opening to a position. Gives its uid.
    ///
    /// # Errors
    /// No such account or position.
    pub fn add_opening(&self, account: &str, position: &str, edit: OpeningEdit) -> Done<String> {
        self.by_hand(account, |books, now| {
            books.position(position).ok_or_else(|| no("position", position))?;
            let mut opening = openings::blank(position, Origin::Hand, now);
            write(&mut opening, edit);
            Ok(openings::add(books, opening, now))
        })
    }

    /// A recruiter changes an opening.
    ///
    /// # Errors
    /// No such account or opening.
    pub fn edit_opening(&self, account: &str, uid: &str, edit: OpeningEdit) -> Done {
        self.touch(account, uid, |opening| write(opening, edit))
    }

    /// A candidate is hired into an opening.
    ///
    /// # Errors
    /// No such account or opening.
    pub fn hire(&self, account: &str, uid: &str, candidate: &str) -> Done {
        self.touch(account, uid, |opening| {
            (opening.status, opening.hired_candidate_uid) = (Status::Hired, Some(candidate.to_owned()));
        })
    }

    /// A recruiter deletes an opening.
    ///
    /// # Errors
    /// No such account or opening.
    pub fn delete_opening(&self, account: &str, uid: &str) -> Done {
        self.by_hand(account, |books, now| {
            let is_gone = openings::take(books, uid, Origin::Hand, now);
            is_gone.then_some(()).ok_or_else(|| no("opening", uid))
        })
    }

    fn touch(&self, account: &str, uid: &str, change: impl FnOnce(&mut Opening)) -> Done {
        self.by_hand(account, |books, now| {
            let opening = books.opening_mut(uid).ok_or_else(|| no("opening", uid))?;
            change(opening);
            (opening.changed_by, opening.updated) = (Origin::Hand, now);
            books.remember(Object::Opening, uid, Act::Changed, Origin::Hand, now);
            Ok(())
        })
    }

    fn by_hand<T>(&self, account: &str, act: impl FnOnce(&mut Books, Timestamp) -> Done<T>) -> Done<T> {
        let now = self.desk.clock().now();
        act(locked(&self.store).0.get_mut(account).ok_or_else(|| no("account", account))?, now)
    }
}

fn write(opening: &mut Opening, edit: OpeningEdit) {
    let OpeningEdit { name, time_expected_hire, reason, status, custom_fields } = edit;
    opening.name = name.unwrap_or_else(|| std::mem::take(&mut opening.name));
    opening.time_expected_hire = time_expected_hire.or_else(|| opening.time_expected_hire.take());
    opening.reason = reason.unwrap_or_else(|| std::mem::take(&mut opening.reason));
    opening.status = status.unwrap_or(opening.status);
    opening.custom_fields.extend(custom_fields);
}

fn no(what: &str, name: &str) -> String {
    format!("there is no {what} {name}")
}
