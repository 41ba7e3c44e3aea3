//! `hrsync init`: the template and the workspace that contracts can be made from, and the fields of both accounts.

use admin::{Context, People};
use oneflow_teamtailor::FLOW;
use secrecy::SecretString;

use super::console::writes;
use super::house::House;
use crate::support::init::{asked, file, ids};

#[tokio::test]
async fn the_only_template_that_fits_is_taken_and_the_file_fits_the_accounts() {
    let house = House::new().await;
    let document = house.document().replace("template = \"31\"", "template = \"999\"");
    let secret: SecretString = house.secret().to_string().into();
    let context = |document| Context {
        name: "contracts",
        document,
        secret: &secret,
        local: true,
        ledger: &house.ledger,
        now: house.hands.now(),
        progress: &|_| {},
    };
    let findings = asked(&FLOW, context(&document), People::Ids).await;
    assert!(ids(&findings, "templates of Oneflow").contains(&"31"));
    assert!(ids(&findings, "data fields").contains(&"hrsync-key"));
    assert!(ids(&findings, "custom fields").contains(&"contract-status"));
    let text = file(&document, "contracts", &findings, false);
    assert!(text.contains("\ntemplate = \"31\"\n"), "{text}\n{:?}", findings.remarks);
    (FLOW.check)(&text, true).unwrap();
    let found = FLOW.commands.verify.unwrap()(context(&text)).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new(), "{found:?}");
    assert_eq!(writes(&house), Vec::<String>::new());
    house.close().await;
}
