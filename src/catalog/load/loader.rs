use crate::catalog::{Catalog, Layer};
use crate::diagnostic::{Diagnostic, Severity};

use super::build::build;
use super::forest::Forest;
use super::merge::merge;

/// A catalog with what was found on the way.
#[derive(Debug)]
pub struct Loaded {
    /// The checked catalog.
    pub catalog: Catalog,
    /// What is worth knowing but does not stop it.
    pub warnings: Vec<Diagnostic>,
    /// Its trees, for [`freeze`](crate::catalog::freeze).
    pub forest: Forest,
}

/// Turns layers into a checked catalog; later layers win.
///
/// # Errors
/// Everything that is wrong, all at once, in the order of the files.
pub fn load(layers: &[Layer]) -> Result<Loaded, Vec<Diagnostic>> {
    load_over(Forest::default(), layers)
}

/// The same, on top of the trees of layers that were parsed before.
///
/// # Errors
/// Everything that is wrong, all at once, in the order of the files.
pub fn load_over(mut forest: Forest, layers: &[Layer]) -> Result<Loaded, Vec<Diagnostic>> {
    let mut report = forest.grow(layers);
    let merged = merge(&forest, &mut report);
    let catalog = build(&merged, &mut report);
    let found = report.finish();
    if found.iter().any(|d| d.severity == Severity::Error) {
        return Err(found);
    }
    Ok(Loaded { catalog, warnings: found, forest })
}
