//! One test per target.

use jiff::civil::date;
use vendors::personio::model::{Phase, SystemPhase};

use super::*;

#[test]
fn the_job_may_be_the_answer() {
    let rules = REQUIRED.replace(
        r#"{ text = "1834171" }"#,
        r#"{ input = "Job", translate = { "Designer" = "12" }, on_unknown = "keep" }"#,
    );
    for (answer, id) in [(r#""Designer""#, "12"), ("34", "34"), (r#"" 56 ""#, "56")] {
        let desired = apply(&rules, &answers(&format!(r#""Job":{answer}"#))).unwrap();
        assert_eq!(desired.application.job_position_id.to_string(), id);
    }
    insta::assert_snapshot!(problems(&rules, &answers(r#""Job":"Cook""#)), @"`application.job_position_id`: the input `Job` holds a text that is not a positive whole number");
}

#[test]
fn channel_and_posting_go_along() {
    let rules = "recruiting_channel_id = { input = \"Channel\", default = \"9911\" }\nexternal_posting_id = { input = \"Posting\" }";
    let full = application(rules, r#""Channel":"7","Posting":"p-1""#);
    assert_eq!((full.recruiting_channel_id, full.external_posting_id), ("7".parse().ok(), Some("p-1".to_owned())));
    let bare = application(rules, "");
    assert_eq!((bare.recruiting_channel_id, bare.external_posting_id), ("9911".parse().ok(), None));
}

#[test]
fn the_date_is_a_day_of_the_zone_and_never_later_than_today() {
    let of = |rules: &str, day: &str| application(rules, &format!(r#""Day":"{day}""#)).application_date;
    let rules = "application_date = { input = \"Day\" }";
    assert_eq!(of(rules, "2026-02-20"), Some(date(2026, 2, 20)));
    assert_eq!(of(rules, "2026-03-01T23:30:00Z"), Some(date(2026, 3, 2)));
    assert_eq!(of(rules, "2026-04-01"), Some(date(2026, 3, 2)));
    assert_eq!(of(rules, ""), None);
    let honolulu = format!("{rules}\ntime_zone = \"Pacific/Honolulu\"");
    assert_eq!(of(&honolulu, "2026-03-02"), Some(date(2026, 3, 1)));
    assert_eq!(
        application("application_date = { own = \"submitted-at\" }", "").application_date,
        Some(date(2026, 3, 2))
    );
    insta::assert_snapshot!(told(rules, r#""Day":"20.02.2026""#), @"`application.application_date`: the input `Day` holds a text that is neither a date (YYYY-MM-DD) nor a timestamp with its offset");
}

#[test]
fn the_phase_is_one_of_personios_or_of_the_account() {
    let system = application("phase = { system = \"offer\" }", "").phase;
    assert_eq!(system, Some(Phase::System(SystemPhase::Offer)));
    let custom = application("phase = { custom = 60101 }", "").phase;
    assert_eq!(custom, Some(Phase::Custom("60101".parse().unwrap())));
}

#[test]
fn tags_come_from_several_sources_each_once() {
    let rules =
        r#"tags = [{ text = "heyflow" }, { input = "Skills" }, { url_parameter = "utm_source" }, { input = "Gone" }]"#;
    let tags = application(rules, r#""Skills":["Rust","heyflow"]"#).tags;
    assert_eq!(tags, ["heyflow", "Rust", "news letter"]);
}

#[test]
fn attributes_are_system_and_custom_ones_and_absent_ones_are_left_out() {
    let rules = r#"
        [attributes]
        phone = { input = "Phone" }
        location = { input = "Address", part = "city" }
        birthday = { input = "Born" }
        gender = { input = "Sex", translate = { "w" = "female", "m" = "male", "d" = "diverse" }, default = "undefined" }
        custom_attribute_1001 = { url_parameter = "utm_source" }
        available_from = { input = "From" }
    "#;
    let fields = r#""Phone":"+49 151 000","Address [city]":"Ort","Born":"1990-02-28","Sex":"W","From":"""#;
    let attributes = application(rules, fields).attributes;
    let pairs: Vec<(&str, &str)> =
        attributes.iter().map(|attribute| (attribute.id.as_str(), attribute.value.reveal().as_str())).collect();
    assert_eq!(
        pairs,
        [
            ("birthday", "1990-02-28"),
            ("custom_attribute_1001", "news letter"),
            ("gender", "female"),
            ("location", "Ort"),
            ("phone", "+49 151 000"),
        ]
    );
}

#[test]
fn a_birthday_is_a_date_and_a_gender_one_of_four() {
    let rules = "[attributes]\nbirthday = { input = \"Born\" }\ngender = { input = \"Sex\" }";
    insta::assert_snapshot!(told(rules, r#""Born":"28.02.1990","Sex":"Female""#), @r"
        `application.attributes.birthday`: the input `Born` holds a text that is not a date (YYYY-MM-DD)
        `application.attributes.gender`: the input `Sex` holds a text that is none of male, female, diverse, undefined
        ");
    assert_eq!(application(rules, r#""Born":"1990-02-28","Sex":"female""#).attributes.len(), 2);
}
