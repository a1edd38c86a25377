//! The settings of an engine's config by name, whatever language it is written in. JavaScript and Python are read by their
//! literals and never run.

use super::config_file::Config;
use super::javascript::Literals;
use super::site_files::{SiteFiles, join};
use super::{keys, python};
use crate::model::Engine;
use crate::parse::tree::Node;

/// The config of an engine.
pub struct Settings<'a>(Vec<Source<'a>>);

/// A file of the config.
enum Source<'a> {
    Tree(Node),
    Python(&'a str),
    JavaScript(Literals, &'a str),
}

impl<'a> Settings<'a> {
    /// Those of a config; Pelican's published one comes before the one for local development.
    pub fn new(config: &Config, site_files: &SiteFiles<'a>) -> Self {
        let publish = (config.engine == Engine::Pelican).then(|| join(&config.base, "publishconf.py"));
        let paths = publish.iter().map(String::as_str).chain([config.path.as_str()]);
        let source = |path: &str| {
            let text = site_files.text(path)?;
            match path.rsplit_once('.')?.1 {
                "py" => Some(Source::Python(text)),
                "js" | "mjs" | "cjs" | "ts" | "mts" => Some(Source::JavaScript(Literals::new(text), text)),
                _ => keys::tree(path, text).map(Source::Tree),
            }
        };
        Self(paths.filter_map(source).collect())
    }

    /// The values of a dotted key: none for one that is off, `None` for one that is not set.
    pub fn values(&self, key: &str) -> Option<Vec<String>> {
        let found = self.0.iter().find_map(|source| match source {
            Source::Tree(node) => in_tree(node, key),
            Source::Python(text) => Some(vec![python::value(text, key)?.to_owned()]),
            Source::JavaScript(literals, _) => {
                let written: Vec<_> = literals.written(key).into_iter().map(str::to_owned).collect();
                Some(written).filter(|written| !written.is_empty())
            }
        })?;
        Some(found.into_iter().filter(|value| !is_off(value)).collect())
    }

    /// Whether a condition holds: `key` is set, `key=value` has the value, `key?=value` has it where it is set.
    pub fn holds(&self, condition: &str) -> bool {
        let Some((key, value)) = condition.split_once('=') else {
            return self.values(condition).is_some_and(|values| !values.is_empty());
        };
        let (key, is_default) = key.strip_suffix('?').map_or((key, false), |key| (key, true));
        match self.values(key) {
            Some(values) => values.iter().any(|own| own == value),
            None => is_default || self.quotes(value),
        }
    }

    /// Whether code has the text in quotes: the argument of a call has no key.
    fn quotes(&self, value: &str) -> bool {
        let texts = self.0.iter().filter_map(|source| match source {
            Source::JavaScript(_, text) => Some(text),
            Source::Tree(_) | Source::Python(_) => None,
        });
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{value}{quote}"));
        texts.into_iter().any(|text| quoted.iter().any(|quoted| text.contains(quoted)))
    }
}

/// The values of a dotted key, also of mappings in a list.
fn in_tree(node: &Node, key: &str) -> Option<Vec<String>> {
    let mut nodes = vec![node];
    for part in key.split('.') {
        nodes = nodes.into_iter().flat_map(Node::items).filter_map(|item| keys::at(item, part)).collect();
    }
    let value = |node: &Node| node.text().map_or_else(|| node.noun().to_owned(), str::to_owned);
    (!nodes.is_empty()).then(|| nodes.iter().flat_map(|node| node.items()).map(value).collect())
}

fn is_off(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "" | "false" | "none" | "null" | "no" | "off")
}
