//! The house rules that a machine can see: names, lengths, READMEs, and words that do not belong.

use super::model::Workspace;
use super::source::Source;

/// A Lambda's main file only wires: longer ones hide logic.
const MAIN_LINES: usize = 25;

/// Binaries under `functions/` with a long main file, or with tests in it: `make test` builds no test program of these.
pub(super) fn short_mains(workspace: &Workspace) -> Vec<String> {
    let mains: Vec<_> = workspace.crates.iter().filter(|c| c.under("functions")).flat_map(|c| &c.binaries).collect();
    let mut offences = Vec::new();
    for source in workspace.sources.iter().filter(|source| mains.iter().any(|main| main.path == source.path)) {
        let lines = source.lines.len();
        if lines > MAIN_LINES {
            offences.push(format!("{}: {lines} lines, a main file has at most {MAIN_LINES}", source.path));
        }
        if let Some(test) = (1..=lines).find(|line| source.is_test(*line)) {
            offences.push(format!("{}: a main file has no tests, since nothing runs them", source.at(test)));
        }
    }
    offences
}

/// Folder, crate and binaries of a flow that are not called alike.
pub(super) fn one_name(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for flow in workspace.crates.iter().filter(|c| c.under("functions")) {
        if flow.folder_name() != flow.name {
            offences.push(format!("{}: its crate is called {}", flow.folder, flow.name));
        }
        for binary in &flow.binaries {
            let trigger = binary.name.strip_prefix(&format!("{}-", flow.name));
            if trigger.is_none_or(str::is_empty) {
                offences.push(format!("{}: {} is not {}-<trigger>", binary.path, binary.name, flow.name));
            }
            if binary.path != format!("{}/src/bin/{}.rs", flow.folder, binary.name) {
                offences.push(format!("{}: not {}/src/bin/{}.rs", binary.path, flow.folder, binary.name));
            }
        }
    }
    offences
}

/// Crates without a README.md.
pub(super) fn readmes(workspace: &Workspace) -> Vec<String> {
    workspace.crates.iter().filter(|c| !c.readme).map(|c| format!("{}: no README.md", c.folder)).collect()
}

/// Flows that spell a vendor's path or header.
pub(super) fn no_vendor_facts_in_flows(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for source in workspace.sources_below("functions") {
        let facts = source.tokens.literals.iter().filter(|l| is_vendor_path(&l.text) || is_header(&l.text));
        offences.extend(facts.map(|l| format!("{}: \"{}\" belongs in shared/vendors", source.at(l.line), l.text)));
    }
    offences
}

fn is_vendor_path(text: &str) -> bool {
    ["/v1/", "/v2/"].iter().any(|version| text.contains(version))
}

fn is_header(text: &str) -> bool {
    let name = text.to_ascii_lowercase();
    name.strip_prefix("x-").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Lints switched off without a reason that the compiler would re-check.
pub(super) fn expect_not_allow(workspace: &Workspace) -> Vec<String> {
    let mut offences = Vec::new();
    for source in &workspace.sources {
        for window in source.tokens.words.windows(3) {
            let [before, word, after] = window else { continue };
            // `[`: plain; `,`: inside cfg_attr.
            if word.text == "allow" && after.text == "(" && ["[", ","].contains(&before.text.as_str()) {
                offences.push(format!("{}: allow(..) where expect(.., reason) belongs", source.at(word.line)));
            }
        }
    }
    offences
}

/// Unfinished work.
pub(super) fn nothing_unfinished(workspace: &Workspace) -> Vec<String> {
    workspace.sources.iter().flat_map(unfinished).collect()
}

fn unfinished(source: &Source) -> Vec<String> {
    let is_mark = |word: &str| ["TODO", "FIXME"].contains(&word);
    let lines = source.lines.iter().zip(1..).filter_map(|(text, line)| Some((line, comment(text)?)));
    let noted = lines.filter(|(_, text)| text.split(|c: char| !c.is_alphanumeric()).any(is_mark));
    let macros = source.tokens.words.windows(2).filter_map(|pair| match pair {
        [word, bang] if bang.text == "!" && ["todo", "unimplemented"].contains(&word.text.as_str()) => {
            Some((word.line, word.text.as_str()))
        }
        _ => None,
    });
    noted.chain(macros).map(|(line, text)| format!("{}: unfinished: {text}", source.at(line))).collect()
}

/// The comment on a line: all of it, or what follows the code.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with("//") { Some(line) } else { line.find(" // ").and_then(|at| line.get(at + 1..)) }
}
