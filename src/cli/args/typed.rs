//! The command line as typed: what clap reads, with every help text. Only `meant` knows these types; commands never see them.

use super::adopt::{self, TypedAdopt};
use super::aids;
use super::diff::{self, TypedDiff};
use super::examples::{
    BUILD_EXAMPLES, CHECK_EXAMPLES, EXPLAIN_EXAMPLES, IMAGES_EXAMPLES, INIT_EXAMPLES, LIST_EXAMPLES, PROBE_EXAMPLES,
    SNIPPET_EXAMPLES, TOP_EXAMPLES,
};
use super::push::{self, TypedPush, TypedTelling};
use super::reporting::TypedReporting;
use super::serve::{self, ServeOptions};
use super::timing::{TypedBuildFlags, accepted, instant};
use super::{Command, FolderArgs, Options, SchemaSubject};
use crate::app::{Accept, CacheMode, Commit, FixMode, ProbeScope, PruneImages, PushOptions, RunOptions};
use crate::diagnostic::Mode;
use crate::model::{Admit, Timestamp};
use crate::parse::Overrides;
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The commands by name.
pub(super) const NAMES: [&str; 16] = [
    "init",
    "adopt",
    "build",
    "check",
    "serve",
    "diff",
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

/// Turns a folder of Markdown articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1, for everything and per tag.
#[derive(Debug, Parser)]
#[command(name = "feedmill", version, arg_required_else_help = true, after_help = TOP_EXAMPLES)]
pub(super) struct Typed {
    /// When to use colours; auto: on a terminal, unless NO_COLOR, CLICOLOR or CLICOLOR_FORCE says otherwise
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = clap::ColorChoice::Auto)]
    pub(super) color: clap::ColorChoice,
    #[command(subcommand)]
    command: TypedCommand,
}

#[derive(Debug, Subcommand)]
enum TypedCommand {
    /// Create feedmill.yaml for a folder of posts; never overwrites an existing one
    #[command(after_help = INIT_EXAMPLES)]
    Init {
        /// The project folder
        #[arg(value_name = "DIR", default_value = ".")]
        dir: PathBuf,
        /// URL of the site [default: from the config of the site generator]
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
    /// Keep the ids, dates and addresses that subscribers of a live feed have; write feedmill.ids
    #[command(after_help = adopt::EXAMPLES)]
    Adopt(TypedAdopt),
    /// Write the feed of all articles and the other feeds of the config
    #[command(after_help = BUILD_EXAMPLES)]
    Build {
        /// First fetch the size and type of unknown or outdated images, as `probe` does
        #[arg(long)]
        probe: bool,
        #[command(flatten)]
        flags: TypedBuildFlags,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Report problems in the articles and the feeds; write nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// Check only these articles or folders [default: all content]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Fix problems in the articles that have a safe fix; with --dry-run, print the fixes as a diff
        #[arg(long)]
        fix: bool,
        #[command(flatten)]
        flags: TypedBuildFlags,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Preview the feeds in the browser and reload on every edit; write nothing
    #[command(after_help = serve::EXAMPLES)]
    Serve(ServeOptions),
    /// Predict what subscribers would see: what turns unread, appears twice or is lost; write nothing
    #[command(after_help = diff::EXAMPLES)]
    Diff(TypedDiff),
    /// List every feed with its entries, size and URL; write nothing
    #[command(after_help = LIST_EXAMPLES)]
    List(TypedOptions),
    /// Print the <link> lines for your own pages that let feed readers find the feeds
    #[command(after_help = SNIPPET_EXAMPLES)]
    Snippet {
        /// Feed of this tag, in any spelling [default: the feed of all articles]
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Fetch the size, type and dimensions of unknown or outdated images; write images.lock
    #[command(after_help = PROBE_EXAMPLES)]
    Probe(TypedOptions),
    /// Say what is known of every image, which articles use it, and what is wrong with it
    #[command(after_help = IMAGES_EXAMPLES)]
    Images {
        /// Fetch all images, including those that are known
        #[arg(long)]
        refresh: bool,
        /// Remove images that no article uses from images.lock
        #[arg(long)]
        prune: bool,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Probe new images, build into the target, and ping WebSub hubs for changed feeds
    #[command(after_help = push::PUBLISH_EXAMPLES)]
    Publish {
        /// Do not ping hubs; `feedmill push` can do so later
        #[arg(long)]
        no_push: bool,
        #[command(flatten)]
        telling: TypedTelling,
        #[command(flatten)]
        flags: TypedBuildFlags,
        #[command(flatten)]
        options: TypedOptions,
    },
    /// Ping WebSub hubs for changed feeds
    #[command(after_help = push::EXAMPLES)]
    Push(TypedPush),
    /// Explain a code such as A010, or list all codes
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain {
        /// The id or name of a code, in any case [default: list them all]
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Print the JSON Schema of feedmill.yaml or of front matter, for completion and checks in editors
    #[command(after_help = aids::SCHEMA_EXAMPLES)]
    Schema {
        /// Which schema to print
        #[arg(value_name = "OF", value_enum, default_value_t = SchemaSubject::Config)]
        of: SchemaSubject,
    },
    /// Print a shell completion script
    #[command(after_help = aids::COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell that runs the script
        #[arg(value_name = "SHELL", value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write a page for every command into a folder
    #[command(after_help = aids::MAN_EXAMPLES)]
    Man {
        /// Write feedmill.1 and a page for each command to this folder
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct TypedOptions {
    /// Project folder, which contains feedmill.yaml
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Read articles from this folder [default: content.dir of the config, else content]
    #[arg(long, value_name = "DIR")]
    content: Option<String>,
    /// Write feeds to this folder; `publish`: to this folder or s3://bucket/prefix [default: output.dir of the config, else feeds]
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
    /// URL of the site [default: site.url of the config]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Use this as the current time, e.g. 2025-06-08T12:00:00+03:00 [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    now: Option<Timestamp>,
    /// Refuse on any warning (the default of check)
    #[arg(long, conflicts_with = "lenient")]
    strict: bool,
    /// Leave out articles with errors and continue (the default of build)
    #[arg(long)]
    lenient: bool,
    /// Agree to what a run would change for subscribers: ids, dates, limit, addresses, feeds, entries, host, foreign; alone: all
    #[arg(long, value_name = "KIND,…", num_args = 0..=1, require_equals = true, default_missing_value = "", value_parser = accepted)]
    accept: Option<Accept>,
    /// Refuse a run that would change an id, a date or an address of feedmill.ids, and never write that file
    #[arg(long)]
    locked: bool,
    /// Write nothing; print what would be written
    #[arg(long)]
    dry_run: bool,
    /// Include drafts too
    #[arg(long)]
    drafts: bool,
    /// Include articles with a date in the future
    #[arg(long)]
    future: bool,
    /// Read every article and make every document anew; neither use nor write .feedmill-cache
    #[arg(long)]
    no_cache: bool,
    /// Use N threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    reporting: TypedReporting,
}

impl Typed {
    /// What was meant.
    pub(super) fn meant(self) -> Command {
        match self.command {
            TypedCommand::Init { dir, url } => Command::Init(dir, url),
            TypedCommand::Adopt(options) => {
                let (folder, adopt, output) = options.meant();
                Command::Adopt(folder, adopt, output)
            }
            TypedCommand::Diff(options) => {
                let (options, diff, output) = options.meant();
                Command::Diff(options, diff, output)
            }
            TypedCommand::Build { probe, flags, options } => {
                let scope = if probe { ProbeScope::Stale } else { ProbeScope::Nothing };
                Command::Build(options.flagged(flags).probing(scope))
            }
            TypedCommand::Probe(options) => Command::Probe(options.meant().probing(ProbeScope::Stale)),
            TypedCommand::Images { refresh, prune, options } => {
                let scope = if refresh { ProbeScope::All } else { ProbeScope::Nothing };
                let mut options = options.meant().probing(scope);
                options.run.prune = if prune { PruneImages::Unused } else { PruneImages::Nothing };
                Command::Images(options)
            }
            TypedCommand::Check { paths, fix, flags, options } => {
                let options = options.flagged(flags);
                let fix = match (fix, options.run.commit) {
                    (false, _) => FixMode::Off,
                    (true, Commit::Write) => FixMode::Write,
                    (true, _) => FixMode::Preview,
                };
                Command::Check(options.committing(Commit::Never), paths, fix)
            }
            TypedCommand::Publish { no_push, telling, flags, options } => {
                let mut options = options.flagged(flags).probing(ProbeScope::Unknown);
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
    fn flagged(self, mut flags: TypedBuildFlags) -> Options {
        let mut options = self.meant();
        options.output.timings = flags.timings;
        options.run.against = flags.live();
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
            accept: self.accept.unwrap_or(Accept::NONE),
            locked: self.locked,
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

#[cfg(test)]
pub(super) fn check_table() {
    Typed::command().debug_assert();
    let named: Vec<_> = Typed::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
    assert_eq!(named, NAMES);
}

/// Every command with its flags and helps.
pub fn table() -> clap::Command {
    Typed::command()
}
