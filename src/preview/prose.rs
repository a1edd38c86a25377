//! A body's HTML reduced to its images and its text without tags. Our own HTML is well-formed. For any other, the
//! worst result is a wrong excerpt, which is escaped again on display.

use super::items::{Item, ItemPart};

/// The text of HTML in one line, cut to so many characters.
pub fn prose(html: &str, most: usize) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').map_or("", |(_, after)| after);
        // Enough for any cut: white space shrinks, and nothing reads a megabyte for a glance.
        if text.len() > most.saturating_mul(8) {
            rest = "";
        }
    }
    text.push_str(rest);
    let words = unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ");
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
    html.split("<img").skip(1).filter_map(|after| {
        let tag = after.split_once('>').map_or(after, |(tag, _)| tag);
        let above = |name: &str| attribute(tag, name).is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n > 15));
        let featured = attribute(tag, "class").is_some_and(|class| class.split(' ').any(|name| name == "featured"));
        let counts = featured || (above("width") && above("height"));
        Some(Img { src: attribute(tag, "src")?, counts })
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(after.split_once('"')?.0))
}

/// Text with its references replaced.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').filter(|(name, _)| name.len() < 10 && !name.contains(char::is_whitespace)) {
            Some((name, after)) => {
                out.push_str(&reference(name));
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

/// The text of a character reference; an unknown one stays as it is written.
pub(super) fn reference(name: &str) -> String {
    let named = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => None,
    };
    let number = || {
        let digits = name.strip_prefix('#')?;
        let number = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        };
        char::from_u32(number.ok()?)
    };
    named.or_else(number).map_or_else(|| format!("&{name};"), String::from)
}
