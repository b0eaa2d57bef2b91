//! Where the words of one operation stand in a line: its own terms, the nouns of its parameters' resources, its fields.

use crate::catalog::{Frame, NounRole, Role};

use super::stretch::Stretch;

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
pub struct Landmarks {
    /// Every role of every term of the operation: first item, one past the last, the role.
    roles: Vec<(usize, usize, Role)>,
    nouns: Vec<(u8, usize, NounHere)>,
    fields: Vec<(u8, usize, usize)>,
    /// Of each parameter that has one, the start of its resource's last noun.
    last_nouns: Vec<(u8, usize)>,
    /// Of each parameter that is named, the earliest end of its name, and the last start.
    named: Vec<(u8, usize, usize)>,
    /// The parameters in `last_nouns` and in `named`, as bits.
    with_noun: u128,
    with_name: u128,
}

/// More items than any term covers.
const LONGEST_TERM: usize = 256;
/// Words of a parameter's name that are looked back at.
const LONGEST_NAME: usize = 4;

impl Landmarks {
    /// Finds those of a stretch for one operation, in place of all that was found before.
    pub(super) fn find(&mut self, stretch: &Stretch<'_>, frame: &Frame) {
        self.roles.clear();
        self.nouns.clear();
        self.fields.clear();
        self.last_nouns.clear();
        self.named.clear();
        (self.with_noun, self.with_name) = (0, 0);
        for own in &stretch.own {
            for role in frame.roles(own.term) {
                self.roles.push((own.at, own.end, role));
                if let Role::Field(param) = role {
                    self.field(param, own.at, own.end);
                }
            }
        }
        for noun in &stretch.nouns {
            // Most nouns of a line are none of the operation's.
            let Some(first) = frame.noun_roles(noun.id).next() else { continue };
            let object = |role| if let NounRole::Object(rank) = role { Some(rank) } else { None };
            let rank = object(first).or_else(|| frame.noun_roles(noun.id).find_map(object));
            let here = NounHere { past: noun.end, object: rank.is_some(), plural: noun.plural };
            for role in frame.noun_roles(noun.id) {
                if let NounRole::Param(param) = role {
                    self.noun(param, noun.at, here);
                }
            }
            if let Some(target) = rank.and_then(|rank| frame.target_of(rank)) {
                self.noun(target, noun.at, here);
            }
        }
    }

    fn field(&mut self, param: u8, at: usize, end: usize) {
        self.with_name |= bit(param);
        self.fields.push((param, at, end));
        match self.named.iter_mut().find(|(p, ..)| *p == param) {
            Some((_, earliest, last)) => (*earliest, *last) = (end.min(*earliest), at),
            None => self.named.push((param, end, at)),
        }
    }

    fn noun(&mut self, param: u8, at: usize, here: NounHere) {
        self.with_noun |= bit(param);
        self.nouns.push((param, at, here));
        match self.last_nouns.iter_mut().find(|(p, _)| *p == param) {
            Some((_, last)) => *last = at,
            None => self.last_nouns.push((param, at)),
        }
    }

    /// The roles that the terms at an item have in the operation, with one past the last item of each.
    pub(super) fn roles_at(&self, at: usize) -> impl Iterator<Item = (Role, usize)> + '_ {
        let from = self.roles.partition_point(|(start, ..)| *start < at);
        self.roles[from..].iter().take_while(move |(start, ..)| *start == at).map(|(_, end, role)| (*role, *end))
    }

    /// Every role of every term of the operation, in the order of the line: first item, one past the last, the role.
    pub(super) fn all_roles(&self) -> &[(usize, usize, Role)] {
        &self.roles
    }

    /// Every role that some term of the stretch has.
    pub(super) fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        self.roles.iter().map(|(.., role)| *role)
    }

    /// The first item at which some term has a role.
    pub(super) fn first_role(&self) -> Option<usize> {
        self.roles.first().map(|(at, ..)| *at)
    }

    /// Parameters whose resource's noun stands anywhere, as bits.
    pub(super) fn with_noun(&self) -> u128 {
        self.with_noun
    }

    /// Parameters that are named anywhere, as bits.
    pub(super) fn with_name(&self) -> u128 {
        self.with_name
    }

    /// The noun of a parameter's resource at an item.
    pub(super) fn noun_of(&self, param: u8, at: usize) -> Option<NounHere> {
        if self.with_noun & bit(param) == 0 {
            return None;
        }
        let from = self.nouns.partition_point(|(_, start, _)| *start < at);
        let here = self.nouns[from..].iter().take_while(|(_, start, _)| *start == at).filter(|(p, ..)| *p == param);
        here.map(|(_, _, noun)| *noun).max_by_key(|noun| noun.past)
    }

    /// Whether the noun of a parameter's resource ends right before an item.
    pub(super) fn ends_noun(&self, param: u8, at: usize) -> bool {
        self.nouns.iter().any(|(p, _, noun)| *p == param && noun.past == at)
    }

    /// Whether the name of a parameter ends right before an item.
    pub(super) fn ends_field(&self, param: u8, at: usize) -> bool {
        self.fields.iter().any(|(p, _, past)| *p == param && *past == at)
    }

    /// Whether the noun of another parameter's resource does.
    pub(super) fn ends_other_noun(&self, param: u8, at: usize) -> bool {
        self.nouns.iter().any(|(p, _, noun)| *p != param && noun.past == at)
    }

    /// Whether the noun of a parameter's resource stands anywhere from an item on.
    pub(super) fn noun_ahead(&self, param: u8, at: usize) -> bool {
        self.last_nouns.iter().any(|(p, last)| *p == param && *last >= at)
    }

    /// One past the last item of a parameter's name that starts at an item.
    pub(super) fn field_at(&self, at: usize, param: u8) -> Option<usize> {
        let from = self.fields.partition_point(|(_, start, _)| *start < at);
        let here = self.fields[from..].iter().take_while(|(_, start, _)| *start == at).filter(|(p, ..)| *p == param);
        here.map(|(_, _, past)| *past).max()
    }

    /// Whether the name of a parameter goes on at an item: "fee" of "setup fee".
    pub(super) fn inside_field(&self, at: usize) -> bool {
        let from = self.fields.partition_point(|(_, start, _)| start + LONGEST_NAME < at);
        self.fields[from..].iter().take_while(|(_, start, _)| *start < at).any(|(.., past)| *past > at)
    }

    /// Whether a field was named before an item; the values of a list follow its name at once.
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

    /// The parameters that are named before an item.
    pub(super) fn fields_before(&self, at: usize) -> impl Iterator<Item = u8> + '_ {
        self.named.iter().filter(move |(_, earliest, _)| *earliest <= at).map(|(param, ..)| *param)
    }

    /// Whether a field is named after an item.
    pub(super) fn named_after(&self, param: u8, at: usize) -> bool {
        self.named.iter().any(|(p, _, last)| *p == param && *last > at)
    }
}

fn bit(param: u8) -> u128 {
    1u128.checked_shl(u32::from(param)).unwrap_or(0)
}
