//! What stretches of a line can be the value of a parameter of one operation.

use std::ops::Range;

use crate::catalog::{EnumValue, Frame, Kind, Literal, Operation, Parameter, Risk, Role, WordSet, traits};
use crate::language::{ItemKind, is_given_name, is_surname};

use super::annotate::Annotated;
use super::found::{Found, Span, item};
use super::items;
use super::landmarks::{Landmarks, NounHere};
use super::literals;
use super::score;
use super::stretch::Stretch;

/// A stretch of a line as one operation sees it.
pub struct Slots<'a> {
    /// The stretch.
    pub stretch: &'a Stretch<'a>,
    /// The operation's view of its words.
    pub frame: &'a Frame,
    landmarks: Landmarks,
}

impl<'a> Slots<'a> {
    /// A stretch for one operation, with the landmarks found for both.
    pub fn new(stretch: &'a Stretch<'a>, frame: &'a Frame, landmarks: Landmarks) -> Self {
        Self { stretch, frame, landmarks }
    }

    /// Gives the landmarks back.
    pub fn into_landmarks(self) -> Landmarks {
        self.landmarks
    }

    /// Whether a parameter has a trait of [`traits`].
    pub fn has(&self, param: u8, bit: u8) -> bool {
        self.frame.traits.get(usize::from(param)).is_some_and(|t| t & bit != 0)
    }

    /// Every value of a parameter that can start at an item, as numbers for [`Stretch::span`]. `marked`: something
    /// introduced it, so free text may run on.
    pub fn values(&self, index: u8, param: &Parameter, at: usize, marked: bool) -> Range<usize> {
        // A web address or a title in quotes is no file of this machine, and an amount of money is nobody's name.
        let path = || self.stretch.line.utterance.raw(at).contains(['.', '/']);
        let unfit = || match self.stretch.kind(at) {
            ItemKind::Url => param.kind == Kind::File,
            ItemKind::Quoted { .. } => param.kind == Kind::File && !path(),
            ItemKind::Money { .. } => matches!(param.kind, Kind::Entity(_)),
            _ => false,
        };
        if at >= self.stretch.past || unfit() {
            return 0..0;
        }
        if let Some(each) = param.each.as_ref().filter(|each| !each.is_plain()) {
            let mut found = Vec::new();
            items::find(self.stretch.line, (param, each), at, self.stretch.past, &mut found);
            return self.stretch.keep(found);
        }
        if param.values.is_empty() {
            return self.stretch.values(param, self.has(index, traits::PERSON), at, marked);
        }
        self.stretch.keep(self.allowed(index, param, at))
    }

    fn allowed(&self, index: u8, param: &Parameter, at: usize) -> Vec<Span> {
        let mut out = Vec::new();
        let mut end = at;
        while let Some((value, len)) = self.allowed_here(index, param, end) {
            end += len;
            let several = Found::AllowedMany(item(at), item(end));
            let found = if param.many { several } else { Found::Allowed(value) };
            out.push(Span { end, points: score::ENUM, found });
            if !param.many {
                return out;
            }
            while end < self.stretch.past && self.stretch.separates(end) {
                end += 1;
            }
        }
        if !out.is_empty() {
            return out;
        }
        if matches!(param.kind, Kind::Integer | Kind::Number) {
            literals::number(self.stretch, false, param.unit.is_some(), at, &mut out);
        } else if let ItemKind::Quoted { .. } = self.stretch.kind(at) {
            let folded = &self.stretch.line.utterance.items[at].folded;
            let same = |v: &EnumValue| v.say.iter().any(|s| s == folded);
            if let Some(value) = param.values.iter().position(same).and_then(|v| u8::try_from(v).ok()) {
                out.push(Span { end: at + 1, points: score::ENUM, found: Found::Allowed(value) });
            }
        }
        out
    }

    fn allowed_here(&self, index: u8, param: &Parameter, at: usize) -> Option<(u8, usize)> {
        if at >= self.stretch.past {
            return None;
        }
        let spelled = |value: u8| spelled(self.stretch.line, &param.values[usize::from(value)], at);
        let mut longest: Option<(u8, usize)> = None;
        for (role, end) in self.landmarks.roles_at(at) {
            let Role::Value(p, value) = role else { continue };
            if p == index && longest.is_none_or(|(_, len)| end - at > len) && spelled(value) {
                longest = Some((value, end - at));
            }
        }
        longest
    }

    /// Whether a stretch is plain words, not a code or a quoted name.
    pub fn wordy(&self, first: usize, past: usize) -> bool {
        (first..past).all(|at| matches!(self.stretch.kind(at), ItemKind::Word | ItemKind::Possessive))
    }

    /// Whether the words at an item, typed small, hardly name the one whom something is sent to: they mean something, and
    /// nobody is called so. "sms rebilling: off" writes to no Rebilling.
    pub fn is_nobody(&self, op: &Operation, param: u8, declared: &Parameter, at: usize) -> bool {
        let line = self.stretch.line;
        let word = &line.utterance.items[at].folded;
        let known = || line.is_common(at) || line.matches(at).iter().any(|m| !m.repaired);
        op.risk == Risk::Send
            && matches!(declared.kind, Kind::Entity(_))
            && self.has(param, traits::PERSON)
            && *self.stretch.kind(at) == ItemKind::Word
            && self.stretch.is_small(at)
            && !self.stretch.is(at, WordSet::Person)
            && known()
            && !is_given_name(word)
            && !is_surname(word)
    }

    /// Whether an address would be taken for a text where another parameter takes addresses of its kind: "add ann@x.io as a
    /// contact" tells no name.
    pub fn is_address(&self, params: &[Parameter], declared: &Parameter, first: usize, past: usize) -> bool {
        if *self.stretch.kind(first) == ItemKind::Address {
            let takes = |param: &Parameter| !param.rest_of_address.is_empty();
            return past == first + 1 && !takes(declared) && declared.kind == Kind::Text && params.iter().any(takes);
        }
        let kind = match self.stretch.kind(first) {
            ItemKind::Email => Kind::Email,
            ItemKind::Phone => Kind::Phone,
            _ => return false,
        };
        past == first + 1 && declared.kind == Kind::Text && params.iter().any(|p| p.kind == kind)
    }

    /// Whether a code between two items is a time, where times are asked for: "transactions from Q1".
    pub fn is_time(&self, first: usize, past: usize) -> bool {
        let whole = || self.stretch.dates_at(first).any(|(_, date)| date.last + 1 == past);
        self.frame.dated && *self.stretch.kind(first) == ItemKind::Code && whole()
    }

    /// Whether an item is an article or possessive, not a word that also does something ("new").
    pub fn article(&self, at: usize) -> bool {
        // "Reason: no longer used"
        let denies = || self.stretch.line.denies(at);
        at < self.stretch.past
            && self.stretch.is(at, WordSet::Determiner)
            && !self.stretch.line.is_verb(at)
            && !denies()
    }

    /// What a pronoun costs that stands for nothing which the clause in front of the order named.
    pub fn unheard(&self, param: &Parameter, found: Found) -> i32 {
        let (Kind::Entity(resource), Found::Pronoun(at)) = (&param.kind, found) else { return 0 };
        let memory = self.stretch.memory;
        if memory.is_empty() && !self.stretch.echoes(at.into()) || memory.latest(resource).is_some() {
            0
        } else if self.stretch.echoes(at.into()) {
            score::UNHEARD
        } else {
            score::NOT_SPOKEN_OF
        }
    }

    /// The landmarks.
    pub fn landmarks(&self) -> &Landmarks {
        &self.landmarks
    }

    /// Whether a capitalised noun begins a name behind a word typed small: "an invoice to Bill Hayes".
    pub fn opens_name(&self, at: usize) -> bool {
        let stretch = self.stretch;
        let small = |at: usize| stretch.is_small(at);
        at > stretch.first
            && small(at - 1)
            && stretch.is_name(at)
            && at + 1 < stretch.past
            && stretch.is_name(at + 1)
            && *stretch.kind(at + 1) == ItemKind::Word
            && !stretch.line.is_noun(at + 1)
    }

    /// The noun of a parameter's resource at an item, with its length and whether it is also the object.
    pub fn noun_of(&self, param: u8, at: usize) -> Option<NounHere> {
        if self.stretch.line.is_noun(at) && !self.opens_name(at) { self.landmarks.noun_of(param, at) } else { None }
    }
}

/// Codes of two letters are words too ("in", "is"): they must be typed as they are spelled.
fn spelled(line: &Annotated<'_>, value: &EnumValue, at: usize) -> bool {
    match &value.value {
        Literal::Text(code) if code.len() <= 2 && code.chars().all(char::is_uppercase) => {
            let item = &line.utterance.items[at];
            item.folded.len() > 2 || line.utterance.text.get(item.start..item.end) == Some(code)
        }
        _ => true,
    }
}

/// The allowed values that a list names one after the other, as [`Found::AllowedMany`] says where.
pub fn allowed_between(
    line: &Annotated<'_>,
    frame: &Frame,
    (index, param): (u8, &Parameter),
    (first, past): (usize, usize),
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = first;
    while at < past {
        let found = line.matches(at).iter().rev().filter(|m| at + usize::from(m.len) <= past).find_map(|m| {
            let value = |role| match role {
                Role::Value(p, v) if p == index => Some(v),
                _ => None,
            };
            let value =
                frame.roles(m.term).filter_map(value).find(|v| spelled(line, &param.values[usize::from(*v)], at));
            Some((value?, usize::from(m.len)))
        });
        out.extend(found.map(|(value, _)| value));
        at += found.map_or(1, |(_, len)| len);
    }
    out
}
