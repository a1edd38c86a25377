//! Documents of different feeds that would lie at one path, once the slugs are filled in, and what `output.also`, `output.redirects`
//! and `output.gone` say of them.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FeedAddresses, FeedCopy, FeedPath, FeedRule, Format, Outline, Pages, Place, Site};
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
        taken.copies(outlines, site)?;
        taken.folders()?;
        taken.moves(site)?;
        Ok(taken)
    }

    /// Takes the paths of copies. One of a feed that has no article now is not made.
    fn copies(&mut self, outlines: &[Outline], site: &Site) -> Result<(), Diagnostic> {
        for FeedCopy { at, of, place, .. } in &site.output.old_addresses.copies {
            let found = outlines.iter().find_map(|outline| format_at(&outline.addresses, of, site));
            let Some(format) = found else {
                if may_come(of, site) {
                    continue;
                }
                let text = format!("`output.also`: there is no feed at `/{}`", of.address());
                let finding = Diagnostic::new(Code::BadValue, CONFIG, *place, text);
                return Err(finding.help("write the address of a feed, such as `/rss.xml`"));
            };
            let what = format!("the copy of `/{}`", of.address());
            let file = at.file(format);
            if let Some(named) = Format::of_path(&file).filter(|named| *named != format) {
                let text = format!("{what} cannot lie at `/{file}`, which is a name of {}", named.label());
                return Err(Diagnostic::new(Code::BadValue, CONFIG, *place, text));
            }
            self.take(file, &what)?;
            if at.is_folder() {
                self.take(format!("{}{}", at.address(), Format::Page.file_name()), &what)?;
            }
        }
        Ok(())
    }

    /// Checks that redirects begin where no document lies and end where one lies.
    fn moves(&self, site: &Site) -> Result<(), Diagnostic> {
        let old = &site.output.old_addresses;
        let starts = old.redirects.iter().map(|one| (&one.from, one.place, "is redirected"));
        for (path, place, what) in starts.chain(old.gone.iter().map(|(path, place)| (path, *place, "is gone"))) {
            if let Some(document) = self.at(path) {
                let text = format!("`/{}` {what} by the config, but {document} lies there", path.address());
                let finding = Diagnostic::new(Code::BadValue, CONFIG, place, text);
                return Err(finding.help("remove the line, or give the feed another `path`"));
            }
        }
        for one in &old.redirects {
            if self.at(&one.to).is_none() && !may_come(&one.to, site) {
                let text = format!(
                    "the redirect from `/{}` leads to `/{}`, where no document lies",
                    one.from.address(),
                    one.to.address()
                );
                let finding = Diagnostic::new(Code::BadValue, CONFIG, one.place, text);
                return Err(finding.help("write the address of a feed, such as `/rss.xml`"));
            }
        }
        Ok(())
    }

    /// What lies at an address.
    fn at(&self, path: &FeedPath) -> Option<&String> {
        let indexes = ["index.html", "index.xml", "index.json"].map(|index| format!("{}{index}", path.address()));
        let files = if path.is_folder() { indexes.to_vec() } else { vec![path.address().to_owned()] };
        files.iter().find_map(|file| self.0.get(&file.to_ascii_lowercase()))
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

/// The format of a feed's document at an address, which may name the file of a folder.
fn format_at(addresses: &FeedAddresses, path: &FeedPath, site: &Site) -> Option<Format> {
    let lies = |format: &&Format| {
        let own = addresses.get(**format);
        own.is_some_and(|own| own.slug_in(&path.file(**format), **format).is_some())
    };
    site.output.formats.iter().find(lies).copied()
}

/// Whether the config asks for a feed at an address, once there are articles for it.
fn may_come(path: &FeedPath, site: &Site) -> bool {
    let main = FeedAddresses::new(&site.output.paths, "", "");
    let rules = site.feeds.iter().map(|rule| match rule {
        FeedRule::By { axis, paths, .. } => {
            FeedAddresses::new(paths, &format!("{}/{{slug}}/", axis.folder()), "{slug}")
        }
        FeedRule::Custom { name, paths, .. } => FeedAddresses::new(paths, &format!("{name}/"), name),
    });
    std::iter::once(main).chain(rules).any(|addresses| format_at(&addresses, path, site).is_some())
}

fn conflict(text: String) -> Diagnostic {
    Diagnostic::new(Code::TwinFeeds, CONFIG, Place::WHOLE, text).help("give one of them another `path`")
}
