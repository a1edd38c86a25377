//! A body's HTML reduced to its images and its text without tags.

use super::items::{Item, ItemPart};
use crate::model::html;

/// The text of HTML in one line, cut to so many characters.
pub fn prose(html: &str, most: usize) -> String {
    // Enough for any cut: white space shrinks, and nothing reads a megabyte for a glance.
    let text = html::plain_text(html, most.saturating_mul(8));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words,
    }
}

/// Offers the images of the body, which is the content, else the summary.
pub(super) fn images_of_body(item: &mut Item) {
    let body = item.first(ItemPart::Content).or_else(|| item.first(ItemPart::Summary)).map(|offer| offer.value.clone());
    let body = body.unwrap_or_default();
    let images: Vec<Img> = images(&body).collect();
    if let Some(first) = images.first() {
        item.offer(ItemPart::FirstImg, "<img>", first.src.clone());
    }
    if let Some(featured) = images.iter().find(|image| image.counts && image.src.contains("://")) {
        item.offer(ItemPart::FeaturedImg, "<img>", featured.src.clone());
    }
}

struct Img {
    src: String,
    /// Whether a mail digest takes it for a picture of the article.
    counts: bool,
}

fn images(html: &str) -> impl Iterator<Item = Img> {
    html::images(html).filter_map(|image| {
        let value = |name: &str| html::value(&image, name);
        let above = |name: &str| value(name).is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n > 15));
        let featured = value("class").is_some_and(|class| class.split(' ').any(|name| name == "featured"));
        let counts = featured || (above("width") && above("height"));
        Some(Img { src: value("src")?.to_owned(), counts })
    })
}
