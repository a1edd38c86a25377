//! Uses the first image of a rendered body if the front matter has none, as social cards and most engines' feeds do.
//! Only if its type is known, and never a tracking pixel.

use crate::model::html;
use crate::model::{AbsUrl, Article, Image, ImageTexts, MediaType, Place, Site, World, is_dns_name};

/// The article with the body's first image for its own, where it has none; by the finished HTML of the body.
pub fn stand_in(article: &Article, body: &str, site: &Site, world: &dyn World) -> Option<Image> {
    if article.image.is_some() || site.content.body_image == crate::model::BodyImage::Never {
        return None;
    }
    html::images(body).filter_map(|attributes| image(&attributes, site)).find(|image| {
        let by_name = MediaType::of_url(&image.url);
        by_name.or_else(|| world.image(image)?.media_type).is_some_and(|kind| kind.is_image())
    })
}

fn image(attributes: &[(String, String)], site: &Site) -> Option<Image> {
    let value = |name: &str| html::value(attributes, name);
    if ["width", "height"].iter().any(|side| matches!(value(side), Some("0" | "1"))) {
        return None;
    }
    // What names a user is nobody else's to see, and what lies on `localhost` nobody else can; RSS readers take
    // neither.
    let reachable = |url: &AbsUrl| !url.has_credentials() && url.host().contains('.') && is_dns_name(&url.host());
    let url = AbsUrl::parse(value("src")?).ok().filter(reachable)?;
    let alt = value("alt").filter(|alt| !alt.trim().is_empty()).map(str::to_owned);
    Some(Image { file: site.own_file(&url), url, texts: ImageTexts::new(alt, None), at: Place::WHOLE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_images_and_their_words() {
        let html = "<p>&lt;img src=\"x\"&gt; <imgs> <img src=\"https://e.org/p.gif\" width=\"1\" alt=\"\"></p>\n\
                    <img alt=\"A &amp; &quot;B&quot;\" src=\"https://e.org/a.png?x=1&amp;y=2\">";
        let images: Vec<_> = html::images(html).collect();
        assert_eq!(images.len(), 2);
        let site = crate::model::trial::site("https://e.org/");
        assert_eq!(image(&images[0], &site), None);
        let found = image(&images[1], &site).unwrap();
        assert_eq!(found.url.as_str(), "https://e.org/a.png?x=1&y=2");
        assert_eq!(found.alt(), Some("A & \"B\""));
    }
}
