//! `hrsync apply`: writes connection files to the stack's table, where functions read them within a minute. Nothing is
//! written while anything is wrong with any of the files.

use std::path::PathBuf;

use admin::{Context, Flow};
use edge::Head;
use jiff::Timestamp;
use ledger::{Applied, Apply, Connection, Ledger};
use similar::TextDiff;

use crate::ends::{End, Failure};
use crate::files::{self, Checked, File};
use crate::overrides::{Assignment, Overrides};
use crate::stack::{Cloud, Stack};
use crate::{doubled, ready, remarks, say};

/// Write connection files to the stack, showing what changes
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Connection files, or folders with *.toml in them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Override a key, e.g. personio.company_id=48151; TOML, or else a text
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<Assignment>,
    /// Override keys by those of another TOML file of the same shape
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A sound file beside what is applied under its name.
struct Candidate<'a> {
    label: &'a str,
    text: &'a str,
    flow: &'static Flow,
    head: &'a Head,
    notes: &'a [String],
    applied: Option<Connection>,
}

/// What became of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Unchanged,
    Shown,
    Written,
    Overtaken,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let cloud = Cloud::load().await;
    let files = sound_files(args, cloud.is_local())?;
    let stack = cloud.stack(stack).await?;
    let ledger = stack.ledger();
    let candidates = candidates(&files, &ledger).await?;
    for candidate in &candidates {
        refuse_doubled(candidate, &stack, &ledger, now).await?;
    }
    let mut became = Vec::new();
    if !args.dry_run {
        candidates.iter().try_for_each(|candidate| stack.must_run(candidate.flow.name))?;
    }
    for candidate in &candidates {
        became.push(carry_out(candidate, &ledger, args.dry_run, now).await?);
    }
    for candidate in &candidates {
        candidate.notes.iter().for_each(|note| say::aside(format!("{}: {note}", candidate.head.name)));
        warn_of_missing_secrets(candidate, &stack, now).await;
        tell_of_accounts(candidate, &stack, &ledger, now).await;
    }
    conclude(&became)
}

fn sound_files(args: &Args, local: bool) -> Result<Vec<Checked>, Failure> {
    let overrides = Overrides::read(args.overrides.as_deref(), args.set.clone())?;
    let files = files::gather(&args.paths).into_iter().map(|file| overridden(file, &overrides)).collect();
    let files = files::check(files, local);
    let problems: Vec<String> = files.iter().flat_map(Checked::lines).collect();
    problems.iter().for_each(say::aside);
    if problems.is_empty() {
        return Ok(files);
    }
    Err(Failure::Refused("nothing was applied; mend the problems above first".to_owned()))
}

/// The lines of what is checked are no longer those of the file, and the label says so.
fn overridden(File { label, text }: File, overrides: &Overrides) -> File {
    let label = if overrides.are_none() { label } else { format!("{label} (with overrides)") };
    File { label, text: text.map(|text| overrides.over(text)) }
}

/// Looks at all of them before any is written.
async fn candidates<'a>(files: &'a [Checked], ledger: &Ledger) -> Result<Vec<Candidate<'a>>, Failure> {
    let mut candidates = Vec::new();
    for Checked { label, text, sound, notes, .. } in files {
        let Some((flow, head)) = sound else { continue };
        let applied = ledger.connection(&head.name).await?;
        refuse_another_flow(head, applied.as_ref())?;
        candidates.push(Candidate { label, text, flow, head, notes, applied });
    }
    Ok(candidates)
}

/// Queues, receipts and failures of a name belong to its flow.
fn refuse_another_flow(head: &Head, applied: Option<&Connection>) -> Result<(), Failure> {
    let Some(applied) = applied.filter(|applied| applied.flow != head.flow) else { return Ok(()) };
    let what = format!("the name `{}` is taken by a connection of the flow `{}`", head.name, applied.flow);
    Err(Failure::Refused(format!("{what}; nothing was applied; give this one another `name`")))
}

/// A connection without its secret is looked at when it gets one.
async fn refuse_doubled(
    candidate: &Candidate<'_>,
    stack: &Stack,
    ledger: &Ledger,
    now: Timestamp,
) -> Result<(), Failure> {
    let Candidate { text, flow, head: Head { name, .. }, .. } = candidate;
    let Ok(secret) = ready::secret(stack, flow, name).await else { return Ok(()) };
    let (local, progress) = (stack.is_local(), &ready::progress);
    let context = Context { name, document: text, secret: &secret, local, ledger, now, progress };
    doubled::refuse(stack, flow, &context).await
}

async fn carry_out(candidate: &Candidate<'_>, ledger: &Ledger, dry: bool, now: Timestamp) -> Result<Became, Failure> {
    let Candidate { label, text, head: Head { flow, name, owner }, applied, .. } = candidate;
    let Some(difference) = difference(applied.as_ref(), text, label) else {
        say::line(format!("{name}: unchanged"))?;
        return Ok(Became::Unchanged);
    };
    say::line(difference.trim_end())?;
    if dry {
        return Ok(Became::Shown);
    }
    let seen = applied.as_ref().map(|applied| applied.revision);
    let apply = Apply { name, flow, owner, document: text };
    let Applied::Written { revision } = ledger.apply(apply, seen, now).await? else {
        say::aside(format!(
            "{name}: somebody else has applied it meanwhile, so it was not written; look at the difference again"
        ));
        return Ok(Became::Overtaken);
    };
    say::line(format!("{name}: applied as revision {revision}"))?;
    if ledger.probe_now(name, now).await? {
        say::line(format!("{name}: is halted and will be tried at once"))?;
    }
    Ok(Became::Written)
}

/// What a write would change; none where nothing would.
fn difference(applied: Option<&Connection>, text: &str, label: &str) -> Option<String> {
    let (before, from) = match applied {
        Some(applied) if applied.document == text => return None,
        Some(applied) => (applied.document.as_str(), format!("applied (revision {})", applied.revision)),
        None => ("", "applied (not yet)".to_owned()),
    };
    Some(TextDiff::from_lines(before, text).unified_diff().header(&from, label).to_string())
}

/// A connection may be applied before its secrets are set, so this is a remark, and so is not being able to look.
async fn warn_of_missing_secrets(candidate: &Candidate<'_>, stack: &Stack, now: Timestamp) {
    let Candidate { flow, head: Head { name, .. }, .. } = candidate;
    match stack.secrets().read(flow, name).await {
        Ok(kept) => {
            for (key, hint) in kept.unwrap_or_default().missing(flow, now) {
                say::aside(format!(
                    "{name}: the secret `{key}` is missing ({hint}); set it with `hrsync secrets set {name}`"
                ));
            }
        }
        Err(failure) => say::aside(format!("{name}: whether its secrets are set cannot be seen: {failure}")),
    }
}

/// A connection whose secret is not whole has no accounts yet: `secrets set` says then what the flow has to remark.
async fn tell_of_accounts(candidate: &Candidate<'_>, stack: &Stack, ledger: &Ledger, now: Timestamp) {
    let Candidate { text, flow, head: Head { name, .. }, .. } = candidate;
    let Ok(secret) = ready::secret(stack, flow, name).await else { return };
    let (local, progress) = (stack.is_local(), &ready::progress);
    remarks::tell(flow, Context { name, document: text, secret: &secret, local, ledger, now, progress }).await;
}

fn conclude(became: &[Became]) -> Result<End, Failure> {
    if became.contains(&Became::Written) {
        say::line("functions read it within a minute")?;
    }
    if became.contains(&Became::Shown) {
        say::line("dry run: nothing was written")?;
    }
    Ok(if became.contains(&Became::Overtaken) { End::Problems } else { End::Fine })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(flow: &str, document: &str) -> Connection {
        Connection {
            name: "careers".to_owned(),
            flow: flow.to_owned(),
            owner: "people-team@example.com".to_owned(),
            document: document.to_owned(),
            revision: 3,
            applied: Timestamp::UNIX_EPOCH,
            breaker: None,
            paused: None,
            forgot: None,
        }
    }

    #[test]
    fn the_difference_is_told_as_a_patch() {
        let said = difference(Some(&applied("a-to-b", "a = 1\nb = 2\n")), "a = 1\nb = 3\n", "careers.toml").unwrap();
        assert_eq!(said, "--- applied (revision 3)\n+++ careers.toml\n@@ -1,2 +1,2 @@\n a = 1\n-b = 2\n+b = 3\n");
    }

    #[test]
    fn a_new_connection_is_told_whole_and_an_equal_one_not_at_all() {
        let said = difference(None, "a = 1\n", "careers.toml").unwrap();
        assert_eq!(said, "--- applied (not yet)\n+++ careers.toml\n@@ -0,0 +1 @@\n+a = 1\n");
        assert_eq!(difference(Some(&applied("a-to-b", "a = 1\n")), "a = 1\n", "careers.toml"), None);
    }

    #[test]
    fn a_name_stays_with_its_flow() {
        let head = Head { flow: "a-to-b".to_owned(), name: "careers".to_owned(), owner: String::new() };
        assert_eq!(refuse_another_flow(&head, None), Ok(()));
        assert_eq!(refuse_another_flow(&head, Some(&applied("a-to-b", ""))), Ok(()));
        let refused = refuse_another_flow(&head, Some(&applied("c-to-d", ""))).unwrap_err();
        assert!(refused.to_string().starts_with("the name `careers` is taken by a connection of the flow `c-to-d`"));
    }

    #[test]
    fn being_overtaken_is_a_problem_whatever_else_was_written() {
        assert_eq!(conclude(&[Became::Written, Became::Overtaken]), Ok(End::Problems));
        assert_eq!(conclude(&[Became::Written, Became::Unchanged, Became::Shown]), Ok(End::Fine));
    }

    #[test]
    fn the_label_says_where_lines_are_not_the_files() {
        let file = || File { label: "a.toml".to_owned(), text: Ok(String::new()) };
        assert_eq!(overridden(file(), &Overrides::default()).label, "a.toml");
        let set = Overrides::read(None, vec!["a=1".parse().unwrap()]).unwrap();
        assert_eq!(overridden(file(), &set).label, "a.toml (with overrides)");
    }
}
