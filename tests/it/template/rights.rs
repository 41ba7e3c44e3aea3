//! What functions may do and what they are told, against what their code declares.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::model::{Function, Statement, Template};
use super::yaml::{at, names, text};

/// What the poller of a queue's reader needs, not the reader's code:
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html>.
const POLLER: [&str; 3] = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/// What Lambda does on behalf of every function.
const WRITES_LOG: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/// One secret per connection lies below this, and below its flow's name.
const SECRETS: &str = "hrsync/${AWS::StackName}/";

/// The partitions of the table that a receiver may read, and those that it may write to. A test of each door holds what it
/// does against them.
pub(crate) const RECEIVER_READS: [&str; 1] = ["connection"];
pub(crate) const RECEIVER_WRITES: [&str; 2] = ["failure#*", "unmailed"];

/// What a binary's code says it needs.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    /// The binary.
    pub(super) name: String,
    /// Names of environment variables.
    pub(super) environment: BTreeSet<String>,
    /// For instance `dynamodb:GetItem`.
    pub(super) actions: BTreeSet<String>,
}

/// Functions without an inline role of their own, and rights written elsewhere.
pub(super) fn own_roles(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    let mut owners = BTreeMap::new();
    for function in template.functions() {
        match function.role.as_deref().filter(|r| template.one("AWS::IAM::Role", r).is_some()) {
            None => offences.push(format!("{}: no role that is written out in the template", function.name())),
            Some(role) => {
                if let Some(other) = owners.insert(role.to_owned(), function.name().to_owned()) {
                    offences.push(format!("{role}: shared by {other} and {}", function.name()));
                }
            }
        }
    }
    for (id, resource) in &template.resources {
        let elsewhere = ["AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"];
        if elsewhere.contains(&resource.kind.as_str()) {
            offences.push(format!("{id}: rights belong in the function's role"));
        }
        if resource.kind == "AWS::IAM::Role" && !at(&resource.properties, "ManagedPolicyArns").is_null() {
            offences.push(format!("{id}: managed policies reach further than one function needs"));
        }
    }
    offences
}

/// Statements, anywhere in the template, that reach every resource or every action.
pub(super) fn exact(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for (id, resource) in &template.resources {
        let mut statements = Vec::new();
        collect(&resource.properties, &mut statements);
        offences.extend(statements.into_iter().flat_map(inexact).map(|problem| format!("{id}: {problem}")));
    }
    offences
}

/// Everything that looks like a statement: an object with an Effect.
fn collect<'a>(value: &'a Value, into: &mut Vec<&'a Value>) {
    match value {
        Value::Array(entries) => entries.iter().for_each(|v| collect(v, into)),
        Value::Object(entries) => {
            if entries.contains_key("Effect") {
                into.push(value);
            }
            entries.values().for_each(|v| collect(v, into));
        }
        _ => {}
    }
}

fn inexact(statement: &Value) -> Vec<String> {
    let read = Statement::new(statement);
    let mut problems: Vec<_> =
        read.actions.iter().filter(|a| a.contains('*')).map(|a| format!("action {a} is more than one")).collect();
    if read.resources.iter().any(|r| r == "*") {
        problems.push(format!("{} on every resource", read.actions.join(", ")));
    }
    let inverted = ["NotAction", "NotResource"].into_iter().filter(|key| !at(statement, key).is_null());
    problems.extend(inverted.map(|key| format!("{key} grants what is not named")));
    problems
}

/// Rights on secrets of another stack or flow, and secrets, outside the stack's own prefix.
pub(super) fn secrets(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for function in template.functions() {
        let on_secrets =
            function.statements.iter().filter(|s| s.actions.iter().any(|a| a.starts_with("secretsmanager:")));
        let own = format!("{SECRETS}{}/*", function.flow());
        let wrong = on_secrets.flat_map(|s| &s.resources).filter(|r| !r.ends_with(&format!(":secret:{own}")));
        offences.extend(wrong.map(|r| format!("{}: secrets {r} instead of {own}", function.name())));
    }
    let named = template.all("AWS::SecretsManager::Secret").map(|(id, secret)| (id, text(at(secret, "Name"))));
    let outside = named.filter(|(_, name)| !name.starts_with(SECRETS));
    offences.extend(outside.map(|(id, name)| format!("{id}: called {name}, outside of {SECRETS}")));
    offences
}

/// Receivers, the only functions that strangers reach, whose table rights reach further than what they read and write.
/// `ForAllValues`: every item of a request counts, <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html>.
pub(super) fn receivers_narrowed(template: &Template) -> Vec<String> {
    let reads = json!({"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": RECEIVER_READS}});
    let writes = json!({"ForAllValues:StringLike": {"dynamodb:LeadingKeys": RECEIVER_WRITES}});
    let mut offences = Vec::new();
    for function in template.functions().iter().filter(|f| f.name().ends_with("-webhook")) {
        for (action, narrowed) in [("dynamodb:GetItem", &reads), ("dynamodb:PutItem", &writes)] {
            let mut wide = function.statements.iter().filter(|s| s.actions.iter().any(|a| a == action));
            if wide.any(|s| s.condition != *narrowed) {
                offences.push(format!("{}: {action} is not narrowed to {narrowed}", function.name()));
            }
        }
    }
    offences
}

/// Readers whose role does not reach the queue they read.
pub(super) fn readers_may_read(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for function in template.functions() {
        for source in &function.sources {
            let reaches = |s: &&Statement| s.resources.iter().any(|r| *r == format!("${{{}.Arn}}", source.queue));
            let granted: Vec<_> = function.statements.iter().filter(reaches).flat_map(|s| &s.actions).collect();
            let missing = POLLER.iter().filter(|action| !granted.iter().any(|g| g == *action));
            offences.extend(missing.map(|a| format!("{}: {a} is not granted on {}", function.name(), source.queue)));
        }
    }
    offences
}

/// Differences, either way, between what the code declares and what the template gives.
pub(super) fn as_declared(template: &Template, declared: &[Declared]) -> Vec<String> {
    let functions = template.functions();
    let mut offences = Vec::new();
    for code in declared {
        let Some(function) = functions.iter().find(|f| f.name() == code.name) else {
            offences.push(format!("{}: declared in code, not in the template", code.name));
            continue;
        };
        differences("variable", &code.name, &code.environment, &function.environment, &mut offences);
        let polled = POLLER.iter().filter(|_| !function.sources.is_empty()).map(|&a| a.to_owned());
        let needed = code.actions.iter().cloned().chain(polled).collect();
        differences("action", &code.name, &needed, &granted(function), &mut offences);
    }
    let unknown = functions.iter().filter(|f| !declared.iter().any(|code| code.name == f.name()));
    offences.extend(unknown.map(|f| format!("{}: in the template, not declared in code", f.name())));
    offences
}

/// Writing its own log is every function's right and no code's declaration.
fn granted(function: &Function) -> BTreeSet<String> {
    let actions = function.statements.iter().flat_map(|s| &s.actions);
    actions.filter(|a| !WRITES_LOG.contains(&a.as_str())).cloned().collect()
}

fn differences(what: &str, name: &str, code: &BTreeSet<String>, template: &BTreeSet<String>, into: &mut Vec<String>) {
    into.extend(code.difference(template).map(|x| format!("{name}: {what} {x} is used by the code, not given")));
    into.extend(template.difference(code).map(|x| format!("{name}: {what} {x} is given, not used by the code")));
}

/// Roles that may write another function's log.
pub(super) fn own_log_only(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for function in template.functions() {
        let properties = template.resources.get(&function.id).map(|r| &r.properties);
        let own = properties.map(|p| names(at(p, "LoggingConfig.LogGroup"))).unwrap_or_default();
        let logs = function.statements.iter().filter(|s| s.actions.iter().any(|a| WRITES_LOG.contains(&a.as_str())));
        let foreign = logs.flat_map(|s| &s.resources).filter(|r| !own.iter().any(|id| **r == format!("${{{id}.Arn}}")));
        offences.extend(foreign.map(|r| format!("{}: may write the log {r}", function.name())));
    }
    offences
}
