//! Which images the articles of a run use, found without reading a body: the images that `probe` asks hosts for and
//! `images` lists.

use super::{Job, heads};
use crate::model::{ArticlePath, Image};
use crate::{normalise, select};

/// An image, audio or video where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUse {
    /// The file that names it, as findings show it; the config for the site's own image.
    pub display_path: String,
    /// The image that is used.
    pub image: Image,
    /// What it is used as.
    pub purpose: ImagePurpose,
}

/// What a file is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImagePurpose {
    /// An image that readers display.
    Picture,
    /// An audio, video or other file.
    Media,
}

/// All uses: the site's image, then those of the articles that feeds may hold, newest first.
pub fn image_uses(paths: &[ArticlePath], job: &Job<'_>) -> Vec<ImageUse> {
    let mut articles = select::visible(heads::read(paths, job, None).articles, &job.time, job.site, &mut ()).articles;
    articles.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.path.cmp(&b.path)));
    let site = normalise::image_of_site(job.site);
    let site = site.map(|image| ImageUse { display_path: super::CONFIG.into(), image, purpose: ImagePurpose::Picture });
    let of_articles = articles.into_iter().flat_map(|article| {
        let display_path = job.site.display_path(&article.path);
        let media = article.enclosure.map(|media| (media.file, ImagePurpose::Media));
        article
            .image
            .map(|image| (image, ImagePurpose::Picture))
            .into_iter()
            .chain(media)
            .map(move |(image, purpose)| ImageUse { display_path: display_path.clone(), image, purpose })
    });
    site.into_iter().chain(of_articles).collect()
}
