//! Checks `endpoints/` and freezes it into the binary, so that a mistake in the YAML stops the build rather than a user.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use catalog::{Layer, freeze, freeze_forest, load, read_layer};

#[path = "src/catalog/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the build needs a part of what the program does")]
mod catalog;
#[path = "src/diagnostic/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the build needs a part of what the program does")]
mod diagnostic;

#[path = "src/language/shelf.rs"]
mod shelf;

/// Start and factor of the FNV-1a hash of 64 bits.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=endpoints");
    println!("cargo:rustc-cfg=frozen");
    for list in ["common-words", "given-names", "surnames"] {
        let path = format!("grammar/{list}.txt");
        println!("cargo:rerun-if-changed={path}");
        write(&format!("{list}.shelves"), fs::read(&path).map(|words| shelved(&words)));
    }
    let endpoints = Path::new("endpoints");
    let layer = if endpoints.is_dir() { read_layer(endpoints) } else { Ok(Layer::default()) };
    let layers = [layer.unwrap_or_else(|error| stop(&format!("{error}\n")))];
    let loaded =
        load(&layers).unwrap_or_else(|found| stop(&diagnostic::render(&found, &Layer::sources(&layers), false)));
    for warning in &loaded.warnings {
        println!("cargo:warning={warning}");
    }
    let catalog = freeze(&loaded.catalog);
    // So that no start has to look at the whole catalog to know which it is.
    let sum = catalog
        .as_ref()
        .map_or(0, |bytes| bytes.iter().fold(SEED, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(PRIME)));
    write("catalog.sum", Ok::<_, String>(sum.to_le_bytes().to_vec()));
    write("catalog.bin", catalog);
    write("forest.bin", freeze_forest(&loaded.forest));
}

/// Where the words of each shelf begin in a sorted list, and where the last end.
fn shelved(words: &[u8]) -> Vec<u8> {
    let mut starts = Vec::new();
    let mut at = 0_u32;
    for line in words.split_inclusive(|byte| *byte == b'\n') {
        let shelf = shelf::shelf(line.strip_suffix(b"\n").unwrap_or(line));
        while starts.len() <= shelf {
            starts.push(at);
        }
        at += u32::try_from(line.len()).unwrap_or(0);
    }
    starts.resize(shelf::SHELVES + 1, at);
    starts.into_iter().flat_map(u32::to_le_bytes).collect()
}

fn write<E: std::fmt::Display>(name: &str, bytes: Result<Vec<u8>, E>) {
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let written = bytes
        .map_err(|error| error.to_string())
        .and_then(|bytes| fs::write(folder.join(name), bytes).map_err(|error| error.to_string()));
    if let Err(error) = written {
        stop(&format!("{name}: {error}\n"));
    }
}

fn stop(message: &str) -> ! {
    eprint!("{message}");
    process::exit(1)
}
