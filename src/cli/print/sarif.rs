//! `--report sarif`: SARIF 2.1.0 (OASIS), for code scanning and editors. One complete document on one line, whatever
//! the exit code.
//!
//! Every code is a rule with its explain page, so that the document depends on the findings alone. Paths are URIs
//! relative to `%SRCROOT%`, the folder in which feedmill runs (section 3.4.4); columns count characters (3.14.17).
//! Fixes are not results: they are printed on stderr.

use super::harmless::{harmless_lines, json_line};
use super::place::from_here;
use super::{RunView, Verbosity};
use crate::diagnostic::{Code, Diagnostic, Severity, Verdict, explain};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the document and a line end.
pub fn write(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> =
        run.visible_findings(Verbosity::Normal).map(|(finding, severity)| result(run, finding, severity)).collect();
    let mut invocation = json!({ "executionSuccessful": run.finished.verdict != Verdict::Failed });
    if let (Some(failure), Some(fields)) = (&run.finished.report.failure, invocation.as_object_mut()) {
        let notice = json!([{ "level": "error", "message": { "text": harmless_lines(failure) } }]);
        fields.insert("toolExecutionNotifications".into(), notice);
    }
    let root = json!({ "description": { "text": "The folder in which feedmill ran." } });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "feedmill", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "invocations": [invocation],
            "originalUriBaseIds": { ROOT: root },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    out.write_all(json_line(&document)?.as_bytes())
}

const ROOT: &str = "%SRCROOT%";

fn rule(code: Code) -> Value {
    let page = explain(code);
    json!({
        "id": code.id(),
        "name": in_one_word(code.name()),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": meaning(page).unwrap_or_else(|| code.summary().to_owned()) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

/// The page's first part, as one paragraph of plain text.
fn meaning(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("## What it means\n")?;
    let (part, _) = rest.split_once("\n## ")?;
    Some(part.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `bad-date` → `BadDate`, as SARIF wants names (3.49.7).
fn in_one_word(name: &str) -> String {
    let upper = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split('-').filter_map(upper).collect()
}

fn result(run: &RunView<'_>, finding: &Diagnostic, severity: Severity) -> Value {
    let mut message = finding.message.to_string();
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(help);
    }
    let mut result = json!({
        "ruleId": finding.code.id(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
        "level": level(severity),
        "message": { "text": harmless_lines(&message) },
    });
    if let (false, Some(fields)) = (finding.path.is_empty(), result.as_object_mut()) {
        fields.insert("locations".into(), json!([{ "physicalLocation": place(run, finding) }]));
    }
    result
}

fn place(run: &RunView<'_>, finding: &Diagnostic) -> Value {
    let path = from_here(run, &finding.path);
    let artifact = match path.starts_with('/') {
        true => json!({ "uri": format!("file://{}", encoded(&path)) }),
        false => json!({ "uri": encoded(&path), "uriBaseId": ROOT }),
    };
    let at = finding.at;
    if at.line == 0 {
        return json!({ "artifactLocation": artifact });
    }
    let column = at.column.max(1);
    let region = match at.length {
        0 => json!({ "startLine": at.line, "startColumn": column }),
        length => json!({ "startLine": at.line, "startColumn": column, "endColumn": column + length }),
    };
    json!({ "artifactLocation": artifact, "region": region })
}

const fn level(severity: Severity) -> &'static str {
    severity.name()
}

/// Percent-encoded, but for `/` and what RFC 3986 section 2.3 does not reserve.
fn encoded(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::model::{Place, Report};

    fn document(report: &Report, verdict: Verdict) -> Value {
        serde_json::from_str(&testing::printed(report, verdict, write)).unwrap()
    }

    #[test]
    fn findings_are_results_of_rules() {
        let document = document(&testing::report(), Verdict::Warned);
        let run = &document["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), Code::ALL.len());
        let results = run["results"].as_array().unwrap();
        let seen: Vec<_> =
            results.iter().map(|r| (r["ruleId"].as_str().unwrap(), r["level"].as_str().unwrap())).collect();
        assert_eq!(seen, [("P005", "warning"), ("A010", "error"), ("A042", "warning"), ("A004", "note")]);
        for result in results {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
        }
        assert_eq!(
            results[1],
            json!({
                "ruleId": "A010", "ruleIndex": results[1]["ruleIndex"], "level": "error",
                "message": { "text": "`30.02.2025` is no date\nwrite a day that exists, such as 2025-02-28" },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": "content/a.md", "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": 4, "startColumn": 7, "endColumn": 19 },
                } }],
            })
        );
        assert!(results[0].get("locations").is_none());
        assert!(results[3]["locations"][0]["physicalLocation"].get("region").is_none());
        assert!(results[2]["message"]["text"].as_str().unwrap().contains("https://h/"));
        assert_eq!(run["invocations"][0], json!({ "executionSuccessful": true }));
    }

    #[test]
    fn rules_carry_their_page() {
        let rule = rule(Code::BadDate);
        assert_eq!(rule["name"], "BadDate");
        assert_eq!(rule["help"]["markdown"], explain(Code::BadDate));
        assert!(rule["fullDescription"]["text"].as_str().unwrap().starts_with("A date does not exist"));
        assert!(Code::ALL.iter().all(|code| meaning(explain(*code)).is_some_and(|text| text.len() > 40)));
    }

    #[test]
    fn paths_are_uris() {
        let finding = testing::finding(Code::BadDate, "content/a b/ж#:%.md", Place::WHOLE, "x");
        let report = Report { findings: vec![finding], failure: Some("the disk is full".into()), ..Report::default() };
        let document = document(&report, Verdict::Failed);
        let place = &document["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b/%D0%B6%23%3A%25.md");
        let notice = &document["runs"][0]["invocations"][0];
        assert_eq!(
            (&notice["executionSuccessful"], &notice["toolExecutionNotifications"][0]["level"]),
            (&json!(false), &json!("error"))
        );
    }
}
