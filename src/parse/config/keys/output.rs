//! The keys of `output:` and `push:`.

use super::words;
use crate::model::Format;
use crate::parse::config::output::{CONTENT, LIMITS};
use crate::parse::config::{publishing, push};
use crate::parse::schema::Key;
use crate::parse::schema::Shape::{Choice, Flag, Like, Number, Several, Text};

pub static OUTPUT: [Key; 11] = [
    Key::new("dir", Text, "`feeds`", "`public/feeds`", "folder; `--out` stands above it"),
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
    Key::new("limit", Number(*LIMITS.start(), *LIMITS.end()), "`50`", "`20`", "entries a feed holds at most, from 1"),
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
        "target",
        Text,
        "`dir`",
        "`s3://bucket/feeds`, `../www/feeds`",
        "where `publish` puts documents: a folder, or `s3://bucket/prefix`",
    ),
    Key::new(
        "cache_control",
        Like("^[A-Za-z0-9 ,=-]*$"),
        "`public, max-age=300`",
        "`public, max-age=60`",
        "the `Cache-Control` that documents in a bucket, and files for servers, carry",
    ),
    Key::new(
        "headers",
        Several(&Choice(|| words(&publishing::SERVERS))),
        "none",
        "`[netlify]`, `[nginx, caddy]`",
        "servers that a file of headers is written for: `netlify`, `cloudflare`, `nginx`, `apache`, `caddy`",
    ),
    Key::new(
        "precompress",
        Several(&Choice(|| words(&publishing::CODINGS))),
        "none",
        "`[gz, br]`",
        "compressed copies that are written beside documents: `gz`, `br`",
    ),
];

pub static PUSH: [Key; 4] = [
    Key::new(
        "purge",
        Several(&Text),
        "none",
        "`[./purge.sh, --zone, \"12\"]`",
        "a command that is run before hubs are told, with what changed; in one text, blanks part its arguments",
    ),
    Key::new("at_once", Number(1, 64), "`4`", "`2`", "pings that are under way at once"),
    Key::new("per_second", Number(1, 1000), "`20`", "`5`", "pings a second at most"),
    Key::new(
        "verify",
        Choice(|| words(&push::VERIFY)),
        "`bytes`",
        "`off`",
        "whether a topic's public URL must give the document before hubs are told: `bytes` (byte for byte), `off`",
    ),
];
