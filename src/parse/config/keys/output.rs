//! The keys of `output:` and `push:`.

use super::feeds::CONDITION_SHAPE;
use super::paths::{PATH, PATHS};
use super::words;
use crate::model::Format;
use crate::parse::config::output::{CONTENT, LIMITS};
use crate::parse::config::{old_addresses, publishing, push};
use crate::parse::key_shape::ValueShape::{Choice, Either, Flag, Like, Mapping, Named, Number, Several, Text};
use crate::parse::key_shape::{Key, MappingNames};

pub static OUTPUT: [Key; 17] = [
    Key::new("dir", Text, "`feeds`", "`public/feeds`", "folder; `--out` overrides it"),
    Key::new(
        "url",
        Text,
        "`feeds/` below `site.url`",
        "`\"https://cdn.example.org/feeds/\"`",
        "where that folder is served: absolute, or resolved against `site.url`",
    ),
    Key::new(
        "formats",
        Several(&Choice(|| Format::ALL.map(Format::name).to_vec())),
        "`[rss, atom, json]`",
        "`[rss, json]`",
        "list of `rss`, `atom`, `json`",
    ),
    Key::new(
        "limit",
        Number(*LIMITS.start(), *LIMITS.end()),
        "`50`",
        "`20`",
        "maximum number of entries in a feed, from 1",
    ),
    Key::new(
        "min_age",
        Like("^\\s*[0-9]+ *[dhms]\\s*$"),
        "none",
        "`2d`",
        "how long an entry stays in its feeds at least, whatever the limit; up to four times the limit",
    ),
    Key::new(
        "content",
        Choice(|| words(&CONTENT)),
        "`both`",
        "`summary`",
        "`both` (summary and whole text), `full` (whole text), `summary`",
    ),
    Key::new("credit", Flag, "`true`", "`false`", "whether the text ends with a visible line that names its source"),
    Key::new(
        "pages",
        Flag,
        "`true`",
        "`false`",
        "whether a page for people is written beside each feed ([pages.md](pages.md))",
    ),
    Key::new(
        "where",
        CONDITION_SHAPE,
        "none: all articles",
        "`{not: {section: notes}}`",
        "which articles the main feed holds, by the conditions of [`feeds`](#feeds-feeds-beside-the-feed-of-all-articles)",
    ),
    Key::new(
        "paths",
        Mapping(&PATHS),
        "`rss.xml`, `atom.xml`, `feed.json`",
        "`{rss: /feed.xml, atom: /atom.xml}`",
        "addresses of the feed of all articles below `dir`, by format; one that ends in `/` is the folder's `index.xml` or `index.json`",
    ),
    Key::new(
        "also",
        Named(MappingNames::Any("address"), &Either(&[PATH, Mapping(&COPY)])),
        "none",
        "`{/index.xml: /rss.xml}`",
        "further address: the document of which a full copy lies there",
    ),
    Key::new(
        "redirects",
        Named(MappingNames::Any("address"), &PATH),
        "none",
        "`{/old.xml: /rss.xml}`",
        "old address: where the server sends its readers for good (301); needs `headers`",
    ),
    Key::new(
        "gone",
        Several(&PATH),
        "none",
        "`[/dead.xml]`",
        "addresses at which the server says that the feed is no more (410); needs `headers`",
    ),
    Key::new(
        "target",
        Text,
        "none: `dir`",
        "`\"s3://bucket/feeds\"`",
        "where `publish` and `push` go ([publishing.md](publishing.md)): a folder, or `s3://bucket/prefix`; their `--out` overrides it",
    ),
    Key::new(
        "cache_control",
        Like("^[A-Za-z0-9 ,=-]*$"),
        "`public, max-age=300`",
        "`no-cache`",
        "Cache-Control of a feed: set on the object in a bucket, else by `headers`",
    ),
    Key::new(
        "headers",
        Several(&Choice(|| words(&publishing::SERVERS))),
        "none",
        "`[nginx]`",
        "list of `netlify`, `cloudflare`, `nginx`, `apache`, `caddy`: files that set Content-Type, Cache-Control and `Link`",
    ),
    Key::new(
        "precompress",
        Several(&Choice(|| words(&publishing::CODINGS))),
        "none",
        "`[gz, br]`",
        "list of `gz`, `br`: packed copies beside the documents of a folder",
    ),
];

/// A copy, where the address alone does not say all.
static COPY: [Key; 2] = [
    Key::new("feed", PATH, "none: required", "`/atom.xml`", "the address of the document"),
    Key::new(
        "self",
        Choice(|| words(&old_addresses::SELF)),
        "`feed`",
        "`here`",
        "the address that the copy gives as its own: that of the document (`feed`), so that readers move, or the copy's (`here`)",
    ),
];

pub static PUSH: [Key; 4] = [
    Key::new("at_once", Number(1, 64), "`4`", "`2`", "concurrent requests to one hub, 1 to 64"),
    Key::new("per_second", Number(1, 1000), "`20`", "`100`", "requests per second to one hub, 1 to 1000"),
    Key::new(
        "verify",
        Choice(|| words(&push::VERIFY)),
        "`bytes`",
        "`off`",
        "whether a topic's public URL must return the document first: `bytes`, `off`",
    ),
    Key::new(
        "purge",
        Several(&Text),
        "none",
        "`[purge-cdn, --zone, x]`",
        "a command, or a list of it and its arguments, run before with the changed URLs",
    ),
];
