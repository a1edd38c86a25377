//! `schema`, `completions` and `man`: what editors, shells and manuals learn of feedmill. All three are made from the tables
//! that read the config, the front matter and the arguments.

use super::args::{SchemaSubject, table};
use super::print::{harmless, unless_gone};
use crate::edge::files;
use crate::parse::schema;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io::{self, Write};
use std::path::Path;

/// Prints a JSON Schema. Returns the exit code.
pub fn schema(of: SchemaSubject) -> io::Result<u8> {
    let schema = match of {
        SchemaSubject::Config => schema::config(),
        SchemaSubject::Article => schema::article(),
    };
    put(format!("{schema:#}\n").as_bytes())
}

/// Prints a script for a shell.
pub fn completions(shell: Shell) -> io::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut table(), "feedmill", &mut script);
    put(&script)
}

/// Prints the page of feedmill itself, or writes a page for each command into a folder.
pub fn man(dir: Option<&Path>) -> io::Result<u8> {
    let pages = pages()?;
    let Some(dir) = dir else {
        return put(pages.first().map(|(_, page)| page.as_slice()).unwrap_or_default());
    };
    let write = || {
        std::fs::create_dir_all(dir)?;
        pages.iter().try_for_each(|(name, page)| {
            let written = files::create(&dir.join(name)).and_then(|mut file| file.write_all(page));
            written.map_err(|why| io::Error::new(why.kind(), format!("{name}: {why}")))
        })
    };
    match write() {
        Ok(()) => put(format!("{} pages in {}\n", pages.len(), harmless(&dir.display().to_string())).as_bytes()),
        Err(why) => {
            let message = format!("error: {}: {why}\n", harmless(&dir.display().to_string()));
            unless_gone(anstream::stderr().lock().write_all(message.as_bytes())).map(|()| 3)
        }
    }
}

/// Every manual page with its file name, feedmill's own first.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    // `help` is clap's own, and `--help` on every command.
    let mut table = table().disable_help_subcommand(true);
    table.build();
    std::iter::once(&table)
        .chain(table.get_subcommands())
        .map(|command| {
            let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
            let mut page = Vec::new();
            Man::new(command.clone()).title(name.to_uppercase()).render(&mut page)?;
            Ok((format!("{name}.1"), named(&page)))
        })
        .collect()
}

/// The examples under a heading of their own: clap calls all that follows the options `EXTRA`.
fn named(page: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(page).replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n").into_bytes()
}

fn put(bytes: &[u8]) -> io::Result<u8> {
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(bytes).and_then(|()| out.flush())).map(|()| 0)
}
