use super::sound::{caught, write};
use crate::architecture::imports::no_circles;
use crate::architecture::model::Workspace;

/// Files of one crate, by their path below `src`.
fn files(files: &[(&str, &str)]) -> impl FnOnce(&mut Workspace) {
    let files: Vec<_> = files.iter().map(|(path, text)| (format!("console/src/{path}"), (*text).to_owned())).collect();
    move |workspace| files.iter().for_each(|(path, text)| write(workspace, path, text))
}

#[test]
fn two_files_that_import_each_other() {
    let circle = ["console/src/a.rs:1 -> console/src/b.rs:2 -> console/src/a.rs"];
    for (a, b) in [
        ("use crate::b::B;", "\nuse crate::a::A;"),
        ("use super::b::B;", "\nuse super::a::A;"),
        ("use crate::b;", "\nfn f() { crate::a::g::<u8>() }"),
        ("fn f() { log!(x = crate::b::X) }", "\n#[serde(with = \"crate::a::date\")] struct S;"),
        ("use crate::{b::{self as c, B}, x::Y};", "\npub use super::a;"),
    ] {
        caught(no_circles, files(&[("main.rs", "mod a; mod b;"), ("a.rs", a), ("b.rs", b)]), &circle);
    }
}

#[test]
fn a_parent_and_a_child_that_import_each_other() {
    let circle = ["console/src/a.rs:2 -> console/src/a/b.rs:1 -> console/src/a.rs"];
    for (parent, child) in [
        ("mod b;\nfn f() { b::g() }", "use super::A;"),
        ("mod b;\nuse b::B;", "use super::*;"),
        ("mod b;\npub use self::b::B;", "fn g() { super::f() }"),
        ("mod b;\nuse crate::a::b::B;", "use crate::a::A;"),
    ] {
        caught(no_circles, files(&[("a.rs", parent), ("a/b.rs", child)]), &circle);
    }
}

#[test]
fn a_circle_of_three_that_leads_through_re_exports() {
    let plant = files(&[
        ("lib.rs", "mod a; mod b; mod c;\npub use a::A;\npub use b::B;"),
        ("a.rs", "use crate::B;"),
        ("b/mod.rs", "mod d; pub(crate) use d::B;"),
        ("b/d.rs", "use crate::c;\nfn f() { c::g() }"),
        ("c.rs", "use crate::A as B; fn f() { B::new() }"),
    ]);
    let circle = "console/src/a.rs:1 -> console/src/b/d.rs:1 -> console/src/c.rs:1 -> console/src/a.rs";
    caught(no_circles, plant, &[circle]);
}

#[test]
fn what_makes_no_circle() {
    let plant = files(&[
        ("lib.rs", "mod a; pub mod b;\npub use a::{A, anyhow}; use anyhow::anyhow;"),
        ("a.rs", "use std::fmt; use ledger::a; use super::b::B; use anyhow::anyhow; fn f() { Self::x(anyhow::y()) }"),
        ("b.rs", "struct B; fn f() { B::g() }\n#[cfg(test)]\nmod tests {\n use crate::a::A; use crate::a::A as B;\n}"),
        ("b/tests.rs", "use crate::a::A; use super::B;"),
    ]);
    caught(no_circles, plant, &[]);
}
