//! Markdown → safe, absolute, feed-ready HTML, and an article → the entry that readers get.
//!
//! A body is parsed once, and the parser's events are written once. Only bodies with raw HTML go through the sanitiser.

mod addressed;
mod addresses;
pub mod advice;
mod attributes;
mod body;
mod body_image;
mod code_language;
mod credit;
mod dead_link;
mod dialect;
mod dialect_text;
mod elements;
mod escape;
mod excerpt;
mod figure;
mod findings;
mod footnotes;
mod heading;
mod image;
mod leftovers;
mod links;
mod markdown;
mod raw;
pub mod sanitise;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use addresses::Addresses;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, Entry, MarkdownFeature, Person, Place, Site, TagTable, World};
use findings::BodyFindings;
pub use image::fault as image_fault;
use leftovers::{BodyContext, References};
use markdown::MarkdownReading;
use writer::RenderedBody;

/// What an entry depends on besides its article.
#[derive(Clone, Copy)]
pub struct EntryContext<'a> {
    /// The labels of tags.
    pub tags: &'a TagTable,
    /// Where other articles are.
    pub addresses: &'a Addresses<'a>,
    /// The site's config.
    pub site: &'a Site,
    /// Bodies and images.
    pub world: &'a dyn World,
}

/// Renders an article to its entry. `None` if its body cannot be read, which is reported.
pub fn entry(article: &Article, context: EntryContext<'_>, sink: &mut dyn Sink) -> Option<Entry> {
    let EntryContext { tags, site, world, .. } = context;
    let display_path = site.display_path(&article.path);
    let written = body::written(article, &display_path, world, sink)?;
    let text = body::clean(&written, article.body.line, &display_path, sink);
    let mut findings = BodyFindings::new(&display_path, article.body.line, &text, sink);
    let rendered = if article.path.is_html() {
        markdown::render_html(&text, &article.title, &article.permalink, &mut findings)
    } else {
        markdown_body(&text, article, context, &mut findings)
    };
    findings.finish();
    let mut html = rendered.html;
    if html.trim().is_empty() {
        let message = if text.trim().is_empty() { "the article has no body" } else { "the body shows readers nothing" };
        let finding = Diagnostic::new(Code::EmptyBody, &display_path, Place::WHOLE, message);
        sink.report(finding.help("write one, or set `draft: true` until it is written"));
    }
    let stood_in = body_image::stand_in(article, &html, site, world);
    let stood_in = stood_in.map(|image| Article { image: Some(image), ..article.clone() });
    let article = stood_in.as_ref().unwrap_or(article);
    let image = image::enclosure(article, &display_path, world, sink);
    if let Some(image) = &image {
        figure::prepend(&mut html, article, image, site.images.parts);
    }
    credit::append(&mut html, article, site);
    let described = article.description.as_deref().map(excerpt::collapse).filter(|text| !text.is_empty());
    let cut = || rendered.excerpt.map(|text| excerpt::cut(&text)).filter(|text| !text.is_empty());
    let summary = described.or_else(cut).unwrap_or_else(|| article.title.to_string());
    Some(Entry {
        id: article.id.clone(),
        guids: article.guids.clone(),
        permalink: article.permalink.clone(),
        title: article.title.to_string(),
        published: article.published,
        updated: article.updated,
        authors: authors(article, site),
        tags: article.tags.iter().map(|(key, as_written, _)| label(tags, key, as_written)).collect(),
        lang: article.lang.clone().or_else(|| site.lang.clone()),
        summary,
        html,
        image,
        media: image::media(article, &display_path, world, sink),
        attribution: article.attribution.as_deref().cloned(),
        via: article.via.clone(),
        body_hash: blake3::hash(written.as_bytes()).to_hex().to_string(),
    })
}

/// Renders a clean Markdown body in the site's dialect.
fn markdown_body(
    text: &str,
    article: &Article,
    context: EntryContext<'_>,
    findings: &mut BodyFindings<'_>,
) -> RenderedBody {
    let EntryContext { addresses, site, .. } = context;
    let dialect = site.content.dialect();
    let alerts = if dialect.has(MarkdownFeature::Admonitions) { dialect::as_alerts(text) } else { None };
    let (text, before) = alerts.as_ref().map_or((text, None), |(text, before)| (text.as_str(), Some(before)));
    let (plain, origins, formulas) = dialect::set_aside(text, dialect);
    let origins = before.map_or_else(|| origins.clone(), |before| origins.clone().after(before));
    let mut reading = MarkdownReading {
        title: &article.title,
        base: &article.permalink,
        dialect,
        formulas,
        references: References::Defined,
    };
    if !dialect.has(MarkdownFeature::Templates) {
        findings.rewritten(origins);
        return markdown::render(&plain, reading, findings);
    }
    let body = BodyContext::new(article, site, addresses, plain.len(), dialect::options(dialect));
    let plain = leftovers::rewrite(&plain, origins, &body);
    reading.references = plain.counts.references();
    plain.counts.report(findings);
    findings.rewritten(plain.origins);
    if dead_link::is_in(&plain.text) || reading.references == References::Lost {
        findings.expect_dead_links();
    }
    markdown::render(&plain.text, reading, findings)
}

/// The article's authors, else the site's, else the site itself (RFC 4287 section 4.1.2 wants one).
fn authors(article: &Article, site: &Site) -> Vec<Person> {
    match (&*article.authors, site.authors.as_slice()) {
        ([], []) => vec![Person { name: site.title.clone(), email: None, url: None }],
        ([], site) => site.to_vec(),
        (own, _) => own.to_vec(),
    }
}

fn label(tags: &TagTable, key: &crate::model::TagKey, as_written: &str) -> String {
    tags.get(key).map_or_else(|| as_written.to_owned(), |tag| tag.label.clone())
}
