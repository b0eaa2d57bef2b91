use super::super::found::{Filled, Found};
use super::super::score;
use super::{Edge, Edges, Rule, flag};
use crate::catalog::{Literal, Parameter, Role};
use crate::language::ItemKind;

/// How alike the names of a number and of what it counts are, at least, where only money tells that.
const LIKE: usize = 4;

impl Edges<'_> {
    /// Fills the field that tells what the number before an item counts. Whether what is said must not be passed over: a
    /// percentage is no amount.
    pub(super) fn unit(&mut self, at: usize) -> bool {
        let Some((param, value)) = self.unit_beside(at, None) else { return false };
        let mut edge = Edge::skip(at + 1, score::ENUM, Rule::Unit);
        edge.flags = flag::HINT;
        self.fill(edge, param, Found::Allowed(value), false);
        !self.is_money(at)
    }

    /// The field that a unit belongs to, with the value that it tells: where several could, the one that shares most of its
    /// name with `number`, or with a field that was named before.
    pub(super) fn unit_beside(&self, at: usize, number: Option<u8>) -> Option<(u8, u8)> {
        let told = |(role, _)| if let Role::Value(param, value) = role { Some((param, value)) } else { None };
        let landmarks = self.slots.landmarks();
        let near = |param: u8| {
            let name = self.op.params[usize::from(param)].name.as_str();
            let like = |field: u8| likeness(name, &self.op.params[usize::from(field)].name);
            number.map_or_else(|| landmarks.fields_before(at).map(like).max().unwrap_or(0), like)
        };
        let other = self.other_kind(at).filter(|(param, _)| near(*param) >= LIKE);
        let told = landmarks.roles_at(at).filter_map(told).chain(other);
        let single = told.filter(|(param, _)| !self.op.params[usize::from(*param)].many);
        single.max_by_key(|(param, _)| (near(*param), std::cmp::Reverse(*param)))
    }

    /// Money tells of a field of two values, one of which is the percentage, that it is the other.
    fn other_kind(&self, at: usize) -> impl Iterator<Item = (u8, u8)> + '_ {
        let money = self.is_money(at);
        let percent = self.stretch.vocabulary.percent;
        let roles = percent.into_iter().filter(move |_| money).flat_map(|term| self.frame.roles(term));
        roles.filter_map(|role| match role {
            Role::Value(param, value) if self.is_pair(param) => Some((param, 1 - value.min(1))),
            _ => None,
        })
    }

    /// Lays the units inside a pattern over what it fills. Whether they fit: what takes an amount takes no percentage.
    pub(super) fn counts(&self, edge: &mut Edge, first: usize, past: usize, filled: &[Filled]) -> bool {
        for at in (first..past).filter(|at| *self.stretch.kind(*at) == ItemKind::Unit) {
            let number = filled.iter().find(|f| matches!(f.found, Found::Span(_, end) if usize::from(end) == at));
            let Some((param, value)) = self.unit_beside(at, number.map(|f| f.param)) else { continue };
            let said = filled.iter().find(|f| f.param == param).map(|f| f.found);
            let same = match said {
                None => {
                    edge.params |= 1 << param;
                    edge.filled = Some(Filled { param, found: Found::Allowed(value) });
                    true
                }
                Some(Found::Allowed(other)) => other == value,
                Some(Found::Set(text)) => self.sets(param, value, text),
                Some(_) => true,
            };
            if !same && !self.is_money(at) {
                return false;
            }
        }
        true
    }

    fn sets(&self, param: u8, value: u8, text: u16) -> bool {
        let declared = &self.op.params[usize::from(param)].values[usize::from(value)].value;
        matches!(declared, Literal::Text(known) if known.eq_ignore_ascii_case(self.frame.set_text(text)))
    }

    fn is_money(&self, at: usize) -> bool {
        at > 0 && matches!(self.stretch.kind(at - 1), ItemKind::Money { .. })
    }

    fn is_pair(&self, param: u8) -> bool {
        let declared: &Parameter = &self.op.params[usize::from(param)];
        declared.values.len() == 2
    }
}

/// How alike two names are: by the letters that both begin with, in the same object; `discount.type` belongs to all that
/// is in `discount`.
fn likeness(kind: &str, number: &str) -> usize {
    let parted = |name: &'_ str| name.rsplit_once('.').map_or((0, 0), |(parent, _)| (parent.len(), parent.len() + 1));
    let ((kinds, from), (numbers, other)) = (parted(kind), parted(number));
    if kind[..kinds] != number[..numbers] {
        return 0;
    }
    let (last, beside) = (&kind[from..], &number[other..]);
    let alone = from > 0 && last.bytes().all(|letter| letter.is_ascii_lowercase());
    let shared = last.bytes().zip(beside.bytes()).take_while(|(a, b)| a == b).count();
    if alone { LIKE.max(shared) } else { shared }
}

#[cfg(test)]
mod tests {
    use super::{LIKE, likeness};

    #[test]
    fn the_kind_of_a_number_is_named_like_it() {
        for (kind, number) in
            [("discountType", "discountValue"), ("discount.type", "discount.value"), ("pay.depositType", "pay.deposit")]
        {
            assert!(likeness(kind, number) >= LIKE, "{kind} {number}");
        }
        for (kind, number) in [("pay.depositType", "pay.amount"), ("discount.type", "amount"), ("type", "amount")] {
            assert!(likeness(kind, number) < LIKE, "{kind} {number}");
        }
    }
}
