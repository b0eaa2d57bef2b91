//! Reading the `OpenAPI` files of a service, and making a catalog of them.

use std::path::{Path, PathBuf};

use sayso::catalog::openapi::{Spec, SpecFiles, read_spec};

/// The official files, unless they are not there.
fn official(version: &str) -> Option<Spec> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/specs").join(version);
    let beside = std::env::var_os("SAYSO_SPECS").map(|v2| PathBuf::from(v2).with_file_name(version));
    let folder = beside.unwrap_or(folder);
    if !folder.is_dir() {
        println!("skipped: no official files in {}", folder.display());
        return None;
    }
    let files = SpecFiles::read(&[folder]).expect("the files can be read");
    Some(read_spec(&files).expect("they describe an API"))
}

#[test]
fn the_official_files_are_read_whole() {
    for (version, operations) in [("highlevel-v2", 576), ("highlevel-v3", 627)] {
        let Some(spec) = official(version) else { continue };
        assert_eq!(spec.operations.len(), operations, "{version}");
        let constants = spec.operations.iter().filter(|o| o.constant_header().is_some()).count();
        assert!(constants > 500, "{version}: {constants} operations with a version");
        let undeclared = spec.operations.iter().filter(|o| o.params.iter().any(|param| !param.declared)).count();
        println!("{version}: {} warnings, {undeclared} with undeclared path parameters", spec.warnings.len());
        assert!(!spec.warnings.is_empty(), "{version} has faults");
        assert!(undeclared == 11, "{version}: {undeclared}");
        for warning in &spec.warnings {
            println!("{warning}");
        }
    }
}
