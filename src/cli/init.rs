//! `feedmill init [DIR] [--url URL]`: writes `feedmill.yaml` from what the folder says of itself, and asks nothing.
//!
//! Nothing that exists is written over. In a folder without articles and without another engine's config it also
//! writes one example article.

use super::line::CONFIG;
use super::print::redact;
use crate::edge::files::{self, Root};
use crate::edge::survey;
use crate::model::Engine;
use crate::parse::engine::{self, Foreign, Told};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What an `init` came to.
#[derive(Debug)]
pub enum Outcome {
    /// The config was written.
    Written(Box<Written>),
    /// There is one already.
    Exists,
    /// `--url` is no address of a site.
    BadUrl,
    /// Disk.
    Failed,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The project folder.
    pub dir: PathBuf,
    /// The config.
    pub config: PathBuf,
    /// The example article.
    pub example: Option<PathBuf>,
    /// What the config says.
    pub foreign: Foreign,
}

impl Written {
    /// Whether the config says where the site lives: without it, nothing can be built.
    pub fn has_url(&self) -> bool {
        self.foreign.url.is_some()
    }
}

impl Outcome {
    /// The process's exit code.
    pub const fn exit(&self) -> u8 {
        match self {
            Self::Written(_) => 0,
            Self::Exists => 1,
            Self::BadUrl => 2,
            Self::Failed => 3,
        }
    }
}

/// What a build would do with what was written, in lines; `None`: nothing to show.
pub type Preview<'a> = dyn Fn(&Written) -> Option<String> + 'a;

/// Writes the config, and tells what was found, what a build would do with it, and what to do next.
pub fn run(dir: &Path, url: Option<&str>, preview: &Preview<'_>) -> io::Result<Outcome> {
    let mut told = String::new();
    let outcome = init(dir, url, &mut told);
    if let Outcome::Written(written) = &outcome {
        told.extend(preview(written));
        next(written, &mut told);
        return super::print::unless_gone(put(&told, &mut anstream::stdout().lock())).map(|()| outcome);
    }
    super::print::unless_gone(put(&told, &mut anstream::stderr().lock())).map(|()| outcome)
}

fn put(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(redact(text).as_bytes())?;
    out.flush()
}

fn init(dir: &Path, url: Option<&str>, told: &mut String) -> Outcome {
    let url = url.map(|url| (url, engine::site_url(url, "")));
    if let Some((written, None)) = &url {
        let shown = if written.contains('@') { "what was given".into() } else { format!("`{}`", harmless(written)) };
        say(
            told,
            &format!(
                "error: `--url` should be an absolute URL without query, such as `https://example.org/`, not {shown}"
            ),
        );
        return Outcome::BadUrl;
    }
    let config = dir.join(CONFIG);
    if std::fs::symlink_metadata(&config).is_ok() {
        say(told, &format!("error: {} exists, and `init` writes over nothing", shown(&config)));
        say(told, "  help: change it by hand, or move it away and run `feedmill init` again");
        return Outcome::Exists;
    }
    let fault = |told: &mut String, what: &dyn std::fmt::Display| {
        say(told, &format!("error: {}", harmless(&what.to_string())));
        Outcome::Failed
    };
    if let Err(why) = std::fs::create_dir_all(dir) {
        return fault(told, &format!("{}: {why}", dir.display()));
    }
    let found = match survey::survey(dir) {
        Ok(found) => found,
        Err(why) => return fault(told, &why),
    };
    let mut foreign = engine::read(&found);
    if let Some((_, Some(url))) = url {
        foreign.url = Some(Told { value: url, by: "--url".into() });
    }
    let is_new = foreign.files == 0 && foreign.config.is_none();
    let linked = Root::new(dir).check_folders(EXAMPLE).err();
    // The article first: a config is only there when all is.
    let wanted = is_new && linked.is_none();
    let example = if wanted { create(&dir.join(EXAMPLE), EXAMPLE_TEXT).map(Some) } else { Ok(None) };
    let example = match example {
        Ok(example) => example,
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => None,
        Err(why) => return fault(told, &format!("{}: {why}", dir.join(EXAMPLE).display())),
    };
    match create(&config, &engine::config_text(&foreign)) {
        Ok(config) => {
            let linked = linked.filter(|_| is_new);
            foreign.notes.extend(linked.map(|why| format!("no example article was written: {why}")));
            let written = Written { dir: dir.to_owned(), config, example, foreign };
            tell(&written, told);
            Outcome::Written(Box::new(written))
        }
        Err(why) => fault(told, &format!("{}: {why}", config.display())),
    }
}

/// The example article, under the project folder.
const EXAMPLE: &str = "content/hello.md";

const EXAMPLE_TEXT: &str = "\
---
title: Hello
slug: hello
date: 2025-01-01T12:00:00Z
description: The first article of this site.
tags: [example]
---
This is an article: a Markdown file with a title and a date at its top.

Write others beside it, in folders of any depth. `feedmill check` says what is wrong with them, `feedmill build` writes
the feeds. Delete this file when you have one of your own.
";

/// Writes a file that does not exist.
fn create(path: &Path, text: &str) -> io::Result<PathBuf> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = files::open_with(path, OpenOptions::new().write(true).create_new(true))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file would be taken for the user's own by the next run.
        let _ = std::fs::remove_file(path);
    }
    written.map(|()| path.to_owned())
}

fn tell(written: &Written, told: &mut String) {
    let foreign = &written.foreign;
    let engine = match (&foreign.config, foreign.engine) {
        (Some(path), engine) => format!("{}, by {}", title(engine), harmless(path)),
        (None, Engine::None | Engine::Other) => "no engine's config; the layout alone".to_owned(),
        (None, engine) => format!("{}, by the folder's layout", title(engine)),
    };
    if written.example.is_none() {
        say(told, &format!("found   {engine}"));
        say(
            told,
            &format!(
                "        {} Markdown files under {}, {} of them with a date",
                foreign.files,
                harmless(&foreign.content.dir),
                foreign.dated
            ),
        );
    }
    say(told, &format!("wrote   {}", shown(&written.config)));
    if let Some(example) = &written.example {
        say(told, &format!("wrote   {}", shown(example)));
    }
    for note in &foreign.notes {
        say(told, &format!("note    {}", harmless(note)));
    }
}

/// The next command.
fn next(written: &Written, told: &mut String) {
    let here =
        if written.dir == Path::new(".") { String::new() } else { format!(" -C {}", shell_word(&shown(&written.dir))) };
    if !written.has_url() {
        say(told, "        nothing here says where the site lives: set `site.url` in the config, or give `--url`");
    }
    let url = if written.has_url() { "" } else { " --url https://example.org/" };
    say(told, &format!("next    feedmill build{here}{url}"));
    let schema = shell_word(&shown(&written.dir.join(SCHEMA)));
    let schema = schema.trim_start_matches("./");
    say(told, &format!("        feedmill serve{here}{url}    look at the feeds while you write"));
    say(told, &format!("        feedmill schema > {schema}    let editors complete and check the config"));
}

/// Where the config says that its schema lies.
const SCHEMA: &str = ".feedmill.schema.json";

/// The engine's name as people write it.
fn title(engine: Engine) -> String {
    match engine {
        Engine::Next => "Next.js".to_owned(),
        engine => {
            let mut chars = engine.name().chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        }
    }
}

fn say(told: &mut String, line: &str) {
    told.push_str(line);
    told.push('\n');
}

fn shown(path: &Path) -> String {
    harmless(&path.display().to_string())
}

fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A word that a shell reads as one.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':');
    match text.chars().all(plain) && !text.starts_with('-') {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(files: &[(&str, &str)], url: Option<&str>) -> (Outcome, String, tempfile::TempDir) {
        let temp = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = temp.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let mut told = String::new();
        let outcome = init(temp.path(), url, &mut told);
        if let Outcome::Written(written) = &outcome {
            next(written, &mut told);
        }
        (outcome, told, temp)
    }

    #[test]
    fn an_empty_folder_begins_a_site() {
        let (outcome, told, temp) = made(&[("README.md", "# x")], Some("https://e.org"));
        assert_eq!(outcome.exit(), 0);
        let config = std::fs::read_to_string(temp.path().join(CONFIG)).unwrap();
        assert!(config.contains("\n  url: \"https://e.org/\"") && config.contains("dir: \"content\""), "{config}");
        assert!(temp.path().join(EXAMPLE).is_file() && told.contains("next    feedmill build -C "), "{told}");
        assert!(!told.contains("--url"));
    }

    #[test]
    fn a_site_of_another_engine() {
        let (outcome, told, temp) =
            made(&[("hugo.toml", "title = 'T'"), ("content/a.md", "---\ndate: 2020-01-01\n---")], None);
        let Outcome::Written(written) = outcome else { panic!("{told}") };
        assert!(!written.has_url() && written.example.is_none());
        assert!(
            told.contains("Hugo, by hugo.toml") && told.contains("1 Markdown files under content, 1 of them"),
            "{told}"
        );
        assert!(told.contains("--url https://example.org/"), "{told}");
        let config = std::fs::read_to_string(temp.path().join(CONFIG)).unwrap();
        assert!(config.contains("# url: "), "{config}");
    }

    #[test]
    fn nothing_is_written_over() {
        let (outcome, told, temp) = made(&[(CONFIG, "mine")], None);
        assert_eq!(outcome.exit(), 1);
        assert!(told.contains("exists"), "{told}");
        assert_eq!(std::fs::read_to_string(temp.path().join(CONFIG)).unwrap(), "mine");
        assert!(!temp.path().join(EXAMPLE).exists());
    }

    #[test]
    fn a_bad_url_writes_nothing() {
        for url in ["e.org", "ftp://e.org", "https://me:secret@e.org", "https://e.org/?x", ""] {
            let (outcome, told, temp) = made(&[], Some(url));
            assert_eq!(outcome.exit(), 2, "{url}");
            assert!(!told.contains("secret") && !temp.path().join(CONFIG).exists());
        }
    }

    #[test]
    fn words_of_a_shell() {
        assert_eq!(shell_word("a/b-c.d"), "a/b-c.d");
        assert_eq!(shell_word("a b's"), "'a b'\\''s'");
        assert_eq!(shell_word("$(x)"), "'$(x)'");
    }
}
