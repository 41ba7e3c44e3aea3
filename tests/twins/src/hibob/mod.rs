//! HiBob: workforce planning read over the API, and webhooks that say what changed.
//!
//! Follows <https://apidocs.hibob.com/reference/workforce-planning>, <https://apidocs.hibob.com/reference/webhook-events-v2> and what clients
//! report of the live API. README.md lists what is documented, reported and assumed.

mod acts;
mod cells;
mod commands;
mod company;
mod deliver;
mod event;
mod fields;
mod firewall;
mod hook;
mod metadata;
mod modes;
mod office;
mod people;
mod planning;
mod problem;
mod quirks;
mod rows;
mod search;
mod serve;
mod shown;
mod store;
mod twin;
mod vendor;

pub use self::acts::{Holder, Made, NewPosition};
pub use self::cells::{Cell, Cells, Row};
pub use self::company::{Company, Person, Right, ServiceUser};
pub use self::deliver::Delivery;
pub use self::event::{Event, Letter};
pub use self::hook::{Connected, Hook, NewHook};
pub use self::modes::Modes;
pub use self::office::Office;
pub use self::quirks::{
    ApprovalFires, EmptyCells, ErrorForm, EventKeys, FieldUpdates, IdForm, LastPage, Limits, ListForm, MetadataForm,
    MissingRight, NextCursor, PeopleForm, PingForm, Quirks, Spelling, Times,
};
pub use self::twin::{SEED_COMPANY, SEED_SERVICE_USER, SEED_TOKEN, Twin};
