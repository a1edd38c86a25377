//! Arguments in two levels: as typed (`typed.rs`, clap) and as meant ([`Command`], [`Options`]), which is all that commands see.
//!
//! Refuses: flags that contradict each other, a `--now` that is no RFC 3339 instant, `--jobs` out of 1 to 1024. Everything else
//! that a flag may hold (URLs, folders) is judged where the config is judged, so that a fault has one wording.

mod aids;
mod examples;
mod modes;
mod push;
mod serve;
mod timing;
mod typed;

pub use aids::{Subject, table};
pub use modes::{Brake, Caching, Clocked, Commit, Learn, Log, Mend, Prune, ReportStyle, Tell, Verbosity};
pub use push::{PushOptions, Telling};
pub use serve::ServeOptions;

use crate::diagnostic::Mode;
use crate::model::{Admit, Timestamp};
use crate::parse::Overrides;
use clap::Parser;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What the user asks for.
#[derive(Debug, Clone)]
pub enum Command {
    /// `feedmill build`.
    Build(Options),
    /// `feedmill check [PATH…]`; no path: everything.
    Check(Options, Vec<PathBuf>),
    /// `feedmill list`.
    List(Options),
    /// `feedmill snippet [--tag TAG]`; no tag: the feed of everything.
    Snippet(Options, Option<String>),
    /// `feedmill serve`.
    Serve(ServeOptions),
    /// `feedmill init [DIR] [--url URL]`.
    Init(PathBuf, Option<String>),
    /// `feedmill probe`.
    Probe(Options),
    /// `feedmill images`.
    Images(Options),
    /// `feedmill publish`.
    Publish(Options, Tell, Telling),
    /// `feedmill push`.
    Push(PushOptions),
    /// `feedmill explain [CODE]`; no code: list them all.
    Explain(Option<String>),
    /// `feedmill schema [config|article]`.
    Schema(Subject),
    /// `feedmill completions SHELL`.
    Completions(clap_complete::Shell),
    /// `feedmill man [DIR]`; no folder: the page of feedmill itself.
    Man(Option<PathBuf>),
}

/// What every run over the content may be told.
#[derive(Debug, Clone)]
pub struct Options {
    /// `-C`: the project folder; all other folders are relative to it.
    pub dir: PathBuf,
    /// `--content`, `--out`, `--url`: they stand above the config.
    pub overrides: Overrides,
    /// `--now`; unset: `SOURCE_DATE_EPOCH`, else the clock, which only the edge reads.
    pub now: Option<Timestamp>,
    /// `--strict`, `--lenient`; unset: the config, else the command's default.
    pub mode: Option<Mode>,
    /// `--accept`.
    pub brake: Brake,
    /// `--dry-run`.
    pub commit: Commit,
    /// `--fix`.
    pub mend: Mend,
    /// `--endpoint` of a command that publishes.
    pub endpoint: Option<String>,
    /// `--drafts`.
    pub drafts: Admit,
    /// `--future`.
    pub future: Admit,
    /// `--probe`, `--refresh`: what is asked of the network.
    pub learn: Learn,
    /// `--prune`.
    pub prune: Prune,
    /// `--no-cache`.
    pub cache: Caching,
    /// `--jobs`; unset: one for each core.
    pub jobs: Option<NonZeroUsize>,
    /// `--report`.
    pub report: ReportStyle,
    /// `-q`, `-v`.
    pub verbosity: Verbosity,
    /// `--log`.
    pub log: Log,
    /// `--timings`.
    pub clocked: Clocked,
}

impl Options {
    /// A dry run in a folder, everything else by its config.
    pub fn dry(dir: &std::path::Path) -> Self {
        Self {
            dir: dir.to_owned(),
            overrides: Overrides::default(),
            now: None,
            mode: None,
            brake: Brake::Released,
            commit: Commit::Dry,
            mend: Mend::No,
            endpoint: None,
            drafts: Admit::No,
            future: Admit::No,
            cache: Caching::default(),
            jobs: None,
            learn: Learn::Nothing,
            prune: Prune::Nothing,
            report: ReportStyle::Human,
            verbosity: Verbosity::Normal,
            log: Log::Text,
            clocked: Clocked::default(),
        }
    }
}

/// Arguments that name no command: a fault to tell, or `--help` and `--version`, which are no fault.
#[derive(Debug)]
pub struct NoCommand {
    /// What clap has to say.
    pub told: clap::Error,
    /// The command that was typed, as far as one was.
    pub command: String,
    /// How the user wants to be told.
    pub report: ReportStyle,
    /// What stderr is to hold.
    pub log: Log,
}

/// What the arguments ask for.
#[derive(Debug)]
pub struct Asked {
    /// The command.
    pub command: Command,
    /// `--color`.
    pub color: clap::ColorChoice,
}

/// Reads the arguments, the program's own name first.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, Box<NoCommand>> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match typed::Typed::try_parse_from(&arguments) {
        Ok(typed) => Ok(Asked { color: typed.color, command: typed.meant() }),
        Err(told) => Err(Box::new(NoCommand {
            told: with_tip(told, &arguments),
            command: command_of(&arguments),
            report: style_of(&arguments),
            log: log_of(&arguments),
        })),
    }
}

/// `git` and `make` take `-C` before the command.
fn with_tip(mut told: clap::Error, arguments: &[OsString]) -> clap::Error {
    let first = arguments.get(1).and_then(|word| word.to_str()).unwrap_or_default();
    if told.kind() == ErrorKind::UnknownArgument && first.starts_with("-C") {
        let tip = StyledStr::from("flags stand behind the command: feedmill build -C DIR");
        told.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    told
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

    fn typed(line: &str) -> Result<Command, Box<NoCommand>> {
        read(line.split_whitespace().map(OsString::from)).map(|asked| asked.command)
    }

    fn options(line: &str) -> Options {
        match typed(line) {
            Ok(Command::Build(o) | Command::Check(o, _) | Command::Probe(o) | Command::Images(o)) => o,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn silence_means_the_defaults() {
        let o = options("feedmill build");
        assert_eq!(o.dir, PathBuf::from("."));
        assert!(o.overrides.url.is_none() && o.now.is_none() && o.mode.is_none() && o.jobs.is_none());
        assert_eq!((o.brake, o.commit), (Brake::On, Commit::Write));
        assert_eq!((o.drafts, o.future), (Admit::No, Admit::No));
        assert_eq!((o.report, o.verbosity, o.clocked), (ReportStyle::Human, Verbosity::Normal, Clocked::Verbose));
        assert_eq!((o.learn, o.prune), (Learn::Nothing, Prune::Nothing));
    }

    #[test]
    fn every_option_reaches_its_meaning() {
        let o = options(
            "feedmill build -C site --content posts --out www --url https://e.org/ --now 2025-06-08T00:00:00+03:00 --lenient \
             --accept --dry-run --drafts --future --jobs 2 --report json --timings json -v",
        );
        assert_eq!(o.dir, PathBuf::from("site"));
        assert_eq!(o.overrides.content.as_deref(), Some("posts"));
        assert_eq!(o.overrides.out.as_deref(), Some("www"));
        assert_eq!(o.overrides.url.as_deref(), Some("https://e.org/"));
        assert_eq!(o.now.map(|n| n.rfc3339()).as_deref(), Some("2025-06-08T00:00:00+03:00"));
        assert_eq!((o.mode, o.brake, o.commit), (Some(Mode::Lenient), Brake::Released, Commit::Dry));
        assert_eq!((o.drafts, o.future), (Admit::Yes, Admit::Yes));
        assert_eq!(o.jobs.map(NonZeroUsize::get), Some(2));
        assert_eq!((o.report, o.verbosity), (ReportStyle::Json, Verbosity::Verbose));
        assert_eq!(o.clocked, Clocked::Json);
        assert_eq!(options("feedmill check --timings text").clocked, Clocked::Text);
    }

    #[test]
    fn only_those_who_ask_for_the_network_get_it() {
        let learn = |line| (options(line).learn, options(line).prune);
        assert_eq!(learn("feedmill check"), (Learn::Nothing, Prune::Nothing));
        assert_eq!(learn("feedmill build --probe"), (Learn::Stale, Prune::Nothing));
        assert_eq!(learn("feedmill probe"), (Learn::Stale, Prune::Nothing));
        assert_eq!(learn("feedmill images"), (Learn::Nothing, Prune::Nothing));
        assert_eq!(learn("feedmill images --refresh --prune"), (Learn::All, Prune::Unused));
        assert!(typed("feedmill check --probe").is_err());
    }

    #[test]
    fn paths_and_codes_are_carried() {
        assert!(matches!(typed("feedmill list"), Ok(Command::List(o)) if o.commit == Commit::Dry));
        assert!(matches!(typed("feedmill snippet"), Ok(Command::Snippet(o, None)) if o.commit == Commit::Dry));
        assert!(matches!(typed("feedmill snippet --tag L2"), Ok(Command::Snippet(_, Some(tag))) if tag == "L2"));
        assert!(matches!(typed("feedmill check a.md b.md"), Ok(Command::Check(_, paths)) if paths.len() == 2));
        assert_eq!(options("feedmill check").commit, Commit::Never);
        let mend = |line| (options(line).mend, options(line).commit);
        assert_eq!(mend("feedmill check --dry-run"), (Mend::No, Commit::Never));
        assert_eq!(mend("feedmill check --fix a.md"), (Mend::Write, Commit::Never));
        assert_eq!(mend("feedmill check --fix --dry-run"), (Mend::Show, Commit::Never));
        assert!(typed("feedmill build --fix").is_err());
        assert_eq!(options("feedmill build --report sarif").report, ReportStyle::Sarif);
        assert_eq!(options("feedmill check --report github").report, ReportStyle::Github);
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
            assert_eq!(typed(line).map(|_| ()).map_err(|e| e.told.exit_code()), Err(2), "{line}");
        }
        assert!(typed("feedmill bulid").is_err_and(|e| e.told.to_string().contains("'build'")));
        let before = typed("feedmill -C site build").map(|_| ()).unwrap_err();
        assert!(before.told.to_string().contains("behind the command"), "{}", before.told);
    }

    #[test]
    fn help_and_version_are_no_faults() {
        for line in ["feedmill --help", "feedmill build --help", "feedmill --version"] {
            assert_eq!(typed(line).map(|_| ()).map_err(|e| e.told.exit_code()), Err(0), "{line}");
        }
        for line in ["feedmill build --help", "feedmill list --help", "feedmill probe --help", "feedmill --help"] {
            assert!(typed(line).is_err_and(|e| e.told.to_string().contains("Example")), "{line}");
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
