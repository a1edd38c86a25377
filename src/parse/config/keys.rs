//! Every key of `feedmill.yaml`, as `docs/config.md` describes it, with the shape of its value. The JSON Schema and the
//! reference are made from these tables. A test checks that the sections read exactly these keys.

mod content;
mod feeds;
mod output;
mod paths;

use super::{images, policy};
use crate::diagnostic::Code;
use crate::model::Word;
use crate::parse::key_shape::ValueShape::{Choice, Date, Either, Flag, Like, List, Mapping, Named, Several, Text};
use crate::parse::key_shape::{Key, MappingNames, ValueShape};
use content::CONTENT;
use feeds::FEED;
pub use feeds::{CONDITION, CONDITION_NAME};
use output::{OUTPUT, PUSH};

/// An absolute http(s) URL.
const URL: ValueShape = Like("^\\s*[Hh][Tt][Tt][Pp][Ss]?://[^/@]+(/[^\\n]*)?$");
/// A URL, or a reference that is resolved against the site's.
const REFERENCE: ValueShape = Text;
/// BCP 47, section 2.1; `_` for `-` is taken as well.
const LANGUAGE: ValueShape = Like("^\\s*[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*\\s*$");

/// The config as a whole.
pub static ROOT: [Key; 12] = [
    Key::new(
        "site",
        Mapping(&SITE),
        "none",
        "`{url: \"https://example.org/\"}`",
        "the site: title, URL, language, time zone, authors",
    ),
    Key::new("content", Mapping(&CONTENT), "none", "`{dir: posts}`", "which files are articles and how to read them"),
    Key::new("output", Mapping(&OUTPUT), "none", "`{limit: 20}`", "where feeds are written and what they contain"),
    Key::new("tags", Mapping(&TAGS), "none", "`{aliases: {L2: Layer2}}`", "aliases and spelling of tags"),
    Key::new(
        "sources",
        Named(MappingNames::Any("name"), &Either(&[URL, Mapping(&SOURCE)])),
        "none",
        "`{DeFiBank: {url: \"https://defibank.example/\"}}`",
        "sources that articles name; a URL alone is the source's site",
    ),
    Key::new(
        "feeds",
        List(&FEED),
        "`[{by: tag}]`",
        "`[{by: tag}, {by: author, limit: 20}]`",
        "the feeds beside the feed of all articles, which always exists; a list here replaces the default",
    ),
    Key::new("websub", Mapping(&WEBSUB), "none", "`{hubs: [\"https://hub.example/\"]}`", "WebSub hubs and pings"),
    Key::new("pages", Mapping(&PAGES), "none", "`{texts: {de: {subscribe: Abonnieren}}}`", "texts of the pages"),
    Key::new("push", Mapping(&PUSH), "none", "`{at_once: 2}`", "how hubs are pinged"),
    Key::new("images", Mapping(&IMAGES), "none", "`{max_age: 7d}`", "images in the feeds, and limits of the probe"),
    Key::new(
        "targets",
        Several(&Choice(|| words(&images::TARGETS))),
        "none",
        "`[flipboard]`",
        "aggregators whose requirements `check` reports: `flipboard`",
    ),
    Key::new("policy", Mapping(&POLICY), "none", "`{mode: strict}`", "when a run is refused"),
];

static SITE: [Key; 10] = [
    Key::new(
        "url",
        URL,
        "none: required",
        "`\"https://example.org/blog/\"`",
        "the site's root, an absolute URL without query; `--url` overrides it",
    ),
    Key::new("title", Text, "the host of `url`", "`DeFiBank`", "text"),
    Key::new("description", Text, "none", "`News of finance`", "text"),
    Key::new("language", LANGUAGE, "none", "`ru`, `en-GB`", "language tag"),
    Key::new(
        "timezone",
        Choice(|| chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect()),
        "`UTC`",
        "`Europe/Moscow`",
        "name of a zone: dates without a zone are read in it, all dates are shown in it",
    ),
    Key::new(
        "since",
        Date("^\\s*\\d{4}(-\\d{2}(-\\d{2})?)?\\s*$"),
        "none: the id is the permalink",
        "`2025`, `2025-06-08`",
        "since when the host name is yours: a year, month or day. Ids become `tag:` URIs that survive a change of addresses. Set it \
         once, before the first build",
    ),
    Key::new(
        "id_host",
        Text,
        "the host of `url`",
        "`old.example.org`",
        "the host that ids name. After a move to another host, write the old one: every entry keeps its id (RFC 4151). Needs `since`",
    ),
    Key::new(
        "authors",
        Several(&Either(&[Text, Mapping(&PERSON)])),
        "none",
        "`[{name: Ann, email: ann@example.org}]`",
        "a name, a mapping of `name`, `email`, `url`, or a list of them; for articles that name no author",
    ),
    Key::new("image", REFERENCE, "none", "`/images/logo.png`", "URL, absolute or resolved against `url`"),
    Key::new("copyright", Text, "none", "`© 2025 DeFiBank`", "text"),
];

static PERSON: [Key; 3] = [
    Key::new("name", Text, "none: required", "`Ann`", "the name that readers see"),
    Key::new("email", Like("^[^@\\s]+@[^@\\s]+$"), "none", "`ann@example.org`", "an address; feeds carry it"),
    Key::new("url", URL, "none", "`\"https://example.org/ann\"`", "a page about the author"),
];

static TAGS: [Key; 1] = [Key::new(
    "aliases",
    Named(MappingNames::Any("alias"), &Text),
    "none",
    "`{L2: Layer2}`",
    "alias: the tag it is replaced by, in the spelling that readers see",
)];

static SOURCE: [Key; 4] = [
    Key::new("url", URL, "none", "`\"https://x.example/\"`", "its site"),
    Key::new("feed", URL, "none", "`\"https://x.example/rss.xml\"`", "its feed"),
    Key::new("title", Text, "the source's name", "`The X Daily`", "the title of that feed"),
    Key::new("id", Text, "its `feed`", "`urn:uuid:60a76c80-d399-11d9-b91c-0003939e0af6`", "the id of that feed"),
];

static WEBSUB: [Key; 2] = [
    Key::new(
        "hubs",
        Several(&URL),
        "none",
        "`[\"https://hub.example/\"]`",
        "an https URL, or a list of them; no user name or password",
    ),
    Key::new("allow_http", Flag, "`false`", "`true`", "whether a hub may be `http://` and not loopback"),
];

static PAGES: [Key; 1] = [Key::new(
    "texts",
    Named(
        MappingNames::Like("language", "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$"),
        &Named(MappingNames::Of(|| Word::ALL.iter().map(|word| (word.name(), "")).collect()), &Text),
    ),
    "English and Russian",
    "`{de: {subscribe: Abonnieren}}`",
    "language: a mapping of words, by their keys in [pages.md](pages.md); what is not given is as built in, else English",
)];

static IMAGES: [Key; 8] = [
    Key::new(
        "max_age",
        Like("^\\s*[0-9]+ *[dhms]\\s*$"),
        "`30d`",
        "`12h`",
        "how long the result of a probe is valid: a number and `d`, `h`, `m` or `s`",
    ),
    Key::new(
        "allow_private",
        Flag,
        "`false`",
        "`true`",
        "whether a probe may connect to private and loopback addresses",
    ),
    Key::new("figure", Flag, "`true`", "`false`", "whether the image is the first element of the content"),
    Key::new("caption", Flag, "`true`", "`false`", "whether a caption is written under it"),
    Key::new("enclosure", Flag, "`true`", "`false`", "whether it is RSS's and Atom's enclosure"),
    Key::new("media", Flag, "`true`", "`false`", "whether Media RSS is written"),
    Key::new("attachments", Flag, "`true`", "`false`", "whether it is JSON Feed's attachment"),
    Key::new("banner", Flag, "`true`", "`false`", "whether a wide one is JSON Feed's `banner_image`"),
];

static POLICY: [Key; 2] = [
    Key::new(
        "mode",
        Choice(|| words(&policy::MODES)),
        "`build` lenient, `check` strict",
        "`strict`",
        "`strict` (any warning refuses the run) or `lenient`; `--strict` and `--lenient` override it",
    ),
    Key::new(
        "levels",
        Named(MappingNames::Of(codes), &Choice(|| words(&policy::LEVELS))),
        "none",
        "`{A021: allow, missing-slug: deny}`",
        "code: `allow` (not shown), `warn`, `deny` (refuses the run); codes by id or name, `feedmill explain` lists them",
    ),
];

fn codes() -> Vec<(&'static str, &'static str)> {
    let both = |code: &Code| [(code.id(), code.summary()), (code.name(), code.summary())];
    Code::ALL.iter().flat_map(both).collect()
}

/// The words of a choice.
fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}

#[cfg(test)]
mod tests;
