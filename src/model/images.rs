//! `images:` and `targets:` of the config: which elements are written for images, how long facts stay valid, and what a
//! probe may connect to.

/// `images:` of the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageRules {
    /// Which elements are written for images.
    pub parts: ImageParts,
    /// The age in seconds after which an image is requested again.
    pub max_age: i64,
    /// What a probe may connect to.
    pub reach: Reach,
}

/// The elements through which readers find an image; all are on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageParts {
    /// The image as the first element of the content.
    pub figure: bool,
    /// A caption below the image.
    pub caption: bool,
    /// RSS `enclosure`, Atom `link rel="enclosure"`. An audio or video always has one.
    pub enclosure: bool,
    /// Media RSS: `media:content` and its child elements.
    pub media: bool,
    /// JSON Feed `attachments`. An audio or video always has one.
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
    /// Also private, loopback and link-local addresses (`allow_private: true`): for tests and intranets.
    Anywhere,
}

/// An aggregator whose own requirements `check` reports.
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
