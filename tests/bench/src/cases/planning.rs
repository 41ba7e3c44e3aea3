//! A company's positions and openings, all of them in Recruit and none edited since: what a sweep finds.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::hibob_to_recruit::{CONNECTION, NAME, connected, secret};
use super::{Sweepable, item, message};
use crate::stand_ins::{Item, World, Written};

/// How many positions there are, and how many openings they have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planning {
    pub(crate) positions: u64,
    pub(crate) openings: u64,
}

/// The first ids; HiBob's look like these.
const POSITION: u64 = 2_251_800_820_000_000;
const OPENING: u64 = 2_251_800_821_000_000;
/// How many openings HiBob gives at once.
const PAGE: u64 = 100;
const RUN: &str = "2026-03-02T12:00";
/// The first day of the one window that holds all openings.
const WINDOW: &str = "0000-01-01";

impl Planning {
    /// One run, as the schedule sends it, and what it finds.
    pub(crate) fn sweepable(self) -> Sweepable {
        Sweepable { messages: Self::messages(), world: Box::new(move |url| self.world(url)) }
    }

    /// The messages of one run, as the schedule sends them.
    fn messages() -> Vec<String> {
        let window = json!({"from": WINDOW, "to": null});
        let of_window = json!({"kind": "window", "from": WINDOW, "to": null});
        let slices = [("changes", json!({"kind": "changes"})), ("window-0000-01-01", of_window)];
        let text = |((name, slice), number): ((&str, Value), u32)| {
            let body = json!({"v": 2, "run": RUN, "windows": [window], "whole": false, "slice": slice});
            message((NAME, CONNECTION), number, "sweep", &[("run", RUN), ("slice", name)], &body)
        };
        slices.into_iter().zip(0..).map(text).collect()
    }

    /// How many pages HiBob's lists have: positions come in one.
    pub(crate) fn pages(self) -> u64 {
        1 + self.openings.div_ceil(PAGE)
    }

    /// What the sweep finds.
    fn world(self, url: &str) -> World {
        let positions = Arc::new((0..self.positions).map(position).collect::<Vec<_>>());
        let openings = Arc::new((0..self.openings).map(|number| self.opening(number)).collect::<Vec<_>>());
        let mut items = connected(url);
        items.extend((0..self.openings).map(|number| self.link(number)));
        let list_positions = move |_: &Value| json!(*positions);
        let list_openings = move |body: &Value| page(&openings, body);
        World {
            items,
            written: Some(Written::new()),
            secret: secret(),
            searches: vec![
                ("POST /hibob/objects/position/search", Box::new(list_positions)),
                ("POST /hibob/positions/position-openings/search", Box::new(list_openings)),
            ],
            ..World::default()
        }
    }

    fn opening(self, number: u64) -> Row {
        let cells = [
            ("/positionOpening/id", json!(OPENING + number), None),
            ("/positionOpening/positionId", json!(POSITION + number % self.positions), None),
            ("/positionOpening/positionOpeningName", json!(format!("O-{number:010}")), None),
            ("/positionOpening/status", json!("vacant"), None),
            ("/positionOpening/recruitmentStatus", json!("open"), None),
            ("/positionOpening/expectedStartDate", json!("2026-06-01"), None),
            ("/positionOpening/actualStartDate", Value::Null, None),
            ("/positionOpening/filledBy", Value::Null, None),
        ];
        row(&cells)
    }

    fn link(self, number: u64) -> Item {
        let version = version(
            POSITION + number % self.positions,
            &position(number % self.positions),
            OPENING + number,
            &self.opening(number),
        );
        let members = [
            ("seen_ms", Value::Null),
            ("version", json!(version)),
            ("judged", json!(1)),
            ("last_day", json!(WINDOW)),
            ("due_ms", Value::Null),
            ("entered", json!(true)),
            ("missing_ms", Value::Null),
        ];
        item(format!("link#{CONNECTION}"), format!("opening/{}", OPENING + number), &members)
    }
}

/// A row as HiBob sends it: cells by their fields.
type Row = Map<String, Value>;

fn position(number: u64) -> Row {
    row(&[
        ("/position/id", json!(POSITION + number), None),
        ("/position/status", json!("vacant"), None),
        ("/position/jobProfile", json!(number % 40), Some("Engineer (J-1)")),
        ("/position/department", json!(5), Some("Product")),
        ("/position/employmentType", json!("permanent"), Some("Permanent")),
        ("/position/positionType", json!("growth"), Some("Growth")),
        ("/position/expectedStartDate", json!("2026-06-01"), None),
        ("/position/effectiveDate", json!("2026-03-01"), None),
    ])
}

fn row(cells: &[(&str, Value, Option<&str>)]) -> Row {
    let cell = |(field, value, label): &(&str, Value, Option<&str>)| {
        let cell = json!({"value": value, "humanReadable": label});
        ((*field).to_owned(), cell)
    };
    cells.iter().map(cell).collect()
}

/// The page that the body's cursor names, and where the next one is.
fn page(openings: &[Row], body: &Value) -> Value {
    let from = body.pointer("/pagination/cursor").and_then(Value::as_str).and_then(|cursor| cursor.parse().ok());
    let from: usize = from.unwrap_or_default();
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let rows: Vec<&Row> = openings.iter().skip(from).take(size).collect();
    let next = (from + rows.len() < openings.len()).then(|| (from + size).to_string());
    json!({"values": rows, "response_metadata": {"next_cursor": next}})
}

/// Of the version that was processed, as links keep it. Were it another, every opening would look edited, and the figures
/// would say so.
fn version(position_id: u64, position: &Row, opening_id: u64, opening: &Row) -> u64 {
    let mut text = line("position", Some(position_id.to_string()));
    text.push_str(&spelled(position));
    text.push_str(&line("opening", Some(opening_id.to_string())));
    text.push_str(&spelled(opening));
    Sha256::digest(text).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn spelled(row: &Row) -> String {
    let mut cells: Vec<(&String, &Value)> = row.iter().collect();
    cells.sort_by_key(|(field, _)| *field);
    let of_cell = |(field, cell): (&String, &Value)| {
        let value = cell.get("value").filter(|value| !value.is_null()).map(Value::to_string);
        let label = cell.get("humanReadable").and_then(Value::as_str).map(str::to_owned);
        line(field, value) + &line("label", label)
    };
    cells.into_iter().map(of_cell).collect()
}

/// A member with the length of its value, where it has one.
fn line(name: &str, value: Option<String>) -> String {
    match value {
        None => format!("{name}\n"),
        Some(value) => format!("{name}={}:{value}\n", value.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Planning = Planning { positions: 90, openings: 250 };

    #[test]
    fn pages_lead_to_the_end() {
        let all: Vec<Row> = (0..SMALL.openings).map(|number| SMALL.opening(number)).collect();
        let at = |cursor: Value| page(&all, &json!({"pagination": {"cursor": cursor}}));
        assert_eq!(at(Value::Null)["response_metadata"]["next_cursor"], "100");
        assert_eq!(at(json!("100"))["response_metadata"]["next_cursor"], "200");
        let last = at(json!("200"));
        assert_eq!(
            (last["values"].as_array().unwrap().len(), &last["response_metadata"]["next_cursor"]),
            (50, &Value::Null)
        );
        assert_eq!((SMALL.pages(), Planning { positions: 2_000, openings: 5_000 }.pages()), (4, 51));
    }

    #[test]
    fn a_version_is_what_a_link_keeps_of_the_row() {
        use mapping::hibob_to_recruit::{Row as Shown, version as of_row};
        use vendors::hibob::model::{Cell, Opening, Position};
        let cells = |row: &Row| {
            let label = |cell: &Value| cell["humanReadable"].as_str().map(str::to_owned);
            row.iter()
                .map(|(field, cell)| (field.parse().unwrap(), Cell::new(cell["value"].clone(), label(cell))))
                .collect()
        };
        let (of_position, of_opening) = (position(7), SMALL.opening(7));
        let position = Position { id: (POSITION + 7).to_string().parse().unwrap(), cells: cells(&of_position) };
        let opening = Opening {
            id: (OPENING + 7).to_string().parse().unwrap(),
            position: Some(position.id.clone()),
            cells: cells(&of_opening),
        };
        let text = of_row(Shown { position: &position, opening: &opening });
        let kept = Sha256::digest(text.reveal()).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
        assert_eq!(version(POSITION + 7, &of_position, OPENING + 7, &of_opening), kept);
    }
}
