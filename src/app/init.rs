//! Writes `feedmill.yaml` from the config and the articles of a folder. Never overwrites an existing file. A folder
//! without articles and without another engine's config also gets an example article.

use super::CONFIG_FILE;
use crate::edge::files::{self, Root};
use crate::edge::survey;
use crate::parse::engine::{self, Foreign, FoundValue};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Debug)]
pub struct Initialised {
    /// The project folder.
    pub dir: PathBuf,
    /// Path of the written config.
    pub config: PathBuf,
    /// The example article.
    pub example: Option<PathBuf>,
    /// The values found in another engine's config.
    pub(crate) foreign: Foreign,
}

/// Why no config was written.
#[derive(Debug)]
pub enum InitFault {
    /// This is not the address of a site.
    BadUrl(String),
    /// This config exists.
    Exists(PathBuf),
    /// The disk failed; the text names the path.
    Disk(String),
}

impl Initialised {
    /// Whether the config has the site's URL. Without it, nothing can be built.
    pub fn has_url(&self) -> bool {
        self.foreign.url.is_some()
    }
}

impl super::Project {
    /// Makes a folder a project by writing its config: `feedmill init`. `url` is the site's URL, if the caller knows
    /// it.
    pub fn init(dir: &Path, url: Option<&str>) -> Result<Initialised, InitFault> {
        let url = match url.map(|url| (url, engine::site_url(url, ""))) {
            Some((written, None)) => return Err(InitFault::BadUrl(written.to_owned())),
            Some((_, value)) => value,
            None => None,
        };
        let config = dir.join(CONFIG_FILE);
        if std::fs::symlink_metadata(&config).is_ok() {
            return Err(InitFault::Exists(config));
        }
        std::fs::create_dir_all(dir).map_err(|why| disk(dir, &why))?;
        let found = survey::survey(dir).map_err(|fault| InitFault::Disk(fault.to_string()))?;
        let mut foreign = engine::read(&found);
        if let Some(value) = url {
            foreign.url = Some(FoundValue { value, by: "--url".into() });
        }
        // The article first: the config exists only once everything else does.
        let example = example(dir, &mut foreign)?;
        let config = create(&config, &engine::config_text(&foreign)).map_err(|why| disk(&config, &why))?;
        Ok(Initialised { dir: dir.to_owned(), config, example, foreign })
    }
}

fn disk(path: &Path, why: &io::Error) -> InitFault {
    InitFault::Disk(format!("{}: {why}", path.display()))
}

/// Writes the example article where the folder is new.
fn example(dir: &Path, foreign: &mut Foreign) -> Result<Option<PathBuf>, InitFault> {
    if foreign.files > 0 || foreign.config.is_some() {
        return Ok(None);
    }
    if let Err(why) = Root::new(dir).check_folders(EXAMPLE) {
        foreign.notes.push(format!("no example article was written: {why}"));
        return Ok(None);
    }
    let path = dir.join(EXAMPLE);
    match create(&path, EXAMPLE_TEXT) {
        Ok(path) => Ok(Some(path)),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        Err(why) => Err(disk(&path, &why)),
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
