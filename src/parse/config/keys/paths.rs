//! The keys of `output.paths` and of a mapping under `path`.

use crate::parse::key_shape::ValueShape::Like;
use crate::parse::key_shape::{Key, ValueShape};

/// Addresses by format.
pub static PATHS: [Key; 3] = [
    Key::new("rss", PATH, "`rss.xml` in the feed's folder", "`/feed.xml`", "the address of RSS"),
    Key::new("atom", PATH, "`atom.xml` in the feed's folder", "`/atom.xml`", "the address of Atom"),
    Key::new("json", PATH, "`feed.json` in the feed's folder", "`/feed/json/`", "the address of JSON Feed"),
];

/// A path below the output folder.
pub const PATH: ValueShape = Like("^/[^\\\\]*$");
