//! What a source's list shows, in the words of this crate. A flow turns each page of its vendor into a [`ListedPage`].

use jiff::civil::Date;
use ledger::Subject;
use vendors::Cursor;

use crate::freshness::Shown;

/// One object of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The object.
    pub subject: Subject,
    /// The version that the list shows.
    pub shown: Shown,
    /// The day by which sweeps assign the object to a window. `None`: to the last window.
    pub window: Option<Date>,
    /// Whether the object matters although it has no link yet.
    pub counts_if_new: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPage {
    /// What can be read.
    pub items: Vec<Listed>,
    /// What is there and cannot be read. `None`: not even its id can.
    pub unreadable: Vec<Option<Subject>>,
    /// Where the next page is. `None`: this is the last one.
    pub next: Option<Cursor>,
}
