//! The value of `{{ … }}`: a text, a variable of the body, the site's URL, the article's title; with the filters that
//! change a URL or a text.
//!
//! Not an implementation of Liquid: expressions that need the site's data have no value. The size of texts is bounded.

use super::BodyContext;
use super::arguments::Arguments;
use std::collections::BTreeMap;

/// The longest value of a variable, in bytes.
const MAX_VALUE_BYTES: usize = 1 << 16;

/// The variables of a body.
#[derive(Debug, Default)]
pub struct Values {
    known: BTreeMap<String, String>,
    /// Bytes given out; a body that multiplies itself gets no more.
    given: usize,
}

/// What an expression gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateValue {
    /// A finished text.
    Text(String),
    /// A text, and a filter that only the site knows, with its first argument.
    Filtered {
        /// The text before the filter.
        text: String,
        /// The name of the filter.
        filter: String,
        /// What the filter is given.
        argument: Option<String>,
    },
    /// Nothing that is known here.
    Unknown,
}

impl Values {
    /// Gives a variable its value.
    pub fn set(&mut self, name: &str, value: String) {
        if value.len() <= MAX_VALUE_BYTES && self.known.len() < 1000 {
            self.known.insert(name.to_owned(), value);
        }
    }

    /// `name = expression`, of `assign` and `set`.
    pub fn assign(&mut self, written: &str, context: &BodyContext<'_>) {
        let Some((name, expression)) = written.split_once('=') else { return };
        match self.evaluate(expression, context) {
            TemplateValue::Text(text) => self.set(name.trim(), text),
            TemplateValue::Filtered { .. } | TemplateValue::Unknown => {
                self.known.remove(name.trim());
            }
        }
    }

    /// What an expression gives.
    pub fn evaluate(&mut self, expression: &str, context: &BodyContext<'_>) -> TemplateValue {
        let mut parts = pipes(expression);
        let Some(mut text) = parts.next().and_then(|base| self.base(base.trim(), context)) else {
            return TemplateValue::Unknown;
        };
        for filter in parts {
            let filter = filter.trim();
            let end = filter.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(filter.len());
            let (name, rest) = filter.split_at_checked(end).unwrap_or((filter, ""));
            let rest = rest.trim_start_matches([':', '(', ' ']).trim_end_matches([')', ' ']);
            let argument = pipes_free_first(rest).and_then(|written| self.base(written, context));
            match filtered(&text, name, argument.as_deref(), rest, context) {
                Some(changed) if changed.len() <= MAX_VALUE_BYTES => text = changed,
                Some(_) => return TemplateValue::Unknown,
                None => return TemplateValue::Filtered { text, filter: name.to_owned(), argument },
            }
        }
        self.given += text.len();
        if self.given > context.allowance { TemplateValue::Unknown } else { TemplateValue::Text(text) }
    }

    fn base(&self, written: &str, context: &BodyContext<'_>) -> Option<String> {
        for quote in ['"', '\''] {
            if let Some(text) = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                return Some(text.to_owned());
            }
        }
        if !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Some(written.to_owned());
        }
        if let Some(value) = self.known.get(written) {
            return Some(value.clone());
        }
        let value = match written {
            "site.url" | "site.host" | "base_url" | "site.baseUrl" => context.origin,
            "site.baseurl" | "baseurl" | "site.base_url" => context.site_path,
            "site.title" | "site.name" => context.site_title,
            "page.title" | "title" | "post.title" | "frontmatter.title" | "$frontmatter.title" => context.title,
            "page.url" | "page.permalink" | "post.url" => context.permalink,
            _ => return None,
        };
        Some(value.to_owned())
    }
}

/// The parts between `|` outside quotes.
fn pipes(expression: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    expression.split(move |c: char| {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && c == '|'
    })
}

/// The first of the arguments of a filter, as written.
fn pipes_free_first(rest: &str) -> Option<&str> {
    let rest = rest.trim();
    let end = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.find(quote)? + 2,
        _ => rest.find([',', ' ']).unwrap_or(rest.len()),
    };
    rest.get(..end)
}

/// Applies a filter to a text; `None` if the filter is unknown.
fn filtered(
    text: &str,
    filter: &str,
    argument: Option<&str>,
    written: &str,
    context: &BodyContext<'_>,
) -> Option<String> {
    let rooted = || format!("{}{}", context.site_path, if text.starts_with('/') { "" } else { "/" });
    let is_absolute = text.contains("://") || text.starts_with("//");
    Some(match filter {
        "url" | "relative_url" | "absolute_url" | "full_url" | "absoluteUrl" | "get_url" if is_absolute => {
            text.to_owned()
        }
        "url" if !text.starts_with('/') => text.to_owned(),
        "url" | "relative_url" => format!("{}{text}", rooted()),
        "absolute_url" | "full_url" | "absoluteUrl" => format!("{}{}{text}", context.origin, rooted()),
        "prepend" => format!("{}{text}", argument?),
        "append" => format!("{text}{}", argument?),
        "default" => {
            if text.is_empty() {
                argument?.to_owned()
            } else {
                text.to_owned()
            }
        }
        "remove" => text.replace(argument.filter(|a| !a.is_empty())?, ""),
        "replace" => {
            let both = Arguments::parse(written);
            text.replace(both.at(0)?, both.positional.get(1).map_or("", String::as_str))
        }
        "strip" | "trim" | "lstrip" | "rstrip" => text.trim().to_owned(),
        "downcase" | "lower" => text.to_lowercase(),
        "upcase" | "upper" => text.to_uppercase(),
        "escape" | "escape_once" | "xml_escape" | "h" | "safe" | "raw" | "html" | "markdownify" | "strip_html"
        | "strip_newlines" | "newline_to_br" | "smartify" | "string" => text.to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial;
    use super::*;

    #[test]
    fn addresses_and_texts_have_a_value() {
        trial::with_scene("https://e.org/blog/", |context| {
            let mut values = Values::default();
            values.assign("bse = \"https://x.org/a/\"", context);
            values.assign("n = bse | append: '1'", context);
            let mut of = |expression: &str| match values.evaluate(expression, context) {
                TemplateValue::Text(text) => text,
                other => format!("{other:?}"),
            };
            assert_eq!(of("n"), "https://x.org/a/1");
            assert_eq!(of(" site.url ") + &of("site.baseurl"), "https://e.org/blog");
            assert_eq!(of("\"/a|b\" | url"), "/blog/a|b");
            assert_eq!(of("'a' | relative_url"), "/blog/a");
            assert_eq!(of("'/a' | absolute_url"), "https://e.org/blog/a");
            assert_eq!(of("'/a' | prepend: site.baseurl | prepend: site.url"), "https://e.org/blog/a");
            assert_eq!(of("\"a-b\" | replace: \"-\", \" \" | upcase"), "A B");
            assert_eq!(of("page.title"), "The Title");
            assert_eq!(of("site.data.x"), "Unknown");
            assert!(of("'u' | embed: 'T'").contains("filter: \"embed\""));
            values.assign("a = 'aaaaaaaaaaaaaaaaaaaa'", context);
            for _ in 0..100 {
                values.assign("a = a | append: a", context);
            }
            assert_eq!(values.evaluate("a", context), TemplateValue::Unknown);
        });
    }
}
