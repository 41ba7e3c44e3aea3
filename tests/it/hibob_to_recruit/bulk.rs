//! Many events at once, as a bulk change in HiBob sends them.

use std::collections::BTreeSet;

use twins::Vendor as _;
use twins::hibob::Limits;

use super::house::House;

const POSITIONS: usize = 50;
const OPENINGS: usize = 3;

/// 50 events of positions and 150 of openings, with the calls a minute that the example allows.
#[tokio::test]
async fn two_hundred_events_at_once_stay_within_hibobs_limits() {
    let mut house = House::new().await;
    let document = house.document().replacen("calls_per_minute = 60000", "calls_per_minute = 90", 1);
    house.configure(&document).await;
    house.hibob(|quirks| quirks.limits = Some(Limits::default()));
    let mut all = Vec::new();
    for _ in 0..POSITIONS {
        all.push(house.position(OPENINGS).await);
    }
    for made in &all {
        assert_eq!(house.told_of_position("created", made.id).await.status, 200);
        for opening in &made.opening_ids {
            assert_eq!(house.told_of_opening("created", *opening).await.status, 200);
        }
    }
    let ended = house.until_quiet().await;
    let outcomes: BTreeSet<&str> = ended.iter().map(|ended| ended.outcome.word()).collect();
    assert!(outcomes.is_subset(&["done", "skipped", "waiting", "retry"].into()), "{outcomes:?}");
    // HiBob's minutes begin when they like, so a call may be refused at the edge of two; it is repeated
    let calls = house.twins.hibob().desk().calls();
    let refused = calls.iter().filter(|call| serde_json::json!(call.status) == 429).count();
    assert!(refused * 100 <= calls.len(), "HiBob has refused {refused} of {} calls", calls.len());
    assert_eq!(house.held().len(), POSITIONS * (1 + OPENINGS));
    house.close().await;
}
