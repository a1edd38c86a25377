//! Writes a body with every leftover replaced, from left to right, at any nesting.
//!
//! The replacement of an opening tag determines that of its end tag, so nothing is read twice and nothing recurses.

mod notes;

use super::arguments::Arguments;
use super::embeds;
use super::notices;
use super::origins::Origins;
use super::out::Out;
use super::pairs::TagPairs;
use super::pieces;
use super::scan::constant;
use super::shape::{self, Ends, LineUse, TagContext, TagOutcome, TagShape};
use super::tokens::{Context, Family, Leftover, LeftoverKind, PairSide, TemplateTag};
use super::values::{TemplateValue, Values};
use super::{BodyContext, LeftoverCounts};
use crate::render::dead_link::DEAD_LINK;

/// The rewritten text, with the origins of its bytes in `text`. `before` maps those to the original text.
pub fn write(
    text: &str,
    tokens: &[Leftover<'_>],
    context: &BodyContext<'_>,
    before: &Origins,
    counts: &mut LeftoverCounts,
) -> (String, Origins) {
    let pairs = TagPairs::new(tokens);
    let mut walk = Walk {
        text,
        tokens,
        context,
        before,
        counts,
        pairs,
        out: Out::default(),
        values: Values::default(),
        ends: vec![End::Nothing; tokens.len()],
    };
    walk.run();
    walk.out.finish()
}

struct Walk<'a, 't> {
    text: &'a str,
    tokens: &'a [Leftover<'t>],
    context: &'a BodyContext<'a>,
    before: &'a Origins,
    counts: &'a mut LeftoverCounts,
    pairs: TagPairs,
    out: Out,
    values: Values,
    /// What becomes of the ends, by their numbers.
    ends: Vec<End>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Nothing,
    Inline(String),
    Block(String),
    Variable(String),
}

impl<'t> Walk<'_, 't> {
    fn run(&mut self) {
        let (mut at, mut number) = (0, 0);
        while let Some(token) = self.tokens.get(number) {
            self.out.copy(self.text.get(at..token.span.start).unwrap_or_default(), at);
            let next = self.token(number, token).unwrap_or(number);
            at = self.tokens.get(next).map_or(token.span.end, |token| token.span.end);
            number = next + 1;
        }
        self.out.copy(self.text.get(at..).unwrap_or_default(), at);
    }

    /// Writes the replacement of a leftover. If it covers later leftovers too, returns the index of the last of them.
    fn token(&mut self, number: usize, token: &Leftover<'t>) -> Option<usize> {
        let from = token.span.start;
        match &token.kind {
            LeftoverKind::Tag(tag) => return self.tag(number, token, tag),
            LeftoverKind::Output(expression) => self.output(expression, from),
            LeftoverKind::Silent(what) => self.rendered(what, from),
            LeftoverKind::Comment => self.counts.hidden("a comment of Obsidian", self.before.source_offset(from)),
            LeftoverKind::Literal(literal) => {
                let code = if token.context == Context::Html {
                    pieces::literal_html(literal)
                } else {
                    pieces::literal(literal)
                };
                self.out.made(&code, from);
                self.rendered("a tag that is meant to be shown", from);
            }
            LeftoverKind::Code { name, arguments, code } => {
                let language = language(name, arguments);
                self.out.block(&pieces::code(&language, &without_raw(code)), from, token.context);
                self.rendered(&format!("the template tag `{name}`"), from);
            }
            LeftoverKind::Lost(what) => self.removed(what, from),
            LeftoverKind::Alert { kind, title } => {
                let known = notices::kind(kind).map(|kind| notices::title(kind, self.context.language));
                let named = known.filter(|title| !title.is_empty()).map_or_else(|| (*kind).to_owned(), str::to_owned);
                let title = if title.is_empty() { named } else { title.replace('*', "") };
                self.out.block(&format!("**{title}**"), from, token.context);
                self.rendered("an alert", from);
            }
            LeftoverKind::Card { service, argument } => self.card(service, argument, from),
            LeftoverKind::Expression(expression) => match constant(expression) {
                Some(text) => {
                    self.out.made(text, from);
                    self.rendered("an expression of MDX", from);
                }
                None if expression.is_empty() => {}
                None => self.lost("an expression of MDX", from),
            },
            LeftoverKind::Replaced { what, text } => {
                self.out.made(text, from);
                self.rendered(what, from);
            }
            LeftoverKind::FileLink { what, path } => self.file_link(what, path, token),
            LeftoverKind::WikiLink { target, text, purpose } => self.wiki_link(target, text, *purpose, from),
            LeftoverKind::Flow(tag) => self.out.block(tag, from, Context::Html),
            LeftoverKind::Indent => {}
        }
        None
    }

    fn tag(&mut self, number: usize, token: &Leftover<'t>, tag: &TemplateTag<'t>) -> Option<usize> {
        let from = token.span.start;
        let partner = self.pairs.partner(number);
        match tag.side {
            PairSide::Between => {
                self.removed(&tag.family.display_name(tag.display_name), from);
                // The first branch stays; for `case`, that is the content after the first `when`.
                let branch = self.pairs.branch_of(number)?;
                let end = self.pairs.partner(branch)?;
                let of_case = matches!(&self.tokens.get(branch)?.kind, LeftoverKind::Tag(tag) if tag.name == "case");
                if of_case && std::mem::replace(self.ends.get_mut(branch)?, End::Inline(String::new())) == End::Nothing
                {
                    return None;
                }
                self.end(end, self.tokens.get(end)?);
                return Some(end);
            }
            PairSide::Close if partner.is_some() => self.end(number, token),
            PairSide::Close if tag.family == Family::Liquid => {
                self.removed(&tag.family.display_name(tag.display_name), from)
            }
            PairSide::Close => self.removed(&tag.family.display_name(&format!("/{}", tag.display_name)), from),
            PairSide::Open | PairSide::Alone => {
                let tag_context = self.tag_context(token, partner);
                let (shape, outcome) = shape::for_tag(tag, tag_context, self.context);
                let what = tag.family.display_name(tag.display_name);
                match outcome {
                    TagOutcome::Rendered => self.rendered(&what, from),
                    TagOutcome::Removed => self.removed(&what, from),
                    TagOutcome::Unread => {
                        self.counts.lost_definitions();
                        self.removed(&what, from);
                    }
                }
                return self.shaped(shape, outcome, token, tag, partner);
            }
        }
        None
    }

    fn shaped(
        &mut self,
        shape: TagShape,
        outcome: TagOutcome,
        token: &Leftover<'t>,
        tag: &TemplateTag<'t>,
        partner: Option<usize>,
    ) -> Option<usize> {
        let from = token.span.start;
        let end = match shape {
            TagShape::Inline(text) => {
                self.out.made(&text, from);
                return partner;
            }
            TagShape::Block(lines) => {
                self.out.block(&lines, from, token.context);
                return partner;
            }
            TagShape::Gone => {
                if outcome != TagOutcome::Rendered {
                    self.mark_address(from);
                }
                return partner;
            }
            TagShape::Address(Some(url)) => {
                let url = self.below_prefix(&url);
                self.out.made(&url, from);
                return partner;
            }
            TagShape::Address(None) => {
                self.mark_address(from);
                return partner;
            }
            TagShape::Assign => {
                self.values.assign(tag.arguments.text(), self.context);
                return None;
            }
            TagShape::Content => End::Nothing,
            TagShape::Around(open, close) => {
                self.out.made(&open, from);
                End::Inline(close)
            }
            TagShape::AroundBlocks(open, close) => {
                self.out.block(&open, from, token.context);
                End::Block(close)
            }
            TagShape::Capture(name) => {
                self.out.capture();
                End::Variable(name)
            }
        };
        if let Some(slot) = partner.and_then(|partner| self.ends.get_mut(partner)) {
            *slot = end;
        }
        None
    }

    fn end(&mut self, number: usize, token: &Leftover<'t>) {
        let from = token.span.start;
        match self.ends.get(number).cloned().unwrap_or(End::Nothing) {
            End::Nothing => {}
            End::Inline(text) => self.out.made(&text, from),
            End::Block(lines) if lines.is_empty() => {}
            End::Block(lines) => self.out.block(&lines, from, token.context),
            End::Variable(name) => {
                let text = self.out.captured().unwrap_or_default();
                self.values.set(&name, text.trim_matches('\n').to_owned());
            }
        }
    }

    fn tag_context(&self, token: &Leftover<'_>, partner: Option<usize>) -> TagContext {
        let after = self.text.get(token.span.end..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let alone = self.out.at_line_start() && (after.is_empty() || after.starts_with('\n'));
        TagContext {
            context: token.context,
            ends: if partner.is_some() { Ends::Paired } else { Ends::Single },
            line: if alone { LineUse::Own } else { LineUse::Shared },
        }
    }

    fn output(&mut self, expression: &str, from: usize) {
        let what = || format!("the template variable `{{{{ {expression} }}}}`");
        match self.values.evaluate(expression, self.context) {
            TemplateValue::Text(text) => {
                let text = if text.contains("://") { self.below_prefix(&text) } else { text };
                self.out.made(&text, from);
                self.rendered("a template variable", from);
            }
            TemplateValue::Filtered { text, argument, .. }
                if text.starts_with("https://") || text.starts_with("http://") =>
            {
                let page = embeds::watched(&text);
                let link = argument
                    .map_or_else(|| pieces::bare_link(&page), |title| pieces::link(&page, &pieces::line(&title)));
                self.out.made(if self.out.in_address() { &page } else { &link }, from);
                self.rendered(&what(), from);
            }
            TemplateValue::Filtered { .. } | TemplateValue::Unknown => self.lost(&what(), from),
        }
    }

    fn card(&mut self, service: &str, argument: &str, from: usize) {
        let name = super::meaning::plain(service);
        let is_url = argument.starts_with("https://") || argument.starts_with("http://");
        let arguments = Arguments { positional: vec![argument.to_owned()], named: Vec::new() };
        let page = if is_url { Some(embeds::watched(argument)) } else { embeds::page(&name, &arguments) };
        match page {
            Some(page) => {
                self.out.made(&pieces::bare_link(&page), from);
                self.rendered("an embedded card", from);
            }
            None => self.removed(&format!("the card `{service}`"), from),
        }
    }

    fn file_link(&mut self, what: &str, path: &str, token: &Leftover<'_>) {
        let from = token.span.start;
        match self.context.addresses.file(path, self.context.path) {
            Some(url) => {
                self.out.made(&url, from);
                self.rendered(what, from);
            }
            // An unchanged path may belong to the page itself.
            None if self.text.get(token.span.clone()) == Some(path) => self.out.copy(path, from),
            None => self.lost(what, from),
        }
    }

    /// Something is removed; a link whose address it is part of is dead.
    fn lost(&mut self, what: &str, from: usize) {
        self.mark_address(from);
        self.removed(what, from);
    }

    fn mark_address(&mut self, from: usize) {
        if self.out.in_address() {
            self.out.made(DEAD_LINK, from);
        }
    }

    /// An absolute address of the site after `{{ site.url }}` or `{{ site.baseurl }}`, which authors write before it.
    fn below_prefix(&self, url: &str) -> String {
        let BodyContext { origin, site_path, .. } = self.context;
        let Some(path) = url.strip_prefix(origin) else { return url.to_owned() };
        let site = format!("{origin}{site_path}");
        if (!site_path.is_empty() && self.out.ends_with(site_path)) || self.out.ends_with(&site) {
            return path.strip_prefix(site_path).unwrap_or(path).to_owned();
        }
        if self.out.ends_with(origin) { path.to_owned() } else { url.to_owned() }
    }

    fn rendered(&mut self, what: &str, at: usize) {
        self.counts.rendered(what, self.before.source_offset(at));
    }

    fn removed(&mut self, what: &str, at: usize) {
        self.counts.removed(what, self.before.source_offset(at));
    }
}

/// The language that a tag of code names.
fn language(name: &str, written: &str) -> String {
    if name == "mermaid" {
        return name.to_owned();
    }
    let arguments = Arguments::parse(written.trim_start_matches('(').trim_end_matches(')'));
    let marked = arguments.positional.iter().find_map(|word| word.strip_prefix("lang:"));
    let named = arguments.named(&["lang", "language", "linguist"]);
    // The first word of Hexo's tags is a title.
    let first = if name == "highlight" { arguments.at(0) } else { None };
    marked.or(named).or(first).unwrap_or_default().to_owned()
}

/// Code in `{% highlight %}` is often wrapped in `{% raw %}` as well.
fn without_raw(code: &str) -> String {
    let mut out = code.to_owned();
    for tag in ["{% raw %}", "{% endraw %}", "{%raw%}", "{%endraw%}", "{%- raw -%}", "{%- endraw -%}"] {
        if out.contains(tag) {
            out = out.replace(tag, "");
        }
    }
    out
}
