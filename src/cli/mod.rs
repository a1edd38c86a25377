//! The command line: arguments as meant, the line they ask for, and how its end is told. One file per part.

pub mod aids;
pub mod args;
pub mod explain;
pub mod fix;
pub mod images;
pub mod init;
pub mod line;
pub mod list;
pub mod outlook;
pub mod print;
pub mod progress;
pub mod publish;
pub mod push;
pub mod serve;
pub mod snippet;
pub mod stopwatch;
pub mod target;

use anstream::ColorChoice;
use args::{Clocked, Command, Commit, Log, Mend, Options, PushOptions, ReportStyle, Tell, Telling, Verbosity};
use line::{Ended, Stop};
use std::ffi::OsString;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Runs the command that the arguments ask for.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match args::read(arguments) {
        Ok(asked) => {
            match asked.color {
                clap::ColorChoice::Always => ColorChoice::Always.write_global(),
                clap::ColorChoice::Never => ColorChoice::Never.write_global(),
                // By NO_COLOR, CLICOLOR, CLICOLOR_FORCE and the terminal.
                clap::ColorChoice::Auto => {}
            }
            run(asked.command)
        }
        Err(fault) => print::no_command(&fault),
    };
    // Output that cannot be written (a full disk behind a redirection) is a fault of the world.
    ExitCode::from(exit.unwrap_or(3))
}

/// Where a site lives that does not say so yet: what a build would do is the same anywhere.
const SOMEWHERE: &str = "https://example.org/";

fn run(command: Command) -> std::io::Result<u8> {
    match command {
        Command::Build(options) => articles("build", &options, &[], Stop::Commit),
        Command::Check(options, paths) => articles("check", &options, &paths, Stop::Judge),
        Command::List(options) => list::run(&options),
        Command::Snippet(options, tag) => snippet::run(&options, tag.as_deref()),
        Command::Publish(options, tell, telling) => published(&options, tell, &telling),
        Command::Push(options) => pushed(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Init(dir, url) => {
            let preview = |written: &init::Written| {
                outlook::of(&written.dir, url.as_deref().or((!written.has_url()).then_some(SOMEWHERE)))
            };
            init::run(&dir, url.as_deref(), &preview).map(|outcome| outcome.exit())
        }
        Command::Probe(options) => articles("probe", &options, &[], Stop::Images),
        Command::Images(options) => articles("images", &options, &[], Stop::Images),
        Command::Explain(code) => explain::run(code.as_deref()),
        Command::Schema(of) => aids::schema(of),
        Command::Completions(shell) => aids::completions(shell),
        Command::Man(dir) => aids::man(dir.as_deref()),
    }
}

fn articles(command: &str, options: &Options, named: &[PathBuf], stop: Stop) -> std::io::Result<u8> {
    let began = Instant::now();
    // The process is about to end, and all it holds with it: to give back a large site's report piece by piece is work for nobody.
    let ended = std::mem::ManuallyDrop::new(line::run(options, named, stop));
    told(command, options, &ended, began)
}

/// Tells how a run ended; returns its exit code.
fn told(command: &str, options: &Options, ended: &Ended, began: Instant) -> std::io::Result<u8> {
    let told = Told {
        command,
        began,
        dir: &options.dir,
        commit: options.commit,
        mend: options.mend,
        clocked: options.clocked,
    };
    told.print(ended, options.report, options.verbosity, options.log)
}

fn published(options: &Options, tell: Tell, telling: &Telling) -> std::io::Result<u8> {
    let began = Instant::now();
    let ended = publish::run(options, tell, telling);
    let told = Told {
        command: "publish",
        began,
        dir: &options.dir,
        commit: options.commit,
        mend: Mend::No,
        clocked: options.clocked,
    };
    told.print(&ended, options.report, options.verbosity, options.log)
}

fn pushed(options: &PushOptions) -> std::io::Result<u8> {
    let began = Instant::now();
    let ended = push::run(options);
    let told = Told {
        command: "push",
        began,
        dir: &options.dir,
        commit: options.commit,
        mend: Mend::No,
        clocked: Clocked::default(),
    };
    told.print(&ended, options.report, options.verbosity, options.log)
}

/// What a printer needs to know besides the end of a run.
struct Told<'a> {
    command: &'a str,
    began: Instant,
    dir: &'a Path,
    commit: Commit,
    mend: Mend,
    clocked: Clocked,
}

impl Told<'_> {
    fn print(&self, ended: &Ended, style: ReportStyle, verbosity: Verbosity, log: Log) -> std::io::Result<u8> {
        let run = print::Run {
            command: self.command,
            report: &ended.report,
            site: ended.site.as_ref(),
            policy: &ended.policy,
            verdict: ended.verdict,
            commit: self.commit,
            elapsed: self.began.elapsed(),
            timings: &ended.timings,
            clocked: self.clocked,
            source: &|path, line| match ended.shown.texts.get(path) {
                Some(text) => line_of(text.as_slice(), line),
                None => source_line(self.dir, path, line),
            },
            mend: self.mend,
            diff: &ended.shown.diff,
            dir: self.dir,
        };
        print::run(&run, style, verbosity, log)?;
        Ok(ended.exit)
    }
}

/// One line of a file that a finding names; read again, because few findings are printed and texts are not kept.
fn source_line(dir: &Path, path: &str, line: u32) -> Option<String> {
    // What a state file holds is not shown.
    if path == crate::edge::images::lock::NAME {
        return None;
    }
    line_of(&*crate::edge::disk::whole(&dir.join(path)).ok()?, line)
}

fn line_of(text: impl BufRead, line: u32) -> Option<String> {
    let before = usize::try_from(line.checked_sub(1)?).ok()?;
    let bytes = text.split(b'\n').nth(before)?.ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
