//! Atom 1.0: text constructs and content (RFC 4287 sections 3.1 and 4.1.3).

use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{atom_parts, html, html_tags, plain, urls};
use crate::diagnostic::Code;

const TEXT: &str = "RFC 4287 section 3.1.1";
const CONTENT: &str = "RFC 4287 section 4.1.3";

/// `title`, `subtitle`, `summary`, `rights`.
pub(super) fn text(element: &XmlElement, judge: &mut Judge<'_>) {
    atom_parts::language(element, judge);
    match element.attribute("type").unwrap_or("text") {
        "text" => text_alone(element, judge),
        "html" => html::check(&element.text, element.at, judge),
        "xhtml" => xhtml(element, judge),
        other => {
            let message =
                format!("the type of <{}> is {}, none of text, html, xhtml", element.name, quoted_value(other));
            judge.report(Code::BadFeedType, element.at, message, TEXT);
        }
    }
}

/// Checks the element `content`.
pub(super) fn content(content: &XmlElement, judge: &mut Judge<'_>) {
    atom_parts::language(content, judge);
    if let Some(src) = content.attribute("src") {
        return elsewhere(content, src, judge);
    }
    match content.attribute("type").unwrap_or("text") {
        "text" => text_alone(content, judge),
        "html" => html::check(&content.text, content.at, judge),
        "xhtml" => xhtml(content, judge),
        kind if !urls::is_media_type(kind) => {
            let message = format!("the type of <content> is {}, no media type", quoted_value(kind));
            judge.report(Code::BadFeedType, content.at, message, CONTENT);
        }
        "text/html" if !content.text.to_ascii_lowercase().contains("<html") => {
            let message = "content of the type `text/html` is a whole document; a part of one is `html`";
            judge.report(Code::BadFeedType, content.at, message, CONTENT);
        }
        _ if is_binary(content) && !is_base64(&content.text) => {
            judge.report(Code::BadFeedType, content.at, "<content> is not in Base64, as its type demands", CONTENT);
        }
        _ => {}
    }
}

/// Whether content is neither text nor XML, so that it is written in Base64.
pub(super) fn is_binary(content: &XmlElement) -> bool {
    let kind = content.attribute("type").unwrap_or("text").to_ascii_lowercase();
    let xml = kind.ends_with("/xml") || kind.ends_with("+xml");
    kind.contains('/') && !kind.starts_with("text/") && !xml && content.attribute("src").is_none()
}

fn elsewhere(content: &XmlElement, src: &str, judge: &mut Judge<'_>) {
    if let Err(why) = urls::absolute(src) {
        judge.report(
            Code::BadFeedUrl,
            content.at,
            format!("the content's address {} {why}", quoted_value(src)),
            CONTENT,
        );
    }
    if content.attribute("type").is_none() {
        judge.report(Code::MissingElement, content.at, "<content> with `src` has no `type`", CONTENT);
    }
    if !content.value().is_empty() || !content.children.is_empty() {
        judge.report(Code::UnknownElement, content.at, "<content> with `src` is not empty", CONTENT);
    }
}

fn text_alone(element: &XmlElement, judge: &mut Judge<'_>) {
    plain::atom(element, judge);
    if let Some(inner) = element.children.first() {
        let message = format!("<{}> contains text instead of an element <{}>", element.name, inner.name);
        judge.report(Code::UnknownElement, inner.at, message, TEXT);
    }
}

/// Requires one `xhtml:div` and nothing else (RFC 4287 section 3.1.1.3).
fn xhtml(element: &XmlElement, judge: &mut Judge<'_>) {
    let [div] = element.children.as_slice() else {
        let message = format!("<{}> does not hold exactly one XHTML <div>", element.name);
        return judge.report(Code::MissingElement, element.at, message, "RFC 4287 section 3.1.1.3");
    };
    if !div.is(Space::Xhtml, "div") || !element.value().is_empty() {
        let message = format!("<{}> does not hold an XHTML <div> alone", element.name);
        judge.report(Code::MissingElement, element.at, message, "RFC 4287 section 3.1.1.3");
    }
    inside(div, judge);
}

fn inside(element: &XmlElement, judge: &mut Judge<'_>) {
    if element.space == Space::Xhtml && !html_tags::is_known(element.local()) {
        judge.report(Code::NotHtml5, element.at, format!("HTML has no <{}>", element.name), "HTML Living Standard");
    }
    let attributes = element.attributes.iter().map(|a| (a.name.as_str(), a.value.as_str()));
    html::tag(element.local(), attributes, element.at, judge);
    for child in &element.children {
        inside(child, judge);
    }
}

fn is_base64(text: &str) -> bool {
    let clean: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let end = clean.iter().rev().take_while(|b| **b == b'=').count();
    let body = clean.get(..clean.len() - end).unwrap_or_default();
    clean.len().is_multiple_of(4) && end < 3 && body.iter().all(|b| b.is_ascii_alphanumeric() || b"+/".contains(b))
}
