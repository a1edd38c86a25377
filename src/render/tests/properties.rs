//! Properties of every body, tested on bodies generated from hostile pieces.
//!
//! Dangerous markup is removed, clean output is stable, and bodies that skip the sanitiser equal its result.

use super::html;
use crate::model::{AbsUrl, strip_forbidden};
use crate::render::links::OPAQUE_SCHEMES;
use crate::render::{elements, sanitise};
use proptest::prelude::*;

const PIECES: [&str; 60] = [
    "<script>",
    "</script>",
    "<script src=x",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<iframe src=x>",
    "</iframe>",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b onclick=x>",
    "</b>",
    "<a href='javascript:x'>",
    "<a href=y>",
    "</a>",
    "<img src=x onerror=y>",
    "<img srcset='a, javascript:b 2x'>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<details open>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<pre>\n\n",
    "</pre>",
    "<title>",
    "<textarea>",
    "<noscript>",
    "<template>",
    "<select>",
    "<x-y>",
    "<foo>",
    "[a](",
    "b)",
    "javascript:",
    "data:",
    "![",
    "](x)",
    "*",
    "_",
    "`",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "| a |\n|--|\n| ",
    "[^1]",
    "\n[^1]: ",
    "&#106;&lt;script&gt; t",
];

fn bodies() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| strip_forbidden(&pieces.concat()).0.replace('\r', "\n"))
}

/// Start tags of HTML that a parser has written: names, and attributes with their values.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    crate::model::html::tags(html).map(|tag| (tag.name.to_owned(), tag.attributes())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_gets_anything_dangerous_through(body in bodies()) {
        let page = html(&body);
        prop_assert_eq!(strip_forbidden(&page).1, None);
        for (name, attributes) in tags(&page) {
            prop_assert!(elements::KEPT.iter().any(|element| element.name == name), "<{}> in {}", name, page);
            for (attribute, value) in attributes {
                prop_assert!(!attribute.starts_with("on") && attribute != "style" && attribute != "class");
                if matches!(attribute.as_str(), "src" | "poster") {
                    prop_assert!(AbsUrl::parse(&value).is_ok_and(|url| url.as_str() == value), "{}", page);
                }
                if matches!(attribute.as_str(), "href" | "cite") {
                    prop_assert!(value.is_ascii() && value.split_once(':').is_some_and(|(scheme, _)| matches!(scheme, "http" | "https") || OPAQUE_SCHEMES.contains(&scheme)));
                }
                if attribute == "srcset" {
                    prop_assert!(value.split(", ").all(|candidate| candidate.starts_with("https://")), "{}", page);
                }
            }
        }
    }

    #[test]
    fn what_is_clean_stays_as_it_is(body in bodies()) {
        let page = html(&body);
        let once = sanitise::clean(&page);
        prop_assert_eq!(sanitise::clean(&once), once);
    }

    #[test]
    fn bodies_without_raw_html_are_well_formed_without_the_sanitiser(body in bodies().prop_map(|b| b.replace('<', "("))) {
        let page = html(&body);
        prop_assert_eq!(sanitise::clean(&page).replace("&nbsp;", "\u{a0}"), page);
    }
}
