//! Modules do not import each other in a cycle. For every module the rule looks at its children: a child depends on another
//! if any file below it names the other in a `use` or in a path inside the code. Children that reach each other, directly
//! or over several, are a knot. Only paths are read, not method calls. Test code is left out. A child that uses items
//! of its parent's own file is not checked: that is how a module shares private types with its parts.

use super::source::{Source, bracketed, sources, words};
use super::{first_name, hold, parts};
use std::collections::{BTreeMap, BTreeSet};

/// Knots that exist: parent and children. The list may only shrink: a knot that is gone or smaller fails until it is updated.
const KNOTS: &[&str] = &[
    "app: commit fix probe project run",
    "cli: args print progress",
    "parse::fields: flags texts",
    "pipeline: documents entry_cache",
    "render: attributes findings leftovers raw",
];

/// For each parent and child, the siblings that the child names.
type Imports = BTreeMap<(String, String), BTreeSet<String>>;

#[test]
fn sibling_modules_do_not_import_each_other() {
    let knots = knots(&sources("src"));
    let new = knots.iter().filter(|knot| !KNOTS.contains(&knot.as_str())).map(|knot| format!("new: {knot}"));
    let gone = KNOTS.iter().filter(|knot| !knots.iter().any(|k| k == *knot)).map(|knot| format!("remove: {knot}"));
    hold("Move what both need into a lower module (KNOTS in tests/house_rules/cycles.rs):", new.chain(gone).collect());
}

#[test]
fn a_planted_cycle_is_found() {
    let source = |path: &str, code: &str| Source { path: path.to_owned(), raw: String::new(), code: code.to_owned() };
    let direct = [
        source("src/top/mod.rs", "mod a; mod b; mod c;"),
        source("src/top/a.rs", "use super::{b::Item, c as other};"),
        source("src/top/b.rs", "fn f() { super::a::f() }"),
        source("src/top/c.rs", "use crate::top::Own;"),
    ];
    assert_eq!(knots(&direct), ["top: a b"]);
    let over_three = [
        source("src/top.rs", ""),
        source("src/top/a.rs", "use crate::{top::{b::{self, X}}};"),
        source("src/top/b/mod.rs", ""),
        source("src/top/b/deep.rs", "use super::super::c::Y;"),
        source("src/top/c.rs", "use super::a;"),
        source("src/top/d.rs", "use super::a; use self::e::f;"),
        source("src/top/d/e.rs", "use super::X;"),
    ];
    assert_eq!(knots(&over_three), ["top: a b c"]);
    assert!(knots(&over_three[..4]).is_empty());
}

/// `parent: child child` for every group of children that reach each other.
fn knots(sources: &[Source]) -> Vec<String> {
    let modules: BTreeSet<Vec<String>> = sources.iter().map(module_path).collect();
    let mut imports = Imports::new();
    for source in sources {
        let own = module_path(source);
        for path in paths(&source.code) {
            let Some(used) = resolve(&own, &path, &modules) else { continue };
            let common = own.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if let (Some(child), Some(sibling)) = (own.get(common), used.get(common)) {
                let key = (own[..common].join("::"), child.clone());
                imports.entry(key).or_default().insert(sibling.clone());
            }
        }
    }
    let groups: BTreeSet<String> = imports.keys().filter_map(|key| group(&imports, key)).collect();
    groups.into_iter().collect()
}

/// The children that `child` reaches and that reach it, if there are any besides itself.
fn group(imports: &Imports, (parent, child): &(String, String)) -> Option<String> {
    let reaches_back = |other: &&String| reached(imports, parent, other).contains(child);
    let reached = reached(imports, parent, child);
    let group: Vec<&str> = reached.iter().filter(reaches_back).map(String::as_str).collect();
    let parent = if parent.is_empty() { "crate" } else { parent };
    (group.len() > 1).then(|| format!("{parent}: {}", group.join(" ")))
}

/// Every sibling that a child imports, directly or over others.
fn reached(imports: &Imports, parent: &str, child: &str) -> BTreeSet<String> {
    let (mut open, mut seen) = (vec![child.to_owned()], BTreeSet::new());
    while let Some(name) = open.pop() {
        for next in imports.get(&(parent.to_owned(), name)).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}

/// `[parse, date]` of `src/parse/date.rs`; empty for the two roots.
fn module_path(source: &Source) -> Vec<String> {
    let inner = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut names: Vec<String> = inner.split('/').map(str::to_owned).collect();
    names.pop_if(|name| ["mod", "lib", "main"].contains(&name.as_str()));
    names
}

/// Every path of a file, braces of `use` spread out. Paths inside the code come without generic arguments.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for at in words(code, "use") {
        spread(code[at + 3..].split(';').next().unwrap_or_default(), &[], &mut found);
    }
    let part_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let inline = code.split(|c| !part_of_path(c)).filter(|path| path.contains("::") && !path.ends_with("::"));
    found.extend(inline.map(|path| path.split("::").map(str::to_owned).collect()));
    found
}

/// The paths of one tree of `use`.
fn spread(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let mut path = before.to_vec();
    let mut rest = tree.trim();
    while let Some((name, after)) = rest.split_once("::").filter(|(name, _)| !name.contains('{')) {
        path.push(name.trim().to_owned());
        rest = after.trim_start();
    }
    match rest.starts_with('{') {
        true => parts(bracketed(rest, 0)).into_iter().for_each(|tree| spread(tree, &path, found)),
        false => {
            path.push(first_name(rest));
            found.push(path);
        }
    }
}

/// The module of the crate that a path leads into.
fn resolve(own: &[String], path: &[String], modules: &BTreeSet<Vec<String>>) -> Option<Vec<String>> {
    let mut rest = path.iter().peekable();
    let mut module = own.to_vec();
    match path.first()?.as_str() {
        "crate" => module.clear(),
        "self" => {}
        "super" => {
            while rest.next_if(|name| *name == "super").is_some() {
                module.pop();
            }
        }
        child => {
            module.push(child.to_owned());
            if !modules.contains(&module) {
                return None;
            }
        }
    }
    if path.first()? != "super" {
        rest.next();
    }
    for name in rest {
        module.push(name.clone());
        if !modules.contains(&module) {
            module.pop();
            break;
        }
    }
    Some(module)
}
