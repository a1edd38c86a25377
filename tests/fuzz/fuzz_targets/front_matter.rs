//! The fast reader of front matter is allowed because of this: whatever it takes, the full reader reads to the same tree with
//! the same places.
#![no_main]

use feedmill::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(fast) = parse::fast::tree(text, 2) {
        assert_eq!(Ok(fast), parse::yaml::tree(text, 2));
    }
});
