//! Feed outlines: the feed of all articles, the feeds of each axis, and the custom feeds. The articles are sorted once;
//! every feed takes its own in that order, newest first, ties by id.

use super::window::{FeedIdentity, Windows};
use super::{axis, condition, related};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ledger::{LedgerFeed, LineKey, LineState, ListedFeed};
use crate::model::{
    Article, Axis, ContentMode, FeedAddresses, FeedPath, FeedPaths, FeedRule, Format, Lang, Outline, Place, Site,
    TagTable, Timestamp, is_document_path,
};
use crate::normalise::Collection;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The config's path in findings.
const CONFIG: &str = "feedmill.yaml";

/// The feeds of a run.
#[derive(Debug, Default)]
pub struct Selected {
    /// Everything first, then the rules in the order of the config, the values of a family in the order of their slugs, then those
    /// that are kept for their subscribers alone.
    pub outlines: Vec<Outline>,
    /// The lines of the same feeds in the ledger, in the same order.
    pub feeds: Vec<ListedFeed>,
    /// The feeds among them that no article or rule asks for any more.
    pub held: Vec<LineKey>,
    /// Feeds that subscribers have and nothing is left of.
    pub vanished: Vec<LineKey>,
    /// Feeds that subscribers have had at addresses that the config redirects or gives up.
    pub given_up: Vec<LineKey>,
    /// Feeds that old entries would enter for the first time, because a limit was raised or a rule widened, and how many.
    pub kept_out: Vec<(String, usize)>,
    /// New articles that a feed does not list, because more were published at once than it holds: by the name of the feed.
    pub missed: Vec<(String, usize)>,
}

/// All feeds, with what subscribers were given taken into account.
pub fn outlines(collection: &Collection, site: &Site, windows: &Windows<'_>, sink: &mut dyn Sink) -> Selected {
    let articles = &collection.articles;
    let order = newest_first(articles);
    let known = articles.iter().filter(|article| article.record.line.is_some()).map(|article| article.published);
    let (newest_known, tags, selected) = (known.max(), &collection.tags, Selected::default());
    let mut maker = Maker { articles, tags, site, windows, newest_known, selected };
    maker.feed(main_head(site), &main_members(&order, articles, site, sink), Cut { limit: None, content: None });
    for rule in &site.feeds {
        match rule {
            FeedRule::By { axis, paths, limit, content } => {
                let cut = Cut { limit: *limit, content: *content };
                for value in axis::values(*axis, articles, &order, &collection.tags, (site, windows.feeds)) {
                    maker.feed(family_head(*axis, paths, &value, site), &value.members, cut);
                }
            }
            FeedRule::Custom { name, title, description, condition, paths, limit, content } => {
                let holds = |i: &usize| articles.get(*i).is_some_and(|a| condition::holds(condition, a, site));
                let members: Vec<usize> = order.iter().copied().filter(holds).collect();
                if members.is_empty() {
                    report_empty(name, sink);
                    continue;
                }
                let head = custom_head(name, (title.as_deref(), description.as_deref()), paths);
                maker.feed(
                    Head { condition: format!("{condition:?}"), ..head },
                    &members,
                    Cut { limit: *limit, content: *content },
                );
            }
        }
    }
    maker.hold(&order);
    maker.selected
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
    /// As in [`FeedIdentity`].
    family: &'static str,
    value: String,
    slug: String,
    condition: String,
    label: String,
    folder: String,
    addresses: FeedAddresses,
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
    windows: &'a Windows<'a>,
    /// When the newest article was published that subscribers have.
    newest_known: Option<Timestamp>,
    selected: Selected,
}

impl Maker<'_> {
    /// A feed that the site asks for, of these articles, newest first.
    fn feed(&mut self, head: Head, members: &[usize], cut: Cut) {
        let limit = cut.limit.unwrap_or(self.site.output.limit);
        let identity = FeedIdentity {
            family: head.family,
            value: &head.value,
            slug: &head.slug,
            addresses: &head.addresses,
            label: &head.label,
            condition: head.condition.clone(),
        };
        let window = self.windows.choose(&identity, limit, members, self.articles, self.site);
        if window.kept_out > 0 {
            self.selected.kept_out.push((head.name.clone(), window.kept_out));
        }
        if window.entries.is_empty() && !members.is_empty() {
            return;
        }
        let missed = self.missed(members, &window.entries);
        if missed > 0 {
            self.selected.missed.push((head.name.clone(), missed));
        }
        let listed = ListedFeed { key: window.key, line: window.line, entries: window.entries };
        self.add(head, listed, (members.len(), cut.content));
    }

    /// Articles that are newer than all that subscribers know, and that the feed does not list.
    fn missed(&self, members: &[usize], entries: &[usize]) -> usize {
        let article = |at: &usize| self.articles.get(*at);
        let Some(newest) = self.newest_known.filter(|_| members.len() > entries.len()) else { return 0 };
        let is_newer = |at: &&usize| article(at).is_some_and(|article| article.published > newest);
        let listed: BTreeSet<&usize> = entries.iter().collect();
        let newer = members.iter().take_while(is_newer).filter(|at| !listed.contains(at)).filter_map(article);
        newer.filter(|article| article.record.line.is_none()).count()
    }

    fn add(&mut self, head: Head, listed: ListedFeed, (total, content): (usize, Option<ContentMode>)) {
        let entries = listed.entries.clone();
        let outline = Outline {
            related: related::tags(&entries, &head.folder, self.articles, self.tags, self.site),
            name: head.name,
            axis: head.axis,
            label: head.label,
            folder: head.folder,
            addresses: head.addresses,
            title: head.title,
            description: head.description,
            lang: self.common_lang(&entries),
            content: content.unwrap_or(self.site.output.content),
            entries,
            total,
        };
        self.selected.outlines.push(outline);
        self.selected.feeds.push(listed);
    }

    /// Keeps the feeds that subscribers have and nothing asks for any more: with the entries they listed, or, of a tag that is an
    /// alias now, with those of the other tag.
    fn hold(&mut self, order: &[usize]) {
        let asked: BTreeSet<LineKey> = self.selected.feeds.iter().map(|feed| feed.key.clone()).collect();
        let lines = self.windows.ledger.feeds.iter();
        let old_addresses = &self.site.output.old_addresses;
        for (key, line) in lines.filter(|(key, line)| line.state == LineState::Live && !asked.contains(*key)) {
            let mut addresses = line.addresses.iter().filter(|address| !address.is_empty()).peekable();
            if addresses.peek().is_some() && addresses.all(|address| old_addresses.is_given_up(address, self.site)) {
                self.selected.given_up.push(key.clone());
                continue;
            }
            let other = self.windows.feeds.alias(line).map(|tag| self.windows.feeds.key("tag", tag.as_str()));
            let other = other.and_then(|other| self.selected.feeds.iter().find(|feed| feed.key == other));
            let is_listed =
                |at: &usize| self.articles.get(*at).is_some_and(|article| self.windows.has_listed(article, key));
            let entries: Vec<usize> = match other {
                Some(other) => other.entries.clone(),
                None => order.iter().copied().filter(is_listed).take(line.limit.max(1) as usize).collect(),
            };
            let is_alias = other.is_some();
            let Some(head) = held_head(line, self.site).filter(|_| !entries.is_empty() && !self.windows.accept.feeds)
            else {
                self.selected.vanished.push(key.clone());
                continue;
            };
            if !is_alias {
                self.selected.held.push(key.clone());
            }
            let total = entries.len();
            self.add(head, ListedFeed { key: key.clone(), line: line.clone(), entries }, (total, None));
        }
    }

    /// The language that all entries share; the site's if there are no entries.
    fn common_lang(&self, entries: &[usize]) -> Option<Lang> {
        let mut langs = entries.iter().filter_map(|i| self.articles.get(*i)).map(|a| axis::lang(a, self.site));
        let Some(first) = langs.next() else { return self.site.lang.clone() };
        langs.all(|lang| lang == first).then(|| first.cloned()).flatten()
    }
}

/// The head of a feed that is kept for its subscribers, from its line. `None` where the line cannot be one of a feed.
fn held_head(line: &LedgerFeed, site: &Site) -> Option<Head> {
    let axis = Axis::ALL.into_iter().find(|axis| axis.name() == &*line.family);
    let folder = match axis {
        Some(axis) => format!("{}/{}/", axis.folder(), line.slug),
        None if &*line.family == "custom" => format!("{}/", line.slug),
        None => return None,
    };
    let title = axis.map_or_else(|| line.label.to_string(), |_| format!("{}: {}", site.title, line.label));
    let rule = |paths: &FeedPaths| FeedAddresses::new(paths, &folder, &line.slug);
    let rules = site.feeds.iter();
    let asked = rules.filter_map(|rule| match rule {
        FeedRule::By { axis: by, paths, .. } => axis.is_some_and(|axis| axis == *by).then_some(paths),
        FeedRule::Custom { name, paths, .. } => (axis.is_none() && **name == *line.slug).then_some(paths),
    });
    let addresses = asked.map(rule).next().unwrap_or_else(|| kept_addresses(line, &folder, site));
    is_document_path(&format!("{folder}rss.xml")).then(|| Head {
        name: axis.map_or_else(|| line.slug.to_string(), |axis| format!("{}/{}", axis.name(), line.slug)),
        axis,
        family: axis.map_or("custom", Axis::name),
        value: line.value.to_string(),
        slug: line.slug.to_string(),
        condition: String::new(),
        label: line.label.to_string(),
        folder,
        addresses,
        description: title.clone(),
        title,
    })
}

/// Where subscribers have the documents of a feed that no rule names.
fn kept_addresses(line: &LedgerFeed, folder: &str, site: &Site) -> FeedAddresses {
    let mut kept = FeedAddresses::in_folder(folder);
    for (format, url) in Format::ALL.into_iter().zip(&line.addresses) {
        let path = url.strip_prefix(site.output.url.as_str()).and_then(|path| FeedPath::new(&format!("/{path}")).ok());
        if let Some(path) = path {
            kept = kept.with(format, path);
        }
    }
    kept
}

/// The articles of the feed of all articles that meet `output.where`.
fn main_members(order: &[usize], articles: &[Article], site: &Site, sink: &mut dyn Sink) -> Vec<usize> {
    let Some(condition) = &site.output.condition else { return order.to_vec() };
    let holds = |i: &usize| articles.get(*i).is_some_and(|a| condition::holds(condition, a, site));
    let members: Vec<usize> = order.iter().copied().filter(holds).collect();
    if members.is_empty() && !order.is_empty() {
        let message = "`output.where` matches no articles, so the main feed and the list of all feeds are not written";
        let finding = Diagnostic::new(Code::EmptyFeed, CONFIG, Place::WHOLE, message.to_owned());
        sink.report(finding.help("correct `output.where`"));
    }
    members
}

fn main_head(site: &Site) -> Head {
    Head {
        name: "all".into(),
        axis: None,
        family: "all",
        value: String::new(),
        slug: String::new(),
        condition: site.output.condition.as_ref().map(|condition| format!("{condition:?}")).unwrap_or_default(),
        label: site.title.clone(),
        folder: String::new(),
        addresses: FeedAddresses::new(&site.output.paths, "", ""),
        title: site.title.clone(),
        description: described(site.description.as_deref(), &site.title),
    }
}

fn custom_head(name: &str, (title, description): (Option<&str>, Option<&str>), paths: &FeedPaths) -> Head {
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or(name).to_owned();
    let folder = format!("{name}/");
    Head {
        name: name.to_owned(),
        axis: None,
        family: "custom",
        value: name.to_owned(),
        slug: name.to_owned(),
        condition: String::new(),
        label: title.clone(),
        addresses: FeedAddresses::new(paths, &folder, name),
        folder,
        description: described(description, &title),
        title,
    }
}

fn family_head(axis: Axis, paths: &FeedPaths, value: &axis::AxisValue, site: &Site) -> Head {
    let title = format!("{}: {}", site.title, value.label);
    let folder = format!("{}/{}/", axis.folder(), value.slug);
    Head {
        family: axis.name(),
        value: value.key.clone(),
        slug: value.slug.clone(),
        condition: String::new(),
        name: format!("{}/{}", axis.name(), value.slug),
        axis: Some(axis),
        label: value.label.clone(),
        addresses: FeedAddresses::new(paths, &folder, &value.slug),
        folder,
        description: title.clone(),
        title,
    }
}

fn described(description: Option<&str>, title: &str) -> String {
    description.map(str::trim).filter(|d| !d.is_empty()).unwrap_or(title).to_owned()
}

fn report_empty(name: &str, sink: &mut dyn Sink) {
    let message = format!("the feed \"{name}\" matches no articles, so it is not written");
    let finding = Diagnostic::new(Code::EmptyFeed, CONFIG, Place::WHOLE, message);
    sink.report(finding.help("correct its `where:`, or remove the feed from `feeds:`"));
}

#[cfg(test)]
mod tests;
