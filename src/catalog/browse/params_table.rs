use super::super::Parameter;
use super::labels;

/// Longest list of values or names in a cell, in characters.
const MOST: usize = 60;

/// A table of parameters, fields of objects under their object, in plain text.
pub(super) fn params_table(params: &[Parameter]) -> String {
    let mut rows = Vec::new();
    for param in params {
        row(param, "", &mut rows);
    }
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in rows {
        let line: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(at, cell)| widths.get(at).map_or_else(|| cell.clone(), |width| format!("{cell:width$}")))
            .collect();
        out.push_str(format!("  {}", line.join("  ")).trim_end());
        out.push('\n');
    }
    out
}

fn row(param: &Parameter, above: &str, rows: &mut Vec<[String; 5]>) {
    let name = format!("{above}{}", param.name);
    let need = match (param.required, param.supplied, param.default.is_some()) {
        (_, true, _) => "filled in",
        (true, _, false) => "required",
        (_, _, true) => "has default",
        _ => "",
    };
    rows.push([name.clone(), labels::place(param.place).into(), labels::kind(param), need.into(), about(param)]);
    for field in &param.fields {
        row(field, &format!("{name}."), rows);
    }
}

fn about(param: &Parameter) -> String {
    let mut parts = Vec::new();
    if let Some(help) = &param.help {
        parts.push(help.clone());
    }
    if !param.values.is_empty() {
        let values: Vec<String> = param.values.iter().map(|v| labels::literal(&v.value)).collect();
        parts.push(format!("one of {}", short(&values)));
    }
    if let Some(default) = &param.default {
        parts.push(match labels::literal(default) {
            text if text.contains("{{") => format!("from {}", text.trim_matches(['{', '}', ' '])),
            text => format!("default {text}"),
        });
    }
    match param.bounds {
        (Some(min), Some(max)) => parts.push(format!("{min} to {max}")),
        (Some(min), None) => parts.push(format!("at least {min}")),
        (None, Some(max)) => parts.push(format!("at most {max}")),
        (None, None) => {}
    }
    let own = super::super::inflect::spoken(&param.name);
    let names: Vec<String> = param.names.iter().filter(|name| **name != own).cloned().collect();
    if !names.is_empty() {
        parts.push(format!("also said: {}", short(&names)));
    }
    parts.join("; ")
}

/// A list cut short when it is long.
fn short(items: &[String]) -> String {
    let mut out = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 && out.chars().count() + item.chars().count() > MOST {
            return format!("{out} … ({} in all)", items.len());
        }
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(item);
    }
    out
}
