//! The image of an article: a URL or a path → the one URL in the feeds, and the possible path of the file under the
//! content folder, so that it can be measured. A path never leaves that folder.
//!
//! `/img/a.webp` is relative to the site's root. `a.webp` and `../img/a.webp` are relative to the article: below the
//! permalink for a page bundle (`name/index.md`), otherwise below the site's URL at the article's folder.

use super::findings::{Findings, quoted};
use super::{encode, image_place, markup, text, urls};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, ArticlePath, Image, ImageTexts, Located, Place, RawImage, Site, UrlFault};

/// What the references of an article are resolved against.
#[derive(Clone, Copy)]
pub struct Home<'a> {
    /// The article's file.
    pub path: &'a ArticlePath,
    /// The article's page.
    pub permalink: &'a AbsUrl,
    /// The article's site.
    pub site: &'a Site,
}

/// The image with its resolved URL. `None` if the field is blank or not a URL; the latter is reported.
pub fn read(raw: &RawImage, home: Home<'_>, findings: &mut Findings<'_>) -> Option<Image> {
    let plain = |written: &Option<Located<String>>| {
        written.as_ref().map(|words| text::plain(&markup::without_tags(&words.value))).filter(|words| !words.is_empty())
    };
    let placed = image_place::placed(&raw.url, "image", home.path, home.site, findings)?;
    let image = file(&Located::new(placed.into_owned(), raw.url.at), "image", home, findings)?;
    Some(Image { texts: ImageTexts::new(plain(&raw.alt), plain(&raw.caption)), ..image })
}

/// The site's own image, for the channel.
pub fn of_site(site: &Site) -> Option<Image> {
    let url = site.image.clone()?;
    Some(Image { file: site.own_file(&url), url, texts: None, at: Place::WHOLE })
}

/// The file that a field refers to, without texts. `None` if the field is blank or not a URL; the latter is reported.
pub fn file(reference: &Located<String>, field: &str, home: Home<'_>, findings: &mut Findings<'_>) -> Option<Image> {
    let Home { path, permalink, site } = home;
    let written = reference.value.trim();
    if written.is_empty() {
        return None;
    }
    let (url, file) = match AbsUrl::parse(written) {
        Err(UrlFault::Relative) if written.starts_with(['/', '\\']) => {
            let url = urls::under_site(&written.replace('\\', "/"), site);
            let file = url.as_ref().ok().and_then(|url| site.own_file(url));
            (url, file)
        }
        Err(UrlFault::Relative) => {
            let relative = written.replace('\\', "/");
            let Some(file) = beside(path, &relative) else {
                findings.report(
                    Code::BadUrl,
                    reference.at,
                    format!("the {field} {} is outside the content folder", quoted(written)),
                    "write a URL, or a path inside the content folder",
                );
                return None;
            };
            (beside_url(path, &relative, permalink, site), Some(file))
        }
        Ok(url) => {
            let file = site.own_file(&url);
            (Ok(url), file)
        }
        fault => (fault, None),
    };
    let url = urls::accept(url, reference, field, findings)?;
    Some(Image { url, file, texts: None, at: reference.at })
}

/// The file behind a reference that is relative to an article.
fn beside(article: &ArticlePath, reference: &str) -> Option<ArticlePath> {
    ArticlePath::below(article.folder(), reference)
}

fn beside_url(path: &ArticlePath, reference: &str, permalink: &AbsUrl, site: &Site) -> Result<AbsUrl, UrlFault> {
    if path.stem() == "index" {
        return permalink.join(reference);
    }
    if path.folder().is_empty() {
        return site.url.join(reference);
    }
    site.url.join(&format!("./{}/", encode::path(path.folder())))?.join(reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::trial;
    use proptest::prelude::*;

    fn image(written: &str, path: &str) -> (Option<(String, Option<String>)>, usize) {
        let raw = RawImage {
            url: Located::new(written.into(), Place::new(4, 6, 1)),
            alt: Some(Located::new(" \n".into(), Place::WHOLE)),
            caption: None,
        };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let page = AbsUrl::parse("https://e.org/blog/page/").unwrap();
        let site = trial::site("https://e.org/blog/");
        let home = Home { path: &ArticlePath::new(path), permalink: &page, site: &site };
        let got = read(&raw, home, &mut Findings::new(path, &mut sink));
        assert!(got.as_ref().is_none_or(|i| i.alt().is_none()));
        (got.map(|i| (i.url.as_str().to_owned(), i.file.map(|f| f.to_string()))), sink.len())
    }
    fn some(url: &str, file: Option<&str>) -> (Option<(String, Option<String>)>, usize) {
        (Some((url.into(), file.map(str::to_owned))), 0)
    }

    #[test]
    fn images_of_all_kinds() {
        assert_eq!(image("https://i.ibb.co/Q/p.webp", "a.md"), some("https://i.ibb.co/Q/p.webp", None));
        assert_eq!(
            image("https://e.org/blog/i/%D0%B0.png?v=1", "a.md"),
            some("https://e.org/blog/i/%D0%B0.png?v=1", Some("i/а.png"))
        );
        assert_eq!(image("/img/my a.png", "n/a.md"), some("https://e.org/blog/img/my%20a.png", Some("img/my a.png")));
        assert_eq!(image("/blog/img/a.png", "n/a.md"), some("https://e.org/blog/img/a.png", Some("img/a.png")));
        assert_eq!(image("//x.org/a.png", "n/a.md"), some("https://x.org/a.png", None));
        assert_eq!(image("c.png", "n/p/index.md"), some("https://e.org/blog/page/c.png", Some("n/p/c.png")));
        assert_eq!(image("c.png", "a.md"), some("https://e.org/blog/c.png", Some("c.png")));
        assert_eq!(
            image("../i/c.png?x", "n м/p/a.md"),
            some("https://e.org/blog/n%20%D0%BC/i/c.png?x", Some("n м/i/c.png"))
        );
        assert_eq!(image("..\\c.png", "n/a.md"), some("https://e.org/blog/c.png", Some("c.png")));
        assert_eq!(image("  ", "a.md"), (None, 0));
    }

    #[test]
    fn what_is_no_image_url() {
        for bad in [
            "../../etc/passwd",
            "data:image/png;base64,AAAA",
            "C:\\a.png",
            "javascript:alert(1)",
            "%2e%2e/%2e%2e/x",
            "a%2fb.png",
            "https://",
            "https://u:p@x.org/a.png",
        ] {
            assert_eq!(image(bad, "n/a.md"), (None, 1), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_file_stays_inside(written in "[a./\\\\%2eEfF?#: я]{0,24}") {
            if let Some((_, Some(file))) = image(&written, "n/a.md").0 {
                prop_assert!(file.split('/').all(|p| !p.is_empty() && p != ".." && p != "."));
            }
        }
    }
}
