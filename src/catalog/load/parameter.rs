use crate::catalog::inflect::spoken;
use crate::catalog::keys::PARAMETER;
use crate::catalog::yaml::{Fields, Key, Node, Report, Value, literal, suggest, wrong};
use crate::catalog::{DateFormat, EnumValue, Kind, Literal, Method, Parameter, Place};

use super::alternatives::alternatives;
use super::each::each;
use super::enums::{FORMATS, KINDS, PLACES, WIRES};
use super::request::RequestLine;
use super::resource::Segment;
use super::scope::Scope;
use super::templates::{is_template, regex};
use super::values::{check_default, check_example, enum_values};

/// Where a parameter stands.
pub(super) struct Setting<'a> {
    /// What it may refer to.
    pub(super) scope: &'a Scope<'a>,
    /// The request line, unless it is being read for itself.
    pub(super) line: Option<&'a RequestLine>,
    /// Primary object of the operation.
    pub(super) object: Option<&'a str>,
    /// Place of the object it is a field of.
    pub(super) place: Option<Place>,
    /// Whether a parameter set brought it.
    pub(super) shared: bool,
}

/// Reads one parameter with its defaults.
pub(super) fn parameter(key: &Key, node: &Node, setting: &Setting, report: &mut Report) -> Parameter {
    let fields = Fields::new(node, &PARAMETER, format!("parameter `{}`", key.text), report);
    let place = place(&key.text, &fields, setting, report);
    let (kind, many) = kind(&key.text, &fields, setting, report);
    let values =
        fields.get("enum").map_or_else(Vec::new, |node| enum_values(node, fields.get("type").map(|_| &kind), report));
    let kind = if fields.get("type").is_none() { kind_of_values(&values).unwrap_or(kind) } else { kind };
    let default = default(&fields, setting, report);
    let filled = matches!(&default, Some(Literal::Text(text)) if is_template(text));
    let bare = matches!(&kind, Kind::Entity(r) if Some(r.as_str()) == setting.object)
        || matches!(key.text.as_str(), "name" | "title");
    let mut names = fields.words("names", report);
    let own = spoken(&key.text);
    if !own.is_empty() && !names.contains(&own) {
        names.push(own);
    }
    let inner = inner(&fields, place, &kind, setting, report);
    let each = each(&fields, (&kind, many), &inner, report);
    let bare = bare || each.as_ref().is_some_and(|each| each.price.is_some());
    let parameter = Parameter {
        name: key.text.clone(),
        place,
        also: fields.choice("also", PLACES, report),
        required: fields.flag("required", report).unwrap_or(false) || place == Place::Path,
        format: format(&kind, &fields, report),
        wire: fields.choice("wire", WIRES, report),
        takes: fields.choices("takes", WIRES, report),
        alternatives: alternatives(&fields, &kind, report),
        names,
        roles: fields.words("roles", report),
        bare: fields.flag("bare", report).unwrap_or(bare),
        supplied: fields.flag("supplied", report).unwrap_or(filled || (setting.shared && default.is_some())),
        default,
        ask: fields.text("ask", report),
        help: fields.text("help", report),
        fields: inner,
        each,
        pattern: fields.get("pattern").and_then(|node| regex(node, "`pattern`", report)),
        derive: fields.text("derive", report),
        range_end: fields.text("range_end", report),
        ahead: fields.flag("ahead", report),
        needed: fields.flag("needed", report).unwrap_or(false),
        open: fields.flag("open", report).unwrap_or(false),
        splits: fields.texts("splits", report),
        fills: fields.text("fills", report),
        rest_of_address: fields.texts("rest_of_address", report),
        bounds: bounds(&fields, &kind, report),
        unit: fields.text("unit", report),
        example: example(&fields, report),
        kind,
        many,
        values,
    };
    check_default(&fields, &parameter, report);
    check_example(&fields, &parameter, report);
    fields.finish(report);
    parameter
}

fn place(name: &str, fields: &Fields, setting: &Setting, report: &mut Report) -> Place {
    let said = fields.choice("in", PLACES, report);
    let Some(line) = setting.line else { return said.or(setting.place).unwrap_or(Place::Query) };
    let in_path = setting.place.is_none() && line.has(name);
    match (said, fields.get("in")) {
        (Some(Place::Path), Some(node)) if !in_path => {
            report.error(node.span, format!("the path has no variable `{name}`"), "");
            let variables: Vec<&str> = line.variables.iter().map(|(name, _)| name.as_str()).collect();
            suggest(name, &variables, "the variables of the path are", report);
            if variables.is_empty() {
                report.help(format!("write `{{{{ {name} }}}}` where it stands in the path, or leave `in` out"));
            }
        }
        (Some(place), Some(node)) if in_path && place != Place::Path => {
            report.error(node.span, format!("`{name}` is in the path, it cannot be elsewhere"), "");
        }
        _ => {}
    }
    let by_method = match line.method {
        Method::Get | Method::Delete | Method::Head | Method::Options => Place::Query,
        Method::Post | Method::Put | Method::Patch => Place::Body,
    };
    let default = setting.place.unwrap_or(if in_path { Place::Path } else { by_method });
    said.unwrap_or(default)
}

fn kind(name: &str, fields: &Fields, setting: &Setting, report: &mut Report) -> (Kind, bool) {
    let Some(node) = fields.get("type") else { return (implied_kind(name, fields, setting), false) };
    match &node.value {
        Value::List(items) => {
            if let [item] = items.as_slice() {
                return (named_kind(item, setting, report), true);
            }
            report.error(node.span, "a list type holds exactly one type", "");
            report.help("write it like `[text]`");
            (Kind::Any, true)
        }
        _ => (named_kind(node, setting, report), false),
    }
}

fn named_kind(node: &Node, setting: &Setting, report: &mut Report) -> Kind {
    let Some(name) = node.text() else {
        wrong(node, "`type`", "a type or a list of one type", report);
        return Kind::Any;
    };
    if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == name) {
        return kind.clone();
    }
    if setting.scope.resource(name).is_some() {
        return Kind::Entity(name.to_owned());
    }
    let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).chain(setting.scope.resource_names()).collect();
    report.error(node.span, format!("`{name}` is neither a type nor a resource"), "");
    suggest(name, &known, "the types are", report);
    Kind::Any
}

/// The type of a parameter that names none.
fn implied_kind(name: &str, fields: &Fields, setting: &Setting) -> Kind {
    if fields.get("fields").is_some() {
        return Kind::Object;
    }
    if let Some(format) = fields.get("format").and_then(Node::text) {
        return if matches!(format, "date-only" | "mm-dd-yyyy") { Kind::Date } else { Kind::DateTime };
    }
    let Some(line) = setting.line.filter(|line| line.has(name) && setting.place.is_none()) else { return Kind::Text };
    let before = line.segment_before(name).unwrap_or_default();
    let resources = &setting.scope.resources;
    let mut by_id = resources.iter().filter(|r| r.id == name);
    let before = Segment::new(before);
    let named = resources.iter().find(|r| before.names(r));
    match (by_id.next(), by_id.next(), named) {
        (Some(one), None, _) => Kind::Entity(one.name.clone()),
        (Some(_), Some(_), Some(named)) if named.id == name => Kind::Entity(named.name.clone()),
        (None, _, Some(named)) if is_id(name) => Kind::Entity(named.name.clone()),
        _ if is_id(name) => Kind::Id,
        _ => Kind::Text,
    }
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("Id") || name.ends_with("_id")
}

fn kind_of_values(values: &[EnumValue]) -> Option<Kind> {
    let all = |fits: fn(&Literal) -> bool| !values.is_empty() && values.iter().all(|v| fits(&v.value));
    if all(|v| matches!(v, Literal::Integer(_))) {
        return Some(Kind::Integer);
    }
    all(|v| matches!(v, Literal::Boolean(_))).then_some(Kind::Boolean)
}

fn format(kind: &Kind, fields: &Fields, report: &mut Report) -> DateFormat {
    let Some(format) = fields.choice("format", FORMATS, report) else { return DateFormat::Iso };
    if let (false, Some(node)) = (matches!(kind, Kind::Date | Kind::DateTime), fields.get("format")) {
        report.error(node.span, "`format` is for the types `date` and `datetime`", "");
    }
    format
}

fn default(fields: &Fields, setting: &Setting, report: &mut Report) -> Option<Literal> {
    let node = fields.get_or_null("default")?;
    if let Some(text) = node.text().filter(|text| is_template(text)) {
        setting.scope.known.templates.over(node, "`default`", &setting.scope.context, report);
        return Some(Literal::Text(text.to_owned()));
    }
    lint_zeros(node, report);
    Some(literal(node))
}

fn example(fields: &Fields, report: &mut Report) -> Option<String> {
    lint_zeros(fields.get("example")?, report);
    fields.text("example", report)
}

/// YAML readers differ over `012`: octal, twelve, or a text.
fn lint_zeros(node: &Node, report: &mut Report) {
    if let Value::Plain(text) = &node.value {
        let digits = text.trim_start_matches(['-', '+']);
        if digits.len() > 1 && digits.starts_with('0') && digits.chars().all(|c| c.is_ascii_digit()) {
            report.warning(node.span, format!("`{text}` is read as a text because of its leading zero"));
            report.help(format!("write `\"{text}\"` to say so"));
        }
    }
}

fn inner(fields: &Fields, place: Place, kind: &Kind, setting: &Setting, report: &mut Report) -> Vec<Parameter> {
    let Some(node) = fields.get("fields") else { return Vec::new() };
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, "`fields`", "a map of parameters", report);
    }
    if !matches!(kind, Kind::Object) {
        report.error(node.span, format!("{} has `fields`, so its type is `object` or `[object]`", fields.what()), "");
    }
    let setting = Setting { object: None, place: Some(place), ..*setting };
    node.entries().iter().map(|(key, node)| parameter(key, node, &setting, report)).collect()
}

fn bounds(fields: &Fields, kind: &Kind, report: &mut Report) -> (Option<f64>, Option<f64>) {
    let bounds = (fields.number::<f64>("min", report), fields.number::<f64>("max", report));
    let numeric = matches!(kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Duration | Kind::Any);
    if let (false, Some(node)) = (numeric, fields.get("min").or_else(|| fields.get("max"))) {
        report.error(node.span, "`min` and `max` are for numbers", "");
        report.help("a text is bounded by a `pattern`: `^.{1,80}$`");
    }
    let crossed = matches!(bounds, (Some(min), Some(max)) if min > max);
    if let (true, Some(node)) = (crossed, fields.get("max")) {
        report.error(node.span, "`max` is smaller than `min`", "");
    }
    bounds
}
