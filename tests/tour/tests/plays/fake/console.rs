//! A stand-in of `hrsync`: a program that hands over what it was asked and waits until that is done.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::accounts::PEOPLE_EVENTS;
use super::{absences, accounts};

/// Asks by a file, which appears whole, and answers with what lies there when the file is gone.
const PROGRAM: &str = r#"#!/bin/sh
PATH=/usr/bin:/bin
echo "$*" > "$0.draft" && mv "$0.draft" "$0.asked"
while [ -e "$0.asked" ]; do sleep 0.01; done
cat "$0.answer"
"#;

/// Where the program lies.
pub(super) fn program(folder: &Path) -> PathBuf {
    folder.join("hrsync")
}

/// Writes the program, and does what it is asked until the test ends.
pub(super) fn start(folder: &Path, stacks: (absences::Stack, accounts::Stack), webhooks: [String; 2]) {
    let program = program(folder);
    std::fs::write(&program, PROGRAM).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    let (asked, answer) = (program.with_extension("asked"), program.with_extension("answer"));
    tokio::spawn(async move {
        loop {
            if let Ok(words) = std::fs::read_to_string(&asked) {
                let answered = done(&stacks, words.trim(), &webhooks).await;
                std::fs::write(&answer, answered.to_string()).unwrap();
                std::fs::remove_file(&asked).unwrap();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
}

async fn done(
    (stack, of_accounts): &(absences::Stack, accounts::Stack),
    words: &str,
    [absences, accounts]: &[String; 2],
) -> Value {
    match words {
        "--stack hrsync sweep accounts --whole --json" => of_accounts.sweep(true).await,
        "--stack hrsync sweep accounts --json" => of_accounts.sweep(false).await,
        "--stack hrsync sweep absences --json" => stack.sweep().await,
        "--stack hrsync webhooks register absences --json" => stack.register(absences).await,
        "--stack hrsync webhooks register accounts --json" => stack.enable(accounts, PEOPLE_EVENTS).await,
        "--stack hrsync webhooks ping absences --json" | "--stack hrsync webhooks ping accounts --json" => {
            stack.ping().await;
        }
        "--stack hrsync status careers --json" => return status(),
        history if history.starts_with("--stack hrsync history careers --object ") => return history_of_one(),
        other => panic!("no such command: {other}"),
    }
    json!({"run": Uuid::new_v4()})
}

fn status() -> Value {
    let ended = json!({"received": 2, "done": 1, "skipped": 0, "rejected": 1, "dead": 0, "in_flight": 0, "missing": 0});
    json!({"connections": [ended]})
}

fn history_of_one() -> Value {
    let line = |function: &str, outcome: &str| json!({"function": function, "outcome": outcome});
    let lines = [line("heyflow-to-personio-webhook", "queued"), line("heyflow-to-personio-push", "done")];
    json!({"lines": lines, "receipts": [{"settled": "done"}]})
}
