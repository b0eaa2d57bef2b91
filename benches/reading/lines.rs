use std::path::Path;

use sayso::catalog::{Catalog, Layer, read_cases};
use serde_json::{Map, Value};

/// A line and what it is meant as.
pub struct Line {
    /// The words.
    pub text: String,
    /// Whether it means anything; else it is to be refused.
    pub meant: bool,
    /// The operation by the catalog's name, when the label gives it.
    pub operation: Option<String>,
    /// The values it says, when the label gives them.
    pub params: Map<String, Value>,
}

/// The phrases of a catalog's test files.
pub fn of_cases(layer: &Layer, catalog: &Catalog) -> Vec<Line> {
    let cases = layer.tests().flat_map(|(file, text)| read_cases(file, text, catalog).unwrap_or_default());
    let lines = |case: sayso::catalog::Case| {
        let line = |text: String, meant: bool| Line { text, meant, operation: None, params: Map::new() };
        let (say, refuse) = (case.say.into_iter(), case.refuse.into_iter());
        say.map(move |p| line(p.text, true)).chain(refuse.map(move |p| line(p.text, false))).collect::<Vec<_>>()
    };
    cases.flat_map(lines).collect()
}

/// One JSON object a line: `text`, and `op` or `intent`, which is null where a refusal is due; `slots` are the values.
pub fn of_jsonl(file: &Path) -> Result<Vec<Line>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let wrong = || format!("{}:{}: not a labelled line", file.display(), at + 1);
        let value: Value = serde_json::from_str(line).map_err(|_| wrong())?;
        let said = value["text"].as_str().ok_or_else(wrong)?;
        let operation = value["intent"].as_str().map(str::to_owned);
        let meant = operation.is_some() || !value["op"].is_null() || value["steps"].is_array();
        let params = value["slots"].as_object().cloned().unwrap_or_default();
        lines.push(Line { text: said.to_owned(), meant, operation, params });
    }
    Ok(lines)
}
