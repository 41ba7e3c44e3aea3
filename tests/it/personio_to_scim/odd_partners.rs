//! Partners that keep to the standard in their own way.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use twins::Vendor as _;
use twins::personio::v2::{PersonEdit, Termination};
use twins::scim::{Deactivation, ErrorForm, Limit, Maintenance, PatchDialect, PostTaken};

use super::house::{House, outcomes};

/// Dora is hired, renamed and leaves; how each ended.
async fn life(house: &House) -> Vec<&'static str> {
    let dora = house.hire("dora@agency.example", -100).await;
    house.told("person.created", dora).await;
    let mut ended = outcomes(&house.until_quiet().await);
    house.pass(Duration::from_secs(60));
    house
        .staff()
        .edit(dora, PersonEdit { last_name: Some("Klein".to_owned()), ..PersonEdit::default() })
        .await
        .unwrap();
    house.told("person.updated", dora).await;
    ended.extend(outcomes(&house.until_quiet().await));
    house.pass(Duration::from_secs(60));
    house.staff().terminate(dora, Termination::on(house.day(-1))).await.unwrap();
    house.told("employment.updated", dora).await;
    ended.extend(outcomes(&house.until_quiet().await));
    ended
}

#[tokio::test]
async fn a_filter_that_is_ignored_finds_nobody_else() {
    let house = House::new().await;
    house.partner(|account| account.filter_ignored = true);
    assert_eq!(life(&house).await, ["done", "done", "done"]);
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    assert!(house.user("admin@partner.example").is_active());
    house.close().await;
}

#[tokio::test]
async fn without_patch_everything_goes_by_put_and_that_is_remembered() {
    let mut house = House::new().await;
    house.partner(|account| {
        account.no_patch = true;
        account.says_patch = Some(true);
    });
    assert_eq!(life(&house).await, ["done", "done", "done"]);
    let user = house.user("dora@agency.example");
    assert!(!user.is_active());
    assert_eq!((user.text("/name/familyName"), user.text("/title")), (Some("Klein"), Some("Designer")));
    let patches =
        |house: &House| house.twins.scim().desk().calls().iter().filter(|call| call.method == "PATCH").count();
    let tried = patches(&house);
    house.cold();
    house.pass(Duration::from_secs(60));
    let dora = user.external_id().unwrap().parse().unwrap();
    house
        .staff()
        .rehire(
            dora,
            twins::personio::v2::Terms { department: Some(501), ..twins::personio::v2::Terms::from(house.day(0)) },
        )
        .await
        .unwrap();
    house.told("employment.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    assert_eq!(patches(&house), tried, "the link has kept what was learned");
    house.close().await;
}

#[tokio::test]
async fn an_unknown_path_refuses_the_whole_and_keeps_nobody_active() {
    let house = House::new().await;
    house.partner(|account| account.patch_knows_few = true);
    let dora = house.hire("dora@agency.example", -100).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    house.pass(Duration::from_secs(60));
    house
        .staff()
        .edit(dora, PersonEdit { last_name: Some("Klein".to_owned()), ..PersonEdit::default() })
        .await
        .unwrap();
    house
        .staff()
        .change_terms(dora, |terms| {
            terms.position = Some("Lead".to_owned());
            Ok(())
        })
        .await
        .unwrap();
    house.told("person.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    let user = house.user("dora@agency.example");
    assert_eq!((user.text("/name/familyName"), user.text("/title")), (Some("Klein"), Some("Designer")));
    let mails = house.mails().await;
    assert_eq!(mails.len(), 2, "{mails:?}");
    for refused in ["`title`", "`displayName`"] {
        assert!(mails.iter().any(|mail| mail.contains(refused)), "{refused}: {mails:?}");
    }
    house.pass(Duration::from_secs(60));
    house.staff().terminate(dora, Termination::on(house.day(-1))).await.unwrap();
    house.told("employment.updated", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    house.close().await;
}

#[tokio::test]
async fn a_deactivation_that_is_only_answered_is_told() {
    let house = House::new().await;
    house.partner(|account| account.deactivation = Deactivation::OnlyAnswered);
    assert_eq!(life(&house).await, ["done", "done", "rejected"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("can still log in"), "{mails:?}");
    // mended: the next sweep tries again
    house.partner(|account| account.deactivation = Deactivation::CarriedOut);
    house.sweep_everybody().await;
    assert!(!house.user("dora@agency.example").is_active());
    house.close().await;
}

#[tokio::test]
async fn a_post_that_answers_with_somebody_else_takes_nobody_over() {
    let mut house = House::new().await;
    house.set("adoption = \"external-id\"", "adoption = \"off\"").await;
    house.partner(|account| account.post_taken = PostTaken::Existing);
    let dora = house.hire("dora@agency.example", 0).await;
    house.enter(serde_json::json!({"userName": "dora@agency.example", "active": true, "title": "Boss"}));
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.accounts(), Vec::<String>::new());
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_token_that_has_ended_halts_and_says_so() {
    let house = House::new().await;
    let now = house.hands.now();
    house.partner(|account| account.expires_at = Some(now));
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    let records = house.take().await;
    assert_eq!(outcomes(&house.push(&records).await), ["halted"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("SCIM access is set up"), "{mails:?}");
    house.partner(|account| account.expires_at = None);
    house.pass(Duration::from_secs(15 * 60));
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.mails().await.len(), 1, "it works again");
    house.close().await;
}

#[tokio::test]
async fn a_partner_that_wants_its_own_dialect_gets_it() {
    let dialects = [
        ("operations = \"lower\"", "operations = \"capitalised\"", PatchDialect::Capitalised),
        ("attributes_in = \"paths\"", "attributes_in = \"value-object\"", PatchDialect::Pathless),
    ];
    for (from, to, dialect) in dialects {
        let mut house = House::new().await;
        house.set(from, to).await;
        house.partner(|account| {
            account.patch_dialect = dialect;
            account.no_put = true;
        });
        assert_eq!(life(&house).await, ["done", "done", "done"], "{to}");
        assert_eq!(house.accounts(), ["dora@agency.example off"]);
        assert_eq!(house.user("dora@agency.example").text("/name/familyName"), Some("Klein"));
        house.close().await;
    }
}

#[tokio::test]
async fn a_limit_or_maintenance_of_the_partner_is_waited_out() {
    for retry_after in [true, false] {
        let house = House::new().await;
        house.partner(|account| account.limit = Some(Limit { per_minute: 3, retry_after }));
        for name in ["dora", "emil", "fritz"] {
            let person = house.hire(&format!("{name}@agency.example"), 0).await;
            house.told("person.created", person).await;
        }
        let ended = outcomes(&house.until_quiet().await);
        assert_eq!(ended.iter().filter(|outcome| **outcome == "done").count(), 3, "{ended:?}");
        assert!(ended.contains(&"retry"), "{ended:?}");
        assert_eq!(house.accounts().len(), 3);
        house.close().await;
    }
    for status in [423, 503] {
        let house = House::new().await;
        let until = house.hands.now().saturating_add(SignedDuration::from_secs(90)).unwrap();
        house.partner(|account| account.maintenance = Some(Maintenance { status, until, retry_after: status == 503 }));
        let dora = house.hire("dora@agency.example", 0).await;
        house.told("person.created", dora).await;
        assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"), "{status}");
        assert_eq!(house.accounts(), ["dora@agency.example on"]);
        house.close().await;
    }
}

#[tokio::test]
async fn a_refusal_without_codes_is_understood() {
    for form in [ErrorForm::IntegerStatus, ErrorForm::NoStatus] {
        let house = House::new().await;
        house.partner(|account| {
            account.error_form = form;
            account.filter_exact_case = true;
        });
        house.enter(json!({"userName": "Dora@agency.example", "active": true}));
        let dora = house.hire("dora@agency.example", 0).await;
        house.told("person.created", dora).await;
        assert_eq!(outcomes(&house.until_quiet().await), ["rejected"], "{form:?}: the login is taken");
        let mails = house.mails().await;
        assert!(mails.len() == 1 && mails[0].contains(&dora.to_string()), "{form:?} {mails:?}");
        assert_eq!(house.accounts(), Vec::<String>::new());
        house.close().await;
    }
}
