use super::sound::{caught, write};
use crate::architecture::reconcile::{little_of_vendors, no_names, no_trait};

const PATH: &str = "shared/reconcile/src/x.rs";

#[test]
fn a_trait_in_reconcile() {
    caught(no_trait, |w| write(w, PATH, "\npub trait Flow {}"), &["shared/reconcile/src/x.rs:2: a trait"]);
}

#[test]
fn a_name_in_reconcile() {
    for (text, name) in [
        ("// Bob says so.", "bob"),
        ("const A: &str = \"bob read\";", "bob"),
        ("struct BobId;", "bob"),
        ("/// As `a-to-b` does.\nstruct S;", "a-to-b"),
        ("use a_to_b::NAME;", "a_to_b"),
    ] {
        let expected = format!("{PATH}:1: names {name}");
        let text = format!("{text}\n#[cfg(test)]\nmod tests {{\n // bob\n}}");
        caught(no_names, |w| write(w, PATH, &text), &[&expected]);
    }
}

#[test]
fn a_vendors_part_in_reconcile() {
    for (text, shown) in [
        ("use vendors::{Kind, acme::model::X};", "vendors::acme::model::X"),
        ("fn f(http: vendors::Http) {}", "vendors::Http"),
        ("use vendors::*;", "vendors::*"),
        ("use vendors as v;", "vendors"),
    ] {
        let expected = format!("{PATH}:1: sees {shown}");
        caught(little_of_vendors, |w| write(w, PATH, text), &[&expected]);
    }
}
