//! Tags: spellings → one tag each, cleaned of characters that a tag should not have; and the table of the whole
//! collection with a label and a slug for each. The label is the spelling of the config (`tags.aliases`) if it has one,
//! otherwise the most common one.

use super::findings::{Findings, quoted};
use super::slugs::{self, Given, SlugClaim};
use super::{engine_names, markup, text};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, Located, Place, Site, Tag, TagKey, TagTable, Tagged, composed, feed_char};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const MAX_TAG_CHARACTERS: usize = 100;

/// The maximum number of tags per article. Every tag has feeds that list all tags of an entry, so the output grows with
/// the square: ten thousand tags, for which front matter has room, would fill a disk.
const MAX_TAGS_PER_ARTICLE: usize = 200;

/// The tags of an article, in order, without duplicates.
pub fn read<'r>(
    raw: impl IntoIterator<Item = &'r Located<String>>,
    site: &Site,
    findings: &mut Findings<'_>,
) -> Box<[Tagged]> {
    let raw = raw.into_iter();
    let mut seen = BTreeSet::new();
    let mut tags = Vec::with_capacity(raw.size_hint().0);
    for written in raw {
        if tags.len() == MAX_TAGS_PER_ARTICLE {
            let what = format!("the article has more than {MAX_TAGS_PER_ARTICLE} tags; the rest were dropped");
            findings.report(Code::UnsafeTag, written.at, what, format!("list at most {MAX_TAGS_PER_ARTICLE} tags"));
            break;
        }
        let Some((key, spelling)) = mended(written, site, findings) else { continue };
        if seen.insert(key.clone()) {
            tags.push((key, spelling.into(), written.at));
        }
    }
    tags.into()
}

/// Every tag in use. The articles are in order of path; `folders` has the folders that tags were given.
pub fn table(articles: &[Article], site: &Site, folders: &BTreeMap<String, String>, sink: &mut dyn Sink) -> TagTable {
    let mut found: HashMap<&TagKey, Uses<'_>> = HashMap::new();
    for article in articles {
        for (key, spelling, at) in &article.tags {
            found.entry(key).or_insert_with(|| Uses::new(article, *at)).add(article, spelling, *at);
        }
    }
    let uses: BTreeMap<&TagKey, Uses<'_>> = found.into_iter().collect();
    let configured: BTreeMap<TagKey, &str> =
        site.aliases.values().rev().filter_map(|name| Some((TagKey::new(name)?, name.as_str()))).collect();
    let label =
        |key: &TagKey, uses: &Uses<'_>| configured.get(key).map_or_else(|| uses.commonest(), |name| text::plain(name));
    let spelling = site.content.ids.and_then(|recipe| recipe.tags.slug);
    let claims = uses.iter().map(|(key, uses)| SlugClaim {
        key: key.as_str().to_owned(),
        spelt: spelling.map(|rule| engine_names::tag(&label(key, uses), rule)),
        since: (uses.oldest.0.published, uses.oldest.0.path.clone()),
    });
    let of_published = |keys: &BTreeSet<&str>| {
        let tags = articles.iter().filter(|article| article.record.line.is_some()).flat_map(|article| &article.tags);
        tags.map(|(key, ..)| key.as_str()).filter(|key| keys.contains(key)).map(str::to_owned).collect()
    };
    let given = Given { slugs: folders, published: &of_published };
    let slugs = slugs::allot(claims.collect(), "tag", &given);
    let labels: BTreeMap<&str, String> = uses.iter().map(|(key, uses)| (key.as_str(), label(key, uses))).collect();
    let mut table = TagTable::new();
    for (key, uses) in &uses {
        let (Some(allotted), Some(label)) = (slugs.get(key.as_str()), labels.get(key.as_str())) else { continue };
        if !configured.contains_key(*key) {
            tell_spellings(uses, label, site, sink);
        }
        if let Some(rival) = allotted.rival.as_deref().and_then(|rival| labels.get(rival)) {
            tell_collision(uses, [label, rival, &allotted.slug], site, sink);
        }
        table.insert((*key).clone(), Tag { label: label.clone(), slug: allotted.slug.clone() });
    }
    table
}

/// The uses of a tag: its oldest article, and for each spelling how often and where first it is used.
struct Uses<'a> {
    oldest: (&'a Article, Place),
    spellings: BTreeMap<&'a str, Spelling<'a>>,
}

struct Spelling<'a> {
    count: usize,
    first: (&'a Article, Place),
}

impl<'a> Uses<'a> {
    const fn new(article: &'a Article, at: Place) -> Self {
        Self { oldest: (article, at), spellings: BTreeMap::new() }
    }

    fn add(&mut self, article: &'a Article, spelling: &'a str, at: Place) {
        if (article.published, &article.path) < (self.oldest.0.published, &self.oldest.0.path) {
            self.oldest = (article, at);
        }
        self.spellings.entry(spelling).or_insert(Spelling { count: 0, first: (article, at) }).count += 1;
    }

    /// The most common spelling; of two as common, the one used by the first article in order of path.
    fn commonest(&self) -> String {
        let best = self
            .spellings
            .iter()
            .min_by(|(a, x), (b, y)| (y.count, &x.first.0.path, a).cmp(&(x.count, &y.first.0.path, b)));
        best.map(|(spelling, _)| (*spelling).to_owned()).unwrap_or_default()
    }
}

fn tell_spellings(uses: &Uses<'_>, label: &str, site: &Site, sink: &mut dyn Sink) {
    const SHOWN: usize = 5;
    let others = uses.spellings.iter().filter(|(spelling, _)| **spelling != label);
    let Some((article, at)) = others.map(|(_, s)| s.first).min_by(|a, b| a.0.path.cmp(&b.0.path)) else { return };
    let all: Vec<String> = uses.spellings.keys().take(SHOWN).map(|s| quoted(s)).collect();
    let more = if uses.spellings.len() > SHOWN { " and others" } else { "" };
    let message = format!("one tag is spelled {}{more}; using {} as its label", all.join(", "), quoted(label));
    let finding = Diagnostic::new(Code::TagSpelling, &site.display_path(&article.path), at, message);
    sink.report(finding.help("use one spelling, or set the label with `tags.aliases` in feedmill.yaml"));
}

fn tell_collision(uses: &Uses<'_>, [label, rival, slug]: [&str; 3], site: &Site, sink: &mut dyn Sink) {
    let (article, at) = uses.oldest;
    let message = format!(
        "the tags {} and {} would get the same slug; using {} for the first",
        quoted(label),
        quoted(rival),
        quoted(slug)
    );
    let finding = Diagnostic::new(Code::TagCollision, &site.display_path(&article.path), at, message);
    sink.report(finding.help("if they are the same tag, map one to the other with `tags.aliases` in feedmill.yaml"));
}

/// The cleaned spelling and its key; `None` if nothing usable is left. Changes and names unsafe as a path are reported.
fn mended(written: &Located<String>, site: &Site, findings: &mut Findings<'_>) -> Option<(TagKey, String)> {
    let mut tell = |what: String| {
        findings.report(
            Code::UnsafeTag,
            written.at,
            what,
            "use one or two words, without slashes or control characters",
        );
    };
    let quoted_tag = || quoted(&written.value);
    let bare = markup::without_tags(&written.value);
    let spelt = composed(text::plain(&bare));
    let key = TagKey::new(&spelt);
    let (key, plain) = match key.as_ref().and_then(|key| site.aliases.get(key)).map(|name| text::plain(name)) {
        Some(name) => (TagKey::new(&name), name),
        None => (key, spelt),
    };
    if plain.is_empty() {
        tell(format!("the tag {} is empty; it was dropped", quoted_tag()));
        return None;
    }
    // A tag of only dots, slashes and similar has no name that a folder or a reader could use.
    if plain.is_ascii() && !plain.contains(|c: char| c.is_ascii_alphanumeric() || "+#&".contains(c)) {
        tell(format!("the tag {} contains no letter or digit; it was dropped", quoted_tag()));
        return None;
    }
    if let Some((cut, _)) = plain.char_indices().nth(MAX_TAG_CHARACTERS) {
        let cut = plain.get(..cut).unwrap_or(&plain).trim_end().to_owned();
        tell(format!("the tag {} is longer than {MAX_TAG_CHARACTERS} characters; it was shortened", quoted_tag()));
        return Some((TagKey::new(&cut)?, cut));
    }
    if bare != written.value {
        tell(format!("the tag {} contains HTML tags; using {}", quoted_tag(), quoted(&plain)));
    } else if plain.contains(['/', '\\']) {
        tell(format!("the tag {} contains a slash; its folder gets a safe name", quoted_tag()));
    } else if written.value.contains(|c| feed_char(c).is_none()) {
        tell(format!("the tag {} contains control characters; they were removed", quoted_tag()));
    }
    Some((key?, plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use crate::model::trial;

    fn site() -> Site {
        let mut site = trial::site("https://e.org/");
        site.aliases.insert(TagKey::new("L2").unwrap(), "Layer2".into());
        site
    }

    fn tags(spellings: &[&str]) -> (Vec<String>, Vec<Code>) {
        let raw: Vec<_> = spellings.iter().map(|s| Located::new((*s).to_owned(), Place::WHOLE)).collect();
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = read(&raw, &site(), &mut Findings::new("a.md", &mut sink));
        (got.into_iter().map(|(_, s, _)| s.to_string()).collect(), sink.iter().map(|f| f.code).collect())
    }

    #[test]
    fn twins_aliases_and_unsafe_tags() {
        let none: Vec<Code> = vec![];
        assert_eq!(tags(&["Layer2", "layer2", " L2 ", "R&amp;D"]), (vec!["Layer2".into(), "R&D".into()], none.clone()));
        assert_eq!(tags(&["", ".", "..", "///"]), (vec![], vec![Code::UnsafeTag; 4]));
        assert_eq!(tags(&["a/b", "../../etc/passwd", "x\0y"]).1, [Code::UnsafeTag; 3]);
        assert_eq!(tags(&["a/b", "x\0y"]).0, ["a/b", "xy"]);
        assert_eq!(tags(&["ж".repeat(400).as_str()]), (vec!["ж".repeat(100)], vec![Code::UnsafeTag]));
        assert_eq!(tags(&["C++", ".NET", "🚀", "+", "<div>", "caf\u{e9}", "cafe\u{301}"]).1, none);
        for (one, other) in [("caf\u{e9}", "cafe\u{301}"), ("\u{622}", "\u{627}\u{653}"), ("\u{439}", "\u{438}\u{306}")]
        {
            assert_eq!(tags(&[one, other]).0, [one], "two spellings of one letter");
        }
        assert_eq!(tags(&["<a href=\"/x\">Open <b>Data</b></a>"]), (vec!["Open Data".into()], vec![Code::UnsafeTag]));
        let many: Vec<String> = (0..300).map(|n| format!("t{n}")).collect();
        let (kept, reported) = tags(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((kept.len(), reported), (MAX_TAGS_PER_ARTICLE, vec![Code::UnsafeTag]));
    }

    fn made(all: &[(&str, &[&str])]) -> (TagTable, Vec<Diagnostic>) {
        let articles: Vec<Article> = all
            .iter()
            .enumerate()
            .map(|(i, (path, tags))| Article {
                published: Timestamp::from_unix(i64::try_from(i).unwrap()).unwrap(),
                tags: tags.iter().map(|t| (TagKey::new(t).unwrap(), (*t).into(), Place::WHOLE)).collect(),
                ..trial::article(path, "x")
            })
            .collect();
        let mut sink = Vec::new();
        (table(&articles, &site(), &BTreeMap::new(), &mut sink), sink)
    }

    #[test]
    fn the_commonest_spelling_is_the_label() {
        let (table, sink) =
            made(&[("a.md", &["defi", "layer2"]), ("b.md", &["DeFi"]), ("c.md", &["DeFi"]), ("d.md", &["DEFI"])]);
        assert_eq!(table[&TagKey::new("defi").unwrap()], Tag { label: "DeFi".into(), slug: "defi".into() });
        assert_eq!(table[&TagKey::new("layer2").unwrap()].label, "Layer2", "the config's spelling wins");
        assert_eq!(sink.iter().map(|f| (f.code, &*f.path)).collect::<Vec<_>>(), [(Code::TagSpelling, "content/a.md")]);
        let (table, _) = made(&[("a.md", &["b"]), ("b.md", &["B"])]);
        assert_eq!(table[&TagKey::new("b").unwrap()].label, "b", "of two as common, the first by path");
    }

    #[test]
    fn colliding_tags_are_told_apart_and_told() {
        let (table, sink) = made(&[("a.md", &["C++"]), ("b.md", &["C"]), ("c.md", &["C#", "Rust"])]);
        let slugs: Vec<&str> = table.values().map(|t| t.slug.as_str()).collect();
        assert_eq!(slugs, ["c", "c-sharp", "c-plus-plus", "rust"]);
        assert_eq!(
            sink.iter().map(|f| (f.code, &*f.path)).collect::<Vec<_>>(),
            [(Code::TagCollision, "content/b.md"), (Code::TagCollision, "content/c.md")]
        );
    }
}
