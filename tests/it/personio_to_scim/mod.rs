//! The flow personio-to-scim, in process, against the twins, independent servers and the local AWS.

mod adoption;
mod console;
mod contested;
mod cuts;
mod doctor;
mod erased;
mod forgotten;
mod guard;
mod house;
mod judge;
mod judged;
mod lives;
mod manager;
mod odd_partners;
mod odd_sources;
mod preview;
mod push;
mod random;
mod rights;
mod sweep;
