//! The tables of keys are those that the readers and the schema are made of. `FEEDMILL_BLESS=1 cargo test --test docs` writes them.

use crate::pages::root;
use feedmill::internals::parse::schema;
use std::collections::BTreeMap;

/// The tables by the comment that stands above each.
fn tables() -> BTreeMap<String, String> {
    let mut tables: BTreeMap<String, String> = schema::reference()
        .into_iter()
        .map(|table| (format!("<!-- keys: {} -->", table.name), table.markdown()))
        .collect();
    // The words of pages have a table of their own, with their English.
    tables.retain(|name, _| name != "<!-- keys:  -->");
    let rows = schema::fields().into_iter().map(|(name, keys, says)| {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        format!("| {name} | {} | {says} |\n", keys.join(", "))
    });
    tables.insert(
        "<!-- keys of articles -->".into(),
        format!("| field | keys | what it takes |\n|---|---|---|\n{}", rows.collect::<String>()),
    );
    tables
}

#[test]
fn the_tables_of_keys_are_those_of_the_schema() {
    let bless = std::env::var_os("FEEDMILL_BLESS").is_some();
    let mut tables = tables();
    for path in ["docs/config.md", "docs/articles.md"] {
        let file = root().join(path);
        let (text, mut made) = (std::fs::read_to_string(&file).unwrap(), String::new());
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            made += &format!("{line}\n");
            if !line.starts_with("<!-- keys") {
                continue;
            }
            let table = tables
                .remove(line)
                .unwrap_or_else(|| panic!("{path}: the schema has no table for {line}, or had it above"));
            made += &table;
            while lines.next_if(|line| line.starts_with('|')).is_some() {}
        }
        if bless && made != text {
            std::fs::write(&file, &made).unwrap();
        }
        assert!(
            bless || made == text,
            "{path} is not what the tables in src/parse say: FEEDMILL_BLESS=1 cargo test --test docs"
        );
    }
    assert!(tables.is_empty(), "no page shows {:?}", tables.keys());
}
