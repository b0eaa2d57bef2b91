use crate::catalog::TokenKind;
use crate::catalog::yaml::{Node, Report};

use super::enums::TOKENS;
use super::forest::Forest;
use super::merge::merge;

/// What a service says of a specification of its API, which running it has no use for: the kinds of token by security
/// scheme, and the differences that operations account for.
#[expect(clippy::type_complexity, reason = "two lists of pairs, named by the one caller")]
pub(in crate::catalog) fn accounts(
    forest: &Forest,
    service: &str,
) -> (Vec<(String, TokenKind)>, Vec<(String, Vec<(String, String)>)>) {
    let merged = merge(forest, &mut Report::new(forest.files()));
    let Some(part) = merged.services.into_iter().find(|part| part.name == service) else { return Default::default() };
    let kinds = texts(part.root.as_ref().and_then(|root| root.get("token_kinds")));
    let kind = |word: &str| TOKENS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    let token_kinds = kinds.into_iter().filter_map(|(scheme, word)| Some((scheme, kind(&word)?))).collect();
    let differs = |node: &Node| Some(texts(node.get("differs"))).filter(|texts| !texts.is_empty());
    let operations = part.operations.iter().filter_map(|op| Some((op.key.text.clone(), differs(&op.node)?))).collect();
    (token_kinds, operations)
}

fn texts(node: Option<&Node>) -> Vec<(String, String)> {
    let entries = node.map_or(&[][..], Node::entries).iter();
    entries.filter_map(|(key, node)| Some((key.text.clone(), node.text()?.to_owned()))).collect()
}
