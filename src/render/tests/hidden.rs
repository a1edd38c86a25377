//! Elements that the page does not display are left out with their content; all other content stays.

use super::{html, rendered};
use crate::diagnostic::Code;

fn codes(text: &str) -> Vec<(Code, u32)> {
    rendered(text).1.iter().map(|finding| (finding.code, finding.at.line)).collect()
}

#[test]
fn hidden_elements_go_with_what_they_hold() {
    let table = [
        ("Read. <span style=\"display:none\">no</span> On.", "<p>Read.  On.</p>"),
        ("<p hidden>no</p>\n\nDone.", "<p>Done.</p>"),
        ("<div hidden>\n\nNo *text*.\n\n- no\n\n</div>\n\nDone.", "<p>Done.</p>"),
        ("<div hidden><div>no</div>no</div>\n\nDone.", "<p>Done.</p>"),
        ("a <div hidden><div>no</div>no</div> b", "<p>a  b</p>"),
        ("a <img src=x hidden> <br hidden> b", "<p>a   b</p>"),
        ("<font hidden><font>no</font>no</font>\n\nDone.", "<p>Done.</p>"),
        ("<x-note hidden>\n\nno\n\n</x-note>\n\nDone.", "<p>Done.</p>"),
        ("a <note hidden>no</note> b", "<p>a  b</p>"),
        ("<template>\n\nno</template> b", "<p> b</p>"),
        ("<ul><li hidden>no<li>yes</ul>", "<ul><li>yes</li></ul>"),
        ("<object hidden>no</object>\n\nDone.", "<p>Done.</p>"),
        ("<div hidden>\n\n## no\n\n</div>\n\n## A\n", "<h2 id=\"a\">A</h2>"),
        ("<div>a<span hidden>no</div>\n\nDone.", "<div>a</div>\n<p>Done.</p>"),
    ];
    for (text, expected) in table {
        let displayed = html(text);
        assert_eq!(displayed.trim_start(), expected, "{text}");
    }
}

#[test]
fn an_end_tag_within_a_block_shows_the_rest_of_the_block() {
    assert_eq!(html("<div hidden>no\n\nno *no*</div> yes *b*\n\nc"), "<p> yes <em>b</em></p>\n<p>c</p>");
    assert_eq!(html("<div hidden>\n\n*no</div> yes* b\n\nc"), "<p><em> yes</em> b</p>\n<p>c</p>");
    assert_eq!(html("<div hidden>\n\n- no\n- no</div> yes\n\nc"), "<ul><li> yes</li>\n</ul>\n<p>c</p>");
    assert_eq!(html("<div hidden>\n\n## no</div> yes é\n\nc"), "<h2 id=\"yes-é\"> yes é</h2>\n<p>c</p>");
    assert_eq!(
        html("<div hidden>\n\n> <b>no</b>\n> <i>no</div> yes\n\nc"),
        "<blockquote><p> yes</p>\n</blockquote>\n<p>c</p>"
    );
}

#[test]
fn one_that_is_never_closed_ends_with_what_holds_it() {
    assert_eq!(html("a <b>b <i hidden>no</b> c\n\nd"), "<p>a <b>b </b> c</p>\n<p>d</p>");
    assert_eq!(html("> a <i hidden>no\n\nb"), "<blockquote>\n<p>a </p>\n</blockquote>\n<p>b</p>");
    assert_eq!(html("<p hidden>no\n\nb"), "<p>b</p>");
    assert_eq!(html("a\n\n<div hidden>no\n\nno"), "<p>a</p>");
    assert_eq!(
        codes("> a <i hidden>no\n\n<p hidden>no\n\nb\n\n<div hidden>no\n\nno"),
        [
            (Code::HiddenText, 1),
            (Code::HiddenText, 3),
            (Code::HiddenText, 7),
            (Code::UnclosedHidden, 1),
            (Code::UnclosedHidden, 7)
        ]
    );
}

#[test]
fn nothing_hidden_is_told_counted_or_summed_up() {
    let text =
        "<div hidden>\n\nNo [a](javascript:x) ![](data:x) <script>x</script> n[^1]\n\n</div>\n\nYes.\n\n[^1]: Note.\n";
    let (page, found) = rendered(text);
    assert_eq!(page.excerpt.as_deref(), Some("Yes."));
    assert_eq!(page.html.trim_start(), "<p>Yes.</p>\n<hr>\n<ol>\n<li><p>Note.</p></li>\n</ol>");
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::HiddenText]);
    assert_eq!(rendered("<p hidden>no</p>\n<p>Yes.</p>").0.excerpt.as_deref(), Some("Yes."));
    let note = "<div hidden>\n\n[^1]: Note <b hidden>no</b>.\n\nno\n\n</div>\n\nYes[^1].";
    assert!(!html(note).contains("no") && html(note).contains("Note"), "{}", html(note));
}

#[test]
fn what_the_page_displays_stays() {
    for text in [
        "<p hidden=\"until-found\">a</p>",
        "<p aria-hidden=\"true\">a</p>",
        "<details><summary>b</summary>a</details>",
        "`<p hidden>a</p>`",
        "<noscript>a</noscript>",
    ] {
        assert!(html(text).contains('a'), "{text}");
        assert_eq!(codes(text), [], "{text}");
    }
}

#[test]
fn bombs_do_no_harm() {
    let n = 10_000;
    for bomb in [
        "<div hidden>".repeat(n),
        "<div hidden>".to_owned() + &"<div>".repeat(n) + &"<p>".repeat(n),
        "<div hidden>\n\na</div>\n\n".repeat(n),
        "<x-y hidden>a".repeat(n) + &"</x-y>".repeat(n),
        "%%".repeat(n),
        "%% a\n\n".repeat(n),
        "a $ %% b %% ".repeat(n),
    ] {
        let (page, found) = rendered(&bomb);
        assert!(page.html.len() < 10 * bomb.len() && found.len() <= 50, "{}", &bomb[..12]);
    }
}
