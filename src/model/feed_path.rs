//! Addresses of feeds below the output folder, as the config writes them: `/feed.xml`, `/feed/`, `/tags/{slug}/index.xml`.

use super::{Format, is_folder_name};
use serde::{Deserialize, Serialize};

/// The placeholder that stands where the slug of a feed is filled in.
const SLUG: &str = "{slug}";

/// The length limit of an address, in bytes.
const MAX_LENGTH: usize = 200;

/// An address below the output folder, without the first `/`. One that ends in `/` is that of the folder's `index.xml`, or of its
/// `index.json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FeedPath(Box<str>);

impl FeedPath {
    /// Reads an address of the config, which begins with `/`. The error text says what is wrong with it.
    pub fn new(written: &str) -> Result<Self, &'static str> {
        let Some(path) = written.strip_prefix('/') else { return Err("it does not begin with `/`") };
        if path.contains(char::is_control) {
            return Err("it holds a control character");
        }
        if path.contains('\\') {
            return Err("it holds `\\`");
        }
        if written.contains("//") {
            return Err("it holds `//`");
        }
        let segments = || path.split('/');
        if segments().any(|part| part == "..") {
            return Err("it leaves the output folder");
        }
        if segments().any(|part| part == ".") {
            return Err("it has the segment `.`");
        }
        if path.split('/').next().is_some_and(|part| part.eq_ignore_ascii_case(".feedmill")) {
            return Err("`.feedmill/` holds feedmill's own files");
        }
        if segments().any(|part| part.starts_with('.')) {
            return Err("a part of it begins with `.`, and servers hide such files");
        }
        let rest = path.replacen(SLUG, "", 1);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.,=+@".contains(c);
        if let Some(c) = rest.chars().find(|c| !is_plain(*c)) {
            return Err(match c {
                '{' | '}' => "the only placeholder is `{slug}`, once",
                _ => "it holds a character other than a-z, A-Z, 0-9 and `-_.,=+@/`",
            });
        }
        if path.len() > MAX_LENGTH {
            return Err("it is longer than 200 characters");
        }
        Ok(Self(path.into()))
    }

    /// The default address in a folder, which ends with `/` or is empty.
    pub fn in_folder(folder: &str, format: Format) -> Self {
        Self([folder, format.file_name()].concat().into())
    }

    /// Whether it has the placeholder `{slug}`.
    pub fn has_slug(&self) -> bool {
        self.0.contains(SLUG)
    }

    /// The address of the feed with this slug.
    pub fn with_slug(&self, slug: &str) -> Self {
        Self(self.0.replace(SLUG, slug).into())
    }

    /// The address below the URL of the output folder.
    pub fn address(&self) -> &str {
        &self.0
    }

    /// Whether the address is that of a folder, which the server answers with the folder's index.
    pub fn is_folder(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// The path of the document in this format below the output folder.
    pub fn file(&self, format: Format) -> String {
        match (self.is_folder(), format) {
            (false, _) => self.0.to_string(),
            (true, Format::Json) => format!("{}index.json", self.0),
            (true, _) => format!("{}index.xml", self.0),
        }
    }

    /// The slug that makes the document of this format lie at a path: empty where the address has no placeholder. `None` where the
    /// path is not one of this address.
    pub fn slug_in<'p>(&self, path: &'p str, format: Format) -> Option<&'p str> {
        let file = self.file(format);
        let Some((start, end)) = file.split_once(SLUG) else { return (file == path).then_some("") };
        let slug = path.strip_prefix(start)?.strip_suffix(end)?;
        is_folder_name(slug).then_some(slug)
    }
}

/// The addresses that the config gives the formats of a feed; formats without one have their default name in the feed's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedPaths([Option<FeedPath>; 3]);

impl FeedPaths {
    /// Sets the address of a format.
    pub fn set(&mut self, format: Format, path: FeedPath) {
        if let Some(place) = place(format).and_then(|at| self.0.get_mut(at)) {
            *place = Some(path);
        }
    }

    /// The address of a format, if the config gives one.
    pub fn get(&self, format: Format) -> Option<&FeedPath> {
        self.0.get(place(format)?)?.as_ref()
    }

    /// The same with the slug filled in.
    pub fn with_slug(&self, slug: &str) -> Self {
        Self(self.0.clone().map(|path| path.map(|path| path.with_slug(slug))))
    }

    /// The formats with an address.
    pub fn iter(&self) -> impl Iterator<Item = (Format, &FeedPath)> {
        Format::ALL.into_iter().filter_map(|format| Some((format, self.get(format)?)))
    }
}

/// The addresses of one feed in every format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedAddresses([FeedPath; 3]);

impl FeedAddresses {
    /// Those of the config, else those in the feed's folder.
    pub fn new(paths: &FeedPaths, folder: &str, slug: &str) -> Self {
        let address = |format| match paths.get(format) {
            Some(path) => path.with_slug(slug),
            None => FeedPath::in_folder(folder, format),
        };
        Self(Format::ALL.map(address))
    }

    /// Those in a feed's folder.
    pub fn in_folder(folder: &str) -> Self {
        Self::new(&FeedPaths::default(), folder, "")
    }

    /// The same with another address of a format.
    pub fn with(mut self, format: Format, path: FeedPath) -> Self {
        if let Some(own) = place(format).and_then(|at| self.0.get_mut(at)) {
            *own = path;
        }
        self
    }

    /// The address of a feed format; `None` for a page or OPML.
    pub fn get(&self, format: Format) -> Option<&FeedPath> {
        self.0.get(place(format)?)
    }
}

/// The place of a feed format in [`Format::ALL`].
fn place(format: Format) -> Option<usize> {
    Format::ALL.iter().position(|own| *own == format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_elsewhere_are_refused() {
        for good in
            ["/feed.xml", "/feed/", "/", "/tags/{slug}/index.xml", "/feeds/all.atom.xml", "/feed/by_tag/{slug}.xml"]
        {
            assert!(FeedPath::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "feed.xml",
            "/../feed.xml",
            "/a/../../b",
            "/a\\b",
            "/a//b",
            "//a",
            "/./a",
            "/a/.",
            "/.feedmill/a.xml",
            "/.FEEDMILL/a",
            "/a\nb",
            "/a\u{7f}",
            "/.htaccess",
            "/a/.b/c.xml",
            "/a?b",
            "/a%2fb",
            "/a b",
            "/c:/a",
            "/{name}.xml",
            "/{slug}/{slug}.xml",
        ] {
            assert!(FeedPath::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_folder_is_its_index() {
        let folder = FeedPath::new("/feed/").unwrap();
        assert_eq!(
            (folder.address(), &*folder.file(Format::Rss), &*folder.file(Format::Json)),
            ("feed/", "feed/index.xml", "feed/index.json")
        );
        let tags = FeedPath::new("/tags/{slug}/").unwrap();
        assert_eq!(tags.slug_in("tags/a-1/index.xml", Format::Atom), Some("a-1"));
        for other in
            ["tags/A b/index.xml", "tags/a/b/index.xml", "tags//index.xml", "tags/a/index.json", "tags/a/rss.xml"]
        {
            assert_eq!(tags.slug_in(other, Format::Atom), None, "{other}");
        }
    }
}
