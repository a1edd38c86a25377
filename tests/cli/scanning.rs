//! Reports for CI: `--report sarif` and `--report github`. The SARIF document is held to the properties that the schema of
//! 2.1.0 demands; `tests/sarif.py` holds it to the whole schema.

use crate::project::TestProject;
use feedmill::internals::diagnostic::Code;
use serde_json::Value;

/// A site with findings of every severity, in odd places.
fn site() -> TestProject {
    let project = TestProject::empty();
    project.write(
        "site/feedmill.yaml",
        "site: {title: Test, url: \"https://example.org/\", language: en, timezone: UTC}\n",
    );
    project.write("site/content/a b,c/ж%.md", "---\ntitle: x\ndate: 30.02.2025, 100%\n---\nT\n");
    project.write("site/content/b.md", "---\ntitle: y\ndate: 2025-01-01\n---\n<script>alert(1)</script>\n\nT\n");
    project.write("site/content/c.md", "Nothing but text.\n");
    project
}

fn sarif(project: &TestProject, args: &[&str]) -> Value {
    project.run(&[args, &["--report", "sarif"]].concat()).json()
}

#[track_caller]
fn holds(document: &Value) {
    assert_eq!((&document["version"], &document["runs"].as_array().unwrap().len()), (&"2.1.0".into(), &1));
    assert_eq!(document["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    let run = &document["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(
        (driver["name"].as_str(), driver["version"].as_str()),
        (Some("feedmill"), Some(env!("CARGO_PKG_VERSION")))
    );
    let rules = driver["rules"].as_array().unwrap();
    let ids: Vec<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids, Code::ALL.iter().map(|code| code.id()).collect::<Vec<_>>());
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|t| t.len() > 10), "{rule}");
        }
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "), "{rule}");
        assert!(rule["name"].as_str().unwrap().chars().all(char::is_alphanumeric), "{rule}");
        assert!(["note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    assert!(run["invocations"][0]["executionSuccessful"].is_boolean());
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        for location in result["locations"].as_array().into_iter().flatten() {
            let artifact = &location["physicalLocation"]["artifactLocation"];
            let uri = artifact["uri"].as_str().unwrap();
            assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
            assert!(run["originalUriBaseIds"].get(artifact["uriBaseId"].as_str().unwrap()).is_some());
            if let Some(region) = location["physicalLocation"].get("region") {
                let number = |name: &str| region[name].as_u64();
                assert!(number("startLine") >= Some(1) && number("startColumn") >= Some(1), "{region}");
                assert!(number("endColumn").is_none_or(|end| Some(end) > number("startColumn")), "{region}");
            }
        }
    }
}

#[test]
fn sarif_is_sarif() {
    let project = site();
    let document = sarif(&project, &["check", "-C", "site"]);
    holds(&document);
    let results = document["runs"][0]["results"].as_array().unwrap();
    let bad = results.iter().find(|r| r["ruleId"] == "A010").unwrap();
    let place = &bad["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "site/content/a%20b%2Cc/%D0%B6%25.md");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&3.into(), &7.into()));
    let levels: Vec<_> = results.iter().map(|r| r["level"].as_str().unwrap()).collect();
    assert!(["note", "warning", "error"].iter().all(|level| levels.contains(level)), "{levels:?}");
    let full = project.path("site");
    assert_eq!(
        sarif(&project, &["check", "-C", full.to_str().unwrap()])["runs"][0]["results"],
        document["runs"][0]["results"]
    );
    holds(&sarif(&project, &["build", "-C", "site", "--dry-run"]));
    holds(&sarif(&project, &["check", "-C", "site", "--fix", "--dry-run"]));
}

#[test]
fn a_run_that_failed_is_still_sarif() {
    let project = TestProject::empty();
    let document = sarif(&project, &["check"]);
    holds(&document);
    let run = &document["runs"][0];
    assert_eq!(
        (&run["invocations"][0]["executionSuccessful"], &run["results"][0]["ruleId"]),
        (&false.into(), &"C004".into())
    );
}

#[test]
fn annotations_are_commands_and_nothing_else() {
    let project = site();
    let ran = project.run(&["check", "-C", "site", "--report", "github"]).ends(1);
    for line in ran.stdout.lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command)), "{line}");
        let (properties, message) = line[2..].split_once("::").unwrap();
        assert!(properties.contains("title=") && !message.is_empty(), "{line}");
    }
    let bad = ran.stdout.lines().find(|line| line.contains("A010")).unwrap();
    assert!(bad.starts_with("::error file=site/content/a b%2Cc/ж%25.md,line=3,col=7,endColumn="), "{bad}");
    assert!(bad.contains(",title=A010 bad-date::") && bad.contains("100%25") && bad.contains("%0A"), "{bad}");
    assert!(ran.stderr.contains("check: refused"), "{}", ran.stderr);
    let quiet = project.run(&["check", "-C", "site", "--report", "github", "-q"]);
    assert_eq!((quiet.stdout, quiet.stderr.as_str()), (ran.stdout, ""));
    let mended = project.run(&["check", "-C", "site", "--report", "github", "--fix"]);
    assert!(
        mended.stdout.contains("::notice file=site/content/b.md,line=3,title=mended::`slug: b` is added"),
        "{}",
        mended.stdout
    );
}
