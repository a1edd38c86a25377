//! Attributes of raw HTML: those on the allow-list are parsed and written anew; URLs become absolute.
//!
//! Values are decoded before they are checked and escaped when they are written, so that no spelling evades the check.

use super::elements::{self, AttributeValue, Element};
use super::escape;
use super::findings::{BodyFindings, short};
use super::heading;
use super::links::{self, LinkFault, LinkPurpose};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, strip_forbidden, without_secrets};

/// What raw HTML is resolved and reported against.
pub struct Surroundings<'a, 'f> {
    /// The base of relative references.
    pub base: &'a AbsUrl,
    /// Where faults go.
    pub findings: &'a mut BodyFindings<'f>,
}

/// The start tag; `None` if too little is left for it to be useful. Code has the language as its class.
pub fn opening(
    element: &Element,
    attributes: &[(String, String)],
    language: Option<&str>,
    at: usize,
    around: &mut Surroundings<'_, '_>,
) -> Option<String> {
    let mut out = format!("<{}", element.name);
    let mut named = Vec::new();
    for (name, written) in attributes {
        let name = name.as_str();
        if !element.attributes.contains(&name) && !elements::EVERYWHERE.contains(&name) {
            continue;
        }
        if let Some(value) = attribute(name, written, at, around) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape::attribute(&mut out, &value);
            out.push('"');
            named.push(name);
        }
    }
    if let Some(language) = language.filter(|_| element.name == "code") {
        out.push_str(&format!(" class=\"language-{language}\""));
    }
    out.push('>');
    let makes_sense = match element.name {
        "a" => !named.is_empty(),
        "img" | "source" => named.iter().any(|name| matches!(*name, "src" | "srcset")),
        "track" => named.contains(&"src"),
        _ => true,
    };
    makes_sense.then_some(out)
}

fn attribute(name: &str, written: &str, at: usize, around: &mut Surroundings<'_, '_>) -> Option<String> {
    let purpose = match elements::value(name) {
        AttributeValue::Link => LinkPurpose::Link,
        AttributeValue::Media => LinkPurpose::Media,
        AttributeValue::Set => {
            let (set, faults) = links::srcset(around.base, written);
            faults.iter().for_each(|fault| report_link(around.findings, at, fault, written));
            return (!set.is_empty()).then_some(set);
        }
        AttributeValue::Id => return heading::is_safe_id(written).then(|| written.to_owned()),
        AttributeValue::Number => {
            let digits = written.trim().trim_end_matches("px");
            let number = digits.strip_suffix('%').unwrap_or(digits);
            let legal = !number.is_empty() && number.len() < 10 && number.bytes().all(|b| b.is_ascii_digit());
            return legal.then(|| digits.to_owned());
        }
        AttributeValue::Flag => return Some(String::new()),
        AttributeValue::Text => return Some(strip_forbidden(written).0.into_owned()),
    };
    if written.trim().is_empty() && purpose == LinkPurpose::Media {
        return None;
    }
    match links::resolve(around.base, written, purpose) {
        Ok(url) => Some(url.into_owned()),
        Err(fault) => {
            report_link(around.findings, at, &fault, written);
            None
        }
    }
}

/// Reports a reference that cannot be used in a feed.
pub fn report_link(findings: &mut BodyFindings<'_>, at: usize, fault: &LinkFault, reference: &str) {
    match fault {
        LinkFault::Scheme(scheme) => {
            let message = || {
                format!(
                    "`{}` has the scheme `{}`, which feed readers do not allow; it was removed",
                    short(reference),
                    short(scheme)
                )
            };
            findings.report(Code::UnsafeLink, at, message, "use a URL that begins with https:// or mailto:");
        }
        // Reported with the leftover.
        LinkFault::Dead if findings.may_have_dead_links() => {}
        LinkFault::Dead | LinkFault::Unreadable => {
            let message = || format!("`{}` is not a valid URL; it was removed", short(&without_secrets(reference)));
            findings.report(Code::BadBodyUrl, at, message, "write an absolute URL, or a path on this site");
        }
    }
}
