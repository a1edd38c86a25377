//! What a run would do to subscribers. One entry or feed that would change is held, and a finding says so. Where more than a fifth
//! and at least three would change, the run is refused until `--accept=KIND`.

use super::{Manifest, PlanContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{IdChange, Ledger, LineState};
use crate::model::{ArticlePath, Outcome, Place};
use crate::pipeline::Build;

/// Examples that a finding about many names.
const EXAMPLES: usize = 5;

/// Articles that are named one by one.
const MAX_NAMED: usize = 20;

/// Reports what is held, and what refuses the run. `old` is the manifest of the last run.
pub(super) fn check(build: &Build, old: &Manifest, context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) {
    if is_other_host(context, findings) {
        return;
    }
    ids(build, context, findings);
    dates(build, context, findings);
    entries(build, old, context, findings);
    feeds(build, context, findings);
    addresses(build, context, findings);
    window(build, findings);
}

/// A preview host, or a config of another site. What else would change follows from it and is not reported.
fn is_other_host(context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    let host = |url: &str| crate::model::AbsUrl::parse(url).map(|url| url.host()).unwrap_or_default();
    let Some(before) = context.ledger.home().map(host).filter(|_| !context.accept.host) else { return false };
    let now = context.site.url.host();
    if before == now {
        return false;
    }
    let text = format!("the site's host is {now}; subscribers have feeds of {before}");
    let keep = match (&context.site.since, &context.site.id_host) {
        (Some(_), None) => format!(", with `site.id_host: {before}` so that entries keep their ids"),
        _ => String::new(),
    };
    let help = format!(
        "if this is a preview, build it in a copy of the folder without `{}`; if the site has moved, run again with `--accept=host`{keep}",
        crate::ledger::FILE_NAME
    );
    findings.push(Diagnostic::new(Code::OtherHost, "", Place::WHOLE, text).help(help));
    true
}

fn ids(build: &Build, context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) {
    let assigned = &build.kept.assigned;
    let new: Vec<&IdChange> = assigned.ids.iter().filter(|change| !change.is_known).collect();
    if too_many(new.len(), assigned.live) {
        let examples = new.iter().take(EXAMPLES).map(|change| format!("{} → {}", change.given, change.now));
        let text = format!(
            "{} of {} entries would get another id, and subscribers would see them again: {}",
            new.len(),
            assigned.live,
            listed(examples, new.len())
        );
        let help = format!(
            "{}; to keep the ids whatever the rule gives, run `feedmill adopt --from-manifest`; if the change is meant, run again with `--accept=ids`. Nothing was written",
            reason(&new, context)
        );
        findings.push(Diagnostic::new(Code::ChangedId, "", Place::WHOLE, text).help(help));
        return;
    }
    for change in assigned.ids.iter().filter(|change| change.is_written || !change.is_known).take(MAX_NAMED) {
        let text =
            format!("the entry keeps the id {}, which subscribers have; it would be {} now", change.given, change.now);
        let help = format!(
            "write `id: {}` to keep it for good; to give subscribers the new one, run again with `--accept=ids`",
            change.given
        );
        let path = build.display_path(&change.path);
        findings.push(Diagnostic::new(Code::HeldId, &path, change.at, text).help(help));
    }
    for path in assigned.reused.iter().take(MAX_NAMED) {
        let text = "the file was published as another article; this one got an id of its own".to_owned();
        let help = "to replace the published article, write its id into the front matter; else give each article a file of its own";
        findings.push(Diagnostic::new(Code::ReusedFile, &build.display_path(path), Place::WHOLE, text).help(help));
    }
}

/// Which key or rename made the ids others, as far as the first of them tells.
fn reason(changes: &[&IdChange], context: &PlanContext<'_>) -> String {
    let Some(change) = changes.first() else { return "look at what changed".to_owned() };
    let tag =
        |id: &str| id.strip_prefix("tag:").and_then(|rest| rest.split_once(':')).map(|(entity, _)| entity.to_owned());
    match (tag(&change.given), tag(&change.now)) {
        (Some(given), Some(now)) if given != now => {
            let ((host, since), now_since) = (given.split_once(',').unwrap_or((&given, "")), now.split_once(','));
            match now_since {
                Some((_, other)) if other != since => format!("`site.since` changed; write `since: {since}`"),
                _ => format!("the host changed; write `site.id_host: {host}`"),
            }
        }
        (Some(given), None) => {
            format!("`site.since` is gone; write `since: {}`", given.rsplit(',').next().unwrap_or_default())
        }
        (None, Some(_)) => "`site.since` was added; take it out".to_owned(),
        _ if context.ledger.home().is_some_and(|home| home != context.site.url.as_str()) => {
            "`site.url` changed".to_owned()
        }
        _ => "permalinks or slugs changed".to_owned(),
    }
}

fn dates(build: &Build, context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) {
    let changed = &build.kept.assigned.dates;
    if context.accept.dates || !too_many(changed.len(), build.kept.assigned.live) {
        return;
    }
    let examples = changed.iter().take(EXAMPLES).map(|path| build.display_path(path));
    let text = format!(
        "{} of {} entries would get another date: {}",
        changed.len(),
        build.kept.assigned.live,
        listed(examples, changed.len())
    );
    let help = "some readers show an entry with another date again; if the dates are meant, run again with `--accept=dates`. Nothing was written";
    findings.push(Diagnostic::new(Code::ChangedDates, "", Place::WHOLE, text).help(help));
}

/// Entries whose articles are gone.
fn entries(build: &Build, old: &Manifest, context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) {
    let accepted: std::collections::HashSet<_> = build.ids.values().collect();
    let is_lost =
        |path: &ArticlePath| !build.ids.contains_key(path) && build.articles.get(path) != Some(&Outcome::Expired);
    let lost: Vec<&str> = old
        .entries
        .iter()
        .filter(|(id, listed)| !accepted.contains(id) && is_lost(&listed.path))
        .map(|(id, _)| id.as_str())
        .collect();
    if context.accept.entries || !too_many(lost.len(), old.entries.len()) {
        return;
    }
    let examples = lost.iter().take(EXAMPLES).map(|id| (*id).to_owned());
    let text = format!(
        "{} of {} entries would go, because their articles are gone: {}",
        lost.len(),
        old.entries.len(),
        listed(examples, lost.len())
    );
    findings.push(Diagnostic::new(Code::LostEntries, "", Place::WHOLE, text).help(accept("entries")));
}

fn feeds(build: &Build, context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.accept.feeds {
        return;
    }
    let line = |key| context.ledger.feeds.get(key);
    let held: Vec<_> = build.kept.held.iter().filter_map(line).collect();
    let vanished: Vec<_> = build.kept.vanished.iter().filter_map(line).collect();
    let all = context.ledger.feeds.values().filter(|line| line.state == LineState::Live).count();
    let gone = held.len() + vanished.len();
    if too_many(gone, all) {
        let names = held.iter().chain(&vanished).take(EXAMPLES).map(|line| line.label.to_string());
        let text = format!("{gone} of {all} feeds would go: {}", listed(names, gone));
        findings.push(Diagnostic::new(Code::LostFeeds, "", Place::WHOLE, text).help(accept("feeds")));
        return;
    }
    for line in held.iter().take(MAX_NAMED) {
        let text = format!(
            "no entry that the feed \"{}\" listed belongs to it any more; it stays with its last entries: {}",
            line.label,
            address(&line.addresses)
        );
        let help = format!(
            "if the tag was renamed, write `tags: {{aliases: {{\"{}\": NEW NAME}}}}`, and the new tag keeps the address; to give the feed up, run again with `--accept=feeds`",
            line.value
        );
        findings.push(Diagnostic::new(Code::HeldFeed, "", Place::WHOLE, text).help(help));
    }
    for line in vanished.iter().take(MAX_NAMED) {
        let text = format!(
            "the feed \"{}\" has no article left and is not written any more: {}",
            line.label,
            address(&line.addresses)
        );
        let help = "its subscribers get an error from now on; let the server answer 410 there, or redirect it";
        findings.push(Diagnostic::new(Code::GoneFeed, "", Place::WHOLE, text).help(help));
    }
}

fn addresses(build: &Build, context: &PlanContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(next) = build.ledger.as_ref().filter(|_| !context.accept.addresses) else { return };
    let moved = |ledger: &Ledger| {
        let feeds = ledger.feeds.iter().filter(|(_, line)| line.state == LineState::Live);
        let pairs = feeds.filter_map(|(key, line)| Some((line, next.feeds.get(key)?)));
        let moved = pairs.filter(|(before, now)| {
            let pairs = before.addresses.iter().zip(&now.addresses);
            let is_answered = |url: &str| context.site.output.old_addresses.is_answered(url, context.site);
            let mut pairs = pairs.filter(|(before, _)| !before.is_empty() && !is_answered(before));
            now.state == LineState::Live && pairs.any(|(a, b)| a != b)
        });
        moved
            .map(|(before, now)| format!("{} → {}", address(&before.addresses), address(&now.addresses)))
            .collect::<Vec<_>>()
    };
    let moved = moved(context.ledger);
    let all = context.ledger.feeds.values().filter(|line| line.state == LineState::Live).count();
    let examples = || listed(moved.iter().take(EXAMPLES).cloned(), moved.len());
    if too_many(moved.len(), all) {
        let text = format!("{} of {all} feeds would move: {}", moved.len(), examples());
        findings.push(Diagnostic::new(Code::ChangedAddresses, "", Place::WHOLE, text).help(accept("addresses")));
    } else if !moved.is_empty() {
        let text = format!("{} of {all} feeds moved: {}", moved.len(), examples());
        let help = "redirect the old address to the new one for good: most readers go on asking the old one";
        findings.push(Diagnostic::new(Code::MovedFeed, "", Place::WHOLE, text).help(help));
    }
}

/// What feeds do not list although it is there.
fn window(build: &Build, findings: &mut Vec<Diagnostic>) {
    for (name, count) in build.kept.kept_out.iter().take(MAX_NAMED) {
        let text =
            format!("{count} older entries do not enter the feed \"{name}\": its subscribers would see them as new");
        let help = "the feed fills with new entries; to let the old ones in, run again with `--accept=limit`";
        findings.push(Diagnostic::new(Code::KeptOut, "", Place::WHOLE, text).help(help));
    }
    if build.kept.overflow > 0 {
        let text = format!(
            "{} new articles are in no feed: more were published at once than a feed holds",
            build.kept.overflow
        );
        let help = "raise `output.limit`, or write `output: {min_age: 2d}` to keep new entries longer";
        findings.push(Diagnostic::new(Code::LostBurst, "", Place::WHOLE, text).help(help));
    }
}

/// More than a fifth, and at least three.
const fn too_many(changed: usize, of: usize) -> bool {
    changed >= 3 && changed * 5 > of
}

fn listed(examples: impl Iterator<Item = String>, of: usize) -> String {
    let examples: Vec<String> = examples.collect();
    let more = of.saturating_sub(examples.len());
    let examples = examples.join(", ");
    if more > 0 { format!("{examples} and {more} more") } else { examples }
}

fn accept(kind: &str) -> String {
    format!("run again with `--accept={kind}` if that is meant; nothing was written")
}

fn address(addresses: &[Box<str>; 3]) -> &str {
    addresses.iter().find(|address| !address.is_empty()).map_or("", |address| address)
}
