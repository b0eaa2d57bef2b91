use serde::Serialize;

/// One item of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What it looks like.
    pub kind: ItemKind,
    /// Byte offset of its first byte in the line.
    pub start: usize,
    /// Byte offset just past it.
    pub end: usize,
    /// Its text for comparing: NFC, lower case, smart quotes made plain. For a quoted item, of what is inside.
    pub folded: String,
}

/// What an item looks like. The order of alternatives is the order in which the grammar tries them.
#[derive(Debug, Clone, Serialize)]
pub enum ItemKind {
    /// Text in quotes; the offsets are those of what is inside them.
    Quoted {
        /// Byte offset of the first byte inside.
        start: usize,
        /// Byte offset just past the last byte inside.
        end: usize,
    },
    /// A JSON object or array, balanced.
    Json,
    /// `name=value`: the item covers all of it. The value may be quoted, JSON, or a run without spaces.
    KeyValue {
        /// The name, as typed.
        key: String,
        /// Byte offsets of the value without its quotes.
        start: usize,
        /// Byte offset just past the value.
        end: usize,
    },
    /// An e-mail address.
    Email,
    /// A web address with a scheme, or `www.`.
    Url,
    /// An ISO date or date-time: `2026-11-24`, `2026-11-24T10:00:00-05:00`.
    IsoDate,
    /// A postal address: a street with its number, and what follows of city, state and postal code. No text parses to it: it
    /// is joined when addresses are asked for.
    Address,
    /// A telephone number: a leading `+`, or seven digits or more with separators.
    Phone,
    /// An amount with its currency sign or code: the decimal as text ("7000" for `$7k`), and the ISO code if one was said.
    Money {
        /// Plain decimal text.
        amount: String,
        /// ISO 4217 code, when said: `$` says none.
        currency: Option<String>,
    },
    /// `15%`: the decimal as text.
    Percent {
        /// Plain decimal text.
        amount: String,
    },
    /// A number, `k` and `m` multiplied out, thousands separators gone; `1st` and number words are not numbers here.
    Number {
        /// Plain decimal text.
        amount: String,
    },
    /// A clock time: `3pm`, `15:00`, `10:30am`.
    Time,
    /// A code: letters and digits mixed, or joined with `-`, `_`, `.` or `/`: `INV-1043`, `sub_x9`, `custom_objects.pet`,
    /// `ocQHyuzHvysMo5N5VsXc`, a UUID, `#3366FF`, `/bf`, `.pdf`.
    Code,
    /// A word: letters with inner apostrophes and hyphens ("o'brien", "don't", "follow-up").
    Word,
    /// `'s` or `'` after a plural, split off its word. "what's" gives the word `what` and this.
    Possessive,
    /// `,`
    Comma,
    /// `:` before a space or the end.
    Colon,
    /// `;`
    Semicolon,
    /// A dash between spaces, an en or em dash.
    Dash,
    /// `=` between spaces.
    Equals,
    /// `->`, `=>`, `→`
    Arrow,
    /// `.`, `!`, `…` or several of them, at the end of a sentence.
    Stop,
    /// `?`, with or without others around it.
    Question,
    /// `&` standing alone.
    Ampersand,
    /// An opening or closing bracket.
    Bracket,
    /// What the number before it counts: a percent sign, the code of a currency. No text parses to it: it is split off a
    /// number when what that counts is asked for, and may be empty.
    Unit,
    /// Anything else: an emoji, a symbol.
    Other,
}

// Most comparisons are with what holds nothing: they are over once the alternatives are compared.
impl PartialEq for ItemKind {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.holds_the_same(other)
    }
}

impl ItemKind {
    /// Whether two of the same alternative hold the same.
    #[inline]
    fn holds_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Quoted { start, end }, Self::Quoted { start: from, end: to }) => (start, end) == (from, to),
            (Self::KeyValue { key, start, end }, Self::KeyValue { key: name, start: from, end: to }) => {
                (key, start, end) == (name, from, to)
            }
            (Self::Money { amount, currency }, Self::Money { amount: other, currency: unit }) => {
                (amount, currency) == (other, unit)
            }
            (Self::Percent { amount }, Self::Percent { amount: other })
            | (Self::Number { amount }, Self::Number { amount: other }) => amount == other,
            _ => true,
        }
    }
}
