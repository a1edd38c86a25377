//! People: RSS needs an e-mail address followed by the name in brackets, Atom a name with a separate address.

use super::elements::{self, KnownElement};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{plain, urls};
use crate::diagnostic::Code;

/// RSS `author`, `managingEditor`, `webMaster`: `mail@host (Name)` (RSS 2.0; RSS profile).
pub(super) fn contact(element: &XmlElement, judge: &mut Judge<'_>) {
    let value = element.value();
    let (address, name) = match value.strip_suffix(')').and_then(|v| v.split_once(" (")) {
        Some((address, name)) => (address, name.trim()),
        None => (value, ""),
    };
    let message = match is_address(address) {
        false => format!("<{}> is {}, which does not begin with an e-mail address", element.name, quoted_value(value)),
        true if name.is_empty() => format!("<{}> has no name after its address", element.name),
        true => return,
    };
    judge.report(
        Code::BadPerson,
        element.at,
        message,
        "write `mail@example.org (Name)`, or the name alone in <dc:creator>",
    );
}

/// Atom `author`, `contributor` (RFC 4287 section 3.2).
pub(super) fn person(element: &XmlElement, judge: &mut Judge<'_>) {
    const PARTS: &[KnownElement] =
        &[KnownElement::once("name"), KnownElement::once("email"), KnownElement::once("uri")];
    const SOURCE: &str = "RFC 4287 section 3.2";
    elements::children(element, Space::Atom, PARTS, SOURCE, judge);
    match element.first(Space::Atom, "name") {
        None => {
            let message = format!("<{}> has no <name>", element.name);
            judge.report(Code::MissingElement, element.at, message, SOURCE);
        }
        Some(name) => self::name(name, judge),
    }
    if let Some(email) = element.first(Space::Atom, "email").filter(|email| !is_address(email.value())) {
        let message = format!("<email> is {}, which is not an e-mail address", quoted_value(email.value()));
        judge.report(Code::BadPerson, email.at, message, SOURCE);
    }
    if let Some(uri) = element.first(Space::Atom, "uri")
        && let Err(why) = urls::absolute(uri.value())
    {
        judge.report(Code::BadFeedUrl, uri.at, format!("<uri> {} {why}", quoted_value(uri.value())), SOURCE);
    }
}

fn name(name: &XmlElement, judge: &mut Judge<'_>) {
    plain::atom(name, judge);
    let message = match name.value() {
        "" => "a person's <name> is empty".to_owned(),
        text if text.split([' ', '<', '>', '(', ')']).any(is_address) => {
            format!("a person's <name> contains an e-mail address: {}", quoted_value(text))
        }
        _ => return,
    };
    judge.report(Code::BadPerson, name.at, message, "names are for people to read (RFC 4287 section 3.2.1)");
}

fn is_address(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>()[],;:\\\"".contains(c));
    text.split_once('@').is_some_and(|(user, host)| plain(user) && plain(host) && host.contains('.'))
}
