//! Tests: values of every kind both ways, which way they go, which fields take part, whose contract counts.

mod contracts;
mod fields;
mod flows;
mod kinds;
mod round_trip;
mod support;
