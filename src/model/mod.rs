//! The nouns of the field: article, entry, feed, enclosure, attribution, tag, timestamp, URL, site, document.
//!
//! Each type is one stage of the pipeline: [`RawArticle`] (what was written) → [`Article`] (what it means) →
//! [`Entry`] (what a reader gets) → [`Feed`] → [`Document`]. Newtypes validate when they are constructed, so a writer
//! never receives a relative URL or a control character. This module does no I/O.

mod accept;
mod archive;
mod article;
mod attribution;
mod characters;
pub mod comments;
mod dialect;
mod document;
mod enclosure;
mod entry;
mod feed;
mod feed_path;
mod fingerprint;
pub mod hidden;
pub mod html;
mod identity;
mod images;
mod iri;
mod language;
mod lines;
mod listed;
mod located;
mod made_path;
mod markdown;
mod old_addresses;
mod page;
mod path_day;
mod path_info;
mod permalink;
mod progress;
mod publishing;
mod push;
mod raw;
mod recipe;
mod recipe_feed;
mod report;
mod rules;
mod site;
mod tag;
mod timestamp;
#[cfg(test)]
pub(crate) mod trial;
mod url;
mod world;

pub use crate::diagnostic::Place;
pub use accept::Accept;
pub use archive::{Archive, Forgetful, KnownDocuments, KnownEntry, KnownHead};
pub use article::{
    AddressFrom, Admit, Article, ArticlePath, BodyRef, DayShift, EntryDetails, Image, ImageTexts, LedgerRecord,
    MediaFile, Outcome, Places, Precision, TimeRule, WrittenHashes,
};
pub use attribution::{Attribution, Person, Source};
pub use characters::{feed_char, first_forbidden, is_xml_char, strip_forbidden, visible};
pub use dialect::{BodyImage, ChangeDetection, DateOrder, Engine, TagSeparator};
pub use document::{Document, Format};
pub use enclosure::{Enclosure, ImageFacts, ImageFlaw, MAX_LENGTH, MediaType};
pub use entry::Entry;
pub use feed::{Feed, FeedUrls, Outline};
pub use feed_path::{FeedAddresses, FeedPath, FeedPaths};
pub use fingerprint::Fingerprint;
pub use identity::{EntryId, Guids, Since, Slug};
pub use images::{Aggregator, ImageParts, ImageRules, Reach};
pub use iri::{is_dns_name, is_scheme, sound_id};
pub use language::Lang;
pub use lines::Lines;
pub use listed::Listed;
pub use located::Located;
pub use made_path::{DocumentPaths, is_document_path, is_folder_name, is_host_file_path, unpacked};
pub use markdown::{MarkdownDialect, MarkdownFeature};
pub use old_addresses::{FeedCopy, OldAddresses, Redirect, SelfLink};
pub use page::{Directory, PageContext, PageRules, Pages, Related, Summary, Word};
pub use path_day::{begins_with_day, day_in_path};
pub use path_info::PathInfo;
pub use permalink::{PermalinkPart, PermalinkPattern, Placeholder};
pub use progress::{Count, Progress, ProgressEvent, Step, many, within};
pub use publishing::{Coding, HostFile, Publishing, Server};
pub use push::{Ping, PingOutcome, PushRules, Verify};
pub use raw::{DateField, RawArticle, RawAttribution, RawAuthor, RawEnclosure, RawImage, Unsettled, WrittenDate};
pub use recipe::{
    AddressDay, DateRule, DateZone, DatedName, IdRule, IdValue, Recipe, SlugRule, TagSpelling, TitleRule, UrlEncoding,
    ZonedTime,
};
pub use recipe_feed::{EntryLimit, RecipeFeed, RecipeFeedKind};
pub use report::{Change, FeedLine, ImageCount, ImageLine, ImageReport, Mended, PageCount, Report};
pub use rules::{Axis, Condition, ContentMode, ContentRules, FeedRule, OutputRules};
pub use site::{Credit, Site};
pub use tag::{Tag, TagKey, TagTable, Tagged, composed};
pub use timestamp::Timestamp;
pub use url::{AbsUrl, UrlFault, decoded, is_absolute, without_secrets, without_secrets_in};
pub use world::{BodyFault, DocumentState, Extent, FileBytes, ReadFault, Stage, Staged, World};
