//! The content security policy of a page: its one style and its one script, named by their hashes, and images of
//! entries.
//!
//! The hashes are of the files in this folder. After a change of either, `cargo test policy` prints the new one.

/// The style of every page.
pub(super) const STYLE: &str = include_str!("style.css");

/// The script of every page: copy buttons and the filter box.
pub(super) const SCRIPT: &str = include_str!("script.js");

const STYLE_HASH: &str = "jy97oEcHpwfw1pnjM1Fz0oCIuk1IrC4/Qd0Qza6se4Q=";
const SCRIPT_HASH: &str = "Q4CaP8S9WGWSB/hYNYl7VVEMJuFnRtiYk/ARfGzoF4w=";

/// The content security policy (CSP Level 3), for a `<meta>` element.
pub(super) fn policy() -> String {
    format!(
        "default-src 'none'; img-src https: http:; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    )
}

/// A finished page as a preview serves it: with markup inserted before its end, and allowed to load scripts and
/// styles from its own server and to connect to it. `None` if feedmill did not make the page.
pub(super) fn served(page: &[u8], tail: &str) -> Option<Vec<u8>> {
    let page = std::str::from_utf8(page).ok()?;
    let (before, after) = page.split_once(&policy())?;
    let (body, end) = after.rsplit_once("</body>")?;
    let own = policy()
        .replace("style-src ", "style-src 'self' ")
        .replace("script-src ", "connect-src 'self'; script-src 'self' ");
    Some([before, &own, body, tail, "</body>", end].concat().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use sha2::{Digest, Sha256};

    #[test]
    fn hashes_are_those_of_the_files() {
        let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        for (name, pinned, text) in [("STYLE_HASH", STYLE_HASH, STYLE), ("SCRIPT_HASH", SCRIPT_HASH, SCRIPT)] {
            let right = hash(text);
            assert_eq!(pinned, right, "\nin src/format/page/policy.rs write: const {name}: &str = \"{right}\";\n");
            assert!(!text.contains("</"), "{name}: a closing tag would end the element");
        }
    }

    #[test]
    fn a_preview_may_speak_to_its_own_server_alone() {
        let page = format!("<meta content=\"{}\"><body>x</body></html>", policy());
        let page = String::from_utf8(served(page.as_bytes(), "<p>tail</p>").unwrap()).unwrap();
        assert!(page.ends_with("\"><body>x<p>tail</p></body></html>"), "{page}");
        assert!(page.contains("style-src 'self' 'sha256-") && page.contains("script-src 'self' 'sha256-"), "{page}");
        assert!(page.contains("; connect-src 'self'; ") && !page.contains("unsafe") && !page.contains('*'), "{page}");
        assert_eq!(served(b"<body></body>", ""), None);
    }

    #[test]
    fn nothing_else_may_be_loaded() {
        let all = policy();
        assert!(all.starts_with("default-src 'none'; ") && !all.contains("unsafe") && !all.contains('*'), "{all}");
    }
}
