//! Which articles may appear in feeds now: due, not expired, not a draft. The time is an argument.

use super::Visible;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Admit, Article, Outcome, Site, TimeRule};

/// Leaves out articles that have expired, are drafts or are not yet due; the first of these reasons is reported. An
/// `updated` in the future is not used: readers and validators treat it as a fault (RFC 4287 section 4.2.15).
pub fn visible(mut articles: Vec<Article>, rule: &TimeRule, site: &Site, sink: &mut dyn Sink) -> Visible {
    let mut out = Visible::default();
    articles.retain_mut(|article| {
        let outcome = outcome(article, rule);
        let turns = [Some(article.published), Some(article.updated), article.expires].into_iter().flatten();
        let turns = turns.filter(|at| *at > rule.now);
        out.holds_until = out.holds_until.into_iter().chain(turns).min();
        if outcome == Outcome::Future {
            out.next_due = Some(out.next_due.map_or(article.published, |due| due.min(article.published)));
        }
        if outcome != Outcome::Accepted {
            out.left_out.push((article.path.clone(), outcome));
        } else if article.updated > rule.now.max(article.published) {
            sink.report(to_come(article, site));
            article.updated = article.published;
            article.moved = true;
        }
        outcome == Outcome::Accepted
    });
    out.left_out.sort();
    Visible { articles, ..out }
}

fn to_come(article: &Article, site: &Site) -> Diagnostic {
    let text =
        format!("`updated` ({}) is in the future; using the publication date until then", article.updated.rfc3339());
    Diagnostic::new(Code::UpdatedToCome, &site.display_path(&article.path), article.places.date, text)
        .help("correct `updated`, or remove it")
}

fn outcome(article: &Article, rule: &TimeRule) -> Outcome {
    if article.expires.is_some_and(|at| at <= rule.now) {
        Outcome::Expired
    } else if article.draft && rule.drafts == Admit::No {
        Outcome::Draft
    } else if article.published > rule.now && rule.future == Admit::No && !article.record.was_published {
        Outcome::Future
    } else {
        Outcome::Accepted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use crate::model::trial;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_unix(1_750_000_000 + day * 86_400).unwrap()
    }

    fn all() -> Vec<Article> {
        let article = |path: &str, due: i64, draft: bool, expires: Option<i64>| Article {
            published: at(due),
            draft,
            expires: expires.map(at),
            ..trial::article(path, "x")
        };
        vec![
            article("due.md", 0, false, Some(1)),
            article("e.md", 0, true, Some(0)),
            article("d.md", 3, true, None),
            article("c.md", 9, false, None),
            article("b.md", 2, false, None),
            article("a.md", 5, false, Some(-1)),
        ]
    }

    #[test]
    fn expired_then_draft_then_future() {
        let rule = TimeRule { now: at(0), drafts: Admit::No, future: Admit::No };
        let got = visible(all(), &rule, &trial::site("https://e.org/"), &mut ());
        assert_eq!(got.articles.len(), 1);
        assert_eq!(got.next_due, Some(at(2)));
        let left: Vec<(&str, Outcome)> = got.left_out.iter().map(|(p, o)| (p.as_str(), *o)).collect();
        use Outcome::{Draft, Expired, Future};
        assert_eq!(left, [("a.md", Expired), ("b.md", Future), ("c.md", Future), ("d.md", Draft), ("e.md", Expired)]);
    }

    #[test]
    fn flags_let_in() {
        let rule = TimeRule { now: at(0), drafts: Admit::Yes, future: Admit::Yes };
        let got = visible(all(), &rule, &trial::site("https://e.org/"), &mut ());
        assert_eq!((got.articles.len(), got.next_due), (4, None));
        let rule = TimeRule { drafts: Admit::Yes, future: Admit::No, ..rule };
        assert_eq!(
            visible(all(), &rule, &trial::site("https://e.org/"), &mut ()).next_due,
            Some(at(2)),
            "a draft of the future is of the future"
        );
    }

    #[test]
    fn a_change_that_has_not_come_is_told_and_held_back() {
        let all = |updated: i64| vec![Article { updated: at(updated), ..trial::article("a.md", "a") }];
        let rule = |now: i64| TimeRule { now: at(now), drafts: Admit::No, future: Admit::No };
        let site = trial::site("https://e.org/");
        for (updated, now, held) in [(3, 2, true), (3, 3, false), (3, 4, false)] {
            let mut findings = Vec::new();
            let got = visible(all(updated), &rule(now), &site, &mut findings);
            let due = if held { at(0) } else { at(updated) };
            assert_eq!(
                (got.articles[0].updated, got.articles[0].moved, findings.len()),
                (due, held, usize::from(held))
            );
            assert_eq!(got.holds_until, held.then(|| at(updated)));
        }
    }
}
