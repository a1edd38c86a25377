//! The language of code, for readers that highlight it: what a fence or the HTML of a highlighter says, as the one class that
//! HTML names for it, `language-go` (HTML, "The code element").
//!
//! Options of highlighters (line numbers, titles) are dropped.

use crate::model::html::value;

/// Longest name of a language.
const MAX_NAME: usize = 40;

/// The language that the text after a fence names: `go`, `rust,ignore`, `js{1,3}`, `go {linenos=table}`, `{.go}`, `{r, echo=F}`.
pub fn of_fence(info: &str) -> Option<String> {
    let info = info.trim();
    match info.strip_prefix('{') {
        Some(attributes) => of_braces(attributes.split('}').next().unwrap_or_default()),
        None => info.split([' ', '\t', ',', ';', ':', '=', '{', '[', '(']).next().and_then(named),
    }
}

/// `.go .numberLines`, `r, echo=FALSE`, `lang=go`; nothing of `linenos=table` and of a raw block, `=html`.
fn of_braces(attributes: &str) -> Option<String> {
    let mut words = attributes.split([' ', '\t', ',']).filter(|word| !word.is_empty() && !word.starts_with('#'));
    let first = words.clone().next()?;
    let class = words.clone().find_map(|word| word.strip_prefix('.'));
    let key = |word: &str| word.strip_prefix("lang=").or(word.strip_prefix("language=")).map(str::to_owned);
    let key = words.find_map(key).map(|value| value.trim_matches(['"', '\'']).to_owned());
    class.and_then(named).or_else(|| named(&key?)).or_else(|| named(first))
}

/// The language that the attributes of an element name: `class="language-go"`, `class="hljs go"`, `data-lang="go"`.
pub fn of_attributes(attributes: &[(String, String)]) -> Option<String> {
    let of_key = |key: &str| named(value(attributes, key)?);
    let of_class = || of_classes(value(attributes, "class")?);
    of_class().or_else(|| of_key("data-lang")).or_else(|| of_key("data-language"))
}

fn of_classes(classes: &str) -> Option<String> {
    const PREFIXES: [&str; 3] = ["language-", "lang-", "highlight-source-"];
    // highlight.js and Pandoc write the language as the next class.
    const BEFORE: [&str; 2] = ["hljs", "sourceCode"];
    let named_so = |class: &str| PREFIXES.iter().find_map(|prefix| named(class.strip_prefix(prefix)?));
    let mut words = classes.split_ascii_whitespace();
    let prefixed = words.clone().find_map(named_so);
    prefixed.or_else(|| words.find(|class| BEFORE.contains(class)).and_then(|_| named(words.next()?)))
}

/// Whether a class is one that this module writes.
pub fn is_class(class: &str) -> bool {
    class.strip_prefix("language-").is_some_and(|name| named(name).as_deref() == Some(name))
}

/// A name in lower case, as highlighters have it; `None` if it is not one.
fn named(name: &str) -> Option<String> {
    let name = name.strip_prefix("language-").or(name.strip_prefix("lang-")).unwrap_or(name);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.len() <= MAX_NAME
        && name.bytes().any(|b| b.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+#-._".contains(&b));
    is_name.then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_of_all_engines() {
        for (info, language) in [
            ("go", Some("go")),
            ("Rust", Some("rust")),
            ("rust,ignore", Some("rust")),
            ("go {linenos=table,hl_lines=[1]}", Some("go")),
            ("js{1,3-4}", Some("js")),
            ("js:title=a.js", Some("js")),
            ("python=10", Some("python")),
            ("c++", Some("c++")),
            ("c#", Some("c#")),
            ("objective-c", Some("objective-c")),
            ("language-go", Some("go")),
            ("{.go .numberLines}", Some("go")),
            ("{#one .language-go startFrom=\"3\"}", Some("go")),
            ("{ .py3 title=\"x\" }", Some("py3")),
            ("{r, echo=FALSE}", Some("r")),
            ("{python}", Some("python")),
            ("{lang=\"go\"}", Some("go")),
            ("{linenos=table}", None),
            ("{=html}", None),
            ("{}", None),
            ("", None),
            ("\"><script>", None),
            ("123", None),
            ("яз", None),
            ("-go", None),
        ] {
            assert_eq!(of_fence(info).as_deref(), language, "{info}");
        }
        assert_eq!(of_fence(&"a".repeat(41)), None);
    }

    #[test]
    fn html_of_highlighters() {
        let of = |name: &str, text: &str| of_attributes(&[(name.to_owned(), text.to_owned())]);
        for classes in [
            "language-go",
            "highlight language-go",
            "lang-go x",
            "hljs go",
            "hljs language-go",
            "sourceCode go",
            "highlight highlight-source-go",
        ] {
            assert_eq!(of("class", classes).as_deref(), Some("go"), "{classes}");
        }
        assert_eq!(of("data-lang", "Go").as_deref(), Some("go"));
        assert_eq!(of("data-language", "go").as_deref(), Some("go"));
        for classes in ["", "highlight", "go", "hljs", "language-", "language-a\"b", "btn language-<x>"] {
            assert_eq!(of("class", classes), None, "{classes}");
        }
        assert!(is_class("language-c++") && !is_class("language-Go") && !is_class("btn") && !is_class("language-a b"));
    }
}
