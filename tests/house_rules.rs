//! Rules about the sources, checked on the sources (docs/architecture.md): layers, no I/O below the edge, no printing
//! outside `cli/`, no panics, no folders without a purpose. Each rule is one test that names file and line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "house_rules/comments.rs"]
mod comments;
#[path = "house_rules/cycles.rs"]
mod cycles;
#[path = "house_rules/names.rs"]
mod names;
#[path = "support/source.rs"]
mod source;

use source::{Source, blank, bracketed, files, root, sources, without_tests, words};

/// The top modules, lowest layer first. A module imports modules of lower layers only; modules on one line do not import each
/// other. `not` names the exceptions: what a layer must not know although it is lower.
const LAYERS: &[&[&str]] = &[
    &["diagnostic"],
    &["model"],
    &["parse", "render", "ledger"],
    &["normalise", "adopt", "readers"],
    &["select", "diff"],
    &["format", "validate"],
    &["pipeline"],
    &["plan"],
    &["edge", "feeds"],
    &["app"],
    &["serve"],
    &["cli"],
    &["internals", "lib", "main"],
];

/// What a module must not use although it is lower.
const NOT: &[(&str, &[&str])] = &[("validate", &["parse", "format"])];

/// The steps of a run: only `app` calls them.
const STEPS: &[&str] = &["discover::", "edge::store", "edge::websub", "pipeline::", "plan::"];

/// What talks to the world. Below the edge, time and everything outside is an argument.
const WORLD: &[&str] = &[
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "std::env",
    "std::thread",
    "std::process",
    "std::io::stdin",
    "SystemTime",
    "time::Instant",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "tokio",
    "reqwest",
    "Mutex",
    "RwLock",
    "thread_local!",
];

/// Where sockets are opened.
const NETWORK: &[&str] =
    &["src/edge/http", "src/edge/probe/", "src/edge/websub/", "src/edge/store/bucket/", "src/serve/"];

fn above(source: &Source) -> bool {
    matches!(source.module(), "edge" | "feeds" | "app" | "serve" | "cli" | "lib" | "main")
}

/// Fails with every breach on a line of its own.
fn hold(rule: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "\n{rule}\n  {}\n", breaches.join("\n  "));
}

/// `path:line: word` for every place where one of the words stands in the code.
fn found(source: &Source, forbidden: &[&str]) -> Vec<String> {
    forbidden
        .iter()
        .flat_map(|word| words(&source.code, word).into_iter().map(move |at| (at, word)))
        .map(|(at, word)| format!("{}:{}: {word}", source.path, source.line(at)))
        .collect()
}

#[test]
fn a_module_imports_lower_layers_only() {
    let layer = |name: &str| LAYERS.iter().position(|layer| layer.contains(&name));
    let mut breaches = Vec::new();
    for source in sources("src") {
        let module = source.module().to_owned();
        let Some(own) = layer(&module) else {
            breaches.push(format!("{}: `{module}` has no layer; give it a place in tests/house_rules.rs", source.path));
            continue;
        };
        let barred = NOT.iter().filter(|(name, _)| *name == module).flat_map(|(_, barred)| *barred);
        let barred: Vec<&str> = barred.copied().collect();
        for (at, used) in used_modules(&source) {
            let above = layer(&used).is_some_and(|other| other >= own) && used != module;
            if above || barred.contains(&used.as_str()) {
                breaches.push(format!("{}:{}: {module} uses {used}", source.path, source.line(at)));
            }
        }
    }
    hold("A module imports lower layers only (docs/architecture.md). Move the item down, or pass it in:", breaches);
}

#[test]
fn only_the_application_calls_the_steps_of_a_run() {
    let cli = sources("src").into_iter().filter(|source| source.module() == "cli");
    hold(
        "cli/ parses arguments and prints; call a method of app::Project:",
        cli.flat_map(|s| found(&s, STEPS)).collect(),
    );
}

/// Top modules named through `crate::` or through as many `super::` as lead to the root.
fn used_modules(source: &Source) -> Vec<(usize, String)> {
    let to_root = "super::".repeat(source.depth());
    let mut used = Vec::new();
    for root in ["crate::", to_root.as_str()] {
        for at in words(&source.code, root) {
            let rest = &source.code[at + root.len()..];
            match rest.starts_with('{') {
                true => used.extend(listed(bracketed(rest, 0)).into_iter().map(|name| (at, name))),
                false => used.push((at, first_name(rest))),
            }
        }
    }
    used
}

/// The first names of a braced list: `a` and `b` of `a::{x, y}, b::z`.
fn listed(inside: &str) -> Vec<String> {
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    parts.iter().map(|part| first_name(part.trim_start())).collect()
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn nothing_below_the_edge_touches_the_world() {
    let mut breaches = Vec::new();
    for source in sources("src").iter().filter(|s| !above(s)) {
        breaches.extend(found(source, WORLD));
        for at in words(&source.code, "std::{") {
            let names = listed(bracketed(&source.code, at + "std::".len()));
            let world = names.iter().filter(|n| ["fs", "env", "thread", "process"].contains(&n.as_str()));
            breaches.extend(world.map(|n| format!("{}:{}: std::{n}", source.path, source.line(at))));
        }
        if source.module() != "pipeline" {
            breaches.extend(found(source, &["rayon"]));
        }
    }
    hold(
        "Only edge/ and what is above it touch disk, network, environment, clock and threads; rayon is pipeline.rs's:",
        breaches,
    );
}

#[test]
fn files_are_opened_where_links_are_refused() {
    // Its files lie in a temporary folder of this run alone.
    let elsewhere = ["src/edge/files.rs", "src/edge/store/bucket/mod.rs"];
    let sources = sources("src");
    let outside = sources.iter().filter(|s| above(s) && !elsewhere.contains(&s.path.as_str()));
    let breaches = outside.flat_map(|s| found(s, &["fs::write", "fs::read", "fs::copy", "File::create"]));
    hold("Use edge/files.rs, which follows no links and opens no pipes:", breaches.collect());
}

#[test]
fn only_probes_pings_buckets_and_the_preview_open_a_socket() {
    let network = ["reqwest", "tokio", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"];
    let outside = sources("src");
    let outside = outside.iter().filter(|s| !NETWORK.iter().any(|room| s.path.starts_with(room)));
    hold(
        "Only these folders speak to the network; build and check are offline:",
        outside.flat_map(|s| found(s, &network)).collect(),
    );
}

#[test]
fn only_the_command_line_prints() {
    let printing = ["println!", "eprintln!", "print!", "eprint!", "dbg!", "io::stdout", "io::stderr", "anstream"];
    let outside = sources("src");
    let outside = outside.iter().filter(|s| !matches!(s.module(), "cli" | "main"));
    hold("Only cli/ prints; report a finding instead:", outside.flat_map(|s| found(s, &printing)).collect());
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| sources(folder))
        .map(|source| (source.raw.lines().count(), source.path))
        .filter(|(lines, _)| *lines > 400);
    hold("Split by role what is longer than 400 lines:", long.map(|(n, path)| format!("{path}: {n} lines")).collect());
}

#[test]
fn a_function_has_at_most_60_lines_and_five_parameters() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        for at in words(&source.code, "fn") {
            let name = first_name(source.code[at + 2..].trim_start());
            let (parameters, lines) = measures(&source.code[at..]);
            // A type `fn(…)` has no name.
            if !name.is_empty() && (parameters > 5 || lines > 60) {
                let line = source.line(at);
                breaches.push(format!("{}:{line}: {name}: {lines} lines, {parameters} parameters", source.path));
            }
        }
    }
    hold("Split a function by its ideas; put parameters that travel together into a struct:", breaches);
}

/// How many parameters besides `self` a function has, and how many lines from `fn` to its end. `code` begins with `fn`.
fn measures(code: &str) -> (usize, usize) {
    let signature = &code[..code.find(['{', ';']).unwrap_or(code.len())];
    let Some(open) = opening(signature) else { return (0, 0) };
    let inside = bracketed(code, open);
    let parameters = parts(inside).into_iter().filter(|parameter| {
        let name = parameter.split(':').next().unwrap_or_default().trim();
        !name.is_empty() && name.rsplit([' ', '&']).next() != Some("self")
    });
    let after = open + inside.len() + 2;
    let body = match code[after..].find(['{', ';']).map(|n| after + n) {
        Some(at) if code[at..].starts_with('{') => at + 1 + bracketed(code, at).len(),
        _ => after,
    };
    (parameters.count(), code[..body].matches('\n').count() + 1)
}

/// Where the parameters begin: at the first bracket outside `<…>`.
fn opening(signature: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in signature.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if before != '-' => depth = depth.saturating_sub(1),
            '(' if depth == 0 => return Some(at),
            _ => {}
        }
        before = c;
    }
    None
}

/// What stands between commas outside all brackets.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut before, mut parts) = (0_i32, 0, ' ', Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' && before != '=' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&list[start..]);
    parts
}

#[test]
fn functions_are_measured() {
    assert_eq!(measures("fn a<F: Fn(u8, u8)>(&mut self, a: F, b: (u8, u8),\n) -> u8 {\n b\n}\nx"), (2, 4));
    assert_eq!(measures("fn a(self, m: Map<u8, fn(u8) -> u8>, c: u8); fn b(x: u8) {\n\n}"), (2, 1));
    assert_eq!(measures("fn a() {}"), (0, 1));
}

#[test]
fn no_room_without_a_purpose() {
    let empty_names = ["util", "utils", "helper", "helpers", "common", "misc"];
    let nameless = ["src", "tests", "benches"].iter().flat_map(|folder| files(folder)).filter(|path| {
        path.split('/').any(|part| empty_names.contains(&part.trim_end_matches(".rs").to_lowercase().as_str()))
    });
    hold("Name a module for what it does:", nameless.collect());
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources("src").into_iter().chain(sources("tests")).filter(|s| !s.raw.starts_with("//!"));
    hold("A file begins with `//!`: what it is for and what it refuses:", silent.map(|s| s.path).collect());
}

#[test]
fn nothing_panics_outside_tests() {
    let panics = [".unwrap()", ".expect(", "panic!", "todo!", "unimplemented!", "unreachable!"];
    let excuses = ["clippy::unwrap_used", "clippy::expect_used", "clippy::panic", "clippy::indexing_slicing"];
    let mut breaches = Vec::new();
    for source in sources("src") {
        breaches.extend(found(&source, &panics));
        breaches.extend(found(&source, &excuses));
    }
    hold("No input may end the run: report a finding and go on with what is usable:", breaches);
}

#[test]
fn no_test_is_switched_off() {
    let off = ["src", "tests"].iter().flat_map(|folder| sources(folder)).flat_map(|source| {
        let code = blank(&source.raw);
        let lines: Vec<_> = code.match_indices("#[ignore").map(|(at, _)| code[..at].lines().count()).collect();
        lines.into_iter().map(move |line| format!("{}:{line}", source.path))
    });
    hold("A test runs or does not exist:", off.collect());
}

#[test]
fn no_bool_in_a_public_signature() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        for at in words(&source.code, "pub fn").into_iter().chain(words(&source.code, "pub const fn")) {
            let Some(open) = source.code[at..].find('(').map(|n| at + n) else { continue };
            let plain: String = bracketed(&source.code, open).split_whitespace().collect();
            if plain.split(',').any(|parameter| parameter.ends_with(":bool") || parameter.contains(":Option<bool>")) {
                breaches.push(format!("{}:{}", source.path, source.line(at)));
            }
        }
    }
    hold("A bool parameter says nothing at the call; use an enum:", breaches);
}

#[test]
fn nothing_stands_in_the_root_that_has_no_place_there() {
    let known = "Cargo.toml Cargo.lock README.md LICENSE-MIT LICENSE-APACHE CHANGELOG.md feedmill.yaml images.lock feedmill.ids \
                 src content feeds tests benches docs target";
    let strangers = std::fs::read_dir(root()).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let strangers = strangers.filter(|name| !name.starts_with('.') && !known.split_whitespace().any(|k| k == name));
    hold("The root holds only what the architecture names:", strangers.collect());
}

#[test]
fn the_scanner_sees_code_and_nothing_else() {
    let code = without_tests(&blank("let a = \"panic!\"; // todo!\nr#\"x\"y\"#; 'a'; &'a str; /* /* */ dbg! */ f()\n"));
    assert!(!code.contains("panic!") && !code.contains("todo!") && !code.contains("dbg!"), "{code}");
    assert!(code.contains("&'a str") && code.ends_with("f()\n"), "{code}");
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod t { fn x() { y() } }\nb").trim_end_matches('b').trim(), "a");
    assert_eq!(listed("a::{x, y}, b::z, c"), ["a", "b", "c"]);
    assert_eq!(words("print!(); eprint!(); println!()", "print!"), [0]);
}
