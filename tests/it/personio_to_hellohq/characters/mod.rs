//! The six named tests under the characters of Personio and helloHQ, pairwise with the settings that answer them.

mod each;
mod hellohq;
mod personio;
mod play;
mod scenarios;
mod scene;
mod settings;
mod table;

pub(super) use play::play;
