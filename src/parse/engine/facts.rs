//! The facts collected about a site. The first value found for a fact wins; values that the config would refuse are
//! skipped.

use crate::model::{AbsUrl, Lang, PermalinkPattern};

/// A value and who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundValue {
    /// The value, one line.
    pub value: String,
    /// A path, or a few words.
    pub by: String,
}

/// An author of the site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Author {
    /// The author's name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// A page about the author.
    pub url: Option<String>,
}

/// A permalink pattern of the articles under a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Relative to the project folder. `{path}` and `{sections}` are meant relative to it.
    pub folder: String,
    /// With feedmill's placeholders.
    pub pattern: String,
}

/// The facts found so far.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub title: Option<FoundValue>,
    pub url: Option<FoundValue>,
    pub description: Option<FoundValue>,
    pub language: Option<FoundValue>,
    pub timezone: Option<FoundValue>,
    pub copyright: Option<FoundValue>,
    pub authors: Vec<Author>,
    /// Where the engine looks for articles, relative to the project folder; empty is the project folder itself.
    pub roots: Vec<String>,
    /// Permalinks, as the config gives them.
    pub rules: Vec<Rule>,
    /// Languages that the config names.
    pub languages: Vec<String>,
    /// Folders in which root-relative URLs may lie.
    pub static_dirs: Vec<String>,
    /// Files or folders that may hold the authors' names.
    pub author_files: Vec<String>,
    pub notes: Vec<String>,
}

impl Facts {
    pub fn title(&mut self, value: Option<&str>, by: &str) {
        tell(&mut self.title, value.and_then(|text| line(text, 200)).filter(|text| !is_markup(text)), by);
    }

    pub fn description(&mut self, value: Option<&str>, by: &str) {
        tell(&mut self.description, value.and_then(|text| line(text, 500)).filter(|text| !is_markup(text)), by);
    }

    pub fn copyright(&mut self, value: Option<&str>, by: &str) {
        tell(&mut self.copyright, value.and_then(|text| line(text, 200)), by);
    }

    pub fn language(&mut self, value: Option<&str>, by: &str) {
        tell(&mut self.language, value.and_then(Lang::new).map(|lang| lang.to_string()), by);
    }

    pub fn timezone(&mut self, value: Option<&str>, by: &str) {
        let zone = value.and_then(|text| text.trim().parse::<chrono_tz::Tz>().ok());
        tell(&mut self.timezone, zone.map(|zone| zone.name().to_owned()), by);
    }

    /// The site's URL, and the path below it that the engine stores separately.
    pub fn url(&mut self, url: Option<&str>, below: Option<&str>, by: &str) {
        let Some(written) = url.map(str::trim).filter(|text| !text.is_empty() && *text != "/") else { return };
        match site_url(written, below.unwrap_or_default()).filter(|url| !is_local(url)) {
            Some(url) => tell(&mut self.url, Some(url), by),
            None if self.url.is_none() => {
                self.note(format!("{by} gives no usable address for the site: {}", quoted(written)));
            }
            None => {}
        }
    }

    pub fn author(&mut self, name: Option<&str>, email: Option<&str>, url: Option<&str>) {
        let Some(name) = name.and_then(|text| line(text, 100)) else { return };
        if self.authors.is_empty() {
            let email = email.and_then(|text| line(text, 100)).filter(|text| is_email(text));
            let url = url.and_then(|text| AbsUrl::parse(text).ok()).filter(|url| !url.has_credentials());
            self.authors.push(Author { name, email, url: url.map(|url| url.as_str().to_owned()) });
        }
    }

    /// A folder's pattern, or a note that it could not be taken over.
    pub fn rule(&mut self, folder: &str, pattern: Result<PermalinkPattern, String>, written: &str, by: &str) {
        match pattern {
            Ok(pattern) => self.rules.push(Rule { folder: folder.to_owned(), pattern: pattern.to_string() }),
            Err(part) => self.note(format!(
                "the permalinks of {by}, {}, cannot be made here ({}): check `permalink` below",
                quoted(written),
                one_line(&part, 60)
            )),
        }
    }

    pub fn languages<'t>(&mut self, names: impl IntoIterator<Item = &'t str>) {
        for name in names {
            if Lang::new(name).is_some()
                && !self.languages.iter().any(|known| known == name)
                && self.languages.len() < 200
            {
                self.languages.push(name.to_owned());
            }
        }
    }

    pub fn note(&mut self, text: String) {
        if self.notes.len() < 20 {
            self.notes.push(text);
        }
    }
}

/// One line without control characters, cut.
pub fn one_line(text: &str, longest: usize) -> String {
    let blank = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let clean = |c: char| if blank(c) { ' ' } else { c };
    let text: String = text.chars().take(longest * 4).map(clean).collect();
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    words.join(" ").chars().take(longest).collect()
}

/// One line, where it is neither blank nor a template.
pub fn line(text: &str, longest: usize) -> Option<String> {
    let text = one_line(text, longest);
    let is_template = text.contains("{{") || text.contains("${") || text.contains("{%");
    (!text.is_empty() && !is_template).then_some(text)
}

/// A template's HTML is not usable as a text of a feed.
fn is_markup(text: &str) -> bool {
    text.contains('<')
        || text.split('&').skip(1).any(|rest| {
            rest.split(';').next().is_some_and(|name| name.len() < 10 && rest.contains(';') && !name.contains(' '))
        })
}

/// A text of a file, made safe for a comment.
pub fn quoted(text: &str) -> String {
    let displayed = match text.contains('@') && text.contains("//") {
        true => "an address with a user name".to_owned(),
        false => text.to_owned(),
    };
    format!("`{}`", one_line(&displayed, 100).replace('`', "'"))
}

fn tell(place: &mut Option<FoundValue>, value: Option<String>, by: &str) {
    if let (None, Some(value)) = (&place, value) {
        *place = Some(FoundValue { value, by: by.to_owned() });
    }
}

/// The URL of a site with a slash at its end. `below`: a path that the engine stores separately.
pub fn site_url(written: &str, below: &str) -> Option<String> {
    let below = below.trim().trim_matches('/');
    let mut text = written.trim().trim_end_matches('/').to_owned() + "/";
    let root = AbsUrl::parse(&text).ok()?;
    // Hexo says the path twice: in `url`, and in `root`.
    if !below.is_empty() && root.path().trim_matches('/') != below {
        text = format!("{text}{below}/");
    }
    let url = AbsUrl::parse(&text).ok()?;
    (!url.has_credentials() && !url.as_str().contains(['?', '#'])).then(|| url.as_str().to_owned())
}

fn is_local(url: &str) -> bool {
    let host = AbsUrl::parse(url).map(|url| url.host()).unwrap_or_default();
    matches!(host.as_str(), "localhost" | "127.0.0.1" | "0.0.0.0" | "[::1]")
}

fn is_email(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || "<>(),;:\"".contains(c);
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !text.contains(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_good_word_stands() {
        let mut facts = Facts::default();
        facts.title(Some(" \n"), "a");
        facts.title(Some("{{ name }}"), "a");
        facts.title(Some("A\u{7}\n B"), "b");
        facts.title(Some("C"), "c");
        assert_eq!(facts.title, Some(FoundValue { value: "A B".into(), by: "b".into() }));
        facts.language(Some("pt_br"), "b");
        facts.timezone(Some("Mars/Olympus"), "b");
        assert_eq!(facts.language.map(|l| l.value).as_deref(), Some("pt-BR"));
        assert_eq!(facts.timezone, None);
    }

    #[test]
    fn urls() {
        let url = |url, below| {
            let mut facts = Facts::default();
            facts.url(Some(url), below, "x");
            facts.url.map(|found| found.value)
        };
        assert_eq!(url("https://e.org", Some("/blog")).as_deref(), Some("https://e.org/blog/"));
        assert_eq!(url("https://e.org/blog", Some("/blog/")).as_deref(), Some("https://e.org/blog/"));
        assert_eq!(url("https://e.org/", Some("/")).as_deref(), Some("https://e.org/"));
        for bad in ["", "/", "e.org", "http://localhost:4000", "https://me:secret@e.org", "${URL}", "https://e.org/?x"]
        {
            assert_eq!(url(bad, None), None, "{bad}");
        }
        let mut facts = Facts::default();
        facts.url(Some("https://me:secret@e.org"), None, "x");
        assert!(facts.notes.len() == 1 && !facts.notes[0].contains("secret"), "{:?}", facts.notes);
    }
}
