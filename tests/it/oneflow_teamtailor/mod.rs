//! The flow in process, between the two twins.

mod console;
mod cuts;
mod doctor;
mod door;
mod fields;
mod house;
mod init;
mod preview;
mod random;
mod started;
mod to_oneflow;
mod to_teamtailor;
