//! What the credential may not read is never taken for none.

use super::*;

fn runs() -> Employment {
    employment(EmploymentStatus::Active, "2024-01-01")
}

fn without(member: EmploymentMember, mut employment: Employment) -> Employment {
    employment.shown.remove(&member);
    employment
}

#[test]
fn a_bare_employment_says_nothing_of_anybody() {
    let rules = rules("", "");
    for status in [EmploymentStatus::Active, EmploymentStatus::Inactive, EmploymentStatus::Onboarding] {
        let mut bare = employment(status, "2024-01-01");
        bare.start = None;
        bare.shown.clear();
        assert_eq!(said(&[bare.clone()], &rules, "2026-03-20"), "may not read `employment_start_date` of employments");
        assert!(matches!(decision(&[runs(), bare], &rules, "2026-03-20").wanted, Wanted::Unknowable(_)));
    }
}

#[test]
fn what_decides_who_takes_part_must_be_shown() {
    for (people, member) in [
        ("offices = [\"77\"]", EmploymentMember::Office),
        ("departments = [\"501\"]", EmploymentMember::OrgUnits),
        ("legal_entities = [\"4\"]", EmploymentMember::LegalEntity),
        ("employment_types = [\"INTERNAL\"]", EmploymentMember::Type),
    ] {
        let hidden = [without(member, runs())];
        let expected = format!("may not read `{member}` of employments");
        assert_eq!(said(&hidden, &rules(people, ""), "2026-03-20"), expected);
        assert_eq!(said(&hidden, &rules("", ""), "2026-03-20"), "active: an employment runs");
    }
}

#[test]
fn a_custom_attribute_that_is_not_listed_is_not_a_no_unless_the_file_says_so() {
    let unlisted = Person { custom_attributes: Vec::new(), ..dora() };
    let people = "attribute = { custom_id = \"dynamic_305\" }";
    let said = |person: &Person, people: &str| words(&decision_of(person, &[runs()], &rules(people, ""), "2026-03-20"));
    insta::assert_snapshot!(said(&unlisted, people), @"may not read `dynamic_305` of the custom attributes of persons");
    insta::assert_snapshot!(said(&unlisted, "attribute = { custom_id = \"dynamic_305\", unlisted = \"empty\" }"), @"inactive: `people`: the person takes no part");
    let mut hidden = dora();
    hidden.members.remove(&PersonMember::CustomAttributes);
    insta::assert_snapshot!(said(&hidden, people), @"may not read `custom_attributes` of persons");
}

#[test]
fn the_address_must_be_shown_before_anybody_waits_for_one() {
    let mut hidden = dora();
    hidden.email = None;
    hidden.members.remove(&PersonMember::Email);
    let decision = decision_of(&hidden, &[runs()], &rules("", ""), "2026-03-20");
    insta::assert_snapshot!(words(&decision), @"may not read `email` of persons");
    let Wanted::Unknowable(right) = decision.wanted else { panic!() };
    assert_eq!(right.attribute(), "email");
    assert!(MissingRight::GRANTED.contains("API credentials"));
}

#[test]
fn an_unknown_employment_type_is_a_problem_where_types_decide() {
    let mut unknown = runs();
    unknown.employment_type = Some(EmploymentType::Other("LEASED".to_owned()));
    let unknown = [unknown];
    insta::assert_snapshot!(said(&unknown, &rules("employment_types = [\"INTERNAL\"]", ""), "2026-03-20"), @"unclear: `people.employment_types`: the employment type `LEASED` is not known");
    insta::assert_snapshot!(said(&unknown, &rules("", ""), "2026-03-20"), @"active: an employment runs");
}
