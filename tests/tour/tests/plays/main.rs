//! The tour against the real twins and a small stand-in of the deployed stack, whole and with flaws: every flaw must show.

#[cfg(test)]
mod fake;

#[cfg(test)]
mod plays {
    use std::time::Duration;

    use tour::{Step, play_within, table};

    use crate::fake::{Fake, Flaw};

    async fn tour(flaw: Option<Flaw>, times: usize) -> Vec<Step> {
        let fake = Fake::start(flaw).await;
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
    async fn wrong(flaw: Flaw) -> Vec<String> {
        tour(Some(flaw), 1).await.into_iter().filter(|step| !step.passed()).map(|step| step.seen).collect()
    }

    #[tokio::test]
    async fn a_sound_stack_passes_twice() {
        let steps = tour(None, 2).await;
        assert_eq!(steps.len(), 7);
        assert!(steps.iter().all(Step::passed), "{}", table(&steps));
    }

    #[tokio::test]
    async fn a_pushed_test_delivery_shows() {
        assert_eq!(
            wrong(Flaw::PushesTests).await,
            ["Personio: 2 calls and 1 held for applications, 1 and 1 for documents; mails: 3"]
        );
    }

    #[tokio::test]
    async fn a_hook_that_answers_202_shows() {
        let seen = wrong(Flaw::Answers202).await;
        assert_eq!(seen.first().unwrap(), "202, hook not active");
        assert!(seen.get(1).unwrap().contains("409"), "{seen:?}");
    }

    #[tokio::test]
    async fn a_response_handled_twice_shows() {
        assert_eq!(
            wrong(Flaw::Forgets).await,
            ["Personio: 3 calls and 1 held for applications, 2 and 2 for documents; mails: 3"]
        );
    }

    #[tokio::test]
    async fn a_lost_application_shows() {
        let seen = wrong(Flaw::PushesNothing).await;
        assert_eq!(seen.first().unwrap(), "200, 0 application for job ");
        assert_eq!(
            seen.last().unwrap(),
            "Personio: 0 calls and 0 held for applications, 0 and 0 for documents; mails: 0"
        );
    }

    #[tokio::test]
    async fn a_missing_or_poor_mail_shows() {
        let silent = wrong(Flaw::MailsNothing).await;
        assert_eq!(
            silent,
            [
                "200, no mail",
                "200, no mail",
                "Personio: 2 calls and 1 held for applications, 1 and 1 for documents; mails: 0"
            ]
        );
        let poor = "200, mail to people-team@example.com with response id";
        assert_eq!(wrong(Flaw::MailsPoorly).await, [&format!("{poor}, reason"), poor]);
    }

    #[tokio::test]
    async fn a_lost_file_shows() {
        let applied = "200, 1 application for job 1834171; files: ; in the message: text true, UTM true; phone: true";
        let balance = "Personio: 2 calls and 1 held for applications, 0 and 0 for documents; mails: 2";
        assert_eq!(wrong(Flaw::DropsFiles).await, [applied, balance]);
    }

    #[tokio::test]
    async fn a_lost_parameter_shows() {
        let applied =
            "200, 1 application for job 1834171; files: cv; in the message: text true, UTM false; phone: true";
        assert_eq!(wrong(Flaw::DropsParameters).await, [applied]);
    }

    #[tokio::test]
    async fn an_invented_address_shows() {
        assert_eq!(
            wrong(Flaw::MapsBlindly).await,
            ["200, no mail", "Personio: 3 calls and 2 held for applications, 1 and 1 for documents; mails: 1"]
        );
    }

    #[tokio::test]
    async fn an_open_door_shows() {
        assert_eq!(
            wrong(Flaw::Open).await,
            ["200", "Personio: 3 calls and 2 held for applications, 1 and 1 for documents; mails: 2"]
        );
    }

    #[tokio::test]
    async fn a_queue_that_never_empties_shows() {
        assert_eq!(wrong(Flaw::Stuck).await, ["failed: 1 messages are still underway"]);
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
        let fake = Fake::start(None).await;
        let mut endpoints = fake.endpoints();
        drop(fake);
        endpoints.aws = "http://127.0.0.1:1".to_owned();
        assert!(play_within(Duration::from_millis(100), &endpoints, &mut |_| {}).await.is_err());
    }
}
