//! The flow personio-to-hellohq, in process, against the twins and the local AWS.

mod by_hand;
mod characters;
mod console;
mod cuts;
mod cuts_of_telling;
mod door;
mod house;
mod limits;
mod mapping;
mod push;
mod random;
mod removal;
mod sweep;
mod told;
