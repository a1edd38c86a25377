//! Where documents are published, and which headers and compressed copies go with them.

/// `output.target` and the settings that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// `output.target`, or `--out` of a command that publishes: a folder, or `s3://bucket/prefix`. If unset:
    /// `output.dir`.
    pub target: Option<String>,
    /// `output.cache_control`: how long caches may keep a feed.
    pub cache_control: String,
    /// `output.headers`, without duplicates.
    pub headers: Vec<Server>,
    /// `output.precompress`, without duplicates.
    pub precompress: Vec<Coding>,
}

impl Default for Publishing {
    fn default() -> Self {
        let cache_control = "public, max-age=300".into();
        Self { target: None, cache_control, headers: Vec::new(), precompress: Vec::new() }
    }
}

/// A server or host whose headers feedmill can set with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    /// Netlify's file `_headers`.
    Netlify,
    /// `_headers` of Cloudflare Pages.
    Cloudflare,
    /// A snippet to be included.
    Nginx,
    /// Apache's file `.htaccess`.
    Apache,
    /// A snippet to be imported.
    Caddy,
}

/// A content coding (RFC 9110 section 8.4.1) of the compressed copy of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// Gzip, with the extension `.gz`.
    Gz,
    /// Brotli, with the extension `.br`.
    Br,
}

impl Coding {
    /// The extension added to a document's path.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Gz => ".gz",
            Self::Br => ".br",
        }
    }
}

/// A file in the output folder that configures a server; readers do not request it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// The path under the output folder.
    pub path: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}
