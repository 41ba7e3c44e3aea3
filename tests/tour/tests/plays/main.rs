//! The tour against the real twins and a small stand-in of the deployed stack, whole and with flaws: every flaw must show.

#[cfg(test)]
mod absences;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod careers;
#[cfg(test)]
mod fake;

#[cfg(test)]
mod plays {
    use std::time::Duration;

    use tour::{Step, play_within, table};

    use crate::fake::{Fake, Flaws};

    async fn tour(flaws: Flaws, times: usize) -> Vec<Step> {
        let fake = Fake::start(flaws).await;
        let endpoints = fake.endpoints();
        let mut steps = Vec::new();
        for _ in 0..times {
            let mut told = Vec::new();
            steps =
                play_within(Duration::from_millis(400), &endpoints, &mut |step| told.push(step.clone())).await.unwrap();
            assert_eq!(told, steps, "every step is told as it happens");
        }
        steps
    }

    /// What was seen where it was not as expected.
    pub(crate) async fn wrong(flaws: Flaws) -> Vec<String> {
        tour(flaws, 1).await.into_iter().filter(|step| !step.passed()).map(|step| step.seen).collect()
    }

    #[tokio::test]
    async fn a_sound_stack_passes_twice() {
        let steps = tour(Flaws::default(), 2).await;
        assert_eq!(steps.len(), 31);
        assert!(steps.iter().all(Step::passed), "{}", table(&steps));
    }

    #[tokio::test]
    async fn a_queue_that_never_empties_shows() {
        let seen = wrong(Flaws { stuck: true, ..Flaws::default() }).await;
        let (sweeps, waits, balances) = (6, 2, 3);
        assert_eq!(seen, vec!["failed: 1 messages are still underway"; sweeps + waits + balances]);
    }

    #[tokio::test]
    async fn a_console_that_is_not_there_shows() {
        let fake = Fake::start(Flaws::default()).await;
        let endpoints = fake.endpoints();
        fake.lose_the_console();
        let steps = play_within(Duration::from_millis(100), &endpoints, &mut |_| {}).await.unwrap();
        let seen = steps.iter().find(|step| !step.passed()).map(|step| step.seen.as_str());
        assert!(seen.is_some_and(|seen| seen.starts_with("failed: failed to run hrsync status careers: ")), "{seen:?}");
    }

    #[test]
    fn the_table_fits_120_columns_and_loses_no_word() {
        let long = "word ".repeat(60);
        let step = Step { step: long.clone(), expected: long.clone(), seen: long, ms: 60_000 };
        let table = table(&[step]);
        assert!(table.lines().all(|line| line.chars().count() <= 120), "{table}");
        assert_eq!(table.matches("word").count(), 180, "{table}");
    }

    #[tokio::test]
    async fn a_stack_that_is_not_there_is_an_error() {
        let fake = Fake::start(Flaws::default()).await;
        let mut endpoints = fake.endpoints();
        drop(fake);
        endpoints.aws = "http://127.0.0.1:1".to_owned();
        assert!(play_within(Duration::from_millis(100), &endpoints, &mut |_| {}).await.is_err());
    }
}
