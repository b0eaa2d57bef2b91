//! What operations are like in another version of their API. Only what differs is kept, and only what is asked for is
//! decoded: a catalog that nobody asks for a variant of pays nothing for those it has.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::flat::{Fixed, Flat};
use super::{Frame, OpId, Operation, ServiceVariant};

/// A variant as the loader read it.
#[derive(Debug, Clone, Default)]
pub struct VariantOperations {
    /// What it is asked for by.
    pub name: String,
    /// The operations that differ, sorted; `None` when the variant does not have the operation.
    pub operations: Vec<(OpId, Option<Operation>)>,
}

/// What a variant makes of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variation {
    /// It is as it is anyway, but for its version perhaps.
    Same,
    /// It is otherwise.
    Own,
    /// The variant does not have it; it is sent as it is.
    Absent,
}

/// The operations that differ in a variant, and where they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Changes {
    /// What the variant is asked for by.
    pub(super) name: String,
    /// Sorted by operation.
    pub(super) list: Flat<Change>,
}

/// Where an operation of a variant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    /// Position in the catalog.
    pub(super) operation: u32,
    /// Whether the variant has it at all.
    pub(super) there: bool,
    /// Offset and length of its record; zero in a catalog that was loaded.
    pub(super) record: (u32, u32),
    /// Offset and length of its frame; zero in a catalog that was loaded.
    pub(super) frame: (u32, u32),
}

/// The operations of a variant that were asked for so far.
#[derive(Debug, Default)]
pub(super) struct Varied {
    /// Those that differ, in the order of [`Changes`].
    pub(super) own: Vec<Slot>,
    /// Those that differ in their version alone, by position in the catalog.
    stamped: OnceLock<Vec<OnceLock<Box<Operation>>>>,
}

/// An operation with its frame, once they were asked for.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// The operation.
    pub(super) operation: OnceLock<Box<Operation>>,
    /// Its frame.
    pub(super) frame: OnceLock<Box<Frame>>,
}

impl Changes {
    /// Those of a variant that was loaded.
    pub(super) fn new(variant: &VariantOperations) -> Self {
        let change = |(id, operation): &(OpId, Option<Operation>)| Change {
            operation: id.0,
            there: operation.is_some(),
            record: (0, 0),
            frame: (0, 0),
        };
        Self { name: variant.name.clone(), list: variant.operations.iter().map(change).collect() }
    }

    /// What differs in an operation, and its position in the list.
    pub(super) fn of(&self, id: OpId) -> Option<(usize, Change)> {
        let at = self.list.position(&id.0, |change| change.operation)?;
        Some((at, self.list.get(at)?))
    }
}

impl Varied {
    /// Room for so many operations that differ.
    pub(super) fn of(changes: &Changes) -> Self {
        Self { own: (0..changes.list.count()).map(|_| Slot::default()).collect(), stamped: OnceLock::new() }
    }

    /// The same with what was loaded.
    pub(super) fn loaded(operations: Vec<(OpId, Option<Operation>)>, frames: &mut dyn Iterator<Item = Frame>) -> Self {
        let slot = |(_, operation): (OpId, Option<Operation>)| match operation {
            None => Slot::default(),
            Some(operation) => Slot {
                operation: OnceLock::from(Box::new(operation)),
                frame: frames.next().map_or_else(OnceLock::new, |frame| OnceLock::from(Box::new(frame))),
            },
        };
        Self { own: operations.into_iter().map(slot).collect(), stamped: OnceLock::new() }
    }

    /// An operation that differs in its version at most.
    pub(super) fn stamp<'a>(
        &'a self,
        id: OpId,
        operation: &'a Operation,
        variant: &ServiceVariant,
        of: usize,
    ) -> &'a Operation {
        let Some(version) = variant.version_of(operation) else { return operation };
        if operation.version.as_ref() == Some(version) {
            return operation;
        }
        let stamped = self.stamped.get_or_init(|| (0..of).map(|_| OnceLock::new()).collect());
        stamped.get(id.0 as usize).map_or(operation, |slot| {
            slot.get_or_init(|| Box::new(Operation { version: Some(version.clone()), ..operation.clone() }))
        })
    }
}

impl Fixed for Change {
    const SIZE: usize = 21;

    fn write(&self, out: &mut Vec<u8>) {
        self.operation.write(out);
        out.push(u8::from(self.there));
        self.record.write(out);
        self.frame.write(out);
    }

    fn read(bytes: &[u8]) -> Self {
        let part = |at: usize| bytes.get(at..).unwrap_or(&[]);
        Self {
            operation: u32::read(bytes),
            there: bytes.get(4) == Some(&1),
            record: Fixed::read(part(5)),
            frame: Fixed::read(part(13)),
        }
    }
}
