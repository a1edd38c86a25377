//! Uses the first image of a rendered body if the front matter has none, as social cards and most engines' feeds do.
//! Only if its type is known, and never a tracking pixel.

use crate::model::{AbsUrl, Article, Image, ImageTexts, MediaType, Place, Site, World, is_dns_name};

/// The article with the body's first image for its own, where it has none; by the finished HTML of the body.
pub fn stand_in(article: &Article, html: &str, site: &Site, world: &dyn World) -> Option<Image> {
    if article.image.is_some() || site.content.body_image == crate::model::BodyImage::Never {
        return None;
    }
    images(html).filter_map(|tag| image(tag, site)).find(|image| {
        let by_name = MediaType::of_url(&image.url);
        by_name.or_else(|| world.image(image)?.media_type).is_some_and(|kind| kind.is_image())
    })
}

/// The insides of every `<img …>`. In finished HTML a `<` of the text is written as a reference, and so is a `>` within
/// an attribute.
fn images(html: &str) -> impl Iterator<Item = &str> {
    html.split("<img").skip(1).filter(|rest| rest.starts_with([' ', '\n'])).filter_map(|rest| rest.split('>').next())
}

fn image(tag: &str, site: &Site) -> Option<Image> {
    if ["width", "height"].iter().any(|side| attribute(tag, side).is_some_and(|size| matches!(&*size, "0" | "1"))) {
        return None;
    }
    // What names a user is nobody else's to see, and what lies on `localhost` nobody else can; RSS readers take
    // neither.
    let reachable = |url: &AbsUrl| !url.has_credentials() && url.host().contains('.') && is_dns_name(&url.host());
    let url = AbsUrl::parse(&attribute(tag, "src")?).ok().filter(reachable)?;
    let alt = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty());
    Some(Image { file: site.own_file(&url), url, texts: ImageTexts::new(alt, None), at: Place::WHOLE })
}

/// The value of an attribute in double quotes, references resolved.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    let value = value.replace("&nbsp;", "\u{a0}");
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.clone(), |text| text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_images_and_their_words() {
        let html = "<p>&lt;img src=\"x\"&gt; <imgs> <img src=\"https://e.org/p.gif\" width=\"1\" alt=\"\"></p>\n\
                    <img alt=\"A &amp; &quot;B&quot;\" src=\"https://e.org/a.png?x=1&amp;y=2\">";
        let tags: Vec<&str> = images(html).collect();
        assert_eq!(tags.len(), 2);
        assert_eq!(attribute(tags[1], "src").as_deref(), Some("https://e.org/a.png?x=1&y=2"));
        assert_eq!(attribute(tags[1], "alt").as_deref(), Some("A & \"B\""));
        assert_eq!(attribute(tags[1], "width"), None);
    }
}
