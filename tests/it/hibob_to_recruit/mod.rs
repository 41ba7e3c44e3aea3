//! The flow in process, between the two twins.

mod backfill;
mod bulk;
mod by_hand;
mod cancelling;
mod characters;
mod console;
mod cuts;
mod doctor;
mod fields;
mod functions;
mod grouping;
mod guard;
mod house;
mod lives;
mod lost_answers;
mod odd;
mod people;
mod push;
mod random;
mod stage;
mod sweep;
mod webhook;
