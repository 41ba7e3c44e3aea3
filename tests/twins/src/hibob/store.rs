//! What HiBob holds for its companies.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::shelf::{Shelf, horizon};
use crate::window::Window;

use super::cells::{Cell, Row};
use super::company::Company;
use super::deliver::Delivery;
use super::event::{self, Event, Letter};
use super::fields::{Kind, MODIFIED};
use super::firewall::Firewall;
use super::hook::Hook;
use super::modes::Modes;

/// Ids seen live are around this.
const FIRST_ID: u64 = 2_251_800_820_033_996;

/// Every company by its id, and who is shut out.
#[derive(Default)]
pub(super) struct Store {
    pub(super) companies: BTreeMap<u64, Books>,
    pub(super) firewall: Firewall,
}

/// One company's settings, and everything that came of them.
pub(super) struct Books {
    pub(super) id: u64,
    pub(super) company: Company,
    pub(super) positions: Shelf<u64, Row>,
    pub(super) openings: Shelf<u64, Row>,
    pub(super) hooks: Vec<Hook>,
    pub(super) events: Vec<Event>,
    pub(super) held: Vec<Letter>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) windows: HashMap<&'static str, Window>,
    /// Events that no letter was written about yet.
    outbox: Vec<Event>,
    ids: u64,
    letters: u64,
}

impl Books {
    pub(super) fn open(id: u64, company: Company) -> Self {
        Self {
            id,
            company,
            positions: Shelf::default(),
            openings: Shelf::default(),
            hooks: Vec::new(),
            events: Vec::new(),
            held: Vec::new(),
            deliveries: Vec::new(),
            windows: HashMap::new(),
            outbox: Vec::new(),
            ids: 0,
            letters: 0,
        }
    }

    pub(super) fn shelf(&self, kind: Kind) -> &Shelf<u64, Row> {
        match kind {
            Kind::Position => &self.positions,
            Kind::Opening => &self.openings,
        }
    }

    /// A row as it is now.
    pub(super) fn row(&self, kind: Kind, id: u64) -> Result<&Row, String> {
        self.shelf(kind).seen(id, None).ok_or_else(|| format!("there is no {kind:?} {id}").to_lowercase())
    }

    /// The rows that a search at `now` goes through, with their places.
    pub(super) fn found(&self, kind: Kind, from: usize, now: Timestamp) -> impl Iterator<Item = (usize, &Row)> {
        let quirks = &self.company.quirks;
        let rows = self.shelf(kind).from(from, horizon(now, quirks.search_lag_seconds));
        rows.filter(|(_, row)| row.approved || quirks.requests_visible)
    }

    pub(super) fn put(&mut self, kind: Kind, mut row: Row, now: Timestamp) {
        if kind == Kind::Position {
            row.cells.insert(MODIFIED.to_owned(), Cell::new(event::time(now, &self.company.quirks)));
        }
        self.shelf_mut(kind).put(row.id, row, now);
    }

    pub(super) fn remove(&mut self, kind: Kind, id: u64, now: Timestamp) {
        self.shelf_mut(kind).remove(id, now);
    }

    fn shelf_mut(&mut self, kind: Kind) -> &mut Shelf<u64, Row> {
        match kind {
            Kind::Position => &mut self.positions,
            Kind::Opening => &mut self.openings,
        }
    }

    /// Never given again.
    pub(super) fn next_id(&mut self) -> u64 {
        self.ids += 1;
        FIRST_ID + self.company.ids_from + self.ids
    }

    /// It happened; who is told is decided by [`Books::dispatch`].
    pub(super) fn fire(&mut self, kind: Kind, what: &str, id: u64, fields: &[&str], now: Timestamp) {
        let fields = fields.iter().map(ToString::to_string).collect();
        let event = Event { name: format!("{}.{what}", kind.event_prefix()), id, fields, at: now, kind };
        self.events.push(event.clone());
        self.outbox.push(event);
    }

    /// Writes the letters about what happened, to all webhooks that want to hear of it.
    pub(super) fn dispatch(&mut self, modes: &Modes) {
        for event in std::mem::take(&mut self.outbox) {
            let hooks = self.hooks.iter().filter(|hook| hook.events.contains(&event.name));
            let hooks: Vec<_> = hooks.map(|hook| hook.id).collect();
            for hook in hooks {
                let letter = self.letter(hook, &event);
                self.send(letter, modes);
            }
        }
    }

    /// Queues letters that were held, in this order; a number named twice is sent twice. Nothing is queued if one is unknown.
    pub(super) fn release(&mut self, numbers: &[u64]) -> Result<(), String> {
        let held = |number: &u64| self.held.iter().find(|letter| letter.number == *number).cloned();
        let letters: Option<Vec<_>> = numbers.iter().map(held).collect();
        let letters = letters.ok_or("no such delivery is held")?;
        self.held.retain(|letter| !numbers.contains(&letter.number));
        letters.into_iter().for_each(|letter| self.queue(letter));
        Ok(())
    }

    fn letter(&mut self, hook: u64, event: &Event) -> Letter {
        self.letters += 1;
        let body = event::body(self.id, event, &self.company.quirks);
        Letter { number: self.letters, hook, event: event.name.clone(), body }
    }

    fn send(&mut self, letter: Letter, modes: &Modes) {
        if modes.lost {
            return;
        }
        if modes.hold {
            self.held.push(letter);
            return;
        }
        for _ in 0..modes.deliveries.max(1) {
            self.queue(letter.clone());
        }
    }

    fn queue(&mut self, letter: Letter) {
        if let Some(hook) = self.hooks.iter_mut().find(|hook| hook.id == letter.hook) {
            hook.append(letter);
        }
    }
}
