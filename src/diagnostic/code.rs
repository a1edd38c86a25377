//! The table of all codes: one row each. An id is never reused, even after its code is removed.
//!
//! The letter gives the family: **C** config, **A** article, **M** Markdown, **F** feed, **P** publish, **W** WebSub.

/// How bad a finding is by its nature. Error: this cannot be right. Warning: a reader will trip, or feedmill guessed. Note: worth knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information that needs no action.
    Note,
    /// A reader will trip, or feedmill guessed.
    Warning,
    /// This cannot be right.
    Error,
}

impl Severity {
    /// `note`, `warning`, `error`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($variant:ident, $id:literal, $name:literal, $severity:ident, $what:literal;)+) => {
        /// What kind of finding. The order is that of the ids.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $what] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the ids.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// A letter and three digits: `A010`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// In words: `bad-date`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How bad it is by its nature.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// One sentence that describes the finding.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => $what,)+ }
            }

            pub(super) const fn page(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("explain/", $id, ".md")),)+ }
            }
        }
    };
}

codes! {
    ConfigSyntax, "C001", "config-syntax", Error, "The config is not a YAML mapping.";
    UnknownKey, "C002", "unknown-key", Error, "The config has an unknown key.";
    BadValue, "C003", "bad-value", Error, "A value of the config has the wrong type or shape.";
    NoBaseUrl, "C004", "no-base-url", Error, "Neither `site.url` nor `--url` gives the URL of the site.";
    TwinFeeds, "C005", "twin-feeds", Error, "Two feeds of the config would be written to the same folder.";
    BadPeople, "C006", "bad-people", Warning, "The authors file, or an entry in it, cannot be read.";
    Unreadable, "A001", "unreadable", Error, "The article cannot be read from disk.";
    NotUtf8, "A002", "not-utf8", Error, "The head of the article is not UTF-8.";
    TooLarge, "A003", "too-large", Error, "The article is larger than feedmill reads.";
    NoFrontMatter, "A004", "no-front-matter", Note, "The file has no front matter, so it is not an article and is left out.";
    UnclosedFrontMatter, "A005", "unclosed-front-matter", Error, "The front matter is never closed.";
    FrontMatterSyntax, "A006", "front-matter-syntax", Error, "The front matter cannot be read.";
    FrontMatterTooLarge, "A007", "front-matter-too-large", Error, "The front matter is longer than 64 KiB.";
    FencedDocument, "A008", "fenced-document", Warning, "The whole document is wrapped in a code fence, which is ignored.";
    DuplicateKey, "A009", "duplicate-key", Warning, "A key of the front matter is written twice; the last one is used.";
    BadDate, "A010", "bad-date", Error, "A date does not exist or has a format that is not supported.";
    MissingDate, "A011", "missing-date", Error, "The article has no date.";
    DateWithoutTime, "A012", "date-without-time", Note, "The date has no time; feedmill derives one from the slug.";
    UpdatedBeforePublished, "A013", "updated-before-published", Note, "`updated` is earlier than the publication date, which is used instead.";
    ForeignFrontMatter, "A014", "foreign-front-matter", Error, "The front matter has a format that only one other engine reads.";
    DateOrderSettled, "A015", "date-order-settled", Warning, "A date is ambiguous; the order used in other files decides.";
    SectionPage, "A016", "section-page", Note, "The file is a section page, so it is not an article and is left out.";
    UpdatedToCome, "A017", "updated-to-come", Note, "`updated` is in the future; until then the publication date is used.";
    MissingTitle, "A020", "missing-title", Error, "The article has neither a title nor a first-level heading.";
    TitleIsSlug, "A021", "title-is-slug", Warning, "The title is a slug; feedmill uses a better title.";
    TitleFromHeading, "A022", "title-from-heading", Note, "The article has no title; its first heading is used.";
    MissingSlug, "A023", "missing-slug", Note, "The article has no slug; feedmill derives one from the path or the title.";
    UnsafeSlug, "A024", "unsafe-slug", Warning, "The slug cannot be used in a URL path; feedmill uses a safe one.";
    DuplicateId, "A025", "duplicate-id", Error, "Two articles have the same id.";
    DuplicatePermalink, "A026", "duplicate-permalink", Error, "Two articles have the same permalink.";
    MarkupInTitle, "A027", "markup-in-title", Note, "The title contains HTML tags, which are removed.";
    SharedAddress, "A028", "shared-address", Warning, "Two articles would have the same URL or id; one gets its language or folder added.";
    UnsafeTag, "A030", "unsafe-tag", Warning, "A tag is empty, too long or has forbidden characters; it is corrected or dropped.";
    TagCollision, "A031", "tag-collision", Warning, "Two tags would have the same slug; one of them gets another slug.";
    TagSpelling, "A032", "tag-spelling", Note, "One tag has several spellings; the most common one is its label.";
    ForbiddenCharacter, "A040", "forbidden-character", Warning, "The front matter contains a character that is not allowed in a feed; it is removed.";
    BadField, "A041", "bad-field", Warning, "A field of the front matter has the wrong type; it is ignored.";
    BadUrl, "A042", "bad-url", Warning, "A field that needs a URL has another value; it is ignored.";
    BadLanguage, "A043", "bad-language", Warning, "A language tag is not well-formed; it is ignored.";
    UnknownImageType, "A044", "unknown-image-type", Note, "The type of an image is unknown; the image is left out of the feeds.";
    ImageGone, "A045", "image-gone", Warning, "An image or another file does not exist; it is left out of the feeds.";
    NoImage, "A046", "no-image", Warning, "The URL of an image is not an image that readers can show; it is left out of the feeds.";
    ProbeFailed, "A047", "probe-failed", Warning, "The size and type of an image could not be probed; known values are kept.";
    PlaceholderImage, "A048", "placeholder-image", Warning, "Most articles use the same image, so it says nothing about any of them.";
    MissingAlt, "A049", "missing-alt", Note, "An image has no alt text.";
    UnknownSource, "A050", "unknown-source", Note, "The source is not in the config, so its page and feed are unknown.";
    TargetImage, "A051", "target-image", Note, "An image is too small for an aggregator that `targets:` names.";
    SiteImage, "A052", "site-image", Note, "The site's image has a type or size that RSS does not allow for a channel.";
    UnknownEnclosureType, "A053", "unknown-enclosure-type", Note, "The type of an audio, video or other file is unknown; the file is left out of the feeds.";
    OutsideLink, "A060", "outside-link", Note, "A symbolic link in the content folder is not followed.";
    NotAFile, "A061", "not-a-file", Note, "Something that is not a regular file is named like an article.";
    NotMended, "A070", "not-mended", Note, "A file was not changed, because after the fix it would not read back as intended.";
    HeadingIsTitle, "M001", "heading-is-title", Note, "The body's first heading repeats the title; the feed leaves it out.";
    UnsafeHtml, "M002", "unsafe-html", Warning, "The body contains HTML that feed readers do not allow; it was removed.";
    UnsafeLink, "M003", "unsafe-link", Warning, "A link has a scheme that feed readers do not allow; it was removed.";
    ForbiddenBodyCharacter, "M004", "forbidden-body-character", Warning, "The body contains a character that is not allowed in feeds; it was removed.";
    BodyNotUtf8, "M005", "body-not-utf8", Warning, "The body contains bytes that are not UTF-8; they were removed.";
    EmptyBody, "M006", "empty-body", Note, "The article has no body.";
    BadBodyUrl, "M007", "bad-body-url", Warning, "The URL of a link or image in the body is not valid; it was removed.";
    UnreadableBody, "M008", "unreadable-body", Error, "The article changed or disappeared while feedmill was reading it.";
    LeftoverRendered, "M009", "leftover-rendered", Note, "The body contains template tags; they were converted to plain HTML.";
    LeftoverRemoved, "M010", "leftover-removed", Warning, "The body contains template tags that only the site generator can expand; they were removed.";
    HiddenText, "M011", "hidden-text", Note, "The body contains a comment or a hidden element; the feed leaves it out.";
    UnclosedHidden, "M012", "unclosed-hidden", Warning, "A hidden element is never closed; the text after it was left out.";
    TooMuchOutput, "M013", "too-much-output", Error, "The text of an article in all its feeds is larger than 32 MiB; the article is left out.";
    NotWellFormed, "F001", "not-well-formed", Error, "The document is not well-formed.";
    UndeclaredPrefix, "F002", "undeclared-prefix", Error, "A namespace prefix is not declared, or is bound to another namespace than its own.";
    MissingElement, "F003", "missing-element", Error, "A required element or attribute is missing or empty.";
    DuplicateElement, "F004", "duplicate-element", Error, "An element occurs twice where one is allowed.";
    BadFeedDate, "F005", "bad-feed-date", Error, "A date in the document does not follow the format's rules.";
    BadFeedUrl, "F006", "bad-feed-url", Error, "A URL in the document is relative, not ASCII or malformed.";
    DuplicateEntryId, "F007", "duplicate-entry-id", Error, "Two entries of the document have the same id.";
    BadEnclosure, "F008", "bad-enclosure", Error, "An enclosure lacks its length or type, or has a wrong one.";
    BadFeedLanguage, "F009", "bad-feed-language", Error, "A language in the document is not a valid language tag.";
    HtmlInPlainText, "F010", "html-in-plain-text", Warning, "A plain-text element contains markup.";
    UnsafeContent, "F011", "unsafe-content", Warning, "The content contains code that feed readers must not run.";
    RelativeUrl, "F012", "relative-url", Warning, "The content contains a relative URL.";
    SelfLink, "F013", "self-link", Warning, "The document's self link is missing or names another URL.";
    BadChannelImage, "F014", "bad-channel-image", Warning, "The channel's image is of a type or size that RSS does not allow.";
    BadPerson, "F015", "bad-person", Error, "A person is not written as the format requires.";
    Misplaced, "F016", "misplaced", Warning, "An element is at a position that feed readers handle badly.";
    UnknownElement, "F017", "unknown-element", Error, "An element, attribute or key is not part of the format.";
    BadFeedId, "F018", "bad-feed-id", Error, "An id is not an absolute IRI, or is marked as a permalink and is not a URL.";
    BadFeedType, "F019", "bad-feed-type", Error, "A type, version or flag of the document has a value that its format does not allow.";
    NoFeedContent, "F020", "no-feed-content", Error, "An entry has neither the title nor the content that its format requires.";
    SameUpdated, "F021", "same-updated", Warning, "Two entries of an Atom feed have the same `updated` time.";
    NotHtml5, "F022", "not-html5", Warning, "The content is not well-formed HTML.";
    EmptyFeed, "F030", "empty-feed", Note, "A feed of the config has no entries and is not written.";
    NoArticles, "P001", "no-articles", Error, "There are no articles to publish.";
    ChangedId, "P002", "changed-id", Error, "The id of a published entry changed, so subscribers would get it again.";
    LostFeeds, "P003", "lost-feeds", Error, "A large part of the published feeds would be deleted.";
    LostEntries, "P004", "lost-entries", Error, "A large part of the published entries would be removed.";
    DamagedManifest, "P005", "damaged-manifest", Warning, "The manifest cannot be read; every file is rewritten and none deleted.";
    SilentEdit, "P006", "silent-edit", Note, "The body of an article changed, but its `updated` did not.";
    DamagedImageLock, "P007", "damaged-image-lock", Warning, "Some lines of images.lock cannot be read and were ignored.";
    ForeignPage, "P008", "foreign-page", Warning, "A file that feedmill did not write is at the path of a feed's page.";
    LockTakenOver, "P009", "lock-taken-over", Note, "The run that held the target's lock died; this run took the lock over.";
    NoConditionalPut, "P010", "no-conditional-put", Warning, "The store ignores conditional writes; publishing from two machines at once is not safe.";
    DamagedCache, "P011", "damaged-cache", Note, "The cache cannot be used; this was a full build.";
    CacheNotKept, "P012", "cache-not-kept", Note, "The cache cannot be written; the next run will take as long as this one.";
    ForeignFeed, "P013", "foreign-feed", Error, "A feed of another program is at the path of one of feedmill's feeds.";
    KeptFile, "P014", "kept-file", Note, "A file listed in the manifest was not deleted, because feedmill did not write its current content.";
    OtherHost, "P015", "other-host", Error, "The site has another host than the one that subscribers know.";
    HeldId, "P016", "held-id", Warning, "An entry keeps the id that subscribers have, although its article or the config gives another.";
    ReusedFile, "P017", "reused-file", Warning, "A file was published as another article; the new one got an id of its own.";
    ChangedDates, "P018", "changed-dates", Error, "A large part of the entries would get another date.";
    HeldFeed, "P019", "held-feed", Warning, "A feed that subscribers have is not asked for any more.";
    ChangedAddresses, "P020", "changed-addresses", Error, "A large part of the feeds would move to another address.";
    MovedFeed, "P021", "moved-feed", Warning, "A feed has another address than subscribers know.";
    KeptOut, "P022", "kept-out", Note, "Old entries do not enter a feed that never listed them.";
    LostBurst, "P023", "lost-burst", Warning, "More articles were published at once than any feed holds.";
    DamagedLedger, "P024", "damaged-ledger", Error, "A line of feedmill.ids cannot be used.";
    LockedLedger, "P025", "locked-ledger", Error, "An id, a date or an address in feedmill.ids would change, and --locked forbids it.";
    GoneFeed, "P026", "gone-feed", Note, "A feed that subscribers have has no article left and is not written.";
    LedgerAlone, "P027", "ledger-alone", Note, "The output folder has no manifest; feedmill.ids alone says what subscribers have.";
    NoHub, "W001", "no-hub", Warning, "No WebSub hub is configured.";
    StillOwed, "W002", "still-owed", Error, "A hub has not accepted a ping yet; the next run tries again.";
    HubRefused, "W003", "hub-refused", Error, "A hub refused a topic, and trying again will not help.";
    NotLive, "W004", "not-live", Error, "The public URL of a topic does not return the new document, so its hubs were not pinged.";
    NoSubscribers, "W005", "no-subscribers", Note, "A hub has no subscribers for a topic.";
    HubNotAdvertised, "W006", "hub-not-advertised", Warning, "A hub is pinged for feeds that do not name it.";
    PurgeFailed, "W007", "purge-failed", Warning, "The purge command failed.";
    DamagedPushState, "W008", "damaged-push-state", Warning, "The record of accepted pings is damaged; pings that it lost are sent again.";
}

impl Code {
    /// Finds a code by its id or name, in any case.
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.id().eq_ignore_ascii_case(text) || c.name().eq_ignore_ascii_case(text))
    }
}

/// As its place in the table: for what feedmill keeps for itself, and reads only with the table it was written with.
impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u16(*self as u16)
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let place = usize::from(u16::deserialize(from)?);
        Self::ALL.get(place).copied().ok_or_else(|| serde::de::Error::custom("no code of the table"))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
