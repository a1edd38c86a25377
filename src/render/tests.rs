use super::findings::BodyFindings;
use super::markdown;
use super::writer::Rendered;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::AbsUrl;

fn rendered(text: &str) -> (Rendered, Vec<Diagnostic>) {
    let base = AbsUrl::parse("https://e.org/a/").unwrap();
    let mut found = Vec::new();
    let mut findings = BodyFindings::new("a.md", 1, text, &mut found);
    let rendered = markdown::render(text, "Title", &base, &mut findings);
    findings.finish();
    (rendered, found)
}

fn html(text: &str) -> String {
    rendered(text).0.html
}

#[test]
fn show() {
    for text in [
        "# Title\n\nHello *w* <b>x\n\n# Title\n\n## Два {#two}\n\n- [ ] a\n- [x] b\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n```rust\nlet a < b;\n```\n",
        "R&D <protokol> and Vec<T> `<x>`",
        "a <script>alert(1)</script> b\n\n<script>\nfoo()\n\nbar()\n</script>\n\n<div onclick=x style=y><p>x<p>y</div>",
        "[x](javascript:alert(1)) ![a *b*](data:x) <a href=' java&#115;cript:x'>t</a> <img src=x onerror=y>",
        "note[^1] and[^b] [l [^1]](x)\n\n[^1]: One\n[^b]: Two\n\n    para\n",
        "<ul><li>a<li>b</ul><table><tr><td>a<td>b<tr><td>c</table>",
        "<svg><path d=x></svg>\n\n<iframe src=https://e.org></iframe>\n\ntext <svg><text>hm</text></svg> after",
        "<details><summary>S</summary>\n\npara *x*\n\n</details>\n\nuse the <script> tag",
    ] {
        let (r, f) = rendered(text);
        println!("--- {text}\n>>> {}\n>>> {:?}", r.html, r.excerpt);
        f.iter().for_each(|f| println!("  {} {}:{} {}", f.code, f.at.line, f.at.column, f.message));
    }
    let _ = (html(""), Code::UnsafeHtml);
}
