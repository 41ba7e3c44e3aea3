//! What another file would do differently, record by record.

use serde_json::{Value, json};

use super::record::{HIDDEN, Line, Record};
use crate::say;

/// A record that two files treat differently: the lines that only one of them brings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    id: String,
    before: Vec<Line>,
    after: Vec<Line>,
}

/// The records that differ, in the order of the first file's, then those that only the other brings.
pub(super) fn differences(before: &[Record], after: &[Record]) -> Vec<Difference> {
    let new = after.iter().filter(|record| find(before, &record.id).is_none());
    let ids = before.iter().chain(new).map(|record| record.id.as_str());
    ids.filter_map(|id| difference(id, find(before, id), find(after, id))).collect()
}

fn find<'a>(records: &'a [Record], id: &str) -> Option<&'a Record> {
    records.iter().find(|record| record.id == id)
}

fn difference(id: &str, before: Option<&Record>, after: Option<&Record>) -> Option<Difference> {
    let lines = |record: Option<&Record>| record.map(|record| record.lines.clone()).unwrap_or_default();
    let only = |lines: Vec<Line>, others: &[Line]| -> Vec<Line> {
        lines.into_iter().filter(|line| !others.contains(line)).collect()
    };
    let (all_before, all_after) = (lines(before), lines(after));
    let only_before = only(all_before.clone(), &all_after);
    let only_after = only(all_after, &all_before);
    let differs = !only_before.is_empty() || !only_after.is_empty();
    differs.then(|| Difference { id: id.to_owned(), before: only_before, after: only_after })
}

/// Whether something differs that is not shown.
pub(super) fn is_hidden(differences: &[Difference]) -> bool {
    differences.iter().flat_map(|it| it.before.iter().chain(&it.after)).any(|line| line.value.is_some())
}

/// `-`: what the first file does; `+`: what the other would do.
pub(super) fn table(differences: &[Difference], values: bool) -> String {
    let rows: Vec<[String; 4]> = differences.iter().flat_map(|it| rows(it, values)).collect();
    say::columns(&rows)
}

fn rows(Difference { id, before, after }: &Difference, values: bool) -> Vec<[String; 4]> {
    let side = |sign: &str, lines: &[Line]| -> Vec<[String; 4]> {
        if lines.is_empty() {
            return vec![[String::new(), sign.to_owned(), "nothing".to_owned(), String::new()]];
        }
        let row = |line: &Line| [String::new(), sign.to_owned(), line.what.clone(), shown(line, values)];
        lines.iter().map(row).collect()
    };
    let mut rows = [side("-", before), side("+", after)].concat();
    if let Some([first, ..]) = rows.first_mut() {
        *first = if id.is_empty() { "(no id)".to_owned() } else { id.clone() };
    }
    rows
}

fn shown(line: &Line, values: bool) -> String {
    let shown = line.shown(values);
    let is_half = line.value.is_some() && !values && !line.seen.is_empty();
    if is_half { format!("{shown} {HIDDEN}") } else { shown }
}

/// The same for scripts.
pub(super) fn as_json(differences: &[Difference], values: bool) -> Value {
    let side = |lines: &[Line]| lines.iter().map(|line| line.as_json(["what", "seen"], values)).collect::<Vec<_>>();
    let one = |it: &Difference| json!({"id": it.id, "before": side(&it.before), "after": side(&it.after)});
    differences.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use vendors::value::Personal;

    use super::*;

    fn line(what: &str, seen: &str, value: Option<&str>) -> Line {
        let value = value.map(|value| Personal::new(value.to_owned()));
        Line { what: what.to_owned(), seen: seen.to_owned(), value }
    }

    fn record(id: &str, lines: &[Line]) -> Record {
        Record { id: id.to_owned(), lines: lines.to_vec() }
    }

    fn compared() -> Vec<Difference> {
        let same = line("changed", "Holiday -> Sickness", None);
        let before = [
            record("1d8e", &[line("created", "Holiday", None)]),
            record("2f00", std::slice::from_ref(&same)),
            record("r-1", &[line("job", "4711", None), line("first name", "", Some("Dora"))]),
        ];
        let after = [
            record("2f00", &[same]),
            record("r-1", &[line("job", "4711", None), line("first name", "", Some("Kim"))]),
            record("9c00", &[line("removed", "Sickness", None)]),
        ];
        differences(&before, &after)
    }

    #[test]
    fn only_records_that_differ_are_shown_and_values_only_where_they_are_asked_for() {
        let expected = "\
1d8e  -  created     Holiday
      +  nothing
r-1   -  first name  (hidden)
      +  first name  (hidden)
9c00  -  nothing
      +  removed     Sickness";
        assert_eq!(table(&compared(), false), expected);
        assert!(is_hidden(&compared()));
        let open = table(&compared(), true);
        assert!(open.contains("-  first name  Dora") && open.contains("+  first name  Kim"), "{open}");
    }

    #[test]
    fn scripts_see_the_same() {
        let hidden = as_json(&compared(), false);
        assert_eq!(hidden[0], json!({"id": "1d8e", "before": [{"what": "created", "seen": "Holiday"}], "after": []}));
        assert!(!hidden.to_string().contains("Dora"));
        assert_eq!(as_json(&compared(), true)[1]["after"], json!([{"what": "first name", "seen": "", "value": "Kim"}]));
    }
}
