//! Which fields take part.

use vendors::teamtailor::model::CustomFieldKind;

use super::support::field;
use crate::document;
use crate::oneflow_teamtailor::{FieldRules, is_api_name, lacking, mapped};

fn lines(toml: &str) -> Vec<String> {
    let rules: FieldRules = document::read(toml).unwrap();
    let fields = [
        field(1, "oneflow-start", CustomFieldKind::Date),
        field(2, "oneflow-salary", CustomFieldKind::Number),
        field(3, "shoe-size", CustomFieldKind::Number),
        field(4, "oneflow-odd", CustomFieldKind::Other("Rating".to_owned())),
    ];
    let mapped = mapped(&rules, &fields);
    let line = |field: &crate::oneflow_teamtailor::MappedField| {
        format!("{} {} {:?} {:?} {}", field.oneflow, field.name, field.kind, field.direction, field.clears)
    };
    mapped.fields.iter().map(line).chain(mapped.problems.iter().map(ToString::to_string)).collect()
}

#[test]
fn fields_with_the_prefix_take_part_by_themselves() {
    insta::assert_snapshot!(lines("").join("\n"), @r"
    oneflow-start oneflow-start Date Both false
    oneflow-salary oneflow-salary Number Both false
    `fields`: the custom field `oneflow-odd` is of the kind Rating, which is not known
    ");
    assert_eq!(lines("prefix = \"\""), Vec::<String>::new());
}

#[test]
fn listed_fields_come_first_and_are_not_taken_twice() {
    let toml = r#"
        clear = true
        prefix = "oneflow-s"
        map = [
            { oneflow = "salary", teamtailor = "oneflow-salary", direction = "to-oneflow", clear = false },
            { oneflow = "mail", teamtailor = "candidate.email" },
            { oneflow = "phone", teamtailor = "candidate.phone" },
            { oneflow = "oneflow-start", teamtailor = "shoe-size" },
            { oneflow = "hat", teamtailor = "hat-size" },
        ]"#;
    insta::assert_snapshot!(lines(toml).join("\n"), @r"
    salary oneflow-salary Number ToOneflow false
    mail candidate.email Email ToOneflow true
    phone candidate.phone Phone Both true
    oneflow-start shoe-size Number Both true
    `fields`: Teamtailor has no custom field `hat-size`
    ");
}

#[test]
fn faults_of_the_table_are_listed() {
    let toml = r#"
date = "DD/MM/YY"
decimal = ";"
map = [{ oneflow = " ", teamtailor = "candidate.shoe" }, { oneflow = "a", teamtailor = "b", direction = "none" }]"#;
    let faults = document::read::<FieldRules>(toml).unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(faults.join("\n"), @r"
    line 2: `DD/MM/YY` is none of `YYYY-MM-DD`, `DD/MM/YYYY`, `DD.MM.YYYY`, `DD-MM-YYYY`, `MM/DD/YYYY`; did you mean `DD/MM/YYYY`?
    line 3: `;` is none of `.`, `,`
    line 4: `none` is none of `both`, `to-teamtailor`, `to-oneflow`
    line 4: neither the API name of a custom field nor one of `candidate.first-name`, `candidate.last-name`, `candidate.email`, `candidate.phone`
    line 4: not a custom id of a data field: blank, or with control characters
    ");
    let doubled = r#"map = [{ oneflow = "a", teamtailor = "b" }, { oneflow = "a", teamtailor = "b" }]"#;
    let faults = document::read::<FieldRules>(doubled).unwrap_err();
    let faults: Vec<String> = faults.iter().map(|fault| fault.what.clone()).collect();
    assert_eq!(faults, ["`a` is mapped twice", "`b` is mapped twice"]);
}

#[test]
fn what_the_company_lacks_is_what_is_listed_and_what_data_fields_name() {
    let lacking = |toml: &str| {
        let rules: FieldRules = document::read(toml).unwrap();
        let data_fields =
            ["oneflow-start", "oneflow-city", "oneflow-city", "salary", "hat"].map(|id| id.parse().unwrap());
        let found = lacking(&rules, &[field(1, "oneflow-start", CustomFieldKind::Date)], &data_fields);
        found.iter().map(|field| format!("{} for {}", field.api_name, field.oneflow)).collect::<Vec<_>>()
    };
    assert_eq!(lacking(""), ["oneflow-city for oneflow-city"]);
    assert_eq!(lacking("prefix = \"\""), Vec::<String>::new());
    let listed = r#"map = [
        { oneflow = "oneflow-city", teamtailor = "oneflow-start" },
        { oneflow = "hat", teamtailor = "hat-size" },
        { oneflow = "phone", teamtailor = "candidate.phone" },
    ]"#;
    assert_eq!(lacking(listed), ["hat-size for hat"]);
}

#[test]
fn a_name_for_programs_is_plain() {
    assert!(is_api_name("oneflow-2nd-city"));
    for bad in ["", "Oneflow-city", "oneflow city", "stra\u{df}e", "a_b"] {
        assert!(!is_api_name(bad), "{bad}");
    }
}
