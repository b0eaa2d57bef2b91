use std::path::Path;

use super::kept::{Fingerprint, is_whole, keep, kept, packed, unpacked};
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
    /// Laying it takes many times the memory that it needs afterwards. So `elsewhere` is asked first, which may have
    /// another process do it and brings what [`Self::laid_under`] made there; where it brings nothing, it is done here.
    ///
    /// # Errors
    /// Everything that is wrong with the layers, all at once.
    pub fn kept_under(
        layers: &[Layer],
        folder: Option<&Path>,
        elsewhere: impl FnOnce(&[Layer]) -> Option<Vec<u8>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let fingerprint = Fingerprint::new(SUM, layers);
        // A folder that cannot be written costs time at the next start and nothing else.
        let keep = |packed: &[u8]| folder.map(|folder| keep(folder, layers, packed));
        if let Some(catalog) = folder.and_then(|folder| kept(folder, layers, fingerprint)) {
            return Ok(catalog);
        }
        if let Some(laid) = elsewhere(layers).filter(|laid| is_whole(laid, fingerprint)) {
            let _ = keep(&laid);
            if let Some(catalog) = unpacked(laid, fingerprint) {
                return Ok(catalog);
            }
        }
        let catalog = Self::builtin_under(layers)?.catalog;
        if folder.is_some() {
            let _ = packed(fingerprint, &catalog).map(|packed| keep(&packed));
        }
        Ok(catalog)
    }

    /// That catalog as bytes, for the process that asked for it; nothing when something is wrong with the layers.
    #[must_use]
    pub fn laid_under(layers: &[Layer]) -> Option<Vec<u8>> {
        let catalog = Self::builtin_under(layers).ok()?.catalog;
        packed(Fingerprint::new(SUM, layers), &catalog).ok()
    }

    /// Only those layers, nothing below them.
    ///
    /// # Errors
    /// Everything that is wrong with the layers, all at once.
    pub fn of_layers(layers: &[Layer]) -> Result<Loaded, Vec<Diagnostic>> {
        load(layers)
    }
}
