//! Documents of different feeds that would lie at one path, once the slugs are filled in.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Format, Outline, Pages, Place, Site};
use std::collections::BTreeMap;

/// The config's path in findings.
const CONFIG: &str = "feedmill.yaml";

/// The paths of all documents of a run, each with what lies there.
#[derive(Debug, Default)]
pub struct TakenPaths(BTreeMap<String, String>);

impl TakenPaths {
    /// Takes the paths of these feeds. Reports two documents at one path, or at one address.
    pub fn new(outlines: &[Outline], site: &Site) -> Result<Self, Diagnostic> {
        let mut taken = Self::default();
        taken.take(Format::Opml.file_name().to_owned(), "the list of all feeds")?;
        for outline in outlines {
            if site.output.pages == Pages::Written {
                taken.take(
                    format!("{}{}", outline.folder, Format::Page.file_name()),
                    &format!("the page of the feed {}", outline.name),
                )?;
            }
        }
        for outline in outlines {
            for format in &site.output.formats {
                let Some(path) = outline.addresses.get(*format) else { continue };
                let what = format!("the feed {} as {}", outline.name, format.label());
                taken.take(path.file(*format), &what)?;
                if path.is_folder() {
                    // A server answers the folder with one index.
                    taken.take(format!("{}{}", path.address(), Format::Page.file_name()), &what)?;
                }
            }
        }
        taken.folders()?;
        Ok(taken)
    }

    /// Takes one path. Names that differ by case alone are one file on some disks.
    pub fn take(&mut self, path: String, what: &str) -> Result<(), Diagnostic> {
        match self.0.insert(path.to_ascii_lowercase(), what.to_owned()) {
            Some(other) => Err(conflict(format!("{other} and {what} would both lie at `/{path}`"))),
            None => Ok(()),
        }
    }

    /// No path may be a file and a folder.
    fn folders(&self) -> Result<(), Diagnostic> {
        for (path, what) in &self.0 {
            let folders = path.match_indices('/').filter_map(|(at, _)| Some((path.get(..at)?, at)));
            for (folder, _) in folders {
                if let Some(other) = self.0.get(folder) {
                    return Err(conflict(format!("`/{folder}` would be a file ({other}) and a folder ({what})")));
                }
            }
        }
        Ok(())
    }
}

fn conflict(text: String) -> Diagnostic {
    Diagnostic::new(Code::TwinFeeds, CONFIG, Place::WHOLE, text).help("give one of them another `path`")
}
