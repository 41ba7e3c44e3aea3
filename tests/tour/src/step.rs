//! What the tour tells.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use serde::Serialize;

/// One step of the tour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What was done, with the flow's name in front.
    pub step: String,
    /// What must be seen.
    pub expected: String,
    /// What was seen; `failed: ...` where something broke.
    pub seen: String,
    /// How long it took, waiting included.
    pub ms: u64,
}

impl Step {
    /// Whether exactly the expected was seen.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.seen == self.expected
    }
}

/// The widest table, in columns: what a terminal beside another window shows.
const WIDTH: u16 = 120;

/// All steps as a table of at most 120 columns; long cells are broken into lines.
#[must_use]
pub fn table(steps: &[Step]) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(["step", "expected", "seen", "ms"]);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    for Step { step, expected, seen, ms } in steps {
        table.add_row([step, expected, seen, &ms.to_string()]);
    }
    table.to_string()
}
