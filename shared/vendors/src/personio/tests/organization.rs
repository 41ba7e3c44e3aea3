//! The names of what employments give by id.

use super::super::model::employment::OrgUnitKind;
use super::super::organization;
use super::*;
use crate::Kind;

#[tokio::test]
async fn departments_and_teams_are_asked_for_by_kind() {
    let unit = json!({"id": "501", "name": " Kreation ", "abbreviation": "KR", "type": "department"});
    for body in [unit.clone(), json!({"_data": unit})] {
        let server = answering(ok(body)).await;
        let hr = hr(&server);
        let id = "501".parse().unwrap();
        assert_eq!(organization::org_unit(&hr, &OrgUnitKind::Department, &id).await.unwrap(), "Kreation");
        assert_eq!(organization::org_unit(&hr, &OrgUnitKind::Team, &id).await.unwrap(), "Kreation");
        let wanted = ["GET /v2/org-units/501?type=department", "GET /v2/org-units/501?type=team"];
        assert_eq!(requests(&server).await, wanted);
    }
}

#[tokio::test]
async fn a_legal_entity_is_read_by_its_id() {
    let server = answering(ok(json!({"id": "4", "name": "Agentur GmbH"}))).await;
    let name = organization::legal_entity(&hr(&server), &"4".parse().unwrap()).await.unwrap();
    assert_eq!((name.as_str(), requests(&server).await), ("Agentur GmbH", vec!["GET /v2/legal-entities/4".to_owned()]));
}

#[tokio::test]
async fn an_office_is_found_among_workplaces_even_where_the_filter_is_passed_over() {
    let listed = json!({"_data": [{"id": 76, "name": "Hamburg"}, {"id": 77, "name": "Berlin"}], "_meta": {}});
    let server = answering(ok(listed)).await;
    let office = |id: &str| id.parse().unwrap();
    assert_eq!(organization::office(&hr(&server), &office("77")).await.unwrap(), "Berlin");
    assert_eq!(organization::office(&hr(&server), &office("78")).await.unwrap_err().kind, Kind::Gone);
    assert_eq!(requests(&server).await, ["GET /v2/workplaces?id=77", "GET /v2/workplaces?id=78"]);
}

#[tokio::test]
async fn a_thing_without_a_name_is_unreadable() {
    for body in [json!({"id": "4"}), json!({"id": "4", "name": ""}), json!({"id": "4", "name": 7})] {
        let server = answering(ok(body)).await;
        let error = organization::legal_entity(&hr(&server), &"4".parse().unwrap()).await.unwrap_err();
        assert!(
            matches!(&error.kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some("name")),
            "{error}"
        );
    }
    let server = answering(ok(json!([]))).await;
    let error = organization::legal_entity(&hr(&server), &"4".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn each_failure_has_its_cause() {
    for (status, one, list) in [
        (401, Kind::RightMissing(Vec::new()), Kind::RightMissing(Vec::new())),
        (404, Kind::Gone, Kind::WrongAddress),
        (412, Kind::Unexplained { status: 412 }, Kind::Unexplained { status: 412 }),
        (503, Kind::Unavailable { retry_after: None }, Kind::Unavailable { retry_after: None }),
    ] {
        let server = answering(ResponseTemplate::new(status)).await;
        let hr = hr(&server);
        let unit = organization::org_unit(&hr, &OrgUnitKind::Team, &"1".parse().unwrap()).await;
        assert_eq!(unit.unwrap_err().kind, one, "{status}");
        let entity = organization::legal_entity(&hr, &"1".parse().unwrap()).await;
        assert_eq!(entity.unwrap_err().kind, one, "{status}");
        let office = organization::office(&hr, &"1".parse().unwrap()).await;
        assert_eq!(office.unwrap_err().kind, list, "{status}");
    }
}
