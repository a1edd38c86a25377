//! Any bytes as an article's file: reading, completing and rendering it must end without a panic, and a cut read must give
//! the answer of the whole file or ask for more.
#![no_main]

use feedmill::internals::model::{Article, ArticlePath, BodyFault, Extent, FileBytes, Image, ImageFacts, ReadFault, Site, World};
use feedmill::internals::parse::{self, Head, Parsed};
use feedmill::internals::render::{self, Addresses};
use feedmill::internals::normalise;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let config = "site: {title: Fuzz, url: \"https://example.org/\", language: en, timezone: Europe/Moscow}\n";
    parse::config(Some(config), "feedmill.yaml", &Default::default(), &mut ()).expect("the config is right")
});

struct One<'b>(&'b [u8]);

impl World for One<'_> {
    fn read(&self, _: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        Ok(FileBytes { bytes: self.0.to_vec(), extent })
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        Ok(parse::body(&String::from_utf8_lossy(self.0), article.body).to_owned())
    }

    fn image(&self, _: &Image) -> Option<ImageFacts> {
        None
    }
}

fn read(bytes: &[u8], extent: Extent) -> Parsed {
    parse::article(Head { path: &ArticlePath::new("a.md"), display_path: "a.md", bytes, extent }, &SITE, &(), &mut ())
}

fuzz_target!(|bytes: &[u8]| {
    let whole = read(bytes, Extent::Whole);
    let cut = &bytes[..bytes.len().min(64)];
    match (&whole, read(cut, Extent::Start)) {
        (_, Parsed::NeedsMore) => {}
        (Parsed::Article(whole), Parsed::Article(cut)) => assert_eq!(whole.title, cut.title),
        (Parsed::LeftOut(_), Parsed::LeftOut(_)) => {}
        other => panic!("{other:?}"),
    }
    let Parsed::Article(raw) = whole else { return };
    let Some(article) = normalise::article(*raw, &SITE, &(), &mut ()) else { return };
    let collection = normalise::collection(vec![article], &SITE, &(), &mut ());
    let addresses = Addresses::new(&collection.articles);
    for article in &collection.articles {
        let context = render::EntryContext {
            tags: &collection.tags,
            addresses: &addresses,
            site: &SITE,
            world: &One(bytes),
        };
        render::entry(article, context, &mut ());
    }
});
