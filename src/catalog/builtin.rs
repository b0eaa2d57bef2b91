use std::path::Path;

use super::kept::{Fingerprint, keep, kept};
use super::{Catalog, Layer, Loaded, load, load_over, thaw, thaw_forest};
use crate::diagnostic::Diagnostic;

const CATALOG: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));
/// Which catalog that is: a hash of its bytes.
const SUM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.sum"));
const FOREST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/forest.bin"));

impl Catalog {
    /// The catalog that ships, as `endpoints/` was when the program was built.
    ///
    /// # Panics
    /// Never: the build that made this program wrote it.
    #[must_use]
    pub fn builtin() -> Self {
        thaw(CATALOG).expect("the catalog was frozen by this build")
    }

    /// The catalog that ships with layers laid over it; with none, [`Self::builtin`].
    ///
    /// # Errors
    /// Everything that is wrong with the layers, all at once.
    ///
    /// # Panics
    /// Never: the build that made this program wrote what is below the layers.
    pub fn builtin_under(layers: &[Layer]) -> Result<Loaded, Vec<Diagnostic>> {
        let forest = thaw_forest(FOREST).expect("the trees were frozen by this build");
        load_over(forest, layers)
    }

    /// One service of that catalog with the English that all share, as if there were no other: much sooner there.
    ///
    /// # Errors
    /// Everything that is wrong with the layers, all at once.
    ///
    /// # Panics
    /// Never: the build that made this program wrote what is below the layers.
    pub fn alone_under(layers: &[Layer], service: &str) -> Result<Loaded, Vec<Diagnostic>> {
        let own = |path: &str| path.split_once('/').is_none_or(|(folder, _)| folder == service);
        let mut forest = thaw_forest(FOREST).expect("the trees were frozen by this build");
        forest.keep(own);
        let mut layers = layers.to_vec();
        for layer in &mut layers {
            layer.files.retain(|(file, _)| own(file));
            layer.garbled.retain(|(file, _)| own(file));
        }
        load_over(forest, &layers)
    }

    /// The same catalog without the findings, kept frozen in a folder so that the next start need not lay it again.
    ///
    /// # Errors
    /// Everything that is wrong with the layers, all at once.
    pub fn kept_under(layers: &[Layer], folder: Option<&Path>) -> Result<Self, Vec<Diagnostic>> {
        let Some(folder) = folder else { return Ok(Self::builtin_under(layers)?.catalog) };
        let fingerprint = Fingerprint::new(SUM, layers);
        if let Some(catalog) = kept(folder, layers, fingerprint) {
            return Ok(catalog);
        }
        let catalog = Self::builtin_under(layers)?.catalog;
        // A folder that cannot be written costs time at the next start and nothing else.
        let _ = keep(folder, layers, fingerprint, &catalog);
        Ok(catalog)
    }

    /// Only those layers, nothing below them.
    ///
    /// # Errors
    /// Everything that is wrong with the layers, all at once.
    pub fn of_layers(layers: &[Layer]) -> Result<Loaded, Vec<Diagnostic>> {
        load(layers)
    }
}
