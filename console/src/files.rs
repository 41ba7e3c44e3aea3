//! Connection files: found, read and checked.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use admin::Flow;
use edge::Head;
use mapping::document::Fault;
use serde::Serialize;
use toml_edit::{Document, Item};

use crate::flows;

/// A file as it was found.
#[derive(Debug)]
pub(crate) struct File {
    /// How messages call it.
    pub(crate) label: String,
    /// Its text, or why there is none.
    pub(crate) text: Result<String, String>,
}

/// A file and everything wrong with it.
#[derive(Debug)]
pub(crate) struct Checked {
    /// How messages call it.
    pub(crate) label: String,
    /// Its text; empty where it cannot be read.
    pub(crate) text: String,
    /// Its flow and head, unless something is wrong with it.
    pub(crate) sound: Option<(&'static Flow, Head)>,
    /// What is wrong with it.
    pub(crate) problems: Vec<Problem>,
    /// What a person should know of it, though nothing is wrong.
    pub(crate) notes: Vec<String>,
    name: Option<Spot>,
}

/// One thing wrong with a file.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// 1-based; none where the file has no text.
    pub(crate) line: Option<usize>,
    /// What it is and what would mend it.
    pub(crate) what: String,
}

/// A text of a file and its line.
#[derive(Debug, Clone)]
struct Spot {
    text: String,
    line: usize,
}

/// The files that `paths` name: files as they are, folders by the `*.toml` in them. A file named twice is read once.
pub(crate) fn gather(paths: &[PathBuf]) -> Vec<File> {
    let mut seen = HashSet::new();
    let found = paths.iter().flat_map(|path| if path.is_dir() { inside(path) } else { vec![Ok(path.clone())] });
    let new = found.filter(|found| match found {
        Ok(path) => seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())),
        Err(_) => true,
    });
    new.map(|found| found.map_or_else(|file| file, |path| read(&path))).collect()
}

fn inside(folder: &Path) -> Vec<Result<PathBuf, File>> {
    let without = |what: String| vec![Err(File { label: folder.display().to_string(), text: Err(what) })];
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|it| it.map(|it| it.path())).collect());
    let mut paths: Vec<PathBuf> = match entries {
        Ok(paths) => paths,
        Err(error) => return without(format!("the folder cannot be read ({error})")),
    };
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    if paths.is_empty() {
        without("no *.toml is in this folder".to_owned())
    } else {
        paths.into_iter().map(Ok).collect()
    }
}

fn read(path: &Path) -> File {
    let text = fs::read_to_string(path).map_err(|error| format!("the file cannot be read ({error})"));
    File { label: path.display().to_string(), text }
}

/// Checks all files. `local`: the stack itself is local, so vendors may be twins on loopback.
pub(crate) fn check(files: Vec<File>, local: bool) -> Vec<Checked> {
    let mut checked: Vec<Checked> = files.into_iter().map(|file| check_one(file, local)).collect();
    name_once(&mut checked);
    for file in &mut checked {
        // stable: what a line has first stays first
        file.problems.sort_by_key(|problem| problem.line);
    }
    checked
}

fn check_one(File { label, text }: File, local: bool) -> Checked {
    let (text, unread) = match text {
        Ok(text) => (text, None),
        Err(what) => (String::new(), Some(vec![Problem { line: None, what }])),
    };
    let head = spots(&text);
    let name = head.as_ref().ok().and_then(|[_, name]| name.clone());
    let found = match unread {
        Some(problems) => Err(problems),
        None => head.and_then(|[flow, _]| flow_of(flow)).map_err(|problem| vec![problem]),
    };
    let found = found.and_then(|flow: &'static Flow| match (flow.check)(&text, local) {
        Ok(head) => Ok((flow, head)),
        Err(faults) => Err(faults.into_iter().map(Problem::from).collect()),
    });
    let (sound, problems) = found.map_or_else(|problems| (None, problems), |sound| (Some(sound), Vec::new()));
    let notes = sound.as_ref().and_then(|(flow, _)| flow.notes).map(|notes| notes(&text, local));
    Checked { label, text, sound, problems, notes: notes.unwrap_or_default(), name }
}

/// Where the file says its flow and its name: what must be known before its flow can check it.
fn spots(text: &str) -> Result<[Option<Spot>; 2], Problem> {
    let document = Document::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        let slip = text.lines().nth(line.saturating_sub(1)).and_then(mapping::slip);
        let what = slip.unwrap_or_else(|| error.message().to_owned());
        Problem { line: Some(line), what: format!("this is no TOML: {what}") }
    })?;
    let spot = |item: &Item| {
        let line = item.span().map_or(1, |span| line_of(text, span.start));
        Some(Spot { text: item.as_str()?.to_owned(), line })
    };
    Ok(["flow", "name"].map(|key| document.as_table().get(key).and_then(spot)))
}

fn flow_of(flow: Option<Spot>) -> Result<&'static Flow, Problem> {
    let Some(Spot { text, line }) = flow else {
        let what = format!("`flow = \"...\"` is missing; there are: {}", flows::all());
        return Err(Problem { line: Some(1), what });
    };
    flows::named(&text).map_err(|what| Problem { line: Some(line), what })
}

/// A connection's name is unique in the stack, whatever the flow.
fn name_once(files: &mut [Checked]) {
    let mut first: HashMap<String, String> = HashMap::new();
    for file in files {
        let Some(Spot { text, line }) = file.name.clone() else { continue };
        match first.get(&text) {
            Some(other) => {
                let what = format!("the name `{text}` is also that of {other}; a stack has each name once");
                file.problems.push(Problem { line: Some(line), what });
                file.sound = None;
            }
            None => drop(first.insert(text, file.label.clone())),
        }
    }
}

pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

impl From<Fault> for Problem {
    fn from(Fault { line, what }: Fault) -> Self {
        Self { line: Some(line), what }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{line}: {}", self.what),
            None => write!(f, " {}", self.what),
        }
    }
}

impl Checked {
    /// Every problem as `path:line: what`.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.problems.iter().map(|problem| format!("{}:{problem}", self.label))
    }
}
