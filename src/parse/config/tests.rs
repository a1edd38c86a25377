//! The config: every key, every default, every fault with its code and place.

use super::super::{Overrides, config};
use crate::diagnostic::{Code, Diagnostic, Level, Mode};
use crate::model::{Axis, Condition, ContentMode, Credit, FeedRule, Format, Site, TagKey};

const URL: &str = "site: {url: \"https://e.org/\"}\n";

fn site(text: &str) -> Site {
    let mut sink: Vec<Diagnostic> = Vec::new();
    let site = config(Some(text), "feedmill.yaml", &Overrides::default(), &mut sink);
    assert_eq!(sink, []);
    site.unwrap()
}

fn findings(text: &str, overrides: &Overrides) -> Vec<Diagnostic> {
    let mut sink = Vec::new();
    let site = config(Some(text), "feedmill.yaml", overrides, &mut sink);
    assert_eq!(site.is_none(), !sink.is_empty(), "{sink:?}");
    sink
}

/// Code, line and column of every fault.
fn faults(text: &str) -> Vec<(&'static str, u32, u32)> {
    findings(text, &Overrides::default()).iter().map(|d| (d.code.id(), d.at.line, d.at.column)).collect()
}

/// The one fault: code, message, help.
fn only(text: &str) -> (Code, String, String) {
    let mut findings = findings(text, &Overrides::default());
    assert_eq!(findings.len(), 1, "{text}: {findings:?}");
    let fault = findings.remove(0);
    (fault.code, fault.message.to_string(), fault.help.as_deref().unwrap_or_default().to_owned())
}

#[test]
fn a_bare_folder_works_with_a_url() {
    let overrides =
        Overrides { url: Some("https://e.org/blog".into()), content: Some("notes".into()), ..Overrides::default() };
    let site = config(None, "feedmill.yaml", &overrides, &mut ()).unwrap();
    assert_eq!((site.title.as_str(), site.url.as_str()), ("e.org", "https://e.org/blog/"));
    assert_eq!((site.content.dir.as_str(), site.output.dir.as_str()), ("notes", "feeds"));
    assert_eq!(site.output.url.as_str(), "https://e.org/blog/feeds/");
    assert_eq!(site.content.include, ["**/*.md", "**/*.markdown"]);
    assert_eq!(site.content.permalink.to_string(), "/{slug}/");
    assert_eq!((site.output.formats.as_slice(), site.output.limit), (&Format::ALL[..], 50));
    assert_eq!((site.output.content, site.credit), (ContentMode::Both, Credit::Shown));
    assert_eq!(site.feeds, [FeedRule::By { axis: Axis::Tag, paths: Default::default(), limit: None, content: None }]);
    assert_eq!(site.timezone, chrono_tz::Tz::UTC);
}

#[test]
fn every_key_is_read() {
    let site = site(
        r#"
site: {title: " Де  Фи ", url: "https://пример.рф", description: D, language: no, timezone: Europe/Moscow, since: 2025,
       authors: ["Ann <a@e.org>", {name: Bob, email: b@e.org, url: "https://b.org"}], image: /i.png, copyright: © 2025}
content: {dir: posts, include: "**/*.md", exclude: [drafts/**], permalink: "{year}/{slug}.html"}
output: {dir: public, url: "https://cdn.example/f", formats: [json, rss, rss], limit: 20, content: summary, credit: no}
feeds:
  - by: author
  - {by: source, limit: 5, content: full}
  - name: l2-ru
    title: T
    description: D
    limit: 7
    content: both
    where: {all: [{tag: L2}, {lang: ru}, {not: {source: X}}], featured: true}
tags: {aliases: {L2: l 2, "l  2": Layer2, layer2: Layer2}}
sources: {X: "https://x.org/", Y: {url: "https://y.org", feed: "https://y.org/f", title: YY, id: "urn:y"}, Z: }
websub: {hubs: ["https://hub.example", "http://127.0.0.1:9/", "https://hub.example/"]}
policy: {mode: strict, levels: {A021: allow, bad-date: deny, a023: warn}}
"#,
    );
    assert_eq!((site.title.as_str(), site.url.as_str()), ("Де Фи", "https://xn--e1afmkfd.xn--p1ai/"));
    assert_eq!(site.lang.map(|l| l.to_string()), Some("no".into()));
    assert_eq!(site.timezone, chrono_tz::Europe::Moscow);
    assert_eq!(site.since.map(|s| s.as_str().to_owned()), Some("2025".into()));
    assert_eq!(site.authors.len(), 2);
    assert_eq!((&*site.authors[0].name, site.authors[0].email.as_deref()), ("Ann", Some("a@e.org")));
    assert_eq!(site.authors[1].email.as_deref(), Some("b@e.org"));
    assert_eq!(site.image.map(|u| u.to_string()), Some("https://xn--e1afmkfd.xn--p1ai/i.png".into()));
    assert_eq!(
        (site.content.dir.as_str(), site.content.permalink.to_string()),
        ("posts", "/{year}/{slug}.html".into())
    );
    assert_eq!((site.content.include.len(), site.content.exclude.len()), (1, 1));
    assert_eq!((site.output.dir.as_str(), site.output.url.as_str()), ("public", "https://cdn.example/f/"));
    assert_eq!((site.output.formats, site.output.limit), (vec![Format::Rss, Format::Json], 20));
    assert_eq!((site.output.content, site.credit), (ContentMode::Summary, Credit::Hidden));
    let FeedRule::Custom { name, condition, limit, .. } = &site.feeds[2] else { panic!("{:?}", site.feeds) };
    assert_eq!((name.as_str(), *limit), ("l2-ru", Some(7)));
    let Condition::All(parts) = condition else { panic!("{condition:?}") };
    assert_eq!(parts[0], Condition::Featured(true));
    let Condition::All(parts) = &parts[1] else { panic!("{condition:?}") };
    assert_eq!(parts[0], Condition::Tag(TagKey::new("layer2").unwrap()));
    assert_eq!(parts[2], Condition::Not(Box::new(Condition::Source("X".into()))));
    assert_eq!(site.aliases.get(&TagKey::new("l2").unwrap()).map(String::as_str), Some("Layer2"));
    assert_eq!(site.aliases.len(), 3);
    assert_eq!(site.sources["X"].url.as_ref().map(|u| u.as_str()), Some("https://x.org/"));
    assert_eq!(site.sources["Y"].id.as_deref(), Some("urn:y"));
    assert_eq!(site.sources["Z"], crate::model::Source::default());
    assert_eq!(
        site.hubs.iter().map(|h| h.as_str()).collect::<Vec<_>>(),
        ["https://hub.example/", "http://127.0.0.1:9/"]
    );
    assert_eq!(site.policy.mode, Some(Mode::Strict));
    assert_eq!(site.policy.levels.get(&Code::BadDate), Some(&Level::Deny));
    assert_eq!(site.policy.levels.len(), 3);
}

#[test]
fn flags_stand_above_the_config() {
    let overrides = Overrides {
        url: Some("http://localhost:4000".into()),
        content: Some("c".into()),
        out: Some("o".into()),
        ..Overrides::default()
    };
    let text = format!("{URL}content: {{dir: x}}\noutput: {{dir: y, url: /f}}\n");
    let site = config(Some(&text), "feedmill.yaml", &overrides, &mut ()).unwrap();
    assert_eq!((site.content.dir.as_str(), site.output.dir.as_str()), ("c", "o"));
    assert_eq!(site.output.url.as_str(), "http://localhost:4000/f/");
    for bad in ["e.org", "ftp://e.org", "", "https://e.org/?q", "https://u:secret@e.org/"] {
        let overrides = Overrides { url: Some(bad.into()), ..Overrides::default() };
        let found = findings(URL, &overrides);
        assert_eq!((found.len(), found[0].code, &*found[0].path), (1, Code::BadValue, ""), "{bad}");
        assert!(!found[0].message.contains("secret"));
    }
}

#[test]
fn null_means_the_default() {
    let site = site(
        "site:\n  url: https://e.org\n  title:\n  description: ''\ncontent:\noutput: ~\nfeeds:\ntags:\nsources:\nwebsub:\npolicy:\n",
    );
    assert_eq!((site.title.as_str(), site.feeds.len(), site.content.dir.as_str()), ("e.org", 1, "content"));
    assert_eq!(self::site(&format!("{URL}feeds: []\n")).feeds, []);
}

#[test]
fn c001_no_mapping() {
    assert_eq!(faults("- a\n"), [("C001", 1, 3)]);
    assert_eq!(faults("text\n"), [("C001", 1, 1)]);
    assert_eq!(faults("site: {url: x\n  y: z\n").len(), 1);
    let (code, message, _) = only("site:\n\ttitle: x\n");
    assert_eq!(
        (code, message.as_str()),
        (Code::ConfigSyntax, "the config is not valid YAML: a tab is used where YAML allows only spaces")
    );
}

#[test]
fn c002_unknown_keys_at_every_level() {
    assert_eq!(only(&format!("{URL}stie: 1\n")).2, "did you mean `site`?");
    assert_eq!(only("site: {url: \"https://e.org/\", tilte: x}").2, "did you mean `title`?");
    assert_eq!(only(&format!("{URL}copyright: x\n")).2, "`copyright` belongs under `site:`");
    assert_eq!(only(&format!("{URL}hubs: x\n")).2, "`hubs` belongs under `websub:`");
    assert!(only(&format!("{URL}zebra: x\n")).2.starts_with("known keys: site, content, output"));
    assert_eq!(only(&format!("{URL}sources: {{X: {{urll: a}}}}")).1, "`sources.X` has no key `urll`");
    let text = format!(
        "{URL}a1: 1\noutput: {{b: 1}}\nfeeds: [{{by: tag, c: 1}}, {{name: x, where: {{d: 1}}}}]\ntags: {{e: 1}}\nwebsub: {{f: 1}}\npolicy: {{g: 1}}\n"
    );
    assert_eq!(findings(&text, &Overrides::default()).iter().filter(|d| d.code == Code::UnknownKey).count(), 7);
}

#[test]
fn c003_wrong_values_at_their_places() {
    let cases = [
        "site: {url: e.org}",
        "site: {url: \"https://e.org/?a\"}",
        "site: {url: \"mailto:x@e.org\"}",
        "site: {url: \"https://e.org/\", title: [1]}",
        "site: {url: \"https://e.org/\", title: \"a\\u0008\"}",
        "site: {url: \"https://e.org/\", language: russian_language}",
        "site: {url: \"https://e.org/\", timezone: Europe/Moskow}",
        "site: {url: \"https://e.org/\", since: 2025-02-30}",
        "site: {url: \"https://e.org/\", authors: [{email: a@b}]}",
        "site: {url: \"https://e.org/\", authors: [{name: A, email: a b}]}",
        "site: {url: \"https://e.org/\", authors: [[A]]}",
        "site: {url: \"https://e.org/\", image: \"data:x\"}",
        "content: {include: \"[\"}",
        "content: {permalink: /x/}",
        "content: {permalink: \"/{slag}/\"}",
        "content: {permalink: \"/{slug\"}",
        "content: {permalink: \"/../{slug}\"}",
        "output: {url: \"https://[\"}",
        "output: {url: \"/f?x\"}",
        "output: {formats: [rss, atmo]}",
        "output: {formats: []}",
        "output: {limit: 0}",
        "output: {limit: -1}",
        "output: {limit: 5.5}",
        "output: {content: all}",
        "output: {credit: \"true\"}",
        "feeds: tag",
        "feeds: [{}]",
        "feeds: [{by: tags}]",
        "feeds: [{by: tag, name: x, where: {tag: y}}]",
        "feeds: [{by: tag, title: x}]",
        "feeds: [{name: Ы, where: {tag: y}}]",
        "feeds: [{name: ../x, where: {tag: y}}]",
        "feeds: [{name: x}]",
        "feeds: [{name: x, where: {}}]",
        "feeds: [{name: x, where: {all: []}}]",
        "feeds: [{name: x, where: {tag: }}]",
        "feeds: [{name: x, where: {featured: maybe}}]",
        "feeds: [{name: x, where: {tag: a, lang: \"\"}}]",
        "feeds: [{name: x, where: {not: [a]}}]",
        "feeds: [null]",
        "tags: {aliases: {a: }}",
        "tags: {aliases: {a: b, b: a}}",
        "tags: {aliases: [a]}",
        "sources: [X]",
        "sources: {X: y}",
        "sources: {X: {feed: /f}}",
        "sources: {X: {id: no iri}}",
        "websub: {hubs: \"http://hub.example/\"}",
        "policy: {mode: Strict}",
        "policy: {levels: {A021: allowed}}",
        "policy: {levels: {A999: allow}}",
    ];
    for case in cases {
        let text = if case.starts_with("site") { format!("\n{case}\n") } else { format!("{URL}{case}\n") };
        let found = findings(&text, &Overrides::default());
        assert!(!found.is_empty() && found.iter().all(|d| d.code == Code::BadValue), "{case}: {found:?}");
        assert!(found.iter().all(|d| d.at.line == 2 && d.at.column > 6), "{case}: {found:?}");
    }
}

#[test]
fn c003_says_what_is_expected() {
    let (_, message, help) = only("site: {url: \"https://e.org/\", timezone: Europe/Moskow}");
    assert_eq!(message, "`site.timezone` should be a time zone, such as `UTC` or `Europe/Moscow`, not `Europe/Moskow`");
    assert_eq!(help, "did you mean `Europe/Moscow`?");
    assert_eq!(only("site: {url: e.org/blog}").2, "did you mean `https://e.org/blog`?");
    assert_eq!(only(&format!("{URL}policy: {{levels: {{bad-dat: deny}}}}")).2, "did you mean `bad-date`?");
    let (_, message, _) = only(&format!("{URL}output: {{limit: many}}"));
    assert_eq!(message, "`output.limit` should be a whole number from 1 to 100000, such as 50, not `many`");
    assert_eq!(
        only("site: {url: \"https://e.org/\"}\nsite: {url: \"https://e.org/\"}\n").1,
        "`site` is written twice, first on line 1"
    );
    assert!(only(&format!("{URL}output: {{content: {}}}", "x".repeat(900))).1.len() < 200);
}

#[test]
fn secrets_are_neither_shown_nor_pointed_to() {
    for hub in ["https://u:hunter2@hub.example/", "http://hunter2@hub.example", "https://u:hunter2@:x/"] {
        let found = findings(&format!("{URL}websub: {{hubs: [\"{hub}\"]}}"), &Overrides::default());
        assert_eq!((found.len(), found[0].code, found[0].at.line), (1, Code::BadValue, 0));
        assert!(!format!("{found:?}").contains("hunter2"));
        assert!(found[0].message.contains("line 2"));
    }
}

#[test]
fn c004_no_base_url() {
    assert_eq!(faults("site: {title: x}"), [("C004", 0, 0)]);
    let mut sink: Vec<Diagnostic> = Vec::new();
    assert!(config(None, "feedmill.yaml", &Overrides::default(), &mut sink).is_none());
    assert!(sink[0].help.as_ref().unwrap().contains("--url"));
}

#[test]
fn c005_twin_feeds() {
    let twins = |feeds: &str| faults(&format!("{URL}feeds:\n{feeds}"));
    assert_eq!(twins("- by: tag\n- by: lang\n- by: tag\n"), [("C005", 5, 7)]);
    assert_eq!(twins("- {name: a, where: {tag: x}}\n- {name: a, where: {tag: y}}\n"), [("C005", 4, 10)]);
    for name in ["tags", "authors", "sources", "lang", "all"] {
        assert_eq!(twins(&format!("- {{name: {name}, where: {{tag: x}}}}\n")), [("C005", 3, 10)], "{name}");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let found = faults("site: {tilte: x}\noutput: {limit: no}\nfeeds: [{by: x}]\n");
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn hostile_values_are_refused_quickly() {
    let long = "x".repeat(1_000_000);
    let globs = "{".repeat(500_000) + &"}".repeat(500_000);
    let keys: String = (0..20_000).map(|n| format!("k{n}: 1\n")).collect();
    let chain: String = (0..20_000).map(|n| format!("  t{n}: t{}\n", n + 1)).collect();
    for text in [
        format!("{URL}? {long}\n: 1\n"),
        format!("site: {{url: \"https://e.org/\", timezone: {long}}}"),
        format!("{URL}content: {{include: \"{globs}\"}}"),
        format!("{URL}content: {{permalink: \"{globs}\"}}"),
        format!("{URL}{keys}"),
        format!("{URL}tags:\n aliases:\n{chain}"),
    ] {
        assert!(findings(&text, &Overrides::default()).iter().all(|d| d.message.len() < 400));
    }
}

proptest::proptest! {
    /// No text panics any reader, and every place lies in the text.
    #[test]
    fn any_text_is_read_or_refused(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picks.iter().filter_map(|n| PIECES.get(*n).copied()).collect();
        let lines = u32::try_from(text.split('\n').count()).unwrap();
        for read in [crate::parse::yaml::tree, crate::parse::toml::tree, crate::parse::json::tree] {
            match read(&text, 1) {
                Ok(node) => assert!((1..=lines).contains(&node.at.line)),
                Err(fault) => {
                    assert!((1..=lines).contains(&fault.at.line) && fault.at.column > 0, "{text:?} {fault:?}");
                    assert!(!fault.message.is_empty() && !fault.message.contains('\n'));
                }
            }
        }
        let mut sink: Vec<Diagnostic> = Vec::new();
        let site = config(Some(&text), "feedmill.yaml", &Overrides::default(), &mut sink);
        assert_eq!(site.is_none(), !sink.is_empty());
    }
}

/// What texts are thrown together from.
const PIECES: [&str; 40] = [
    "a",
    ": ",
    "\n",
    "  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "\\",
    "\\ud800",
    "\\u00e9",
    "&x ",
    "*x",
    "<<: ",
    "? ",
    "|\n",
    ">-\n",
    "#",
    "---\n",
    "...\n",
    "\t",
    "\r\n",
    "ж",
    "\u{2028}",
    "\u{feff}",
    "\u{0}",
    "!!str ",
    "= ",
    "[[",
    "\"\"\"",
    "2024-01-02",
    "site: ",
    "url: https://e.org\n",
    "feeds: ",
    "where: ",
    "null",
];

#[test]
fn images_are_ruled_part_by_part() {
    use crate::model::{Aggregator, ImageRules, Reach};
    assert_eq!(site(URL).images, ImageRules::default());
    let site = |text: &str| site(&format!("{URL}{text}"));
    let off = site(
        "images: {max_age: 12 h, allow_private: yes, figure: no, caption: off, enclosure: false, media: no,\n  attachments: no, banner: no}\ntargets: [flipboard, flipboard]",
    );
    let parts = off.images.parts;
    assert!(
        ![parts.figure, parts.caption, parts.enclosure, parts.media, parts.attachments, parts.banner].contains(&true)
    );
    assert_eq!((off.images.max_age, off.images.reach), (12 * 3600, Reach::Anywhere));
    assert_eq!(off.targets, [Aggregator::Flipboard]);
    for (written, seconds) in [("0s", 0), ("90m", 5400), ("30d", 2_592_000)] {
        assert_eq!(site(&format!("images: {{max_age: {written}}}")).images.max_age, seconds);
    }
    for bad in [
        "images: {max_age: 30}",
        "images: {max_age: -1d}",
        "images: {max_age: 99999d}",
        "images: {max_age: d}",
        "images: {max_age: +1d}",
        "images: {max_age: \"1я\"}",
        "images: {figure: maybe}",
        "images: {figures: no}",
        "images: x",
        "targets: [flipbord]",
    ] {
        assert_eq!(faults(&format!("{URL}{bad}")).len(), 1, "{bad}");
    }
}
