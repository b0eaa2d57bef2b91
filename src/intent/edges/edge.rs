use super::super::found::{Filled, item};
use super::Rule;

/// What was seen on the way through a line, as bits.
pub mod flag {
    /// A verb that asks for the operation.
    pub const VERB: u32 = 1;
    /// The object noun, or something that implies it.
    pub const OBJECT: u32 = 2;
    /// A key word.
    pub const KEY: u32 = 4;
    /// A question.
    pub const QUESTION: u32 = 8;
    /// The object in the plural.
    pub const PLURAL: u32 = 16;
    /// The object in the singular.
    pub const SINGULAR: u32 = 32;
    /// A pattern.
    pub const PATTERN: u32 = 64;
    /// A negation nothing accounts for.
    pub const NEGATED: u32 = 128;
    /// An allowed value, a field, or a name that stands for the object.
    pub const HINT: u32 = 256;
    /// A colon, dash or equals sign outside values.
    pub const MARK: u32 = 512;
    /// A repaired typo in a command word.
    pub const REPAIRED: u32 = 1024;
    /// A record was asked for with "all".
    pub const ALL: u32 = 2048;
    /// A verb only this operation understands: it implies the object.
    pub const OWN: u32 = 4096;
    /// A pattern that begins with the question word of the line: it says what such a question asks for.
    pub const ASKING: u32 = 8192;
}

/// One job of one stretch of items.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// One past its last item, counted from the first of the stretch.
    pub to: u16,
    /// Points whatever came before.
    pub score: i32,
    /// Points for the verb when none was seen yet.
    pub verb: i32,
    /// Points for the object when none was seen yet.
    pub object: i32,
    /// Parameters it fills, as bits.
    pub params: u128,
    /// Bits of [`flag`] it sets.
    pub flags: u32,
    /// Only after this field was named.
    pub need: Option<u8>,
    /// Names this field.
    pub pends: Option<u8>,
    /// Nothing explains the items.
    pub unknown: bool,
    /// What it fills.
    pub filled: Option<Filled>,
    /// What it fills beside: where [`super::Edges::more`] finds it.
    pub more: (u32, u32),
    /// What makes it one.
    pub rule: Rule,
}

impl Edge {
    /// The points of an edge that is not to be taken.
    pub(super) const NEVER: i32 = -10_000;

    pub(super) fn skip(to: usize, score: i32, rule: Rule) -> Self {
        Self {
            to: item(to),
            score,
            verb: 0,
            object: 0,
            params: 0,
            flags: 0,
            need: None,
            pends: None,
            unknown: false,
            filled: None,
            more: (0, 0),
            rule,
        }
    }
}
