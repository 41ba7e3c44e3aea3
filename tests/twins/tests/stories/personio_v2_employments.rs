//! Employments of the HR API, and the names of what they mention.

use jiff::civil::date;
use serde_json::{Value, json};
use twins::personio::v2::{
    EmploymentField, EmploymentStatus, LastWorking, NewPerson, NoTermination, Quirks, SEED_CLIENT, SEED_SECRET, Staff,
    Tenant, Termination, TerminationType, Terms,
};

use crate::personio_v2_stage::{Hr, detail, march, token};

fn staff(hr: &Hr) -> Staff {
    hr.stage.twins.personio().staff(SEED_CLIENT)
}

/// The newest employment of person 3001.
async fn newest(hr: &Hr) -> Value {
    hr.read("/v2/persons/3001/employments").await["_data"][0].clone()
}

fn leaver() -> Termination {
    let reason = Some("moves away".to_owned());
    Termination {
        last_working_day: Some(march(20)),
        terminated_at: Some(march(1)),
        reason,
        ..Termination::on(march(31))
    }
}

#[tokio::test]
async fn an_employment_is_bare_alone_and_the_same_in_the_list() {
    let hr = Hr::new().await;
    let mut shown = newest(&hr).await;
    let id = shown["id"].as_str().unwrap().to_owned();
    assert_eq!(hr.read(&format!("/v2/persons/3001/employments/{id}")).await, shown);
    assert_eq!(hr.read("/v2/persons/3001").await["employments"], json!([{"id": id}]));
    shown["id"] = Value::Null;
    let expected = json!({
        "id": null, "status": "ACTIVE", "position": {"title": "Designer"}, "weekly_working_hours": 40,
        "full_time_weekly_working_hours": 40, "probation_end_date": null, "employment_start_date": "2024-01-01",
        "employment_end_date": null, "contract_end_date": null, "type": "INTERNAL",
        "created_at": "2024-01-01T00:00:00.000", "updated_at": "2024-01-01T00:00:00.000Z", "supervisor": null,
        "office": {"id": "77"}, "org_units": [{"type": "department", "id": "501"}, {"type": "team", "id": "612"}],
        "person": {"id": "3001"}, "cost_centers": [], "legal_entity": {"id": "4"}, "job": null,
        "_meta": {"links": {"person": {"href": hr.stage.url("/personio/v2/persons/3001")}}},
    });
    assert_eq!(shown, expected, "no termination, no member");
    for path in
        ["/v2/persons/9/employments", "/v2/persons/3002/employments/x", &format!("/v2/persons/3002/employments/{id}")]
    {
        let (status, body) = hr.get(path).await;
        assert_eq!((status, detail(&body)), (404, "There is no resource for the specified id."), "{path}");
    }
}

/// Of the hired person's employment, of the hired person, and of person 3001's employment.
async fn statuses(hr: &Hr, hired: u64) -> Value {
    let employment = hr.read(&format!("/v2/persons/{hired}/employments")).await["_data"][0]["status"].clone();
    json!([employment, hr.read(&format!("/v2/persons/{hired}")).await["status"], newest(hr).await["status"]])
}

#[tokio::test]
async fn the_status_follows_the_companys_day() {
    let mut hr = Hr::new().await;
    let hired = staff(&hr).hire(NewPerson::new("new@agency.example", march(2))).await.unwrap();
    staff(&hr).terminate(3001, Termination::on(march(2))).await.unwrap();
    assert_eq!(statuses(&hr, hired).await, json!(["ONBOARDING", "ACTIVE", "ACTIVE"]));
    hr.later(13 * 3600 + 1800);
    assert_eq!(statuses(&hr, hired).await, json!(["ACTIVE", "ACTIVE", "ACTIVE"]), "half past midnight in Berlin");
    hr.days_later(1).await;
    assert_eq!(statuses(&hr, hired).await, json!(["ACTIVE", "ACTIVE", "INACTIVE"]));
    assert_eq!(hr.ids("/v2/persons?status=INACTIVE").await, ["3001"]);
    assert_eq!(hr.office().persons()[0].status, "INACTIVE");
    assert_eq!(newest(&hr).await["updated_at"], "2026-03-01T10:00:00.001Z", "a day that comes updates nothing");
}

#[tokio::test]
async fn a_status_may_be_set_by_hand() {
    let hr = Hr::new().await;
    let set = async |status| {
        let change = |terms: &mut Terms| {
            terms.status = status;
            Ok(())
        };
        staff(&hr).change_terms(3001, change).await.unwrap();
        json!([newest(&hr).await["status"], hr.read("/v2/persons/3001").await["status"]])
    };
    assert_eq!(set(Some(EmploymentStatus::Inactive)).await, json!(["INACTIVE", "INACTIVE"]), "without a date");
    assert_eq!(set(Some(EmploymentStatus::Leave)).await, json!(["LEAVE", "ACTIVE"]));
    assert_eq!(set(None).await, json!(["ACTIVE", "ACTIVE"]));
}

#[tokio::test]
async fn a_termination_has_two_spellings_and_three_ways_to_be_missing() {
    let hr = Hr::new().await;
    let with = async |no_termination, last_working| {
        hr.office().set_quirks(Quirks { no_termination, last_working, ..Quirks::default() }).unwrap();
        newest(&hr).await.get("termination").cloned()
    };
    assert_eq!(with(NoTermination::Absent, LastWorking::Day).await, None);
    assert_eq!(with(NoTermination::Null, LastWorking::Day).await, Some(Value::Null));
    let nulls = json!({"termination_date": null, "last_working_day": null, "terminated_at": null, "type": null, "reason": null});
    assert_eq!(with(NoTermination::Nulls, LastWorking::Day).await, Some(nulls));
    staff(&hr).terminate(3001, leaver()).await.unwrap();
    let told = json!({
        "termination_date": "2026-03-31", "last_working_day": "2026-03-20", "terminated_at": "2026-03-01",
        "type": "EMPLOYEE", "reason": "moves away",
    });
    assert_eq!(with(NoTermination::Absent, LastWorking::Day).await, Some(told));
    let told = with(NoTermination::Absent, LastWorking::Date).await.unwrap();
    assert_eq!((&told["last_working_date"], told.get("last_working_day")), (&json!("2026-03-20"), None));
}

#[tokio::test]
async fn what_may_not_be_read_of_an_employment_is_left_out() {
    let unreadable_employment = [EmploymentField::Termination, EmploymentField::OrgUnits].into();
    let hr = Hr::with(Quirks { unreadable_employment, ..Quirks::default() }).await;
    staff(&hr).terminate(3001, leaver()).await.unwrap();
    let shown = newest(&hr).await;
    assert_eq!((shown.get("termination"), shown.get("org_units")), (None, None));
    assert_eq!(shown["employment_start_date"], "2024-01-01");
    hr.office().set_quirks(Quirks { unreadable_employment: EmploymentField::all(), ..Quirks::default() }).unwrap();
    let members: Vec<_> = newest(&hr).await.as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["_meta", "id", "person", "status"]);
}

#[tokio::test]
async fn custom_attributes_have_a_right_each() {
    let hr = Hr::new().await;
    for id in ["dynamic_305", "dynamic_306"] {
        let shown = json!({"id": id, "type": "string", "global_id": "shift_planning", "value": "True"});
        staff(&hr).set_attribute(3001, shown).await.unwrap();
    }
    let ids = async || {
        let shown = hr.read("/v2/persons/3001").await;
        shown["custom_attributes"].as_array().unwrap().iter().map(|found| found["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids().await, ["dynamic_305", "dynamic_306"]);
    hr.office()
        .set_quirks(Quirks { unreadable_custom: ["dynamic_305".to_owned()].into(), ..Quirks::default() })
        .unwrap();
    assert_eq!(ids().await, ["dynamic_306"]);
}

#[tokio::test]
async fn employments_come_newest_first_and_are_filtered() {
    let hr = Hr::new().await;
    staff(&hr).terminate(3001, Termination::on(date(2026, 2, 28))).await.unwrap();
    staff(&hr).rehire(3001, Terms::from(march(9))).await.unwrap();
    let ids: Vec<_> = hr.office().employments(3001).iter().rev().map(|employment| employment.id.to_string()).collect();
    let list = "/v2/persons/3001/employments";
    assert_eq!(hr.ids(list).await, ids);
    assert_eq!(hr.read(list).await["_data"][0]["status"], "ONBOARDING");
    assert_eq!(hr.read("/v2/persons/3001").await["status"], "ACTIVE", "the newest employment decides");
    for (query, expected) in [
        (format!("id={}", ids[1]), vec![ids[1].as_str()]),
        ("updated_at.gt=2026-03-01".to_owned(), vec![&ids[0], &ids[1]]),
        ("updated_at.lt=2026-03-01".to_owned(), vec![]),
        ("updated_at=2026-03-01".to_owned(), vec![]),
    ] {
        assert_eq!(hr.ids(&format!("{list}?{query}")).await, expected, "{query}");
    }
    let page = hr.read(&format!("{list}?limit=1")).await;
    let next = page["_meta"]["links"]["next"]["href"].as_str().unwrap();
    assert_eq!(hr.ids(next.strip_prefix(&hr.stage.url("/personio")).unwrap()).await, ids[1..]);
    for wrong in ["limit=51", "updated_at.gte=2026-03-01", "status=ACTIVE", "id=1"] {
        assert_eq!(hr.get(&format!("{list}?{wrong}")).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_sub_company_switch_goes_on_the_day_after() {
    let mut hr = Hr::new().await;
    staff(&hr).switch(3001, march(31), 5).await.unwrap();
    let employments = hr.office().employments(3001);
    let kinds: Vec<_> = employments.iter().map(|known| known.terms.termination.as_ref().map(|end| end.kind)).collect();
    assert_eq!(kinds, [Some(TerminationType::SubCompanySwitch), None]);
    let new = &employments[1].terms;
    assert_eq!((new.start, new.legal_entity, new.department), (Some(date(2026, 4, 1)), Some(5), Some(501)));
    hr.days_later(31).await;
    assert_eq!(hr.read("/v2/persons/3001").await["status"], "ACTIVE");
}

#[tokio::test]
async fn persons_may_be_read_late() {
    let hr = Hr::with(Quirks { person_lag_seconds: 30, ..Quirks::default() }).await;
    assert_eq!(hr.ids("/v2/persons").await.len(), 5, "the seed was always there");
    let hired = staff(&hr).hire(NewPerson::new("new@agency.example", march(2))).await.unwrap();
    staff(&hr).terminate(3001, leaver()).await.unwrap();
    staff(&hr).erase(3002).await.unwrap();
    let path = format!("/v2/persons/{hired}");
    assert_eq!([hr.get(&path).await.0, hr.get("/v2/persons/3002/employments").await.0], [404, 200]);
    assert_eq!(newest(&hr).await.get("termination"), None);
    hr.later(30);
    assert_eq!([hr.get(&path).await.0, hr.get("/v2/persons/3002/employments").await.0], [200, 404]);
    assert!(newest(&hr).await["termination"].is_object());
}

#[tokio::test]
async fn parts_of_the_company_are_called_by_their_names() {
    let hr = Hr::new().await;
    let names = async |path: &str| {
        let page = hr.read(path).await;
        page["_data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("/v2/org-units?type=department").await, ["Design", "Beratung"]);
    assert_eq!(names("/v2/workplaces?id=78").await, ["Hamburg"]);
    assert_eq!(names("/v2/legal-entities").await, ["Agentur Nord GmbH", "Agentur GmbH"], "newest first");
    assert_eq!(names("/v2/legal-entities?country=AT").await, [""; 0]);
    assert_eq!(hr.read("/v2/org-units/612?type=team").await["name"], "Marke");
    assert_eq!(hr.read("/v2/legal-entities/4").await["name"], "Agentur GmbH");
    for (path, status) in [
        ("/v2/org-units", 400),
        ("/v2/org-units/612", 400),
        ("/v2/org-units/612?type=TEAM", 400),
        ("/v2/org-units/612?type=department", 404),
        ("/v2/workplaces/77", 404),
        ("/v2/legal-entities/77", 404),
        ("/v2/workplaces?limit=101", 400),
    ] {
        assert_eq!(hr.get(path).await.0, status, "{path}");
    }
}

#[tokio::test]
async fn an_org_unit_tells_what_stands_above_it_if_asked() {
    let mut hr = Hr::new().await;
    let units = json!([
        {"id": 1, "type": "department", "name": "All"}, {"id": 2, "type": "department", "name": "Half", "parent": 1},
        {"id": 3, "type": "department", "name": "Few", "parent": 2}, {"id": 2, "type": "team", "name": "Other"},
    ]);
    let tenant = Tenant { org_units: serde_json::from_value(units).unwrap(), ..Tenant::seed() };
    hr.stage.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    let shown = hr.read("/v2/org-units/3?type=department&include_parent_chain=true").await;
    let chain: Vec<_> = shown["parent_chain"].as_array().unwrap().iter().map(|unit| unit["name"].clone()).collect();
    assert_eq!((&shown["parent_id"], chain), (&json!("2"), vec![json!("Half"), json!("All")]));
    assert_eq!(hr.read("/v2/org-units/3?type=department").await.get("parent_chain"), None);
}

#[tokio::test]
async fn names_need_rights_of_their_own() {
    let hr = Hr::new().await;
    hr.office().set_scopes(["personio:persons:read".to_owned()].into()).unwrap();
    assert_eq!(hr.get("/v2/persons/3001/employments").await.0, 200);
    for path in ["/v2/org-units?type=team", "/v2/org-units/612?type=team", "/v2/workplaces", "/v2/legal-entities/4"] {
        assert_eq!(hr.get(path).await.0, 403, "{path}");
    }
}
