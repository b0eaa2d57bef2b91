//! Where the nouns of parameters' resources stand in a line, and where parameters are named.

use super::annotate::Annotated;
use crate::catalog::{Frame, NounRole, Role, Sense, Vocabulary};

/// The noun of a parameter's resource, found at an item.
#[derive(Debug, Clone, Copy)]
pub struct NounHere {
    /// One past its last item.
    pub past: usize,
    /// It is also what the verb acts on.
    pub object: bool,
    /// Said in the plural.
    pub plural: bool,
}

/// Found once a stretch and operation, in the order of the line: no question goes through all of the stretch again, or a
/// line of ten thousand fields would take ten thousand times as long for each of them.
#[derive(Debug, Default)]
pub(super) struct Landmarks {
    nouns: Vec<(u8, usize, NounHere)>,
    last_nouns: Vec<(u8, usize)>,
    fields: Vec<(u8, usize, usize)>,
    /// Of each parameter the earliest end of its name, and the last start.
    named: Vec<(u8, usize, usize)>,
}

/// More items than any term covers.
const LONGEST_TERM: usize = 256;

impl Landmarks {
    pub(super) fn new(
        line: &Annotated<'_>,
        (first, past): (usize, usize),
        vocabulary: &Vocabulary,
        frame: &Frame,
    ) -> Self {
        let mut found = Self::default();
        for at in first..past {
            for m in line.matches[at].iter().filter(|m| at + usize::from(m.len) <= past) {
                let end = at + usize::from(m.len);
                for role in frame.roles(m.term) {
                    if let Role::Field(param) = role {
                        found.field(param, at, end);
                    }
                }
                for sense in vocabulary.senses(m.term) {
                    let Sense::Noun { noun, plural } = sense else { continue };
                    let rank =
                        frame.noun_roles(*noun).find_map(|r| if let NounRole::Object(k) = r { Some(k) } else { None });
                    let object = rank.is_some();
                    let here = NounHere { past: end, object, plural: *plural };
                    let params =
                        frame.noun_roles(*noun).filter_map(|r| if let NounRole::Param(p) = r { Some(p) } else { None });
                    params.for_each(|param| found.noun(param, at, here));
                    if let Some(target) = rank.and_then(|rank| frame.target_of(rank)) {
                        found.noun(target, at, here);
                    }
                }
            }
        }
        found
    }

    fn field(&mut self, param: u8, at: usize, end: usize) {
        self.fields.push((param, at, end));
        match self.named.iter_mut().find(|(p, ..)| *p == param) {
            Some((_, earliest, last)) => (*earliest, *last) = (end.min(*earliest), at),
            None => self.named.push((param, end, at)),
        }
    }

    fn noun(&mut self, param: u8, at: usize, here: NounHere) {
        self.nouns.push((param, at, here));
        match self.last_nouns.iter_mut().find(|(p, _)| *p == param) {
            Some((_, last)) => *last = at,
            None => self.last_nouns.push((param, at)),
        }
    }

    pub(super) fn noun_of(&self, param: u8, at: usize) -> Option<NounHere> {
        let from = self.nouns.partition_point(|(_, start, _)| *start < at);
        let here = self.nouns[from..].iter().take_while(|(_, start, _)| *start == at).filter(|(p, ..)| *p == param);
        here.map(|(_, _, noun)| *noun).max_by_key(|noun| noun.past)
    }

    pub(super) fn noun_ahead(&self, param: u8, at: usize) -> bool {
        self.last_nouns.iter().any(|(p, last)| *p == param && *last >= at)
    }

    pub(super) fn field_at(&self, at: usize, param: u8) -> Option<usize> {
        let from = self.fields.partition_point(|(_, start, _)| *start < at);
        let here = self.fields[from..].iter().take_while(|(_, start, _)| *start == at).filter(|(p, ..)| *p == param);
        here.map(|(_, _, past)| *past).max()
    }

    pub(super) fn named_before(&self, param: u8, at: usize, at_once: bool) -> bool {
        if !at_once {
            return self.named.iter().any(|(p, earliest, _)| *p == param && *earliest <= at);
        }
        let from = self.fields.partition_point(|(_, start, _)| start + LONGEST_TERM < at);
        self.fields[from..]
            .iter()
            .take_while(|(_, start, _)| *start < at)
            .any(|(p, _, past)| *p == param && *past == at)
    }

    pub(super) fn named_after(&self, param: u8, at: usize) -> bool {
        self.named.iter().any(|(p, _, last)| *p == param && *last > at)
    }
}
