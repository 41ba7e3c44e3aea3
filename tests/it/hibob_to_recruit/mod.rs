//! The flow in process, between the two twins.

mod house;
mod push;
