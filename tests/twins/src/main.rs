//! Serves the vendors' twins until it is ended (SIGINT and SIGTERM simply end the process: nothing is kept on disk).

use std::io::Write as _;
use std::net::SocketAddr;

use clap::Parser;

/// The vendors' twins behind one port. Doors and switches: tests/twins/README.md.
#[derive(Parser)]
struct Arguments {
    /// Address to listen at; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:4600")]
    bind: SocketAddr,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let twins = twins::Twins::start(Arguments::parse().bind)?;
    writeln!(std::io::stdout(), "twins ready at {}", twins.url())?;
    twins.wait().await
}
