//! The keys of a rule of `feeds:`, and of its condition.

use super::paths::{PATH, PATHS};
use super::{LANGUAGE, words};
use crate::model::Axis;
use crate::parse::config::output::{CONTENT, LIMITS};
use crate::parse::key_shape::ValueShape::{Choice, Defined, Either, Flag, Like, List, Mapping, Number, Rule, Text};
use crate::parse::key_shape::{Key, Use, ValueShape};

/// A rule of `feeds:`.
pub const FEED: ValueShape = Rule(
    &RULE,
    &[
        Use { needs: &["by"], refuses: &["name", "title", "description", "where"] },
        Use { needs: &["name", "where"], refuses: &["by"] },
    ],
);

static RULE: [Key; 8] = [
    Key::new(
        "by",
        Choice(|| Axis::ALL.map(Axis::name).to_vec()),
        "none",
        "`tag`",
        "one feed for each `tag`, `author`, `source`, `lang`, `category` or `section`",
    ),
    Key::new(
        "name",
        Like("^[a-z0-9-]{1,100}$"),
        "none",
        "`picks`",
        "one feed, in a folder of this name: `a-z`, `0-9`, `-`",
    ),
    Key::new("title", Text, "the name", "`Our picks`", "beside `name`: its title"),
    Key::new("description", Text, "none", "`What we liked best`", "beside `name`: its description"),
    Key::new("where", CONDITION_SHAPE, "none", "`{featured: true}`", "beside `name`: which articles it holds (below)"),
    Key::new(
        "path",
        Either(&[PATH, Mapping(&PATHS)]),
        "its folder",
        "`/tags/{slug}/index.xml`, `{atom: \"/feeds/{slug}.atom.xml\"}`",
        "addresses by format, as in `output.paths`, with `{slug}`; one path alone is that of RSS",
    ),
    Key::new(
        "limit",
        Number(*LIMITS.start(), *LIMITS.end()),
        "that of `output`",
        "`20`",
        "maximum number of entries in the feed, from 1",
    ),
    Key::new(
        "content",
        Choice(|| words(&CONTENT)),
        "that of `output`",
        "`summary`",
        "what its entries contain: `both`, `full`, `summary`",
    ),
];

/// The name of a condition among the schema's definitions.
pub const CONDITION_NAME: &str = "condition";

pub const CONDITION_SHAPE: ValueShape = Defined(CONDITION_NAME, || &CONDITION);

/// `where:` of a feed.
pub static CONDITION: [Key; 9] = [
    Key::new("tag", Text, "none", "`layer2`", "has the tag, in any spelling or alias"),
    Key::new("featured", Flag, "none", "`true`", "is featured, or is not"),
    Key::new("lang", LANGUAGE, "none", "`ru`", "is in the language; `en` holds for `en-GB` too"),
    Key::new("source", Text, "none", "`DeFiBank`", "comes from the source"),
    Key::new("author", Text, "none", "`Ann`", "is by the author"),
    Key::new("section", Text, "none", "`notes`", "lies in the folder, one of those directly below `content.dir`"),
    Key::new("all", List(&CONDITION_SHAPE), "none", "`[{tag: eth}, {lang: ru}]`", "meets all of a list of conditions"),
    Key::new(
        "any",
        List(&CONDITION_SHAPE),
        "none",
        "`[{tag: eth}, {featured: true}]`",
        "meets any of a list of conditions",
    ),
    Key::new("not", CONDITION_SHAPE, "none", "`{source: DeFiBank}`", "does not meet a condition"),
];
