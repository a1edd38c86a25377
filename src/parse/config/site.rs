//! `site:`: title, URL, authors, language and time zone of the site.

use super::super::fields;
use super::address;
use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::diagnostic::{Code, nearest};
use crate::model::{AbsUrl, Lang, Person, Since, is_dns_name, without_secrets};
use chrono_tz::Tz;

/// What `site:` and `--url` give.
pub struct SiteSettings {
    /// Absent when it is unset or has been reported.
    pub url: Option<AbsUrl>,
    /// The key `title`.
    pub title: Option<String>,
    /// The key `description`.
    pub description: Option<String>,
    /// The key `language`.
    pub lang: Option<Lang>,
    /// `timezone`; UTC where unset.
    pub timezone: Tz,
    /// The key `since`.
    pub since: Option<Since>,
    /// The key `id_host`.
    pub id_host: Option<String>,
    /// The key `authors`.
    pub authors: Vec<Person>,
    /// The key `image`.
    pub image: Option<AbsUrl>,
    /// The key `copyright`.
    pub copyright: Option<String>,
}

/// Reads `site:`; the flag overrides `site.url`.
pub fn read(mut site: Section<'_>, flag: Option<&str>, reader: &mut ConfigReader<'_>) -> SiteSettings {
    let written = site.take("url");
    let url = base(written, flag, reader);
    let face = SiteSettings {
        title: reader.text(site.take("title")),
        description: reader.text(site.take("description")),
        lang: reader.value(site.take("language"), "a language tag, such as `ru` or `en-GB`", Lang::new),
        timezone: timezone(site.take("timezone"), reader).unwrap_or(Tz::UTC),
        since: reader.value(site.take("since"), "a date, such as `2025`, `2025-06` or `2025-06-08`", Since::new),
        id_host: reader.value(site.take("id_host"), "a host name, such as `example.org`", id_host),
        authors: authors(site.take("authors"), reader),
        image: address::resolved(site.take("image"), url.as_ref(), reader),
        copyright: reader.text(site.take("copyright")),
        url,
    };
    site.finish(reader);
    face
}

/// A host name in lower case, without a port: what a `tag:` URI can hold.
fn id_host(text: &str) -> Option<String> {
    let host = text.trim().to_ascii_lowercase();
    is_dns_name(&host).then_some(host)
}

fn base(field: Option<ConfigValue<'_>>, flag: Option<&str>, reader: &mut ConfigReader<'_>) -> Option<AbsUrl> {
    let expected = "an absolute URL without query, such as `https://example.org/`";
    let written = field.is_some();
    let from_config = field.clone().and_then(|f| address::absolute(Some(f), reader)).and_then(|url| {
        let folder = address::folder(&url);
        if let (None, Some(field)) = (&folder, &field) {
            reader.wrong(field, expected);
        }
        folder
    });
    let Some(flag) = flag else {
        if !written {
            let help =
                "write `site: {url: \"https://example.org/\"}` in the config, or give `--url https://example.org/`";
            let message = "the URL of the site is missing: `site.url` is not set".to_owned();
            reader.report(Code::NoBaseUrl, super::WHOLE, message, Some(help.into()));
        }
        return from_config;
    };
    match AbsUrl::parse(flag).ok().filter(|url| !url.has_credentials()).and_then(|url| address::folder(&url)) {
        Some(url) => Some(url),
        None => {
            let quoted_flag = if flag.contains('@') {
                "what was given".into()
            } else {
                format!("`{}`", short(&without_secrets(flag)))
            };
            reader.report_flag(format!("`--url` should be {expected}, not {quoted_flag}"), address::with_scheme(flag));
            None
        }
    }
}

fn timezone(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Option<Tz> {
    let field = field?;
    let text = field.node.text().unwrap_or_default().trim();
    let zone = text.parse().ok();
    if zone.is_none() {
        let near = nearest(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        reader.wrong_with_help(&field, "a time zone, such as `UTC` or `Europe/Moscow`", help);
    }
    zone
}

/// A name, a mapping, or a list of them.
fn authors(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Vec<Person> {
    let items = reader.list(field);
    items.into_iter().filter_map(|item| author(item, reader)).collect()
}

fn author(field: ConfigValue<'_>, reader: &mut ConfigReader<'_>) -> Option<Person> {
    let expected = "a name, or a mapping such as `{name: Ann, email: ann@example.org}`";
    if field.node.entries().is_none() {
        let at = field.node.at;
        let text = reader.name(Some(field), expected)?;
        // `Ann <ann@example.org>`, as articles may write it: an e-mail address in a name would be published in every
        // feed.
        let Some(one) = fields::author(&text, at) else { return Some(Person { name: text, email: None, url: None }) };
        let url = one.url.and_then(|url| AbsUrl::parse(&url).ok()).filter(|url| !url.has_credentials());
        return Some(Person { name: one.name.value, email: one.email, url });
    }
    let mut person = Section::from_field(field.clone(), reader);
    let name = reader.text(person.take("name"));
    let email = reader.value(person.take("email"), "an address, such as `ann@example.org`", email);
    let url = address::absolute(person.take("url"), reader);
    if name.is_none() {
        reader.report(Code::BadValue, field.node.at, format!("`{}` has no `name`", field.name), None);
    }
    person.finish(reader);
    Some(Person { name: name?, email, url })
}

fn email(text: &str) -> Option<String> {
    let (name, host) = text.rsplit_once('@')?;
    let bad = |c: char| c.is_whitespace() || !crate::model::is_xml_char(c) || "<>(),;:@\"".contains(c);
    (!name.is_empty() && !host.is_empty() && !name.contains(bad) && !host.contains(bad)).then(|| text.to_owned())
}
