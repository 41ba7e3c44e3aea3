//! What the console works with: the file as it is applied, the secret, the table.

use admin::Context;
use secrecy::SecretString;
use twins::Vendor as _;

use super::house::House;

pub(super) struct Console<'a> {
    house: &'a House,
    document: String,
    secret: SecretString,
}

impl<'a> Console<'a> {
    pub(super) async fn of(house: &'a House) -> Self {
        let applied = house.ledger.connection("contracts").await.unwrap().unwrap();
        Self { house, document: applied.document, secret: house.secret().to_string().into() }
    }

    /// With another value in the secret.
    pub(super) async fn with(house: &'a House, key: &str, value: &str) -> Self {
        let mut secret = house.secret();
        secret[key] = value.into();
        Self { secret: secret.to_string().into(), ..Self::of(house).await }
    }

    pub(super) fn context(&self) -> Context<'_> {
        let Self { house, document, secret } = self;
        let (ledger, now) = (&house.ledger, house.hands.now());
        Context { name: "contracts", document, secret, local: true, ledger, now, progress: &|_| {} }
    }
}

/// The writing calls that both vendors have had.
pub(super) fn writes(house: &House) -> Vec<String> {
    let (oneflow, teamtailor) = (house.twins.oneflow().desk().calls(), house.twins.teamtailor().desk().calls());
    let writing = oneflow.into_iter().chain(teamtailor).filter(|call| call.method != "GET");
    // the house itself sets up a webhook
    let writing = writing.map(|call| format!("{} {}", call.method, call.path));
    writing.filter(|call| call != "POST /v1/webhooks").collect()
}
