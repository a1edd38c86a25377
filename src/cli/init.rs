//! `feedmill init [DIR] [--url URL]`: what was found and written, what a build would do, and the next command.

use super::build_preview;
use super::print::{harmless, unless_gone};
use crate::app::{InitFault, Initialised, Project};
use crate::model::{Engine, without_secrets};
use crate::parse::engine::{Foreign, OwnFeeds};
use std::io::{self, Write};
use std::path::Path;

/// URL for a site whose config has none yet; a build does the same at any URL.
const EXAMPLE_URL: &str = "https://example.org/";

/// Writes the config and prints the outcome. Returns the exit code.
pub fn run(dir: &Path, url: Option<&str>) -> io::Result<u8> {
    let written = Project::init(dir, url);
    let preview = written
        .as_ref()
        .ok()
        .and_then(|written| build_preview::text(&written.dir, url.or((!written.has_url()).then_some(EXAMPLE_URL))));
    let (text, exit) = text(&written, preview);
    let printed = match exit {
        0 => put(&text, &mut anstream::stdout().lock()),
        _ => put(&text, &mut anstream::stderr().lock()),
    };
    unless_gone(printed).map(|()| exit)
}

fn put(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The text for people, and the exit code.
fn text(written: &Result<Initialised, InitFault>, preview: Option<String>) -> (String, u8) {
    let mut out = String::new();
    let exit = match written {
        Ok(written) => {
            tell(written, &mut out);
            out.extend(preview);
            next(written, &mut out);
            0
        }
        Err(InitFault::Exists(config)) => {
            say(&mut out, &format!("error: {} exists, and `init` writes over nothing", display_path(config)));
            say(&mut out, "  help: change it by hand, or move it away and run `feedmill init` again");
            1
        }
        Err(InitFault::BadUrl(url)) => {
            let given = if url.contains('@') {
                "what was given".into()
            } else {
                format!("`{}`", harmless(&without_secrets(url)))
            };
            let wanted = "an absolute URL without query, such as `https://example.org/`";
            say(&mut out, &format!("error: `--url` should be {wanted}, not {given}"));
            2
        }
        Err(InitFault::Disk(why)) => {
            say(&mut out, &format!("error: {}", harmless(why)));
            3
        }
    };
    (out, exit)
}

fn tell(written: &Initialised, out: &mut String) {
    let foreign = &written.foreign;
    let engine = match (&foreign.config, foreign.engine) {
        (Some(path), engine) => format!("{}, by {}", title(engine), harmless(path)),
        (None, Engine::None | Engine::Other) => "no engine's config; the layout alone".to_owned(),
        (None, engine) => format!("{}, by the folder's layout", title(engine)),
    };
    if written.example.is_none() {
        say(out, &format!("found   {engine}"));
        say(
            out,
            &format!(
                "        {} Markdown files under {}, {} of them with a date",
                foreign.files,
                harmless(&foreign.content.dir),
                foreign.dated
            ),
        );
    }
    say(out, &format!("wrote   {}", display_path(&written.config)));
    if let Some(example) = &written.example {
        say(out, &format!("wrote   {}", display_path(example)));
    }
    if let Some(line) = ids(foreign) {
        say(out, &line);
    }
    if let Some(own) = &foreign.own_feeds {
        feeds(own, out);
    }
    for note in &foreign.notes {
        say(out, &format!("note    {}", harmless(note)));
    }
}

/// Where the ids of entries come from.
fn ids(foreign: &Foreign) -> Option<String> {
    if let Some((service, path)) = &foreign.export {
        return Some(format!(
            "ids     {} is an export of {}: `feedmill adopt {}` keeps its ids; {}",
            harmless(path),
            service.name,
            shell_word(&harmless(path)),
            service.reason.as_deref().unwrap_or_default()
        ));
    }
    let recipe = foreign.ids?;
    let guess =
        "a guess, since the site's own code writes its feed: compare with the old feed, or run `feedmill adopt` on it";
    let meaning = if recipe.guess { guess } else { "entries keep the ids of the engine's feed (`content.ids`)" };
    Some(format!("ids     {}: {meaning}", recipe.name))
}

/// Where the feeds keep their addresses, and what to do with the engine's own.
fn feeds(own: &OwnFeeds, out: &mut String) {
    let families = own.families.iter().flat_map(|(_, paths)| paths);
    let paths: Vec<_> = own.main.iter().chain(families).map(|(_, path)| harmless(path)).collect();
    let dir = harmless(&own.dir);
    say(
        out,
        &format!("feeds   {} as the engine's feeds, written into {dir}, which the engine copies", paths.join(" ")),
    );
    if let Some(off) = own.off {
        say(out, &format!("        to switch the engine's own feeds off: {off}"));
    }
}

/// The next command.
fn next(written: &Initialised, out: &mut String) {
    let here = if written.dir == Path::new(".") {
        String::new()
    } else {
        format!(" -C {}", shell_word(&display_path(&written.dir)))
    };
    if !written.has_url() {
        say(out, "        the URL of the site is missing: set `site.url` in the config, or use `--url`");
    }
    let url = if written.has_url() { "" } else { " --url https://example.org/" };
    say(out, &format!("next    feedmill build{here}{url}"));
    let schema = shell_word(&display_path(&written.dir.join(SCHEMA)));
    let schema = schema.trim_start_matches("./");
    say(out, &format!("        feedmill serve{here}{url}    look at the feeds while you write"));
    say(out, &format!("        feedmill schema > {schema}    let editors complete and check the config"));
}

/// Path of the schema that the config names.
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

fn say(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn display_path(path: &Path) -> String {
    harmless(&path.display().to_string())
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
    use crate::app::CONFIG_FILE;

    fn made(files: &[(&str, &str)], url: Option<&str>) -> (u8, String, tempfile::TempDir) {
        let temp = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = temp.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let (out, exit) = text(&Project::init(temp.path(), url), None);
        (exit, out, temp)
    }

    #[test]
    fn an_empty_folder_begins_a_site() {
        let (exit, out, temp) = made(&[("README.md", "# x")], Some("https://e.org"));
        assert_eq!(exit, 0);
        let config = std::fs::read_to_string(temp.path().join(CONFIG_FILE)).unwrap();
        assert!(config.contains("\n  url: \"https://e.org/\"") && config.contains("dir: \"content\""), "{config}");
        assert!(temp.path().join("content/hello.md").is_file() && out.contains("next    feedmill build -C "), "{out}");
        assert!(!out.contains("--url"));
    }

    #[test]
    fn a_site_of_another_engine() {
        let (exit, out, temp) =
            made(&[("hugo.toml", "title = 'T'"), ("content/a.md", "---\ndate: 2020-01-01\n---")], None);
        assert!(exit == 0 && !temp.path().join("content/hello.md").exists());
        assert!(
            out.contains("Hugo, by hugo.toml") && out.contains("1 Markdown files under content, 1 of them"),
            "{out}"
        );
        assert!(out.contains("--url https://example.org/"), "{out}");
        let config = std::fs::read_to_string(temp.path().join(CONFIG_FILE)).unwrap();
        assert!(config.contains("# url: "), "{config}");
    }

    #[test]
    fn nothing_is_written_over() {
        let (exit, out, temp) = made(&[(CONFIG_FILE, "mine")], None);
        assert_eq!(exit, 1);
        assert!(out.contains("exists"), "{out}");
        assert_eq!(std::fs::read_to_string(temp.path().join(CONFIG_FILE)).unwrap(), "mine");
        assert!(!temp.path().join("content/hello.md").exists());
    }

    #[test]
    fn a_bad_url_writes_nothing() {
        for url in ["e.org", "ftp://e.org", "https://me:secret@e.org", "https://e.org/?x", ""] {
            let (exit, out, temp) = made(&[], Some(url));
            assert_eq!(exit, 2, "{url}");
            assert!(!out.contains("secret") && !temp.path().join(CONFIG_FILE).exists());
        }
    }

    #[test]
    fn words_of_a_shell() {
        assert_eq!(shell_word("a/b-c.d"), "a/b-c.d");
        assert_eq!(shell_word("a b's"), "'a b'\\''s'");
        assert_eq!(shell_word("$(x)"), "'$(x)'");
    }
}
