//! What a page may load and run: its one style and its one script, known by their hashes, and images of entries.
//!
//! The hashes are of the files as they lie here. After a change of either, `cargo test policy` says the new one.

/// The style of every page.
pub(super) const STYLE: &str = include_str!("style.css");

/// The script of every page: copy buttons and the filter box.
pub(super) const SCRIPT: &str = include_str!("script.js");

const STYLE_HASH: &str = "jbFWcLdxQHwfCM5Jgh5xVT044ReatUvEQG8ALU/eGcE=";
const SCRIPT_HASH: &str = "Q4CaP8S9WGWSB/hYNYl7VVEMJuFnRtiYk/ARfGzoF4w=";

/// The content security policy (CSP Level 3), for a `<meta>` element.
pub(super) fn policy() -> String {
    format!(
        "default-src 'none'; img-src https: http:; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    )
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
    fn nothing_else_may_be_loaded() {
        let all = policy();
        assert!(all.starts_with("default-src 'none'; ") && !all.contains("unsafe") && !all.contains('*'), "{all}");
    }
}
