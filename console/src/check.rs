//! `hrsync check`: is everything right with these files? Reaches nobody, unless it is to compare them with their accounts.

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::files::{self, Checked};
use crate::live::{self, Looked};
use crate::say;
use crate::stack::Cloud;

/// Check connection files; without --live it reaches neither AWS nor any vendor
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Connection files, or folders with *.toml in them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take them for a local stack's, as where AWS_ENDPOINT_URL is on this machine: vendors' addresses may be so too
    #[arg(long)]
    local: bool,
    /// Compare them with the accounts that they name, with the secrets that the stack has for their connections
    #[arg(long)]
    live: bool,
    /// With --live: enter one half day for this test user of the target, read it back and remove it again
    #[arg(long, value_name = "E-MAIL", requires = "live")]
    probe: Option<String>,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let (files, seen) = if args.live {
        compared(args, stack, now).await?
    } else {
        let local = args.local || Cloud::endpoint_only().await.is_local();
        (checked(args, local), Vec::new())
    };
    let sound = files.iter().all(|file| file.problems.is_empty());
    if args.json {
        let files = files.iter().enumerate().map(|(index, file)| as_json(file, seen.get(index)));
        say::json(&json!({"ok": sound, "files": files.collect::<Vec<_>>()}))?;
    } else {
        for file in &files {
            file.notes.iter().for_each(|note| say::aside(format!("{}: {note}", file.label)));
        }
        for (file, seen) in files.iter().zip(&seen) {
            seen.iter().flatten().for_each(|line| say::aside(format!("{}: {line}", file.label)));
        }
        files.iter().flat_map(as_lines).try_for_each(say::line)?;
    }
    Ok(if sound { End::Fine } else { End::Problems })
}

fn checked(args: &Args, local: bool) -> Vec<Checked> {
    files::check(files::gather(&args.paths), local)
}

/// The files, and what was looked at for each; `None`: it was not compared.
async fn compared(args: &Args, stack: &str, now: Timestamp) -> Result<(Vec<Checked>, Vec<Looked>), Failure> {
    let cloud = Cloud::load().await;
    let local = args.local || cloud.is_local();
    let mut files = checked(args, local);
    let stack = cloud.stack(stack).await?;
    let seen =
        live::compare(&mut files, &live::Place { stack: &stack, local, now, probe: args.probe.as_deref() }).await?;
    Ok((files, seen))
}

fn as_lines(file: &Checked) -> Vec<String> {
    if file.problems.is_empty() { vec![format!("{}: ok", file.label)] } else { file.lines().collect() }
}

/// `seen`: where it was to be compared with its accounts.
fn as_json(file: &Checked, seen: Option<&Looked>) -> Value {
    let (flow, name) = file.sound.as_ref().map(|(flow, head)| (flow.name, &head.name)).unzip();
    let mut said =
        json!({"path": file.label, "flow": flow, "connection": name, "problems": file.problems, "notes": file.notes});
    if let (Some(said), Some(seen)) = (said.as_object_mut(), seen) {
        said.insert("live".to_owned(), json!(seen));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::File;

    const EXAMPLE: &str = include_str!("../../functions/heyflow-to-personio/connection.example.toml");

    fn said(files: &[(&str, &str)], local: bool) -> String {
        let file = |(label, text): &(&str, &str)| File { label: (*label).to_owned(), text: Ok((*text).to_owned()) };
        let checked = files::check(files.iter().map(file).collect(), local);
        checked.iter().flat_map(as_lines).collect::<Vec<_>>().join("\n")
    }

    fn line_with(text: &str) -> usize {
        1 + EXAMPLE.lines().position(|line| line.starts_with(text)).unwrap()
    }

    #[test]
    fn a_sound_file_is_ok() {
        assert_eq!(said(&[("a.toml", EXAMPLE)], false), "a.toml: ok");
    }

    #[test]
    fn a_problem_is_told_with_file_and_line() {
        let wrong = EXAMPLE.replace("owner = ", "ownr = ");
        let said = said(&[("a.toml", &wrong)], false);
        assert!(said.contains(&format!("a.toml:{}: unknown key `ownr`", line_with("owner = "))), "{said}");
    }

    #[test]
    fn a_mistyped_flow_is_told_with_the_nearest_one() {
        let wrong = EXAMPLE.replace("\"heyflow-to-personio\"", "\"heyflow-to-persono\"");
        let expected = "there is no flow `heyflow-to-persono`; did you mean `heyflow-to-personio`?";
        assert_eq!(said(&[("a.toml", &wrong)], false), format!("a.toml:{}: {expected}", line_with("flow = ")));
    }

    #[test]
    fn a_file_without_flow_and_a_file_that_is_no_toml_are_told_apart() {
        let said = said(&[("a.toml", "name = \"careers\""), ("b.toml", "# b\nname = = 1")], false);
        assert!(said.starts_with("a.toml:1: `flow = \"...\"` is missing; there are: `heyflow-to-personio`"), "{said}");
        assert!(said.contains("b.toml:2: this is no TOML: "), "{said}");
    }

    #[test]
    fn a_slip_of_the_pen_is_told_with_how_it_is_written() {
        let slips = "first name = \"x\"\n";
        assert!(said(&[("a.toml", slips)], false).contains("a.toml:1: this is no TOML: a key with more than"));
        let date = "flow = \"personio-to-hellohq\"\nstart = 2026-03-01\n";
        let expected = "a.toml:2: this is no TOML: a date stands in quotes: `\"2026-03-01\"`";
        assert_eq!(said(&[("a.toml", date)], false), expected);
    }

    #[test]
    fn problems_come_in_the_order_of_lines() {
        let wrong = EXAMPLE.replace("owner = ", "ownr = ").replace("name = \"careers\"", "name = \"a b\"");
        let lines = |text: &str| {
            let said = said(&[("a.toml", text), ("b.toml", text)], false);
            let numbers = said.lines().filter_map(|line| line.strip_prefix("b.toml:")?.split(':').next()?.parse().ok());
            numbers.collect::<Vec<usize>>()
        };
        let seen = lines(&wrong);
        assert!(seen.len() > 1 && seen.is_sorted(), "{seen:?}");
    }

    #[test]
    fn one_name_in_two_files_is_a_problem_of_the_second() {
        let said = said(&[("a.toml", EXAMPLE), ("b.toml", EXAMPLE)], false);
        let line = line_with("name = ");
        assert!(
            said.starts_with(&format!("a.toml: ok\nb.toml:{line}: the name `careers` is also that of a.toml")),
            "{said}"
        );
    }

    #[test]
    fn a_twin_on_loopback_is_for_local_stacks_only() {
        let twin = EXAMPLE.replace("https://api.personio.de", "http://127.0.0.1:4600/personio");
        assert_eq!(said(&[("a.toml", &twin)], true), "a.toml: ok");
        assert!(said(&[("a.toml", &twin)], false).contains("`base_url`"));
    }

    #[test]
    fn the_example_of_every_flow_is_sound() {
        let other = include_str!("../../functions/personio-to-hellohq/connection.example.toml");
        assert_eq!(said(&[("a.toml", EXAMPLE), ("b.toml", other)], false), "a.toml: ok\nb.toml: ok");
    }

    #[test]
    fn scripts_see_what_was_looked_at_only_where_it_was_asked_for() {
        let file = File { label: "a.toml".to_owned(), text: Ok(EXAMPLE.to_owned()) };
        let checked = files::check(vec![file], false);
        let said = |seen: Option<&Looked>| as_json(&checked[0], seen);
        assert_eq!(said(None).get("live"), None);
        assert_eq!(said(Some(&None))["live"], Value::Null);
        assert_eq!(said(Some(&Some(vec!["personio: 3 types".to_owned()])))["live"], json!(["personio: 3 types"]));
        assert_eq!((&said(None)["connection"], &said(None)["problems"]), (&json!("careers"), &json!([])));
    }

    #[test]
    fn paths_that_lead_nowhere_are_told() {
        let checked = files::check(files::gather(&["no/such/file.toml".into(), "src".into()]), false);
        let said: Vec<String> = checked.iter().flat_map(as_lines).collect();
        assert!(said[0].starts_with("no/such/file.toml: the file cannot be read ("), "{said:?}");
        assert_eq!(said[1..], ["src: no *.toml is in this folder"]);
    }

    #[test]
    fn a_file_named_twice_is_read_once() {
        let example = || PathBuf::from("../functions/heyflow-to-personio/connection.example.toml");
        assert_eq!(files::gather(&[example(), example(), example().parent().unwrap().to_owned()]).len(), 2);
    }
}
