//! Feed outlines: the feed of all articles, the feeds of each axis, and the custom feeds. The articles are sorted once;
//! every feed takes its own in that order, newest first, ties by id.

use super::{axis, condition, related};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, Axis, ContentMode, FeedRule, Lang, Outline, Place, Site, TagTable};
use crate::normalise::Collection;
use std::cmp::Reverse;

/// The config's path in findings.
const CONFIG: &str = "feedmill.yaml";

/// All feeds: everything first, then the rules in the order of the config, the values of an axis in the order of their
/// slugs.
pub fn outlines(collection: &Collection, site: &Site, sink: &mut dyn Sink) -> Vec<Outline> {
    let articles = &collection.articles;
    let order = newest_first(articles);
    let maker = Maker { articles, tags: &collection.tags, site };
    let everything = Head {
        name: "all".into(),
        axis: None,
        label: site.title.clone(),
        folder: String::new(),
        title: site.title.clone(),
        description: described(site.description.as_deref(), &site.title),
    };
    let mut feeds = vec![maker.outline(everything, order.clone(), Cut { limit: None, content: None })];
    for rule in &site.feeds {
        match rule {
            FeedRule::By { axis, limit, content } => {
                let cut = Cut { limit: *limit, content: *content };
                for value in axis::values(*axis, articles, &order, &collection.tags, site) {
                    feeds.push(maker.outline(family_head(*axis, &value, site), value.members, cut));
                }
            }
            FeedRule::Custom { name, title, description, condition, limit, content } => {
                let holds = |i: &usize| articles.get(*i).is_some_and(|a| condition::holds(condition, a, site));
                let members: Vec<usize> = order.iter().copied().filter(holds).collect();
                if members.is_empty() {
                    tell_empty(name, sink);
                    continue;
                }
                let title = title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(name).to_owned();
                let head = Head {
                    name: name.clone(),
                    axis: None,
                    label: title.clone(),
                    folder: format!("{name}/"),
                    description: described(description.as_deref(), &title),
                    title,
                };
                feeds.push(maker.outline(head, members, Cut { limit: *limit, content: *content }));
            }
        }
    }
    feeds
}

/// Newest first. Ties are broken by id, which is unique.
fn newest_first(articles: &[Article]) -> Vec<usize> {
    let mut order: Vec<_> = articles.iter().map(|a| Reverse(a.published.unix())).zip(0..).collect();
    let id = |i: usize| articles.get(i).map(|a| &a.id);
    order.sort_unstable_by(|(a, i), (b, j)| a.cmp(b).then_with(|| id(*i).cmp(&id(*j))));
    order.into_iter().map(|(_, i)| i).collect()
}

struct Head {
    name: String,
    axis: Option<Axis>,
    label: String,
    folder: String,
    title: String,
    description: String,
}

#[derive(Clone, Copy)]
struct Cut {
    limit: Option<usize>,
    content: Option<ContentMode>,
}

struct Maker<'a> {
    articles: &'a [Article],
    tags: &'a TagTable,
    site: &'a Site,
}

impl Maker<'_> {
    fn outline(&self, head: Head, mut entries: Vec<usize>, cut: Cut) -> Outline {
        let total = entries.len();
        entries.truncate(cut.limit.unwrap_or(self.site.output.limit).max(1));
        Outline {
            related: related::tags(&entries, &head.folder, self.articles, self.tags, self.site),
            name: head.name,
            axis: head.axis,
            label: head.label,
            folder: head.folder,
            title: head.title,
            description: head.description,
            lang: self.common_lang(&entries),
            content: cut.content.unwrap_or(self.site.output.content),
            entries,
            total,
        }
    }

    /// The language that all entries share; the site's if there are no entries.
    fn common_lang(&self, entries: &[usize]) -> Option<Lang> {
        let mut langs = entries.iter().filter_map(|i| self.articles.get(*i)).map(|a| axis::lang(a, self.site));
        let Some(first) = langs.next() else { return self.site.lang.clone() };
        langs.all(|lang| lang == first).then(|| first.cloned()).flatten()
    }
}

fn family_head(axis: Axis, value: &axis::AxisValue, site: &Site) -> Head {
    let title = format!("{}: {}", site.title, value.label);
    Head {
        name: format!("{}/{}", axis.name(), value.slug),
        axis: Some(axis),
        label: value.label.clone(),
        folder: format!("{}/{}/", axis.folder(), value.slug),
        description: title.clone(),
        title,
    }
}

fn described(description: Option<&str>, title: &str) -> String {
    description.map(str::trim).filter(|d| !d.is_empty()).unwrap_or(title).to_owned()
}

fn tell_empty(name: &str, sink: &mut dyn Sink) {
    let message = format!("the feed \"{name}\" matches no articles, so it is not written");
    let finding = Diagnostic::new(Code::EmptyFeed, CONFIG, Place::WHOLE, message);
    sink.report(finding.help("correct its `where:`, or remove the feed from `feeds:`"));
}

#[cfg(test)]
mod tests;
