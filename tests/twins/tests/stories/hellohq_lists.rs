//! Lists: filters, orders, pages, and the two headers.

use serde_json::{Value, json};
use twins::hellohq::{Entry, ListForm, OptionNames};

use crate::hellohq_stage::{Hq, fields, ids, told};

const ABSENCES: &str = "/v2/Absences";
const USERS: &str = "/v2/Users";

/// Absences 50001 to 50004: two days, a half day, two hours; a minute apart.
fn filled() -> Hq {
    let hq = Hq::new();
    let noted = |entry: Entry, note: &str| Entry { note: Some(note.to_owned()), ..entry };
    hq.by_hand(noted(Entry::new(11, "Vacation", "2026-03-02T00:00:00", "2026-03-03T00:00:00"), "O'Hara's day"));
    hq.later(60);
    hq.by_hand(Entry::new(12, "SickLeave", "2026-03-04T00:00:00", "2026-03-05T00:00:00"));
    hq.later(60);
    let half = Entry::new(11, "RemoteWork", "2026-03-09T12:00:00", "2026-03-10T00:00:00");
    hq.by_hand(Entry { is_approved: false, ..half });
    hq.later(60);
    hq.by_hand(noted(Entry::new(15, "CompanyAbsence", "2026-03-11T08:00:00Z", "2026-03-11T10:00:00Z"), "a (b) & c"));
    hq
}

#[tokio::test]
async fn every_operator_of_the_guide_works() {
    let hq = filled();
    for (filter, wanted) in [
        ("userId eq 11", vec![1, 3]),
        ("userId ne 11", vec![2, 4]),
        ("userId gt 11", vec![2, 4]),
        ("userId ge 12", vec![2, 4]),
        ("userId lt 12", vec![1, 3]),
        ("userId le 12", vec![1, 2, 3]),
        ("type eq 'Vacation' or type eq 'SickLeave'", vec![1, 2]),
        ("userId eq 11 and isApproved eq true", vec![1]),
        ("not userId eq 11", vec![2, 4]),
        ("not (userId eq 11 or userId eq 12)", vec![4]),
        ("userId eq 15 or userId eq 11 and isApproved eq false", vec![3, 4]),
        ("(userId eq 15 or userId eq 11) and isApproved eq false", vec![3]),
        ("missedDays eq 0.5", vec![3]),
        ("note eq 'O''Hara''s day'", vec![1]),
        ("note eq 'a (b) & c'", vec![4]),
        ("note ne 'a (b) & c'", vec![1, 2, 3]),
        ("user/eMailWork eq 'person-3005@agency.example'", vec![4]),
        ("UserId eq 15", vec![4]),
        ("startDate ge datetime'2026-03-04T00:00:00'", vec![2, 3]),
        ("startDate lt datetime'2026-03-04T00:00:00Z'", vec![1]),
        ("startOn ge datetime'2026-01-01T00:00:00Z'", vec![4]),
        ("updatedOn gt datetime'2026-03-01T10:01:00Z'", vec![3, 4]),
        ("createdOn le datetime'2026-03-01T10:00:00.5Z'", vec![1]),
    ] {
        let wanted: Vec<i64> = wanted.into_iter().map(|n| 50_000 + n).collect();
        for name in ["filter", "$filter"] {
            assert_eq!(hq.ids(ABSENCES, &[(name, filter), ("orderby", "id")]).await, wanted, "{name}={filter}");
        }
    }
}

#[tokio::test]
async fn filters_that_are_not_understood_are_refused() {
    let hq = filled();
    let deep = format!("{}userId eq 1{}", "(".repeat(40), ")".repeat(40));
    for filter in [
        "",
        "userId",
        "userId eq",
        "userId = 11",
        "userId EQ 11",
        "userId eq '11'",
        "userId eq 11 11",
        "userId eq inf",
        "userId eq null",
        "nobody eq 1",
        "type eq Vacation",
        "type eq 'Vacation",
        "isApproved",
        "contains(note,'x')",
        "(userId eq 11",
        "userId eq 11)",
        "userId eq 11 and",
        "startDate ge 2026-03-04",
        "startDate ge '2026-03-04T00:00:00'",
        "startDate ge datetime'2026-03-04'",
        "startDate ge datetime'2026-03-04T00:00:00+01:00'",
        &deep,
    ] {
        let (status, body) = told(hq.listed(ABSENCES, &[("filter", filter)]).await).await;
        assert_eq!((status, fields(&body)), (400, vec!["filter"]), "{filter}");
    }
}

#[tokio::test]
async fn lists_are_ordered_as_asked_and_else_newest_first() {
    let hq = filled();
    for (order, wanted) in [
        (None, [4, 3, 2, 1]),
        (Some("id"), [1, 2, 3, 4]),
        (Some("id desc"), [4, 3, 2, 1]),
        (Some("userId"), [3, 1, 2, 4]),
        (Some("userId,id"), [1, 3, 2, 4]),
        (Some("userId desc,createdOn asc"), [4, 2, 1, 3]),
        (Some("startDate,id"), [4, 1, 2, 3]),
        (Some("user/eMailWork desc,Id"), [4, 1, 3, 2]),
    ] {
        let wanted = wanted.map(|n| 50_000 + n);
        let options: Vec<_> = order.iter().map(|order| ("orderby", *order)).collect();
        assert_eq!(hq.ids(ABSENCES, &options).await, wanted, "{order:?}");
    }
    for wrong in ["", "nobody", "id, userId", "id  desc", "id down", "id,"] {
        let (status, body) = told(hq.listed(ABSENCES, &[("orderby", wrong)]).await).await;
        assert_eq!((status, fields(&body)), (400, vec!["orderby"]), "{wrong}");
    }
}

#[tokio::test]
async fn pages_lead_to_the_next_one_until_the_header_is_empty() {
    let hq = Hq::with(json!({"page_cap": 4})).await;
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    let mut next = hq.0.url("/hellohq/v2/Users?orderby=id");
    while !next.is_empty() {
        let answer = hq.0.client.get(&next).bearer_auth("twin-hq-token").send().await.unwrap();
        assert_eq!(answer.headers()["helloHQ-Count"], "9");
        next = answer.headers()["helloHQ-NextLink"].to_str().unwrap().to_owned();
        let page = ids(&told(answer).await.1);
        sizes.push(page.len());
        seen.extend(page);
    }
    assert_eq!((seen, sizes), ((11..=19).collect(), vec![4, 4, 1]));
}

#[tokio::test]
async fn top_and_skip_choose_the_page_and_the_cap_stays() {
    let hq = Hq::with(json!({"page_cap": 4})).await;
    for (options, wanted, next) in [
        (vec![("orderby", "id"), ("top", "2")], vec![11, 12], "?orderby=id&top=2&skip=2"),
        (vec![("orderby", "id"), ("top", "2"), ("skip", "7")], vec![18, 19], ""),
        (vec![("$orderby", "id"), ("$top", "2"), ("$skip", "1")], vec![12, 13], "?%24orderby=id&%24top=2&%24skip=3"),
        (vec![("top", "1000"), ("orderby", "id")], vec![11, 12, 13, 14], "?top=1000&orderby=id&skip=4"),
        (vec![("skip", "9")], vec![], ""),
        (vec![("top", "0")], vec![], ""),
    ] {
        let answer = hq.listed(USERS, &options).await;
        let link = answer.headers()["helloHQ-NextLink"].to_str().unwrap().to_owned();
        let next = if next.is_empty() { String::new() } else { hq.0.url(&format!("/hellohq/v2/Users{next}")) };
        assert_eq!((ids(&told(answer).await.1), link), (wanted, next), "{options:?}");
    }
    for (name, value) in [("top", "-1"), ("top", "x"), ("skip", "1.5"), ("skip", "")] {
        let (status, body) = told(hq.listed(USERS, &[(name, value)]).await).await;
        assert_eq!((status, fields(&body)), (400, vec![name]), "{name}={value}");
    }
}

#[tokio::test]
async fn the_count_is_of_all_that_fit() {
    let hq = filled();
    let answer = hq.listed(ABSENCES, &[("filter", "userId eq 11"), ("top", "1")]).await;
    assert_eq!(answer.headers()["helloHQ-Count"], "2");
    assert!(answer.headers()["helloHQ-NextLink"].to_str().unwrap().ends_with("&skip=1"));
}

#[tokio::test]
async fn a_page_without_options_holds_a_thousand() {
    let hq = Hq::new();
    for _ in 0..1001 {
        hq.by_hand(Entry::new(11, "Vacation", "2026-03-02T00:00:00", "2026-03-03T00:00:00"));
    }
    let answer = hq.listed(ABSENCES, &[]).await;
    assert_eq!(answer.headers()["helloHQ-Count"], "1001");
    assert_eq!(answer.headers()["helloHQ-NextLink"], hq.0.url("/hellohq/v2/Absences?skip=1000").as_str());
    assert_eq!(ids(&told(answer).await.1).len(), 1000);
    assert_eq!(hq.ids(ABSENCES, &[("top", "2000")]).await.len(), 1000);
}

#[tokio::test]
async fn unknown_options_are_refused_unless_the_account_passes_them_over() {
    let hq = filled();
    for (name, value) in [("limit", "1"), ("Filter", "userId eq 11"), ("$count", "true"), ("$$top", "1")] {
        let (status, body) = told(hq.listed(ABSENCES, &[(name, value)]).await).await;
        assert_eq!((status, fields(&body)), (400, vec![name]), "{name}");
    }
    let twice = [("top", "1"), ("$top", "2")];
    let (status, body) = told(hq.listed(ABSENCES, &twice).await).await;
    assert_eq!((status, fields(&body)), (400, vec!["top"]));
    hq.change(|account| account.ignores_unknown_options = true);
    assert_eq!(hq.ids(ABSENCES, &[("limit", "1"), ("Filter", "userId eq 11")]).await.len(), 4);
}

#[tokio::test]
async fn an_account_may_understand_one_spelling_only() {
    let hq = filled();
    for (names, good, bad) in [(OptionNames::Plain, "top", "$top"), (OptionNames::Dollar, "$top", "top")] {
        hq.change(|account| account.option_names = names);
        assert_eq!(hq.ids(ABSENCES, &[(good, "1")]).await.len(), 1);
        assert_eq!(hq.listed(ABSENCES, &[(bad, "1")]).await.status(), 400);
    }
}

#[tokio::test]
async fn lists_come_bare_or_wrapped() {
    let hq = filled();
    let path: fn(&Value) -> &Value = |body| body;
    for (form, inner) in [
        (ListForm::Bare, path),
        (ListForm::Data, |body: &Value| &body["data"]),
        (ListForm::Value, |body: &Value| &body["value"]),
    ] {
        hq.change(|account| account.list_form = form);
        assert_eq!(ids(inner(&hq.get(ABSENCES).await.1)).len(), 4, "{form:?}");
        assert_eq!(ids(inner(&hq.get(USERS).await.1)).len(), 9, "{form:?}");
    }
}
