//! What people do about failures with the console.

use admin::Context;
use edge::Message;
use hibob_to_recruit::FLOW;
use ledger::{Decided, Decision, FailureRecord, ReplayClaim, State, Triaged};

use super::house::House;
use super::stage::secret;

/// The failures that are open.
pub(super) async fn failures(house: &House) -> Vec<FailureRecord> {
    let all = house.ledger.failures(Some("openings")).await.unwrap().items;
    let mut open = Vec::new();
    for listed in all.iter().filter(|listed| listed.triage.state == State::Open) {
        // lists leave messages out
        open.push(house.ledger.failure_record("openings", &listed.failure.id).await.unwrap().unwrap());
    }
    open
}

/// Retries a failure. Its signal is in the queue then.
pub(super) async fn retry(house: &House, record: &FailureRecord) {
    let (ledger, now) = (&house.ledger, house.hands.now());
    let mut message = message(record);
    let claim = ledger.claim_replay(record, &message.identity(), false, "retry", now).await.unwrap();
    let ReplayClaim::Claimed(replay) = claim else { panic!("{claim:?}") };
    message.replay = replay;
    message.received = now;
    house.queue(&house.push_queue).send(&message).await.unwrap();
    assert_eq!(ledger.replay_sent(record, "retry", replay).await.unwrap(), Triaged::Written);
}

/// Decides about what the only open failure is about, as the console does, and retries it.
pub(super) async fn decide(house: &House, decision: Decision) {
    let open = failures(house).await;
    let [failure] = open.as_slice() else { panic!("{} failures are open", open.len()) };
    let undecided = FLOW.commands.undecided.unwrap();
    let code = failure.failure.code.clone().unwrap();
    assert!(undecided.codes.contains(&code.as_str()), "{code} is nothing to decide about");
    let about = (undecided.subject)(&message(failure)).unwrap();
    let decided = Decided { code, decision, at: house.hands.now() };
    house.ledger.decide("openings", &about, &decided).await.unwrap();
    retry(house, failure).await;
}

fn message(record: &FailureRecord) -> Message {
    Message::read(record.failure.message.as_ref().unwrap().reveal()).unwrap()
}

/// The console's `--adopt`.
pub(super) fn adopt(uid: &str) -> Decision {
    Decision::Adopt { id: uid.to_owned() }
}

/// Confirms what waits, and has it swept. Signals are left in the queue.
pub(super) async fn confirm(house: &House, document: &str) {
    let context = Context {
        name: "openings",
        document,
        secret: &secret().to_string().into(),
        local: true,
        ledger: &house.ledger,
        now: house.hands.now(),
        progress: &|_| {},
    };
    let confirmed = (FLOW.commands.sweep.unwrap().confirm)(context).await.unwrap().unwrap();
    house.poll.sweeps.send_all(&confirmed.messages).await.unwrap();
    house.sweep_until_quiet().await;
}
