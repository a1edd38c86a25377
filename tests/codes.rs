//! Walks the table of codes and the table of rules below: every code has a case that reports it, a case in which
//! it must stay silent and an explain page; every row has its case. A failure says what is missing and where it goes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/markers.rs"]
mod markers;
#[path = "support/source.rs"]
mod source;

use feedmill::internals::diagnostic::{Code, explain};
use markers::Markers;
use source::{files, root};
use std::collections::BTreeSet;

/// Codes whose case needs more than files: a second process, a refusing disk, a race.
const NAMED_TESTS: &[(Code, &str, &str)] = &[
    (Code::Unreadable, "tests/hostile.rs", "files_that_cannot_be_read"),
    (Code::TooLarge, "tests/hostile.rs", "a_file_of_200_megabytes"),
    (Code::FrontMatterTooLarge, "tests/hostile.rs", "front_matter_just_below_and_above_its_limit"),
    (Code::UnreadableBody, "src/render/tests/entries.rs", "faults_of_the_body_are_told_in_lines_of_the_file"),
    (Code::TooMuchOutput, "tests/hostile.rs", "an_article_that_would_fill_the_disk"),
    (Code::OutsideLink, "tests/hostile.rs", "links_out_of_the_content_folder"),
    (Code::NotAFile, "tests/hostile.rs", "a_directory_with_an_articles_name"),
    (Code::NotMended, "tests/cli/fix.rs", "what_cannot_be_proved_is_left"),
    (Code::NoArticles, "tests/cli/brake.rs", "an_emptied_content_folder_is_refused_even_with_accept"),
    (Code::ChangedId, "tests/cli/brake.rs", "a_changed_since_is_refused"),
    (Code::LostFeeds, "tests/cli/brake.rs", "many_lost_tags_are_refused_and_a_tag_counts_once"),
    (Code::LostEntries, "tests/cli/brake.rs", "half_the_articles_gone_is_refused"),
    (Code::DamagedManifest, "tests/cli/folder.rs", "a_damaged_manifest_is_a_warning_and_deletes_nothing"),
    (Code::ProbeFailed, "tests/probe/hosts.rs", "a_failed_probe_keeps_what_was_known"),
    (Code::SilentEdit, "tests/cli/brake.rs", "an_edited_body_without_updated_is_a_note"),
    (Code::LockTakenOver, "tests/push/owed.rs", "our_own_disk_and_lock_are_exit_3"),
    (Code::NoConditionalPut, "src/edge/store/bucket/tests.rs", "a_store_that_ignores_conditions_is_found_out"),
    (Code::DamagedCache, "tests/cli/cache.rs", "a_damaged_cache_is_a_note_and_no_wrong_feed"),
    (Code::CacheNotKept, "tests/cli/cache.rs", "a_cache_that_cannot_be_written_is_a_note"),
    (Code::ForeignFeed, "tests/cli/others.rs", "feeds_of_another_program_are_refused_until_accept"),
    (Code::KeptFile, "tests/cli/others.rs", "a_forged_manifest_deletes_nothing_of_the_sites"),
    (Code::OtherHost, "tests/cli/ledger.rs", "another_host_is_refused_and_the_key_that_keeps_the_ids_is_named"),
    (Code::HeldId, "tests/cli/ledger.rs", "a_renamed_file_keeps_its_id_also_where_title_or_body_change"),
    (Code::ReusedFile, "tests/cli/ledger.rs", "a_reused_file_is_a_new_entry"),
    (Code::ChangedDates, "tests/cli/ledger.rs", "dates_that_an_author_changes_pass_and_many_at_once_are_refused"),
    (Code::HeldFeed, "tests/cli/ledger.rs", "the_feed_of_a_renamed_tag_stays_until_it_is_an_alias_or_given_up"),
    (Code::ChangedAddresses, "tests/cli/ledger.rs", "a_feed_that_moves_is_a_warning_and_many_are_refused"),
    (Code::MovedFeed, "tests/cli/ledger.rs", "a_feed_that_moves_is_a_warning_and_many_are_refused"),
    (Code::KeptOut, "tests/cli/ledger.rs", "old_entries_do_not_enter_where_a_limit_is_raised_or_a_rule_widened"),
    (Code::LostBurst, "tests/cli/ledger.rs", "a_burst_above_the_limit_is_reported_and_min_age_keeps_it"),
    (Code::DamagedLedger, "tests/cli/ledger.rs", "a_ledger_that_is_damaged_locked_or_a_link_is_never_written"),
    (Code::LockedLedger, "tests/cli/ledger.rs", "a_ledger_that_is_damaged_locked_or_a_link_is_never_written"),
    (Code::LedgerAlone, "tests/cli/emptied.rs", "where_the_engine_empties_the_folder_the_ledger_keeps_ids"),
    (Code::GoneFeed, "tests/cli/others.rs", "a_digest_that_is_not_the_files_deletes_nothing"),
    (Code::NoHub, "tests/push/owed.rs", "without_a_hub_there_is_nothing_to_do"),
    (Code::StillOwed, "tests/push/faults.rs", "the_deadline_cuts_every_wait"),
    (Code::HubRefused, "tests/push/faults.rs", "what_must_be_changed_is_exit_5"),
    (Code::NotLive, "tests/push/live.rs", "what_does_not_become_live_stays_owed"),
    (Code::NoSubscribers, "tests/push/faults.rs", "nobody_there_is_told_and_paid"),
    (Code::HubNotAdvertised, "tests/push/owed.rs", "a_new_hub_is_owed_everything_and_an_old_one_nothing"),
    (Code::PurgeFailed, "tests/push/live.rs", "a_purge_gets_the_changed_urls_before_they_are_looked_at"),
    (Code::DamagedPushState, "tests/push/owed.rs", "a_damaged_record_is_told_and_owed_again"),
];

/// Every row of the table "What real articles do" with its cases: files of `tests/corpus`, or tests as `file::name`.
const ROWS: &[(&str, &[&str])] = &[
    ("the whole document wrapped in a fence", &["articles/A008-fenced-document.md"]),
    ("no slug", &["articles/A023-missing-slug.md", "sites/slugs"]),
    ("the title is itself a slug", &["articles/A021-title-is-slug.md", "sites/titles"]),
    ("first H1 equals the title", &["articles/M001-heading-is-title.md", "sites/titles"]),
    ("date without time", &["articles/A012-date-without-time.md", "sites/one-day", "sites/no-midnight"]),
    ("date missing, impossible or not understood", &["articles/A010-bad-date.md", "articles/A011-missing-date.md"]),
    ("updated before published", &["articles/A013-updated-before-published.md"]),
    ("title missing", &["articles/A020-missing-title.md", "articles/A022-title-from-heading.md"]),
    ("two articles with one id or permalink", &["sites/twins", "sites/two-languages", "sites/two-folders"]),
    ("duplicate key", &["articles/A009-duplicate-key.md"]),
    ("tags in several spellings", &["sites/tag-spelling"]),
    ("tags whose slugs collide", &["sites/tag-collision"]),
    ("tags and slugs that want out", &["sites/hostile-names", "tests/hostile.rs::tags_and_slugs_that_want_out"]),
    (
        "byte order mark, CRLF, blank lines and spaces around ---",
        &["articles/ok-bom-crlf.md", "articles/ok-blank-lines.md"],
    ),
    ("empty file", &["articles/A004-empty-file.md"]),
    ("no front matter", &["articles/A004-no-front-matter.md"]),
    ("unclosed front matter", &["articles/A005-unclosed-front-matter.md"]),
    ("not UTF-8", &["articles/A002-not-utf8.md"]),
    ("a 200 MB file", &["tests/hostile.rs::a_file_of_200_megabytes"]),
    ("64 KiB of front matter", &["tests/hostile.rs::front_matter_just_below_and_above_its_limit"]),
    ("YAML bombs", &["tests/hostile.rs::yaml_bombs"]),
    ("a directory named x.md", &["tests/hostile.rs::a_directory_with_an_articles_name"]),
    ("an unreadable file", &["tests/hostile.rs::files_that_cannot_be_read"]),
    ("a link out of the content folder", &["tests/hostile.rs::links_out_of_the_content_folder"]),
    ("forbidden characters, ]]>, lone surrogates, NBSP", &["sites/characters", "articles/A040-forbidden-character.md"]),
    ("future, draft, unpublished, expired", &["sites/left-out", "sites/let-in"]),
];

/// What the corpus says of codes.
#[derive(Default)]
struct Corpus {
    /// Reported somewhere, and expected there.
    positive: BTreeSet<String>,
    /// Must stay silent somewhere.
    negative: BTreeSet<String>,
}

fn corpus() -> Corpus {
    let mut corpus = Corpus::default();
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    for path in files("tests/corpus") {
        let text = String::from_utf8_lossy(&std::fs::read(root().join(&path)).unwrap()).into_owned();
        let inner = path.trim_start_matches("tests/corpus/");
        if inner.starts_with("sites/") {
            if inner.ends_with("/report.txt") {
                let reported: BTreeSet<&str> =
                    known.iter().copied().filter(|id| text.contains(&format!("[{id}]"))).collect();
                let silent = known.difference(&reported).filter(|id| is_of_the_run(id));
                corpus.negative.extend(silent.map(|id| (*id).to_owned()));
                corpus.positive.extend(reported.into_iter().map(str::to_owned));
            }
            continue;
        }
        let mut markers = Markers::parse(&text);
        if inner.ends_with(".expect") {
            markers.expect(&text);
        }
        if inner.starts_with("feeds/") {
            // tests/feeds.rs holds each document to the code that its name begins with; `ok-` has none.
            match inner.rsplit('/').next().and_then(|name| name.split('-').next()) {
                Some("ok") => {
                    corpus.negative.extend(known.iter().filter(|id| is_of_a_document(id)).map(|id| (*id).to_owned()))
                }
                first => corpus.positive.extend(first.filter(|id| known.contains(id)).map(str::to_owned)),
            }
            continue;
        }
        corpus.positive.extend(markers.wanted.into_iter().map(|(_, code)| code));
        corpus.negative.extend(markers.banned);
    }
    for (code, path, test) in NAMED_TESTS {
        assert!(stands(path, test), "{code}: there is no test {test} in {path}");
        corpus.positive.insert(code.id().to_owned());
        corpus.negative.insert(code.id().to_owned());
    }
    corpus
}

/// Codes about the run as a whole: a site that is silent is a case. Others need an article or a document that is fine.
fn is_of_the_run(id: &str) -> bool {
    id.starts_with(['C', 'P']) || id == Code::EmptyFeed.id()
}

fn is_of_a_document(id: &str) -> bool {
    id.starts_with('F') && !is_of_the_run(id)
}

fn stands(path: &str, test: &str) -> bool {
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_default();
    text.contains(&format!("fn {test}("))
}

fn missing(without: impl Fn(&Code) -> bool) -> String {
    let missing = Code::ALL.iter().copied().filter(|code| without(code));
    missing.map(|code| format!("\n  {code} {}: {}", code.name(), code.summary())).collect()
}

#[test]
fn every_code_has_a_case_that_reports_it() {
    let corpus = corpus();
    let missing = missing(|code| !corpus.positive.contains(code.id()));
    assert!(missing.is_empty(), "\nA case for tests/corpus (or a row of NAMED_TESTS) is missing for{missing}\n");
}

#[test]
fn every_code_has_a_case_in_which_it_stays_silent() {
    let corpus = corpus();
    let missing = missing(|code| !corpus.negative.contains(code.id()));
    assert!(
        missing.is_empty(),
        "\nA case of tests/corpus/articles that says `#~ !CODE`, or a document tests/corpus/feeds/…/ok-…, is missing for{missing}\n"
    );
}

#[test]
fn cases_speak_of_codes_that_exist() {
    let corpus = corpus();
    let strangers = corpus.positive.union(&corpus.negative).filter(|id| Code::find(id).is_none());
    assert_eq!(
        strangers.collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "tests/corpus names codes that are not in the table"
    );
}

#[test]
fn every_code_has_an_explain_page() {
    let faults: String =
        Code::ALL.iter().filter_map(|code| Some(format!("\n  {code}: {}", page_fault(*code)?))).collect();
    assert!(
        faults.is_empty(),
        "\nA page of src/diagnostic/explain says what it means, why it matters to readers, how to fix it:{faults}\n"
    );
    let pages = files("src/diagnostic/explain").len();
    assert_eq!(pages, Code::ALL.len(), "src/diagnostic/explain holds a page for each code and none else");
}

fn page_fault(code: Code) -> Option<String> {
    let (head, rest) = explain(code).split_once('\n').unwrap_or_default();
    let begins = format!("# {code} {}", code.name());
    let paragraphs = rest.split("\n\n").filter(|p| !p.trim().is_empty()).count();
    if head != begins {
        Some(format!("it does not begin with `{begins}`"))
    } else if paragraphs < 3 || rest.len() < 200 {
        Some("it is a placeholder".to_owned())
    } else {
        None
    }
}

#[test]
fn codes_are_unique_and_in_order() {
    let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
    let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
    let family = |id: &str| "CAMFPW".find(&id[..1]);
    assert!(ids.windows(2).all(|pair| (family(pair[0]), pair[0]) < (family(pair[1]), pair[1])), "{ids:?}");
    assert_eq!(names.len(), ids.len(), "two codes have one name");
    assert!(ids.iter().all(|id| id.len() == 4 && family(id).is_some() && id[1..].parse::<u16>().is_ok()));
}

#[test]
fn every_row_of_the_issue_has_its_case() {
    let mut missing = String::new();
    for (row, cases) in ROWS {
        assert!(!cases.is_empty(), "{row}: no case");
        for case in *cases {
            let there = match case.split_once("::") {
                Some((path, test)) => stands(path, test),
                None => root().join("tests/corpus").join(case).exists(),
            };
            if !there {
                missing += &format!("\n  {row}: {case}");
            }
        }
    }
    assert!(missing.is_empty(), "\nA row of issue 2 section 2 has lost its case:{missing}\n");
}
