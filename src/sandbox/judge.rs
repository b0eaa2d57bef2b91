use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::behaviour::{Answer, Behaviour, Script};
use super::check::{self, Given};
use super::limiter::{Allowance, Limiter};
use super::paging;
use super::router::{Found, Route, Router};
use super::stage::Stage;
use super::world::{World, answer_of};
use super::{Call, Clock, Fault, Random, RateLimits, Records, Reply, Scope, Stop, body, derive, gate, seed};
use crate::catalog::{Catalog, Method, Operation, Service};

/// Answers requests: it refuses what the service would refuse and plays the rest.
pub(super) struct Judge {
    catalog: Arc<Catalog>,
    router: Router,
    plain: Behaviour,
    behaviours: Vec<(String, Behaviour)>,
    id_patterns: HashMap<String, String>,
    token: String,
    clock: Clock,
    state: Mutex<State>,
}

/// What changes from request to request.
struct State {
    records: Records,
    random: RefCell<Random>,
    limiters: Vec<(String, Limiter)>,
}

/// Limits of a service that publishes none.
const GENEROUS: RateLimits = RateLimits { max: 10_000, per_ms: 10_000, daily: 10_000_000 };

impl Judge {
    pub(super) fn new(
        catalog: Arc<Catalog>,
        records: Records,
        random: Random,
        token: &str,
        clock: Clock,
        rate: Option<RateLimits>,
    ) -> Self {
        let (plain, mut behaviours) = Behaviour::built_in();
        behaviours.retain(|(name, _)| catalog.service(name).is_some());
        let mut id_patterns = HashMap::new();
        for service in catalog.services() {
            if behaviours.iter().all(|(name, _)| *name != service.name) {
                behaviours.push((service.name.clone(), derived(&catalog, service, &plain, &mut id_patterns)));
            }
        }
        let limiters = catalog
            .services()
            .iter()
            .map(|s| (s.name.clone(), Limiter::new(rate.unwrap_or_else(|| limits(s)))))
            .collect();
        let state = Mutex::new(State { records, random: RefCell::new(random), limiters });
        Self {
            router: Router::new(&catalog),
            catalog,
            plain,
            behaviours,
            id_patterns,
            token: token.to_owned(),
            clock,
            state,
        }
    }

    /// Stores the seed, unless there are records already.
    pub(super) fn sow(&self, seed: seed::Seed) -> Result<(), Stop> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.records.is_empty()? {
            return Ok(());
        }
        let mut world = self.world(self.first(), &state);
        state.records.atomically(|| seed.sow(&mut world))
    }

    /// Values a client needs beside the token, by their names in the catalog's context.
    pub(super) fn context(&self) -> Result<Vec<(String, String)>, Stop> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut values = Vec::new();
        for (name, (collection, key)) in self.first().context.iter() {
            let first = state.records.all(collection)?.into_iter().next();
            if let Some(value) = first.as_ref().and_then(|record| record.get(key)).and_then(Value::as_str) {
                values.push((name.clone(), value.to_owned()));
            }
        }
        Ok(values)
    }

    /// Answers a request; the name is the operation's.
    pub(super) fn answer(&self, call: &Call, fault: Option<Fault>) -> (Reply, Option<String>) {
        let (route, path) = match self.router.find(&call.method, &call.path) {
            Found::Route(route, path) => (route, path),
            Found::WrongCase => return (self.spoken(&self.first().wording.wrong_case, gate::route_facts(call)), None),
            Found::Nothing => return (self.spoken(&self.first().wording.no_route, gate::route_facts(call)), None),
        };
        let operations: Vec<&Operation> = route.operations.iter().map(|id| self.catalog.operation(*id)).collect();
        let name = operations.first().map(|operation| operation.name.clone());
        let Some(operation) = operations.first() else { return (Reply::json(500, Value::Null), name) };
        let service = self.catalog.service_of(operation);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let allowance = take(&mut state, &service.name, &self.clock);
        let mut reply = match self.handle(call, route, &operations, path, service, &state, allowance, fault) {
            Ok(reply) => reply,
            Err(stop) => self.stopped(stop, service),
        };
        if let Some(allowance) = allowance {
            reply.headers.extend(limit_headers(service, &allowance));
        }
        (reply, name)
    }

    #[expect(clippy::too_many_arguments, reason = "one caller, which has just taken all of these apart")]
    fn handle(
        &self,
        call: &Call,
        route: &Route,
        operations: &[&Operation],
        path: serde_json::Map<String, Value>,
        service: &Service,
        state: &State,
        allowance: Option<Allowance>,
        fault: Option<Fault>,
    ) -> Result<Reply, Stop> {
        let behaviour = self.behaviour(service);
        let wording = &behaviour.wording;
        let operation = operations[0];
        if !gate::is_authorized(call, service, operation, &self.token) {
            return answer_of(&wording.unauthorized, json!({}));
        }
        match fault {
            Some(Fault::Status(429)) => return answer_of(&wording.limited, json!({})),
            Some(Fault::Status(status)) => return answer_of(&wording.broken, json!({"status": status})),
            _ => {}
        }
        if allowance.is_some_and(|allowance| !allowance.allowed) {
            return answer_of(&wording.limited, json!({}));
        }
        if let Some(answer) = gate::version_problem(call, service, operations, behaviour) {
            return answer_of(answer, json!({}));
        }
        let mut world = self.world(behaviour, state);
        world.account = seed::first_account(&world)?;
        let query = gate::query_without_credential(call, service);
        let body = match body::read(call, operation.body) {
            Ok(body) => body,
            Err(reason) => return answer_of(&wording.unreadable, json!({"reason": reason})),
        };
        for account in gate::accounts(behaviour, &path, &query, &body.value) {
            let known = behaviour.account.as_ref().map_or(Ok(None), |rules| world.get(&rules.collection, &account))?;
            if known.is_none() {
                return answer_of(&wording.forbidden, json!({"id": account}));
            }
            world.account = account;
            world.names_account = true;
        }
        let written = behaviour.script(&route.line);
        let open = written.is_some_and(|script| script.open);
        let given = Given { path: &path, query: &query, body: &body.value, form: body.form, open };
        let problems = check::problems(operations, &given);
        if !problems.is_empty() {
            return answer_of(&wording.invalid, json!({"problems": problems}));
        }
        let mut scope = Scope::default();
        scope.set("path", Value::Object(path));
        scope.set("query", Value::Object(query));
        scope.set("body", if body.value.is_null() { json!({}) } else { body.value });
        scope.set("now", Value::String(world.stamp()));
        scope.set("account", Value::String(world.account.clone()));
        let script = self.script(written, operation, service, behaviour);
        let usual =
            if operation.method == Method::Post && written.is_none_or(|s| s.status.is_none()) { 201 } else { 200 };
        let usual = if is_read(&script) { 200 } else { usual };
        let style = paging::style_of(operation, &service.pagination);
        let stage = Stage { world: &world, scope, style, names: &behaviour.paging };
        state.records.atomically(|| stage.play(&script, usual))
    }

    fn script(
        &self,
        written: Option<&Script>,
        operation: &Operation,
        service: &Service,
        behaviour: &Behaviour,
    ) -> Script {
        let derived = || derive::script(&self.catalog, operation, service, &prefix(behaviour, service));
        match written {
            Some(script) if script.steps.is_empty() && script.answer.is_null() => {
                let derived = derived();
                Script { steps: derived.steps, answer: derived.answer, ..script.clone() }
            }
            Some(script) => script.clone(),
            None => derived(),
        }
    }

    fn stopped(&self, stop: Stop, service: &Service) -> Reply {
        match stop {
            Stop::Refused(reply) => *reply,
            Stop::Data(reason) => self.broken(service, &reason),
            Stop::Database(error) => self.broken(service, &error.to_string()),
        }
    }

    fn broken(&self, service: &Service, reason: &str) -> Reply {
        tracing::error!(reason, "the sandbox could not answer");
        self.spoken(&self.behaviour(service).wording.broken, json!({"status": 500, "reason": reason}))
    }

    /// An answer whose template must not fail.
    fn spoken(&self, answer: &Answer, facts: Value) -> Reply {
        answer_of(answer, facts).unwrap_or_else(|_| Reply::json(500, Value::Null))
    }

    fn world<'a>(&'a self, behaviour: &'a Behaviour, state: &'a State) -> World<'a> {
        World {
            behaviour,
            records: &state.records,
            random: &state.random,
            id_patterns: &self.id_patterns,
            now: self.clock.now(),
            account: String::new(),
            names_account: false,
        }
    }

    fn behaviour(&self, service: &Service) -> &Behaviour {
        self.behaviours.iter().find(|(name, _)| *name == service.name).map_or(&self.plain, |(_, behaviour)| behaviour)
    }

    /// The behaviour that has accounts and a seed: that of the first service with one of its own.
    fn first(&self) -> &Behaviour {
        self.behaviours.first().map_or(&self.plain, |(_, behaviour)| behaviour)
    }
}

/// Behaviour of a service that has no data of its own: what its resources say about ids.
fn derived(
    catalog: &Catalog,
    service: &Service,
    plain: &Behaviour,
    id_patterns: &mut HashMap<String, String>,
) -> Behaviour {
    let mut behaviour = plain.clone();
    let prefix = format!("{}/", service.name);
    for operation in catalog.ids().map(|id| catalog.operation(id)).filter(|o| o.service == service.name) {
        let named = operation.returns.as_ref().and_then(|returns| returns.resource.as_deref());
        let Some(resource) = named.and_then(|name| service.resource(name)) else { continue };
        let collection = derive::collection_of(catalog, operation, &prefix);
        id_patterns.insert(collection.clone(), resource.id_pattern.clone());
        if behaviour.collections.get(&collection).is_none() {
            let one = resource.nouns.first().map(|noun| capitalised(noun)).unwrap_or_default();
            let rules =
                super::behaviour::Collection { one, id: resource.id_key.clone(), shared: true, ..Default::default() };
            behaviour.collections.0.push((collection, rules));
        }
    }
    behaviour
}

fn capitalised(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Collections of services without data of their own are kept apart by the service's name.
fn prefix(behaviour: &Behaviour, service: &Service) -> String {
    if behaviour.operations.0.is_empty() { format!("{}/", service.name) } else { String::new() }
}

fn is_read(script: &Script) -> bool {
    use super::behaviour::Act;
    script.steps.iter().all(|step| matches!(step.act, Act::Get | Act::List | Act::Slots))
}

fn limits(service: &Service) -> RateLimits {
    service.rate_limit.as_ref().map_or(GENEROUS, |limit| RateLimits {
        max: limit.max,
        per_ms: limit.per_ms,
        daily: limit.daily.unwrap_or(GENEROUS.daily),
    })
}

fn take(state: &mut State, service: &str, clock: &Clock) -> Option<Allowance> {
    let (_, limiter) = state.limiters.iter_mut().find(|(name, _)| name == service)?;
    Some(limiter.take(clock.now()))
}

fn limit_headers(service: &Service, allowance: &Allowance) -> Vec<(String, String)> {
    let headers = service.rate_limit.as_ref().map_or(&[][..], |limit| &limit.headers);
    let value = |meaning: &str| match meaning {
        "max" => Some(allowance.max.to_string()),
        "remaining" => Some(allowance.remaining.to_string()),
        "interval" => Some(allowance.interval_ms.to_string()),
        "daily" => Some(allowance.daily.to_string()),
        "daily_remaining" => Some(allowance.daily_remaining.to_string()),
        "daily_reset" => Some(allowance.daily_reset_ms.to_string()),
        _ => None,
    };
    headers.iter().filter_map(|(meaning, header)| Some((header.clone(), value(meaning)?))).collect()
}
