//! A site that changes: its articles, its config, and how it is built.

use crate::project::TestProject;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One change, or another way to build. Numbers choose an article, by its place among those there are.
#[derive(Debug, Clone)]
pub enum Step {
    EditBody(usize),
    EditTitle(usize),
    EditSlug(usize),
    EditDate(usize),
    EditTag(usize),
    Rename(usize),
    RenameAndEdit(usize),
    Move(usize),
    Delete(usize),
    Return,
    Add,
    ReuseFile(usize),
    Host,
    Scheme,
    Zone(usize),
    Limit(usize),
    AddRule,
    FreshCheckout,
    MergeBranches,
    Publish,
}

/// Any step; edits are more frequent than changes of the whole site.
pub fn step() -> impl Strategy<Value = Step> {
    let n = 0usize..12;
    prop_oneof![
        3 => n.clone().prop_map(Step::EditBody),
        2 => n.clone().prop_map(Step::EditTitle),
        2 => n.clone().prop_map(Step::EditSlug),
        1 => n.clone().prop_map(Step::EditDate),
        2 => n.clone().prop_map(Step::EditTag),
        2 => n.clone().prop_map(Step::Rename),
        2 => n.clone().prop_map(Step::RenameAndEdit),
        1 => n.clone().prop_map(Step::Move),
        2 => n.clone().prop_map(Step::Delete),
        2 => Just(Step::Return),
        3 => Just(Step::Add),
        1 => n.prop_map(Step::ReuseFile),
        1 => Just(Step::Host),
        1 => Just(Step::Scheme),
        1 => (0usize..3).prop_map(Step::Zone),
        1 => (2usize..9).prop_map(Step::Limit),
        1 => Just(Step::AddRule),
        2 => Just(Step::FreshCheckout),
        1 => Just(Step::MergeBranches),
        1 => Just(Step::Publish),
    ]
}

/// An article as its author knows it; `uid` is in its text, whatever else changes.
#[derive(Debug, Clone)]
struct Article {
    uid: usize,
    path: String,
    title: String,
    slug: Option<String>,
    day: usize,
    tag: usize,
    edits: usize,
}

#[derive(Debug, Clone)]
struct Config {
    scheme: &'static str,
    host: usize,
    zone: usize,
    limit: usize,
    rule: bool,
}

#[derive(Debug, Clone)]
struct State {
    articles: Vec<Article>,
    gone: Vec<Article>,
    config: Config,
    next: usize,
}

pub struct Site {
    pub project: TestProject,
    state: State,
    before: State,
}

const ZONES: [&str; 3] = ["UTC", "Asia/Tokyo", "America/New_York"];

impl Site {
    /// A site of so many articles, whose feeds list so many.
    pub fn new(articles: usize, limit: usize) -> Self {
        let config = Config { scheme: "https", host: 0, zone: 0, limit, rule: false };
        let state = State { articles: Vec::new(), gone: Vec::new(), config, next: 0 };
        let mut site = Self { project: TestProject::empty(), before: state.clone(), state };
        (0..articles).for_each(|_| site.add());
        site.write();
        site
    }

    fn add(&mut self) {
        let uid = self.state.next;
        self.state.next += 1;
        let slug = uid.is_multiple_of(2).then(|| format!("slug-{uid}"));
        let (path, title) = (format!("{uid}.md"), format!("Title {uid}"));
        self.state.articles.push(Article { uid, path, title, slug, day: uid, tag: uid % 2, edits: 0 });
    }

    /// The articles that this step makes new: their entries may appear.
    pub fn newest(&self) -> usize {
        self.before.next
    }

    pub fn take_copy(&mut self) {
        self.before = self.state.clone();
    }

    pub fn undo(&mut self) {
        self.state = self.before.clone();
        self.write();
    }

    pub fn apply(&mut self, step: &Step) {
        let count = self.state.articles.len().max(1);
        let next = self.state.next;
        let mut edit = |n: &usize, change: &dyn Fn(&mut Article)| {
            if let Some(article) = self.state.articles.get_mut(n % count) {
                change(article);
            }
        };
        match step {
            Step::EditBody(n) => edit(n, &|a| a.edits += 1),
            Step::EditTitle(n) => edit(n, &|a| a.title += "!"),
            Step::EditSlug(n) => {
                edit(n, &|a| a.slug = Some(format!("{}x", a.slug.clone().unwrap_or_else(|| "s".into()))))
            }
            Step::EditDate(n) => edit(n, &|a| a.day += 40),
            Step::EditTag(n) => edit(n, &|a| a.tag = (a.tag + 1) % 3),
            Step::Rename(n) => edit(n, &|a| a.path = format!("renamed-{}", a.path)),
            Step::RenameAndEdit(n) => edit(n, &|a| (a.path, a.edits) = (format!("other-{}", a.path), a.edits + 1)),
            Step::Move(n) => edit(n, &|a| a.path = format!("folder/{}", a.path)),
            Step::ReuseFile(n) => {
                edit(n, &|a| {
                    let title = format!("Another {next}");
                    (a.uid, a.title, a.day, a.slug, a.edits) = (next, title, next + 100, None, 0);
                });
                self.state.next += 1;
            }
            Step::Delete(n) if count > 3 => {
                let gone = self.state.articles.remove(n % count);
                self.state.gone.push(gone);
            }
            Step::Return => self.state.articles.extend(self.state.gone.pop()),
            Step::Add => self.add(),
            Step::Host => self.state.config.host += 1,
            Step::Scheme => self.state.config.scheme = "http",
            Step::Zone(zone) => self.state.config.zone = *zone,
            Step::Limit(limit) => self.state.config.limit = *limit,
            Step::AddRule => self.state.config.rule = true,
            Step::Delete(_) | Step::FreshCheckout | Step::MergeBranches | Step::Publish => {}
        }
        self.write();
    }

    /// Builds as the step says. The error is what refused the run.
    pub fn run(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::FreshCheckout => {
                let _ = std::fs::remove_dir_all(self.project.path("feeds"));
                let _ = std::fs::remove_dir_all(self.project.path(".feedmill-cache"));
            }
            Step::MergeBranches => self.merge_branches(),
            _ => {}
        }
        let publishes = matches!(step, Step::Publish);
        let mut command = self.project.command(if publishes { &["publish", "-q"] } else { &["build", "-q"] });
        if publishes {
            command.env("CI", "true");
        }
        let ran = crate::project::Ran::new(command.output().unwrap(), &[]);
        match ran.code {
            0 => Ok(()),
            1 => Err(ran.stderr),
            code => panic!("exit {code}\n{}", ran.stderr),
        }
    }

    /// Two branches add an article each; both ledgers are joined, as a merge leaves them.
    fn merge_branches(&mut self) {
        let branch = |site: &mut Self| {
            let other = TestProject::copy_of(site.project.root());
            site.add();
            let article = site.state.articles.last().unwrap();
            other.write(&format!("content/{}", article.path), text(article));
            other.run_at(None, &["build", "-q"]);
            let ledger = other.path("feedmill.ids");
            std::fs::read_to_string(ledger).unwrap_or_default()
        };
        let (one, two) = (branch(self), branch(self));
        self.write();
        self.project.write("feedmill.ids", one + &two);
    }

    fn write(&self) {
        let _ = std::fs::remove_dir_all(self.project.path("content"));
        for article in &self.state.articles {
            self.project.write(&format!("content/{}", article.path), text(article));
        }
        let Config { scheme, host, zone, limit, rule } = &self.state.config;
        let rule = if *rule { ", {name: picks, where: {tag: t1}}" } else { "" };
        self.project.write(
            "feedmill.yaml",
            format!(
                "site: {{title: T, url: \"{scheme}://host-{host}.example/\", timezone: {}}}\noutput: {{limit: {limit}}}\nfeeds: [{{by: tag}}{rule}]\n",
                ZONES[*zone]
            ),
        );
    }

    /// Days of publication by the text's own number, as the author has them.
    pub fn days(&self) -> BTreeMap<usize, usize> {
        self.state.articles.iter().map(|article| (article.uid, article.day)).collect()
    }
}

fn text(article: &Article) -> String {
    let Article { uid, title, slug, day, tag, edits, .. } = article;
    let slug = slug.as_ref().map_or_else(String::new, |slug| format!("slug: {slug}\n"));
    // Every third has a day alone, whose time feedmill makes.
    let time = if uid % 3 == 0 { "" } else { "T10:00:00" };
    let (month, day) = (day / 28 % 12 + 1, day % 28 + 1);
    format!(
        "---\ntitle: {title}\n{slug}date: 2023-{month:02}-{day:02}{time}\ntags: [t{tag}]\n---\nuid={uid}= edit {edits}.\n"
    )
}
