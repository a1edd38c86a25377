//! Where documents are published and what is said with them to the servers that give them out.

/// `output.target` and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// `output.target`, or `--out` of a command that publishes: a folder, or `s3://bucket/prefix`. Unset: `output.dir`.
    pub target: Option<String>,
    /// `output.cache_control`: how long caches may keep a feed.
    pub cache_control: String,
    /// `output.headers`, without twins.
    pub headers: Vec<Server>,
    /// `output.precompress`, without twins.
    pub precompress: Vec<Coding>,
}

impl Default for Publishing {
    fn default() -> Self {
        let cache_control = "public, max-age=300".into();
        Self { target: None, cache_control, headers: Vec::new(), precompress: Vec::new() }
    }
}

/// A server or host whose headers a file of ours can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    /// `_headers`.
    Netlify,
    /// `_headers` of Cloudflare Pages.
    Cloudflare,
    /// A snippet to be included.
    Nginx,
    /// `.htaccess`.
    Apache,
    /// A snippet to be imported.
    Caddy,
}

/// A content coding (RFC 9110 section 8.4.1) that is written beside a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// `.gz`.
    Gz,
    /// `.br`.
    Br,
}

impl Coding {
    /// What is added to a document's path.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Gz => ".gz",
            Self::Br => ".br",
        }
    }
}

/// A file in the output folder that speaks to a server, not to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// Under the output folder.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}
