//! `hrsync failures`: what a person must see, and what to do about it: replay it or set it aside.

mod choice;
mod discard;
mod edit;
mod editor;
mod layout;
mod list;
mod remarks;
mod retry;
#[cfg(test)]
pub(crate) mod sample;
mod show;
mod verb;
mod words;

pub(crate) use verb::{Verb, run};
