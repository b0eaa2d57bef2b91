use serde_json::{Map, Value as Json};

use super::header::is_header_text;
use super::nest::{nested, put_nested};
use super::query::query_pairs;
use super::shapes::misshapen;
use super::{Body, File, Part, Problem};
use crate::catalog::{BodyKind, Kind, Method, Operation, Parameter, Place};
use crate::plan::plain_text;

/// Checked values, each where it is sent.
#[derive(Default)]
pub(super) struct Parts {
    pub path: Map<String, Json>,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    body: Map<String, Json>,
    whole: Option<Json>,
    files: Vec<(String, File)>,
}

impl Parts {
    /// Puts a value where its parameter is sent.
    pub fn put(&mut self, parameter: &Parameter, operation: &Operation, json: Json, problems: &mut Vec<Problem>) {
        if let Some(also) = parameter.also {
            self.put_at(also, parameter, operation, json.clone(), problems);
        }
        self.put_at(parameter.place, parameter, operation, json, problems);
    }

    fn put_at(
        &mut self,
        place: Place,
        parameter: &Parameter,
        operation: &Operation,
        json: Json,
        problems: &mut Vec<Problem>,
    ) {
        let name = &parameter.name;
        match place {
            Place::Path => drop(self.path.insert(name.clone(), json)),
            Place::Query => self.query.extend(query_pairs(name, &json)),
            Place::Header => match plain_text(&json).filter(|text| is_header_text(text)) {
                Some(text) => self.headers.push((name.clone(), text)),
                None => problems.push(Problem::new(name, format!("`{name}` must be one line of text"))),
            },
            Place::Body if parameter.kind == Kind::File && operation.body == BodyKind::Multipart => {
                let given = if let Json::Array(items) = &json { items.as_slice() } else { std::slice::from_ref(&json) };
                self.files.extend(given.iter().filter_map(|value| Some((name.clone(), File::of(value)?))));
            }
            Place::Body if operation.body == BodyKind::JsonWhole && name == "body" => self.whole = Some(json),
            Place::Body => self.put_in_body(name, operation, json),
        }
    }

    /// Puts a value into the body, where the dots of its name say.
    pub fn put_in_body(&mut self, name: &str, operation: &Operation, json: Json) {
        let inside = name.strip_prefix("body.").filter(|_| operation.body == BodyKind::JsonWhole);
        put_nested(&mut self.body, inside.unwrap_or(name), json);
    }

    /// The body, its objects held to the shapes they may take.
    pub fn body(&mut self, operation: &Operation, problems: &mut Vec<Problem>) -> Option<Body> {
        let fields = std::mem::take(&mut self.body);
        for parameter in operation.params.iter().filter(|p| p.place == Place::Body && p.fields.is_empty()) {
            let object = nested(&fields, &parameter.name).and_then(Json::as_object);
            problems.extend(object.and_then(|fields| misshapen(&parameter.name, parameter, fields)));
        }
        match operation.body {
            BodyKind::None => None,
            BodyKind::JsonWhole => self.whole.take().or_else(|| one_element(operation, fields)).map(Body::Json),
            BodyKind::Json => {
                let wanted = !matches!(operation.method, Method::Get | Method::Head | Method::Options);
                (wanted || !fields.is_empty()).then_some(Body::Json(Json::Object(fields)))
            }
            BodyKind::Form => Some(Body::Form(texts(fields, problems))),
            BodyKind::Multipart => {
                let texts = texts(fields, problems).into_iter().map(|(name, text)| Part::Text(name, text));
                let files = std::mem::take(&mut self.files).into_iter().map(|(name, file)| Part::File(name, file));
                Some(Body::Multipart(texts.chain(files).collect()))
            }
        }
    }
}

/// A whole body of which only the fields of its one element were given (`body.channel`).
fn one_element(operation: &Operation, fields: Map<String, Json>) -> Option<Json> {
    let many = operation.param("body").is_some_and(|p| p.many);
    let element = (!fields.is_empty()).then_some(Json::Object(fields))?;
    Some(if many { Json::Array(vec![element]) } else { element })
}

fn texts(fields: Map<String, Json>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in fields {
        if name.chars().any(char::is_control) {
            problems.push(Problem::new(&name, format!("`{}` must be one line", name.escape_debug())));
        }
        out.extend(query_pairs(&name, &value));
    }
    out
}
