//! Addresses that readers still ask for: of copies, of redirects, and those that are gone.

use super::{FeedPath, Format, Place, Site};

/// `output.also`, `output.redirects` and `output.gone`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldAddresses {
    /// Further addresses at which a feed stays available.
    pub copies: Vec<FeedCopy>,
    /// Addresses that lead to others for good.
    pub redirects: Vec<Redirect>,
    /// Addresses where nothing is any more, each with its place in the config.
    pub gone: Vec<(FeedPath, Place)>,
}

/// A full copy of a document at another address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedCopy {
    /// The address of the copy.
    pub at: FeedPath,
    /// The address of the document.
    pub of: FeedPath,
    /// Which of the two it gives as its own.
    pub self_link: SelfLink,
    /// Its place in the config.
    pub place: Place,
}

/// The address that a copy gives as its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfLink {
    /// That of the document: readers move there.
    Document,
    /// Its own: subscribers of the copy stay.
    Copy,
}

/// An address that leads to another for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub from: FeedPath,
    /// The address at the end of the chain.
    pub to: FeedPath,
    /// Its place in the config.
    pub place: Place,
}

impl OldAddresses {
    /// Whether a URL is redirected or gone, so that its feed is given up.
    pub fn is_given_up(&self, url: &str, site: &Site) -> bool {
        let Some(address) = url.strip_prefix(site.output.url.as_str()) else { return false };
        let mut froms =
            self.redirects.iter().map(|redirect| &redirect.from).chain(self.gone.iter().map(|(path, _)| path));
        froms.any(|path| path.address() == address)
    }

    /// Whether readers who ask at a URL get an answer: a copy, a redirect or 410.
    pub fn is_answered(&self, url: &str, site: &Site) -> bool {
        let address = url.strip_prefix(site.output.url.as_str());
        self.is_given_up(url, site) || self.copies.iter().any(|copy| Some(copy.at.address()) == address)
    }

    /// The copies of the document of this format at an address.
    pub fn copies_of<'a>(&'a self, path: &'a FeedPath, format: Format) -> impl Iterator<Item = &'a FeedCopy> {
        let file = path.file(format);
        let is_of = move |copy: &&'a FeedCopy| copy.of.address() == path.address() || copy.of.address() == file;
        self.copies.iter().filter(is_of)
    }
}
