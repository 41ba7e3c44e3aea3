//! The console's comparison of fields, and adding missing ones: nothing that was there is lost.

use admin::{AddFields, FieldCommands, Fields, FieldsAdded};
use oneflow_teamtailor::FLOW;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::oneflow::NewField;
use twins::teamtailor::FieldKind;

use super::console::{Console, writes};
use super::house::House;

const COMMANDS: FieldCommands = FLOW.commands.fields.unwrap();
/// Who manages the Oneflow account. The connection's user does not.
const MANAGER: Option<&str> = Some("admin@agency.example");

/// A house whose type lacks hrsync's own fields and has one that Teamtailor lacks, and whose file maps one that both lack.
async fn bare() -> House {
    let mut house = House::new().await;
    house.oneflow(|account| {
        let fields = &mut account.template_types[0].data_fields;
        fields.retain(|field| field.custom_id.starts_with("oneflow-"));
        fields[0].description = "the first day".to_owned();
        fields[0].value = "2026-01-01".to_owned();
        let salary =
            NewField { custom_id: "oneflow-salary".to_owned(), name: "Salary".to_owned(), ..fields[1].clone() };
        fields.push(salary);
    });
    let map = "map = [{ oneflow = \"phone\", teamtailor = \"candidate.phone\" }";
    house.set(map, &format!("{map}, {{ oneflow = \"hat\", teamtailor = \"hat-size\" }}")).await;
    house
}

async fn compare(house: &House) -> Fields {
    let console = Console::of(house).await;
    (COMMANDS.compare)(console.context().reading()).await.unwrap()
}

async fn add(house: &House, shown: &Fields, user: Option<&str>) -> Result<FieldsAdded, String> {
    let console = Console::of(house).await;
    let added = (COMMANDS.add)(console.context(), AddFields { shown, user }).await;
    added.map_err(|error| error.to_string())
}

fn data_fields(house: &House) -> Vec<NewField> {
    house.twins.oneflow().account("agency").unwrap().template_types[0].data_fields.clone()
}

fn missing(fields: &Fields) -> Vec<String> {
    fields.missing.iter().map(|field| format!("{}: {} \"{}\"", field.place, field.key, field.name)).collect()
}

#[tokio::test]
async fn a_comparison_shows_what_is_missing_on_either_side_and_writes_nothing() {
    let house = bare().await;
    let fields = compare(&house).await;
    let expected = [
        "Oneflow, template type 21: phone \"Telephone number\"",
        "Oneflow, template type 21: hat \"hat-size\"",
        "Oneflow, template type 21: hrsync-candidate \"hrsync candidate\"",
        "Oneflow, template type 21: hrsync-key \"hrsync key\"",
        "Teamtailor: hat-size \"hat-size\"",
        "Teamtailor: oneflow-salary \"Salary\"",
    ];
    assert_eq!(missing(&fields), expected);
    let there: Vec<_> = fields.there.iter().map(|field| format!("{} {}", field.key, field.what)).collect();
    assert_eq!(there[0], "oneflow-start-date oneflow-start-date (Date), both ways; on template type 21", "{there:?}");
    assert_eq!((fields.problems, writes(&house)), (Vec::new(), Vec::new()));
    house.close().await;
}

#[tokio::test]
async fn what_is_missing_is_added_and_what_was_there_stays() {
    let house = bare().await;
    let before = data_fields(&house);
    let mut shown = compare(&house).await;
    shown.missing.last_mut().unwrap().kind = Some("Number".to_owned());
    let outcome = add(&house, &shown, MANAGER).await.unwrap();
    assert_eq!((outcome.added.len(), outcome.problems), (6, Vec::new()), "{:?}", outcome.added);

    let after = data_fields(&house);
    for field in &before {
        let kept = after.iter().find(|it| it.custom_id == field.custom_id).unwrap();
        assert_eq!((&kept.name, &kept.description, &kept.value), (&field.name, &field.description, &field.value));
    }
    assert_eq!(after.len(), before.len() + 4);
    let custom_fields = house.twins.teamtailor().account("agency").unwrap().custom_fields;
    let made = |name: &str| custom_fields.iter().find(|field| field.api_name == name).map(|field| field.kind);
    assert_eq!((made("hat-size"), made("oneflow-salary")), (Some(FieldKind::Text), Some(FieldKind::Number)));

    let again = compare(&house).await;
    assert_eq!(missing(&again), Vec::<String>::new());
    let written = writes(&house);
    assert_eq!(add(&house, &again, MANAGER).await, Ok(FieldsAdded::default()));
    assert_eq!(writes(&house), written, "where nothing is missing, nothing is written");
    house.close().await;
}

#[tokio::test]
async fn nothing_is_written_where_somebody_was_faster() {
    let house = bare().await;
    let shown = compare(&house).await;
    house.oneflow(|account| account.template_types[0].data_fields[0].description = "another day".to_owned());
    let refused = add(&house, &shown, MANAGER).await.unwrap_err();
    assert!(refused.starts_with("the fields have changed since they were compared"), "{refused}");
    assert_eq!(writes(&house), Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn who_does_not_manage_the_account_adds_nothing() {
    let house = bare().await;
    let before = data_fields(&house);
    let mut shown = compare(&house).await;
    let refused = add(&house, &shown, None).await.unwrap_err();
    assert!(refused.contains("name one with --user"), "{refused}");
    assert_eq!(
        add(&house, &shown, Some("nobody")).await,
        Err("the user of Oneflow is not an e-mail address".to_owned())
    );
    shown.missing.last_mut().unwrap().kind = Some("Select".to_owned());
    let refused = add(&house, &shown, MANAGER).await.unwrap_err();
    assert!(refused.starts_with("`oneflow-salary` cannot be of the kind `Select`"), "{refused}");
    assert_eq!(data_fields(&house), before);
    house.close().await;
}

/// An answer that is lost after the fields were replaced: the next time shows what is there.
#[tokio::test]
async fn a_lost_answer_is_mended_by_looking_again() {
    let house = bare().await;
    let shown = compare(&house).await;
    let lost = Rule::new("PUT /v1/template_types/*/data_fields", Effect::DropAnswer).unwrap().times(1);
    house.twins.oneflow().desk().set_faults(Faults::one(lost));
    add(&house, &shown, MANAGER).await.unwrap_err();
    let shown = compare(&house).await;
    assert_eq!(missing(&shown), ["Teamtailor: hat-size \"hat-size\"", "Teamtailor: oneflow-salary \"Salary\""]);
    assert_eq!(add(&house, &shown, MANAGER).await.unwrap().added.len(), 2);
    house.close().await;
}
