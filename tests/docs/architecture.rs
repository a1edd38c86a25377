//! The table "Where is …?" of docs/architecture.md names files and functions that exist.

use crate::pages::root;

/// File and function of every row.
fn rows(page: &str) -> Vec<(String, String)> {
    let table = page.split("## Where is …?").nth(1).unwrap().split("\n## ").next().unwrap();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>();
    let rows = table.lines().filter(|line| line.contains("`src/")).map(cells);
    rows.filter_map(|cells| Some((cells.get(2)?.clone(), cells.get(3)?.clone()))).collect()
}

/// What the table promises and the sources do not hold.
fn missing(rows: &[(String, String)]) -> Vec<String> {
    let holds = |file: &str, function: &str| {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        let name = format!("fn {function}");
        text.split(name.as_str()).skip(1).any(|rest| rest.starts_with(['(', '<']))
    };
    rows.iter()
        .filter(|(file, function)| !holds(file, function))
        .map(|(file, name)| format!("{file}: {name}"))
        .collect()
}

#[test]
fn every_file_and_function_of_the_table_exists() {
    let rows = rows(&std::fs::read_to_string(root().join("docs/architecture.md")).unwrap());
    assert!(rows.len() >= 20, "{rows:?}");
    assert_eq!(missing(&rows), Vec::<String>::new());
    let planted = [("src/plan.rs".to_owned(), "no_such_function".to_owned()), ("src/none.rs".into(), "plan".into())];
    assert_eq!(missing(&planted).len(), 2);
}
