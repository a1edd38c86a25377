//! The fields of an article, and the keys of front matter that fill them: of several, the first with a value counts. The reader
//! asks for these keys, and the schema and `docs/articles.md` tell of them.

use crate::parse::schema::Shape::{self, Any, Either, Flag, Several, Text};

/// A field that keys of front matter fill, and that `content.fields` may give keys to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The slug.
    Slug,
    /// The publication.
    Published,
    /// The last change.
    Updated,
    /// The end.
    Expires,
    /// Tags.
    Tags,
    /// Categories.
    Categories,
    /// The image.
    Image,
    /// Its words for those who do not see it.
    Alt,
    /// The words under it.
    Caption,
    /// A file that is heard.
    Audio,
    /// A file that is seen.
    Video,
    /// Any other file.
    Enclosure,
    /// The summary.
    Description,
    /// The authors.
    Author,
    /// Where it comes from.
    Source,
    /// The page of origin.
    Canonical,
    /// The address.
    Permalink,
    /// The id.
    Id,
    /// The language.
    Lang,
    /// Whether it is featured.
    Featured,
    /// Whether it is a draft.
    Draft,
}

impl Field {
    /// All fields, in the order of the docs.
    pub const ALL: [Self; 22] = [
        Self::Title,
        Self::Slug,
        Self::Published,
        Self::Updated,
        Self::Expires,
        Self::Tags,
        Self::Categories,
        Self::Image,
        Self::Alt,
        Self::Caption,
        Self::Audio,
        Self::Video,
        Self::Enclosure,
        Self::Description,
        Self::Author,
        Self::Source,
        Self::Canonical,
        Self::Permalink,
        Self::Id,
        Self::Lang,
        Self::Featured,
        Self::Draft,
    ];

    /// Its name in `content.fields`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Slug => "slug",
            Self::Published => "published",
            Self::Updated => "updated",
            Self::Expires => "expires",
            Self::Tags => "tags",
            Self::Categories => "categories",
            Self::Image => "image",
            Self::Alt => "alt",
            Self::Caption => "caption",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Enclosure => "enclosure",
            Self::Description => "description",
            Self::Author => "author",
            Self::Source => "source",
            Self::Canonical => "canonical",
            Self::Permalink => "permalink",
            Self::Id => "id",
            Self::Lang => "lang",
            Self::Featured => "featured",
            Self::Draft => "draft",
        }
    }

    /// The keys that fill it.
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Title => &["title"],
            Self::Slug => &["slug"],
            Self::Published => PUBLISHED,
            Self::Updated => UPDATED,
            Self::Expires => &["expires", "expiryDate", "unpublishdate"],
            Self::Tags => &["tags", "tag", "topics"],
            Self::Categories => &["categories", "category", "taxonomies.categories"],
            Self::Image => IMAGE,
            Self::Alt => &["alt"],
            Self::Caption => &["caption"],
            Self::Audio => &["audio"],
            Self::Video => &["video"],
            Self::Enclosure => &["enclosure"],
            Self::Description => {
                &["description", "summary", "deck", "excerpt", "subtitle", "lead", "seoDescription", "spoiler"]
            }
            Self::Author => &["author", "authors", "by", "extra.author", "extra.authors", "taxonomies.authors"],
            Self::Source => &["source"],
            Self::Canonical => &["canonical", "canonicalUrl", "canonicalURL", "canonical_url"],
            Self::Permalink => &["permalink", "url", "path"],
            Self::Id => &["id", "guid", "cuid"],
            Self::Lang => &["lang", "language", "locale"],
            Self::Featured => &["feature", "featured"],
            Self::Draft => &["draft", "hidden", "published"],
        }
    }

    /// What it means, and what it takes.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Title => "the title: text; else the first `#` heading",
            Self::Slug => {
                "the slug: letters, digits, `-`; else the title where it is a slug, else the file's name without its date"
            }
            Self::Published => "the publication: a date (below)",
            Self::Updated => {
                "the last change: a date; raised to the publication if it lies before it, the publication until it has come"
            }
            Self::Expires => "a date: when the article leaves the feeds",
            Self::Tags => "tags: one text, a list, or a text with commas",
            Self::Categories => "categories: as tags; they are tags where no feed is made by category",
            Self::Image => "the image: an absolute URL, a path on the site or beside the article",
            Self::Alt => "what the image shows, for those who do not see it: text",
            Self::Caption => "what stands under the image: text; else `alt`",
            Self::Audio => "an audio file: a URL or path, or `{url, type, length, duration}`",
            Self::Video => "a video file: as `audio`",
            Self::Enclosure => "any other file: as `audio`",
            Self::Description => "the summary: text; else the first paragraph, at most 300 characters",
            Self::Author => "a name, `{name, email, url}`, or a list; else `site.authors`",
            Self::Source => {
                "where it comes from: a name from `sources:` of the config, an address, or `{name, url, feed}`"
            }
            Self::Canonical => {
                "on another host: the page the article comes from; on the site's own: the article's address"
            }
            Self::Permalink => "the article's own address: a path or a URL; else `content.permalink`",
            Self::Id => "anything that never changes; else made from the slug or the permalink",
            Self::Lang => "the language: `ru`, `en-GB`; else `site.language`",
            Self::Featured => "`true`: it is featured",
            Self::Draft => "`true` leaves it out, as `published: false` does",
        }
    }

    /// What a value looks like.
    pub const fn shape(self) -> Shape {
        match self {
            Self::Tags | Self::Categories => Several(&Either(&[Text, Any])),
            Self::Image | Self::Audio | Self::Video | Self::Enclosure | Self::Author | Self::Source => Any,
            Self::Featured | Self::Draft => Either(&[Flag, Shape::Number(0, 1)]),
            _ => Text,
        }
    }
}

const PUBLISHED: &[&str] = &[
    "date",
    "pubDate",
    "pubdate",
    "publishDate",
    "publishdate",
    "datePublished",
    "published_at",
    "publishedAt",
    "published",
    "pubDatetime",
    "date_published",
    "publish_date",
    "created",
    "created_at",
    "createdAt",
    "extra.created",
    "extra.date",
    "advisory.date",
];

const UPDATED: &[&str] = &[
    "updated",
    "lastmod",
    "extra.updated",
    "last_modified_at",
    "modified",
    "updated_at",
    "updatedAt",
    "updatedDate",
    "modDatetime",
    "dateModified",
    "last_update.date",
];

const IMAGE: &[&str] = &[
    "img",
    "image",
    "cover",
    "thumbnail",
    "banner",
    "og_image",
    "hero",
    "featured_image",
    "featured-image",
    "header-img",
    "ogImage",
    "heroImage",
    "featuredImage",
    "coverImage",
    "cover_image",
    "images",
    "extra.image",
    "header.image",
    "header.overlay_image",
    "header.og_image",
    "header.teaser",
    "feature_image",
    "featureImage",
    "socialImage",
];

/// Keys that say more of a field beside them.
pub struct Beside {
    /// The first with a value counts.
    pub keys: &'static [&'static str],
    /// What they mean.
    pub says: &'static str,
    /// What a value looks like.
    pub shape: Shape,
}

/// A page of the only author.
pub const AUTHOR_PAGE: Beside =
    Beside { keys: &["authorlink", "author_url", "authorUrl"], says: "a page about the author", shape: Text };

/// The address of the only author.
pub const AUTHOR_EMAIL: Beside =
    Beside { keys: &["author_email", "authorEmail"], says: "the author's address", shape: Text };

/// Where an article comes from.
pub const SOURCE_URL: Beside = Beside {
    keys: &["source_url", "sourceUrl", "originallink", "originalLink", "original", "via"],
    says: "the address of the page that the article comes from",
    shape: Text,
};

/// Jekyll's and others' word for drafts.
pub const STATUS: Beside =
    Beside { keys: &["status"], says: "`draft`, `hidden` or `private` leave the article out", shape: Text };

/// All that say more.
pub const BESIDE: [&Beside; 4] = [&AUTHOR_PAGE, &AUTHOR_EMAIL, &SOURCE_URL, &STATUS];

/// The names that `content.fields` knows.
pub fn own_names() -> impl Iterator<Item = &'static str> {
    Field::ALL.into_iter().map(Field::name)
}
