use super::sound::{caught, write};
use crate::architecture::files::{methods_in_one_file, no_logic_in_mod};
use crate::architecture::model::Workspace;

#[test]
fn logic_in_a_mod_or_lib() {
    for item in [
        "fn f() {}",
        "struct S;",
        "enum E {}",
        "impl S {}",
        "trait T {}",
        "macro_rules! m { () => {} }",
        "m!();",
        "mod x {}",
    ] {
        for path in ["shared/mail/src/lib.rs", "console/src/a/mod.rs"] {
            let text = format!("//! Mails.\nmod y;\n{item}\n#[cfg(test)]\nmod tests {{ fn f() {{}} }}");
            let expected = format!("{path}: what begins on line 3 has a file of its own");
            caught(no_logic_in_mod, |w| write(w, path, &text), &[&expected]);
        }
    }
    caught(no_logic_in_mod, |w| write(w, "shared/mail/src/tests/mod.rs", "fn f() {}"), &[]);
}

#[test]
fn a_type_with_methods_in_two_files() {
    let plant = |w: &mut Workspace| {
        write(w, "shared/mail/src/a.rs", "pub struct A<T>(T);\nimpl<T> A<T> {}\nstruct B;\nimpl B {}");
        write(w, "shared/mail/src/b.rs", "use crate::A;\nimpl A<u8> {}\nstruct B;\nimpl B {}\nimpl Drop for A<u8> {}");
        write(w, "shared/mail/src/lib.rs", "mod a; mod b; pub use a::A;");
    };
    let expected = ["shared/mail: A has methods in shared/mail/src/a.rs, shared/mail/src/b.rs"];
    caught(methods_in_one_file, plant, &expected);
}
