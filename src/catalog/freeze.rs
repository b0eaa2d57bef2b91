//! A checked catalog as bytes: a header with everything that choosing an operation needs, then one record and one frame
//! an operation, so that a one-shot command decodes only what it touches.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::catalog_type::shape;
use super::flat::{Flat, in_place};
use super::variant::{Change, Changes};
use super::{Catalog, Forest, Lexicon, Method, Operation, Service, Vocabulary};

/// What stands ahead of the operations.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Header {
    /// All services.
    pub(super) services: Vec<Service>,
    /// The shared English.
    pub(super) lexicon: Lexicon,
    /// The compiled words.
    pub(super) vocabulary: Vocabulary,
    /// One an operation, in catalog order.
    pub(super) entries: Vec<Entry>,
    /// Positions sorted by name.
    pub(super) by_name: Flat<u32>,
    /// Positions sorted by the shape of the path, then by position.
    pub(super) by_request: Flat<u32>,
    /// Offset and length of the events; zero in a catalog that was loaded.
    pub(super) events: (u32, u32),
    /// What other versions of the APIs change.
    pub(super) variants: Vec<Changes>,
}

/// Where an operation is and what it is called.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Entry {
    /// Catalog name.
    #[serde(deserialize_with = "in_place")]
    pub(super) name: Cow<'static, str>,
    /// Group.
    #[serde(deserialize_with = "in_place")]
    pub(super) group: Cow<'static, str>,
    /// Method.
    pub(super) method: Method,
    /// Path with its variables made alike.
    #[serde(deserialize_with = "in_place")]
    pub(super) shape: Cow<'static, str>,
    /// Offset and length of its record; zero in a catalog that was loaded.
    pub(super) operation: (u32, u32),
    /// Offset and length of its frame; zero in a catalog that was loaded.
    pub(super) frame: (u32, u32),
}

impl Header {
    /// The header of those operations, their places left open.
    pub(super) fn new(
        services: Vec<Service>,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        operations: &[Operation],
        variants: Vec<Changes>,
    ) -> Self {
        let entries: Vec<Entry> = operations.iter().map(Entry::new).collect();
        let all = || 0..u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let entry = |at: &u32| &entries[*at as usize];
        let mut by_name: Vec<u32> = all().collect();
        by_name.sort_by(|a, b| entry(a).name.cmp(&entry(b).name));
        let mut by_request: Vec<u32> = all().collect();
        by_request.sort_by(|a, b| entry(a).shape.cmp(&entry(b).shape));
        let (by_name, by_request) = (by_name.into_iter().collect(), by_request.into_iter().collect());
        Self { services, lexicon, vocabulary, entries, by_name, by_request, events: (0, 0), variants }
    }
}

impl Entry {
    fn new(operation: &Operation) -> Self {
        Self {
            name: operation.name.clone().into(),
            group: operation.group.clone().into(),
            method: operation.method,
            shape: shape(&operation.path).into(),
            operation: (0, 0),
            frame: (0, 0),
        }
    }
}

/// A catalog as bytes for [`thaw`].
///
/// # Errors
/// When it is too large for 32-bit offsets.
pub fn freeze(catalog: &Catalog) -> Result<Vec<u8>, postcard::Error> {
    let mut header = catalog.header().clone();
    let mut records: Vec<u8> = Vec::new();
    for (entry, id) in header.entries.iter_mut().zip(catalog.ids()) {
        entry.operation = append(&mut records, catalog.operation(id))?;
        entry.frame = append(&mut records, catalog.frame(id))?;
    }
    header.events = append(&mut records, &catalog.events())?;
    for (at, variant) in header.variants.iter_mut().enumerate() {
        let mut list = Vec::new();
        for (change, own) in catalog.differing(at) {
            let (record, frame) = match own {
                Some((operation, frame)) => (append(&mut records, operation)?, append(&mut records, frame)?),
                None => Default::default(),
            };
            list.push(Change { record, frame, ..change });
        }
        variant.list = list.into_iter().collect();
    }
    let header = postcard::to_allocvec(&header)?;
    let mut out = narrow(header.len())?.to_le_bytes().to_vec();
    out.extend(header);
    out.extend(records);
    Ok(out)
}

/// The catalog of frozen bytes; operations are decoded when they are first asked for.
///
/// # Errors
/// When the bytes are not those of [`freeze`] of the same build.
pub fn thaw(bytes: &'static [u8]) -> Result<Catalog, postcard::Error> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(postcard::Error::DeserializeUnexpectedEnd)?;
    let length = u32::from_le_bytes(*length) as usize;
    let (header, records) = rest.split_at_checked(length).ok_or(postcard::Error::DeserializeUnexpectedEnd)?;
    Ok(Catalog::lazy(postcard::from_bytes(header)?, records))
}

/// The trees of a catalog as bytes, for layers to be laid over it later.
///
/// # Errors
/// When they cannot be encoded.
pub fn freeze_forest(forest: &Forest) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(forest)
}

/// The trees of frozen bytes.
///
/// # Errors
/// When the bytes are not those of [`freeze_forest`] of the same build.
pub fn thaw_forest(bytes: &[u8]) -> Result<Forest, postcard::Error> {
    postcard::from_bytes(bytes)
}

fn append<T: Serialize>(records: &mut Vec<u8>, value: &T) -> Result<(u32, u32), postcard::Error> {
    let bytes = postcard::to_allocvec(value)?;
    let place = (narrow(records.len())?, narrow(bytes.len())?);
    records.extend(bytes);
    Ok(place)
}

fn narrow(number: usize) -> Result<u32, postcard::Error> {
    u32::try_from(number).map_err(|_| postcard::Error::SerializeBufferFull)
}
