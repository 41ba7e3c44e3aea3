//! What asks for contracts, and what they are made from: stages and jobs, people, recruiters.

use admin::{Context, Start, StartCommand, Started};
use edge::Outcome;
use oneflow_teamtailor::FLOW;
use secrecy::SecretString;
use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::oneflow::{self, State};
use twins::teamtailor::{Edit, User};

use super::house::{DORA, House, MINUTE, OFFER};

const START: StartCommand = FLOW.commands.start.unwrap();

/// A second template, of the same type.
fn with_another_template(house: &House) {
    house.oneflow(|account| {
        let another =
            oneflow::Template { id: 32, name: "Freelance contract".to_owned(), ..account.templates[0].clone() };
        account.templates.push(another);
    });
}

fn templates(house: &House) -> Vec<i64> {
    house.contracts().iter().map(|contract| contract.template_id).collect()
}

/// What `hrsync start` does: the order is queued.
async fn order(house: &House, candidate: u64, template: Option<&str>) -> Result<String, String> {
    let secret = SecretString::from(house.secret().to_string());
    let document = house.document();
    let context = Context {
        name: "contracts",
        document: &document,
        secret: &secret,
        local: true,
        ledger: &house.ledger,
        now: house.hands.now(),
        progress: &|_| {},
    };
    let start = Start { object: &candidate.to_string(), template, workspace: None, again: false };
    let Started { message, what, .. } = START(context, start).await.map_err(|error| error.to_string())?;
    house.push_queue().send(&message).await.unwrap();
    Ok(what)
}

#[tokio::test]
async fn a_person_starts_one_contract_a_day_for_a_candidate() {
    let house = House::new().await;
    with_another_template(&house);
    let dora = house.dora().await.candidate;
    house.until_quiet().await;
    assert_eq!(order(&house, dora, Some("32")).await.unwrap(), "a contract from template 32 in workspace 11");
    house.until_quiet().await;
    assert_eq!(templates(&house), [32]);
    assert_eq!(house.invitations(house.contracts()[0].id), 1);
    // the answer was lost, so the command is given again
    house.pass(MINUTE);
    order(&house, dora, Some("32")).await.unwrap();
    house.until_quiet().await;
    assert_eq!(templates(&house), [32]);
    order(&house, dora, None).await.unwrap();
    house.until_quiet().await;
    assert_eq!(templates(&house), [32, 31]);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn a_person_is_told_at_once_what_keeps_a_contract_from_being_made() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    house.until_quiet().await;
    let nobody = order(&house, dora + 1, None).await.unwrap_err();
    assert_eq!(nobody, format!("Teamtailor has no candidate {}", dora + 1));
    let template = order(&house, dora, Some("99")).await.unwrap_err();
    assert!(template.contains("there is no template 99") && template.contains("`hrsync-key`"), "{template}");
    assert!(order(&house, dora, Some("x")).await.unwrap_err().starts_with("--template: "));
    house.recruiters().edit(dora, Edit { phone: Some(String::new()), ..Edit::default() }).await.unwrap();
    let lacks = order(&house, dora, None).await.unwrap_err();
    assert_eq!(lacks, format!("candidate {dora} has no telephone number: enter that in Teamtailor first"));
    house.until_quiet().await;
    assert_eq!(house.contracts(), []);
    house.close().await;
}

#[tokio::test]
async fn the_template_is_that_of_the_first_rule_that_fits() {
    for (rule, template) in [
        ("{ stage = \"offer\", template = \"32\" }", 32),
        ("{ job = \"41\", template = \"32\" }", 32),
        ("{ job = \"41\", stage = \"Applied\", template = \"32\" }", 31),
        ("{ job = \"42\", template = \"32\" }", 31),
    ] {
        let mut house = House::new().await;
        with_another_template(&house);
        house.set("\n# own_signatory", &format!("\ntemplates = [{rule}]\n# own_signatory")).await;
        let applied = house.dora().await;
        house.recruiters().move_to(applied.application, OFFER).await.unwrap();
        house.until_quiet().await;
        assert_eq!(templates(&house), [template], "{rule}");
        house.close().await;
    }
}

#[tokio::test]
async fn the_jobs_recruiter_signs_who_is_a_user_of_oneflow() {
    let mut house = House::new().await;
    house.set("# own_recruiter", "own_recruiter").await;
    house.teamtailor(|account| {
        account.users.push(User { id: 901, name: "Rita Lind".to_owned(), email: "Rita@agency.example".to_owned() });
        account.jobs.iter_mut().find(|job| job.id == 41).unwrap().recruiter = Some(901);
    });
    let applied = house.dora().await;
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.contracts(), [], "she is no user of Oneflow");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("no recruiter who is a user of Oneflow"), "{mails:?}");

    house.oneflow(|account| {
        let rita = oneflow::User { email: "rita@agency.example".to_owned(), ..account.users[0].clone() };
        account.users.push(rita);
    });
    house.sweep_all().await;
    let contracts = house.contracts();
    assert_eq!(contracts.len(), 1);
    let rita = contracts[0].participant("rita@agency.example");
    assert!(rita.is_some_and(|rita| rita.signatory), "{contracts:?}");
    house.close().await;
}

/// What the mail promises holds although edits reach no contracts.
#[tokio::test]
async fn what_a_candidate_lacked_makes_the_contract_once_it_is_entered() {
    let mut house = House::new().await;
    house.set("update = true", "update = false").await;
    let applied = house.dora().await;
    let phone = |text: &str| Edit { phone: Some(text.to_owned()), ..Edit::default() };
    house.recruiters().edit(applied.candidate, phone("")).await.unwrap();
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.contracts(), []);
    house.recruiters().edit(applied.candidate, phone("+46 70 124")).await.unwrap();
    let ended = house.until_quiet().await;
    assert_eq!((house.contracts().len(), house.mails().await.len()), (1, 1), "{ended:?}");
    house.close().await;
}

#[tokio::test]
async fn a_refused_contract_is_tried_again_by_sweeps() {
    let house = House::new().await;
    let refuses = Rule::new("POST /v1/contracts/create", Effect::status(400)).unwrap().times(9);
    house.twins.oneflow().desk().set_faults(Faults::one(refuses));
    let applied = house.dora().await;
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    house.until_quiet().await;
    assert_eq!((house.contracts().len(), house.mails().await.len()), (0, 1));
    house.twins.oneflow().desk().set_faults(Faults::default());
    house.sweep_all().await;
    assert_eq!(house.contracts().len(), 1);
    house.close().await;
}

/// `[start]` came later than the applications: the day's sweep looks back to the start date.
#[tokio::test]
async fn applications_of_before_start_contracts_from_the_start_date_on() {
    let mut house = House::new().await;
    house.set("stages = [\"Offer\"]", "stages = [\"Elsewhere\"]").await;
    let applied = house.dora().await;
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    house.until_quiet().await;
    for _ in 0..3 {
        house.sweep_all().await;
    }
    assert_eq!(house.contracts(), []);
    house.set("stages = [\"Offer\"]", "stages = [\"offer \"]").await;
    house.sweep_all().await;
    assert_eq!(house.contracts().len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_pdf_that_is_late_keeps_no_problem_back() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.until_quiet().await;
    house.oneflow(|account| account.pdf_after_seconds = 600);
    house.pass(MINUTE);
    house.enter(contract, "oneflow-start-date", "03/04/2026").await;
    house.desk().sign(contract, None).await.unwrap();
    house.deliver().await;
    let mut ended = Vec::new();
    for _ in 0..4 {
        ended.extend(house.push(&house.take().await).await);
    }
    assert!(ended.iter().any(|ended| matches!(ended.outcome, Outcome::Retry | Outcome::Waiting)), "{ended:?}");
    assert_eq!(house.mails().await.len(), 1, "told before the PDF is there");
    house.until_quiet().await;
    assert_eq!(house.files(dora).len(), 1);
    house.close().await;
}

#[tokio::test]
async fn the_status_says_who_declined() {
    let mut house = House::new().await;
    house.set("# status_field", "status_field").await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.desk().decline(contract, DORA).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.held(dora, "contract-status"), json!("declined: by the candidate"));
    assert_eq!(house.contracts()[0].state, State::Declined);
    house.close().await;
}

#[tokio::test]
async fn a_refused_value_is_sent_once() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.until_quiet().await;
    let refuses = Rule::new("POST /eu/v1/custom-field-values", Effect::status(422)).unwrap().times(9);
    house.twins.teamtailor().desk().set_faults(Faults::one(refuses));
    house.pass(MINUTE);
    house.enter(contract, "oneflow-start-date", "2026-04-03").await;
    let ended = house.until_quiet().await;
    let sent = || {
        let calls = house.twins.teamtailor().desk().calls();
        calls.iter().filter(|call| call.method == "POST" && call.path.ends_with("/custom-field-values")).count()
    };
    assert_eq!((sent(), house.mails().await.len()), (1, 1), "{ended:?}");
    house.sweep_all().await;
    assert_eq!((sent(), house.mails().await.len()), (1, 0), "neither sent nor told again");
    house.twins.teamtailor().desk().set_faults(Faults::default());
    house.enter(contract, "oneflow-start-date", "2026-05-03").await;
    house.until_quiet().await;
    assert_eq!(house.held(dora, "oneflow-start-date"), json!("2026-05-03"));
    house.close().await;
}
