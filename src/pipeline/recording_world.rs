//! A `World` that records which images a run asked for, so that a later run knows what the result depends on.

use crate::model::{
    Article, ArticlePath, BodyFault, Extent, FileBytes, Fingerprint, Image, ImageFacts, ReadFault, World,
};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Images that are noted at most: an article asks for its own, its media and the first of its body.
const MAX_RECORDED_IMAGES: usize = 8;

/// The world of one article.
pub(super) struct RecordingWorld<'a> {
    world: &'a dyn World,
    asked: [OnceLock<(Image, Fingerprint)>; MAX_RECORDED_IMAGES],
    /// More images were asked for than are recorded, or one that may change undetected.
    beyond: AtomicBool,
}

impl<'a> RecordingWorld<'a> {
    pub(super) fn new(world: &'a dyn World) -> Self {
        Self { world, asked: Default::default(), beyond: AtomicBool::new(false) }
    }

    /// The recorded images; `None` if the record is incomplete.
    pub(super) fn images(self) -> Option<Vec<(Image, Fingerprint)>> {
        let all = !self.beyond.into_inner();
        all.then(|| self.asked.into_iter().filter_map(OnceLock::into_inner).collect())
    }
}

impl World for RecordingWorld<'_> {
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        self.world.read(path, extent)
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        self.world.body(article)
    }

    fn image(&self, image: &Image) -> Option<ImageFacts> {
        let known = |slot: &OnceLock<(Image, Fingerprint)>| {
            slot.get().is_some_and(|(asked, _)| (&asked.url, &asked.file) == (&image.url, &image.file))
        };
        if !self.asked.iter().any(known) {
            // Before the answer: what changes in between is seen by the next run.
            let asked =
                self.world.image_fingerprint(image).map(|print| (Image { texts: None, ..image.clone() }, print));
            let noted = asked.is_some_and(|asked| {
                self.asked.iter().try_fold(asked, |a, slot| slot.set(a).map_or_else(Ok, |()| Err(()))).is_err()
            });
            self.beyond.fetch_or(!noted, Ordering::Relaxed);
        }
        self.world.image(image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AbsUrl, Place};

    struct Nothing;

    impl World for Nothing {
        fn read(&self, _: &ArticlePath, _: Extent) -> Result<FileBytes, ReadFault> {
            Err(ReadFault::TooLarge(1))
        }

        fn body(&self, _: &Article) -> Result<String, BodyFault> {
            Err(BodyFault::Unreadable(String::new()))
        }

        fn image(&self, _: &Image) -> Option<ImageFacts> {
            None
        }

        fn image_fingerprint(&self, image: &Image) -> Option<Fingerprint> {
            (image.url.as_str() != "https://e.org/fresh").then(|| Fingerprint::of_debug(&image.url))
        }
    }

    fn asked(names: &[&str]) -> Option<usize> {
        let witness = RecordingWorld::new(&Nothing);
        for name in names {
            let url = AbsUrl::parse(&format!("https://e.org/{name}")).unwrap();
            witness.image(&Image { url, file: None, texts: None, at: Place::WHOLE });
        }
        witness.images().map(|images| images.len())
    }

    #[test]
    fn each_image_is_noted_once_and_too_many_or_a_fresh_one_are_told() {
        assert_eq!(asked(&[]), Some(0));
        assert_eq!(asked(&["a", "b", "a"]), Some(2));
        assert_eq!(asked(&["a", "fresh"]), None);
        assert_eq!(asked(&["1", "2", "3", "4", "5", "6", "7", "8"]), Some(8));
        assert_eq!(asked(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]), None);
    }
}
