//! The connection file's reader: a file that was damaged in any way is read, or its faults have lines within it.

use std::cell::Cell;

use heyflow_to_personio::connection::Connection;
use proptest::prelude::*;
use proptest::sample::select;

use super::{check, edited, edits};

const EXAMPLE: &str = include_str!("../../../../functions/heyflow-to-personio/connection.example.toml");

/// What a hand that slips leaves behind.
const SNIPPETS: &[&str] = &[
    "",
    "\n",
    "\r\n",
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\\",
    "\\u",
    "\t",
    "ä",
    "€",
    "\u{feff}",
    "\u{0}",
    "[application]\n",
    "[[application.files]]\n",
    "flow = 1\n",
    "= 3",
    "-1",
    "1e400",
    "99999999999999999999",
    "nan",
    "2026-03-01",
    "true",
    "{ input = \"A\" }",
    "{ template = '''{{ input(\"A\"''' }",
    "{ text = \"\" }",
    "{{ ",
    " }}",
    "{% ",
    " | upper",
    "inputs = []",
    "split = \"\"",
    "translate = {}",
    "on_unknown = \"x\"",
    "a.b.c = 1\n",
    "time_zone = \"Europe/Berln\"\n",
];

/// How many lines were read without a fault, and with.
fn judge(text: &str, local: bool, seen: &[Cell<u32>; 2]) -> Result<(), TestCaseError> {
    let Err(faults) = Connection::read(text, local) else {
        seen[0].set(seen[0].get() + 1);
        return Ok(());
    };
    seen[1].set(seen[1].get() + 1);
    prop_assert!(!faults.is_empty(), "refused without a fault");
    let lines = text.split('\n').count();
    for fault in faults {
        prop_assert!((1..=lines).contains(&fault.line), "{fault} of {lines} lines");
        prop_assert!(!fault.what.trim().is_empty(), "{fault:?}");
    }
    Ok(())
}

#[test]
fn a_damaged_file_is_read_or_its_faults_lie_within_it() {
    let seen = [Cell::new(0), Cell::new(0)];
    let put = select(SNIPPETS).prop_map(|snippet| snippet.as_bytes().to_vec());
    let cases = (edits(put, 0..4), any::<bool>());
    check(800, &cases, |(edits, local)| {
        let text = edited(EXAMPLE.as_bytes().to_vec(), &edits);
        judge(&String::from_utf8_lossy(&text), local, &seen)
    });
    let [read, refused] = seen.map(Cell::into_inner);
    assert!(read > 50 && refused > 50, "{read} files were read, {refused} refused");
}

#[test]
fn lines_that_are_lost_doubled_or_swapped_are_told() {
    let seen = [Cell::new(0), Cell::new(0)];
    let place = any::<prop::sample::Index>;
    check(400, &(place(), place(), 0..3_u8), |(one, other, what)| {
        let mut lines: Vec<&str> = EXAMPLE.lines().collect();
        let (one, other) = (one.index(lines.len()), other.index(lines.len()));
        match what {
            0 => drop(lines.remove(one)),
            1 => lines.insert(one, lines[other]),
            _ => lines.swap(one, other),
        }
        judge(&lines.join("\n"), false, &seen)
    });
    let [read, refused] = seen.map(Cell::into_inner);
    assert!(read > 50 && refused > 50, "{read} files were read, {refused} refused");
}

#[test]
fn any_text_at_all_is_no_connection_and_says_where() {
    let seen = [Cell::new(0), Cell::new(0)];
    let anything =
        prop_oneof![any::<String>(), "[a-z.]{1,4} = [\\[{\"'a-z0-9 \n]{0,20}", "(\\[{1,2}[a-z.]{0,6}\\]{0,2}\n){0,5}"];
    check(800, &anything, |text| judge(&text, false, &seen));
    assert_eq!(seen[0].get(), 0);
}
