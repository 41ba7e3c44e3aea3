//! Personio's characters: how the HR API shows absences, pages and persons, and how webhooks come.

use twins::personio::v2::{
    Ends, ErrorForm, FreeDays, HalfDayEnd, Halves, LastPage, Limits, MissingRight, Modes, NextLink, PayloadKey,
    PersonField, Quirks, WebhookAnswers,
};

use crate::support::characters::Character;

pub(super) fn quirks(character: Character) -> Quirks {
    match character {
        Character::AsDocumented => documented(),
        Character::AsReported => reported(),
        Character::AtItsWorst => worst(),
    }
}

fn documented() -> Quirks {
    Quirks { payload_key: PayloadKey::Hyphen, ..Quirks::default() }
}

/// What people who work with live accounts have told.
fn reported() -> Quirks {
    Quirks {
        half_day_end: HalfDayEnd::SameMidnight,
        halves: Halves::Null,
        milliseconds: true,
        next_link: NextLink::Relative,
        last_page: LastPage::Null,
        page_size_cap: Some(1),
        missing_right: MissingRight::Unauthorized,
        person_in_payload: true,
        unreadable: OTHERS_THAN_THE_ADDRESS.into(),
        webhook_answers: WebhookAnswers::Wrapped,
        limits: Limits::On,
        expires_in_counts_down: true,
        ..Quirks::default()
    }
}

/// The least comfortable way in everything that is left open.
fn worst() -> Quirks {
    Quirks {
        ends: Ends::Inclusive,
        half_day_end: HalfDayEnd::Noon,
        halves: Halves::Absent,
        zulu: true,
        next_link: NextLink::WrongPath,
        last_page: LastPage::NoLinks,
        page_size_cap: Some(1),
        cursor_seconds: Some(1),
        free_days: FreeDays::Zero,
        type_change_fires: true,
        read_lag_seconds: 20,
        webhook_answers: WebhookAnswers::WrappedPlainly,
        webhook_secrets_echoed: true,
        limits: Limits::On,
        token_limit: Some(1),
        errors: ErrorForm::Sparse,
        ..Quirks::default()
    }
}

/// What a credential for absences need not read of a person.
const OTHERS_THAN_THE_ADDRESS: [PersonField; 10] = [
    PersonField::FirstName,
    PersonField::LastName,
    PersonField::PreferredName,
    PersonField::Gender,
    PersonField::ProfilePicture,
    PersonField::Status,
    PersonField::CustomAttributes,
    PersonField::Employments,
    PersonField::CreatedAt,
    PersonField::UpdatedAt,
];

/// Personio delivers at least once.
pub(super) fn modes(character: Character) -> Modes {
    let deliveries = if character == Character::AtItsWorst { 2 } else { 1 };
    Modes { deliveries, ..Modes::default() }
}

/// The lines of the example that a connection to such an account needs, with what stands in their place.
pub(super) fn answers(character: Character) -> &'static [(&'static str, &'static str)] {
    const HALVES: (&str, &str) = ("unstated_halves = \"tell\"", "unstated_halves = \"half\"");
    match character {
        Character::AsDocumented => &[],
        Character::AsReported => &[HALVES],
        Character::AtItsWorst => &[HALVES, ("absence_end = \"exclusive\"", "absence_end = \"inclusive\"")],
    }
}
