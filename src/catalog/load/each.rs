//! `each` of a list of objects: how people say one of them.

use crate::catalog::keys::EACH;
use crate::catalog::yaml::{Fields, Report, suggest};
use crate::catalog::{Each, Kind, Parameter};

/// Reads `each`, whose values are names of the object's fields.
pub(super) fn each(
    fields: &Fields,
    (kind, many): (&Kind, bool),
    inner: &[Parameter],
    report: &mut Report,
) -> Option<Each> {
    let node = fields.get("each")?;
    if !matches!(kind, Kind::Object) || !many {
        report.error(node.span, format!("{} has `each`, so its type is `[object]`", fields.what()), "");
    }
    let parts = Fields::new(node, &EACH, "`each`", report);
    let known: Vec<&str> = inner.iter().map(|field| field.name.as_str()).collect();
    let mut part = |name: &'static str| {
        let field = parts.text(name, report)?;
        if let Some(said) = parts.get(name).filter(|_| !known.contains(&field.as_str())) {
            report.error(said.span, format!("the object has no field `{field}`"), "");
            suggest(&field, &known, "its fields are", report);
        }
        Some(field)
    };
    let each = Each { id: part("id"), text: part("text"), price: part("price"), count: part("count") };
    parts.finish(report);
    Some(each)
}
