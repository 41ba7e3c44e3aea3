//! What the functions have logged of their records, read back: [`Line`]s, the [`Life`] of each record, and the [`Balance`]
//! of a connection.
//!
//! Every record ends as exactly one line with its connection, event and outcome, whatever `LogLevel` says. So who has ended,
//! who comes back and when, and who should have come back and did not, is all in the log. Nothing here writes.

mod balance;
mod life;
mod line;
mod pattern;
mod reader;

pub use balance::Balance;
pub use life::{GRACE, Life, lives, untaken};
pub use line::{Line, Said, is_about};
pub use pattern::Pattern;
pub use reader::{Logs, ReadError};
