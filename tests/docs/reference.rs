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
    tables.insert("<!-- keys of readers -->".into(), readers());
    tables
}

/// A row for each file of `src/readers`.
fn readers() -> String {
    let folder = root().join("src/readers");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let rows = files.iter().map(|path| {
        let reader: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let text = |table: &toml::Table, key: &str, otherwise: &str| match table.get(key) {
            Some(toml::Value::String(text)) => text.clone(),
            Some(toml::Value::Array(all)) => {
                all.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>().join(", ").replace('_', " ")
            }
            _ => otherwise.to_owned(),
        };
        let part = |key: &str| reader.get(key).and_then(|part| part.as_table()).cloned().unwrap_or_default();
        let (entries, shows) = (part("entries"), part("shows"));
        let name = format!("{} (`{}`)", text(&reader, "name", ""), path.file_stem().unwrap().to_str().unwrap());
        let also = text(&entries, "also", "");
        let key = text(&entries, "key", "not known") + if also.is_empty() { "" } else { "; also " } + &also;
        let goes = text(&shows, "image_goes", "in-body").replace('-', " ");
        let (unread, authors) = (text(&entries, "unread_when", "never"), text(&shows, "authors", "all"));
        let (formats, checked) = (text(&reader, "formats", ""), text(&reader, "checked", ""));
        format!("| {name} | {formats} | {key} | {unread} | {authors} | {goes} | {checked} |\n")
    });
    "| reader | formats | knows an entry by | unread again when | of several authors | image | checked |\n|---|---|---|---|---|---|---|\n"
        .to_owned()
        + &rows.collect::<String>()
}

#[test]
fn the_tables_of_keys_are_those_of_the_schema() {
    let bless = std::env::var_os("FEEDMILL_BLESS").is_some();
    let mut tables = tables();
    for path in ["docs/config.md", "docs/articles.md", "docs/readers.md"] {
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
            "{path} is not what the tables in src/parse and the files in src/readers say: FEEDMILL_BLESS=1 cargo test --test docs"
        );
    }
    assert!(tables.is_empty(), "no page shows {:?}", tables.keys());
}
