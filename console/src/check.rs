//! `hrsync check`: is everything right with these files? Reaches nobody.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::files::{self, Checked};
use crate::say;

/// Check connection files, without reaching AWS or any vendor
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Connection files, or folders with *.toml in them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take them for a local stack's: vendors' addresses may be http and on this machine
    #[arg(long)]
    local: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<End, Failure> {
    let files = files::check(files::gather(&args.paths), args.local);
    let sound = files.iter().all(|file| file.problems.is_empty());
    if args.json {
        say::json(&json!({"ok": sound, "files": files.iter().map(as_json).collect::<Vec<_>>()}))?;
    } else {
        files.iter().flat_map(as_lines).try_for_each(say::line)?;
    }
    Ok(if sound { End::Fine } else { End::Problems })
}

fn as_lines(file: &Checked) -> Vec<String> {
    if file.problems.is_empty() { vec![format!("{}: ok", file.label)] } else { file.lines().collect() }
}

fn as_json(file: &Checked) -> Value {
    let (flow, name) = file.sound.as_ref().map(|(flow, head)| (flow.name, &head.name)).unzip();
    json!({"path": file.label, "flow": flow, "connection": name, "problems": file.problems})
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
