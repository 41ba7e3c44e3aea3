//! The flow personio-to-hellohq, in process, against the twins and the local AWS.

mod console;
mod cuts;
mod door;
mod house;
mod mapping;
mod push;
mod random;
mod sweep;
mod told;
