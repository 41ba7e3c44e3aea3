//! What is to be said of a standing beside its numbers.

use ledger::Breaker;
use logs::Line;

use super::standing::Standing;

/// A sentence for each thing that a person should know, with what to do.
pub(super) fn remarks(standing: &Standing) -> Vec<String> {
    let name = &standing.connection.name;
    let all =
        [paused(standing), halted(standing), held(standing), dead(standing), unusable(standing), queued(standing)];
    let mut remarks: Vec<_> = all.into_iter().flatten().collect();
    if standing.lost_of_own() > 0 {
        remarks.extend(standing.late.iter().map(missing));
        let queue = standing.queue.unwrap_or_default();
        let lost = standing.lost_of_own();
        remarks.push(format!("in no queue and without an end: at least {lost} (the flow's queue holds {queue})"));
    }
    remarks.into_iter().map(|remark| format!("{name}: {remark}")).collect()
}

fn paused(standing: &Standing) -> Option<String> {
    let since = standing.connection.paused?.strftime("%Y-%m-%d %H:%M UTC");
    Some(format!("paused since {since}; `hrsync resume {}` has it go on", standing.connection.name))
}

fn halted(standing: &Standing) -> Option<String> {
    let Breaker { since, cause, .. } = standing.connection.breaker.as_ref()?;
    Some(format!("halted since {}: {cause}", since.strftime("%Y-%m-%d %H:%M UTC")))
}

fn held(standing: &Standing) -> Option<String> {
    let look = format!("`hrsync sweep {} --confirm-deletions --dry-run` lists them", standing.connection.name);
    let waiting = &standing.waiting;
    (!waiting.is_empty()).then(|| format!("held until a person has looked: {}; {look}", waiting.counted()))
}

fn dead(standing: &Standing) -> Option<String> {
    let dead = standing.balance.dead;
    let look = format!("`hrsync failures list {}` shows why", standing.connection.name);
    (dead > 0).then(|| format!("given up: {dead}; {look}"))
}

fn unusable(standing: &Standing) -> Option<String> {
    let unusable = standing.unusable;
    let look = format!("`hrsync failures list {}` shows why", standing.connection.name);
    (unusable > 0).then(|| format!("deliveries that could not be used: {unusable}; {look}"))
}

fn queued(standing: &Standing) -> Option<String> {
    (standing.queued > 0).then(|| format!("deliveries that wait for their first attempt: {}", standing.queued))
}

fn missing(line: &Line) -> String {
    let Line { object, event, at, said, .. } = line;
    let event = event.as_deref().unwrap_or_default();
    format!(
        "missing: event {event} {object}: {} at {}, and not tried since",
        said.word(),
        at.strftime("%Y-%m-%d %H:%M UTC")
    )
}

#[cfg(test)]
mod tests {
    use ledger::Subject;

    use super::super::standing::find_lost;
    use super::super::standing::tests::{at, careers};
    use super::*;

    #[test]
    fn a_gap_is_named() {
        let mut standings = [careers(0, "10:20")];
        find_lost(&mut standings);
        let told = remarks(&standings[0]).join("\n");
        insta::assert_snapshot!(told, @r"
        careers: deliveries that could not be used: 1; `hrsync failures list careers` shows why
        careers: deliveries that wait for their first attempt: 1
        careers: missing: event r2 response=r2: halted at 2026-03-01 10:20 UTC, and not tried since
        careers: in no queue and without an end: at least 1 (the flow's queue holds 0)
        ");
    }

    #[test]
    fn what_keeps_a_connection_is_told_with_what_mends_it() {
        let mut standing = careers(3, "11:40");
        standing.connection.paused = Some(at("11:00"));
        standing.connection.breaker = Some(Breaker::open("the login was refused".to_owned(), at("10:00")));
        standing.waiting.held.push(Subject::new("absence", "a"));
        standing.balance.dead = 2;
        insta::assert_snapshot!(remarks(&standing).join("\n"), @r"
        careers: paused since 2026-03-01 11:00 UTC; `hrsync resume careers` has it go on
        careers: halted since 2026-03-01 10:00 UTC: the login was refused
        careers: held until a person has looked: 0 not listed by the source, 1 beyond the day's budget; `hrsync sweep careers --confirm-deletions --dry-run` lists them
        careers: given up: 2; `hrsync failures list careers` shows why
        careers: deliveries that could not be used: 1; `hrsync failures list careers` shows why
        careers: deliveries that wait for their first attempt: 1
        ");
    }
}
