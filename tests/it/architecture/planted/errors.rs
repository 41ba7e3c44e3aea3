use super::sound::{caught, write};
use crate::architecture::errors::no_dropped_errors;

#[test]
fn a_dropped_error() {
    for (expression, what) in [
        ("Put::builder().set(x).build().ok()", "build()"),
        ("f(|x| Some(x.build().ok()?))", "build()"),
        ("serde_json::to_string(&x).unwrap_or_default()", "serde_json::to_.."),
        ("to_value(&x).ok().map(g).unwrap_or_default()", "serde_json::to_.."),
    ] {
        let text = format!("fn f() {{\n{expression};\n}}\n#[cfg(test)]\nmod tests {{\nfn f() {{ {expression} }}\n}}");
        for folder in ["shared/edge/src", "shared/ledger/src", "shared/reconcile/src", "functions/a-to-b/src"] {
            let expected = format!("{folder}/x.rs:2: drops the error of {what}");
            caught(no_dropped_errors, |w| write(w, &format!("{folder}/x.rs"), &text), &[&expected]);
        }
    }
    let kept = "fn f() { x.build()?; x.parse().ok(); x.to_vec().unwrap_or_default(); y::to_x().unwrap_or_default() }";
    caught(no_dropped_errors, |w| write(w, "shared/edge/src/x.rs", kept), &[]);
}
