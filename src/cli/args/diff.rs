//! The options of `diff`: as typed, and as meant.

use super::timing::{accepted, instant};
use super::{FolderArgs, Options, OutputArgs, Verbosity};
use crate::app::{Accept, DiffOptions, RunOptions, reader_names};
use crate::model::{Reach, Timestamp};
use crate::parse::Overrides;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct TypedDiff {
    /// The readers to predict; can be repeated or separated by commas [default: all]
    #[arg(long = "as", value_name = "READER", value_delimiter = ',', value_parser = reader())]
    readers: Vec<String>,
    /// What subscribers have: a folder of feeds, the URL of live ones, or a git revision of a committed output folder [default: the target]
    #[arg(long, value_name = "WHAT")]
    against: Option<String>,
    /// Exit with 1 if more than N entries turn unread in one of the readers
    #[arg(long, value_name = "N")]
    max_unread: Option<usize>,
    /// Also fetch from private and loopback addresses
    #[arg(long)]
    allow_private: bool,
    /// Project folder, which contains feedmill.yaml
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Read articles from this folder [default: content.dir of the config, else content]
    #[arg(long, value_name = "DIR")]
    content: Option<String>,
    /// Folder or s3://bucket/prefix of the published feeds [default: output.target, else output.dir of the config, else feeds]
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
    /// URL of the site [default: site.url of the config]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Use this as the current time [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    now: Option<Timestamp>,
    /// Compare as if the build ran with this flag; what would be refused is compared as agreed to anyway
    #[arg(long, value_name = "KIND,…", num_args = 0..=1, require_equals = true, default_missing_value = "", value_parser = accepted)]
    accept: Option<Accept>,
    /// Format of the comparison
    #[arg(long, value_name = "STYLE", value_enum, default_value_t = DiffStyle::Human)]
    report: DiffStyle,
    /// Print only what would turn unread
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Print every document and every cause
    #[arg(short, long)]
    verbose: bool,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DiffStyle {
    /// One screen for people
    #[default]
    Human,
    /// One JSON document
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// A comment for a pull request
    Markdown,
}

/// How a comparison is printed, and when it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DiffOutput {
    /// The flag `--report`.
    pub style: DiffStyle,
    /// The flags `-q`, `-v`.
    pub verbosity: Verbosity,
    /// The flag `--max-unread`.
    pub max_unread: Option<usize>,
}

fn reader() -> PossibleValuesParser {
    PossibleValuesParser::new(std::iter::once("all").chain(reader_names()))
}

impl TypedDiff {
    pub(super) fn meant(self) -> (Options, DiffOptions, DiffOutput) {
        let overrides = Overrides { url: self.url, content: self.content, target: self.out, ..Overrides::default() };
        let folder = FolderArgs { dir: self.dir, overrides, endpoint: None };
        let run = RunOptions { now: self.now, accept: self.accept.unwrap_or(Accept::NONE), ..RunOptions::default() };
        let all = self.readers.iter().any(|name| name == "all");
        let diff = DiffOptions {
            readers: if all { Vec::new() } else { self.readers },
            against: self.against,
            reach: if self.allow_private { Reach::Anywhere } else { Reach::Public },
        };
        let verbosity = Verbosity::from_flags(self.quiet, self.verbose);
        let output = DiffOutput { style: self.report, verbosity, max_unread: self.max_unread };
        (Options { folder, run, output: OutputArgs { verbosity, ..OutputArgs::default() } }, diff, output)
    }
}

pub(super) const EXAMPLES: &str = "\
Examples:
  feedmill diff                                      what would subscribers see if you published now?
  feedmill diff --as miniflux,newsboat               in these readers
  feedmill diff --against origin/main                compare with the feeds that are committed there
  feedmill diff --against https://example.org/feeds/ compare with the live feeds
  feedmill diff --max-unread 20 --report markdown    in CI: a comment, and exit 1 above 20

Exit codes: 0 done; 1 more entries than --max-unread turn unread; 2 usage or config;
3 disk or network failed, or what subscribers have cannot be read.";
