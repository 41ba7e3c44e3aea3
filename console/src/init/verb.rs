//! The verb: example, overrides and name make a file; the accounts fill it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use admin::{Certainty, Context, Findings, Flow, People, Proposal, Proposed, filled};
use jiff::Timestamp;
use serde_json::{Value, json};
use toml_edit::DocumentMut;

use crate::ends::{End, Failure};
use crate::init::credentials;
use crate::init::doubts::{Doubts, taken};
use crate::overrides::{Assignment, Overrides};
use crate::stack::Cloud;
use crate::{flows, ready, say};

/// Write a commented connection file, filled with what its accounts hold; writes nothing anywhere else
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync init personio-to-hellohq absences --set owner=people@example.com\n\
    Credentials are asked for, or read with --from, or are those that the stack has for a connection of this name.\n\
    They are not written to the file.")]
pub(crate) struct Args {
    /// The flow, e.g. personio-to-hellohq
    flow: String,
    /// The connection's name
    name: String,
    /// Where the file is written; without it, NAME.toml
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    /// A JSON object with the flow's keys, as of `secrets set`; - for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// Set a key, e.g. owner=people@example.com; TOML, or else a text
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<Assignment>,
    /// Set keys by those of another TOML file of the same shape
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// Ask nothing: only exact matches are taken, others become comments. So it is without a terminal
    #[arg(long)]
    yes: bool,
    /// Take usual names as well, e.g. Urlaub for Holiday, and ask nothing
    #[arg(long)]
    likely: bool,
    /// Name persons by their e-mail addresses where they are listed
    #[arg(long)]
    people: bool,
    /// Print what the accounts list in JSON, and write no file
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let flow = flows::named(&args.flow).map_err(Failure::Refused)?;
    let path = args.file.clone().unwrap_or_else(|| PathBuf::from(format!("{}.toml", args.name)));
    if path.exists() && !args.force && !args.json {
        return Err(there(&path));
    }
    let cloud = Cloud::load().await;
    let local = cloud.is_local();
    let overrides = Overrides::read(args.overrides.as_deref(), args.set.clone())?;
    let example = overrides.over(flow.example.to_owned());
    let document = written(flow, &example, &args.name, &Findings::default(), &[])?;
    sound(flow, &document, local)?;
    let findings = match flow.commands.init {
        Some(init) => {
            let (name, progress) = (args.name.as_str(), &ready::progress);
            let secret = credentials::secret(args.from.as_deref(), (cloud, stack), (flow, name)).await?;
            let context = Context { name, document: &document, secret: &secret, local, ledger: (), now, progress };
            let people = if args.people { People::Addresses } else { People::Ids };
            let mut findings = init(context, people).await?;
            findings.proposals.retain(|proposal| !is_given(&example, flow.example, proposal));
            findings
        }
        None => Findings::default(),
    };
    if args.json {
        say::json(&as_json(flow, &args.name, &findings))?;
        return Ok(End::Fine);
    }
    let taken = taken(&findings.proposals, Doubts::settled(args.yes, args.likely))?;
    let text = written(flow, &example, &args.name, &findings, &taken)?;
    write(&path, &text, args.force)?;
    tell(flow, &path, &findings, &taken);
    say::line(format!("{}: written", path.display()))?;
    match (flow.check)(&text, local) {
        Ok(_) => Ok(End::Fine),
        Err(faults) => {
            faults
                .iter()
                .try_for_each(|fault| say::line(format!("{}:{}: {}", path.display(), fault.line, fault.what)))?;
            Ok(End::Problems)
        }
    }
}

fn there(path: &Path) -> Failure {
    Failure::Refused(format!("{} is there already; name another with --file, or add --force", path.display()))
}

/// The file; its first line names the schema so that files of several flows can share a folder.
fn written(flow: &Flow, example: &str, name: &str, findings: &Findings, taken: &[bool]) -> Result<String, Failure> {
    let text = filled(example, name, findings, taken);
    let text = text.map_err(|error| Failure::Refused(format!("the overrides make no TOML ({error}); mend them")))?;
    Ok(text.replacen("./connection.schema.json", &format!("./{}.schema.json", flow.name), 1))
}

/// Whether a person has set the proposal's value, which then stays.
fn is_given(example: &str, original: &str, Proposal { place, value, .. }: &Proposal) -> bool {
    let at = |text: &str| {
        let document = text.parse::<DocumentMut>().ok()?;
        Some(document.get(place.table)?.get(&place.key)?.as_str()?.to_owned())
    };
    matches!(value, Proposed::Text(_)) && at(example) != at(original)
}

/// A name or an override that cannot be used is told before anybody is asked.
fn sound(flow: &Flow, document: &str, local: bool) -> Result<(), Failure> {
    let faults = (flow.check)(document, local).err().unwrap_or_default();
    let lines: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
    if lines.is_empty() { Ok(()) } else { Err(Failure::Refused(lines.join("; "))) }
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    let options = options.write(true).truncate(true);
    let options = if force { options.create(true) } else { options.create_new(true) };
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => there(path),
        _ => Failure::Refused(format!("{} cannot be written ({error}); name another with --file", path.display())),
    })
}

fn tell(flow: &Flow, path: &Path, findings: &Findings, taken: &[bool]) {
    if flow.commands.init.is_none() {
        say::aside(format!("the credentials of `{}` list nothing: the file is the commented example", flow.name));
    }
    findings.remarks.iter().for_each(say::aside);
    let open = findings.proposals.iter().zip(taken).filter(|(_, is_taken)| !**is_taken);
    for (Proposal { about, place, .. }, _) in open {
        say::aside(format!("{about}: perhaps {}.\"{}\"; it stands in the file as a comment", place.table, place.key));
    }
    let schema = format!("hrsync schema {0} > {0}.schema.json", flow.name);
    say::aside(format!("for an editor that knows the file's keys, `{schema}` beside it; then read {}", path.display()));
}

fn as_json(flow: &Flow, name: &str, findings: &Findings) -> Value {
    let lists = findings.lists.iter().map(|list| {
        let entries: Vec<Value> = list.entries.iter().map(|it| json!({"id": it.id, "name": it.name})).collect();
        json!({"title": list.title, "table": list.table, "entries": entries})
    });
    let proposals = findings.proposals.iter().map(|proposal| {
        let (Proposed::Text(value) | Proposed::Entry(value)) = &proposal.value;
        let (table, key) = (proposal.place.table, &proposal.place.key);
        let is_exact = proposal.certainty == Certainty::Exact;
        json!({"about": proposal.about, "table": table, "key": key, "value": value, "exact": is_exact})
    });
    let (lists, proposals): (Vec<_>, Vec<_>) = (lists.collect(), proposals.collect());
    json!({"flow": flow.name, "connection": name, "lists": lists, "proposals": proposals, "remarks": findings.remarks})
}

#[cfg(test)]
mod tests {
    use admin::{Entry, List, Place};

    use super::*;

    #[test]
    fn what_is_written_without_findings_is_the_example_under_another_name() {
        for flow in flows::every() {
            let text = written(flow, flow.example, "other", &Findings::default(), &[]).unwrap();
            sound(flow, &text, false).unwrap();
            let schema = format!("#:schema ./{}.schema.json", flow.name);
            assert_eq!(text.lines().next(), Some(schema.as_str()));
            let changed = text.lines().zip(flow.example.lines()).filter(|(new, old)| new != old).count();
            assert_eq!((changed, text.lines().count()), (2, flow.example.lines().count()), "{}", flow.name);
        }
    }

    #[test]
    fn a_name_that_cannot_be_used_is_told_before_anybody_is_asked() {
        let flow = &heyflow_to_personio::FLOW;
        let text = written(flow, flow.example, "Careers DE", &Findings::default(), &[]).unwrap();
        let expected = "a name is 1 to 40 of a-z, 0-9 and \"-\", beginning with a letter";
        assert_eq!(sound(flow, &text, false), Err(Failure::Refused(expected.to_owned())));
    }

    #[test]
    fn a_file_that_is_there_is_written_over_only_by_force() {
        let path = std::env::temp_dir().join(format!("hrsync-init-{}.toml", std::process::id()));
        write(&path, "one", false).unwrap();
        assert_eq!(write(&path, "two", false), Err(there(&path)));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        write(&path, "2", true).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "2");
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn what_a_person_has_set_is_not_proposed() {
        let example = "[sync]\nstart_date = \"2026-01-01\"\n";
        let place = Place { table: "sync", key: "start_date".to_owned() };
        let (about, value) = ("today".to_owned(), Proposed::Text("2026-11-28".to_owned()));
        let proposal = Proposal { about, place, value, certainty: Certainty::Exact, otherwise: None };
        assert!(!is_given(example, example, &proposal));
        assert!(is_given(&example.replace("2026", "2025"), example, &proposal));
    }

    #[test]
    fn scripts_get_lists_and_proposals() {
        let place = Place { table: "mapping", key: "Holiday".to_owned() };
        let (about, value) = ("Urlaub".to_owned(), Proposed::Entry("Urlaub".to_owned()));
        let entries = vec![Entry { id: "31".to_owned(), name: "Offer".to_owned() }];
        let findings = Findings {
            lists: vec![List { title: "templates".to_owned(), table: "start", entries }],
            proposals: vec![Proposal { about, place, value, certainty: Certainty::Likely, otherwise: None }],
            ..Findings::default()
        };
        let expected = json!({
            "flow": "personio-to-hellohq", "connection": "absences", "remarks": [],
            "lists": [{"title": "templates", "table": "start", "entries": [{"id": "31", "name": "Offer"}]}],
            "proposals": [
                {"about": "Urlaub", "table": "mapping", "key": "Holiday", "value": "Urlaub", "exact": false},
            ],
        });
        assert_eq!(as_json(&personio_to_hellohq::FLOW, "absences", &findings), expected);
    }
}
