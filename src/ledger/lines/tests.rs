//! The lines as they are written and read.

use super::*;
use proptest::prelude::*;

fn entry(id: &str, path: &str) -> LedgerEntry {
    LedgerEntry {
        state: LineState::Live,
        published: Timestamp::from_unix(1_750_000_000),
        updated: Timestamp::from_unix(1_750_000_001),
        path: path.into(),
        ids: LineIds { rss: id.into(), atom: EntryId::new("urn:x:1").unwrap(), json: id.into() },
        hashes: LineHashes { rule: 1, held: 0, date: 2, updated: 0, slug: 3, title: 4, body: 5 },
        feeds: vec!["00000001".into(), "00000002".into()],
    }
}

fn ledger(entries: Vec<LedgerEntry>) -> Ledger {
    let keyed = entries.into_iter().enumerate().map(|(n, line)| (format!("{n:012x}").into(), line));
    Ledger { entries: keyed.collect(), ..Ledger::default() }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(ids in proptest::collection::vec("[ -~Жя😀]{1,20}", 0..6), path in "\\PC{1,30}") {
        let written = ledger(ids.iter().map(|id| entry(id, &format!("{path}\t\n\\"))).collect());
        let text = String::from_utf8(to_bytes(&written)).unwrap();
        let (read, faults) = Ledger::read(&text);
        prop_assert_eq!(faults, vec![]);
        prop_assert_eq!(&read, &written);
        let turned: String = text.lines().rev().flat_map(|line| [line, "\r\n"]).collect();
        prop_assert_eq!(Ledger::read(&turned), (read, vec![]));
    }

    #[test]
    fn nothing_makes_it_panic(text in "(\\PC|\t|\n|live|gone|feed|-|=){0,200}") {
        let _ = Ledger::read(&text);
    }
}

#[test]
fn of_two_lines_with_one_key_the_article_that_is_there_wins() {
    let (live, gone) = (entry("a", "a.md"), LedgerEntry { state: LineState::Gone, ..entry("b", "b.md") });
    let gone = LedgerEntry { feeds: vec!["00000003".into()], ..gone };
    let text = |lines: [&LedgerEntry; 2]| lines.map(|line| entry_text("00000000000a", line)).join("\n");
    let (one, other) = (Ledger::read(&text([&live, &gone])).0, Ledger::read(&text([&gone, &live])).0);
    assert_eq!(one, other);
    let line = one.entries.values().next().unwrap();
    assert_eq!((&*line.path, line.feeds.len()), ("a.md", 3));
}

#[test]
fn lines_that_cannot_be_used_are_told_by_their_number() {
    let good = entry_text("00000000000a", &entry("a", "a.md"));
    let faults = |text: &str| Ledger::read(text).1.into_iter().map(|fault| fault.line).collect::<Vec<_>>();
    assert_eq!(faults(&format!("# c\n{good}\n\n{good}\n")), [0; 0]);
    assert_eq!(faults(&format!("{good}\n<<<<<<< HEAD\n=======\n>>>>>>> x\n")), [2, 3, 4]);
    assert_eq!(faults(&good.replace("\tlive\t", "\tlost\t")), [1]);
    assert_eq!(faults(&good.replace("\tlive\t", "\tlive\tsoon\t")), [1]);
    assert_eq!(faults(&good.replacen("00000000000a", "../a", 1)), [1]);
    assert_eq!(faults(good.rsplit_once('\t').unwrap().0), [1]);
    assert_eq!(faults(&good.replace("\ta\t", "\t\\u{1}\t")), [1], "no feed may carry that");
    assert_eq!(faults(&format!("{good}{}", "x".repeat(9000))), [1]);
}
