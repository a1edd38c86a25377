//! URLs of the config. A URL with a user name or a password is refused without quoting it and without a column:
//! findings quote the source line, and they end up in logs.

use super::reader::ConfigReader;
use super::value::{ConfigValue, short};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, UrlFault};

/// An absolute http(s) URL.
pub fn absolute(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Option<AbsUrl> {
    let field = field?;
    checked(&field, "an absolute URL, such as `https://example.org/`", reader, AbsUrl::parse)
}

/// An absolute URL, or a reference that is resolved against a base. Without a base only its type is checked.
pub fn resolved(
    field: Option<ConfigValue<'_>>,
    base: Option<&AbsUrl>,
    reader: &mut ConfigReader<'_>,
) -> Option<AbsUrl> {
    let field = field?;
    let expected = "a URL, such as `https://example.org/x` or `/x`";
    match base {
        Some(base) => checked(&field, expected, reader, |text| base.join(text)),
        None => {
            field.node.text().is_none().then(|| reader.wrong(&field, expected));
            None
        }
    }
}

/// The URL of a folder: no query, no fragment, `/` at its end.
pub fn folder(url: &AbsUrl) -> Option<AbsUrl> {
    let text = url.as_str();
    match text.contains(['?', '#']) {
        true => None,
        false if text.ends_with('/') => Some(url.clone()),
        false => AbsUrl::parse(&format!("{text}/")).ok(),
    }
}

/// What to write instead of a URL without its scheme.
pub fn with_scheme(text: &str) -> Option<String> {
    let guess = AbsUrl::parse(&format!("https://{}", text.trim())).ok()?;
    (guess.host().contains('.') && !text.contains(['@', ':'])).then(|| format!("did you mean `{}`?", guess.as_str()))
}

fn checked(
    field: &ConfigValue<'_>,
    expected: &str,
    reader: &mut ConfigReader<'_>,
    read: impl FnOnce(&str) -> Result<AbsUrl, UrlFault>,
) -> Option<AbsUrl> {
    let text = field.node.text().unwrap_or_default();
    let url = read(text);
    if url.as_ref().map_or(text.contains('@') && text.contains("//"), AbsUrl::has_credentials) {
        let line = field.node.at.line;
        let message = format!("`{}` (line {line}) holds a URL with a user name or a password", short(&field.name));
        let help = "remove it from the URL: values in the config end up in feeds, logs and repositories";
        reader.report(Code::BadValue, super::WHOLE, message, Some(help.into()));
        return None;
    }
    match url {
        Ok(url) if !text.trim().is_empty() => Some(url),
        _ => {
            reader.wrong_url(field, expected, with_scheme(text));
            None
        }
    }
}
