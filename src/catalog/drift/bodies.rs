use super::Aspect;
use super::compare::Comparison;
use super::fields::{Field, fields_of};
use crate::catalog::openapi::{SpecBody, SpecKind, SpecSchema};
use crate::catalog::{BodyKind, Parameter, Place};

/// The name of the parameter that is a whole body.
const WHOLE: &str = "body";

impl Comparison<'_> {
    /// Compares the body: its content type, then its fields.
    pub(super) fn body(&mut self) {
        let (ours, theirs) = (self.ours, self.theirs);
        let own: Vec<&Parameter> = ours.params.iter().filter(|p| in_body(p) && p.is_sent()).collect();
        let Some(body) = theirs.body.as_ref().filter(|body| !is_idle(body) || ours.body != BodyKind::None) else {
            for param in own {
                self.extra(&format!("body {}", param.name), param);
            }
            return;
        };
        self.content_type(body);
        if is_idle(body) {
            return self.unsaid(&own);
        }
        if ours.body == BodyKind::JsonWhole {
            return self.whole(&own, body);
        }
        let fields = Level { at: "body ".to_owned(), prefix: String::new(), required: true };
        self.fields(&own, &body.schema, &fields);
    }

    /// A body of which the specification says nothing but that there is one.
    fn unsaid(&mut self, own: &[&Parameter]) {
        let names: Vec<&str> = own.iter().map(|param| param.name.as_str()).collect();
        if !names.is_empty() {
            self.note(WHOLE, Aspect::Presence, names.join(", "), "no field");
        }
    }

    fn content_type(&mut self, body: &SpecBody) {
        let own = match self.ours.body {
            BodyKind::None => "nothing",
            BodyKind::Json | BodyKind::JsonWhole => "application/json",
            BodyKind::Form => "application/x-www-form-urlencoded",
            BodyKind::Multipart => "multipart/form-data",
        };
        if !body.content_types.iter().any(|known| known == own) {
            self.note("", Aspect::Body, own, body.content_types.join(" or "));
        }
    }

    /// A body that is one value: a list, or an object with any keys.
    fn whole(&mut self, own: &[&Parameter], body: &SpecBody) {
        let Some(whole) = own.iter().find(|param| param.name == WHOLE) else { return };
        self.value(WHOLE, whole, &body.schema, body.required || whole.required);
        let inner = body.schema.items.as_deref().unwrap_or(&body.schema);
        let dotted: Vec<&Parameter> = own.iter().copied().filter(|param| param.name != WHOLE).collect();
        let (fields, prefix): (Vec<&Parameter>, String) = if whole.fields.is_empty() {
            (dotted, format!("{WHOLE}."))
        } else {
            (whole.fields.iter().collect(), String::new())
        };
        let required = body.schema.kind == SpecKind::Array || body.required;
        self.fields(&fields, inner, &Level { at: format!("{WHOLE} "), prefix, required });
    }

    /// Compares the fields of an object with those of the catalog that stand for it.
    fn fields(&mut self, own: &[&Parameter], schema: &SpecSchema, level: &Level) {
        for Field { name, schema: field, required } in &fields_of(schema) {
            let full = format!("{}{name}", level.prefix);
            let at = format!("{}{full}", level.at);
            let inside = format!("{full}.");
            let required = *required && level.required;
            let below = Level { at: level.at.clone(), prefix: inside.clone(), required };
            match own.iter().find(|param| param.name == full) {
                Some(param) if param.place != Place::Body => self.echo(&at, param, field),
                Some(param) => {
                    self.value(&at, param, field, required);
                    self.inner(own, param, field, &at, &below);
                }
                None if own.iter().any(|param| param.name.starts_with(&inside)) => self.fields(own, field, &below),
                // Only answers have it; a request may leave it out, whatever else it is.
                None if field.read_only => {}
                None => self.absent(&at, field, required),
            }
        }
        self.extras(own, schema, level);
    }

    /// Compares what is in an object, or in each object of a list.
    fn inner(&mut self, own: &[&Parameter], param: &Parameter, field: &SpecSchema, at: &str, below: &Level) {
        let object = field.items.as_deref().unwrap_or(field);
        if fields_of(object).is_empty() || object.cut {
            let open = object.cut || object.says_nothing() || object.additional.is_some();
            for inner in param.fields.iter().filter(|_| !open) {
                self.extra(&format!("{at}.{}", inner.name), inner);
            }
            return;
        }
        if !param.fields.is_empty() {
            let fields: Vec<&Parameter> = param.fields.iter().collect();
            return self.fields(
                &fields,
                object,
                &Level { at: format!("{at}."), prefix: String::new(), required: true },
            );
        }
        self.fields(own, object, below);
    }

    /// Notes the fields at one level that the specification does not have.
    fn extras(&mut self, own: &[&Parameter], schema: &SpecSchema, level: &Level) {
        if schema.cut || schema.additional.is_some() && fields_of(schema).is_empty() {
            return;
        }
        let known = fields_of(schema);
        for param in own {
            let Some(rest) = param.name.strip_prefix(&level.prefix) else { continue };
            let head = rest.split('.').next().unwrap_or(rest);
            if !known.iter().any(|field| field.name == rest || field.name == head) {
                self.extra(&format!("{}{}", level.at, param.name), param);
            }
        }
    }
}

/// Where in a body a comparison is.
struct Level {
    /// What stands before a name in messages: `body `.
    at: String,
    /// What stands before it in the catalog: `owner.`.
    prefix: String,
    /// Whether all that it stands in is required.
    required: bool,
}

fn in_body(param: &Parameter) -> bool {
    param.place == Place::Body || param.also == Some(Place::Body)
}

/// Whether a file declares a body and says nothing of it, as some do for requests that have none.
fn is_idle(body: &SpecBody) -> bool {
    body.schema.says_nothing()
}
