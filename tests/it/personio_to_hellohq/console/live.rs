//! `hrsync check --live`.

use admin::Verification;
use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::v2::{MissingRight, PersonField, SEED_CLIENT, Tenant, kinds};

use super::super::house::House;
use super::{COMMANDS, Desk};

async fn compared(desk: &Desk<'_>) -> Verification {
    COMMANDS.verify.unwrap()(desk.context()).await.unwrap()
}

/// An account like the seed's, but for this. Before anything is in it.
fn account(house: &House, change: impl FnOnce(&mut Tenant)) {
    let mut tenant = Tenant::seed();
    change(&mut tenant);
    house.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
}

#[tokio::test]
async fn a_connection_that_fits_has_no_problem_and_says_what_was_looked_at() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let live = compared(&Desk::of(&house)).await;
    assert_eq!(live.problems, Vec::<String>::new());
    for seen in [
        "personio: `Urlaub` goes to Holiday",
        "personio: `Home Office` is ignored",
        "personio: absences on the first page: 1",
        "personio: changes are listed",
        "personio: an absence is shown by its id",
        "personio: days of an absence: 1",
        "personio: persons looked at: 1, with an e-mail address: 1",
    ] {
        assert!(live.seen.iter().any(|line| line == seen), "{seen}: {:?}", live.seen);
    }
    assert!(live.seen.iter().any(|line| line.starts_with("hellohq: entries of user ")), "{:?}", live.seen);
    assert!(!live.seen.join("").contains("agency.example"));
    let written = house.twins.hellohq().desk().calls().iter().any(|call| call.method != "GET");
    assert!(!written, "nothing is written");
    house.close().await;
}

#[tokio::test]
async fn types_that_are_unknown_or_without_a_home_are_named() {
    let house = House::new().await;
    let document = house.document().replace("[\"Urlaub\"]", "[\"Urlaup\"]");
    let live = compared(&Desk::with(&house, document, &house.secret())).await;
    let nowhere = format!("`mapping`: the absence type `Urlaub` ({}) is listed nowhere", kinds::URLAUB);
    assert_eq!(live.problems.len(), 2, "{:?}", live.problems);
    assert!(live.problems[0].starts_with("`mapping.Holiday`: no absence type of Personio has the name `Urlaup`"));
    assert!(live.problems[1].starts_with(&nowhere), "{:?}", live.problems);
    house.close().await;
}

#[tokio::test]
async fn a_refused_login_is_told_once_and_not_repeated() {
    let house = House::new().await;
    let mut secret = house.secret();
    secret["personio_client_secret"] = json!("hunter2");
    let live = compared(&Desk::with(&house, house.document(), &secret)).await;
    assert_eq!(live.problems.len(), 1, "{:?}", live.problems);
    let told = &live.problems[0];
    assert!(
        told.contains("login-refused") && told.contains("hrsync secrets set") && !told.contains("hunter2"),
        "{told}"
    );
    assert_eq!(house.twins.personio().desk().calls().len(), 1);
    assert!(live.seen.iter().any(|line| line.starts_with("hellohq: users: ")), "the other account is looked at");
    house.close().await;
}

#[tokio::test]
async fn a_missing_right_says_of_which_call() {
    for missing_right in [MissingRight::Forbidden, MissingRight::Unauthorized] {
        let house = House::new().await;
        account(&house, |tenant| {
            tenant.scopes.remove("personio:persons:read");
            tenant.quirks.missing_right = missing_right;
        });
        house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
        let mut secret = house.secret();
        secret["hellohq_token"] = json!("another-token");
        let live = compared(&Desk::with(&house, house.document(), &secret)).await;
        assert_eq!(live.problems.len(), 2, "{:?}", live.problems);
        assert!(live.problems[0].starts_with("personio read person: right-missing"), "{:?}", live.problems);
        assert!(live.problems[1].starts_with("hellohq list users: login-refused"), "{:?}", live.problems);
        house.close().await;
    }
}

#[tokio::test]
async fn each_kind_of_call_is_asked_so_that_no_sweep_is_the_first_to_find_out() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let refused = |call: &str| Faults::one(Rule::new(call, Effect::status(500)).unwrap().times(100));
    for (call, told) in [
        ("GET /v2/absence-periods/*/breakdowns", "personio read days of absence: "),
        ("GET /v2/absence-periods/*", "personio read absence: "),
    ] {
        house.twins.personio().desk().set_faults(refused(call));
        let live = compared(&Desk::of(&house)).await;
        assert!(live.problems.len() == 1 && live.problems[0].starts_with(told), "{:?}", live.problems);
    }
    house.twins.personio().desk().set_faults(Faults::default());
    house.twins.hellohq().desk().set_faults(refused("GET /v2/Absences"));
    let live = compared(&Desk::of(&house)).await;
    assert!(live.problems[0].starts_with("hellohq list absences: "), "{:?}", live.problems);
    house.close().await;
}

#[tokio::test]
async fn addresses_that_the_credential_may_not_see_are_told() {
    let house = House::new().await;
    account(&house, |tenant| {
        tenant.quirks.unreadable.insert(PersonField::Email);
    });
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let live = compared(&Desk::of(&house)).await;
    assert_eq!(live.problems.len(), 1, "{:?}", live.problems);
    assert!(live.problems[0].contains("e-mail addresses of persons are not shown"));
    house.close().await;
}

#[tokio::test]
async fn a_file_that_functions_could_not_use_is_no_comparison() {
    let house = House::new().await;
    let desk = Desk::with(&house, house.document(), &json!({"webhook_secrets": []}));
    let refused = COMMANDS.verify.unwrap()(desk.context()).await.unwrap_err().to_string();
    assert!(refused.contains("missing field `personio_client_id`"), "{refused}");
    house.close().await;
}

#[tokio::test]
async fn a_probe_says_which_half_day_the_account_wants_and_leaves_nothing() {
    let house = House::new().await;
    let probe = COMMANDS.probe.unwrap();
    let user = "person-3001@agency.example";
    let right = probe(Desk::of(&house).context(), user).await.unwrap();
    assert_eq!(right.problems, Vec::<String>::new());
    assert!(right.seen.iter().any(|line| line.ends_with("wants `half_day_end = \"same-day-noon\"`")), "{right:?}");
    assert_eq!(house.held(), Vec::<String>::new());

    let wrong = house.document().replace("half_day_end = \"same-day-noon\"", "half_day_end = \"next-day-noon\"");
    let wrong = probe(Desk::with(&house, wrong, &house.secret()).context(), user).await.unwrap();
    let wanted = "`hellohq.half_day_end`: the account wants `half_day_end = \"same-day-noon\"`";
    assert_eq!(wrong.problems, [wanted]);
    assert!(wrong.seen[0].ends_with("counts as 1.5 days"), "{wrong:?}");
    assert_eq!(house.held(), Vec::<String>::new());

    let nobody = probe(Desk::of(&house).context(), "nobody@agency.example").await.unwrap_err().to_string();
    assert_eq!(nobody, "`--probe`: no helloHQ user has this e-mail address");
    house.close().await;
}
