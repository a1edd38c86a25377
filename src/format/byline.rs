//! Who wrote an entry, as one author: of several, most readers show the first or the last alone (measured: Miniflux, newsboat,
//! `reader`, rss2email, rss-parser). All formats have the same name, so that subscribers see the same.
//!
//! Addresses of several authors are kept where readers do not look for a name: as Atom `contributor`s and in `_feedmill`.

use crate::model::Person;
use std::borrow::Cow;

/// The one author of an entry. `None` if it has none.
pub(super) fn author(authors: &[Person]) -> Option<Cow<'_, Person>> {
    match authors {
        [] => None,
        [one] => Some(Cow::Borrowed(one)),
        several => {
            // FreshRSS parts names at semicolons, and where there is none at commas.
            let has_comma = several.iter().any(|person| person.name.contains(','));
            let names: Vec<&str> = several.iter().map(|person| person.name.as_str()).collect();
            let name = names.join(if has_comma { "; " } else { ", " });
            Some(Cow::Owned(Person { name, email: None, url: None }))
        }
    }
}

/// The authors whose addresses [`author`] leaves out: of several, all if one has an address.
pub(super) fn addressed(authors: &[Person]) -> &[Person] {
    let has_address = authors.iter().any(|person| person.email.is_some() || person.url.is_some());
    if authors.len() > 1 && has_address { authors } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined() {
        let people = |names: &[&str]| -> Vec<Person> {
            names.iter().map(|name| Person { name: (*name).into(), email: None, url: None }).collect()
        };
        let name = |names: &[&str]| author(&people(names)).map(|person| person.name.clone());
        assert_eq!(name(&[]), None);
        assert_eq!(name(&["Anna Lee"]).as_deref(), Some("Anna Lee"));
        assert_eq!(name(&["Anna Lee", "Tom Reyes", "Wu"]).as_deref(), Some("Anna Lee, Tom Reyes, Wu"));
        assert_eq!(name(&["Lee, Anna", "Tom Reyes"]).as_deref(), Some("Lee, Anna; Tom Reyes"));
        assert_eq!(addressed(&people(&["a", "b"])), []);
        let known =
            [Person { email: Some("a@example.org".into()), ..people(&["a"]).remove(0) }, people(&["b"]).remove(0)];
        assert_eq!(addressed(&known), &known);
        assert_eq!((addressed(&known[..1]), author(&known[..1]).unwrap().email.is_some()), (&[][..], true));
    }
}
