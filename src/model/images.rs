//! `images:` and `targets:` of the config: which parts of the recipe are written, how long facts hold, what a probe may reach.

/// `images:` of the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageRules {
    /// Which parts of the recipe are written.
    pub parts: ImageParts,
    /// Seconds after which what is known of an image is asked again.
    pub max_age: i64,
    /// What a probe may connect to.
    pub reach: Reach,
}

/// The parts of the recipe by which every reader finds an image; all are on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageParts {
    /// The image as first element of the content.
    pub figure: bool,
    /// A caption under it.
    pub caption: bool,
    /// RSS `enclosure`, Atom `link rel="enclosure"`. An audio or video has one in any case.
    pub enclosure: bool,
    /// Media RSS: `media:content` and what it holds.
    pub media: bool,
    /// JSON Feed `attachments`. An audio or video has one in any case.
    pub attachments: bool,
    /// JSON Feed `banner_image`.
    pub banner: bool,
}

/// What a probe may connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Addresses of the public internet.
    #[default]
    Public,
    /// Also private, loopback and link-local ones (`allow_private: true`): for tests and intranets.
    Anywhere,
}

/// An aggregator whose own wishes `check` speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aggregator {
    /// flipboard.com: images of at least 500 pixels on the smaller side.
    Flipboard,
}

impl Default for ImageRules {
    fn default() -> Self {
        let parts =
            ImageParts { figure: true, caption: true, enclosure: true, media: true, attachments: true, banner: true };
        Self { parts, max_age: 30 * 86_400, reach: Reach::Public }
    }
}
