//! Heyflow's characters as a sender: what a delivery looks like, and how often it comes.

use serde_json::json;
use twins::heyflow::{Basic, Hook, Method, Modes, Refusal};

use super::table::{Payload, Row, Way};
use crate::support::characters::Character;
use crate::support::house::SECRET;

/// The names that the connection's file gives to the header and the parameter.
pub(super) const HEADER: &str = "x-of-this-test";
pub(super) const PARAMETER: &str = "of-this-test";

/// A hook as the form's owner sets it up.
pub(super) fn hook(row: &Row, url: &str) -> Hook {
    let mut hook = Hook { extend: row.payload == Payload::Extended, ..Hook::to(url) };
    if row.sender == Character::AtItsWorst {
        hook.method = Method::Put;
    }
    match row.way {
        Way::Header => hook = hook.header(HEADER, SECRET),
        Way::Basic => hook.basic = Some(Basic { user: "heyflow".to_owned(), password: SECRET.to_owned() }),
        Way::Parameter => {
            hook.params.insert(PARAMETER.to_owned(), SECRET.to_owned());
        }
    }
    hook
}

pub(super) fn modes(row: &Row) -> Modes {
    match row.sender {
        Character::AsDocumented => Modes::default(),
        Character::AsReported => {
            let extra = json!({"referrer": "https://agency.example", "abTestId": 7});
            let extra = extra.as_object().cloned().unwrap_or_default();
            Modes { milliseconds: true, nested: true, separator: SEPARATOR.to_owned(), extra, ..Modes::default() }
        }
        Character::AtItsWorst => Modes {
            old_names: true,
            extend: Some(row.payload == Payload::Extended),
            arrays: true,
            deliveries: 2,
            ..Modes::default()
        },
    }
}

/// What joins several choices in the simple payload, as the connection's file is told.
pub(super) fn separator(row: &Row) -> &'static str {
    if row.sender == Character::AsReported { SEPARATOR } else { "," }
}

const SEPARATOR: &str = "|";

/// What a file's link answers where it is not public.
pub(super) fn refusal(row: &Row) -> Refusal {
    match row.sender {
        Character::AsDocumented => Refusal::Forbidden,
        Character::AsReported => Refusal::LoginPage,
        Character::AtItsWorst => Refusal::Unauthorized,
    }
}
