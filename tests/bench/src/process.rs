//! One running function.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, bail};
use axum::body::Bytes;
use tokio::sync::oneshot;

use crate::runtime::{Runtime, Signal};

/// How long a function may take for anything: as Lambda gives it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A function's process, ended when dropped.
pub(crate) struct Process {
    child: Child,
    runtime: Runtime,
    log: PathBuf,
    /// Just before it was started.
    pub(crate) started: Instant,
}

/// A function that waits for an event.
pub(crate) struct Asks {
    pub(crate) at: Instant,
    hand: oneshot::Sender<Vec<u8>>,
}

/// An answer, and when event and answer came over.
pub(crate) struct Answer {
    pub(crate) handed: Instant,
    pub(crate) at: Instant,
    pub(crate) body: Bytes,
}

impl Process {
    /// Starts `binary` as Lambda does, but without its limits. What it writes goes into `log`.
    pub(crate) async fn start(binary: &Path, log: &Path, environment: &[(&str, String)]) -> anyhow::Result<Self> {
        let runtime = Runtime::start().await?;
        let file = File::create(log).with_context(|| format!("failed to write {}", log.display()))?;
        let mut command = Command::new(binary);
        command.env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
        command.env("AWS_LAMBDA_RUNTIME_API", runtime.address.to_string());
        command.stdin(Stdio::null()).stderr(file.try_clone()?).stdout(file);
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("failed to start {}", binary.display()))?;
        Ok(Self { child, runtime, log: log.to_owned(), started })
    }

    /// Waits until the function asks for an event.
    pub(crate) async fn asks(&mut self) -> anyhow::Result<Asks> {
        match self.signal("ask for an event").await? {
            Signal::Asks { at, hand } => Ok(Asks { at, hand }),
            Signal::Answers { .. } => bail!("it answered without having been asked"),
            Signal::Fails { error } => Err(self.failed(&error)),
        }
    }

    /// Hands it an event and waits for the answer.
    pub(crate) async fn invoke(&mut self, asks: Asks, event: Vec<u8>) -> anyhow::Result<Answer> {
        let handed = Instant::now();
        asks.hand.send(event).map_err(|_| self.failed("it hung up"))?;
        match self.signal("answer").await? {
            Signal::Answers { at, answer } => Ok(Answer { handed, at, body: answer }),
            Signal::Asks { .. } => bail!("it asked for another event without having answered"),
            Signal::Fails { error } => Err(self.failed(&error)),
        }
    }

    /// The most memory that was resident so far, in bytes. `None` where the system does not tell it in `/proc`.
    pub(crate) fn peak_memory(&self) -> anyhow::Result<Option<u64>> {
        if !cfg!(target_os = "linux") {
            return Ok(None);
        }
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("/proc tells no VmHWM")?;
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().context("VmHWM is no number")?;
        Ok(Some(kibibytes * 1024))
    }

    async fn signal(&mut self, what: &str) -> anyhow::Result<Signal> {
        match tokio::time::timeout(PATIENCE, self.runtime.signal()).await {
            Ok(Some(signal)) => Ok(signal),
            Ok(None) | Err(_) => {
                let ended = self.child.try_wait().ok().flatten();
                let how = ended.map_or_else(String::new, |status| format!(", it has ended ({status})"));
                Err(self.failed(&format!("it did not {what} within {} s{how}", PATIENCE.as_secs())))
            }
        }
    }

    /// Why it failed, with the end of its log.
    fn failed(&self, why: &str) -> anyhow::Error {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let last = log.lines().last().unwrap_or("nothing");
        anyhow!("{why}; its log ends with: {last}")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
