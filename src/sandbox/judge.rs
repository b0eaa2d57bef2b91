use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value, json};

use super::behaviour::{Act, Answer, Behaviour, Script};
use super::check::{self, Given};
use super::limiter::{Allowance, Limiter};
use super::roles::{Roles, prefix};
use super::router::{Found, Route, Router};
use super::seed::{Seed, first_account};
use super::stage::Stage;
use super::world::{World, answer_of};
use super::{Call, Clock, Fault, Random, RateLimits, Records, Reply, Scope, Stop, body, derive, gate, paging};
use crate::catalog::{Catalog, Method, Operation, Service};

/// Answers requests: it refuses what the service would refuse and plays the rest.
pub(super) struct Judge {
    catalog: Arc<Catalog>,
    router: Router,
    roles: Roles,
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

/// A request that has found its route.
struct Arrived<'a> {
    call: &'a Call,
    route: &'a Route,
    /// The variants of the request, at least one.
    operations: Vec<&'a Operation>,
    service: &'a Service,
    behaviour: &'a Behaviour,
    path: Map<String, Value>,
}

/// Limits of a service that publishes none.
const GENEROUS: RateLimits = RateLimits { max: 10_000, per_ms: 10_000, daily: 10_000_000 };

impl Judge {
    /// A judge over a catalog and what is remembered; `rate` replaces the limits that the services publish.
    pub(super) fn new(
        catalog: Arc<Catalog>,
        records: Records,
        random: Random,
        token: &str,
        clock: Clock,
        rate: Option<RateLimits>,
    ) -> Self {
        let limiter = |s: &Service| (s.name.clone(), Limiter::new(rate.unwrap_or_else(|| limits(s))));
        let limiters = catalog.services().iter().map(limiter).collect();
        let state = Mutex::new(State { records, random: RefCell::new(random), limiters });
        let (router, roles) = (Router::new(&catalog), Roles::new(&catalog));
        Self { catalog, router, roles, token: token.to_owned(), clock, state }
    }

    /// Stores the seed, unless there are records already.
    pub(super) fn sow(&self, seed: Seed) -> Result<(), Stop> {
        let state = self.state();
        if !state.records.is_empty()? {
            return Ok(());
        }
        state.records.atomically(|| {
            seed.open_accounts(&mut self.world(self.roles.first(), &state))?;
            seed.in_order(self.roles.first()).into_iter().try_for_each(|(name, records)| {
                let (behaviour, collection) = self.roles.of_collection(&name);
                Seed::sow(&mut self.world(behaviour, &state), &collection, records)
            })
        })
    }

    /// Values a client needs beside the token, by their names in the catalog's context.
    pub(super) fn context(&self) -> Result<Vec<(String, String)>, Stop> {
        let state = self.state();
        let mut values = Vec::new();
        for (name, (collection, key)) in self.roles.first().context.iter() {
            let first = state.records.all(collection)?.into_iter().next();
            if let Some(value) = first.as_ref().and_then(|record| record.get(key)).and_then(Value::as_str) {
                values.push((name.clone(), value.to_owned()));
            }
        }
        Ok(values)
    }

    /// Answers a request; the name is that of the operation it fits best.
    pub(super) fn answer(&self, call: &Call, fault: Option<Fault>) -> (Reply, Option<String>) {
        let lost = |answer: &Answer| (spoken(answer, &json!({"method": call.method, "path": call.path})), None);
        let (route, path) = match self.router.find(&call.method, &call.path) {
            Found::Route(route, path) => (route, path),
            Found::WrongCase => return lost(&self.roles.first().wording.wrong_case),
            Found::Nothing => return lost(&self.roles.first().wording.no_route),
        };
        let operations: Vec<&Operation> = route.operations.iter().map(|id| self.catalog.operation(*id)).collect();
        let service = self.catalog.service_of(operations[0]);
        let arrived = Arrived { call, route, operations, service, behaviour: self.roles.of(service), path };
        let mut state = self.state();
        let allowance = take(&mut state, &service.name, &self.clock);
        let mut name = arrived.operations[0].name.clone();
        let done = self.admit(&arrived, allowance, fault).and_then(|()| self.play(&arrived, &state, &mut name));
        let mut reply = done.unwrap_or_else(|stop| stopped(stop, arrived.behaviour));
        if let Some(allowance) = allowance {
            reply.headers.extend(limit_headers(service, &allowance));
        }
        (reply, Some(name))
    }

    /// Refuses what is stopped before its parameters are looked at.
    fn admit(&self, arrived: &Arrived<'_>, allowance: Option<Allowance>, fault: Option<Fault>) -> Result<(), Stop> {
        let wording = &arrived.behaviour.wording;
        if !gate::is_authorized(arrived.call, arrived.service, arrived.operations[0], &self.token) {
            return Err(refusal(&wording.unauthorized, &json!({})));
        }
        match fault {
            Some(Fault::Status(429)) => return Err(refusal(&wording.limited, &json!({}))),
            Some(Fault::Status(status)) => return Err(refusal(&wording.broken, &json!({"status": status}))),
            _ => {}
        }
        if allowance.is_some_and(|allowance| !allowance.allowed) {
            return Err(refusal(&wording.limited, &json!({})));
        }
        let version = gate::version_problem(arrived.call, arrived.service, &arrived.operations, arrived.behaviour);
        version.map_or(Ok(()), |answer| Err(refusal(answer, &json!({}))))
    }

    /// Checks account and parameters, then does what is asked.
    fn play(&self, arrived: &Arrived<'_>, state: &State, name: &mut String) -> Result<Reply, Stop> {
        let (behaviour, service) = (arrived.behaviour, arrived.service);
        let query = gate::query_without_credential(arrived.call, service);
        let body = body::read(arrived.call, arrived.operations[0].body)
            .map_err(|reason| refusal(&behaviour.wording.unreadable, &json!({"reason": reason})))?;
        let mut world = self.world(behaviour, state);
        enter_account(&mut world, &arrived.path, &query, &body.value)?;
        let written = behaviour.script(&arrived.route.line);
        let open = written.is_some_and(|script| script.open);
        let given = Given { path: &arrived.path, query: &query, body: &body.value, form: body.form, open };
        let (variant, problems) = check::problems(&arrived.operations, &given);
        let operation = arrived.operations[variant];
        name.clone_from(&operation.name);
        if !problems.is_empty() {
            return Err(refusal(&behaviour.wording.invalid, &json!({"problems": problems})));
        }
        let mut scope = Scope::default();
        scope.set("path", Value::Object(arrived.path.clone()));
        scope.set("query", Value::Object(query));
        scope.set("body", if body.value.is_null() { json!({}) } else { body.value });
        scope.set("now", Value::String(world.stamp()));
        scope.set("account", Value::String(world.account.clone()));
        let script = self.script(written, operation, service, behaviour);
        let usual = if operation.method == Method::Post && !only_reads(&script) { 201 } else { 200 };
        let style = paging::style_of(operation, &service.pagination);
        let performance = Stage { world: &world, scope, style, names: &behaviour.paging };
        state.records.atomically(|| performance.play(&script, usual))
    }

    fn script(
        &self,
        written: Option<&Script>,
        operation: &Operation,
        service: &Service,
        behaviour: &Behaviour,
    ) -> Script {
        match written {
            Some(script) if !script.steps.is_empty() || !script.answer.is_null() => script.clone(),
            _ => derive::script(&self.catalog, operation, service, &prefix(behaviour, service)),
        }
    }

    fn world<'a>(&'a self, behaviour: &'a Behaviour, state: &'a State) -> World<'a> {
        World {
            behaviour,
            records: &state.records,
            random: &state.random,
            id_patterns: self.roles.id_patterns(),
            now: self.clock.now(),
            account: String::new(),
            names_account: false,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finds the account that the request is about; refuses one that the credential may not touch.
fn enter_account(
    world: &mut World<'_>,
    path: &Map<String, Value>,
    query: &Map<String, Value>,
    body: &Value,
) -> Result<(), Stop> {
    world.account = first_account(world)?;
    for account in gate::accounts(world.behaviour, path, query, body) {
        let rules = world.behaviour.account.as_ref();
        let known = rules.map_or(Ok(None), |rules| world.get(&rules.collection, &account))?;
        if known.is_none() {
            return Err(refusal(&world.behaviour.wording.forbidden, &json!({"id": account})));
        }
        world.account = account;
        world.names_account = true;
    }
    Ok(())
}

fn refusal(answer: &Answer, facts: &Value) -> Stop {
    answer_of(answer, facts).map_or_else(|stop| stop, Stop::from)
}

fn stopped(stop: Stop, behaviour: &Behaviour) -> Reply {
    let reason = match stop {
        Stop::Refused(reply) => return *reply,
        Stop::Data(reason) => reason,
        Stop::Database(error) => error.to_string(),
    };
    tracing::error!(reason, "the sandbox could not answer");
    spoken(&behaviour.wording.broken, &json!({"status": 500, "reason": reason}))
}

/// An answer for when nothing else can be said.
fn spoken(answer: &Answer, facts: &Value) -> Reply {
    answer_of(answer, facts).unwrap_or_else(|_| Reply::json(500, Value::Null))
}

fn only_reads(script: &Script) -> bool {
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
