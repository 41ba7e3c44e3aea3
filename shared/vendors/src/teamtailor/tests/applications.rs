//! Applications, their list, moving them, and notes.

use super::super::applications::{self, ApplicationById, Moved};
use super::super::notes::{self, Noted};
use super::*;
use crate::{Cursor, Kind};

fn application(id: &str) -> Value {
    json!({"id": id, "type": "job-applications", "attributes": {"created-at": "2017-02-20T10:30:43.910+01:00",
        "rejected-at": null, "changed-stage-at": "2017-01-11T11:29:48.841+01:00"},
        "relationships": {"candidate": related("candidates", "3"), "stage": related("stages", "8"), "job": related("jobs", "5")}})
}

fn stage() -> Value {
    json!({"id": "8", "type": "stages", "attributes": {"name": "Offer"}})
}

fn page(ids: &[&str], next: Value) -> ResponseTemplate {
    let data: Vec<_> = ids.iter().map(|id| application(id)).collect();
    ok(json!({"data": data, "included": [stage()], "meta": {"record-count": 2}, "links": {"next": next}}))
}

fn link(page: &str) -> Value {
    json!(format!("https://elsewhere.example/v1/other?sort=id&{page}&page%5Bsize%5D=10"))
}

async fn newest(cursor: Option<&str>, template: ResponseTemplate) -> (Result<Option<Cursor>, Kind>, String) {
    let server = answering(template).await;
    let cursor = cursor.map(|text| Cursor::new(text.to_owned()));
    let read = applications::newest(&teamtailor(&server), cursor.as_ref()).await;
    (read.map(|page| page.next).map_err(|error| error.kind), line(&request(&server).await))
}

#[tokio::test]
async fn an_application_is_read_with_candidate_stage_and_job() {
    let server = answering(ok(json!({"data": application("1337"), "included": [stage()]}))).await;
    let there = applications::read(&teamtailor(&server), &"1337".parse().unwrap()).await.unwrap();
    let ApplicationById::There(read) = there else { panic!("an application") };
    assert_eq!((read.listed.candidate, read.job), ("3".parse().ok(), "5".parse().ok()));
    assert_eq!(read.listed.stage.unwrap().name.as_deref(), Some("Offer"));
    assert_eq!(read.listed.stage_changed.unwrap().to_string(), "2017-01-11T10:29:48.841Z");
    let wanted = "GET /v1/job-applications/1337?include=candidate,stage,job";
    assert_eq!(line(&request(&server).await), wanted);
    let gone = answering(refusal(404, "Record not found")).await;
    let gone = applications::read(&teamtailor(&gone), &"1337".parse().unwrap()).await.unwrap();
    assert_eq!(gone, ApplicationById::Gone);
}

#[tokio::test]
async fn an_erased_candidate_leaves_an_application_without_one() {
    let mut lone = application("1");
    lone["relationships"]["candidate"] = json!({"data": null});
    let mut unknown = application("2");
    unknown["relationships"]["candidate"] = json!({"links": {}});
    let server = answering(ok(json!({"data": [lone, unknown], "included": [stage()]}))).await;
    let page = applications::newest(&teamtailor(&server), None).await.unwrap();
    assert_eq!((page.items.len(), &page.items[0].candidate), (1, &None));
    assert_eq!(page.items[0].stage.as_ref().and_then(|stage| stage.name.as_deref()), Some("Offer"));
    let unreadable = &page.unreadable[0];
    assert_eq!((unreadable.id.clone(), unreadable.what.as_str()), ("2".parse().ok(), "candidate"));
}

#[tokio::test]
async fn only_the_page_is_taken_from_a_link() {
    let (next, first) = newest(None, page(&["1"], link("page%5Bnumber%5D=2"))).await;
    assert_eq!(first, "GET /v1/job-applications?include=candidate,stage&sort=-changed_stage_at&page[size]=30");
    let cursor = next.unwrap().unwrap();
    let (last, second) = newest(Some(cursor.as_str()), page(&["2"], json!(null))).await;
    assert_eq!((last, second), (Ok(None), format!("{first}&page[number]=2")));
    let (next, _) = newest(None, page(&["1"], json!({"href": link("page[after]=abc%3D")}))).await;
    assert_eq!(next.unwrap().unwrap().as_str(), "page[after]=abc=");
}

#[tokio::test]
async fn a_list_that_leads_back_is_endless() {
    for (current, next) in [
        (None, "page%5Bnumber%5D=1"),
        (Some("page[number]=3"), "page%5Bnumber%5D=3"),
        (Some("page[number]=3"), "page%5Bnumber%5D=2"),
        (Some("page[after]=a"), "page%5Bafter%5D=a"),
    ] {
        assert_eq!(newest(current, page(&["1"], link(next))).await.0, Err(Kind::Endless), "{next}");
    }
}

#[tokio::test]
async fn a_link_without_a_page_is_no_last_page() {
    for odd in [json!("https://elsewhere.example/v1"), link("x=1"), json!(7), json!({})] {
        assert_eq!(newest(None, page(&["1"], odd)).await.0, Err(Kind::Unexplained { status: 200 }));
    }
    for last in [json!(null), json!("")] {
        assert_eq!(newest(None, page(&["1"], last)).await.0, Ok(None));
    }
}

#[tokio::test]
async fn an_application_is_moved_to_a_stage() {
    let server = answering(ok(json!({"data": application("1337")}))).await;
    let moved = applications::move_to(&teamtailor(&server), &"1337".parse().unwrap(), &"8".parse().unwrap()).await;
    assert_eq!(moved.unwrap(), Moved::Done);
    let request = request(&server).await;
    assert_eq!(line(&request), "PATCH /v1/job-applications/1337");
    let relationships = json!({"stage": related("stages", "8")});
    let wanted = json!({"data": {"type": "job-applications", "id": "1337", "relationships": relationships}});
    assert_eq!(body(&request), wanted);
    let foreign = answering(refusal(422, "is invalid")).await;
    let moved = applications::move_to(&teamtailor(&foreign), &"1337".parse().unwrap(), &"9".parse().unwrap()).await;
    assert!(matches!(moved.unwrap(), Moved::Refused(_)));
}

#[tokio::test]
async fn a_note_is_written_in_a_users_name() {
    let server = answering(made("notes")).await;
    let (candidate, user) = ("3".parse().unwrap(), "819".parse().unwrap());
    let noted = notes::create(&teamtailor(&server), &candidate, &user, &personal("Declined.")).await.unwrap();
    assert_eq!(noted, Noted::Done("77".parse().unwrap()));
    let request = request(&server).await;
    assert_eq!(line(&request), "POST /v1/notes");
    let relationships = json!({"candidate": related("candidates", "3"), "user": related("users", "819")});
    let wanted =
        json!({"data": {"type": "notes", "attributes": {"note": "Declined."}, "relationships": relationships}});
    assert_eq!(body(&request), wanted);
}

#[tokio::test]
async fn a_candidates_applications_come_with_the_candidate() {
    let known = json!({"data": [{"type": "job-applications", "id": "7"}]});
    let dora = json!({"id": "3", "type": "candidates", "attributes": {}, "relationships": {"job-applications": known}});
    let server = answering(ok(json!({"data": dora, "included": [application("7")]}))).await;
    let ids = applications::of_candidate(&teamtailor(&server), &"3".parse().unwrap()).await.unwrap();
    assert_eq!(ids, Some(vec!["7".parse().unwrap()]));
    assert_eq!(line(&request(&server).await), "GET /v1/candidates/3?include=job-applications");
    let gone = answering(refusal(404, "Record not found")).await;
    assert_eq!(applications::of_candidate(&teamtailor(&gone), &"3".parse().unwrap()).await.unwrap(), None);
}
