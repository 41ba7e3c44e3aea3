//! Vendors that refuse, limit and bounce in their own ways.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use twins::Vendor as _;
use twins::faults::{Answer, Effect};
use twins::hibob::{ErrorForm, LastPage, ListForm, MissingRight, NextCursor, Right, SEED_COMPANY, SEED_SERVICE_USER};
use twins::recruit::{self, Limit, LimitForm, SEED_ACCOUNT, Visible};

use super::house::House;
use super::stage::{on, opening_cells, outcomes};

const QUARTER: Duration = Duration::from_secs(15 * 60);

fn may(house: &House, is_allowed: bool) {
    let changed = house.twins.hibob().adjust(SEED_COMPANY, |company| {
        let user = company.service_users.get_mut(SEED_SERVICE_USER).unwrap();
        match is_allowed {
            true => user.rights.insert(Right::ManagePositions),
            false => user.rights.remove(&Right::ManagePositions),
        };
    });
    assert!(changed);
}

#[tokio::test]
async fn a_missing_right_in_hibob_halts_is_named_and_ends() {
    let forms = [ErrorForm::KeyError, ErrorForm::ErrorMessage, ErrorForm::Message, ErrorForm::Errors, ErrorForm::Empty];
    let told = [(MissingRight::Unauthorized, ErrorForm::KeyError)];
    for (missing_right, error_form) in forms.map(|form| (MissingRight::Forbidden, form)).into_iter().chain(told) {
        let house = House::new().await;
        house.hibob(|quirks| (quirks.missing_right, quirks.error_form) = (missing_right, error_form));
        let made = house.position(1).await;
        may(&house, false);
        house.told_of_opening("created", made.opening_ids[0]).await;
        let before = house.twins.hibob().desk().calls().len();
        let records = house.take().await;
        assert_eq!(outcomes(&house.push(&records).await), ["halted"], "{missing_right:?} {error_form:?}");
        let again = house.take().await;
        assert_eq!(outcomes(&house.push(&again).await), ["halted"]);
        let calls = house.twins.hibob().desk().calls().len() - before;
        assert_eq!(calls, 1, "HiBob blocks who goes on asking");
        let mails = house.mails().await;
        assert!(mails.len() == 1 && mails[0].contains("Manage positions"), "{mails:?}");

        may(&house, true);
        house.pass(QUARTER);
        house.until_quiet().await;
        assert_eq!(house.held().len(), 2);
        let mails = house.mails().await;
        assert!(mails.len() == 1, "it goes on: {mails:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn a_missing_right_in_recruit_halts_is_named_and_ends() {
    let forms = [
        recruit::ErrorForm::Message,
        recruit::ErrorForm::Error,
        recruit::ErrorForm::Detail,
        recruit::ErrorForm::Errors,
        recruit::ErrorForm::Text,
    ];
    for form in forms {
        let house = House::new().await;
        house.quirks(|quirks| quirks.error_form = form);
        house.recruit(|account| {
            account.rights.remove(&recruit::Right::PositionsCreate);
        });
        let made = house.position(1).await;
        house.told_of_opening("created", made.opening_ids[0]).await;
        house.push(&house.take().await).await;
        let records = house.take().await;
        assert_eq!(outcomes(&house.push(&records).await), ["halted"], "{form:?}");
        assert_eq!(house.mails().await.len(), 1, "{form:?}");
        house.recruit(|account| {
            account.rights.insert(recruit::Right::PositionsCreate);
        });
        house.pass(QUARTER);
        house.until_quiet().await;
        assert_eq!(house.held().len(), 2, "{form:?}: made once");
        house.mails().await;
        house.close().await;
    }
}

/// Calls that Recruit refuses because they are too many are made later, and none is made twice.
#[tokio::test]
async fn limits_of_recruit_are_waited_for_however_they_are_told() {
    for (told, retry_after) in [(LimitForm::TooMany, true), (LimitForm::TooMany, false), (LimitForm::Bandwidth, false)]
    {
        let house = House::new().await;
        house.quirks(|quirks| quirks.limit = Some(Limit { per_minute: 2, told, retry_after }));
        for _ in 0..3 {
            house.entered(2).await;
        }
        assert_eq!(house.held().len(), 9, "{told:?} {retry_after}: {:?}", house.held());
        house.close().await;
    }
}

#[tokio::test]
async fn a_bounce_to_the_login_page_is_a_vendor_that_is_down() {
    let house = House::new().await;
    let headers = BTreeMap::from([("location".to_owned(), "/login".to_owned())]);
    let bounce = Effect::Status(Answer { status: 302, headers, body: Value::Null });
    house.twins.recruit().desk().set_faults(on("POST /positions/", bounce, 1));
    house.entered(1).await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    house.close().await;
}

/// An address of the settings that is none is never "no positions".
#[tokio::test]
async fn a_page_in_the_place_of_an_answer_halts() {
    let mut house = House::new().await;
    let url = format!("{}/recruit\"", house.twins.url());
    house.set(&url, &url.replace("/recruit", "/recruit/elsewhere")).await;
    let made = house.position(1).await;
    house.told_of_opening("created", made.opening_ids[0]).await;
    house.push(&house.take().await).await;
    for _ in 0..4 {
        let ended = house.push(&house.take().await).await;
        house.pass(ended.iter().filter_map(crate::support::lambda::rest).max().unwrap());
    }
    assert_eq!((house.held(), house.mails().await.len()), (Vec::<String>::new(), 1));
    let document = house.document();
    house.configure(&document).await;
    house.pass(QUARTER);
    house.until_quiet().await;
    assert_eq!(house.held().len(), 2);
    house.mails().await;
    house.close().await;
}

/// The app reads only what is published: what it made answers 404 from then on.
#[tokio::test]
async fn what_the_app_does_not_see_is_changed_and_cancelled_all_the_same() {
    let house = House::new().await;
    house.recruit(|account| account.visible = Visible::Published);
    let made = house.entered(1).await;
    house.office().add_opening(made.id, opening_cells()).await.unwrap();
    house.office().cancel_opening(made.opening_ids[0], false).await.unwrap();
    house.sweep_all().await;
    let held = house.held();
    assert!(held.len() == 3 && held[1].contains("Canceled") && held[2].contains("Open"), "{held:?}");
    assert_eq!(house.twins.recruit().positions(SEED_ACCOUNT).len(), 2);
    house.close().await;
}

#[tokio::test]
async fn every_page_of_openings_is_read_however_it_is_wrapped() {
    let house = House::unswept().await;
    // one page holds 200
    house.position(201).await;
    house.sweep_all().await;
    assert_eq!(house.held(), Vec::<String>::new(), "left, as the policy says");
    let forms = [
        (ListForm::Values, NextCursor::Snake, LastPage::Null),
        (ListForm::Entries, NextCursor::Camel, LastPage::EmptyMetadata),
        (ListForm::Named, NextCursor::Snake, LastPage::NoMetadata),
        (ListForm::NamedNested, NextCursor::Camel, LastPage::Null),
        (ListForm::Bare, NextCursor::Snake, LastPage::NoMetadata),
    ];
    for (number, (list, next_cursor, last_page)) in forms.into_iter().enumerate() {
        house.hibob(|quirks| {
            (quirks.position_list, quirks.opening_list) = (list, list);
            (quirks.next_cursor, quirks.last_page) = (next_cursor, last_page);
        });
        let made = house.position(1).await;
        house.told_of_position("created", made.id).await;
        house.until_quiet().await;
        house.schedule().await;
        house.until_quiet().await;
        assert_eq!(house.held().len(), 2 * (number + 1), "{list:?}: {:?}", house.held());
        house.sweep_all().await;
    }
    house.close().await;
}

/// A cursor that leads back to its own page shows no list to its end, so nothing on it counts as missing.
#[tokio::test]
async fn a_cursor_that_repeats_is_no_list() {
    let house = House::unswept().await;
    house.position(201).await;
    house.sweep_all().await;
    let made = house.entered(1).await;
    house.hibob(|quirks| quirks.repeats_cursor = true);
    house.office().delete(made.id).await.unwrap();
    let swept = [house.hour().await, house.hour().await].concat();
    assert!(swept.iter().any(|ended| ended.reason.contains("endless-list")), "{swept:?}");
    house.until_quiet().await;
    assert!(house.held()[1].contains("Open"), "{:?}", house.held());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("could not be read to their end"), "{mails:?}");
    house.close().await;
}
