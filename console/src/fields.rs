//! `hrsync fields`: compares the fields that a connection keeps in step with those that its accounts have, and adds missing ones.

use admin::{AddFields, FieldThere, Fields, FieldsAdded, MissingField};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::agree::agreed;
use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::{flows, say};

/// Compare the fields that are kept in step with those of both accounts, or add missing ones
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync fields contracts --add --kind oneflow-start=Date --user admin@example.com")]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Add what is missing, on either side, once you have agreed; nothing is ever removed
    #[arg(long)]
    add: bool,
    /// Do not ask
    #[arg(long, requires = "add")]
    yes: bool,
    /// What a missing field is to hold, where fields have kinds; without this, text
    #[arg(long, value_name = "FIELD=KIND", requires = "add", value_parser = chosen)]
    kind: Vec<Chosen>,
    /// Add in the name of this user, where the connection's own may not
    #[arg(long, value_name = "ADDRESS", requires = "add")]
    user: Option<String>,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

/// What a person wants a field to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    key: String,
    kind: String,
}

fn chosen(text: &str) -> Result<Chosen, String> {
    match text.split_once('=') {
        Some((key, kind)) if !key.is_empty() && !kind.is_empty() => {
            Ok(Chosen { key: key.to_owned(), kind: kind.to_owned() })
        }
        _ => Err("it is no FIELD=KIND".to_owned()),
    }
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let (ready, commands) = Ready::load(stack, name, now, "fields", |commands| commands.fields).await?;
    let mut fields = (commands.compare)(ready.context().reading()).await?;
    choose(&mut fields.missing, &args.kind)?;
    if !args.json {
        show(name, &fields)?;
    }
    let addable = fields.missing.iter().filter(|field| field.obstacle.is_none()).count();
    let wants_to_add = args.add && addable > 0;
    let added = if wants_to_add {
        let question = format!("Add these {addable} fields? Nothing is removed.");
        agreed(args.yes, &question, "nothing was added")?;
        (commands.add)(ready.context(), AddFields { shown: &fields, user: args.user.as_deref() }).await?
    } else {
        FieldsAdded::default()
    };
    if args.json {
        say::json(&as_json(name, &fields, &added))?;
    } else {
        added.added.iter().map(|line| format!("{name}: added to {line}")).try_for_each(say::line)?;
        added.problems.iter().for_each(|problem| say::aside(format!("{name}: {problem}")));
    }
    Ok(end(&fields, &added))
}

/// Missing fields get the kinds that were chosen for them.
fn choose(missing: &mut [MissingField], chosen: &[Chosen]) -> Result<(), Failure> {
    for Chosen { key, kind } in chosen {
        let keys: Vec<String> = missing.iter().filter(|it| it.kind.is_some()).map(|it| it.key.clone()).collect();
        let found = missing.iter_mut().find(|field| field.key == *key && field.kind.is_some());
        let Some(field) = found else {
            let meant = flows::meant(key, keys.iter().map(String::as_str));
            return Err(Failure::Refused(format!("`{key}` is no missing field that has a kind; {meant}")));
        };
        field.kind = Some(kind.clone());
    }
    Ok(())
}

fn show(name: &str, fields: &Fields) -> Result<(), Failure> {
    let rows = rows(fields);
    if !rows.is_empty() {
        say::line(say::columns(&rows))?;
    }
    fields.problems.iter().for_each(|problem| say::aside(format!("{name}: {problem}")));
    say::line(format!("{name}: {} there, {} missing", fields.there.len(), fields.missing.len()))
}

fn rows(Fields { there, missing, .. }: &Fields) -> Vec<[String; 3]> {
    let there = there.iter().map(|FieldThere { key, what }| ["there".to_owned(), key.clone(), what.clone()]);
    let missing = missing.iter().map(|field| ["missing".to_owned(), field.key.clone(), missing_words(field)]);
    there.chain(missing).collect()
}

fn missing_words(MissingField { place, name, kind, obstacle, .. }: &MissingField) -> String {
    let kind = kind.as_ref().map(|kind| format!(", {kind}")).unwrap_or_default();
    let obstacle = obstacle.as_ref().map(|why| format!("; cannot be added: {why}")).unwrap_or_default();
    format!("{place}: \"{name}\"{kind}{obstacle}")
}

/// Something is still to be done where a field is missing or cannot take part.
fn end(fields: &Fields, added: &FieldsAdded) -> End {
    let is_complete = fields.missing.len() == added.added.len();
    if is_complete && fields.problems.is_empty() && added.problems.is_empty() { End::Fine } else { End::Problems }
}

fn as_json(name: &str, fields: &Fields, added: &FieldsAdded) -> Value {
    let there: Vec<_> =
        fields.there.iter().map(|FieldThere { key, what }| json!({"field": key, "what": what})).collect();
    let missing = |field: &MissingField| {
        let MissingField { key, place, name, kind, obstacle } = field;
        json!({"field": key, "place": place, "name": name, "kind": kind, "obstacle": obstacle})
    };
    let missing: Vec<_> = fields.missing.iter().map(missing).collect();
    let problems: Vec<_> = fields.problems.iter().chain(&added.problems).collect();
    json!({"connection": name, "there": there, "missing": missing, "problems": problems, "added": added.added})
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    fn fields() -> Fields {
        let there = vec![FieldThere { key: "start".to_owned(), what: "start (Date), both ways".to_owned() }];
        let missing = |key: &str, place: &str, kind: Option<&str>, obstacle: Option<&str>| MissingField {
            key: key.to_owned(),
            place: place.to_owned(),
            name: "City".to_owned(),
            kind: kind.map(ToOwned::to_owned),
            obstacle: obstacle.map(ToOwned::to_owned),
        };
        let missing = vec![
            missing("city", "Oneflow, template type 21", None, None),
            missing("city", "Teamtailor", Some("Text"), None),
            missing("Big City", "Teamtailor", Some("Text"), Some("its name is odd")),
        ];
        Fields { there, missing, ..Fields::default() }
    }

    #[test]
    fn each_field_is_a_line() {
        let expected = "\
there    start     start (Date), both ways
missing  city      Oneflow, template type 21: \"City\"
missing  city      Teamtailor: \"City\", Text
missing  Big City  Teamtailor: \"City\", Text; cannot be added: its name is odd";
        assert_eq!(say::columns(&rows(&fields())), expected);
        let seen = as_json("contracts", &fields(), &FieldsAdded::default());
        assert_eq!(seen["missing"][1]["kind"], "Text");
        assert_eq!(seen["there"][0], json!({"field": "start", "what": "start (Date), both ways"}));
    }

    #[test]
    fn a_kind_is_chosen_for_a_field_that_has_one() {
        let mut fields = fields();
        choose(&mut fields.missing, &[chosen("city=Date").unwrap()]).unwrap();
        assert_eq!((fields.missing[0].kind.as_deref(), fields.missing[1].kind.as_deref()), (None, Some("Date")));
        let refused = choose(&mut fields.missing, &[chosen("cty=Date").unwrap()]).unwrap_err();
        assert_eq!(refused.to_string(), "`cty` is no missing field that has a kind; did you mean `city`?");
        assert!(chosen("city").is_err() && chosen("=Date").is_err());
    }

    #[test]
    fn a_script_sees_whether_something_is_missing() {
        let added = |count: usize| FieldsAdded { added: vec![String::new(); count], ..FieldsAdded::default() };
        assert_eq!(end(&fields(), &added(2)), End::Problems);
        assert_eq!(end(&Fields::default(), &added(0)), End::Fine);
        let whole = Fields { missing: fields().missing.split_off(2), ..Fields::default() };
        assert_eq!(end(&whole, &added(1)), End::Fine);
    }

    #[test]
    fn nothing_is_agreed_to_without_adding() {
        let read = |call: &str| Cli::try_parse_from(call.split(' ')).is_ok();
        assert!(
            read("fields contracts --json") && read("fields contracts --add --yes --kind city=Date --user a@b.example")
        );
        assert!(!read("fields contracts --yes") && !read("fields contracts --user a@b.example"));
    }
}
