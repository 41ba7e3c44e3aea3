//! Pages of the HR API, and the ways in which they have been seen to differ.

use serde_json::{Value, json};
use twins::personio::v2::{LastPage, NextLink, Quirks};

use crate::personio_v2_stage::{Hr, PERIODS, detail, holiday, ids, march};

/// Nine holidays of one day, in this order.
async fn nine(quirks: Quirks) -> (Hr, Vec<String>) {
    let hr = Hr::with(quirks).await;
    let made = hr.office().seed_absences((1..=9).map(|day| holiday(day, day))).unwrap();
    (hr, made.iter().map(ToString::to_string).collect())
}

fn next(page: &Value) -> String {
    page["_meta"]["links"]["next"]["href"].as_str().unwrap_or_else(|| panic!("no next: {}", page["_meta"])).to_owned()
}

fn cursor(href: &str) -> String {
    href.split(['?', '&']).find_map(|pair| pair.strip_prefix("cursor=")).unwrap().to_owned()
}

#[tokio::test]
async fn the_next_page_is_an_absolute_link() {
    let (hr, made) = nine(Quirks::default()).await;
    let mut page = hr.read(&format!("{PERIODS}?limit=4&person.id=3001")).await;
    let mut seen = ids(&page);
    for _ in 0..2 {
        let href = next(&page);
        assert!(href.starts_with(&hr.stage.url("/personio/v2/absence-periods?")), "{href}");
        assert!(href.contains("limit=4") && href.contains("person.id=3001"), "{href}");
        page = hr.read(href.strip_prefix(&hr.stage.url("/personio")).unwrap()).await;
        seen.extend(ids(&page));
    }
    assert_eq!(seen, made);
    assert_eq!(page["_meta"], json!({"links": {}}), "a last page that is not full");
    assert_eq!(hr.read(&format!("{PERIODS}?limit=9")).await["_meta"], json!({"links": {}}), "and a full one");
}

#[tokio::test]
async fn what_happens_between_two_pages_neither_hides_nor_doubles() {
    let (hr, made) = nine(Quirks::default()).await;
    let page = hr.read(&format!("{PERIODS}?limit=3")).await;
    let office = hr.office();
    for gone in [0, 3] {
        office.delete(made[gone].parse().unwrap()).await.unwrap();
    }
    let new = hr.holiday(20, 20).await.to_string();
    let rest = hr.ids(&format!("{PERIODS}?cursor={}", cursor(&next(&page)))).await;
    assert_eq!(rest, [&made[4..], &[new]].concat());
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list_and_filters() {
    let (hr, made) = nine(Quirks::default()).await;
    let cursor = cursor(&next(&hr.read(&format!("{PERIODS}?limit=3&person.id=3001")).await));
    let fine = format!("{PERIODS}?person.id=3001&limit=2&cursor={cursor}");
    assert_eq!(hr.ids(&fine).await, made[3..5], "the limit may change");
    for wrong in [
        format!("{PERIODS}?cursor={cursor}"),
        format!("{PERIODS}?person.id=3002&cursor={cursor}"),
        format!("/v2/absence-types?cursor={cursor}"),
        format!("{PERIODS}?person.id=3001&cursor=nonsense"),
        format!("{PERIODS}?person.id=3001&cursor=-{cursor}"),
    ] {
        let (status, body) = hr.get(&wrong).await;
        assert_eq!((status, detail(&body)), (400, "Provided value for cursor is not valid"), "{wrong}");
    }
}

#[tokio::test]
async fn a_cursor_can_grow_old() {
    let (hr, _) = nine(Quirks { cursor_seconds: Some(60), ..Quirks::default() }).await;
    let cursor = cursor(&next(&hr.read(&format!("{PERIODS}?limit=3")).await));
    hr.later(60);
    assert_eq!(hr.get(&format!("{PERIODS}?cursor={cursor}")).await.0, 200);
    hr.later(1);
    assert_eq!(hr.get(&format!("{PERIODS}?cursor={cursor}")).await.0, 400);
}

#[tokio::test]
async fn limits_have_bounds_and_names_must_be_known() {
    let hr = Hr::new().await;
    for (path, most) in [(PERIODS, 100), ("/v2/absence-types", 100), ("/v2/persons", 50), ("/v2/webhooks", 100)] {
        assert_eq!(hr.get(&format!("{path}?limit={most}")).await.0, 200);
        for wrong in ["0".to_owned(), (most + 1).to_string(), "-1".to_owned(), "ten".to_owned(), "1&limit=1".to_owned()]
        {
            let (status, body) = hr.get(&format!("{path}?limit={wrong}")).await;
            assert_eq!(status, 400, "{path} {wrong}");
            let expected =
                if wrong.contains('&') { "request parameters are invalid." } else { "for limit is not valid" };
            assert!(detail(&body).ends_with(expected), "{body}");
        }
        assert_eq!(hr.get(&format!("{path}?offset=1")).await.0, 400, "{path}");
    }
    assert_eq!(hr.ids("/v2/persons?limit=2").await, ["3001", "3002"]);
}

#[tokio::test]
async fn links_have_been_relative_wrong_and_self_pointing() {
    let (hr, made) = nine(Quirks::default()).await;
    let page = format!("{PERIODS}?limit=3");
    let link = async |next_link| {
        hr.office().set_quirks(Quirks { next_link, ..Quirks::default() }).unwrap();
        next(&hr.read(&page).await)
    };
    let relative = link(NextLink::Relative).await;
    assert!(relative.starts_with("/v2/absence-periods?"), "{relative}");
    assert_eq!(hr.ids(&relative).await, made[3..6]);

    let wrong = link(NextLink::WrongPath).await;
    assert!(wrong.starts_with(&hr.stage.url("/personio/v2/employments?")), "{wrong}");
    assert_eq!(hr.get(wrong.strip_prefix(&hr.stage.url("/personio")).unwrap()).await.0, 404);
    assert_eq!(
        hr.ids(&format!("{PERIODS}?limit=3&cursor={}", cursor(&wrong))).await,
        made[3..6],
        "the cursor is right"
    );

    let own = cursor(&link(NextLink::SelfPointing).await);
    let again = hr.read(&format!("{PERIODS}?limit=3&cursor={own}")).await;
    assert_eq!((ids(&again), cursor(&next(&again))), (made[..3].to_vec(), own));
}

#[tokio::test]
async fn the_last_page_ends_in_three_ways() {
    let (hr, _) = nine(Quirks::default()).await;
    for (last_page, meta) in [
        (LastPage::Absent, json!({"links": {}})),
        (LastPage::Null, json!({"links": {"next": null}})),
        (LastPage::NoLinks, json!({})),
    ] {
        hr.office().set_quirks(Quirks { last_page, ..Quirks::default() }).unwrap();
        assert_eq!(hr.read(PERIODS).await["_meta"], meta);
        assert!(next(&hr.read(&format!("{PERIODS}?limit=8")).await).contains("cursor="));
    }
}

#[tokio::test]
async fn pages_can_be_shorter_than_asked_for() {
    let (hr, made) = nine(Quirks { page_size_cap: Some(2), ..Quirks::default() }).await;
    let page = hr.read(&format!("{PERIODS}?limit=5")).await;
    assert_eq!(ids(&page), made[..2]);
    assert!(next(&page).contains("limit=5"));
}

#[tokio::test]
async fn many_periods_come_each_once() {
    let hr = Hr::new().await;
    let days = (0..5_000).map(|number| holiday(1 + (number % 20) as i8, 28));
    let made = hr.office().seed_absences(days).unwrap();
    let (mut seen, mut path) = (Vec::new(), PERIODS.to_owned());
    loop {
        let page = hr.read(&path).await;
        seen.extend(ids(&page));
        match page["_meta"]["links"]["next"]["href"].as_str() {
            Some(href) => path = href.strip_prefix(&hr.stage.url("/personio")).unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, made.iter().map(ToString::to_string).collect::<Vec<_>>());
    let some = format!("{PERIODS}?id={},{}&id={}", made[4_999], made[7], made[7]);
    assert_eq!(hr.ids(&some).await, [made[7].to_string(), made[4_999].to_string()], "in the order of the list");
    assert_eq!(
        hr.read(&format!("{PERIODS}?limit=1")).await["_data"][0]["starts_from"]["date_time"],
        format!("{}T00:00:00", march(1))
    );
}
