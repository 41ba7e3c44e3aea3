//! `hrsync webhooks`: what Personio has afterwards, and whether its deliveries open the door.

use admin::{Registered, Removal, Webhook, WebhookCommands};
use edge::http::Answer;
use jiff::Timestamp;
use personio_to_hellohq::NAME;
use serde_json::json;
use twins::personio::v2::{SEED_CLIENT, SEED_SECRET, kinds};
use vendors::Http;
use vendors::personio::hr::{Account, Hr, Tokens};
use vendors::personio::webhook::ABSENCE_EVENTS;
use vendors::personio::webhooks::{self, HookSecret, NewHook};
use vendors::value::BaseUrl;

use super::super::house::{House, SECRET};
use super::{COMMANDS, Desk};
use crate::support::door::Door;

/// The address of a door that nobody has to answer at.
const ADDRESS: &str = "http://127.0.0.1:9/webhooks/personio-to-hellohq/absences";

fn webhooks() -> WebhookCommands {
    COMMANDS.webhooks.unwrap()
}

async fn register(desk: &Desk<'_>, url: &str) -> Registered {
    (webhooks().register)(desk.context(), url).await.unwrap()
}

async fn list(house: &House, url: &str) -> Vec<Webhook> {
    (webhooks().list)(Desk::of(house).context().reading(), url).await.unwrap()
}

/// What another console, or another system, has made.
async fn made_elsewhere(house: &House, url: &str, events: &'static [&'static str]) -> String {
    let base_url = BaseUrl::parse(&format!("{}/personio", house.vendors()), true).unwrap();
    let (client_id, client_secret) = (SEED_CLIENT.to_owned(), SEED_SECRET.into());
    let account = Account { base_url, client_id, client_secret };
    let secret = HookSecret::Authorization("a-secret-of-somebody".into());
    let new = NewHook { url: url.parse().unwrap(), description: "sample".to_owned(), events, secret };
    let personio = Hr::new(Http::new().unwrap(), account, Tokens::default(), house.hands.now());
    webhooks::create(&personio, &new).await.unwrap()
}

/// Has Personio ping a fresh registration, and the flow's receiver answer it.
async fn pinged(house: &House, desk: &Desk<'_>) -> Answer {
    let door = Door::new().await;
    let url = door.url(NAME, "absences");
    let Registered { id, .. } = register(desk, &url).await;
    let answer = door.answer(async |request| house.receiver.receive(request).await);
    let (pinged, answer) = tokio::join!((webhooks().ping)(desk.context(), &url), answer);
    assert_eq!(pinged.unwrap(), [id]);
    answer
}

#[tokio::test]
async fn a_registration_is_made_once_and_then_brought_up_to_date() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    let first = register(&desk, ADDRESS).await;
    let second = register(&desk, ADDRESS).await;
    assert_eq!((first.made, second.made, &second.id), (true, false, &first.id));
    assert_eq!((second.changed, second.others), (Vec::new(), Vec::new()));
    let hooks = list(&house, ADDRESS).await;
    assert_eq!(hooks.len(), 1);
    let Webhook { id, url, is_own, enabled, events, wrong } = &hooks[0];
    assert_eq!((id, url.as_str(), *is_own, *enabled), (&first.id, ADDRESS, true, true));
    assert_eq!((events.join(" "), wrong.len()), (ABSENCE_EVENTS.join(" "), 0));
    house.close().await;
}

#[tokio::test]
async fn what_is_registered_opens_the_door() {
    let house = House::new().await;
    let answer = pinged(&house, &Desk::of(&house)).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "ignored"), "by `Authorization`");

    let document = house.document().replace("[\"authorization\"]", "[\"x-hrsync-secret\", \"x-hrsync-spare\"]");
    house.configure(&document).await;
    house.pass(std::time::Duration::from_secs(120));
    let answer = pinged(&house, &Desk::with(&house, document, &house.secret())).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "ignored"), "by headers of its own");
    house.close().await;
}

#[tokio::test]
async fn the_newest_secret_is_given_to_personio() {
    let house = House::new().await;
    let mut secret = house.secret();
    let ends = house.hands.now() + std::time::Duration::from_secs(60);
    secret["webhook_secrets"] = json!([{"value": "the-next-secret-of-it"}, {"value": SECRET, "not_after": ends}]);
    house.set_secret(personio_to_hellohq::NAME, "absences", &secret).await;
    let desk = Desk::with(&house, house.document(), &secret);
    register(&desk, ADDRESS).await;
    let given: Vec<_> = house.office().webhooks().into_iter().map(|hook| hook.token).collect();
    assert_eq!(given, [Some("the-next-secret-of-it".to_owned())]);
    house.pass(std::time::Duration::from_secs(120));
    assert_eq!(pinged(&house, &desk).await.status, 200, "the earlier one has ended");
    house.close().await;
}

#[tokio::test]
async fn an_ailing_webhook_is_mended_and_others_are_left_alone() {
    let house = House::new().await;
    let ours = made_elsewhere(&house, ADDRESS, &["person.created"]).await;
    let earlier = made_elsewhere(&house, &ADDRESS.replace(":9/", ":10/stage/"), ABSENCE_EVENTS).await;
    let foreign = made_elsewhere(&house, "http://127.0.0.1:9/hook/hunter2?key=hunter2", &["person.created"]).await;
    let wrong = format!("without {}", ABSENCE_EVENTS.join(", "));
    let hooks = list(&house, ADDRESS).await;
    let of = |id: &str| hooks.iter().find(|hook| hook.id == id).unwrap();
    assert_eq!((of(&ours).is_own, of(&ours).wrong.as_slice()), (true, [wrong.clone()].as_slice()));
    assert!(!of(&earlier).is_own && of(&earlier).wrong[0].contains("earlier address"));
    assert_eq!((of(&foreign).url.as_str(), of(&foreign).wrong.len()), ("http://127.0.0.1:9/...", 0));

    let mended = register(&Desk::of(&house), ADDRESS).await;
    assert_eq!(mended, Registered { id: ours, made: false, changed: vec![wrong], others: vec![earlier] });
    let hooks = list(&house, ADDRESS).await;
    assert!(hooks.iter().filter(|hook| hook.is_own).all(|hook| hook.wrong.is_empty()));
    let kept = hooks.iter().find(|hook| hook.id == foreign).unwrap();
    assert_eq!(kept.events, ["person.created"]);
    house.close().await;
}

#[tokio::test]
async fn only_the_connections_webhook_is_removed_and_others_by_their_id() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    let foreign = made_elsewhere(&house, "http://127.0.0.1:9/hook", &["person.created"]).await;
    let Registered { id, .. } = register(&desk, ADDRESS).await;
    let remove = async |which| (webhooks().remove)(desk.context(), which).await;
    assert_eq!(remove(Removal::To(ADDRESS)).await.unwrap(), [id]);
    assert_eq!(remove(Removal::To(ADDRESS)).await.unwrap(), Vec::<String>::new(), "again is harmless");
    let hooks = list(&house, ADDRESS).await;
    assert_eq!(hooks.iter().map(|hook| hook.id.as_str()).collect::<Vec<_>>(), [foreign.as_str()]);
    let refused = (webhooks().ping)(desk.context(), ADDRESS).await.unwrap_err().to_string();
    assert!(refused.ends_with("make it with `hrsync webhooks register absences`"), "{refused}");

    assert_eq!(remove(Removal::Id(&foreign)).await.unwrap().join(" "), foreign);
    let refused = remove(Removal::Id(&foreign)).await.unwrap_err().to_string();
    assert_eq!(refused, format!("Personio has no webhook with the id `{foreign}`"));
    house.close().await;
}

#[tokio::test]
async fn without_a_secret_that_counts_nothing_is_registered() {
    let house = House::new().await;
    let mut secret = house.secret();
    secret["webhook_secrets"] = json!([{"value": "the-secret-that-has-ended", "not_after": Timestamp::UNIX_EPOCH}]);
    let desk = Desk::with(&house, house.document(), &secret);
    let refused = (webhooks().register)(desk.context(), ADDRESS).await.unwrap_err().to_string();
    assert!(refused.contains("hrsync secrets set absences") && !refused.contains("has-ended"), "{refused}");
    assert_eq!(list(&house, ADDRESS).await, []);
    house.close().await;
}

#[tokio::test]
async fn what_was_lost_on_the_way_is_replayed_from_personios_log() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    // nobody answers there
    register(&desk, ADDRESS).await;
    let since = house.hands.now();
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    assert_eq!(house.until_quiet().await, [], "nothing has arrived");
    let replay = (webhooks().replay)(desk.context(), ADDRESS, since).await.unwrap();
    assert_eq!((replay.messages.len(), replay.unreadable), (1, 0), "{replay:?}");
    house.queue(&house.push_queue).send_all(&replay.messages).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.held().len(), 1);
    house.close().await;
}
