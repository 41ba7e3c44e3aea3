//! Conditions: what of the template stands for each choice of flows, and what is left behind by what does not.
//!
//! AWS refuses a reference to a resource whose condition is false, and a policy without resources; the local cloud takes both.
//! A `DependsOn` of such a resource is ignored by AWS.

use std::collections::BTreeMap;

use serde_json::Value;

use super::model::Template;
use super::yaml::{at, function, text, texts};

/// Each parameter's value.
type Choice = BTreeMap<String, String>;

/// References to what is not there, empty lists, and resources or outputs of flows that are off: for no flow, each alone and
/// all, and for every other answer that a condition asks for.
pub(super) fn resolved(template: &Template, flows: &[String]) -> Vec<String> {
    let switches: Vec<String> = flows.iter().map(|flow| camel(flow)).collect();
    let mut offences: Vec<String> = switches.iter().filter_map(|switch| no_switch(template, switch)).collect();
    for choice in choices(template, &switches) {
        offences.extend(of_choice(template, &switches, &choice));
    }
    offences.sort();
    offences.dedup();
    offences
}

/// `AToB` for `a-to-b`.
fn camel(flow: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    flow.split('-').map(capital).collect()
}

fn no_switch(template: &Template, switch: &str) -> Option<String> {
    let parameter = at(&template.whole, "Parameters").get(switch);
    let fits = |p: &Value| text(at(p, "Default")) == "false" && texts(at(p, "AllowedValues")) == ["true", "false"];
    (!parameter.is_some_and(fits))
        .then(|| format!("{switch}: no parameter \"true\" or \"false\" with default \"false\""))
}

/// None, each alone, all; times every answer to the other parameters that conditions ask for.
fn choices(template: &Template, switches: &[String]) -> Vec<Choice> {
    let alone = switches.iter().map(|switch| vec![switch]);
    let sets = [Vec::new(), switches.iter().collect()].into_iter().chain(alone);
    let off = || switches.iter().map(|switch| (switch.clone(), "false".to_owned())).collect::<Choice>();
    let on =
        |set: Vec<&String>| off().into_iter().chain(set.into_iter().map(|s| (s.clone(), "true".to_owned()))).collect();
    let mut choices: Vec<Choice> = sets.map(on).collect();
    let parameters = at(&template.whole, "Parameters").as_object().into_iter().flatten();
    for (name, parameter) in parameters.filter(|(name, _)| !switches.contains(name)) {
        let mut answers = texts(at(parameter, "AllowedValues"));
        if answers.is_empty() {
            answers = vec![text(at(parameter, "Default")), "something".to_owned()];
        }
        let asked = at(&template.whole, "Conditions").to_string().contains(&format!("{{\"Ref\":\"{name}\"}}"));
        answers.truncate(if asked { 2 } else { 1 });
        let with = |choice: &Choice, answer: &String| {
            choice.clone().into_iter().chain([(name.clone(), answer.clone())]).collect::<Choice>()
        };
        choices = choices.iter().flat_map(|choice| answers.iter().map(move |answer| with(choice, answer))).collect();
    }
    choices
}

fn of_choice(template: &Template, switches: &[String], choice: &Choice) -> Vec<String> {
    let stands = |entry: &Value| at(entry, "Condition").as_str().is_none_or(|name| named(template, name, choice));
    let there = |id: &str| template.resources.get(id).is_none_or(|resource| stands(&resource.entry));
    let resources = template.resources.iter().map(|(id, resource)| (id, &resource.entry));
    let outputs = at(&template.whole, "Outputs").as_object().into_iter().flatten();
    let mut offences = Vec::new();
    for (id, entry) in resources.chain(outputs).filter(|(_, entry)| stands(entry)) {
        let is_off = |switch: &&String| choice.get(*switch).is_some_and(|value| value == "false");
        if let Some(switch) = switches.iter().filter(is_off).find(|switch| id.starts_with(switch.as_str())) {
            offences.push(format!("{id}: stands although {switch} is \"false\""));
        }
        let body = if entry.get("Value").is_some() { at(entry, "Value") } else { at(entry, "Properties") };
        let Some(body) = answered(template, body, choice) else { continue };
        let dangling = references(&body).into_iter().filter(|name| !there(name));
        offences.extend(dangling.map(|name| format!("{id}: refers to {name} where that is not there")));
        if has_empty_list(&body) {
            offences.push(format!("{id}: has an empty list"));
        }
    }
    offences
}

/// Whether a condition holds.
fn named(template: &Template, name: &str, choice: &Choice) -> bool {
    at(&template.whole, "Conditions").get(name).is_some_and(|condition| holds(template, condition, choice))
}

fn holds(template: &Template, condition: &Value, choice: &Choice) -> bool {
    let all = |parts: &Value| parts.as_array().cloned().unwrap_or_default();
    match function(condition) {
        Some(("Condition", name)) => named(template, &text(name), choice),
        Some(("Fn::Not", parts)) => !all(parts).iter().any(|part| holds(template, part, choice)),
        Some(("Fn::And", parts)) => all(parts).iter().all(|part| holds(template, part, choice)),
        Some(("Fn::Or", parts)) => all(parts).iter().any(|part| holds(template, part, choice)),
        Some(("Fn::Equals", parts)) => {
            let [left, right] = [0, 1].map(|side| value(at_index(parts, side), choice));
            left == right
        }
        _ => panic!("a condition that is not read here: {condition}"),
    }
}

fn at_index(parts: &Value, index: usize) -> &Value {
    parts.get(index).unwrap_or(&Value::Null)
}

fn value(part: &Value, choice: &Choice) -> String {
    match function(part) {
        Some(("Ref", name)) => choice.get(&text(name)).cloned().unwrap_or_default(),
        _ => text(part),
    }
}

/// The value with every `Fn::If` decided; `None` for `AWS::NoValue`.
fn answered(template: &Template, whole: &Value, choice: &Choice) -> Option<Value> {
    match (whole, function(whole)) {
        (_, Some(("Ref", name))) if text(name) == "AWS::NoValue" => None,
        (_, Some(("Fn::If", parts))) => {
            let side = if named(template, &text(at_index(parts, 0)), choice) { 1 } else { 2 };
            answered(template, at_index(parts, side), choice)
        }
        (Value::Array(parts), _) => Some(parts.iter().filter_map(|part| answered(template, part, choice)).collect()),
        (Value::Object(members), _) => {
            let kept =
                members.iter().filter_map(|(key, member)| Some((key.clone(), answered(template, member, choice)?)));
            Some(Value::Object(kept.collect()))
        }
        (plain, _) => Some(plain.clone()),
    }
}

/// The names that a value refers to, wherever they stand in it.
fn references(value: &Value) -> Vec<String> {
    match (value, function(value)) {
        (_, Some(("Ref", name))) => vec![text(name)],
        (_, Some(("Fn::GetAtt", parts))) => texts(parts).into_iter().take(1).collect(),
        (_, Some(("Fn::Sub", pattern))) => {
            let pattern = texts(pattern).join(" ");
            let inner = pattern.split("${").skip(1).filter_map(|rest| rest.split(['}', '.']).next());
            inner.map(str::to_owned).collect()
        }
        (Value::Array(parts), _) => parts.iter().flat_map(references).collect(),
        (Value::Object(members), _) => members.values().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn has_empty_list(value: &Value) -> bool {
    match value {
        Value::Array(parts) => parts.is_empty() || parts.iter().any(has_empty_list),
        Value::Object(members) => members.values().any(has_empty_list),
        _ => false,
    }
}
