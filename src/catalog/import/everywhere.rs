//! What nearly every request of a service takes says nothing of what one of them does: `?pretty=true`.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::openapi::SpecPlace;

use super::field::Field;
use super::model::Model;

/// Services of no more requests have nothing that is common to them.
const FEW: usize = 10;

/// Adds the patterns of every operation without looking at what all of them take.
pub(super) fn says(model: &mut Model<'_>) {
    let common = common(model);
    let mut apart: Vec<Vec<(usize, Field)>> = Vec::new();
    for op in &mut model.operations {
        let fields = std::mem::take(&mut op.sent.fields).into_iter().enumerate();
        let (away, kept): (Vec<_>, Vec<_>) =
            fields.partition(|(_, field)| !field.required && common.contains(&field.name));
        op.sent.fields = kept.into_iter().map(|(_, field)| field).collect();
        apart.push(away);
    }
    super::says::add(model);
    for (op, fields) in model.operations.iter_mut().zip(apart) {
        for (at, field) in fields {
            op.sent.fields.insert(at.min(op.sent.fields.len()), Field { names: Vec::new(), ..field });
        }
    }
}

/// The parameters beside the body that most requests of a service take.
fn common(model: &Model<'_>) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for param in model.operations.iter().flat_map(|op| &op.spec.params) {
        if matches!(param.place, SpecPlace::Query | SpecPlace::Header) {
            *counts.entry(&param.name).or_default() += 1;
        }
    }
    let all = model.operations.len();
    let most = counts.into_iter().filter(|(_, count)| all > FEW && count * 10 >= all * 6);
    most.map(|(name, _)| name.to_owned()).collect()
}
