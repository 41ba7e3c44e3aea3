//! The flow in process, between the two twins.

mod cuts;
mod door;
mod house;
mod random;
mod started;
mod to_oneflow;
mod to_teamtailor;
