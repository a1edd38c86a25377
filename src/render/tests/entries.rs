//! Complete entries of articles, with findings in lines of their files.
//!
//! The world is a map with one body and one image.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::trial;
use crate::model::*;
use crate::render::Addresses;
use crate::render::EntryContext;

struct Map(Result<String, BodyFault>, Option<ImageFacts>);

impl World for Map {
    fn read(&self, _: &ArticlePath, _: Extent) -> Result<FileBytes, ReadFault> {
        Err(ReadFault::Unreadable("a rendered article is not read again".into()))
    }
    fn body(&self, _: &Article) -> Result<String, BodyFault> {
        self.0.clone()
    }
    fn image(&self, _: &Image) -> Option<ImageFacts> {
        self.1.clone()
    }
}

fn site() -> Site {
    Site { lang: None, ..trial::site("https://e.org/") }
}

fn article() -> Article {
    Article {
        id: EntryId::new("tag:e.org,2025:a").unwrap(),
        permalink: AbsUrl::parse("https://e.org/a/").unwrap(),
        title: "The Title".into(),
        published: Timestamp::from_unix(1).unwrap(),
        updated: Timestamp::from_unix(2).unwrap(),
        tags: [(TagKey::new("Layer2").unwrap(), "Layer2".into(), Place::WHOLE)].into(),
        body: BodyRef { offset: 0, line: 10, fenced: false },
        ..trial::article("a.md", "a")
    }
}

/// An article of this file and slug; its page is `https://e.org/<slug>/`.
pub(in crate::render) fn article_at(path: &str, slug: &str) -> Article {
    Article {
        path: ArticlePath::new(path),
        permalink: AbsUrl::parse(&format!("https://e.org/{slug}/")).unwrap(),
        slug: Slug::new(slug).unwrap(),
        ..article()
    }
}

fn entry(article: &Article, body: Result<&str, BodyFault>) -> (Option<Entry>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let world = Map(body.map(str::to_owned), None);
    let (tags, addresses, site) = (TagTable::new(), Addresses::default(), site());
    let context = EntryContext { tags: &tags, addresses: &addresses, site: &site, world: &world };
    (crate::render::entry(article, context, &mut found), found)
}

#[test]
fn an_entry_is_complete() {
    let tags =
        TagTable::from([(TagKey::new("layer2").unwrap(), Tag { label: "LAYER2".into(), slug: "layer2".into() })]);
    let facts =
        ImageFacts { length: 7, media_type: MediaType::new("image/png"), width: Some(1), height: Some(2), flaw: None };
    let world = Map(Ok("# The Title\r\n\r\nПривет\r\n".into()), Some(facts));
    let image = AbsUrl::parse("https://i.ibb.co/x/a.webp").unwrap();
    let mut article = article();
    article.image = Some(Image {
        url: image.clone(),
        file: None,
        texts: ImageTexts::new(Some(" a\n b".into()), None),
        at: Place::WHOLE,
    });
    let mut found = Vec::new();
    let (addresses, site) = (Addresses::default(), site());
    let context = EntryContext { tags: &tags, addresses: &addresses, site: &site, world: &world };
    let entry = crate::render::entry(&article, context, &mut found).unwrap();
    assert_eq!(
        entry.html,
        "<figure><img src=\"https://i.ibb.co/x/a.webp\" alt=\"a b\" width=\"1\" height=\"2\" class=\"featured\"></figure>\n\
         <p>Привет</p>"
    );
    assert_eq!(entry.summary, "Привет");
    assert_eq!(entry.tags, ["LAYER2"]);
    assert_eq!(entry.authors, [Person { name: "Site".into(), email: None, url: None }]);
    assert_eq!(entry.body_hash, blake3::hash("# The Title\r\n\r\nПривет\r\n".as_bytes()).to_hex().to_string());
    let enclosure = entry.image.unwrap();
    assert_eq!((enclosure.url, enclosure.length, enclosure.media_type.as_str()), (image, 7, "image/png"));
    assert_eq!(enclosure.alt.as_deref(), Some("a b"));
    assert_eq!(found.iter().map(|f| (f.code, f.at.line)).collect::<Vec<_>>(), [(Code::HeadingIsTitle, 10)]);
}

#[test]
fn faults_of_the_body_are_told_in_lines_of_the_file() {
    let (gone, found) = entry(&article(), Err(BodyFault::Unreadable("gone".into())));
    assert!(gone.is_none() && found[0].code == Code::UnreadableBody);
    let (rest, found) = entry(&article(), Err(BodyFault::NotUtf8 { line: 12, rest: "x".into() }));
    assert_eq!(rest.unwrap().html, "<p>x</p>");
    assert_eq!((found[0].code, found[0].at.line, &*found[0].path), (Code::BodyNotUtf8, 12, "content/a.md"));
    for body in ["\n ", "<!-- -->\n", "# The Title", "<script>x()</script>"] {
        let (empty, found) = entry(&article(), Ok(body));
        assert_eq!(empty.map(|entry| (entry.html.trim().len(), entry.summary)), Some((0, "The Title".into())));
        assert!(found.iter().any(|f| f.code == Code::EmptyBody), "{body}");
    }
    let (_, found) = entry(&article(), Ok("a\n\nb\u{1}"));
    assert_eq!((found[0].code, found[0].at), (Code::ForbiddenBodyCharacter, Place::new(12, 2, 1)));
    let (_, found) = entry(&article(), Ok("a\n[b](javascript:x)"));
    assert_eq!((found[0].code, found[0].at.line), (Code::UnsafeLink, 11));
}

#[test]
fn an_image_of_unknown_type_is_left_out() {
    let mut article = article();
    let url = AbsUrl::parse("https://e.org/photo?id=1").unwrap();
    article.image = Some(Image { url, file: None, texts: None, at: Place::new(4, 6, 3) });
    let (entry, found) = entry(&article, Ok("x"));
    assert_eq!(entry.unwrap().image, None);
    assert_eq!((found[0].code, found[0].at), (Code::UnknownImageType, Place::new(4, 6, 3)));
}

#[test]
fn the_credit_line_speaks_the_language_of_the_article() {
    let credit = |article: &Article| entry(article, Ok("x")).0.unwrap().html;
    let mut article = article();
    let url = AbsUrl::parse("https://d.org/?a=1&b=2").ok();
    article.attribution =
        Some(Attribution { name: "A&B".into(), url: None, feed: None, title: "A&B".into(), id: None }.into());
    assert_eq!(credit(&article), "<p>x</p>\n<p>Source: A&amp;B</p>");
    article.attribution = article.attribution.map(|a| Attribution { url, ..(*a).clone() }.into());
    article.description = Some("Сеть достигла рубежа".into());
    assert_eq!(credit(&article), "<p>x</p>\n<p>Источник: <a href=\"https://d.org/?a=1&amp;b=2\">A&amp;B</a></p>");
    article.lang = Lang::new("de-AT");
    article.via = AbsUrl::parse("https://via.org/p").ok();
    assert_eq!(credit(&article), "<p>x</p>\n<p>Quelle: <a href=\"https://via.org/p\">A&amp;B</a></p>");
    article.attribution = None;
    assert_eq!(credit(&article), "<p>x</p>\n<p>Quelle: <a href=\"https://via.org/p\">via.org</a></p>");
}
