//! What people do with positions and openings, and which events that fires.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cells::{self, Cell, Cells, Row};
use super::fields::{
    EFFECTIVE, FTE, Kind, OPEN_REQUESTS, OPENING_HOLDER, OPENING_NAME, OPENING_START, OPENING_STATUS, PARENT,
    POSITION_HOLDER, POSITION_NAME, POSITION_START, POSITION_STATUS, RECRUITMENT,
};
use super::quirks::ApprovalFires;
use super::store::Books;

/// A position that somebody enters or asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NewPosition {
    /// Laid over what every position has.
    pub fields: Cells,
    /// One for each opening; one or more.
    pub openings: Vec<Cells>,
    /// `false`: a request that somebody has to approve.
    pub approved: bool,
}

impl Default for NewPosition {
    fn default() -> Self {
        Self { fields: Cells::new(), openings: vec![Cells::new()], approved: true }
    }
}

/// The ids of a new position and its openings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Made {
    /// The position's.
    pub id: u64,
    /// Those of its openings.
    pub opening_ids: Vec<u64>,
}

/// Who takes an opening.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The id of the employee.
    pub employee: String,
    /// `2026-04-01`
    pub start_date: String,
}

type Done<T = ()> = Result<T, String>;

/// Fires `position.created`, then `positionOpening.created` for each opening, unless an approval will.
pub(super) fn create(books: &mut Books, new: NewPosition, now: Timestamp) -> Done<Made> {
    if new.openings.is_empty() {
        return Err("a position has one opening or more".to_owned());
    }
    known(books, Kind::Position, &new.fields)?;
    new.openings.iter().try_for_each(|cells| known(books, Kind::Opening, cells))?;
    let id = books.next_id();
    let mut cells = position_cells(id, now);
    cells.extend(new.fields);
    cells.insert(OPEN_REQUESTS.to_owned(), Cell::new(!new.approved));
    books.put(Kind::Position, Row { id, approved: new.approved, cells }, now);
    let opening_ids =
        new.openings.into_iter().map(|cells| enter_opening(books, id, new.approved, cells, now)).collect();
    let made = Made { id, opening_ids };
    if new.approved || books.company.quirks.approval_fires != ApprovalFires::Created {
        fire_created(books, &made, now);
    }
    Ok(made)
}

/// Fires what the quirk says.
pub(super) fn approve(books: &mut Books, id: u64, now: Timestamp) -> Done {
    let mut row = books.row(Kind::Position, id)?.clone();
    if row.approved {
        return Err(format!("position {id} is approved"));
    }
    row.approved = true;
    row.cells.insert(OPEN_REQUESTS.to_owned(), Cell::new(false));
    books.put(Kind::Position, row, now);
    let openings = openings_of(books, id);
    for opening in &openings {
        books.put(Kind::Opening, Row { approved: true, ..opening.clone() }, now);
    }
    match books.company.quirks.approval_fires {
        ApprovalFires::Updated => books.fire(Kind::Position, "updated", id, &[OPEN_REQUESTS], now),
        ApprovalFires::Created => {
            let opening_ids = openings.iter().map(|opening| opening.id).collect();
            fire_created(books, &Made { id, opening_ids }, now);
        }
        ApprovalFires::Nothing => {}
    }
    Ok(())
}

/// Fires `updated` with the fields that differ; nothing if none does.
pub(super) fn edit(books: &mut Books, kind: Kind, id: u64, cells: Cells, now: Timestamp) -> Done {
    known(books, kind, &cells)?;
    if let Some(parent) = cells.get(PARENT) {
        let parent = cells::text(&parent.value).parse().map_err(|_| "a position's id is a number")?;
        books.row(Kind::Position, parent)?;
    }
    change(books, kind, id, cells, now, true)
}

/// Position and openings are `cancelled`; with `soon` they are `cancelledSoon` until they are cancelled by a second act. A position that is
/// held cannot be cancelled at once; cancelling what was `cancelledSoon` takes its holders away.
pub(super) fn cancel(books: &mut Books, id: u64, soon: bool, now: Timestamp) -> Done {
    let row = books.row(Kind::Position, id)?;
    let (held, scheduled) = (!row.value(POSITION_HOLDER).is_null(), row.text(POSITION_STATUS) == "cancelledSoon");
    let held = held || openings_of(books, id).iter().any(|opening| !opening.value(OPENING_HOLDER).is_null());
    if held && !soon && !scheduled {
        return Err("a position that is filled cannot be cancelled".to_owned());
    }
    let status = if soon { "cancelledSoon" } else { "cancelled" };
    let vacated = held && !soon;
    set_status(books, id, status, vacated, now)
}

/// Position and openings that are cancelled, or will be, are vacant again.
pub(super) fn reopen(books: &mut Books, id: u64, now: Timestamp) -> Done {
    if !books.row(Kind::Position, id)?.text(POSITION_STATUS).starts_with("cancel") {
        return Err(format!("position {id} is not cancelled"));
    }
    set_status(books, id, "vacant", false, now)
}

/// There is no event for a position that is deleted.
pub(super) fn delete(books: &mut Books, id: u64, now: Timestamp) -> Done {
    books.row(Kind::Position, id)?;
    let follow = books.company.quirks.openings_follow;
    for opening in openings_of(books, id) {
        books.remove(Kind::Opening, opening.id, now);
        if follow {
            books.fire(Kind::Opening, "deleted", opening.id, &[], now);
        }
    }
    books.remove(Kind::Position, id, now);
    Ok(())
}

/// Fires `positionOpening.created`.
pub(super) fn add_opening(books: &mut Books, position: u64, cells: Cells, now: Timestamp) -> Done<u64> {
    known(books, Kind::Opening, &cells)?;
    let approved = books.row(Kind::Position, position)?.approved;
    let id = enter_opening(books, position, approved, cells, now);
    books.fire(Kind::Opening, "created", id, &[], now);
    Ok(id)
}

/// Fires `positionOpening.updated`.
pub(super) fn cancel_opening(books: &mut Books, id: u64, soon: bool, now: Timestamp) -> Done {
    let status = if soon { "cancelledSoon" } else { "cancelled" };
    change(books, Kind::Opening, id, one(OPENING_STATUS, json!(status)), now, true)
}

/// Somebody is hired. Fires `positionOpening.updated`, then `position.updated`.
pub(super) fn fill(books: &mut Books, id: u64, holder: &Holder, now: Timestamp) -> Done {
    let position = parent(books.row(Kind::Opening, id)?)?;
    let (employee, start) = (Cell::new(holder.employee.as_str()), Cell::new(holder.start_date.as_str()));
    let opening = [
        (OPENING_HOLDER, employee.clone()),
        (OPENING_START, start.clone()),
        (OPENING_STATUS, Cell::new("filled")),
        (RECRUITMENT, Cell::new("closed")),
    ];
    change(books, Kind::Opening, id, owned(opening), now, true)?;
    let vacant = openings_of(books, position).iter().any(|opening| opening.value(OPENING_HOLDER).is_null());
    let mut cells = owned([(POSITION_HOLDER, employee), (POSITION_START, start)]);
    if !vacant {
        cells.insert(POSITION_STATUS.to_owned(), Cell::new("filled"));
    }
    change(books, Kind::Position, position, cells, now, true)
}

/// Fires `positionOpening.deleted`. The last opening of a position stays.
pub(super) fn delete_opening(books: &mut Books, id: u64, now: Timestamp) -> Done {
    let position = parent(books.row(Kind::Opening, id)?)?;
    if openings_of(books, position).len() == 1 {
        return Err("a position has one opening or more".to_owned());
    }
    books.remove(Kind::Opening, id, now);
    books.fire(Kind::Opening, "deleted", id, &[], now);
    Ok(())
}

/// The openings of a position, oldest first.
pub(super) fn openings_of(books: &Books, position: u64) -> Vec<Row> {
    books.openings.all().filter(|row| row.text(PARENT) == position.to_string()).cloned().collect()
}

fn set_status(books: &mut Books, id: u64, status: &str, vacated: bool, now: Timestamp) -> Done {
    let follow = books.company.quirks.openings_follow;
    let cells = |kind: Kind| {
        let mut cells = one(kind.status_field(), json!(status));
        if vacated {
            cells.insert(kind.holder_fields().0.to_owned(), Cell::new(Value::Null));
        }
        cells
    };
    change(books, Kind::Position, id, cells(Kind::Position), now, true)?;
    for opening in openings_of(books, id) {
        change(books, Kind::Opening, opening.id, cells(Kind::Opening), now, follow)?;
    }
    Ok(())
}

fn change(books: &mut Books, kind: Kind, id: u64, cells: Cells, now: Timestamp, told: bool) -> Done {
    let mut row = books.row(kind, id)?.clone();
    let differs = |(field, cell): &(&String, &Cell)| row.cells.get(*field) != Some(*cell);
    let changed: Vec<_> = cells.iter().filter(differs).map(|(field, _)| field.clone()).collect();
    if changed.is_empty() {
        return Ok(());
    }
    row.cells.extend(cells);
    books.put(kind, row, now);
    if told {
        let fields: Vec<_> = changed.iter().map(String::as_str).collect();
        books.fire(kind, "updated", id, &fields, now);
    }
    Ok(())
}

fn enter_opening(books: &mut Books, position: u64, approved: bool, own: Cells, now: Timestamp) -> u64 {
    let id = books.next_id();
    let mut cells = owned([
        (OPENING_NAME, Cell::new(format!("O-{:010}", id % 10_000_000_000))),
        (OPENING_STATUS, Cell::new("vacant")),
        (RECRUITMENT, Cell::new("open")),
    ]);
    cells.extend(own);
    cells.insert(PARENT.to_owned(), Cell::new(position));
    books.put(Kind::Opening, Row { id, approved, cells }, now);
    id
}

fn fire_created(books: &mut Books, made: &Made, now: Timestamp) {
    books.fire(Kind::Position, "created", made.id, &[], now);
    for id in &made.opening_ids {
        books.fire(Kind::Opening, "created", *id, &[], now);
    }
}

fn position_cells(id: u64, now: Timestamp) -> Cells {
    let today = now.to_string().chars().take(10).collect::<String>();
    owned([
        (POSITION_NAME, Cell::new(format!("P-{:010}", id % 10_000_000_000))),
        (POSITION_STATUS, Cell::new("vacant")),
        (EFFECTIVE, Cell::new(today)),
        (FTE, Cell::new(100)),
    ])
}

/// Refuses fields that the company does not have, and ids.
fn known(books: &Books, kind: Kind, cells: &Cells) -> Done {
    let own = |field: &str| kind == Kind::Position && books.company.custom_fields.contains_key(field);
    let settable = |field: &str| field != kind.id_field() && kind.fields().iter().any(|known| known.id == field);
    match cells.keys().find(|field| !settable(field) && !own(field)) {
        Some(field) => Err(format!("{field} is no field that can be set")),
        None => Ok(()),
    }
}

fn parent(opening: &Row) -> Done<u64> {
    opening.text(PARENT).parse().map_err(|_| format!("opening {} has no position", opening.id))
}

fn one(field: &str, value: Value) -> Cells {
    Cells::from([(field.to_owned(), Cell::new(value))])
}

fn owned<const N: usize>(cells: [(&str, Cell); N]) -> Cells {
    cells.into_iter().map(|(field, cell)| (field.to_owned(), cell)).collect()
}
