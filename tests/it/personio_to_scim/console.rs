//! What the console can ask of this flow.

use std::collections::BTreeSet;
use std::time::Duration;

use admin::{Commands, Context, People, Registered};
use edge::batch::Handled;
use personio_to_scim::FLOW;
use secrecy::SecretString;
use serde_json::Value;
use twins::personio::v2::{EmploymentField, Quirks, Termination};
use vendors::personio::people_webhook::PEOPLE_EVENTS;

use super::house::{House, outcomes};
use crate::support::init::{asked, file, ids};

pub(super) const COMMANDS: Commands = FLOW.commands;

/// What a command is told of a house.
pub(super) struct Desk<'a> {
    house: &'a House,
    document: String,
    secret: SecretString,
}

impl<'a> Desk<'a> {
    fn of(house: &'a House, document: String) -> Self {
        Self::with(house, document, &house.secret())
    }

    /// With another secret.
    pub(super) fn with(house: &'a House, document: String, secret: &Value) -> Self {
        Self { house, document, secret: secret.to_string().into() }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            name: "accounts",
            document: &self.document,
            secret: &self.secret,
            local: true,
            ledger: &self.house.ledger,
            now: self.house.hands.now(),
            progress: &|_| {},
        }
    }
}

#[tokio::test]
async fn a_look_at_both_accounts_names_what_is_missing() {
    let house = House::new().await;
    let desk = Desk::of(&house, house.document());
    let verify = COMMANDS.verify.unwrap();
    let found = verify(desk.context()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new(), "{found:?}");
    assert!(found.seen.iter().any(|line| line.starts_with("scim: users on the first page: 1")), "{found:?}");

    let quirks = Quirks { unreadable_employment: EmploymentField::all(), ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    let found = verify(desk.context()).await.unwrap();
    assert!(found.problems.iter().any(|line| line.contains("employment_start_date")), "{found:?}");
    house.close().await;
}

#[tokio::test]
async fn a_webhook_is_registered_for_people_and_absences() {
    let house = House::new().await;
    let desk = Desk::of(&house, house.document());
    let url = "http://127.0.0.1:9/webhooks/personio-to-scim/accounts";
    let webhooks = COMMANDS.webhooks.unwrap();
    let Registered { made, .. } = (webhooks.register)(desk.context(), url).await.unwrap();
    assert!(made);
    let listed = (webhooks.list)(desk.context().reading(), url).await.unwrap();
    let events: BTreeSet<&str> = listed[0].events.iter().map(String::as_str).collect();
    assert_eq!(events, PEOPLE_EVENTS.iter().copied().collect());
    assert_eq!(listed[0].wrong, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn what_was_lost_on_the_way_is_replayed_from_personios_log() {
    let house = House::new().await;
    let desk = Desk::of(&house, house.document());
    // nobody answers there
    let url = "http://127.0.0.1:9/webhooks/personio-to-scim/accounts";
    let webhooks = COMMANDS.webhooks.unwrap();
    let nothing = (webhooks.replay)(desk.context(), url, house.hands.now()).await.unwrap_err();
    assert!(nothing.to_string().contains("hrsync webhooks register accounts"), "{nothing}");
    (webhooks.register)(desk.context(), url).await.unwrap();
    house.hire("early@agency.example", 0).await;
    house.pass(Duration::from_secs(60));
    let since = house.hands.now();
    house.hire("dora@agency.example", 0).await;
    (webhooks.ping)(desk.context(), url).await.unwrap();
    assert_eq!(house.until_quiet().await, [], "nothing has arrived");

    let replay = (webhooks.replay)(desk.context(), url, since).await.unwrap();
    assert_eq!((replay.messages.len(), replay.unreadable), (2, 0), "the person and the employment: {replay:?}");
    house.queue(&house.push_queue).send_all(&replay.messages).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    // once more: what has arrived meanwhile does no harm
    house.pass(Duration::from_secs(600));
    let again = (webhooks.replay)(desk.context(), url, since).await.unwrap();
    house.queue(&house.push_queue).send_all(&again.messages).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}

#[tokio::test]
async fn a_partner_is_the_same_whatever_its_token() {
    let house = House::new().await;
    let mut desk = Desk::of(&house, house.document());
    let accounts = COMMANDS.accounts.unwrap();
    let before = accounts(&desk.context()).unwrap();
    let mut secret = house.secret();
    secret["scim_token"] = serde_json::json!("a-token-that-was-renewed");
    desk.secret = secret.to_string().into();
    assert!(accounts(&desk.context()).unwrap() == before);
    house.close().await;
}

/// The console's `--confirm-deletions`, swept. How many steps waited.
async fn confirm(house: &House, document: &str) -> usize {
    let desk = Desk::of(house, document.to_owned());
    let confirmed = (COMMANDS.sweep.unwrap().confirm)(desk.context()).await.unwrap();
    let Some(confirmed) = confirmed else { return 0 };
    house.poll.sweeps.send_all(&confirmed.messages).await.unwrap();
    house.sweep_until_quiet().await;
    confirmed.steps
}

fn off(house: &House) -> usize {
    house.accounts().iter().filter(|account| account.ends_with("off")).count()
}

#[tokio::test]
async fn held_deactivations_go_once_a_person_confirms() {
    let mut house = House::new().await;
    let one = "deactivations = { percent = 0, number = 1 }";
    house.set("deactivations = { percent = 10, number = 5 }", one).await;
    house.sweep_everybody().await;
    house.pass(Duration::from_secs(60));
    for person in 3001..=3003 {
        house.staff().terminate(person, Termination::on(house.day(-1))).await.unwrap();
    }
    house.sweep_everybody().await;
    assert_eq!(off(&house), 1);
    assert_eq!(house.mails().await.len(), 1);

    let document = house.document().replace("deactivations = { percent = 10, number = 5 }", one);
    assert_eq!(confirm(&house, &document).await, 2);
    assert_eq!(outcomes(&house.until_quiet().await), ["done", "done"]);
    assert_eq!(off(&house), 3);
    house.close().await;
}

#[tokio::test]
async fn a_budget_of_nothing_lets_go_what_a_person_has_confirmed_and_no_more() {
    let mut house = House::new().await;
    let none = "deactivations = { percent = 0, number = 0 }";
    house.set("deactivations = { percent = 10, number = 5 }", none).await;
    let document = house.document().replace("deactivations = { percent = 10, number = 5 }", none);
    house.sweep_everybody().await;
    assert_eq!(confirm(&house, &document).await, 0, "nothing waits");
    house.pass(Duration::from_secs(60));
    let leaves = async |house: &House, person| {
        house.staff().terminate(person, Termination::on(house.day(-1))).await.unwrap();
        house.told("employment.updated", person).await;
        house.until_quiet().await;
    };
    leaves(&house, 3001).await;
    assert_eq!((off(&house), house.mails().await.len()), (0, 1));

    assert_eq!(confirm(&house, &document).await, 1);
    house.until_quiet().await;
    assert_eq!(off(&house), 1);
    house.pass(Duration::from_secs(60));
    leaves(&house, 3002).await;
    assert_eq!((off(&house), house.mails().await.len()), (1, 1), "who leaves later was not confirmed");
    assert_eq!(confirm(&house, &document).await, 1);
    house.until_quiet().await;
    assert_eq!(off(&house), 2);
    house.close().await;
}

#[tokio::test]
async fn a_low_limit_of_the_partner_makes_all_wait_and_none_go_in_a_circle() {
    let mut house = House::new().await;
    let document = house.document();
    let (personio, scim) = document.rsplit_once("60000").unwrap();
    house.configure(&format!("{personio}12{scim}")).await;
    let ended: Vec<Handled> = house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 5);
    let waits = outcomes(&ended).iter().filter(|outcome| **outcome == "waiting").count();
    assert!((1..=5).contains(&waits), "{ended:?}");
    house.close().await;
}

#[tokio::test]
async fn a_new_file_lists_what_persons_have_and_fits_the_accounts() {
    let house = House::new().await;
    let desk = Desk::of(&house, house.document());
    let findings = asked(&FLOW, desk.context(), People::Ids).await;
    assert!(ids(&findings, "employment_types").contains(&"INTERNAL"));
    assert_ne!(ids(&findings, "absence types"), Vec::<&str>::new());
    let text = file(&house.document(), "accounts", &findings, false);
    assert!(text.contains("[people]\n# employment_types of "), "{text}");
    (FLOW.check)(&text, true).unwrap();
    let found = COMMANDS.verify.unwrap()(Desk::of(&house, text).context()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new(), "{found:?}");
    house.close().await;
}
