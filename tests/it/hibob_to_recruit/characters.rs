//! What both vendors are like where their documentation is silent: bundles of the twins' switches.

use twins::hibob::{
    self, ApprovalFires, ErrorForm as HibobError, EventKeys, FieldUpdates, IdForm, LastPage as HibobPage, Limits,
    ListForm, NextCursor, PingForm, Spelling, Times,
};
use twins::recruit::{self, CustomId, ErrorForm, LastPage, PositionStatus};

use crate::support::characters::Character;

pub(super) fn hibob(character: Character) -> hibob::Quirks {
    // an approval that no event and no field shows cannot be waited for
    let documented = hibob::Quirks { requests_visible: true, ..hibob::Quirks::default() };
    match character {
        Character::AsDocumented => documented,
        Character::AsReported => hibob::Quirks {
            search_lag_seconds: 5,
            approval_fires: ApprovalFires::Created,
            openings_follow: true,
            position_list: ListForm::Entries,
            opening_list: ListForm::Entries,
            next_cursor: NextCursor::Camel,
            last_page: HibobPage::EmptyMetadata,
            row_ids: IdForm::String,
            event_ids: IdForm::String,
            event_keys: EventKeys::Plain,
            field_updates: FieldUpdates::Strings,
            spelling: Spelling::Canceled,
            times: Times::Zulu,
            ping: PingForm::Quoted,
            ping_signed: true,
            limits: Some(Limits { search: 4, retry_after: true, ..Limits::default() }),
            ..documented
        },
        Character::AtItsWorst => hibob::Quirks {
            search_lag_seconds: 45,
            holder_needs_start: false,
            position_list: ListForm::NamedNested,
            opening_list: ListForm::Bare,
            last_page: HibobPage::NoMetadata,
            row_ids: IdForm::String,
            field_updates: FieldUpdates::Absent,
            error_form: HibobError::Empty,
            limits: Some(Limits { search: 3, ..Limits::default() }),
            ..documented
        },
    }
}

pub(super) fn recruit(character: Character) -> recruit::Quirks {
    let documented = recruit::Quirks { openings_api: true, ..recruit::Quirks::default() };
    match character {
        Character::AsDocumented => documented,
        Character::AsReported => recruit::Quirks {
            answers_openings: true,
            empty_openings_make_none: true,
            custom_id: CustomId::Kept,
            position_status: PositionStatus::Taken,
            last_page: LastPage::Null,
            error_form: ErrorForm::Text,
            page_cap: 1,
            ..documented
        },
        Character::AtItsWorst => recruit::Quirks {
            approval_mandatory: true,
            manager_required: true,
            custom_id: CustomId::Kept,
            error_form: ErrorForm::Errors,
            page_cap: 1,
            ..documented
        },
    }
}
