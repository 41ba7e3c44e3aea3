//! The console's preview, both ways: what the next sweep would do, with nothing written.

use admin::{ChangeKind, Explanation, Preview, PreviewCommands};
use oneflow_teamtailor::FLOW;
use serde_json::json;
use twins::teamtailor::{Applied, Edit};

use super::console::{Console, writes};
use super::house::{DORA, House, MINUTE, OFFER};

const COMMANDS: PreviewCommands = FLOW.commands.preview.unwrap();
const START: &str = "oneflow-start-date";
const JAN: &str = "jan@people.example";

async fn preview(house: &House) -> Preview {
    let console = Console::of(house).await;
    (COMMANDS.everything)(console.context().reading()).await.unwrap()
}

/// What is found out of a candidate: what each step is called, and what came of it.
async fn explained(house: &House, candidate: impl ToString) -> Vec<String> {
    let console = Console::of(house).await;
    let explain = COMMANDS.object.unwrap();
    let Explanation { steps } = explain(console.context().reading(), &candidate.to_string()).await.unwrap();
    steps.iter().map(|step| format!("{}: {}", step.what, step.seen)).collect()
}

fn kinds(preview: &Preview) -> Vec<(String, ChangeKind)> {
    preview.changes.iter().map(|change| (change.object.clone(), change.kind)).collect()
}

/// Somebody gets an offer.
async fn offered(house: &House, email: &str) -> Applied {
    let applied = house.applies(email).await;
    house.recruiters().fill(applied.candidate, START, &json!("2026-04-03")).await.unwrap();
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    applied
}

#[tokio::test]
async fn a_preview_says_what_would_happen_both_ways_and_writes_nothing() {
    let house = House::new().await;
    let dora = offered(&house, DORA).await;
    let jan = offered(&house, JAN).await;
    house.recruiters().edit(jan.candidate, Edit { phone: Some(String::new()), ..Edit::default() }).await.unwrap();
    let kim = house.applies("kim@people.example").await.candidate;
    let contract = house.contract_for(kim, "kim@people.example").await;
    house.desk().edit_field(contract, START, "2026-06-01", None).await.unwrap();
    house.desk().sign(contract, None).await.unwrap();
    house.lose();

    let before = (house.contents().await, house.contracts());
    let preview = preview(&house).await;
    let mut expected = vec![
        (dora.candidate.to_string(), ChangeKind::Created),
        (jan.candidate.to_string(), ChangeKind::Refused),
        (kim.to_string(), ChangeKind::Changed),
    ];
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(kinds(&preview), expected, "{preview:?}");
    let what = |candidate: u64| {
        let change = preview.changes.iter().find(|change| change.object == candidate.to_string());
        change.unwrap().what.clone()
    };
    let made = format!(
        "a contract from template 31 in workspace 11 for application {}, with {START}, phone filled in; then it is sent",
        dora.application
    );
    assert_eq!(what(dora.candidate), made);
    assert!(what(jan.candidate).contains("has no telephone number"), "{}", what(jan.candidate));
    let written = format!("write {START} of the contract to {START} of the candidate");
    assert_eq!(what(kim), format!("contract {contract}: {written}, then attach the signed PDF"));
    assert_eq!((house.contents().await, house.contracts()), before);
    assert_eq!(writes(&house), Vec::<String>::new());

    // what it says is what a sweep does
    house.sweep_all().await;
    assert_eq!(house.contracts().len(), 2);
    assert_eq!((house.held(kim, START), house.files(kim).len()), (json!("2026-06-01"), 1));
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("telephone number"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn a_preview_knows_what_is_kept() {
    let mut house = House::new().await;
    house.set("# move_to = { \"4711\" = \"98765\" }", "move_to = { \"41\" = \"53\" }").await;
    let dora = offered(&house, DORA).await;
    house.until_quiet().await;
    let contract = house.contracts()[0].id;
    let quiet = preview(&house).await;
    assert_eq!((kinds(&quiet), quiet.unchanged), (Vec::new(), 1), "{quiet:?}");

    house.pass(MINUTE);
    house.recruiters().fill(dora.candidate, START, &json!("2026-05-01")).await.unwrap();
    let edited = preview(&house).await;
    let written = format!("contract {contract}: write {START} of the candidate to {START} of the contract");
    assert_eq!(edited.changes[0].what, written);
    house.until_quiet().await;

    house.pass(MINUTE);
    house.desk().sign(contract, None).await.unwrap();
    let signed = preview(&house).await;
    let application = dora.application;
    let then = format!("contract {contract}: attach the signed PDF, then move application {application} to stage 53");
    assert_eq!(signed.changes[0].what, then);
    house.until_quiet().await;
    assert_eq!(kinds(&preview(&house).await), Vec::new());
    house.close().await;
}

#[tokio::test]
async fn a_preview_says_what_the_budget_and_the_template_hold_back() {
    let mut house = House::new().await;
    house.set("creations_per_day = 500", "creations_per_day = 1").await;
    offered(&house, DORA).await;
    offered(&house, JAN).await;
    let held = preview(&house).await;
    let kinds: Vec<ChangeKind> = held.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Created, ChangeKind::Held], "{held:?}");
    assert!(
        held.changes[1].what.ends_with("for 1 candidates of the 1 that `start.creations_per_day` allows"),
        "{held:?}"
    );

    house.oneflow(|account| {
        account.template_types[0].data_fields.retain(|field| field.custom_id != "hrsync-key");
    });
    let refused = preview(&house).await;
    let is_told = |change: &admin::Change| change.kind == ChangeKind::Refused && change.what.contains("`hrsync-key`");
    assert!(refused.changes.len() == 2 && refused.changes.iter().all(is_told), "{refused:?}");
    house.lose();
    house.close().await;
}

#[tokio::test]
async fn one_candidate_is_explained_step_by_step() {
    let mut house = House::new().await;
    let dora = offered(&house, DORA).await;
    let offer = explained(&house, dora.candidate).await;
    assert_eq!(offer[0], "contracts at hand: none");
    let asks = format!("asks for a contract: application {}: a contract from template 31", dora.application);
    assert!(offer[1].starts_with(&asks), "{offer:?}");
    assert!(offer.last().unwrap().starts_with("created: a contract from template 31"), "{offer:?}");

    house.set("start_date = \"2020-01-01\"", "start_date = \"2100-01-01\"").await;
    let late = explained(&house, dora.candidate).await;
    let why = format!(
        "starts no contract: application {}: it came into its stage before `start.start_date`",
        dora.application
    );
    assert!(late.contains(&why) && late.last().unwrap() == "then: nothing is done", "{late:?}");
    assert_eq!(kinds(&preview(&house).await), Vec::new());

    let kim = house.applies("kim@people.example").await.candidate;
    let contract = house.contract_for(kim, "kim@people.example").await;
    let known = explained(&house, kim).await;
    assert!(known.iter().any(|step| step.starts_with(&format!("contract: {contract} (sent)"))), "{known:?}");
    assert!(explained(&house, 999_999).await[0].starts_with("Teamtailor: shows no such candidate"));
    assert_eq!(writes(&house), Vec::<String>::new());
    house.lose();
    house.close().await;
}
