use crate::catalog::Condition;
use crate::catalog::keys::CONDITION;
use crate::catalog::yaml::{Fields, Node, Report, Value, literal, words, wrong};

/// Reads `where` of a resource.
pub(super) fn conditions(resource: &str, node: &Node, report: &mut Report) -> Vec<Condition> {
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, "`where`", "a map from keys of a record to words", report);
    }
    let mut found = Vec::new();
    for (key, node) in node.entries() {
        let condition = match &node.value {
            Value::Map(_) => {
                let fields = Fields::new(node, &CONDITION, format!("`{}` of `where`", key.text), report);
                let sends = fields.get("sends").map_or(&[][..], Node::entries);
                let sends = sends.iter().map(|(name, node)| (name.text.clone(), literal(node))).collect();
                let condition = Condition { key: key.text.clone(), words: fields.words("words", report), sends };
                fields.finish(report);
                condition
            }
            _ => Condition { key: key.text.clone(), words: words(node, &key.text, report), sends: Vec::new() },
        };
        if condition.words.is_empty() {
            report.error(key.span, format!("`{}` of `where` of resource `{resource}` has no `words`", key.text), "");
            report.help(format!("say what people put before the value: `{}: [with {}]`", key.text, key.text));
        }
        found.push(condition);
    }
    found
}
