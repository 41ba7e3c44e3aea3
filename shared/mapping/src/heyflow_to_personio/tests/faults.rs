//! What is found before deployment.

use super::*;

/// The faults of [`REQUIRED`] (lines 1 to 5, the first empty) and `rules` (from line 6).
fn faults(rules: &str) -> String {
    lines(&document::read::<ApplicationRules>(&format!("{REQUIRED}{rules}")).unwrap_err())
}

#[test]
fn required_targets_need_a_source_that_fits() {
    let faults = document::read::<ApplicationRules>(concat!(
        "firstname = { input = \"First name\" }\n",
        "last_name = { input = \"a\", text = \"b\" }\n",
        "email = { text = \"nobody\" }\n",
        "job_position_id = { text = \"0\", inptu = \"x\" }\n",
    ));
    insta::assert_snapshot!(lines(&faults.unwrap_err()), @r"
        line 1: the key `first_name` is missing here
        line 1: unknown key `firstname`; did you mean `first_name`?
        line 2: needs exactly one of `input`, `inputs`, `own`, `url_parameter`, `text` and `template`
        line 3: the text `nobody` is not an e-mail address
        line 4: the text `0` is not a positive whole number
        line 4: unknown key `inptu`; did you mean `input`?
        ");
}

#[test]
fn texts_defaults_and_translations_must_fit_their_target() {
    insta::assert_snapshot!(faults(r#"recruiting_channel_id = { input = "C", default = "x" }
application_date = { input = "D", default = "1.1.2026" }
message = { text = " " }
tags = [{ input = "T", default = "" }, "heyflow"]
[attributes]
birthday = { text = "2026-02-30" }
gender = { input = "G", translate = { "w" = "women", "m" = "male", " " = "male" } }
phone = { input = " " }
"#), @r"
        line 6: the default `x` is not a positive whole number
        line 7: the default `1.1.2026` is neither a date (YYYY-MM-DD) nor a timestamp with its offset
        line 8: must not be empty
        line 9: expected a table, found string
        line 9: must not be empty
        line 11: the text `2026-02-30` is not a date (YYYY-MM-DD)
        line 12: must not be empty
        line 12: the translation `women` is none of male, female, diverse, undefined
        line 13: must not be empty
        ");
}

#[test]
fn modifiers_must_have_something_to_do() {
    insta::assert_snapshot!(faults(r#"message = { own = "referrer", part = "x", join = "-" }
external_posting_id = { input = "P", split = "," }
[[files]]
[attributes.phone]
text = "+49"
default = "+50"
translate = { "+49" = "+51" }
[attributes.location]
input = "L"
on_unknown = "keep"
[[tags]]
input = "T"
join = ","
split = ""
[[tags]]
text = "a,b"
split = ","
[[tags]]
template = "x"
part = "y"
"#), @r"
        line 6: `join` goes with `input`
        line 6: `part` goes with `input`
        line 7: `split` is for tags: everything else takes one text
        line 8: needs either `input` or `inputs`, with at least one
        line 8: the key `category` is missing here
        line 11: a fixed `text` takes no `default`
        line 12: a fixed `text` takes no `translate`
        line 15: `on_unknown` goes with `translate`
        line 18: `join` has no use here: each choice is a tag of its own
        line 19: must not be empty
        line 22: a fixed `text` takes no `split`
        line 25: `part` goes with `input`
        ");
}

#[test]
fn dates_names_and_what_becomes_of_unusable_values_are_checked() {
    insta::assert_snapshot!(faults(r#"message = { inputs = [], on_unusable = "omitt" }
external_posting_id = { inputs = ["P", " "], input = "Q", date = "%d.%m.%Y" }
application_date = { input = "D", date = "dd.mm.yyyy" }
tags = [{ text = "a", on_unusable = "omit" }]
[attributes]
birthday = { input = "B", date = "%d.%m.%y" }
gender = { input = "G", date = "%d.%m.%Y" }
custom_attribute_1 = { input = "C", date = "%d.%m.%Y", default = "soon" }
"#), @r#"
        line 6: `omitt` is none of `tell`, `omit`, `problem`; did you mean `omit`?
        line 6: must not be empty
        line 7: `date` is for `application_date` and for attributes that hold a date
        line 7: must not be empty
        line 7: needs exactly one of `input`, `inputs`, `own`, `url_parameter`, `text` and `template`
        line 8: `dd.mm.yyyy` spells no whole date; "%d.%m.%Y" reads 24.12.1931
        line 9: a fixed `text` takes no `on_unusable`
        line 11: `%d.%m.%y` spells no whole date; "%d.%m.%Y" reads 24.12.1931
        line 12: `date` is for `application_date` and for attributes that hold a date
        line 13: the default `soon` is not a date (YYYY-MM-DD or %d.%m.%Y)
        "#);
    let required = format!("{}\n", REQUIRED.replace("\"First name\" }", "\"First name\", on_unusable = \"omit\" }"));
    insta::assert_snapshot!(lines(&document::read::<ApplicationRules>(&required).unwrap_err()), @"line 2: `on_unusable` is for optional targets: without this one there is no application");
}

#[test]
fn translations_must_be_tables_that_mean_one_thing() {
    insta::assert_snapshot!(faults(r#"message = { input = "M", translate = { "Yes" = "1", "yes " = "2", "no" = 3 } }
external_posting_id = { input = "P", translate = "x", on_unknown = "kept" }
"#), @r#"
        line 6: `Yes` and `yes ` differ only in case or blanks, but not in meaning
        line 6: expected a string, found integer; put it in quotes: `"3"`
        line 7: `kept` is none of `problem`, `keep` and `omit`; did you mean `keep`?
        line 7: expected a table of texts, as in { "Yes" = "true" }
        "#);
}

#[test]
fn names_and_ids_must_be_known() {
    insta::assert_snapshot!(faults(r#"message = { own = "refferer" }
external_posting_id = { own = "x" }
time_zone = "Europe/Berlim"
phase = { system = "offers" }
tags = [{ url = "utm_source" }]
[attributes]
fone = { input = "Phone" }
custom_attribute_x = { input = "Phone" }
"#), @r"
        line 6: `refferer` is none of Heyflow's own fields; did you mean `referrer`?
        line 7: `x` is none of Heyflow's own fields: heyflow-id, response-id, submitted-at, referrer, url, url-with-parameters, ab-test-id, ab-test-version
        line 8: `Europe/Berlim` is no IANA time zone; did you mean `Europe/Berlin`?
        line 9: `offers` is none of Personio's own phases: unassigned, rejected, withdrawn, offer, accepted; did you mean `offer`?
        line 10: needs exactly one of `input`, `inputs`, `own`, `url_parameter`, `text` and `template`
        line 10: unknown key `url`; did you mean `url_parameter`?
        line 12: `fone` is not an attribute's id: one of birthday, gender, location, phone, available_from, salary_expectations, or custom_attribute_<number>; did you mean `phone`?
        line 13: `custom_attribute_x` is not an attribute's id: one of birthday, gender, location, phone, available_from, salary_expectations, or custom_attribute_<number>
        ");
    insta::assert_snapshot!(faults("phase = { custom = 0 }"), @"line 6: the phase `0` is not a positive whole number");
    insta::assert_snapshot!(faults("phase = { custom = -1 }"), @"line 6: out of range of 'u64'");
    insta::assert_snapshot!(faults("phase = { custom = 1, system = \"offer\" }"), @"line 6: needs exactly one of `system` (a name) and `custom` (a phase's id)");
    insta::assert_snapshot!(faults("attributes = 1"), @"line 6: expected a table, found integer");
}

#[test]
fn files_need_a_category_and_an_input_that_is_not_taken() {
    insta::assert_snapshot!(faults(r#"[[files]]
category = "resume"
input = "CV"
[[files]]
category = "cv"
input = "CV"
inputs = ["CV 2"]
[[files]]
category = "other"
inputs = []
[[files]]
input = "X"
[[files]]
category = "other"
inputs = ["A", "A", ""]
"#), @r"
        line 7: `resume` is none of Personio's categories: cv, cover-letter, employment-reference, certificate, work-sample, other
        line 9: needs either `input` or `inputs`, with at least one
        line 13: needs either `input` or `inputs`, with at least one
        line 16: the key `category` is missing here
        line 20: must not be empty
        line 20: the input `A` is attached already
        ");
    insta::assert_snapshot!(faults("[[files]]\ncategory = \"cv\"\ninput = \"A\"\n[[files]]\ncategory = \"cv\"\ninputs = [\"A\", \" \"]"), @r"
        line 11: must not be empty
        line 11: the input `A` is attached already
        ");
}

#[test]
fn templates_are_checked_without_a_response() {
    for (template, expected) in
        [("{{ input(\"a\" }}", "the template is not well formed"), ("{% if x %}", "the template is not well formed")]
    {
        let faults = faults(&format!("message = {{ template = '''{template}''' }}"));
        assert!(faults.starts_with(&format!("line 6: {expected}: syntax error")), "{template}: {faults}");
    }
    let of = |template: &str| faults(&format!("message = {{ template = '''{template}''' }}"));
    insta::assert_snapshot!(of("{% if false %}{{ inptu('a') | uper }}{{ own('refferer') }}{{ x is emty }}{% endif %}"), @r"
        line 6: `refferer` is none of Heyflow's own fields; did you mean `referrer`?
        line 6: unknown filter `uper` in the template
        line 6: unknown name `inptu` in the template; did you mean `input`?
        line 6: unknown name `x` in the template
        line 6: unknown test `emty` in the template
        ");
    insta::assert_snapshot!(of("{{ input('a') | default(input) }}{{ own(url_parameter('b')) }}{{ own('url' ~ 'x') }}"), @r"
        line 6: `input` is a function: `input(...)`
        line 6: `own(...)` takes a name in quotes
        ");
    insta::assert_snapshot!(of("{% include 'x' %}{% filter upper %}{% endfilter %}{{ debug() }}"), @r"
        line 6: the statement `filter` cannot be used here; there are if, elif, else, endif, for, endfor, set, endset, with, endwith
        line 6: the statement `include` cannot be used here; there are if, elif, else, endif, for, endfor, set, endset, with, endwith
        line 6: unknown name `debug` in the template
        ");
    insta::assert_snapshot!(of("{{ input() | default('') }}"), @"line 6: the template cannot be filled: missing argument (line 1 of the template)");
    insta::assert_snapshot!(of("a\n{{ input('a', 'b') | default('') }}"), @"line 6: the template cannot be filled: too many arguments (line 2 of the template)");
    insta::assert_snapshot!(of("{% if input('a') is defined %}{{ input('a').strip() }}{% endif %}"), @"line 6: the template cannot be filled: unknown method: string has no method named strip (line 1 of the template)");
    insta::assert_snapshot!(of("{% if input('a') is not strong %}a{% endif %}"), @"line 6: unknown test `strong` in the template");
}

#[test]
fn sound_templates_have_no_fault() {
    for template in [
        "{{ input('a') | default('') | trim | upper }}",
        "{% for key in ['a', 'b'] %}{{ loop.index }}: {{ input(key) | default('-') }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% set name = input('a') | default('x') %}{{ name }} {{ {'a': {'b': name}} | length }}",
        "{% with a = 1 %}{{ a }}{% endwith %}{% if input('a') is not none and input('a') is string %}a{% elif true %}b{% else %}c{% endif %}",
        "{# {{ nothing() | here }} #}{{ ['a', 'b'] | map('upper') | join(', ') }} | text is text",
    ] {
        let read =
            document::read::<ApplicationRules>(&format!("{REQUIRED}message = {{ template = \"\"\"{template}\"\"\" }}"));
        assert!(read.is_ok(), "{template}: {read:?}");
    }
}
