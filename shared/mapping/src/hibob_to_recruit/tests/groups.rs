//! Which positions of HiBob are one position in Recruit.

use toml_span::{DeserError, Deserialize};

use super::*;

#[derive(Debug)]
pub(super) struct File(GroupBy);

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut toml_span::Value<'de>) -> Result<Self, DeserError> {
        document::table(value, |file| Some(Self(file.required("group_by").ok()?)))
    }
}

fn grouped_by(fields: &str) -> GroupBy {
    table::<File>(&format!("group_by = {fields}")).0
}

fn key(group_by: &GroupBy, position: &Value) -> GroupKey {
    group_by.key(edited_position(position).row())
}

#[test]
fn without_a_setting_each_position_is_one_of_its_own() {
    assert_eq!(GroupBy::default().key(vacant().row()).to_string(), "2251800820033996");
}

#[test]
fn positions_that_have_all_in_common_are_one() {
    let group_by = grouped_by(r#"["job-profile", "site"]"#);
    let same = key(&group_by, &json!({}));
    assert_eq!(same.to_string(), "group 2:77 2:12");
    for alike in [json!({"department": 9}), json!({"site": "12"}), json!({"jobProfile": {"value": 77}})] {
        assert_eq!(key(&group_by, &alike), same, "{alike}");
    }
    for other in [json!({"site": 13}), json!({"jobProfile": "78"})] {
        assert_ne!(key(&group_by, &other), same, "{other}");
    }
    let others = grouped_by(r#"["department", "employment-type"]"#);
    assert_eq!(key(&others, &json!({})).to_string(), "group 3:501 9:permanent");
}

#[test]
fn a_position_that_lacks_a_field_is_one_of_its_own() {
    let group_by = grouped_by(r#"["job-profile", "site"]"#);
    for lacking in [json!({"site": null}), json!({"site": " "}), json!({"jobProfile": "absent"})] {
        assert_eq!(key(&group_by, &lacking).to_string(), "2251800820033996", "{lacking}");
    }
}

#[test]
fn no_two_lists_of_values_are_spelled_alike() {
    let group_by = grouped_by(r#"["job-profile", "site"]"#);
    let keys = [("a 1:b", "c"), ("a", "b 1:c"), ("a", "b"), ("b", "a"), ("ab", "c"), ("a", "bc")]
        .map(|(job, site)| key(&group_by, &json!({"jobProfile": job, "site": site})).to_string());
    assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), keys.len(), "{keys:?}");
}
