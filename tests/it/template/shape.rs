//! Whether all parts are there: a function per binary, logs that end, routes that arrive, a table that is safe.

use serde_json::Value;

use super::model::Template;
use super::yaml::{at, is_on, items, names, text, texts};

/// A binary of the workspace that a function may run.
#[derive(Debug)]
pub(super) struct Binary {
    /// The crate's folder, from the project's root.
    pub(super) folder: String,
    /// Its name.
    pub(super) name: String,
}

/// Binaries without exactly one function, functions that `sam build` cannot build, and functions not called like theirs.
pub(super) fn binaries(template: &Template, binaries: &[Binary]) -> Vec<String> {
    let functions = template.functions();
    let mut offences = Vec::new();
    for binary in binaries {
        let Binary { folder, name } = binary;
        let count = functions.iter().filter(|f| f.binary.as_ref() == Some(name)).count();
        if count != 1 {
            offences.push(format!("{name}: {count} functions run this binary"));
        }
        let elsewhere = functions.iter().filter(|f| f.binary.as_ref() == Some(name) && f.code != *folder);
        offences.extend(elsewhere.map(|f| format!("{name}: its CodeUri is {}, not {folder}", f.code)));
    }
    for function in &functions {
        if !function.binary.as_ref().is_some_and(|b| binaries.iter().any(|binary| binary.name == *b)) {
            offences.push(format!("{}: cargo-lambda builds none of the binaries for it", function.id));
        }
        let name = template.resources.get(&function.id).map(|r| text(at(&r.properties, "FunctionName")));
        if name != Some(format!("${{AWS::StackName}}-{}", function.name())) {
            offences.push(format!("{}: its FunctionName is not <stack>-{}", function.id, function.name()));
        }
    }
    offences
}

/// Events that only one of AWS and the local cloud understands.
pub(super) fn events(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for (id, function) in template.all("AWS::Serverless::Function") {
        for (event, body) in at(function, "Events").as_object().into_iter().flatten() {
            let kind = text(at(body, "Type"));
            if !["SQS", "ScheduleV2"].contains(&kind.as_str()) {
                offences.push(format!("{id}: event {event} is of the kind {kind}; write its resources out"));
            }
        }
    }
    offences
}

/// Functions without a log group of the template, and log groups that keep everything.
pub(super) fn logs(template: &Template) -> Vec<String> {
    const GROUP: &str = "AWS::Logs::LogGroup";
    let mut offences = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for function in template.functions() {
        let properties = template.resources.get(&function.id).map(|r| &r.properties);
        let group = properties.map(|p| names(at(p, "LoggingConfig.LogGroup"))).unwrap_or_default();
        match group.first().filter(|id| template.one(GROUP, id).is_some()) {
            None => offences.push(format!("{}: no log group in the template", function.name())),
            Some(id) if taken.contains(id) => offences.push(format!("{}: shares the log group {id}", function.name())),
            Some(id) => taken.push(id.clone()),
        }
    }
    let endless = template.all(GROUP).filter(|(_, group)| at(group, "RetentionInDays").is_null());
    offences.extend(endless.map(|(id, _)| format!("{id}: no RetentionInDays")));
    offences
}

/// Routes that lead nowhere, functions that nobody may call, and webhooks without a route.
pub(super) fn routes(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    let mut reached = Vec::new();
    for (id, route) in template.all("AWS::ApiGatewayV2::Route") {
        let Some(function) = integrated(template, &names(at(route, "Target"))) else {
            offences.push(format!("{id}: no integration (payload 2.0) with a function"));
            continue;
        };
        let key = text(at(route, "RouteKey"));
        let path = key.split_once(' ').map_or(key.as_str(), |(_, path)| path);
        if !permitted(template, &function, path) {
            offences.push(format!("{id}: no permission for API Gateway to call {function} on {path}"));
        }
        reached.push(function);
    }
    let doors = template.functions().into_iter().filter(|f| f.name().ends_with("-webhook"));
    let closed = doors.filter(|f| !reached.contains(&f.id));
    offences.extend(closed.map(|f| format!("{}: no route leads to it", f.name())));
    offences
}

fn integrated(template: &Template, target: &[String]) -> Option<String> {
    let integration = target.iter().find_map(|id| template.one("AWS::ApiGatewayV2::Integration", id))?;
    let named = names(at(integration, "IntegrationUri"));
    let function = named.into_iter().find(|id| template.functions().iter().any(|f| f.id == *id));
    function.filter(|_| text(at(integration, "PayloadFormatVersion")) == "2.0")
}

fn permitted(template: &Template, function: &str, path: &str) -> bool {
    template.all("AWS::Lambda::Permission").any(|(_, permission)| {
        text(at(permission, "Principal")) == "apigateway.amazonaws.com"
            && text(at(permission, "Action")) == "lambda:InvokeFunction"
            && names(at(permission, "FunctionName")).iter().any(|id| id == function)
            && text(at(permission, "SourceArn")).ends_with(path)
    })
}

/// Routes without a throttle of their own, or whose stage may come before them.
pub(super) fn throttles(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    let stages = || template.resources.iter().filter(|(_, r)| r.kind == "AWS::ApiGatewayV2::Stage");
    for (id, route) in template.all("AWS::ApiGatewayV2::Route") {
        let key = text(at(route, "RouteKey"));
        let throttled = |stage: &Value| {
            let setting = at(stage, "RouteSettings").get(&key).map(items).unwrap_or_default();
            setting.iter().any(|setting| !at(setting, "ThrottlingRateLimit").is_null())
        };
        if !stages().any(|(_, stage)| throttled(&stage.properties)) {
            offences.push(format!("{id}: the stage has no throttle for {key}"));
        }
        if !stages().any(|(_, stage)| texts(at(&stage.entry, "DependsOn")).iter().any(|needed| needed == id)) {
            offences.push(format!("{id}: the stage does not depend on it"));
        }
    }
    offences
}

/// Kinds that hold something, about which nobody has said what becomes of it.
pub(super) fn policies(template: &Template) -> Vec<String> {
    const HOLDING: [&str; 4] =
        ["AWS::DynamoDB::Table", "AWS::Logs::LogGroup", "AWS::SES::EmailIdentity", "AWS::SQS::Queue"];
    let mut offences = Vec::new();
    for (id, resource) in template.resources.iter().filter(|(_, r)| HOLDING.contains(&r.kind.as_str())) {
        let missing =
            ["DeletionPolicy", "UpdateReplacePolicy"].into_iter().filter(|key| at(&resource.entry, key).is_null());
        offences.extend(missing.map(|key| format!("{id}: no {key}")));
    }
    offences
}

/// Tables that forget nothing, cannot be restored or are not encrypted; and a template without a table.
pub(super) fn table(template: &Template) -> Vec<String> {
    const WANTED: [&str; 3] = [
        "TimeToLiveSpecification.Enabled",
        "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
        "SSESpecification.SSEEnabled",
    ];
    let mut offences = Vec::new();
    let tables: Vec<_> = template.all("AWS::DynamoDB::Table").collect();
    if tables.len() != 1 {
        offences.push(format!("{} tables instead of one", tables.len()));
    }
    for (id, table) in tables {
        let off = WANTED.iter().filter(|path| !is_on(at(table, path)));
        offences.extend(off.map(|path| format!("{id}: {path} is not true")));
    }
    offences
}
