//! The template as the rules see it: resources by kind, and functions with all that belongs to them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use serde_json::Value;

use super::yaml::{at, items, names, number, read, text, texts};

/// A template.
#[derive(Debug)]
pub(super) struct Template {
    /// Everything, in long form.
    pub(super) whole: Value,
    /// By logical id.
    pub(super) resources: BTreeMap<String, Resource>,
}

/// One entry of `Resources`.
#[derive(Debug)]
pub(super) struct Resource {
    /// For instance `AWS::SQS::Queue`.
    pub(super) kind: String,
    /// Its `Properties`.
    pub(super) properties: Value,
    /// The whole entry.
    pub(super) entry: Value,
}

/// A Lambda function with what its role may do.
#[derive(Debug)]
pub(super) struct Function {
    /// The logical id.
    pub(super) id: String,
    /// The binary that cargo-lambda builds for it.
    pub(super) binary: Option<String>,
    /// Where, from the template's folder.
    pub(super) code: String,
    /// Seconds.
    pub(super) timeout: Option<u64>,
    /// Names of its variables, the template's global ones included.
    pub(super) environment: BTreeSet<String>,
    /// The logical id of its role.
    pub(super) role: Option<String>,
    /// What the role allows.
    pub(super) statements: Vec<Statement>,
    /// The queues it reads.
    pub(super) sources: Vec<Source>,
}

/// A policy statement.
#[derive(Debug)]
pub(super) struct Statement {
    /// For instance `sqs:SendMessage`.
    pub(super) actions: Vec<String>,
    /// As [`text`] spells them.
    pub(super) resources: Vec<String>,
    /// Its `Condition`.
    pub(super) condition: Value,
}

/// A queue that wakes a function.
#[derive(Debug)]
pub(super) struct Source {
    /// The queue's logical id.
    pub(super) queue: String,
    /// The rest of the mapping.
    pub(super) properties: Value,
}

impl Template {
    /// Reads a template's text.
    pub(super) fn parse(text_of_it: &str) -> Result<Self, Box<dyn Error>> {
        let whole = read(text_of_it)?;
        let entries = at(&whole, "Resources").as_object().ok_or("no Resources")?;
        let resource = |r: &Value| Resource {
            kind: text(at(r, "Type")),
            properties: at(r, "Properties").clone(),
            entry: r.clone(),
        };
        let resources = entries.iter().map(|(id, r)| (id.clone(), resource(r))).collect();
        Ok(Self { whole, resources })
    }

    /// Ids and properties of the resources of one kind.
    pub(super) fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.resources.iter().filter(move |(_, r)| r.kind == kind).map(|(id, r)| (id.as_str(), &r.properties))
    }

    /// The resource `id` if it is of this kind.
    pub(super) fn one(&self, kind: &str, id: &str) -> Option<&Value> {
        self.resources.get(id).filter(|r| r.kind == kind).map(|r| &r.properties)
    }

    /// Every function.
    pub(super) fn functions(&self) -> Vec<Function> {
        let kinds = ["AWS::Serverless::Function", "AWS::Lambda::Function"];
        kinds.iter().flat_map(|kind| self.all(kind)).map(|(id, properties)| self.function(id, properties)).collect()
    }

    fn function(&self, id: &str, properties: &Value) -> Function {
        let global = at(&self.whole, "Globals.Function");
        let metadata = self.resources.get(id).map(|r| at(&r.entry, "Metadata"));
        let built = metadata.filter(|m| text(at(m, "BuildMethod")) == "rust-cargolambda");
        let role = names(at(properties, "Role")).into_iter().next();
        let environment = [global, properties].into_iter().filter_map(|p| at(p, "Environment.Variables").as_object());
        Function {
            id: id.to_owned(),
            binary: built.and_then(|m| at(m, "BuildProperties.Binary").as_str()).map(str::to_owned),
            code: text(at(properties, "CodeUri")),
            timeout: number(at(properties, "Timeout")).or_else(|| number(at(global, "Timeout"))),
            environment: environment.flat_map(|variables| variables.keys().cloned()).collect(),
            statements: role.as_deref().map(|role| self.statements(role)).unwrap_or_default(),
            role,
            sources: self.sources(id, properties),
        }
    }

    /// What a role's inline policies allow; the rules refuse rights written anywhere else.
    fn statements(&self, role: &str) -> Vec<Statement> {
        let policies = self.one("AWS::IAM::Role", role).map(|r| items(at(r, "Policies"))).unwrap_or_default();
        let statements = policies.into_iter().flat_map(|policy| items(at(policy, "PolicyDocument.Statement")));
        statements.filter(|s| text(at(s, "Effect")) == "Allow").map(Statement::new).collect()
    }

    fn sources(&self, function: &str, properties: &Value) -> Vec<Source> {
        let events = at(properties, "Events").as_object().into_iter().flatten();
        let events =
            events.filter(|(_, event)| text(at(event, "Type")) == "SQS").map(|(_, event)| at(event, "Properties"));
        let mut sources: Vec<_> = events.map(|p| Source::new(at(p, "Queue"), p)).collect();
        for (_, mapping) in self.all("AWS::Lambda::EventSourceMapping") {
            if names(at(mapping, "FunctionName")).iter().any(|n| n == function) {
                sources.push(Source::new(at(mapping, "EventSourceArn"), mapping));
            }
        }
        sources
    }
}

impl Statement {
    /// Reads a statement as written.
    pub(super) fn new(statement: &Value) -> Self {
        let condition = at(statement, "Condition").clone();
        Self { actions: texts(at(statement, "Action")), resources: texts(at(statement, "Resource")), condition }
    }
}

impl Source {
    fn new(queue: &Value, properties: &Value) -> Self {
        Self { queue: names(queue).into_iter().next().unwrap_or_default(), properties: properties.clone() }
    }
}

impl Function {
    /// How offences call it: the binary, or the logical id where there is none.
    pub(super) fn name(&self) -> &str {
        self.binary.as_deref().unwrap_or(&self.id)
    }

    /// Its flow: what its name says before the trigger.
    pub(super) fn flow(&self) -> &str {
        self.name().rsplit_once('-').map_or("", |(flow, _)| flow)
    }
}
