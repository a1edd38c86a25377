//! One number for the program: of its sources, its locked crates and its features. What feedmill keeps between runs is
//! used only by the program that made it, so that a mended writer never shows what a broken one wrote.

use std::hash::Hasher;
use std::path::Path;

fn main() {
    let mut hasher = std::hash::DefaultHasher::new();
    for file in ["Cargo.lock", "Cargo.toml", "src"] {
        println!("cargo::rerun-if-changed={file}");
        take(Path::new(file), &mut hasher);
    }
    let mut features: Vec<String> = std::env::vars().map(|(name, _)| name).collect();
    features.retain(|name| name.starts_with("CARGO_FEATURE_"));
    features.sort();
    hasher.write(features.join(" ").as_bytes());
    println!("cargo::rustc-env=FEEDMILL_PROGRAM={:016x}", hasher.finish());
}

/// A file, or a folder in the order of its names. What is not there counts as empty: a crate is also built without its lock.
fn take(path: &Path, hasher: &mut impl Hasher) {
    hasher.write(path.to_string_lossy().replace('\\', "/").as_bytes());
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| take(path, hasher));
    } else {
        let bytes = std::fs::read(path).unwrap_or_default();
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
}
