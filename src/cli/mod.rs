//! The command line: arguments as meant, the line they ask for, and how its end is told. One file per part.

pub mod args;
pub mod explain;
pub mod fix;
pub mod images;
pub mod init;
pub mod line;
pub mod list;
pub mod outlook;
pub mod print;
pub mod publish;
pub mod push;
pub mod serve;
pub mod snippet;
pub mod target;

use args::{Command, Commit, Mend, Options, PushOptions, ReportStyle, Tell, Telling, Verbosity};
use line::{Ended, Stop};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Runs the command that the arguments ask for.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match args::read(arguments) {
        Ok(Command::Build(options)) => articles("build", &options, &[], Stop::Commit),
        Ok(Command::Check(options, paths)) => articles("check", &options, &paths, Stop::Judge),
        Ok(Command::List(options)) => list::run(&options),
        Ok(Command::Snippet(options, tag)) => snippet::run(&options, tag.as_deref()),
        Ok(Command::Publish(options, tell, telling)) => published(&options, tell, &telling),
        Ok(Command::Push(options)) => pushed(&options),
        Ok(Command::Serve(options)) => serve::run(&options),
        Ok(Command::Init(dir, url)) => {
            let preview = |written: &init::Written| outlook::of(&written.dir, url.as_deref());
            init::run(&dir, url.as_deref(), &preview).map(|outcome| outcome.exit())
        }
        Ok(Command::Probe(options)) => articles("probe", &options, &[], Stop::Images),
        Ok(Command::Images(options)) => articles("images", &options, &[], Stop::Images),
        Ok(Command::Explain(code)) => explain::run(code.as_deref()),
        Err(fault) => print::no_command(&fault),
    };
    // Output that cannot be written (a full disk behind a redirection) is a fault of the world.
    ExitCode::from(exit.unwrap_or(3))
}

fn articles(command: &str, options: &Options, named: &[PathBuf], stop: Stop) -> std::io::Result<u8> {
    let began = Instant::now();
    let ended = line::run(options, named, stop);
    told(command, options, &ended, began)
}

/// Tells how a run ended; returns its exit code.
fn told(command: &str, options: &Options, ended: &Ended, began: Instant) -> std::io::Result<u8> {
    let told = Told { command, began, dir: &options.dir, commit: options.commit, mend: options.mend };
    told.print(ended, options.report, options.verbosity)
}

fn published(options: &Options, tell: Tell, telling: &Telling) -> std::io::Result<u8> {
    let began = Instant::now();
    let ended = publish::run(options, tell, telling);
    let told = Told { command: "publish", began, dir: &options.dir, commit: options.commit, mend: Mend::No };
    told.print(&ended, options.report, options.verbosity)
}

fn pushed(options: &PushOptions) -> std::io::Result<u8> {
    let began = Instant::now();
    let ended = push::run(options);
    let told = Told { command: "push", began, dir: &options.dir, commit: options.commit, mend: Mend::No };
    told.print(&ended, options.report, options.verbosity)
}

/// What a printer needs to know besides the end of a run.
struct Told<'a> {
    command: &'a str,
    began: Instant,
    dir: &'a Path,
    commit: Commit,
    mend: Mend,
}

impl Told<'_> {
    fn print(&self, ended: &Ended, style: ReportStyle, verbosity: Verbosity) -> std::io::Result<u8> {
        let run = print::Run {
            command: self.command,
            report: &ended.report,
            site: ended.site.as_ref(),
            policy: &ended.policy,
            verdict: ended.verdict,
            commit: self.commit,
            elapsed: self.began.elapsed(),
            source: &|path, line| match ended.shown.texts.get(path) {
                Some(text) => line_of(text.as_slice(), line),
                None => source_line(self.dir, path, line),
            },
            mend: self.mend,
            diff: &ended.shown.diff,
            dir: self.dir,
        };
        print::run(&run, style, verbosity)?;
        Ok(ended.exit)
    }
}

/// One line of a file that a finding names; read again, because few findings are printed and texts are not kept.
fn source_line(dir: &Path, path: &str, line: u32) -> Option<String> {
    use std::io::Read;
    let file = std::fs::File::open(dir.join(path)).ok()?;
    line_of(BufReader::new(file.take(crate::edge::disk::LARGEST)), line)
}

fn line_of(text: impl BufRead, line: u32) -> Option<String> {
    let before = usize::try_from(line.checked_sub(1)?).ok()?;
    let bytes = text.split(b'\n').nth(before)?.ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
