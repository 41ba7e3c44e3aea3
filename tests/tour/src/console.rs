//! The console, run as its users run it. The tour starts sweeps this way rather than by a message of its own: the emulator takes only
//! signed messages, and what a sweeper reads is the flow's own business. So the tour also proves the commands that its users are told.

use std::process::{Command, Stdio};

use anyhow::Context as _;
use serde_json::{Deserializer, Value};

use crate::Endpoints;
use crate::stage::Http;

impl Http<'_> {
    /// Runs `hrsync`, e.g. `sweep absences`, on this stack; its result.
    pub(crate) async fn hrsync(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        let what = format!("failed to run hrsync {}", arguments.join(" "));
        let mut console = command(self.endpoints)?;
        console.args(arguments).arg("--json").stdin(Stdio::null());
        let ended = tokio::task::spawn_blocking(move || console.output()).await?;
        let ended = ended.with_context(|| what.clone())?;
        let said = String::from_utf8_lossy(&ended.stderr);
        anyhow::ensure!(ended.status.success(), "{what}, which said: {}", said.trim());
        // what follows the result are remarks
        let result = Deserializer::from_slice(&ended.stdout).into_iter().next();
        result.with_context(|| format!("{what}: it said nothing"))?.context(what)
    }
}

/// Nothing of the caller's environment gets in: neither another account nor another stack can be reached.
fn command(endpoints: &Endpoints) -> anyhow::Result<Command> {
    let Endpoints { aws, region, stack, .. } = endpoints;
    let mut command = Command::new(endpoints.console()?);
    command.env_clear().args(["--stack", stack.as_str()]).envs([
        ("AWS_ENDPOINT_URL", aws.as_str()),
        ("AWS_REGION", region.as_str()),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ]);
    Ok(command)
}
