//! Which absences enter, as what, and what a changed mapping or address does and does not do.

use jiff::ToSpan;
use twins::Vendor as _;
use twins::personio::v2::{Edit, Ends, FreeDays, Halves, Quirks, SEED_CLIENT, Span, Status, Tenant, kinds};

use super::house::{House, outcomes, whole};

#[tokio::test]
async fn a_changed_mapping_touches_nothing_until_it_is_edited() {
    let house = House::new().await;
    let mut absences = Vec::new();
    for day in [10, 20] {
        absences.push(house.create(3001, kinds::URLAUB, house.days(day, day)).await);
    }
    house.next_sweep().await;
    let before = house.held();
    let changed = house.document().replace("\"Holiday\" = [\"Urlaub\"]", "\"Special leave\" = [\"Urlaub\"]");
    house.configure(&changed).await;
    let calls = house.twins.hellohq().desk().calls().len();
    house.next_sweep().await;
    house.told("updated.timerange", absences[0]).await;
    house.until_quiet().await;
    assert_eq!(house.held(), before);
    assert_eq!(house.twins.hellohq().desk().calls().len(), calls);

    house.edit(absences[0], Edit::span(house.days(11, 11))).await;
    house.next_sweep().await;
    let special = whole(11, "SpecialLeave", house.day(11), house.day(11));
    assert_eq!(house.held(), [special, whole(11, "Vacation", house.day(20), house.day(20))]);
    house.close().await;
}

#[tokio::test]
async fn an_edit_with_an_equal_result_makes_no_call_of_hq() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.next_sweep().await;
    let writes = || {
        let calls = house.twins.hellohq().desk().calls();
        calls.iter().filter(|call| call.method != "GET").count()
    };
    let before = writes();
    house.edit(absence, Edit::span(house.days(10, 12))).await;
    house.next_sweep().await;
    assert_eq!(writes(), before);
    house.close().await;
}

#[tokio::test]
async fn what_had_no_home_enters_once_it_is_mapped() {
    let house = House::new().await;
    let without = house.document().replace("\"Child sick\" = [\"Kind krank\"]\n", "");
    house.configure(&without).await;
    house.create(3001, kinds::KIND_KRANK, house.days(10, 10)).await;
    house.create(3002, kinds::KIND_KRANK, house.days(-80, -80)).await;
    house.next_sweep().await;
    assert_eq!((house.entries().len(), house.mails().await.len()), (0, 1));
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 0, "told once");

    house.configure(&house.document()).await;
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 2, "also the one of long ago");
    house.pass(std::time::Duration::from_secs(2 * 60 * 60));
    house.sweep().await;
    assert_eq!(house.take().await.len(), 0, "they wait no more");
    house.close().await;
}

#[tokio::test]
async fn edited_into_no_home_the_entry_stays_and_edited_into_an_ignored_type_it_goes() {
    let house = House::new().await;
    let without = house.document().replace("\"Child sick\" = [\"Kind krank\"]\n", "");
    house.configure(&without).await;
    let (first, second) = (
        house.create(3001, kinds::URLAUB, house.days(10, 10)).await,
        house.create(3002, kinds::URLAUB, house.days(10, 10)).await,
    );
    house.next_sweep().await;
    house.edit(first, Edit::type_id(kinds::KIND_KRANK)).await;
    house.edit(second, Edit::type_id(kinds::HOME_OFFICE)).await;
    house.next_sweep().await;
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(10))]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("what is entered stays as it is"), "{mails:?}");

    house.configure(&house.document()).await;
    house.next_sweep().await;
    assert_eq!(house.held(), [whole(11, "ChildSick", house.day(10), house.day(10))]);
    house.close().await;
}

#[tokio::test]
async fn halves_follow_personio_except_where_only_whole_days_are_taken() {
    let house = House::new().await;
    let halves = || house.days(10, 12).from_midday().until_midday();
    house.create(3001, kinds::URLAUB, halves()).await;
    house.create(3002, kinds::ELTERNZEIT, halves()).await;
    house.next_sweep().await;
    let (first, last) = (house.day(10), house.day(12));
    assert_eq!(
        house.held(),
        [format!("11 Vacation {first}T12:00:00..{last}T12:00:00"), whole(12, "ParentalLeave", first, last)]
    );
    house.close().await;
}

#[tokio::test]
async fn hours_are_utc_by_the_persons_zone() {
    let house = House::new().await;
    // a working week that is surely free of a change of clocks: what the mapping's own tests cover
    let day = house.day(10);
    house.create(3001, kinds::DIENSTREISE, Span::days(day, day)).await;
    house.create(3002, kinds::ARZTTERMIN, Span::hours(day.at(10, 30, 0, 0), day.at(12, 0, 0, 0))).await;
    house.next_sweep().await;
    let utc = |hour: i8, minute: i8| {
        let zoned = day.at(hour, minute, 0, 0).in_tz("Europe/Berlin").unwrap();
        zoned.timestamp().to_string()
    };
    assert_eq!(
        house.held(),
        [
            format!("11 CompanyAbsence {}..{}", utc(9, 0), utc(17, 0)),
            format!("12 PrivateAbsence {}..{}", utc(10, 30), utc(12, 0)),
        ]
    );
    house.close().await;
}

#[tokio::test]
async fn a_person_who_is_no_user_or_two_waits_and_is_told_once() {
    let house = House::new().await;
    let personio = house.office();
    personio.change_email(3004, "nobody@agency.example").await.unwrap();
    personio.change_email(3005, "shared@agency.example").await.unwrap();
    for person in [3004, 3005] {
        house.create(person, kinds::URLAUB, house.days(10, 10)).await;
        house.create(person, kinds::URLAUB, house.days(20, 20)).await;
    }
    house.next_sweep().await;
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 0);
    let mails = house.mails().await;
    assert_eq!(mails.len(), 2, "once for each person: {mails:?}");
    for told in [
        "no helloHQ user has the e-mail address of person 3004",
        "2 helloHQ users have the e-mail address of person 3005",
    ] {
        assert!(mails.iter().any(|mail| mail.contains(told)), "{told}: {mails:?}");
    }
    assert!(mails.iter().all(|mail| !mail.contains("agency.example")));

    personio.change_email(3004, " Person-3004@AGENCY.example").await.unwrap();
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 2);
    house.close().await;
}

#[tokio::test]
async fn a_persons_address_is_read_once_for_many_absences() {
    let house = House::new().await;
    for person in [3001, 3002] {
        for day in 10..15 {
            house.create(person, kinds::URLAUB, house.days(day, day)).await;
        }
    }
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 10);
    let calls = house.twins.personio().desk().calls();
    let reads = calls.iter().filter(|call| call.path.starts_with("/v2/persons/")).count();
    assert_eq!(reads, 2);
    let is_named = |call: &&twins::desk::Call| call.headers.contains("x-personio-app-id");
    assert_eq!(calls.iter().filter(is_named).count(), calls.len(), "every call says whose it is");
    house.close().await;
}

#[tokio::test]
async fn a_changed_address_moves_nothing_silently() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    house.next_sweep().await;
    let personio = house.office();
    personio.change_email(3002, "elsewhere@agency.example").await.unwrap();
    personio.change_email(3001, "person-3002@agency.example").await.unwrap();
    house.edit(absence, Edit::span(house.days(12, 12))).await;
    house.next_sweep().await;
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(10))], "as it was");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("nothing is moved"), "{mails:?}");
    // deletions need no address
    house.delete(absence).await;
    assert!(outcomes(&house.next_sweep().await).contains(&"done"));
    assert_eq!(house.held(), Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn with_inclusive_ends_the_setting_or_the_days_decide() {
    let house = House::new().await;
    let quirks = Quirks { ends: Ends::Inclusive, ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    let monday = monday_after(house.day(10));
    let friday = monday.saturating_add(4.days());
    house.create(3001, kinds::URLAUB, Span::days(monday, friday)).await;
    house.next_sweep().await;
    assert_eq!(house.held(), [whole(11, "Vacation", monday, friday)], "the single days tell, whatever the setting");
    house.close().await;
}

#[tokio::test]
async fn days_off_at_the_end_are_days_of_absence() {
    for free_days in [FreeDays::Zero, FreeDays::Missing] {
        let house = House::new().await;
        let monday = monday_after(house.day(10));
        let sunday = monday.saturating_add(6.days());
        // the absence counts because of its last day, which is a day off
        let document = house.document().replace(&format!("\"{}\"", house.day(-90)), &format!("\"{sunday}\""));
        house.configure(&document).await;
        let mut tenant = Tenant::seed();
        tenant.quirks.free_days = free_days;
        house.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
        let sick = house.create(3001, kinds::KRANKHEIT, Span::days(monday, sunday)).await;
        house.told("created", sick).await;
        house.until_quiet().await;
        let entered = [whole(11, "SickLeave", monday, sunday)];
        assert_eq!(house.held(), entered);
        house.edit(sick, Edit::status(Status::Approved)).await;
        house.told("updated.status", sick).await;
        house.until_quiet().await;
        assert_eq!(house.held(), entered, "merely approved again");
        house.close().await;
    }
}

#[tokio::test]
async fn a_half_without_a_name_is_told_and_enters_once_a_setting_says_what_it_is() {
    let house = House::new().await;
    let quirks = Quirks { halves: Halves::Null, ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    house.create(3001, kinds::URLAUB, house.days(10, 10).until_midday()).await;
    house.next_sweep().await;
    assert_eq!(house.held(), Vec::<String>::new(), "no whole day in silence");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("personio.unstated_halves"), "{mails:?}");
    let document = house.document().replace("unstated_halves = \"tell\"", "unstated_halves = \"half\"");
    house.configure(&document).await;
    house.next_sweep().await;
    let day = house.day(10);
    assert_eq!(house.held(), [format!("11 Vacation {day}T00:00:00..{day}T12:00:00")]);
    house.close().await;
}

fn monday_after(day: jiff::civil::Date) -> jiff::civil::Date {
    day.nth_weekday(1, jiff::civil::Weekday::Monday).unwrap()
}
