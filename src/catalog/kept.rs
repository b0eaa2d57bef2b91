//! Laying layers over the shipped catalog takes a while; the result is kept as a file until a layer or the program
//! changes. A kept file is only a shortcut: whatever is wrong with it, the layers are read instead.

use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::{fs, io};

use rustc_hash::FxHasher;

use super::{Catalog, Layer, freeze, thaw};

/// Bytes ahead of a kept catalog: what it was made from, and a sum of it.
const HEAD: usize = 16;

/// What a kept catalog was made from: the program's own catalog and the layers, as one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// That of some layers over the shipped catalog, of which `shipped` is a hash.
    pub(super) fn new(shipped: &[u8], layers: &[Layer]) -> Self {
        let mut hasher = FxHasher::default();
        write(&mut hasher, env!("CARGO_PKG_VERSION").as_bytes());
        write(&mut hasher, shipped);
        for layer in layers {
            write(&mut hasher, layer.root.as_bytes());
            for (file, text) in &layer.files {
                write(&mut hasher, file.as_bytes());
                write(&mut hasher, text.as_bytes());
            }
        }
        Self(hasher.finish())
    }
}

/// The catalog kept in a folder for those layers, when there is one and it is whole.
pub(super) fn kept(folder: &Path, layers: &[Layer], fingerprint: Fingerprint) -> Option<Catalog> {
    unpacked(fs::read(file(folder, layers)).ok()?, fingerprint)
}

/// Keeps a packed catalog. The file appears whole or not at all.
///
/// # Errors
/// When the folder cannot be written; the catalog is none the worse for it.
pub(super) fn keep(folder: &Path, layers: &[Layer], packed: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let file = file(folder, layers);
    let whole = file.with_extension(format!("{}.part", std::process::id()));
    fs::write(&whole, packed)?;
    fs::rename(&whole, &file)
}

/// A catalog as bytes, with what it was made from and a sum ahead of it.
///
/// # Errors
/// When it is too large for that.
pub(super) fn packed(fingerprint: Fingerprint, catalog: &Catalog) -> io::Result<Vec<u8>> {
    let frozen = freeze(catalog).map_err(io::Error::other)?;
    let mut bytes = Vec::with_capacity(frozen.len() + HEAD);
    bytes.extend(fingerprint.0.to_le_bytes());
    bytes.extend(checksum(&frozen).to_le_bytes());
    bytes.extend(frozen);
    Ok(bytes)
}

/// Whether bytes are a whole catalog that was made from that.
pub(super) fn is_whole(packed: &[u8], fingerprint: Fingerprint) -> bool {
    packed.split_first_chunk::<HEAD>().is_some_and(|(head, frozen)| {
        let (made_from, sum) = head.split_at(HEAD / 2);
        made_from == fingerprint.0.to_le_bytes() && sum == checksum(frozen).to_le_bytes()
    })
}

/// The catalog of packed bytes, when they are whole and made from that.
pub(super) fn unpacked(packed: Vec<u8>, fingerprint: Fingerprint) -> Option<Catalog> {
    if !is_whole(&packed, fingerprint) {
        return None;
    }
    // What is kept is read where it lies, for as long as the program runs: a copy would double what it takes.
    let packed: &'static [u8] = Vec::leak(packed);
    thaw(packed.get(HEAD..)?).ok()
}

/// One file a set of folders, so that what is kept does not grow.
fn file(folder: &Path, layers: &[Layer]) -> PathBuf {
    let mut hasher = FxHasher::default();
    for layer in layers {
        write(&mut hasher, layer.root.as_bytes());
    }
    folder.join(format!("catalog-{:016x}.bin", hasher.finish()))
}

fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    write(&mut hasher, bytes);
    hasher.finish()
}

/// The length goes first, so that two parts never run together.
fn write(hasher: &mut FxHasher, bytes: &[u8]) {
    hasher.write_usize(bytes.len());
    hasher.write(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::load;

    fn layer(text: &str) -> Layer {
        let service = "service: acme\nbase_url: https://api.acme.test\n";
        let files = [("acme/service.yaml", service), ("acme/pets.yaml", text)];
        Layer::new("mine", files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn a_kept_catalog_comes_back_until_something_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let layers = [layer("operations: {pets.list: {request: GET /pets}}")];
        let made_from = Fingerprint::new(b"shipped", &layers);
        assert!(kept(folder.path(), &layers, made_from).is_none());
        let catalog = load(&layers).expect("it loads").catalog;
        keep(folder.path(), &layers, &packed(made_from, &catalog).expect("it is packed")).expect("it is kept");
        let back = kept(folder.path(), &layers, made_from).expect("it is there");
        let id = back.by_name("pets.list").expect("the operation");
        assert_eq!(back.operation(id), catalog.operation(id));
        assert_eq!(back.frame(id), catalog.frame(id));
        assert!(kept(folder.path(), &layers, Fingerprint::new(b"another", &layers)).is_none());
        let changed = [layer("operations: {pets.list: {request: GET /animals}}")];
        assert!(kept(folder.path(), &changed, Fingerprint::new(b"shipped", &changed)).is_none());
    }

    #[test]
    fn a_damaged_file_is_not_believed() {
        let folder = tempfile::tempdir().expect("a folder");
        let layers = [layer("operations: {pets.list: {request: GET /pets}}")];
        let made_from = Fingerprint::new(b"shipped", &layers);
        let catalog = load(&layers).expect("it loads").catalog;
        keep(folder.path(), &layers, &packed(made_from, &catalog).expect("it is packed")).expect("it is kept");
        let path = file(folder.path(), &layers);
        let whole = fs::read(&path).expect("the file");
        for cut in [0, 8, 16, 20, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).expect("it is cut");
            assert!(kept(folder.path(), &layers, made_from).is_none());
        }
        let mut turned = whole;
        let last = turned.len() - 1;
        turned[last] ^= 1;
        fs::write(&path, turned).expect("it is damaged");
        assert!(kept(folder.path(), &layers, made_from).is_none());
    }
}
