use crate::catalog::openapi::{SpecKind, SpecSchema};

/// A field of an object.
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// What it may be; where the alternatives of the object disagree, only what they agree on.
    pub(super) schema: SpecSchema,
    /// Whether it must be there, whichever alternative is meant.
    pub(super) required: bool,
}

/// The fields of a schema and of all its alternatives, each name once.
pub(super) fn fields_of(schema: &SpecSchema) -> Vec<Field> {
    let needed = schema.fields();
    let named = |name: &str| {
        let mut all = Vec::new();
        gather(schema, name, &mut all);
        all
    };
    let field = |(name, _, required): &(&str, &SpecSchema, bool)| {
        let schema = agreed(&named(name));
        Field { name: (*name).to_owned(), schema, required: *required }
    };
    needed.iter().map(field).collect()
}

fn gather<'a>(schema: &'a SpecSchema, name: &str, found: &mut Vec<&'a SpecSchema>) {
    found.extend(schema.property(name));
    schema.alternatives.iter().for_each(|alternative| gather(alternative, name, found));
}

/// What several accounts of one field have in common.
fn agreed(all: &[&SpecSchema]) -> SpecSchema {
    let Some((first, others)) = all.split_first() else { return SpecSchema::default() };
    let mut schema = (*first).clone();
    for other in others {
        if other.kind != schema.kind {
            return SpecSchema { kind: SpecKind::Any, read_only: schema.read_only, ..SpecSchema::default() };
        }
        if schema.values.is_empty() || other.values.is_empty() {
            schema.values.clear();
        } else {
            let more = other.values.iter().filter(|value| !schema.values.contains(value)).cloned();
            let more: Vec<_> = more.collect();
            schema.values.extend(more);
        }
        let more = other.properties.iter().filter(|(name, _)| schema.property(name).is_none()).cloned();
        let more: Vec<_> = more.collect();
        schema.properties.extend(more);
        schema.required.retain(|name| other.requires(name));
    }
    schema
}
