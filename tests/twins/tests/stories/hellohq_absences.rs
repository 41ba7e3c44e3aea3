//! Absences: what helloHQ takes, how it shows them, and how it says no.

use reqwest::Method;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::hellohq::{Kind, Origin};

use crate::hellohq_stage::{AGENCY, Hq, errand, fields, told, vacation, vacation_with};

#[tokio::test]
async fn a_day_off_is_created_and_comes_back_under_other_names() {
    let hq = Hq::new();
    let body = vacation_with(json!({"note": "Vacation [1a2b]", "isApproved": true}));
    let (status, answer) = hq.post(&body).await;
    let expected = json!({
        "id": 50001, "createdOn": "2026-03-01T10:00:00Z", "createdBy": 0,
        "updatedOn": "2026-03-01T10:00:00Z", "updatedBy": 0,
        "startOn": null, "startDate": "2026-03-02T00:00:00", "endOn": null, "endDate": "2026-03-03T00:00:00",
        "missedDays": 1.0, "type": "Vacation", "note": "Vacation [1a2b]", "isApproved": true, "userId": 11,
    });
    assert_eq!((status, &answer), (200, &expected));

    let (status, mut read) = hq.get("/v2/Absences/50001").await;
    let user = read.as_object_mut().unwrap().remove("user").unwrap();
    assert_eq!((status, read), (200, expected));
    assert_eq!((&user["id"], &user["eMailWork"]), (&json!(11), &json!("person-3001@agency.example")));
    assert!(user.get("customFields").is_none(), "the user inside is the plain one");
}

#[tokio::test]
async fn an_absence_in_hours_is_read_as_start_on_and_end_on() {
    let hq = Hq::new();
    let (status, answer) = hq.post(&errand()).await;
    assert_eq!(status, 200);
    assert_eq!([&answer["startOn"], &answer["endOn"]], ["2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z"]);
    assert_eq!([&answer["startDate"], &answer["endDate"]], [&Value::Null, &Value::Null]);
    assert_eq!(
        [&answer["note"], &answer["isApproved"], &answer["missedDays"]],
        [&json!(null), &json!(false), &json!(0.0)]
    );
}

#[tokio::test]
async fn the_end_is_exclusive_and_weekends_are_not_missed() {
    let hq = Hq::new();
    for (start, end, missed) in [
        ("2026-03-02T00:00:00", "2026-03-02T12:00:00", 0.5),
        ("2026-03-02T12:00:00", "2026-03-03T00:00:00", 0.5),
        ("2026-03-02T00:00:00", "2026-03-03T12:00:00", 1.5),
        ("2026-03-06T00:00:00", "2026-03-10T00:00:00", 2.0),
        ("2026-03-07T00:00:00", "2026-03-09T00:00:00", 0.0),
    ] {
        let (status, answer) = hq.post(&vacation_with(json!({"start": start, "end": end}))).await;
        assert_eq!((status, &answer["missedDays"]), (200, &json!(missed)), "{start} to {end}");
    }
}

#[tokio::test]
async fn fourteen_types_are_written_and_four_more_only_read() {
    let hq = Hq::new();
    for kind in [
        "SickLeave",
        "ChildSick",
        "SickLeaveUnpaid",
        "OvertimeCompensation",
        "RemoteWork",
        "ProfessionalEducation",
        "TradeSchool",
        "MaternityLeave",
        "ParentalLeave",
        "Vacation",
        "VacationUnpaid",
        "SpecialLeave",
    ] {
        assert_eq!(hq.post(&vacation_with(json!({"type": kind}))).await.0, 200, "{kind}");
    }
    for kind in ["CompanyAbsence", "PrivateAbsence"] {
        let mut body = errand();
        body["type"] = json!(kind);
        assert_eq!(hq.post(&body).await.0, 200, "{kind}");
    }
    for kind in ["Outage", "Maintenence", "BuildingMeasure", "ForeignVacation"] {
        let (status, body) = hq.post(&vacation_with(json!({"type": kind}))).await;
        assert_eq!((status, fields(&body)), (400, vec!["type"]), "{kind}");
        let entry = twins::hellohq::Entry::new(11, kind, "2026-03-02T00:00:00", "2026-03-03T00:00:00");
        let id = hq.by_hand(entry);
        assert_eq!(hq.get(&format!("/v2/Absences/{id}")).await.1["type"], kind);
    }
    assert_eq!(hq.twin().absences(AGENCY).len(), 18);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_in_the_shape_of_the_framework() {
    let hq = Hq::new();
    let (status, body) = hq.post(&vacation_with(json!({"type": "Holiday"}))).await;
    assert_eq!((status, &body["status"], fields(&body)), (400, &json!(400), vec!["type"]));
    assert!(body["errors"]["type"][0].is_string() && body["title"].is_string() && body["traceId"].is_string());
    for (members, wanted) in [
        (json!({"type": "vacation"}), vec!["type"]),
        (json!({"userId": 99}), vec!["userId"]),
        (json!({"end": "2026-03-02T00:00:00"}), vec!["end"]),
        (json!({"end": "2026-03-01T12:00:00"}), vec!["end"]),
        (json!({"start": "2026-03-02T00:00:00Z"}), vec!["start"]),
        (json!({"start": "2026-03-02T00:00:00+01:00"}), vec!["start"]),
        (json!({"start": "2026-03-02T09:00:00"}), vec!["start"]),
        (json!({"start": "2026-03-02T00:00:01"}), vec!["start"]),
        (json!({"start": "2026-03-02"}), vec!["start"]),
        (json!({"start": "2026-03-02 00:00:00"}), vec!["start"]),
        (json!({"end": "2026-02-30T00:00:00"}), vec!["end"]),
        (json!({"type": "ParentalLeave", "end": "2026-03-04T12:00:00"}), vec!["end"]),
        (json!({"type": "PrivateAbsence"}), vec!["end", "start"]),
        (json!({"userId": 99, "type": "Outage", "end": "soon"}), vec!["end", "type", "userId"]),
    ] {
        let (status, body) = hq.post(&vacation_with(members.clone())).await;
        assert_eq!((status, fields(&body)), (400, wanted), "{members}");
    }
    assert!(hq.twin().all_absences(AGENCY).is_empty());
}

#[tokio::test]
async fn hours_need_a_z() {
    let hq = Hq::new();
    for wrong in ["2026-03-02T07:00:00", "2026-03-02T07:00:00+00:00", "2026-03-02T07:00Z", "2026-03-02", "7"] {
        let mut body = errand();
        body["start"] = json!(wrong);
        let (status, body) = hq.post(&body).await;
        assert_eq!((status, fields(&body)), (400, vec!["start"]), "{wrong}");
    }
    let mut body = errand();
    body["start"] = json!("2026-03-02T07:00:00.500Z");
    assert_eq!(hq.post(&body).await.0, 200);
}

#[tokio::test]
async fn members_are_exactly_those_of_the_description() {
    let hq = Hq::new();
    for (members, wanted) in [
        (json!({"startDate": "2026-03-02T00:00:00"}), "startDate"),
        (json!({"id": 1}), "id"),
        (json!({"Type": "Vacation"}), "Type"),
        (json!({"type": null}), "type"),
        (json!({"type": ""}), "type"),
        (json!({"type": 7}), "type"),
        (json!({"userId": "11"}), "userId"),
        (json!({"userId": 11.5}), "userId"),
        (json!({"userId": 4_000_000_000_u32}), "userId"),
        (json!({"userId": null}), "userId"),
        (json!({"start": 1}), "start"),
        (json!({"note": 1}), "note"),
        (json!({"isApproved": null}), "isApproved"),
        (json!({"isApproved": "true"}), "isApproved"),
    ] {
        let (status, body) = hq.post(&vacation_with(members.clone())).await;
        assert_eq!((status, fields(&body)), (400, vec![wanted]), "{members}");
    }
    let (status, body) = hq.post(&json!({"more": 1})).await;
    assert_eq!((status, fields(&body)), (400, vec!["end", "more", "start", "type", "userId"]));
    assert_eq!(hq.post(&vacation_with(json!({"note": null}))).await.0, 200);
}

#[tokio::test]
async fn only_json_is_read() {
    let hq = Hq::new();
    let call = |content_type: &str, body: String| {
        let request = hq.call(Method::POST, "/v2/Absences").header("content-type", content_type);
        async move { told(request.body(body).send().await.unwrap()).await }
    };
    for good in ["application/json; charset=utf-8", "text/json", "application/vnd.hq+json"] {
        assert_eq!(call(good, vacation().to_string()).await.0, 200, "{good}");
    }
    assert_eq!(call("text/plain", vacation().to_string()).await.0, 415);
    for wrong in ["", "[]", "{", "\"type\""] {
        let (status, body) = call("application/json", wrong.to_owned()).await;
        assert_eq!((status, fields(&body)), (400, vec!["$"]), "{wrong}");
    }
    assert_eq!(hq.twin().absences(AGENCY).len(), 3);
}

#[tokio::test]
async fn a_deleted_absence_is_gone_for_readers_and_can_be_deleted_once() {
    let hq = Hq::new();
    let (kept, gone) = (hq.posted(&vacation()).await, hq.posted(&errand()).await);
    assert_eq!(hq.delete(gone).await, (200, Value::Null));
    let (status, body) = hq.delete(gone).await;
    assert_eq!((status, &body["title"]), (404, &json!("Not Found")));
    assert_eq!(hq.get(&format!("/v2/Absences/{gone}")).await.0, 404);
    assert_eq!(hq.ids("/v2/Absences", &[]).await, [kept]);
    let all = hq.twin().all_absences(AGENCY);
    assert_eq!(all.iter().map(|absence| absence.stands()).collect::<Vec<_>>(), [true, false], "deletion is soft");
    assert_eq!((all[1].kind, all[1].entered_by), (Kind::PrivateAbsence, Origin::Api));
}

#[tokio::test]
async fn ids_that_are_unknown_or_no_numbers_are_told_apart() {
    let hq = Hq::new();
    for method in [Method::GET, Method::DELETE] {
        for (id, wanted) in [("50001", 404), ("x", 400), ("4000000000", 400)] {
            let answer = hq.call(method.clone(), &format!("/v2/Absences/{id}")).send().await.unwrap();
            assert_eq!(answer.status(), wanted, "{method} {id}");
        }
    }
}

#[tokio::test]
async fn there_is_no_update() {
    let hq = Hq::new();
    let id = hq.posted(&vacation()).await;
    for method in [Method::PUT, Method::PATCH] {
        let call = hq.call(method, &format!("/v2/Absences/{id}")).json(&vacation());
        assert_eq!(call.send().await.unwrap().status(), 405);
    }
}

#[tokio::test]
async fn absences_may_overlap_unless_the_account_refuses_it() {
    let hq = Hq::new();
    hq.posted(&vacation()).await;
    hq.posted(&vacation()).await;
    hq.change(|account| account.refuses_overlaps = true);
    let (status, body) = hq.post(&vacation_with(json!({"start": "2026-03-02T12:00:00"}))).await;
    assert_eq!((status, fields(&body)), (400, vec!["start"]));
    hq.posted(&vacation_with(json!({"start": "2026-03-03T00:00:00", "end": "2026-03-04T00:00:00"}))).await;
    hq.posted(&vacation_with(json!({"userId": 12}))).await;
}

#[tokio::test]
async fn real_time_is_told_in_milliseconds() {
    let hq = Hq::new();
    hq.twin().desk().clock().reset();
    let (_, answer) = hq.post(&vacation()).await;
    let created_on = answer["createdOn"].as_str().unwrap();
    assert!(created_on.len() <= "2026-03-01T10:00:00.000Z".len(), "{created_on}");
    assert!(created_on.parse::<jiff::Timestamp>().is_ok() && created_on.ends_with('Z'), "{created_on}");
}
