//! The deployed stack, end to end, under enforced IAM: the tour that `make run` plays, on the tests' own stack.

use tour::Endpoints;

#[tokio::test]
async fn the_tour_passes_on_the_deployed_stack_twice() {
    let path =
        std::env::var("HRSYNC_ENDPOINTS").expect("HRSYNC_ENDPOINTS is not set: run these tests with `make test`");
    let endpoints = Endpoints::load(&path).unwrap();
    for round in ["first", "second"] {
        let steps = tour::play(&endpoints, &mut |_| {}).await.unwrap();
        assert!(!steps.is_empty());
        let failed: Vec<_> = steps.iter().filter(|step| !step.passed()).collect();
        assert!(failed.is_empty(), "{round} tour: {failed:#?}");
    }
}
