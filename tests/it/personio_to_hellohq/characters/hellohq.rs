//! helloHQ's characters: lists, refusals and limits. What a setting answers is as the setting says, in every character.

use std::collections::BTreeMap;

use twins::hellohq::{Account, Limit, ListForm, OptionNames, ProblemForm, User};

use super::table::Row;
use crate::support::characters::Character;

pub(super) fn account(row: &Row) -> Account {
    let mut account = character(row.hellohq);
    account.option_names = if row.differs("query_options") { OptionNames::Dollar } else { OptionNames::Plain };
    account.refuses_overlaps = row.differs("replace");
    account.users = users(row, account.users, account.hides_deactivated);
    account
}

fn character(character: Character) -> Account {
    match character {
        Character::AsDocumented => Account {
            hides_deactivated: true,
            limit: Some(Limit { per_minute: 1000, retry_after: false }),
            ..Account::seed()
        },
        Character::AsReported => Account {
            list_form: ListForm::Data,
            problem_form: ProblemForm::Errors,
            empty_answers: true,
            read_lag_seconds: 5,
            limit: Some(Limit { per_minute: 3, retry_after: true }),
            ..Account::seed()
        },
        Character::AtItsWorst => Account {
            list_form: ListForm::Value,
            problem_form: ProblemForm::Text,
            page_cap: 8,
            read_lag_seconds: 30,
            limit: Some(Limit { per_minute: 4, retry_after: false }),
            ..Account::seed()
        },
    }
}

/// Whom persons are found as. Where users who have left are passed over, one of them has the same address; where they
/// are not, the first one has left himself.
fn users(row: &Row, mut users: BTreeMap<i32, User>, hides_deactivated: bool) -> BTreeMap<i32, User> {
    if row.differs("match_by") {
        users
            .values_mut()
            .for_each(|user| user.e_mail_private = user.e_mail_work.take().or(user.e_mail_private.take()));
    }
    if row.differs("skip_deactivated") {
        users.entry(11).and_modify(|user| user.is_deactivated = true);
    } else if !hides_deactivated {
        let left = User { is_deactivated: true, ..users[&11].clone() };
        users.insert(111, left);
    }
    users
}
