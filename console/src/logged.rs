//! What the functions of a flow have logged of a connection's records.

use std::time::{Duration, Instant};

use admin::Flow;
use jiff::Timestamp;
use logs::{Line, Logs, Pattern};

use crate::ends::Failure;
use crate::say;

/// The function that stores dead letters, and so ends records of every flow.
pub(crate) const STORES_DEAD_LETTERS: &str = "failures-poll";

/// How long a reading may take without a word.
const SILENT: Duration = Duration::from_secs(1);

/// The logs of a stack, read aloud where that takes a while.
pub(crate) struct Reader {
    logs: Logs,
    /// How long it has read without a word. `None`: it stays silent.
    silent: Option<Duration>,
}

impl Reader {
    /// A reader of these logs.
    pub(crate) fn new(logs: Logs) -> Self {
        Self { logs, silent: Some(Duration::ZERO) }
    }

    /// From now on nothing is said of how the reading goes.
    pub(crate) fn silence(&mut self) {
        self.silent = None;
    }

    /// The lines that a function has written since then.
    pub(crate) async fn read(
        &mut self,
        function: &str,
        pattern: &Pattern,
        since: Timestamp,
    ) -> Result<Vec<Line>, Failure> {
        let begun = Instant::now();
        let lines = self.logs.read(function, pattern, since).await?;
        self.silent = self.silent.map(|silent| silent + begun.elapsed());
        if self.silent.is_some_and(|silent| silent > SILENT) {
            say::aside(format!("{function}: {} lines since {}", lines.len(), since.strftime("%Y-%m-%d %H:%M UTC")));
            self.silent = Some(Duration::ZERO);
        }
        Ok(lines)
    }
}

/// The receiver of a flow, where it has one.
pub(crate) fn receiver(flow: &Flow) -> Option<String> {
    flow.webhook.map(|_| format!("{}-webhook", flow.name))
}

/// The functions of a flow that work on records: the sweeper, where it has one, and the pusher.
pub(crate) fn workers(flow: &Flow) -> Vec<String> {
    let sweeper = flow.commands.sweep.map(|_| format!("{}-sweep", flow.name));
    sweeper.into_iter().chain([format!("{}-push", flow.name)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_that_is_read_has_a_log_in_the_template() {
        let template = include_str!("../../template.yaml");
        let flows = [&heyflow_to_personio::FLOW, &personio_to_hellohq::FLOW, &oneflow_teamtailor::FLOW];
        let functions = flows.into_iter().flat_map(|flow| workers(flow).into_iter().chain(receiver(flow)));
        let functions: Vec<_> = functions.chain([STORES_DEAD_LETTERS.to_owned()]).collect();
        assert_eq!(functions.len(), 9);
        for function in functions {
            let name = format!("LogGroupName: !Sub /aws/lambda/${{AWS::StackName}}-{function}\n");
            assert!(template.contains(&name), "{function}");
        }
    }
}
