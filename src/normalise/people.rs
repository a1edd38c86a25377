//! Authors as written → people: a name, with e-mail address and page if known. An address within a name (`Ann
//! <ann@e.org>`, as in RSS and mail) is moved to its own field. A key of `content.authors_file` becomes that person; an
//! author of the site gets the details from the config.

use super::findings::{Findings, quoted};
use super::{markup, text, urls};
use crate::diagnostic::Code;
use crate::model::{Located, Person, RawAuthor, Site, TagKey};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The maximum number of authors per article, for the same reason as the maximum number of tags.
const MAX_AUTHORS_PER_ARTICLE: usize = 200;

/// The authors of an article, without blanks and duplicates. If empty, the site's authors apply.
pub fn read(raw: &[RawAuthor], site: &Site, findings: &mut Findings<'_>) -> Arc<[Person]> {
    if let [] | [_] = raw {
        let named = raw.first().and_then(|only| person(only, site, findings));
        return named.filter(|p| !p.name.trim().is_empty()).map_or_else(Arc::default, |one| Arc::from([one]));
    }
    if let Some(first) = raw.get(MAX_AUTHORS_PER_ARTICLE) {
        let message = format!("the article has more than {MAX_AUTHORS_PER_ARTICLE} authors; the rest were left out");
        findings.report(
            Code::BadField,
            first.name.at,
            message,
            format!("list at most {MAX_AUTHORS_PER_ARTICLE} authors"),
        );
    }
    let mut seen = BTreeSet::new();
    let people = raw.iter().take(MAX_AUTHORS_PER_ARTICLE).filter_map(|author| person(author, site, findings));
    people.filter(|p| TagKey::new(&p.name).is_some_and(|key| seen.insert(key))).collect()
}

fn person(raw: &RawAuthor, site: &Site, findings: &mut Findings<'_>) -> Option<Person> {
    let (name, inner) = parted(&text::plain(&markup::without_tags(&raw.name.value)));
    let written = raw.email.as_deref().map(text::plain).filter(|e| !e.is_empty());
    let email = match written {
        Some(email) if is_address(&email) => Some(email),
        Some(email) => {
            let message = format!("the author's email {} is not an email address; it was ignored", quoted(&email));
            findings.report(Code::BadField, raw.name.at, message, "write `email: name@host`");
            inner
        }
        None => inner,
    };
    let url = raw
        .url
        .as_ref()
        .and_then(|url| urls::absolute(&Located::new(url.clone(), raw.name.at), "author.url", findings));
    let is_none_known = site.people.is_empty() && site.authors.is_empty();
    let key = if is_none_known { None } else { TagKey::new(&name) };
    if let Some(known) = key.as_ref().and_then(|key| site.people.get(key)) {
        let (email, url) = (email.or_else(|| known.email.clone()), url.or_else(|| known.url.clone()));
        return Some(Person { name: known.name.clone(), email, url });
    }
    let known = site.authors.iter().find(|p| match &key {
        Some(key) => TagKey::new(&p.name).as_ref() == Some(key),
        None => p.email.is_some() && p.email == email,
    });
    if let Some(known) = known {
        let (email, url) = (email.or_else(|| known.email.clone()), url.or_else(|| known.url.clone()));
        return Some(Person { name: known.name.clone(), email, url });
    }
    let name = if !name.trim().is_empty() { name } else { email.as_ref()?.split('@').next()?.to_owned() };
    Some(Person { name, email, url })
}

/// `Ann <ann@e.org>`, `ann@e.org (Ann)`, `ann@e.org` → the name and the address.
fn parted(text: &str) -> (String, Option<String>) {
    if is_address(text) {
        return (String::new(), Some(text.to_owned()));
    }
    let mail_style = text.strip_suffix('>').and_then(|t| t.rsplit_once('<'));
    let rss_style = text.strip_suffix(')').and_then(|t| t.split_once('(')).map(|(email, name)| (name, email));
    for (name, email) in [mail_style, rss_style].into_iter().flatten() {
        let email = email.trim();
        let email = email.strip_prefix("mailto:").unwrap_or(email);
        if is_address(email) {
            return (name.trim().trim_matches('"').trim().to_owned(), Some(email.to_owned()));
        }
    }
    without_address(text)
}

/// `Ann, ann@e.org` and `Ann (ann@e.org, Berlin)`: an e-mail address in a name would be published, and readers do not
/// expect it there.
fn without_address(text: &str) -> (String, Option<String>) {
    const AROUND: &[char] = &['<', '>', '(', ')', '[', ']', ',', ';', ':', '"'];
    let bare = |word: &str| word.trim_matches(AROUND).to_owned();
    let looks_so =
        |word: &str| bare(word).split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !text.contains('@') {
        return (text.to_owned(), None);
    }
    let (addresses, words): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| looks_so(word));
    (words.join(" "), addresses.into_iter().map(bare).find(|address| is_address(address)))
}

/// Whether a text has the form `name@host` that Atom (section 3.2.3) and RSS readers accept.
fn is_address(text: &str) -> bool {
    let legal = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && name.chars().all(legal)
            && host.contains('.')
            && host.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::Place;
    use crate::model::trial;

    fn people(names: &[&str]) -> Vec<(String, Option<String>)> {
        let mut site = trial::site("https://e.org/");
        site.authors = vec![Person { name: "Ann Lee".into(), email: Some("ann@e.org".into()), url: None }];
        let author = |n: &&str| RawAuthor { name: Located::new((*n).into(), Place::WHOLE), email: None, url: None };
        let raw: Vec<RawAuthor> = names.iter().map(author).collect();
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = read(&raw, &site, &mut Findings::new("a.md", &mut sink));
        got.iter().map(|p| (p.name.clone(), p.email.clone())).collect()
    }

    #[test]
    fn names_and_addresses() {
        let one = |name: &str, email: Option<&str>| vec![(name.to_owned(), email.map(str::to_owned))];
        assert_eq!(people(&["Bob &amp; Co <bob@x.org>"]), one("Bob & Co", Some("bob@x.org")));
        assert_eq!(people(&["bob@x.org (Bob)", "bob", " "]), one("Bob", Some("bob@x.org")));
        assert_eq!(people(&["bob@x.org"]), one("bob", Some("bob@x.org")));
        assert_eq!(people(&["ann  LEE", "ann@e.org"]), one("Ann Lee", Some("ann@e.org")));
        assert_eq!(people(&["a <b> c", "x@y"]).len(), 2);
        assert_eq!(people(&["Bob bob@x.org Lee"]), one("Bob Lee", Some("bob@x.org")));
        assert_eq!(people(&["Bob (bob@x.org; @bob)"]), one("Bob @bob)", Some("bob@x.org")));
        assert_eq!(people(&["<b>Bob</b> Lee"]), one("Bob Lee", None));
    }

    #[test]
    fn a_crowd_is_no_author() {
        let author =
            |n: usize| RawAuthor { name: Located::new(format!("A {n}"), Place::WHOLE), email: None, url: None };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let crowd: Vec<RawAuthor> = (0..MAX_AUTHORS_PER_ARTICLE + 1).map(author).collect();
        let got = read(&crowd, &trial::site("https://e.org/"), &mut Findings::new("a.md", &mut sink));
        assert_eq!(
            (got.len(), sink.len(), sink.first().map(|f| f.code)),
            (MAX_AUTHORS_PER_ARTICLE, 1, Some(Code::BadField))
        );
    }

    #[test]
    fn keys_become_the_people_they_stand_for() {
        let mut site = trial::site("https://e.org/");
        let ann = Person { name: "Ann Lee".into(), email: Some("ann@e.org".into()), url: None };
        site.people.insert(TagKey::new("alee").unwrap(), ann.clone());
        let author = |n: &str| RawAuthor { name: Located::new(n.into(), Place::WHOLE), email: None, url: None };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = read(&[author("ALee"), author("bob")], &site, &mut Findings::new("a.md", &mut sink));
        assert_eq!(*got, [ann, Person { name: "bob".into(), email: None, url: None }]);
    }

    #[test]
    fn bad_addresses_and_pages_are_told() {
        let raw = RawAuthor {
            name: Located::new("Bob".into(), Place::new(3, 1, 1)),
            email: Some("bob at x".into()),
            url: Some("not a url".into()),
        };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = read(&[raw], &trial::site("https://e.org/"), &mut Findings::new("a.md", &mut sink));
        assert_eq!(*got, [Person { name: "Bob".into(), email: None, url: None }]);
        assert_eq!(sink.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::BadField, Code::BadUrl]);
    }
}
