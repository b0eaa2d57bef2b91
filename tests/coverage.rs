//! `docs/COVERAGE.md` lists the requests of the documents that circulate about the API and where each leads. The list is
//! its first column; the rest is made from the catalog. `SAYSO_BLESS=1 cargo test --test coverage` writes it anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sayso::catalog::{Catalog, Lifecycle, Method, OpId};

/// How many requests the documents name, and how many of these the official files have.
const NAMED: usize = 264;
const OFFICIAL: usize = 161;

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/COVERAGE.md")
}

/// The requests of the page, in its order.
fn requests(page: &str) -> Vec<(Method, String)> {
    let first = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    let parsed = |line: String| {
        let (method, path) = Method::of_line(&line).expect("a request");
        (method, path.to_owned())
    };
    page.lines().filter_map(first).map(parsed).collect()
}

/// What the page says of a request.
fn leads(catalog: &Catalog, method: Method, path: &str) -> String {
    let name = |id: &OpId| format!("`{}`", catalog.name(*id));
    if let Some(id) = catalog.by_request(method, path) {
        let status = match catalog.operation(id).lifecycle {
            Lifecycle::Undocumented => "in no official file: with `--allow-undocumented` only",
            Lifecycle::Official | Lifecycle::Deprecated => "official",
        };
        return format!("| {} | {status} |", name(&id));
    }
    let replacing = catalog.replacing(method, path);
    assert!(!replacing.is_empty(), "{} {path} leads nowhere", method.as_str());
    let lines: Vec<String> =
        replacing.iter().map(|id| format!("`{}`", catalog.operation(*id).request_line())).collect();
    let names: Vec<String> = replacing.iter().map(name).collect();
    format!("| {} | does what it was for: {} |", names.join(" or "), lines.join(" or "))
}

#[test]
fn the_table_says_where_each_request_leads() {
    let catalog = Catalog::builtin();
    let text = fs::read_to_string(page()).expect("the page");
    let all = requests(&text);
    assert_eq!(all.len(), NAMED, "requests on the page");
    let line = |(method, path): &(Method, String)| {
        format!("| `{} {path}` {}", method.as_str(), leads(&catalog, *method, path))
    };
    let lines: Vec<String> = all.iter().map(line).collect();
    let (head, _) = text.split_once("| `").expect("a table");
    let made = format!("{head}{}\n", lines.join("\n"));
    if std::env::var_os("SAYSO_BLESS").is_some() {
        fs::write(page(), &made).expect("the page can be written");
    } else {
        assert!(text == made, "the page is not what the catalog makes of it; SAYSO_BLESS=1 writes it anew");
    }
    assert_eq!(lines.iter().filter(|line| line.ends_with("| official |")).count(), OFFICIAL);
}

#[test]
fn nothing_is_replaced_that_the_catalog_has() {
    let catalog = Catalog::builtin();
    for id in catalog.ids() {
        for line in &catalog.operation(id).replaces {
            let (method, path) = Method::of_line(line).expect("a request");
            let own = catalog.by_request(method, path).map(|id| catalog.name(id));
            assert_eq!(own, None, "`{line}` of `{}`", catalog.name(id));
        }
    }
}

#[test]
fn the_page_lists_what_the_documents_name() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/seed-endpoints.tsv");
    let list = std::env::var_os("SAYSO_SEED_ENDPOINTS").map_or_else(beside, PathBuf::from);
    let Ok(list) = fs::read_to_string(&list) else {
        println!("skipped: no list of endpoints in {}", list.display());
        return;
    };
    let named: BTreeSet<String> =
        list.lines().skip(1).map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" ")).collect();
    let text = fs::read_to_string(page()).expect("the page");
    let listed: BTreeSet<String> =
        requests(&text).iter().map(|(method, path)| format!("{} {path}", method.as_str())).collect();
    assert_eq!(named, listed);
}
