//! The deployed stack, end to end, under enforced IAM: the tour that `make run` plays, the door through its real route,
//! a burst against the vendor's limit, and one tenant's trouble beside another's work. One after the other, for they
//! share the stack.

mod door;
mod tenants;

use door::Door;
use tour::Endpoints;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_deployed_stack_works() {
    let path =
        std::env::var("HRSYNC_ENDPOINTS").expect("HRSYNC_ENDPOINTS is not set: run these tests with `make test`");
    let endpoints = Endpoints::load(&path).unwrap();
    let door = Door::new(&endpoints, &path);
    door::every_way_through_the_route(&door).await;
    for round in ["first", "second"] {
        let steps = tour::play(&endpoints, &mut |_| {}).await.unwrap();
        assert!(!steps.is_empty());
        let failed: Vec<_> = steps.iter().filter(|step| !step.passed()).collect();
        assert!(failed.is_empty(), "{round} tour: {failed:#?}");
    }
    tenants::a_burst_keeps_the_vendors_limit(&endpoints).await;
    tenants::one_tenants_trouble_is_its_own(&endpoints, &door).await;
}
