use crate::catalog::yaml::{Key, Node, Report, Span, Value};
use crate::catalog::{Kind, Page, PageAdvance, Parameter, WireType};

use super::parameter::{Setting, parameter};
use super::request::RequestLine;
use super::scope::Scope;

/// Adds the parameters that the pagination style turns and the operation does not list.
pub(super) fn paging(page: Option<&Page>, line: Option<&RequestLine>, params: &mut Vec<Parameter>, scope: &Scope) {
    let Some(style) = page.and_then(|page| scope.styles.iter().find(|style| style.name == page.style)) else { return };
    let number = |name: &String| (name.clone(), Kind::Integer);
    let mut turned: Vec<(String, Kind)> = style.size.iter().map(|(name, _)| number(name)).collect();
    match &style.advance {
        PageAdvance::Single => {}
        PageAdvance::Page(name, _) | PageAdvance::Offset(name) => turned.push(number(name)),
        PageAdvance::Cursor(places) => turned.extend(places.iter().map(|(name, _)| (name.clone(), Kind::Any))),
    }
    for (name, kind) in turned {
        if params.iter().any(|param| param.name == name) {
            continue;
        }
        let setting = Setting { scope, line, object: None, place: None, shared: true };
        let key = Key { text: name, span: Span::default() };
        let empty = Node { span: Span::default(), value: Value::Null };
        let plain = parameter(&key, &empty, &setting, &mut Report::new(Vec::new()));
        let wire = (style.as_text && kind == Kind::Integer).then_some(WireType::String);
        params.push(Parameter { kind, wire, supplied: true, ..plain });
    }
}
