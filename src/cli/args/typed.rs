//! The command line as typed: what clap reads, with every help text. Only `meant` knows these types; commands never see them.

use super::aids;
use super::examples::{
    BUILD_EXAMPLES, CHECK_EXAMPLES, EXPLAIN_EXAMPLES, IMAGES_EXAMPLES, INIT_EXAMPLES, LIST_EXAMPLES, PROBE_EXAMPLES,
    SNIPPET_EXAMPLES, TOP_EXAMPLES,
};
use super::push::{self, TypedPush, TypedTelling};
use super::serve::{self, ServeOptions};
use super::{Command, FolderArgs, Log, Options, OutputArgs, ReportStyle, SchemaSubject, TimingFormat, Verbosity};
use crate::app::{CacheMode, Commit, Consent, FixMode, ProbeScope, PruneImages, PushOptions, RunOptions};
use crate::diagnostic::Mode;
use crate::model::{Admit, Timestamp};
use crate::parse::Overrides;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The commands by name.
pub(super) const NAMES: [&str; 14] = [
    "init",
    "build",
    "check",
    "serve",
    "list",
    "snippet",
    "probe",
    "images",
    "publish",
    "push",
    "explain",
    "schema",
    "completions",
    "man",
];

/// Grinds a folder of Markdown articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1, for everything and per tag.
#[derive(Debug, Parser)]
#[command(name = "feedmill", version, arg_required_else_help = true, after_help = TOP_EXAMPLES)]
pub(super) struct Typed {
    /// Whether texts for people have colours; auto: on a terminal, by NO_COLOR, CLICOLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = clap::ColorChoice::Auto)]
    pub(super) color: clap::ColorChoice,
    #[command(subcommand)]
    command: TypedCommand,
}

#[derive(Debug, Subcommand)]
enum TypedCommand {
    /// Write feedmill.yaml from what a folder of posts says of itself; never over one that is there
    #[command(after_help = INIT_EXAMPLES)]
    Init {
        /// The project folder
        #[arg(value_name = "DIR", default_value = ".")]
        dir: PathBuf,
        /// Where the site lives [default: as the engine's config says]
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
    /// Write the feeds of everything and of every tag
    #[command(after_help = BUILD_EXAMPLES)]
    Build {
        /// Ask first for the images that are unknown or old, as `probe` does
        #[arg(long)]
        probe: bool,
        #[command(flatten)]
        timing: TypedTiming,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Say what is wrong with the articles and the feeds; write nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// Only these articles or folders [default: all content]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Mend in the articles what a machine may; with --dry-run, print it as a diff
        #[arg(long)]
        fix: bool,
        #[command(flatten)]
        timing: TypedTiming,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Serve the feeds while you write: every edit shows at once, with what is wrong; write nothing
    #[command(after_help = serve::EXAMPLES)]
    Serve(ServeOptions),
    /// List every feed with its entries, size and address; write nothing
    #[command(after_help = LIST_EXAMPLES)]
    List(TypedOptions),
    /// Print the lines for the head of your own pages by which readers find the feeds
    #[command(after_help = SNIPPET_EXAMPLES)]
    Snippet {
        /// The feed of this tag, in any spelling [default: the feed of everything]
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Ask for the size, type and dimensions of images that are unknown or old; write images.lock
    #[command(after_help = PROBE_EXAMPLES)]
    Probe(TypedOptions),
    /// Say what is known of every image, which articles use it, and what is wrong with it
    #[command(after_help = IMAGES_EXAMPLES)]
    Images {
        /// Ask for all of them, also for those that are known
        #[arg(long)]
        refresh: bool,
        /// Forget those that no article uses
        #[arg(long)]
        prune: bool,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Learn of new images, build into the target, and tell WebSub hubs what changed
    #[command(after_help = push::PUBLISH_EXAMPLES)]
    Publish {
        /// Tell no hub; `feedmill push` does so later
        #[arg(long)]
        no_push: bool,
        #[command(flatten)]
        telling: TypedTelling,
        #[command(flatten)]
        timing: TypedTiming,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Tell WebSub hubs what changed
    #[command(after_help = push::EXAMPLES)]
    Push(TypedPush),
    /// Explain a code such as A010, or list all codes
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain {
        /// The id or name of a code, in any case [default: list them all]
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Print the JSON Schema of feedmill.yaml or of front matter, by which editors complete and check them
    #[command(after_help = aids::SCHEMA_EXAMPLES)]
    Schema {
        /// Of what
        #[arg(value_name = "OF", value_enum, default_value_t = SchemaSubject::Config)]
        of: SchemaSubject,
    },
    /// Print a script by which a shell completes commands and flags
    #[command(after_help = aids::COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL", value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write a page for every command into a folder
    #[command(after_help = aids::MAN_EXAMPLES)]
    Man {
        /// Write feedmill.1 and its like here
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct TypedOptions {
    /// Work in this folder: where feedmill.yaml lies
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Read articles from this folder [default: content.dir of the config, else content]
    #[arg(long, value_name = "DIR")]
    content: Option<String>,
    /// Write feeds to this folder; `publish`: to this folder or s3://bucket/prefix [default: output.dir of the config, else feeds]
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
    /// Where the site lives [default: site.url of the config]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Take this as the present instant, e.g. 2025-06-08T12:00:00+03:00 [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    now: Option<Timestamp>,
    /// Refuse on any warning (the default of check)
    #[arg(long, conflicts_with = "lenient")]
    strict: bool,
    /// Leave out what has an error and go on (the default of build)
    #[arg(long)]
    lenient: bool,
    /// Go on where the brake would stop a run that changes many ids or drops many feeds or entries
    #[arg(long)]
    accept: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Let drafts in
    #[arg(long)]
    drafts: bool,
    /// Let articles in whose date has not come
    #[arg(long)]
    future: bool,
    /// Read every article and make every document anew; neither use nor write .feedmill-cache
    #[arg(long)]
    no_cache: bool,
    /// Work with N threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    reporting: TypedReporting,
}

/// `--timings` of the commands that go through every step.
#[derive(Debug, Args)]
struct TypedTiming {
    /// Tell the time and counts of each stage: in the summary, as -v does, or as one JSON object on stderr
    #[arg(long, value_name = "FORMAT", value_enum)]
    timings: Option<TimingFormat>,
}

/// How a run is told.
#[derive(Debug, Args)]
pub(super) struct TypedReporting {
    /// How to report
    #[arg(long, value_name = "STYLE", value_enum, default_value_t = ReportStyle::Human)]
    report: ReportStyle,
    /// Print errors and the reasons of a refusal only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Print also every feed file, every article left out and every topic; in JSON, what became of every article
    #[arg(short, long)]
    verbose: bool,
    /// What stderr holds: text for people, or one JSON object a line for machines
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Log::Text)]
    log: Log,
}

impl Typed {
    /// What was meant.
    pub(super) fn meant(self) -> Command {
        match self.command {
            TypedCommand::Init { dir, url } => Command::Init(dir, url),
            TypedCommand::Build { probe, timing, options } => {
                let scope = if probe { ProbeScope::Stale } else { ProbeScope::Nothing };
                Command::Build(options.timed(timing).probing(scope))
            }
            TypedCommand::Probe(options) => Command::Probe(options.meant().probing(ProbeScope::Stale)),
            TypedCommand::Images { refresh, prune, options } => {
                let scope = if refresh { ProbeScope::All } else { ProbeScope::Nothing };
                let mut options = options.meant().probing(scope);
                options.run.prune = if prune { PruneImages::Unused } else { PruneImages::Nothing };
                Command::Images(options)
            }
            TypedCommand::Check { paths, fix, timing, options } => {
                let options = options.timed(timing);
                let fix = match (fix, options.run.commit) {
                    (false, _) => FixMode::Off,
                    (true, Commit::Write) => FixMode::Write,
                    (true, _) => FixMode::Preview,
                };
                Command::Check(options.committing(Commit::Never), paths, fix)
            }
            TypedCommand::Publish { no_push, telling, timing, options } => {
                let mut options = options.timed(timing).probing(ProbeScope::Unknown);
                let overrides = &mut options.folder.overrides;
                overrides.target = overrides.out.take();
                options.folder.endpoint.clone_from(&telling.endpoint);
                let push = PushOptions { commit: options.run.commit, ..telling.meant() };
                Command::Publish(options, (!no_push).then_some(push))
            }
            TypedCommand::List(options) => Command::List(options.meant().committing(Commit::Dry)),
            TypedCommand::Snippet { tag, options } => Command::Snippet(options.meant().committing(Commit::Dry), tag),
            TypedCommand::Serve(options) => Command::Serve(options),
            TypedCommand::Push(options) => {
                let (folder, push, output) = options.meant();
                Command::Push(folder, push, output)
            }
            TypedCommand::Explain { code } => Command::Explain(code),
            TypedCommand::Schema { of } => Command::Schema(of),
            TypedCommand::Completions { shell } => Command::Completions(shell),
            TypedCommand::Man { dir } => Command::Man(dir),
        }
    }
}

impl Options {
    fn probing(mut self, scope: ProbeScope) -> Self {
        self.run.probe = scope;
        self
    }

    fn committing(mut self, commit: Commit) -> Self {
        self.run.commit = commit;
        self
    }
}

impl TypedOptions {
    fn timed(self, timing: TypedTiming) -> Options {
        let mut options = self.meant();
        options.output.timings = timing.timings;
        options
    }

    fn meant(self) -> Options {
        let admit = |flag| if flag { Admit::Yes } else { Admit::No };
        let mode = match (self.strict, self.lenient) {
            (true, _) => Some(Mode::Strict),
            (_, true) => Some(Mode::Lenient),
            _ => None,
        };
        let overrides = Overrides { url: self.url, content: self.content, out: self.out, ..Overrides::default() };
        let run = RunOptions {
            now: self.now,
            mode,
            consent: if self.accept { Consent::Accepted } else { Consent::Ask },
            commit: if self.dry_run { Commit::Dry } else { Commit::Write },
            drafts: admit(self.drafts),
            future: admit(self.future),
            cache: if self.no_cache { CacheMode::Off } else { CacheMode::Use },
            jobs: self.jobs.and_then(|n| NonZeroUsize::new(n.into())),
            ..RunOptions::default()
        };
        let folder = FolderArgs { dir: self.dir, overrides, endpoint: None };
        Options { folder, run, output: self.reporting.meant() }
    }
}

impl TypedReporting {
    pub(super) fn meant(self) -> OutputArgs {
        let verbosity = Verbosity::from_flags(self.quiet, self.verbose);
        OutputArgs { style: self.report, verbosity, log: self.log, timings: None }
    }
}

/// RFC 3339, section 5.6.
pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(at) => Ok(Timestamp::new(at)),
        Err(_) => Err("write a date, a time and an offset, such as 2025-06-08T12:00:00+03:00".into()),
    }
}

#[cfg(test)]
pub(super) fn check_table() {
    use clap::CommandFactory;
    Typed::command().debug_assert();
    let named: Vec<_> = Typed::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
    assert_eq!(named, NAMES);
}
