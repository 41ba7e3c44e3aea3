//! What must hold when all is quiet again.

use std::collections::BTreeMap;

use ledger::{Cause, Receipt, Settlement};
use twins::personio::Application;

use super::Tally;
use super::run::{ELSEWHERE, Noted, Run};
use super::schedule::Response;

/// Calls whose loss lets a mail go out twice; the last one notes a summary.
const MAILING: [&str; 3] =
    ["SES SendRawEmail", "DynamoDB TransactWriteItems failure+unmailed", "DynamoDB UpdateItem storm"];

/// Where a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Its own application is there.
    Made,
    /// An application for its address was there that somebody made elsewhere, and an unanswered attempt of its own.
    Mistaken,
    /// Told as this.
    Told(Cause),
}

/// Checks the end of a run and counts it.
pub(super) async fn check(run: &Run<'_>) -> Tally {
    let calls = run.house.proxy().calls();
    let troubled = calls.iter().filter(|(_, trouble)| trouble.is_some());
    let mails_doubled = troubled.clone().any(|(kind, _)| MAILING.contains(&kind.as_str()));
    let mut tally = Tally { received: run.handed_out.len(), troubled: troubled.count(), ..Tally::default() };
    deliveries(run);
    let mut ends = BTreeMap::new();
    for (id, noted) in &run.noted {
        assert_eq!(noted.ends.len(), 1, "{id}: each record ends once");
        match noted.ends[0] {
            "done" => tally.done += 1,
            "skipped" => tally.skipped += 1,
            "rejected" => tally.rejected += 1,
            "dead" => tally.dead += 1,
            other => panic!("{id}: ended as {other}"),
        }
        let end = end(run, id, noted, mails_doubled).await;
        tally.mistaken += usize::from(end == End::Mistaken);
        ends.insert(id.as_str(), end);
    }
    assert_eq!(tally.received, tally.done + tally.skipped + tally.rejected + tally.dead);
    applications(run, &ends);
    every_mail_is_of_a_response(run);
    tally
}

/// Whoever was answered 200 is accounted for; nobody is refused.
fn deliveries(run: &Run<'_>) {
    for (id, statuses) in &run.answered {
        assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{id}: {statuses:?}");
        assert!(!statuses.contains(&200) || run.noted.contains_key(id), "{id}: answered 200 and never queued");
    }
    assert!(run.noted.keys().all(|id| run.answered.contains_key(id)));
}

async fn end(run: &Run<'_>, id: &str, noted: &Noted, mails_doubled: bool) -> End {
    let Receipt::Settled(outcome) = run.house.ledger.receipt(&noted.identity).await.unwrap() else {
        panic!("{id}: ended without a receipt");
    };
    let response = run.schedule.responses.iter().find(|response| response.id == id).unwrap();
    let told = told(run, id, mails_doubled);
    let failure = format!("{}-0", noted.identity.id);
    if outcome == Settlement::Rejected {
        assert!(["rejected", "dead", "skipped"].contains(&noted.ends[0]), "{id}: {noted:?}");
        assert_eq!(told, std::slice::from_ref(&failure), "{id}: rejected, and told once");
        return End::Told(run.house.ledger.failure("careers", &failure).await.unwrap().unwrap().cause);
    }
    assert!(["done", "skipped"].contains(&noted.ends[0]), "{id}: {noted:?}");
    let made = application(run, response).unwrap_or_else(|| panic!("{id}: done, but Personio holds nothing"));
    let without_file = format!("{failure}-files");
    match made.first_name.as_str() {
        own if own == id => {
            let missing = response.file && made.files.is_empty();
            assert_eq!(
                told,
                if missing { vec![without_file] } else { Vec::new() },
                "{id}: done, its file told if missing"
            );
            End::Made
        }
        ELSEWHERE => {
            assert!(was_unclear(noted), "{id}: somebody else's application taken for ours: {noted:?}");
            End::Mistaken
        }
        other => panic!("{id}: the application of {other} was taken for its own: {noted:?}"),
    }
}

/// The failures that the owner was told of for a response, alone or in a summary.
fn told(run: &Run<'_>, id: &str, mails_doubled: bool) -> Vec<String> {
    let mut told: Vec<String> = run.mails.iter().flat_map(|mail| told_in(mail, id)).collect();
    told.sort();
    if mails_doubled {
        told.dedup();
    }
    told
}

/// A mail about one failure says each id in a line of its own, a summary one failure in a line.
fn told_in(mail: &str, id: &str) -> Vec<String> {
    let response = format!("response id: {id}");
    let failures = mail.lines().filter_map(|line| Some((line, line.strip_prefix("  failure: ")?)));
    let alone = mail.lines().any(|line| line.trim() == response);
    let of_response = failures.filter(|(line, _)| alone || line.ends_with(&response));
    of_response.map(|(_, failure)| failure.split(',').next().unwrap_or_default().to_owned()).collect()
}

fn application(run: &Run<'_>, response: &Response) -> Option<Application> {
    let all = run.house.twins.personio().applications();
    let mut of_it = all.into_iter().filter(|made| response.mappable && made.email == response.email);
    let made = of_it.next();
    assert!(of_it.next().is_none(), "an address has applied twice: {response:?}");
    made
}

/// Personio holds what the responses' ends say, and nothing else.
fn applications(run: &Run<'_>, ends: &BTreeMap<&str, End>) {
    for made in run.house.twins.personio().applications() {
        if made.first_name == ELSEWHERE {
            continue;
        }
        // one that was given up after days may have arrived: that its last answer was lost is what its mail is about
        let end = ends.get(made.first_name.as_str());
        let told = matches!(end, Some(End::Told(Cause::Dead)))
            // where two responses of one address stood unanswered at once, nobody can say whose it is: both are told
            || matches!(end, Some(End::Told(Cause::Duplicate))) && is_contested(run, &made);
        assert!(told || matches!(end, Some(End::Made)), "{}: there, but {end:?}", made.first_name);
    }
    for (id, end) in ends {
        let response = run.schedule.responses.iter().find(|response| response.id == *id).unwrap();
        match end {
            End::Made | End::Mistaken | End::Told(Cause::Dead) => {}
            End::Told(Cause::Unmappable) => assert!(!response.mappable, "{id}"),
            End::Told(Cause::Duplicate) => assert!(application(run, response).is_some(), "{id}: no duplicate"),
            End::Told(cause) => panic!("{id}: told as {cause:?}"),
        }
        assert!(response.mappable || matches!(end, End::Told(Cause::Unmappable | Cause::Dead)), "{id}: {end:?}");
    }
}

/// Whether an attempt of the application's response went unanswered, and another response of the address came as well.
fn is_contested(run: &Run<'_>, made: &Application) -> bool {
    let same = |response: &&Response| response.mappable && response.email == made.email;
    let came = run.schedule.responses.iter().filter(same).filter(|response| run.noted.contains_key(&response.id));
    came.count() > 1 && run.noted.get(&made.first_name).is_some_and(was_unclear)
}

/// Whether it stayed open once if an attempt had succeeded.
fn was_unclear(noted: &Noted) -> bool {
    let unclear = |retry: &String| retry.starts_with("personio create application") || retry.starts_with("ledger");
    noted.retries.iter().any(unclear)
}

fn every_mail_is_of_a_response(run: &Run<'_>) {
    for mail in &run.mails {
        assert!(run.noted.keys().any(|id| mail.contains(&format!("response id: {id}"))), "{mail}");
    }
}
