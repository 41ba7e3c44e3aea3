//! Errors are never dropped where records are written and read.

use syn::visit::{Visit, visit_expr_method_call};
use syn::{Expr, ExprMethodCall};

use super::model::Workspace;
use super::source::Source;

/// Where dropped errors lose records.
const FOLDERS: [&str; 4] = ["functions", "shared/edge", "shared/ledger", "shared/reconcile"];

/// `.build().ok()`, and `unwrap_or_default` on what `serde_json::to_..` gives.
pub(super) fn no_dropped_errors(workspace: &Workspace) -> Vec<String> {
    FOLDERS.iter().flat_map(|folder| workspace.sources_below(folder)).flat_map(dropped).collect()
}

fn dropped(source: &Source) -> Vec<String> {
    let mut calls = Calls::default();
    calls.visit_file(&source.file);
    let shipped = calls.dropped.into_iter().filter(|(line, _)| !source.is_test(*line));
    shipped.map(|(line, what)| format!("{}: drops the error of {what}", source.at(line))).collect()
}

#[derive(Default)]
struct Calls {
    dropped: Vec<(usize, &'static str)>,
}

impl<'a> Visit<'a> for Calls {
    fn visit_expr_method_call(&mut self, call: &'a ExprMethodCall) {
        let line = call.method.span().start().line;
        if call.method == "ok" && matches!(call.receiver.as_ref(), Expr::MethodCall(inner) if inner.method == "build") {
            self.dropped.push((line, "build()"));
        }
        if call.method == "unwrap_or_default" && is_serialized(&call.receiver) {
            self.dropped.push((line, "serde_json::to_.."));
        }
        visit_expr_method_call(self, call);
    }
}

/// `serde_json::to_value(..)`, or a chain of methods on it.
fn is_serialized(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => is_serialized(&call.receiver),
        Expr::Call(call) => matches!(call.func.as_ref(), Expr::Path(path) if {
            let segments: Vec<_> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
            let is_own = segments.len() == 1 || segments.first().is_some_and(|first| first == "serde_json");
            is_own && segments.last().is_some_and(|last| last.starts_with("to_"))
        }),
        _ => false,
    }
}
