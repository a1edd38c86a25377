//! The keys of `output:` that say where documents are published, and with which headers and compressed copies.

use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::model::{Coding, Publishing, Server, without_secrets};
use crate::parse::Overrides;

/// The words of `headers`.
pub const SERVERS: [(&str, Server); 5] = [
    ("netlify", Server::Netlify),
    ("cloudflare", Server::Cloudflare),
    ("nginx", Server::Nginx),
    ("apache", Server::Apache),
    ("caddy", Server::Caddy),
];

/// The words of `precompress`.
pub const CODINGS: [(&str, Coding); 2] = [("gz", Coding::Gz), ("br", Coding::Br)];

/// What a target looks like.
const TARGET: &str = "a folder, or `s3://bucket/prefix`";

/// Reads the publishing keys; the flag overrides `output.target`.
pub fn read(output: &mut Section<'_>, overrides: &Overrides, reader: &mut ConfigReader<'_>) -> Publishing {
    let default = Publishing::default();
    let field = output.take("target");
    let mut target = reader.text(field.clone());
    if let (Some(field), Some(written)) = (field, &target)
        && !is_target(written)
    {
        reader.wrong(&field, TARGET);
    }
    if let Some(flag) = &overrides.target {
        if !is_target(flag) {
            reader.report_flag(format!("--out should be {TARGET}, not `{}`", short(&without_secrets(flag))), None);
        }
        target = Some(flag.clone());
    }
    let field = output.take("cache_control");
    let cache_control = reader.text(field.clone());
    if let (Some(field), Some(written)) = (field, &cache_control)
        && !is_header_value(written)
    {
        reader.wrong(&field, "what a Cache-Control header may hold, such as `public, max-age=300`");
    }
    Publishing {
        target,
        cache_control: cache_control.unwrap_or(default.cache_control),
        headers: words(output.take("headers"), &SERVERS, reader),
        precompress: words(output.take("precompress"), &CODINGS, reader),
    }
}

/// A folder to be written by `build`.
pub fn is_folder(text: &str) -> bool {
    !text.contains("://")
}

fn is_target(text: &str) -> bool {
    match text.strip_prefix("s3://") {
        Some(rest) => {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            let whole = prefix.strip_suffix('/').unwrap_or(prefix);
            let parts =
                |part: &str| !part.is_empty() && !matches!(part, "." | "..") && !part.contains(char::is_control);
            !bucket.is_empty() && bucket.chars().all(plain) && (whole.is_empty() || whole.split('/').all(parts))
        }
        None => is_folder(text) && !text.is_empty(),
    }
}

/// Printable ASCII that no snippet of a server's config can be led astray by.
fn is_header_value(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '=' | '-'))
}

fn words<T: Copy + PartialEq>(
    field: Option<ConfigValue<'_>>,
    words: &[(&'static str, T)],
    reader: &mut ConfigReader<'_>,
) -> Vec<T> {
    let mut chosen = Vec::new();
    for item in reader.list(field) {
        if let Some(choice) = reader.choice(Some(item), words).filter(|choice| !chosen.contains(choice)) {
            chosen.push(choice);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_folders_and_buckets() {
        for good in [
            "feeds",
            "../www/feeds",
            "/srv/feeds",
            "s3://bucket",
            "s3://bucket/",
            "s3://my.bucket-1/a/b/",
            "s3://b/ключ",
        ] {
            assert!(is_target(good), "{good}");
        }
        for bad in [
            "",
            "s3://",
            "s3:///x",
            "s3://b/../x",
            "s3://b//x",
            "s3://u:p@b/x",
            "gs://b/x",
            "https://e.org/",
            "s3://b/a\nb",
        ] {
            assert!(!is_target(bad), "{bad}");
        }
    }
}
