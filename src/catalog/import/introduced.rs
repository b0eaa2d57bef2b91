//! What introduces the values of fields by their names: "in EUR", "at https://…".

use std::collections::BTreeSet;

use super::english::{is, is_preposition, pairs, words};
use super::field::Field;
use super::op::Op;

/// Gives fields what usually introduces their values, where no other field of the request is introduced so and no record
/// of the path may be: "in EUR", "at https://…".
pub(super) fn introduced(op: &mut Op<'_>) {
    let whole = op.shape.variables().count() == 0;
    let mut taken: BTreeSet<String> = op.sent.fields.iter().flat_map(|field| field.roles.iter().cloned()).collect();
    let part_of_address = |field: &Field| {
        let (above, last) = field.name.rsplit_once('.').unwrap_or(("", &field.name));
        let last = words(last).join(" ");
        is("beside-state", &last).then(|| above.to_owned())
    };
    let addresses: BTreeSet<String> = op.sent.fields.iter().filter_map(part_of_address).collect();
    for field in &mut op.sent.fields {
        let plain = field.fields.is_empty() && !matches!(field.kind.as_str(), "boolean" | "object" | "any");
        if op.sent.template.contains(&format!("{{{{ {} }}}}", field.name)) || !plain || field.default.is_some() {
            continue;
        }
        let spoken = words(field.name.rsplit('.').next().unwrap_or(&field.name));
        let last = spoken.last().cloned().unwrap_or_default();
        let own = pairs("field-role", &spoken.join(" "));
        let roles = if own.is_empty() { pairs("field-role", &last) } else { own };
        // The state of a deploy is no place, unless it stands among the parts of an address.
        let above = field.name.rsplit_once('.').map_or("", |(above, _)| above).to_owned();
        if is("place-or-state", &last) && !addresses.contains(&above) {
            continue;
        }
        for role in roles {
            let free = whole || !is_preposition(role);
            if free && taken.insert((*role).to_owned()) {
                field.roles.push((*role).to_owned());
            }
        }
    }
}
