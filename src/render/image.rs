//! The image of an article as an enclosure. Its type is what is known of the file, else what the extension says.
//!
//! Never a guess: every format demands the type, and readers choose by it (RSS 2.0 `enclosure`, W3C class InvalidMIMEAttribute).

use super::excerpt;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, Enclosure, MediaType, World};

/// The enclosure of an article's image. An image whose type nobody knows is left out; reported.
pub fn enclosure(article: &Article, shown: &str, world: &dyn World, sink: &mut dyn Sink) -> Option<Enclosure> {
    let image = article.image.as_ref()?;
    let facts = world.image(image);
    let known = facts.as_ref().and_then(|facts| facts.media_type.clone());
    let named = || MediaType::of_url(&image.url);
    let Some(media_type) = known.or_else(named).filter(MediaType::is_image) else {
        let message = format!("the type of the image {} is unknown, so no feed can carry it", image.url);
        let help = "use a URL that ends in .webp, .jpg, .png or another image extension";
        sink.report(Diagnostic::new(Code::UnknownImageType, shown, image.at, message).help(help));
        return None;
    };
    Some(Enclosure {
        url: image.url.clone(),
        media_type,
        length: facts.as_ref().map_or(0, |facts| facts.length),
        width: facts.as_ref().and_then(|facts| facts.width),
        height: facts.as_ref().and_then(|facts| facts.height),
        alt: image.alt.as_deref().map(excerpt::collapse).filter(|alt| !alt.is_empty()),
    })
}
