//! The six named tests under the characters of Heyflow's sender and Personio's recruiting, pairwise with the settings that
//! answer them.

mod play;
mod recruiting;
mod scenarios;
mod scene;
mod sender;
mod table;

pub(super) use play::play;
