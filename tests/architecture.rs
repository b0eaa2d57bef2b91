//! The rules of the house that a program can see: which folder may use which, what stands in a `mod.rs`, how long a
//! file may be, and who may touch the network, the database and the YAML reader.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Folders of `src/` with those they may use directly; what these may use is theirs too.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("catalog", &["diagnostic"]),
    ("language", &["diagnostic"]),
    ("store", &["diagnostic"]),
    ("intent", &["language", "catalog"]),
    ("plan", &["intent", "catalog"]),
    ("request", &["plan", "catalog"]),
    ("profile", &["catalog"]),
    ("execute", &["request", "store", "profile"]),
    ("present", &["execute"]),
    ("sandbox", &["catalog"]),
    ("app", &["present", "execute", "sandbox"]),
    ("front", &["app"]),
    ("main", &["front"]),
];

/// Crates that only these folders may name.
const OWNERS: &[(&str, &[&str])] = &[
    ("reqwest", &["execute"]),
    ("rusqlite", &["store", "sandbox"]),
    ("serde_yaml", &["catalog", "sandbox", "present"]),
    ("pest", &["language", "intent", "catalog"]),
    ("rustyline", &["front"]),
    ("clap", &["front"]),
];

/// Words of one API, which belong in its YAML.
const API_WORDS: &[&str] = &["contactid", "locationid", "alttype", "opportunit", "leadconnector", "gohighlevel"];

const LONGEST: usize = 600;

struct Source {
    folder: String,
    path: PathBuf,
    /// The file up to its inline tests, comments left out.
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    assert!(found.len() > MAY_USE.len(), "the sources are there");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let inside = path.strip_prefix(root).expect("below the root");
            let first = inside.iter().next().expect("a name").to_string_lossy();
            found.push(Source {
                folder: first.trim_end_matches(".rs").to_owned(),
                code: code_of(&text),
                lines: text.lines().count(),
                path,
            });
        }
    }
}

fn code_of(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Names of the folders that follow `crate::` (or `sayso::` in the program itself), one level deep, groups included.
fn used_folders(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for prefix in ["crate::", "sayso::"] {
        for (at, _) in code.match_indices(prefix) {
            let standalone = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
            if standalone {
                names_after(&code[at + prefix.len()..], &mut found);
            }
        }
    }
    found
}

fn names_after(rest: &str, found: &mut BTreeSet<String>) {
    let Some(group) = rest.strip_prefix('{') else {
        found.insert(identifier(rest));
        return;
    };
    let mut depth = 0_u32;
    let mut fresh = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                found.insert(identifier(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn allowed() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut closed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (folder, direct) in MAY_USE {
        let mut all: BTreeSet<&str> = BTreeSet::from([*folder]);
        for used in *direct {
            all.insert(used);
            all.extend(closed.get(used).unwrap_or_else(|| panic!("{used} stands below {folder}")));
        }
        closed.insert(folder, all);
    }
    closed
}

fn report(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn arrows_between_folders_go_downwards() {
    let allowed = allowed();
    let folders: BTreeSet<&str> = MAY_USE.iter().map(|(folder, _)| *folder).collect();
    let mut offences = Vec::new();
    for source in sources().iter().filter(|s| s.folder != "lib") {
        let Some(may) = allowed.get(source.folder.as_str()) else {
            offences.push(format!("{}: no rule for the folder `{}`", source.path.display(), source.folder));
            continue;
        };
        for used in used_folders(&source.code) {
            if folders.contains(used.as_str()) && !may.contains(used.as_str()) {
                offences.push(format!("{}: `{}` must not use `{used}`", source.path.display(), source.folder));
            }
        }
    }
    report(&offences);
}

const VISIBILITIES: &[&str] = &["pub ", "pub(crate) ", "pub(super) "];

fn without_attributes(statement: &str) -> &str {
    let mut rest = statement.trim_start();
    while let Some((_, after)) = rest.strip_prefix("#[").and_then(|inner| inner.split_once(']')) {
        rest = after.trim_start();
    }
    rest
}

#[test]
fn a_mod_file_only_re_exports() {
    let mut offences = Vec::new();
    for source in sources().iter().filter(|s| s.path.ends_with("mod.rs")) {
        let code = source.code.replace('\n', " ");
        for statement in code.split(';').map(str::trim).filter(|s| !s.is_empty()) {
            let plain = without_attributes(statement);
            let words = ["mod ", "use "];
            let plain = VISIBILITIES.iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(plain);
            if !words.iter().any(|word| plain.starts_with(word)) {
                offences.push(format!("{}: `{plain}` belongs in a file of its own", source.path.display()));
            }
        }
    }
    report(&offences);
}

#[test]
fn no_file_is_past_its_length() {
    let long = sources().into_iter().filter(|s| s.lines > LONGEST);
    report(&long.map(|s| format!("{}: {} lines", s.path.display(), s.lines)).collect::<Vec<_>>());
}

#[test]
fn each_outside_crate_has_its_owner() {
    let mut offences = Vec::new();
    for source in sources() {
        for (name, owners) in OWNERS {
            let named = source.code.contains(&format!("{name}::"));
            if named && !owners.contains(&source.folder.as_str()) {
                offences.push(format!("{}: `{name}` belongs to {}", source.path.display(), owners.join(" and ")));
            }
        }
    }
    report(&offences);
}

#[test]
fn no_word_of_one_api_stands_in_the_engine() {
    let mut offences = Vec::new();
    for source in sources().iter().filter(|s| s.folder != "sandbox") {
        for (number, line) in source.code.lines().enumerate() {
            let line = line.to_lowercase();
            if let Some(word) = API_WORDS.iter().find(|word| line.contains(*word)) {
                offences.push(format!("{}: code line {}: `{word}` belongs in YAML", source.path.display(), number + 1));
            }
        }
    }
    report(&offences);
}

#[test]
fn the_reader_of_use_lines_sees_groups_and_inline_paths() {
    let code = "use crate::{catalog::{Kind, Place}, plan};\nlet x = crate::execute::run();\nuse crate::store::Store;";
    let found: Vec<String> = used_folders(code).into_iter().collect();
    assert_eq!(found, ["catalog", "execute", "plan", "store"]);
}
