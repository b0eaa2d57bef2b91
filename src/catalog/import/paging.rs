//! How lists are paged, as far as the names of their parameters tell.

use crate::catalog::openapi::{SpecOperation, SpecParameter, SpecPlace, SpecSchema};

use super::english::{all, is};
use super::yaml_text::{quoted, scalar};

/// A pagination style as the service file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    /// Its name.
    pub(super) name: String,
    /// Its map, as YAML.
    pub(super) yaml: String,
    /// Parameters that it turns.
    pub(super) turns: Vec<String>,
}

/// The style of a list, added to those that are known; nothing when it has none.
pub(super) fn style(operation: &SpecOperation, styles: &mut Vec<Style>) -> Option<String> {
    let in_query = |set: &str| {
        let query = operation.params.iter().filter(|param| param.place == SpecPlace::Query);
        query.clone().find(|param| is(set, &param.name.to_lowercase()))
    };
    let size = in_query("page-size");
    let (kind, advance, turned) = if let Some(page) = in_query("page-number") {
        let first = first_page(page);
        ("page", format!("page: {{{}: {first}}}", scalar(&page.name)), Some(page))
    } else if let Some(offset) = in_query("page-offset") {
        ("offset", format!("offset: {}", scalar(&offset.name)), Some(offset))
    } else if let Some(cursor) = in_query("page-cursor") {
        let place = next_place(operation, cursor)?;
        ("cursor", format!("cursor: {{{}: {}}}", scalar(&cursor.name), quoted(&place)), Some(cursor))
    } else {
        ("single", String::new(), None)
    };
    let mut parts = Vec::new();
    if let Some(size) = size {
        parts.push(format!("size: {{{}: {}}}", scalar(&size.name), page_size(size)));
    }
    if !advance.is_empty() {
        parts.push(advance);
    }
    if parts.is_empty() {
        return None;
    }
    let yaml = format!("{{{}}}", parts.join(", "));
    if let Some(known) = styles.iter().find(|style| style.yaml == yaml) {
        return Some(known.name.clone());
    }
    let same = styles.iter().filter(|style| style.name.split('-').next() == Some(kind)).count();
    let name = if same == 0 { kind.to_owned() } else { format!("{kind}-{}", same + 1) };
    let turns = size.into_iter().chain(turned).map(|param| param.name.clone()).collect();
    styles.push(Style { name: name.clone(), yaml, turns });
    Some(name)
}

fn number(value: Option<&serde_json::Value>) -> Option<u64> {
    value.and_then(|value| value.as_u64().or_else(|| value.as_str().and_then(|text| text.parse().ok())))
}

fn first_page(param: &SpecParameter) -> u64 {
    let default = number(param.schema.default.as_ref()).filter(|first| *first < 2);
    let least = (param.schema.min == Some(0.0)).then_some(0);
    default.or(least).unwrap_or(1)
}

/// The size to ask for: what the API takes by itself, else as many as it allows up to fifty.
fn page_size(param: &SpecParameter) -> u64 {
    const USUAL: u64 = 50;
    let usual = number(param.schema.default.as_ref()).filter(|size| *size > 0);
    let most = param.schema.max.filter(|most| *most >= 1.0 && *most < 10_000.0);
    // The bound is a whole number between 1 and 10,000.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just before")]
    let most = most.map(|most| most as u64);
    usual.unwrap_or_else(|| most.map_or(USUAL, |most| most.min(USUAL)))
}

/// Where an answer tells the next cursor.
fn next_place(operation: &SpecOperation, cursor: &SpecParameter) -> Option<String> {
    let name = cursor.name.to_lowercase();
    if name == "starting_after" || name == "startingafter" {
        return Some("$last.id".to_owned());
    }
    let schema = operation.response.as_ref()?.schema.as_ref()?;
    let named = |schema: &SpecSchema| {
        let fields: Vec<String> = schema.fields().into_iter().map(|(name, ..)| name.to_owned()).collect();
        all("page-next").find_map(|next| fields.iter().find(|field| field.to_lowercase() == next).cloned())
    };
    if let Some(found) = named(schema) {
        return Some(found);
    }
    schema.fields().into_iter().find_map(|(outer, inner, _)| {
        let found = named(inner)?;
        Some(format!("{outer}.{found}"))
    })
}
