//! Requests as the program makes them, with believable ids wherever a record has to be looked up.

use jiff::Zoned;
use sayso::app::{Engine, EngineOptions};
use sayso::catalog::{
    BodyKind, Case, Catalog, DateFormat, Kind, OpId, Operation, Parameter, Place, WireType, load, read_cases,
    read_layer,
};
use sayso::intent::{Argument, Status, Step, Value};
use sayso::plan::{Bound, Context, Origin, PlannedStep, literal_json, plan};
use sayso::request::{Draft, validate};
use serde_json::{Value as Json, json};

const NOW: &str = "2026-11-20T09:00:00-05:00[America/New_York]";
const ID: &str = "ocQHyuzHvysMo5N5VsXc";

/// The catalog as it stands in the folder, with its cases.
pub struct Requests {
    pub engine: Engine,
    pub cases: Vec<Case>,
    context: Context,
}

impl Requests {
    pub fn new() -> Self {
        Self::in_version(None)
    }

    /// The same in another version of the API.
    pub fn in_version(version: Option<&str>) -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints");
        let layer = read_layer(&folder).expect("the folder can be read");
        let catalog = load(std::slice::from_ref(&layer)).unwrap_or_else(|found| panic!("{found:?}")).catalog;
        let read = |(file, text): (&str, &str)| {
            read_cases(file, text, &catalog).unwrap_or_else(|found| panic!("{file}: {found:?}"))
        };
        let cases = layer.tests().flat_map(read).collect();
        let catalog = version.map_or_else(|| catalog.clone(), |name| catalog.in_variant(name).expect("the version"));
        let now: Zoned = NOW.parse().expect("a moment");
        let mut context = Context::new(now.clone());
        for service in catalog.services() {
            for value in &service.context {
                context.set(&service.name, &value.name, ID);
            }
        }
        let options = EngineOptions { now: Some(now), ..EngineOptions::default() };
        let engine = Engine::new(catalog, options).expect("the options fit");
        Self { engine, cases, context }
    }

    pub fn catalog(&self) -> &Catalog {
        self.engine.catalog()
    }

    /// The requests of a phrase; what it leaves out is made up.
    pub fn of_phrase(&self, phrase: &str) -> Result<Vec<Draft>, String> {
        let intent = self.engine.route(phrase);
        if !matches!(intent.status, Status::Ready | Status::Incomplete) {
            return Err(format!("is not read: {}", intent.message));
        }
        self.requests(&intent.steps)
    }

    /// The request of a bot's call: required parameters alone, or all; `turn` picks among allowed values.
    pub fn of_call(&self, id: OpId, all: bool, turn: usize) -> Result<Draft, String> {
        let operation = self.catalog().operation(id);
        let wanted = |p: &&Parameter| {
            if all { is_sent(p, operation) && goes_along(p, operation, turn) } else { is_missing(p) }
        };
        let value = |p: &Parameter| Argument { name: p.name.clone(), value: Value::Given(sample(p, all, turn)) };
        let arguments = operation.params.iter().filter(wanted).map(value).collect();
        let step = Step { operation: id, arguments, missing: Vec::new(), confirm: None };
        Ok(self.requests(&[step])?.remove(0))
    }

    fn requests(&self, steps: &[Step]) -> Result<Vec<Draft>, String> {
        let planned = plan(steps, self.catalog(), &self.context).steps;
        planned.into_iter().map(|step| self.request(step)).collect()
    }

    fn request(&self, mut step: PlannedStep) -> Result<Draft, String> {
        let operation = self.catalog().operation(step.operation);
        for lookup in step.lookups.clone() {
            let value = if lookup.mode.by_name() { &lookup.text } else { ID };
            step.put(&lookup.slot, Value::Text(value.to_owned()));
        }
        for made in step.made.clone() {
            step.put(&made.slot, Value::Text(ID.to_owned()));
        }
        for bound in &mut step.arguments {
            if let Some(parameter) = operation.param(&bound.name).filter(|p| self.is_record(operation, p)) {
                bound.value = believable(&bound.value, parameter);
            }
        }
        for missing in std::mem::take(&mut step.missing) {
            let parameter = operation.param(&missing.parameter).ok_or("misses what it does not take")?;
            let value = Value::Given(sample(parameter, false, 0));
            step.arguments.push(Bound { name: missing.parameter, value, origin: Origin::Said });
        }
        let problems =
            |all: Vec<sayso::request::Problem>| all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        validate(&step, self.catalog(), &self.context).map(|r| r.draft().clone()).map_err(problems)
    }

    fn is_record(&self, operation: &Operation, parameter: &Parameter) -> bool {
        let Kind::Entity(name) = &parameter.kind else { return false };
        let resource = self.catalog().resource(&operation.service, name);
        resource.is_some_and(|r| !r.by_name && r.find.is_none())
    }
}

/// The id of a record in place of a name that nothing could look up.
fn believable(value: &Value, parameter: &Parameter) -> Value {
    match value {
        Value::List(values) => Value::List(values.iter().map(|v| believable(v, parameter)).collect()),
        Value::Text(text) if text.contains(' ') || parameter.place == Place::Path => Value::Text(ID.to_owned()),
        other => other.clone(),
    }
}

/// Whether a call without a parameter is refused.
fn is_missing(parameter: &Parameter) -> bool {
    parameter.required && parameter.default.is_none() && parameter.derive.is_none()
}

/// Whether a parameter can be sent beside the others: not one that is only split, nor the parts of a whole body.
fn is_sent(parameter: &Parameter, operation: &Operation) -> bool {
    let part = operation.body == BodyKind::JsonWhole && parameter.name.starts_with("body.");
    let fixed = operation.fixed.iter().any(|(name, _)| *name == parameter.name);
    parameter.is_sent() && !part && !fixed
}

/// Whether a parameter belongs to the shape of its object whose turn it is; an object of fields is sent as its fields.
fn goes_along(parameter: &Parameter, operation: &Operation, turn: usize) -> bool {
    let above = operation.params.iter().filter(|p| !p.alternatives.is_empty());
    above.into_iter().all(|object| match parameter.name.strip_prefix(&object.name) {
        Some("") => false,
        Some(rest) => {
            let shape = &object.alternatives[turn % object.alternatives.len()];
            rest.strip_prefix('.').is_none_or(|field| shape.has(field))
        }
        None => true,
    })
}

/// A value that fits a parameter.
fn sample(parameter: &Parameter, all: bool, turn: usize) -> Json {
    let one = || match parameter.values.get(turn % parameter.values.len().max(1)) {
        Some(value) => literal_json(&value.value, &Json::Null).expect("a literal is JSON"),
        None => parameter.example.as_deref().map_or_else(|| of_kind(parameter, all, turn), |e| typed(parameter, e)),
    };
    if !parameter.many {
        return one();
    }
    match (parameter.wire, one()) {
        (_, Json::Array(given)) => Json::Array(given),
        (_, single) => json!([single]),
    }
}

fn typed(parameter: &Parameter, example: &str) -> Json {
    let structured = matches!(parameter.kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Duration)
        || matches!(parameter.kind, Kind::Boolean | Kind::Object | Kind::Any)
        || (parameter.many && example.starts_with('['));
    let as_text = parameter.wire == Some(WireType::String);
    let read = (structured && !as_text).then(|| serde_json::from_str(example).ok()).flatten();
    read.unwrap_or_else(|| example.into())
}

fn of_kind(parameter: &Parameter, all: bool, turn: usize) -> Json {
    match &parameter.kind {
        Kind::Text | Kind::FreeText => "Spring sale".into(),
        Kind::Integer | Kind::Number | Kind::Money | Kind::Duration => number(parameter),
        Kind::Boolean => true.into(),
        Kind::Date | Kind::DateTime => date(parameter),
        Kind::Email => "jane@example.com".into(),
        Kind::Phone => "+15552340101".into(),
        Kind::Url => "https://example.com/a".into(),
        Kind::Timezone => "America/New_York".into(),
        Kind::Id | Kind::Entity(_) => ID.into(),
        Kind::Object => {
            let fields = parameter.fields.iter().filter(|f| all || f.required);
            Json::Object(fields.map(|f| (f.name.clone(), sample(f, all, turn))).collect())
        }
        Kind::Any => "anything".into(),
        Kind::File => "a,b".into(),
    }
}

fn number(parameter: &Parameter) -> Json {
    let (least, most) = parameter.bounds;
    let value = [Some(30.0), most, least]
        .into_iter()
        .flatten()
        .find(|n| least.is_none_or(|least| *n >= least) && most.is_none_or(|most| *n <= most));
    let whole = format!("{:.0}", value.unwrap_or(30.0));
    if parameter.wire == Some(WireType::String) { whole.into() } else { whole.parse::<i64>().expect("whole").into() }
}

fn date(parameter: &Parameter) -> Json {
    match parameter.format {
        DateFormat::EpochMs => json!(1_795_615_200_000_i64),
        DateFormat::EpochMsText => "1795615200000".into(),
        DateFormat::EpochS => json!(1_795_615_200_i64),
        DateFormat::MmDdYyyy => "11-25-2026".into(),
        DateFormat::DateOnly => "2026-11-25".into(),
        _ if parameter.kind == Kind::Date => "2026-11-25".into(),
        _ => "2026-11-25T14:00:00Z".into(),
    }
}
