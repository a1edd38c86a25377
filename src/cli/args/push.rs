//! The options of `push`, and those that `publish` shares with it: as typed, and as meant.

use super::reporting::TypedReporting;
use super::{FolderArgs, OutputArgs};
use crate::app::{Commit, PushOptions, PushScope};
use crate::model::Verify;
use crate::parse::Overrides;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub(super) struct TypedPush {
    /// Project folder, which may contain feedmill.yaml
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Target that holds the feeds to push [default: output.target of the config, else output.dir, else feeds]
    #[arg(long, value_name = "TARGET")]
    out: Option<String>,
    /// Ping this hub; can be repeated [default: websub.hubs of the config]
    #[arg(long = "hub", value_name = "URL")]
    hubs: Vec<String>,
    /// Ping for every topic, including those that a hub has accepted
    #[arg(long)]
    all: bool,
    /// Send and write nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    telling: TypedTelling,
    #[command(flatten)]
    reporting: TypedReporting,
}

#[derive(Debug, Args)]
pub(super) struct TypedTelling {
    /// File for the record of accepted pings [default: .feedmill/pushed in the target]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Endpoint URL of the bucket of an s3:// target [default: AWS_ENDPOINT, else Amazon S3]
    #[arg(long, value_name = "URL")]
    pub(super) endpoint: Option<String>,
    /// Whether to check that a topic's public URL returns the new document before hubs are pinged [default: push.verify of the config, else bytes]
    #[arg(long, value_name = "HOW", value_enum)]
    verify: Option<TypedVerify>,
    /// Stop when no hub has accepted a ping for this long
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    deadline: u32,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TypedVerify {
    /// Compare byte for byte
    Bytes,
    /// Do not check; ping hubs at once
    Off,
}

impl TypedPush {
    pub(super) fn meant(self) -> (FolderArgs, PushOptions, OutputArgs) {
        let overrides = Overrides { target: self.out, hubs: self.hubs, ..Overrides::default() };
        let folder = FolderArgs { dir: self.dir, overrides, endpoint: self.telling.endpoint.clone() };
        let scope = if self.all { PushScope::All } else { PushScope::Owed };
        let commit = if self.dry_run { Commit::Dry } else { Commit::Write };
        (folder, PushOptions { scope, commit, ..self.telling.meant() }, self.reporting.meant())
    }
}

impl TypedTelling {
    /// The options of a push that sends what is owed.
    pub(super) fn meant(self) -> PushOptions {
        let verify = self.verify.map(|verify| match verify {
            TypedVerify::Bytes => Verify::Bytes,
            TypedVerify::Off => Verify::Off,
        });
        let deadline = Duration::from_secs(self.deadline.into());
        PushOptions { state: self.state, verify, deadline, ..PushOptions::default() }
    }
}

/// Examples under `publish --help`.
pub(super) const PUBLISH_EXAMPLES: &str = "\
Examples:
  feedmill publish --quiet                           from cron: prints nothing when all is well
  feedmill publish --out s3://bucket/feeds           into a bucket, with credentials from the environment
  feedmill publish --no-push                         hubs are told by a later `feedmill push`

Exit codes: 0 done, all is paid; 1 refused, nothing was written; 2 usage or config; 3 disk, store, network or lock failed;
4 published, but hubs are still owed something: run again; 5 published, but a hub refused for good.";

/// Examples under `push --help`.
pub(super) const EXAMPLES: &str = "\
Examples:
  feedmill push                                      tell the config's hubs what changed in its target
  feedmill push --out public --hub https://hub.example/    any folder of feeds that feedmill built
  feedmill push --dry-run                            what is owed to whom?

Exit codes: 0 all is paid; 2 usage or config; 3 disk, store or lock failed; 4 something is still owed, run it again;
5 a hub refused for good.";
