//! The deployed stack, end to end, under enforced IAM: the tour that `make run` plays, the doors through their real routes,
//! a burst against a vendor's limit, and one tenant's trouble beside another's work. One after the other, for they share
//! the stack. `make test` plays a second stack with one flow on beside the first, deletes it and deploys it anew.

mod heyflow_to_personio;
mod personio_to_hellohq;
mod route;
mod tenant;

use route::Route;
use tour::Endpoints;

/// The stack that is under test, and where its addresses were read.
fn stack() -> (Endpoints, String) {
    let path =
        std::env::var("HRSYNC_ENDPOINTS").expect("HRSYNC_ENDPOINTS is not set: run these tests with `make test`");
    (Endpoints::load(&path).unwrap(), path)
}

async fn tour(endpoints: &Endpoints, round: &str) {
    let steps = tour::play(endpoints, &mut |_| {}).await.unwrap();
    assert!(!steps.is_empty());
    let failed: Vec<_> = steps.iter().filter(|step| !step.passed()).collect();
    assert!(failed.is_empty(), "{round} tour: {failed:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stack_with_one_flow_works() {
    let (endpoints, path) = stack();
    let careers = Route::new(&endpoints, &path, "careers");
    heyflow_to_personio::door::every_way_through_the_route(&careers).await;
    tour(&endpoints, "the one flow's").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_deployed_stack_works() {
    let (endpoints, path) = stack();
    let careers = Route::new(&endpoints, &path, "careers");
    let absences = Route::new(&endpoints, &path, "absences");
    heyflow_to_personio::door::every_way_through_the_route(&careers).await;
    personio_to_hellohq::door::every_way_through_the_route(&absences).await;
    for round in ["first", "second"] {
        tour(&endpoints, round).await;
    }
    heyflow_to_personio::tenants::a_burst_keeps_the_vendors_limit(&endpoints).await;
    heyflow_to_personio::tenants::one_tenants_trouble_is_its_own(&endpoints, &careers).await;
    personio_to_hellohq::tenants::one_tenants_trouble_is_its_own(&endpoints, &absences).await;
}
