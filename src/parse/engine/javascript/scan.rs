//! The pass over the text: tokens, and which of them are keys and values.

use super::{Literals, Said, Value};

/// Levels of brackets whose keys are kept.
const DEPTH: usize = 64;

/// The longest key that is kept, in bytes.
const KEY: usize = 100;

/// Values that are kept; a config has fewer.
const VALUES: usize = 5_000;

/// Reads a file.
pub fn literals(text: &str) -> Literals {
    let mut scan = Scan { rest: text, literals: Literals::default(), open: Vec::new(), state: State::default() };
    while scan.step() {}
    scan.settle();
    scan.literals
}

struct Scan<'t> {
    rest: &'t str,
    literals: Literals,
    open: Vec<Level>,
    state: State,
}

struct Level {
    bracket: char,
    /// The key whose value it is; empty for a list's item or a call's argument.
    key: String,
}

#[derive(Default)]
struct State {
    /// The last name or text, which may turn out to be a key.
    name: Option<String>,
    /// Whether that is at the position of a key.
    at_key: bool,
    /// The character before the next token: `{` and `,` come before keys.
    before: char,
    /// The key or constant that waits for its value.
    wanted: Option<Wanted>,
    /// The value so far.
    value: Option<Value>,
    /// Whether the value is more than one token, of which only a fallback counts.
    computed: bool,
    /// Whether `||` or `??` was the last operator.
    fallback: bool,
}

enum Wanted {
    Key(String),
    Constant(String),
}

impl Scan<'_> {
    /// Reads one token; `false` at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        match first {
            '\n' => {
                self.advance(1);
                let ends_line = self.state.value.is_some() && !self.state.fallback && self.open.is_empty();
                if ends_line {
                    self.settle();
                }
            }
            c if c.is_whitespace() => self.advance(c.len_utf8()),
            '/' => self.slash(),
            '"' | '\'' | '`' => {
                let text = self.string(first);
                self.operand(text.map(Value::Text), true);
            }
            '{' | '[' | '(' => self.opens(first),
            '}' | ']' | ')' => self.closes(),
            ',' | ';' => {
                self.advance(1);
                self.settle();
                self.state.before = first;
            }
            ':' => self.colon(),
            '=' => self.equals(),
            '|' | '?' => {
                let twice = self.rest.get(1..2).is_some_and(|next| next.starts_with(first));
                self.advance(if twice { 2 } else { 1 });
                self.state.computed = true;
                self.state.fallback = twice;
                self.state.before = first;
            }
            c if is_name(c) => self.word(),
            c => {
                self.advance(c.len_utf8());
                self.state.computed = true;
                self.state.fallback = false;
                self.state.before = c;
            }
        }
        true
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// A comment, a regular expression, or a division.
    fn slash(&mut self) {
        if self.rest.starts_with("//") {
            self.advance(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if let Some(inside) = self.rest.strip_prefix("/*") {
            self.rest = inside.split_once("*/").map_or("", |(_, after)| after);
        } else {
            let end = expression_end(self.rest);
            self.state.computed = true;
            match end {
                Some(end) if !is_operand(self.state.before) => self.advance(end),
                _ => self.advance(1),
            }
            self.state.before = 'x';
        }
    }

    /// A text; `None` where it holds `${…}` or does not end.
    fn string(&mut self, quote: char) -> Option<String> {
        self.advance(1);
        let mut text = String::new();
        let mut computed = false;
        let mut chars = self.rest.char_indices();
        let mut end = None;
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, 'n' | 'r' | 't')) => text.push(' '),
                    Some((_, 'u' | 'x')) => computed = true,
                    Some((_, c)) => text.push(c),
                    None => break,
                },
                '$' if quote == '`' && self.rest.get(at + 1..).is_some_and(|rest| rest.starts_with('{')) => {
                    computed = true;
                }
                '\n' if quote != '`' => break,
                c if c == quote => {
                    end = Some(at + 1);
                    break;
                }
                c => text.push(c),
            }
        }
        match end {
            Some(end) => self.advance(end),
            // Not a text after all: go on after the line, so that one odd quote spoils one line.
            None => self.advance(self.rest.find('\n').unwrap_or(self.rest.len())),
        }
        (end.is_some() && !computed).then_some(text)
    }

    fn word(&mut self) {
        let end = self.rest.find(|c: char| !is_name(c) && c != '.').unwrap_or(self.rest.len()).max(1);
        let word = self.rest.get(..end).unwrap_or_default().to_owned();
        self.advance(end);
        match word.as_str() {
            "const" | "let" | "var" | "export" | "default" | "return" | "await" | "as" | "satisfies" | "new" => {
                self.state.before = ';';
            }
            _ => self.operand(Some(Value::Word(word)), false),
        }
    }

    /// A text or a word: a value, or the key to come.
    fn operand(&mut self, value: Option<Value>, is_text: bool) {
        let state = &mut self.state;
        if state.wanted.is_some() {
            let replaces = state.fallback && is_text;
            match value {
                Some(value) if state.value.is_none() && !state.computed || replaces => {
                    state.value = Some(value);
                    state.computed = false;
                }
                _ => state.computed = true,
            }
        } else if let (Some(Value::Text(text)), Some('[')) = (&value, self.open.last().map(|level| level.bracket)) {
            let key = self.key("");
            self.record(key, Value::Text(text.clone()));
        } else if state.before != ':' || state.name.is_none() {
            state.at_key = matches!(state.before, '{' | ',' | ';' | '\0');
            state.name = value.map(|value| match value {
                Value::Text(text) | Value::Word(text) => text,
            });
        }
        self.state.fallback = false;
        self.state.before = 'x';
    }

    fn colon(&mut self) {
        self.advance(1);
        let in_object = self.open.last().is_some_and(|level| level.bracket == '{');
        let name = self.state.name.take().filter(|_| self.state.at_key);
        match name {
            Some(name) if in_object && self.state.wanted.is_none() => {
                self.state = State { wanted: Some(Wanted::Key(name)), before: ':', ..State::default() };
            }
            // `const config: Config =` keeps its name.
            Some(name) => self.state = State { name: Some(name), at_key: true, before: ':', ..State::default() },
            None => {
                self.state.computed = true;
                self.state.before = ':';
            }
        }
    }

    fn equals(&mut self) {
        let comparison = self.rest.starts_with("==") || self.rest.starts_with("=>");
        self.advance(if comparison { 2 } else { 1 });
        let name = self.state.name.take();
        match name {
            Some(name) if !comparison && self.state.wanted.is_none() => {
                self.state = State { wanted: Some(Wanted::Constant(name)), before: '=', ..State::default() };
            }
            _ => {
                self.state.computed = true;
                self.state.before = '=';
            }
        }
    }

    fn opens(&mut self, bracket: char) {
        self.advance(1);
        // The arguments of a call are not its value, and an object after `=` has keys of its own.
        let key = match self.state.wanted.take() {
            Some(Wanted::Key(key)) => key,
            _ => String::new(),
        };
        self.state = State { before: if bracket == '{' { '{' } else { ',' }, ..State::default() };
        let kept = self.open.len() < DEPTH && key.len() <= KEY;
        self.open.push(Level { bracket, key: if kept { key } else { String::new() } });
    }

    fn closes(&mut self) {
        self.advance(1);
        self.settle();
        self.open.pop();
        self.state = State { before: 'x', computed: true, ..State::default() };
    }

    /// Ends a value.
    fn settle(&mut self) {
        let state = std::mem::take(&mut self.state);
        let Some(value) = state.value.filter(|_| !state.computed) else { return };
        match state.wanted {
            Some(Wanted::Key(name)) if name.len() <= KEY => {
                let key = self.key(&name);
                self.record(key, value);
            }
            Some(Wanted::Constant(name)) if self.literals.constants.len() < VALUES => {
                self.literals.constants.entry(name).or_insert(value);
            }
            _ => {}
        }
    }

    fn key(&self, last: &str) -> String {
        let around = self.open.iter().take(DEPTH).map(|level| level.key.as_str());
        around.chain([last]).filter(|key| !key.is_empty()).collect::<Vec<_>>().join(".")
    }

    fn record(&mut self, key: String, value: Value) {
        if self.literals.values.len() < VALUES {
            self.literals.values.push(Said { key, value, depth: self.open.len() });
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '@')
}

fn is_operand(before: char) -> bool {
    matches!(before, 'x' | ')' | ']')
}

/// The longest regular expression, so that a line of slashes is read in one pass.
const EXPRESSION: usize = 500;

/// Where a regular expression that begins the text ends.
fn expression_end(text: &str) -> Option<usize> {
    let mut in_class = false;
    let mut chars = text.char_indices().skip(1).take(EXPRESSION);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '\n' => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}
