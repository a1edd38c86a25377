//! The command line: arguments, progress, and the printing of finished runs. What feedmill does is in `app`.

pub mod adopt;
pub mod aids;
pub mod args;
pub mod build_preview;
pub mod diff;
pub mod explain;
pub mod init;
pub mod list;
pub mod print;
pub mod progress;
pub mod serve;
pub mod snippet;

use crate::app::{Commit, FinishedRun, FixMode, Project};
use anstream::ColorChoice;
use args::{Command, FolderArgs, Options, OutputArgs};
use std::ffi::OsString;
use std::io::BufRead;
use std::path::Path;
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

fn run(command: Command) -> std::io::Result<u8> {
    match command {
        Command::Build(options) => over_articles("build", &options, |project| project.build(&options.run)),
        Command::Check(options, paths, fix) => {
            let named = Named { fix, ..Named::new("check", &options.folder, options.output) };
            named.run(|project| project.check(&options.run, &paths, fix))
        }
        Command::List(options) => list::run(&options),
        Command::Snippet(options, tag) => snippet::run(&options, tag.as_deref()),
        Command::Publish(options, push) => {
            let exit = over_articles("publish", &options, |project| project.publish(&options.run, push.as_ref()))?;
            diff::after_dry_run(&options)?;
            Ok(exit)
        }
        Command::Push(folder, options, output) => {
            let named = Named { commit: options.commit, ..Named::new("push", &folder, output) };
            named.run(|project| project.push(&options))
        }
        Command::Serve(options) => serve::run(&options),
        Command::Init(dir, url) => init::run(&dir, url.as_deref()),
        Command::Diff(options, of, output) => diff::run(&options, &of, output),
        Command::Adopt(folder, options, output) => adopt::run(&folder, &options, output),
        Command::Probe(options) => over_articles("probe", &options, |project| project.probe(&options.run)),
        Command::Images(options) => over_articles("images", &options, |project| project.probe(&options.run)),
        Command::Explain(code) => explain::run(code.as_deref()),
        Command::Schema(of) => aids::schema(of),
        Command::Completions(shell) => aids::completions(shell),
        Command::Man(dir) => aids::man(dir.as_deref()),
    }
}

fn over_articles(name: &str, options: &Options, work: impl FnOnce(&Project) -> FinishedRun) -> std::io::Result<u8> {
    let named = Named::new(name, &options.folder, options.output);
    Named { commit: options.run.commit, ..named }.run(work)
}

/// A command as its report names it, with all that its printing needs besides the finished run.
#[derive(Clone, Copy)]
struct Named<'a> {
    name: &'a str,
    folder: &'a FolderArgs,
    output: OutputArgs,
    commit: Commit,
    fix: FixMode,
    began: Instant,
}

impl<'a> Named<'a> {
    fn new(name: &'a str, folder: &'a FolderArgs, output: OutputArgs) -> Self {
        Self { name, folder, output, commit: Commit::Never, fix: FixMode::Off, began: Instant::now() }
    }

    /// Opens the project, does the work and prints how it ended. Returns the exit code.
    fn run(self, work: impl FnOnce(&Project) -> FinishedRun) -> std::io::Result<u8> {
        let finished = self.folder.open(self.output).map_or_else(FinishedRun::from, |project| work(&project));
        // The process is about to end: freeing a large report piece by piece would only take time.
        self.print(&std::mem::ManuallyDrop::new(finished))
    }

    /// Prints a finished run. Returns its exit code.
    fn print(self, finished: &FinishedRun) -> std::io::Result<u8> {
        let dir = &self.folder.dir;
        let run = print::RunView {
            commit: self.commit,
            elapsed: self.began.elapsed(),
            timing_format: self.output.timings,
            source: &|path, line| match finished.fixes.texts.get(path) {
                Some(text) => line_of(text.as_slice(), line),
                None => source_line(dir, path, line),
            },
            fix: self.fix,
            ..print::RunView::new(self.name, finished, dir)
        };
        print::run(&run, self.output)?;
        Ok(finished.exit)
    }
}

/// One line of a file that a finding names; read again, because few findings are printed and texts are not kept.
fn source_line(dir: &Path, path: &str, line: u32) -> Option<String> {
    // The text of a state file is not printed.
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
