//! The image as the first element of the content, because many readers display no other. Other readers look for
//! `class="featured"` and the size in pixels. The caption is the written one: `alt` is for people who do not see the
//! image. Not added if the body contains the same URL: readers would display it
//! twice.

use super::escape;
use crate::model::html;
use crate::model::{Article, Enclosure, ImageParts};

/// Puts the figure before the content. Empty content stays empty: readers then show the summary.
pub fn prepend(content: &mut String, article: &Article, image: &Enclosure, parts: ImageParts) {
    if !parts.figure || content.trim().is_empty() || shows(content, image.url.as_str()) {
        return;
    }
    let mut figure = String::from("<figure><img src=\"");
    escape::attribute(&mut figure, image.url.as_str());
    figure.push_str("\" alt=\"");
    escape::attribute(&mut figure, image.alt.as_deref().unwrap_or_default());
    figure.push('"');
    for (name, pixels) in [("width", image.width), ("height", image.height)] {
        if let Some(pixels) = pixels.filter(|_| image.width.is_some() && image.height.is_some()) {
            figure.push_str(&format!(" {name}=\"{pixels}\""));
        }
    }
    figure.push_str(" class=\"featured\">");
    let caption = article.image.as_ref().and_then(|image| image.caption());
    if let Some(caption) = caption.filter(|_| parts.caption) {
        figure.push_str("<figcaption>");
        escape::text(&mut figure, caption);
        figure.push_str("</figcaption>");
    }
    figure.push_str("</figure>\n");
    content.insert_str(0, &figure);
}

/// Whether an `img` of the content has this address.
fn shows(html: &str, url: &str) -> bool {
    html::images(html).any(|image| html::value(&image, "src") == Some(url))
}

#[cfg(test)]
mod tests {
    use super::shows;

    #[test]
    fn the_same_image_is_known_wherever_it_stands() {
        let url = "https://e.org/a.png?x=1&y=2";
        assert!(shows("<p>a</p><p><img alt=\"b\" src=\"https://e.org/a.png?x=1&amp;y=2\"></p>", url));
        assert!(!shows(
            "<p><img src=\"https://e.org/b.png\"> src=</p><a href=\"https://e.org/a.png?x=1&amp;y=2\">",
            url
        ));
        assert!(!shows("<video src=\"https://e.org/a.png?x=1&amp;y=2\"></video>", url));
    }
}
