//! No `Debug` shows personal data: every type that holds some is formatted with a marker in each of its members that a
//! person's data can reach.

use std::fmt::Debug;

use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::civil::date;
use serde_json::json;
use uuid::Uuid;

use crate::hellohq::model::{AbsenceType, Entry, Found, Period, User};
use crate::heyflow::model::{Answer, Answers, Submission};
use crate::heyflow::upload::Upload;
use crate::heyflow::webhook as heyflow;
use crate::hibob::model as hibob;
use crate::oneflow::model as oneflow;
use crate::personio::absences::Page;
use crate::personio::model::absence::{AbsencePeriod, Approval, Boundary};
use crate::personio::model::custom::{CustomAttribute, CustomType, CustomValue};
use crate::personio::model::employment::{Employment, EmploymentMember, EmploymentStatus};
use crate::personio::model::person::{Person, PersonMember, PersonStatus};
use crate::personio::model::presence::Presence;
use crate::personio::model::termination::{Termination, TerminationType};
use crate::personio::model::{Application, AttachedFile, Attribute, FileCategory};
use crate::personio::webhook as personio;
use crate::recruit::model as recruit;
use crate::scim::account::Login;
use crate::scim::list;
use crate::scim::lookup::UserMatch;
use crate::scim::model as scim;
use crate::scim::patch::{Dialect, groups, operations};
use crate::scim::users::{Created, UserById};
use crate::secret::WebhookSecret;
use crate::teamtailor::model as teamtailor;
use crate::value::{Email, Personal};
use crate::{UnreadableItem, secret};

/// Letters that stand nowhere else, not even as the numbers that bytes are shown as.
const MARK: &str = "zqxjzqxjzqxjzqxj";

#[track_caller]
fn hides(value: &impl Debug) {
    let bytes = format!("{:?}", MARK.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(MARK) && !shown.contains(bytes), "{shown}");
    }
}

fn personal() -> Personal<String> {
    Personal::new(MARK.to_owned())
}

fn email() -> Email {
    format!("{MARK}@example.com").parse().unwrap()
}

fn body() -> Vec<u8> {
    json!({"flowID": "F", "id": "R", "fields": {"Name": MARK}, "referrer": MARK}).to_string().into_bytes()
}

fn secrets() -> [WebhookSecret; 1] {
    [WebhookSecret::new(MARK.into(), None)]
}

#[test]
fn values_are_hidden() {
    hides(&personal());
    hides(&email());
    hides(&secrets());
    assert!(secret::any_matches(&secrets(), MARK.as_bytes(), "2026-03-01T10:00:00Z".parse().unwrap()));
}

#[test]
fn a_form_response_is_hidden() {
    let response = Submission::read(&body()).unwrap();
    let answers = response.answers("Name");
    assert_eq!(answers, Answers::Given(vec![Answer::One(MARK.to_owned())]));
    hides(&response);
    hides(&answers);
    hides(&response.files("Name"));
    hides(&Answer::Many(vec![MARK.to_owned()]));
    hides(&Answer::Parts([(MARK.to_owned(), MARK.to_owned())].into()));
    let json = String::from_utf8(body()).unwrap();
    let json = Personal::new(serde_json::value::RawValue::from_string(json).unwrap());
    hides(&heyflow::Delivery::Response(response, json));
    hides(&Submission::read(format!("[\"{MARK}\"]").as_bytes()).unwrap_err());
}

#[test]
fn a_verified_body_is_hidden() {
    let now = "2026-03-01T10:00:00Z".parse().unwrap();
    let name = HeaderName::from_static("x-hrsync-secret");
    let mut headers = HeaderMap::new();
    headers.insert(name.clone(), HeaderValue::from_static(MARK));
    let body = body();
    let secrets = secrets();
    let presented = heyflow::Presented { headers: &headers, query: "", segment: None, body: &body };
    let expected = heyflow::Expected { header: &name, parameter: "secret", secrets: &secrets };
    hides(&expected);
    hides(&heyflow::verify(presented, expected, now).unwrap());
    let names = [name.clone()];
    let expected = personio::Expected { headers: &names, secrets: &secrets };
    hides(&expected);
    hides(&personio::verify(&headers, &body, expected, now).unwrap());
}

#[test]
fn an_application_and_its_files_are_hidden() {
    let file = AttachedFile { uuid: Uuid::nil(), original_filename: personal(), category: FileCategory::Cv };
    let attribute = Attribute { id: "phone".parse().unwrap(), value: personal() };
    hides(&file);
    hides(&attribute);
    hides(&Upload { name: personal(), extension: "pdf", renamed_from: None, bytes: MARK.as_bytes().to_vec() });
    hides(&Application {
        first_name: personal(),
        last_name: personal(),
        email: email(),
        job_position_id: "1".parse().unwrap(),
        recruiting_channel_id: None,
        external_posting_id: Some(MARK.to_owned()),
        message: Some(personal()),
        application_date: None,
        phase: None,
        tags: vec![MARK.to_owned()],
        files: vec![file],
        attributes: vec![attribute],
    });
}

#[test]
fn persons_and_users_are_hidden() {
    let custom = CustomAttribute {
        id: Some("dynamic_1".to_owned()),
        global_id: None,
        kind: CustomType::Text,
        value: CustomValue::List(Personal::new(vec![MARK.to_owned()])),
    };
    hides(&custom.value);
    hides(&custom);
    hides(&Person {
        id: "1".parse().unwrap(),
        status: Some(PersonStatus::Active),
        email: Some(email()),
        first_name: Some(personal()),
        last_name: Some(personal()),
        preferred_name: Some(personal()),
        custom_attributes: vec![custom],
        created_at: None,
        updated_at: None,
        members: [(PersonMember::Email, Presence::There)].into(),
    });
    let user = User { id: "1".parse().unwrap(), work: Some(email()), private: Some(email()), deactivated: false };
    hides(&user);
}

#[test]
fn an_employment_is_hidden() {
    let termination = Termination {
        date: Some(date(2026, 3, 31)),
        last_working_day: None,
        kind: Some(TerminationType::Other(MARK.to_owned())),
        terminated_at: None,
    };
    hides(&termination);
    let employment = Employment {
        id: "e-1".parse().unwrap(),
        person: None,
        status: EmploymentStatus::Other(MARK.to_owned()),
        employment_type: None,
        position: Some(MARK.to_owned()),
        start: Some(date(2026, 3, 31)),
        end: None,
        contract_end: None,
        termination: Some(termination),
        supervisor: None,
        office: None,
        org_units: Vec::new(),
        legal_entity: None,
        cost_centers: Vec::new(),
        weekly_hours: Some(40.0),
        updated_at: None,
        shown: [EmploymentMember::StartDate].into(),
    };
    hides(&employment);
    assert!(!format!("{employment:?}").contains("2026"));
}

#[test]
fn absences_are_hidden() {
    let period = Period::Days { start: date(2026, 3, 2).at(0, 0, 0, 0), end: date(2026, 3, 3).at(0, 0, 0, 0) };
    let user = "1".parse().unwrap();
    let kind = AbsenceType::SickLeave;
    let note = MARK.to_owned();
    let found = Found {
        id: "1".parse().unwrap(),
        user,
        kind: Some(kind),
        period: Some(period),
        note: Some(note.clone()),
        created: None,
    };
    let entry = Entry { kind, user, period, note };
    let absence = AbsencePeriod {
        id: Uuid::nil().to_string().parse().unwrap(),
        person: "3003".parse().unwrap(),
        absence_type: Uuid::max().to_string().parse().unwrap(),
        starts: Boundary { at: date(2026, 3, 2).at(0, 0, 0, 0), half: None },
        ends: None,
        time_zone: Some(MARK.to_owned()),
        approval: Approval::Other(MARK.to_owned()),
        updated_at: Some("2026-03-01T10:00:00Z".parse().unwrap()),
    };
    let unreadable = UnreadableItem { id: Some(absence.id), what: "approval.status".to_owned() };
    let page = Page { items: vec![absence.clone()], unreadable: vec![unreadable], next: None };
    hides(&entry);
    hides(&found);
    hides(&absence);
    hides(&page);
    for reason in ["SickLeave", "2026-03-02", "ffffffff-ffff"] {
        let shown = format!("{entry:?} {found:?} {page:?}");
        assert!(!shown.contains(reason), "{shown}");
    }
}

#[test]
fn a_scim_user_and_what_is_sent_of_them_are_hidden() {
    let user = scim::User {
        id: MARK.parse().unwrap(),
        user_name: Some(MARK.parse().unwrap()),
        external_id: Some(MARK.parse().unwrap()),
        active: Some(true),
        emails: vec![email()],
        resource: Personal::new([(MARK.to_owned(), json!(MARK))].into_iter().collect()),
    };
    hides(&user);
    hides(&UserMatch::One(user.clone()));
    hides(&UserById::There(user.clone()));
    hides(&Created::Existing(user.clone()));
    let unreadable = UnreadableItem { id: Some(user.id.clone()), what: "active".to_owned() };
    hides(&list::Page { items: vec![user], unreadable: vec![unreadable], next: None });
    let value = scim::AttributeValue::text(scim::Attribute::FamilyName, MARK).unwrap();
    let address = scim::Address { value: email(), kind: scim::AddressType::Work, primary: true };
    hides(&address);
    let changes = [value, scim::AttributeValue::manager(&MARK.parse().unwrap())].map(scim::AttributeChange::Set);
    hides(&changes);
    hides(&operations(&changes, Dialect::default()));
    hides(&groups(&changes, Dialect::default()));
    hides(&Login::Bearer(MARK.into()));
}

#[test]
fn what_stands_in_a_position_or_an_opening_is_hidden() {
    let cell = hibob::Cell::new(json!(MARK), Some(MARK.to_owned()));
    hides(&cell);
    let cells = [(hibob::position_field::FILLED_BY, cell)];
    let position = hibob::Position { id: "1".parse().unwrap(), cells: cells.clone().into() };
    let opening = hibob::Opening { id: "1".parse().unwrap(), position: None, cells: cells.into() };
    hides(&position);
    hides(&opening);
    let page =
        crate::Page { items: vec![position], unreadable: Vec::<UnreadableItem<hibob::PositionId>>::new(), next: None };
    hides(&page);
}

#[test]
fn the_users_and_custom_fields_of_a_new_position_are_hidden() {
    let users = [(recruit::Role::HiringManager, recruit::User { email: email() })].into();
    hides(&recruit::NewPosition {
        name: "Engineer".to_owned(),
        status: recruit::PositionStatus::Open,
        is_discreet: false,
        department: None,
        employment_type: None,
        experience_level: None,
        location: None,
        custom_id: None,
        categories: vec![recruit::NamedValue { name: "Desk".to_owned(), value: personal() }],
        details: vec![recruit::NamedValue { name: "Note".to_owned(), value: personal() }],
        allow_fallback: None,
        users,
        openings: vec![recruit::NewOpening {
            name: "O-1".to_owned(),
            time_expected_hire: "2026-03-01T10:00:00Z".parse().unwrap(),
            reason: recruit::OpeningReason::New,
            approved_at: None,
            custom_fields: [("Desk".to_owned(), personal())].into(),
        }],
    });
}

#[test]
fn a_contract_is_hidden() {
    let participant = oneflow::Participant {
        id: "1".parse().unwrap(),
        name: Some(personal()),
        email: Some(email()),
        phone: Some(personal()),
        is_signatory: Some(true),
        delivery: None,
        sign_state: None,
        sign_state_updated: None,
        first_visit: None,
    };
    let party = oneflow::Party { id: "1".parse().unwrap(), is_ours: false, participants: vec![participant] };
    let field = oneflow::DataField { id: "1".parse().unwrap(), custom_id: None, name: None, value: personal() };
    hides(&oneflow::Contract {
        id: "1".parse().unwrap(),
        name: Some(personal()),
        state: oneflow::ContractState::Draft,
        state_updated: None,
        is_cancelled: None,
        updated: None,
        created: None,
        published: None,
        workspace: None,
        template: None,
        template_type: None,
        parties: vec![party],
        data_fields: Some(vec![field]),
    });
    let person =
        || oneflow::NewParticipant { name: personal(), email: email(), phone: Some(personal()), is_signatory: true };
    hides(&oneflow::NewContract {
        workspace: "1".parse().unwrap(),
        template: "1".parse().unwrap(),
        name: Some(personal()),
        data_fields: [("key".parse().unwrap(), personal())].into(),
        parties: vec![oneflow::NewParty { country: None, participant: person() }],
        own: vec![person()],
    });
    hides(&oneflow::Invitation { subject: personal(), message: personal() });
    hides(&oneflow::User { id: "1".parse().unwrap(), email: email(), is_active: None, is_admin: None });
}

#[test]
fn a_candidate_is_hidden() {
    let value = teamtailor::CustomFieldValue {
        id: "1".parse().unwrap(),
        field: "1".parse().unwrap(),
        content: teamtailor::FieldContent::Many(Personal::new(vec![MARK.to_owned()])),
    };
    hides(&teamtailor::FieldContent::One(personal()));
    hides(&teamtailor::NewFieldValue::text(MARK));
    hides(&teamtailor::Candidate {
        id: "1".parse().unwrap(),
        first_name: Some(personal()),
        last_name: Some(personal()),
        email: Some(email()),
        phone: Some(personal()),
        updated: None,
        values: Some(vec![value]),
    });
    hides(&teamtailor::CandidateChange {
        first_name: Some(personal()),
        last_name: Some(personal()),
        email: Some(email()),
        phone: Some(personal()),
    });
    hides(&teamtailor::User { id: "1".parse().unwrap(), name: Some(personal()), email: Some(email()) });
    hides(&teamtailor::Upload { id: "1".parse().unwrap(), file_name: Some(personal()) });
    hides(&teamtailor::TransientFile(personal()));
}

#[test]
fn what_stands_in_custom_fields_of_recruit_is_hidden() {
    let opening = recruit::Opening {
        uid: "9A.001".parse().unwrap(),
        position: None,
        name: None,
        status: None,
        names_hired: false,
        time_expected_hire: None,
        reason: None,
        time_created: None,
        custom_fields: [("Desk".to_owned(), personal())].into(),
    };
    hides(&opening);
    hides(&recruit::Position {
        uid: "3A.93C".parse().unwrap(),
        name: None,
        status: None,
        custom_id: None,
        is_template: None,
        categories: vec![("Desk".to_owned(), personal())],
        openings: Some(vec![opening]),
    });
    let custom_fields = [("Desk".to_owned(), Some(personal()))].into();
    hides(&crate::recruit::openings::OpeningChange { custom_fields, ..Default::default() });
}
