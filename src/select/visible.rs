//! Who may stand in feeds now: not expired, no draft, due. The clock is an argument.

use super::Visible;
use crate::model::{Admit, Article, Outcome, TimeRule};

/// Leaves out what has expired, drafts, and what is not yet due. An article that is all of these is told as the first.
pub fn visible(mut articles: Vec<Article>, rule: &TimeRule) -> Visible {
    let mut out = Visible::default();
    articles.retain(|article| {
        let outcome = outcome(article, rule);
        let turns = [Some(article.published), article.expires].into_iter().flatten().filter(|at| *at > rule.now);
        out.holds_until = out.holds_until.into_iter().chain(turns).min();
        if outcome == Outcome::Future {
            out.next_due = Some(out.next_due.map_or(article.published, |due| due.min(article.published)));
        }
        if outcome != Outcome::Accepted {
            out.left_out.push((article.path.clone(), outcome));
        }
        outcome == Outcome::Accepted
    });
    out.left_out.sort();
    Visible { articles, ..out }
}

fn outcome(article: &Article, rule: &TimeRule) -> Outcome {
    if article.expires.is_some_and(|at| at <= rule.now) {
        Outcome::Expired
    } else if article.draft && rule.drafts == Admit::No {
        Outcome::Draft
    } else if article.published > rule.now && rule.future == Admit::No {
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
        let got = visible(all(), &rule);
        assert_eq!(got.articles.len(), 1);
        assert_eq!(got.next_due, Some(at(2)));
        let left: Vec<(&str, Outcome)> = got.left_out.iter().map(|(p, o)| (p.as_str(), *o)).collect();
        use Outcome::{Draft, Expired, Future};
        assert_eq!(left, [("a.md", Expired), ("b.md", Future), ("c.md", Future), ("d.md", Draft), ("e.md", Expired)]);
    }

    #[test]
    fn flags_let_in() {
        let rule = TimeRule { now: at(0), drafts: Admit::Yes, future: Admit::Yes };
        let got = visible(all(), &rule);
        assert_eq!((got.articles.len(), got.next_due), (4, None));
        let rule = TimeRule { drafts: Admit::Yes, future: Admit::No, ..rule };
        assert_eq!(visible(all(), &rule).next_due, Some(at(2)), "a draft of the future is of the future");
    }
}
