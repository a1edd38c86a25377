//! Arguments in two levels: as typed (`typed.rs`, clap) and as meant ([`Command`], [`Options`]), which is all that commands see.
//!
//! Refuses: flags that contradict each other, a `--now` that is not an RFC 3339 instant, `--jobs` out of 1 to 1024. All
//! other values of flags (URLs, folders) are checked together with the config, so that a fault has one wording.

mod adopt;
mod aids;
mod diff;
mod examples;
mod modes;
mod push;
mod reporting;
mod serve;
mod timing;
mod typed;

pub use aids::SchemaSubject;
pub use diff::{DiffOutput, DiffStyle};
pub use modes::{Log, OutputArgs, ReportStyle, TimingFormat, Verbosity};
pub use serve::ServeOptions;
pub use typed::table;

use super::progress;
use crate::app::{AdoptOptions, DiffOptions, FixMode, Project, PushOptions, RunOptions};
use crate::edge::EdgeError;
use crate::model::{is_absolute, without_secrets, without_secrets_in};
use crate::parse::Overrides;
use clap::Parser;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::path::PathBuf;

/// What the user asks for.
#[derive(Debug, Clone)]
pub enum Command {
    /// The command `feedmill build`.
    Build(Options),
    /// `feedmill check [PATH…]`; no path: everything.
    Check(Options, Vec<PathBuf>, FixMode),
    /// The command `feedmill list`.
    List(Options),
    /// `feedmill snippet [--tag TAG]`; no tag: the feed of all articles.
    Snippet(Options, Option<String>),
    /// The command `feedmill serve`.
    Serve(ServeOptions),
    /// `feedmill init [DIR] [--url URL]`.
    Init(PathBuf, Option<String>),
    /// `feedmill adopt SOURCE…`
    Adopt(FolderArgs, AdoptOptions, OutputArgs),
    /// The command `feedmill diff`.
    Diff(Options, DiffOptions, DiffOutput),
    /// The command `feedmill probe`.
    Probe(Options),
    /// The command `feedmill images`.
    Images(Options),
    /// `feedmill publish`; without push options no hub is pinged.
    Publish(Options, Option<PushOptions>),
    /// The command `feedmill push`.
    Push(FolderArgs, PushOptions, OutputArgs),
    /// `feedmill explain [CODE]`; no code: list them all.
    Explain(Option<String>),
    /// `feedmill schema [config|article]`.
    Schema(SchemaSubject),
    /// `feedmill completions SHELL`.
    Completions(clap_complete::Shell),
    /// `feedmill man [DIR]`; no folder: the page of feedmill itself.
    Man(Option<PathBuf>),
}

/// The project folder, and what flags set in the place of its config.
#[derive(Debug, Clone, Default)]
pub struct FolderArgs {
    /// `-C`: the project folder; all other folders are relative to it.
    pub dir: PathBuf,
    /// `--content`, `--out`, `--url`, `--hub`.
    pub overrides: Overrides,
    /// The flag `--endpoint`.
    pub endpoint: Option<String>,
}

impl FolderArgs {
    /// Opens the project; its runs show their progress as the output asks.
    pub fn open(&self, output: OutputArgs) -> Result<Project, EdgeError> {
        let project = Project::open(&self.dir)?.with_overrides(self.overrides.clone());
        Ok(project.with_endpoint(self.endpoint.clone()).with_progress(progress::listener(output)))
    }
}

/// What commands over the articles take.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the project lies.
    pub folder: FolderArgs,
    /// What the run does.
    pub run: RunOptions,
    /// How it is printed.
    pub output: OutputArgs,
}

/// Arguments that name no command: an error, or `--help` and `--version`, which are not errors.
#[derive(Debug)]
pub struct NoCommand {
    /// What clap has to say.
    pub error: clap::Error,
    /// The command that was typed, as far as one was.
    pub command: String,
    /// The report format that the user asked for.
    pub report: ReportStyle,
    /// What stderr is to hold.
    pub log: Log,
    /// URLs among the arguments that hold secrets, and how they are shown instead.
    pub secrets: Vec<(String, String)>,
}

impl NoCommand {
    /// What clap has to say, without colours. It repeats what was typed, but no secret of a URL.
    pub fn plain(&self) -> String {
        self.secrets.iter().fold(self.error.to_string(), |text, (url, display_path)| text.replace(url, display_path))
    }
}

/// What the arguments ask for.
#[derive(Debug)]
pub struct Asked {
    /// The command with its options.
    pub command: Command,
    /// The flag `--color`.
    pub color: clap::ColorChoice,
}

/// Reads the arguments, the program's own name first.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, Box<NoCommand>> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match typed::Typed::try_parse_from(&arguments) {
        Ok(typed) => Ok(Asked { color: typed.color, command: typed.meant() }),
        Err(error) => Err(Box::new(NoCommand {
            error: with_tip(error, &arguments),
            command: command_of(&arguments),
            report: style_of(&arguments),
            log: log_of(&arguments),
            secrets: arguments.iter().filter_map(|word| secret_of(&word.to_string_lossy())).collect(),
        })),
    }
}

/// A URL that stands alone as an argument or as the value of a flag, and the same without its secrets, if it has any.
fn secret_of(argument: &str) -> Option<(String, String)> {
    let value = argument.strip_prefix('-').and_then(|flag| flag.split_once('=')).map_or(argument, |(_, value)| value);
    let display_path = if is_absolute(value) { without_secrets(value) } else { without_secrets_in(value) };
    (display_path != value).then(|| (value.to_owned(), display_path.into_owned()))
}

/// `git` and `make` take `-C` before the command.
fn with_tip(mut error: clap::Error, arguments: &[OsString]) -> clap::Error {
    let first = arguments.get(1).and_then(|word| word.to_str()).unwrap_or_default();
    if error.kind() == ErrorKind::UnknownArgument && first.starts_with("-C") {
        let tip = StyledStr::from("put flags after the command: feedmill build -C DIR");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
}

/// The first word that is a command: good enough to name it in a report about arguments that cannot be read.
fn command_of(arguments: &[OsString]) -> String {
    let words = || arguments.iter().skip(1).filter_map(|a| a.to_str());
    words().find(|w| typed::NAMES.contains(w)).unwrap_or_default().to_owned()
}

fn style_of(arguments: &[OsString]) -> ReportStyle {
    if asks_for_json(arguments, "--report") { ReportStyle::Json } else { ReportStyle::Human }
}

fn log_of(arguments: &[OsString]) -> Log {
    if asks_for_json(arguments, "--log") { Log::Json } else { Log::Text }
}

fn asks_for_json(arguments: &[OsString], flag: &str) -> bool {
    let words: Vec<&str> = arguments.iter().map(|a| a.to_str().unwrap_or_default()).collect();
    words.contains(&format!("{flag}=json").as_str()) || words.windows(2).any(|pair| pair == [flag, "json"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Accept, Commit, ProbeScope, PruneImages};
    use crate::diagnostic::Mode;
    use crate::model::Admit;

    fn typed(line: &str) -> Result<Command, Box<NoCommand>> {
        read(line.split_whitespace().map(OsString::from)).map(|asked| asked.command)
    }

    fn options(line: &str) -> Options {
        match typed(line) {
            Ok(Command::Build(o) | Command::Check(o, ..) | Command::Probe(o) | Command::Images(o)) => o,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn silence_means_the_defaults() {
        let Options { folder, run, output } = options("feedmill build");
        assert_eq!(folder.dir, PathBuf::from("."));
        assert!(folder.overrides.url.is_none() && run.now.is_none() && run.mode.is_none() && run.jobs.is_none());
        assert_eq!((run.accept, run.commit), (Accept::NONE, Commit::Write));
        assert_eq!((run.drafts, run.future), (Admit::No, Admit::No));
        assert_eq!(output, OutputArgs::default());
        assert_eq!((run.probe, run.prune), (ProbeScope::Nothing, PruneImages::Nothing));
    }

    #[test]
    fn every_option_reaches_its_meaning() {
        let Options { folder, run, output } = options(
            "feedmill build -C site --content posts --out www --url https://e.org/ --now 2025-06-08T00:00:00+03:00 --lenient \
             --accept --dry-run --drafts --future --jobs 2 --report json --timings json -v",
        );
        assert_eq!(folder.dir, PathBuf::from("site"));
        assert_eq!(folder.overrides.content.as_deref(), Some("posts"));
        assert_eq!(folder.overrides.out.as_deref(), Some("www"));
        assert_eq!(folder.overrides.url.as_deref(), Some("https://e.org/"));
        assert_eq!(run.now.map(|n| n.rfc3339()).as_deref(), Some("2025-06-08T00:00:00+03:00"));
        assert_eq!((run.mode, run.accept, run.commit), (Some(Mode::Lenient), Accept::ALL, Commit::Dry));
        assert_eq!((run.drafts, run.future), (Admit::Yes, Admit::Yes));
        assert_eq!(run.jobs.map(std::num::NonZeroUsize::get), Some(2));
        assert_eq!((output.style, output.verbosity), (ReportStyle::Json, Verbosity::Verbose));
        assert_eq!(output.timings, Some(TimingFormat::Json));
        assert_eq!(options("feedmill check --timings text").output.timings, Some(TimingFormat::Text));
    }

    #[test]
    fn only_those_who_ask_for_the_network_get_it() {
        let probe = |line| (options(line).run.probe, options(line).run.prune);
        assert_eq!(probe("feedmill check"), (ProbeScope::Nothing, PruneImages::Nothing));
        assert_eq!(probe("feedmill build --probe"), (ProbeScope::Stale, PruneImages::Nothing));
        assert_eq!(probe("feedmill probe"), (ProbeScope::Stale, PruneImages::Nothing));
        assert_eq!(probe("feedmill images"), (ProbeScope::Nothing, PruneImages::Nothing));
        assert_eq!(probe("feedmill images --refresh --prune"), (ProbeScope::All, PruneImages::Unused));
        assert!(typed("feedmill check --probe").is_err());
    }

    #[test]
    fn paths_and_codes_are_carried() {
        assert!(matches!(typed("feedmill list"), Ok(Command::List(o)) if o.run.commit == Commit::Dry));
        assert!(matches!(typed("feedmill snippet"), Ok(Command::Snippet(o, None)) if o.run.commit == Commit::Dry));
        assert!(matches!(typed("feedmill snippet --tag L2"), Ok(Command::Snippet(_, Some(tag))) if tag == "L2"));
        assert!(
            matches!(typed("feedmill check a.md b.md"), Ok(Command::Check(_, paths, FixMode::Off)) if paths.len() == 2)
        );
        assert_eq!(options("feedmill check").run.commit, Commit::Never);
        let fix = |line| match typed(line) {
            Ok(Command::Check(options, _, fix)) => (fix, options.run.commit),
            other => panic!("{other:?}"),
        };
        assert_eq!(fix("feedmill check --dry-run"), (FixMode::Off, Commit::Never));
        assert_eq!(fix("feedmill check --fix a.md"), (FixMode::Write, Commit::Never));
        assert_eq!(fix("feedmill check --fix --dry-run"), (FixMode::Preview, Commit::Never));
        assert!(typed("feedmill build --fix").is_err());
        assert_eq!(options("feedmill build --report sarif").output.style, ReportStyle::Sarif);
        assert_eq!(options("feedmill check --report github").output.style, ReportStyle::Github);
        assert!(matches!(typed("feedmill explain"), Ok(Command::Explain(None))));
        assert!(matches!(typed("feedmill explain a010"), Ok(Command::Explain(Some(code))) if code == "a010"));
    }

    #[test]
    fn contradictions_and_nonsense_are_usage_errors() {
        for line in [
            "feedmill",
            "feedmill bulid",
            "feedmill build --strict --lenient",
            "feedmill build -q -v",
            "feedmill build --now yesterday",
            "feedmill build --now 2025-02-30T00:00:00Z",
            "feedmill build --jobs 0",
            "feedmill build --jobs 100000",
            "feedmill build --report xml",
            "feedmill build stray",
        ] {
            assert_eq!(typed(line).map(|_| ()).map_err(|e| e.error.exit_code()), Err(2), "{line}");
        }
        assert!(typed("feedmill bulid").is_err_and(|e| e.error.to_string().contains("'build'")));
        let before = typed("feedmill -C site build").map(|_| ()).unwrap_err();
        assert!(before.error.to_string().contains("after the command"), "{}", before.error);
    }

    #[test]
    fn help_and_version_are_no_faults() {
        for line in ["feedmill --help", "feedmill build --help", "feedmill --version"] {
            assert_eq!(typed(line).map(|_| ()).map_err(|e| e.error.exit_code()), Err(0), "{line}");
        }
        for line in ["feedmill build --help", "feedmill list --help", "feedmill probe --help", "feedmill --help"] {
            assert!(typed(line).is_err_and(|e| e.error.to_string().contains("Example")), "{line}");
        }
    }

    #[test]
    fn a_fault_still_knows_how_it_is_to_be_told() {
        let fault = typed("feedmill check --report json --now never").map(|_| ()).unwrap_err();
        assert_eq!((fault.command.as_str(), fault.report), ("check", ReportStyle::Json));
        let fault = typed("feedmill build --nwo --report=json").map(|_| ()).unwrap_err();
        assert_eq!((fault.command.as_str(), fault.report), ("build", ReportStyle::Json));
    }

    #[test]
    fn clap_finds_no_fault_in_the_table() {
        typed::check_table();
    }
}
