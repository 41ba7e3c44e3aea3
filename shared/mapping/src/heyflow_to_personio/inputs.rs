//! Which inputs the rules read that no response has: renamed in the form, or misspelt in the file.

use std::collections::BTreeSet;

use vendors::heyflow::model::{Answers, Submission};

use super::lookup::Lookup;
use super::rules::ApplicationRules;
use super::source::ValueSource;

/// The inputs that none of these responses has, in words, each once. One that was left unanswered counts as there.
#[must_use]
pub fn unseen_inputs(rules: &ApplicationRules, responses: &[Submission]) -> Vec<String> {
    let is_unseen = |input: &Lookup| !responses.iter().any(|response| has(response, input));
    let unseen: BTreeSet<String> =
        inputs(rules).iter().filter(|input| is_unseen(input)).map(ToString::to_string).collect();
    unseen.into_iter().collect()
}

fn has(response: &Submission, input: &Lookup) -> bool {
    let Lookup::Input { keys, part } = input else { return true };
    let answers = |key: &String| match part {
        Some(part) => response.part_answers(key, part),
        None => response.answers(key),
    };
    keys.iter().any(|key| !matches!(answers(key), Answers::Unknown))
}

fn inputs(rules: &ApplicationRules) -> Vec<Lookup> {
    let required = [&rules.first_name, &rules.last_name, &rules.email, &rules.job_position_id];
    let optional = [&rules.recruiting_channel_id, &rules.external_posting_id, &rules.message, &rules.application_date];
    let sources = required.into_iter().chain(optional.into_iter().flatten()).chain(&rules.tags);
    let sources = sources.chain(rules.attributes.iter().map(|(_, source)| source));
    let files = rules.files.iter().flat_map(|rule| &rule.inputs).map(|input| Lookup::input(input));
    sources.flat_map(ValueSource::inputs).chain(files).collect()
}

#[cfg(test)]
mod tests {
    use toml_span::Deserialize as _;

    use super::*;

    const RULES: &str = r#"
        first_name = { input = "First name" }
        last_name = { inputs = ["Nachname", "Last name"] }
        email = { input = "E-mail" }
        job_position_id = { text = "1834171" }
        message = { template = "{{ input('Message') | default('') }} {{ part('Address', 'city') }}" }
        tags = [{ url_parameter = "utm_source" }]
        attributes = { phone = { input = "Phone" } }
        files = [{ category = "cv", input = "CV" }]
    "#;

    fn unseen(responses: &[serde_json::Value]) -> Vec<String> {
        let mut table = toml_span::parse(RULES).unwrap();
        let rules = ApplicationRules::deserialize(&mut table).unwrap();
        let read = |fields: &serde_json::Value| {
            let body = serde_json::json!({"id": "r-1", "flowID": "Vho2", "fields": fields});
            Submission::read(body.to_string().as_bytes()).unwrap()
        };
        unseen_inputs(&rules, &responses.iter().map(read).collect::<Vec<_>>())
    }

    #[test]
    fn an_input_is_unseen_where_no_response_has_it_by_any_of_its_names() {
        let field = |label: &str| serde_json::json!({"label": label, "value": "x"});
        let seen = ["first name", "Last name", "E-mail", "Address [city]", "Phone"].map(field);
        let expected = ["the input `CV`", "the input `Message`"];
        assert_eq!(unseen(&[serde_json::json!(seen)]), expected);
        let later = serde_json::json!([field("CV"), {"label": "Message", "value": null}]);
        assert_eq!(unseen(&[serde_json::json!(seen), later]), Vec::<String>::new());
    }
}
