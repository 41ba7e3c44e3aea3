//! What `hrsync preview` takes.

use std::path::PathBuf;

use jiff::civil::Date;

const EXAMPLES: &str = "Examples:\n  \
    hrsync preview absences                                 what a sweep of everything would do\n  \
    hrsync preview absences --since 2026-03-01              only what the source lists from that day on\n  \
    hrsync preview accounts --object 3002                   one person, step by step\n  \
    hrsync preview absences --against absences-new.toml     what a changed file would do differently\n  \
    hrsync preview careers.toml --body response.json        what a saved delivery is mapped to, without any account";

/// Show what would be done in the target system, without doing it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A connection's name, or a connection file: then its settings are used, with the secrets of the connection that it names
    #[arg(value_name = "FILE|CONNECTION")]
    pub(super) subject: String,
    /// Read saved webhook deliveries, files or folders of *.json, as the flow would
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["object", "since"])]
    pub(super) body: Vec<PathBuf>,
    /// Explain one object of the source, e.g. a person, step by step
    #[arg(long, value_name = "ID", conflicts_with = "since")]
    pub(super) object: Option<String>,
    /// Compare only what the source lists from this day on, where it can narrow its lists
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<Date>,
    /// Show, record by record, what this file would do differently
    #[arg(long, value_name = "OTHER.toml")]
    pub(super) against: Option<PathBuf>,
    /// Show what fields hold, which is personal data
    #[arg(long)]
    pub(super) values: bool,
    /// Say it in JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn what_goes_together_is_understood_and_what_does_not_is_refused() {
        let read = |call: &str| Cli::try_parse_from(call.split(' ')).is_ok();
        let good = [
            "preview accounts",
            "preview accounts.toml --object 3002 --against other.toml",
            "preview accounts --since 2026-03-01 --values --json",
            "preview careers.toml --body one.json two.json --against other.toml",
        ];
        good.into_iter().for_each(|call| assert!(read(call), "{call}"));
        let bad = [
            "preview",
            "preview accounts --object 3002 --since 2026-03-01",
            "preview careers --body one.json --object 3002",
            "preview accounts --since yesterday",
        ];
        bad.into_iter().for_each(|call| assert!(!read(call), "{call}"));
    }
}
