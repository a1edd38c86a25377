//! Reports one image that most articles share: a placeholder is useless to readers, and some drop it (FeedWind ignores
//! an image that occurs five times).

use super::findings::Findings;
use crate::diagnostic::{Code, Sink};
use crate::model::{Article, Site};
use std::collections::HashMap;

/// The number of articles from which on a shared image is reported.
const FEW: usize = 5;

/// Reports an image that more than half of the articles have, at the first of them. The articles are in order.
pub fn tell(articles: &[Article], site: &Site, sink: &mut dyn Sink) {
    let mut uses = HashMap::with_capacity(articles.len());
    for (article, image) in articles.iter().filter_map(|a| a.image.as_ref().map(|image| (a, image))) {
        let (count, _, _) = uses.entry(&image.url).or_insert((0_usize, article, image));
        *count += 1;
    }
    // More than half of all: at most one image can match.
    for (url, (count, article, image)) in uses {
        if count < FEW || count * 2 <= articles.len() {
            continue;
        }
        let message = format!("{count} of {} articles use the same image {url}", articles.len());
        let help = "give each article its own image, or none; to set one for the whole site, use `site.image`";
        Findings::new(&site.display_path(&article.path), sink).report(Code::PlaceholderImage, image.at, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::trial;
    use crate::model::{AbsUrl, Image, Place};

    fn reported(images: &[&str]) -> usize {
        let article = |(n, name): (usize, &&str)| {
            let url = AbsUrl::parse(&format!("https://e.org/{name}.png")).unwrap();
            let image = Image { url, file: None, texts: None, at: Place::WHOLE };
            Article { image: (!name.is_empty()).then_some(image), ..trial::article(&format!("{n}.md"), "a") }
        };
        let articles: Vec<Article> = images.iter().enumerate().map(article).collect();
        let mut sink: Vec<Diagnostic> = Vec::new();
        tell(&articles, &trial::site("https://e.org/"), &mut sink);
        sink.len()
    }

    #[test]
    fn an_image_at_most_articles_is_a_placeholder() {
        assert_eq!(reported(&["a"; 4]), 0, "too few to tell");
        assert_eq!(reported(&["a"; 5]), 1);
        assert_eq!(reported(&["a", "a", "a", "a", "a", "b", "c", "d", "", ""]), 0, "half is not most");
        assert_eq!(reported(&["a", "a", "a", "a", "a", "b", "c", "d", ""]), 1);
    }
}
