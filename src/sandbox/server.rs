use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::Value;
use tokio::sync::oneshot;

use super::judge::Judge;
use super::log::Log;
use super::seed::{self, Seed};
use super::wire::{Cutter, Exchange as Listener};
use super::{Call, Exchange, Fault, Faults, Options, Random, Records, Reply, Running, Stop, gate};
use crate::catalog::Catalog;

/// The one token the sandbox takes. It opens nothing else.
const TOKEN: &str = "pit-5a4d0b0c-0000-4000-a000-5a6e6462c078";

/// The most a request body may hold, in bytes.
const MOST_BYTES: usize = 32 << 20;

/// What all handlers share.
struct Shared {
    judge: Judge,
    faults: Faults,
    random: Mutex<Random>,
    log: Log,
    secret_headers: Vec<String>,
}

/// Starts a sandbox for the services of a catalog, on its own thread.
///
/// # Errors
/// The port is taken, the data file cannot be opened, or the seed file cannot be read (the message says where).
pub fn start(options: Options, catalog: Arc<Catalog>) -> io::Result<Running> {
    let records = Records::open(options.data.as_deref()).map_err(|error| named(options.data.as_deref(), &error))?;
    let seed = read_seed(options.seed_file.as_deref())?;
    let log_file =
        options.log_file.as_ref().map(|path| File::options().create(true).append(true).open(path)).transpose()?;
    let secret_headers = gate::secret_headers(catalog.services());
    let random = Random::new(options.random);
    let judge = Judge::new(catalog, records, random.clone(), TOKEN, options.clock, options.rate);
    judge.sow(seed).map_err(stopped)?;
    let context = judge.context().map_err(stopped)?;
    let log = Log::to(log_file);
    let faults_random = Mutex::new(Random::new(options.random ^ 0x5EED));
    let shared = Shared { judge, faults: options.faults, random: faults_random, log: log.clone(), secret_headers };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
    listener.set_nonblocking(true)?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let (stop, stopped) = oneshot::channel();
    let thread =
        std::thread::Builder::new().name("sandbox".to_owned()).spawn(move || serve(listener, shared, stopped))?;
    Ok(Running::new(base_url, TOKEN.to_owned(), context, log, stop, thread))
}

fn serve(listener: TcpListener, shared: Shared, stopped: oneshot::Receiver<()>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let listener = Listener(tokio::net::TcpListener::from_std(listener)?);
        let app = Router::new().fallback(handle).with_state(Arc::new(shared));
        let server = axum::serve(listener, app.into_make_service_with_connect_info::<Cutter>());
        tokio::select! {
            done = async { server.await } => done,
            _ = stopped => Ok(()),
        }
    })
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(wire): ConnectInfo<Cutter>,
    request: Request,
) -> Response {
    let (slow, fault) = shared.faults.draw(&mut shared.random.lock().unwrap_or_else(PoisonError::into_inner));
    let acts = fault != Some(Fault::Drop) || shared.random.lock().unwrap_or_else(PoisonError::into_inner).share() < 0.5;
    let call = match take_apart(request).await {
        Ok(call) => call,
        Err(status) => return respond(&Reply::json(status, Value::Null)),
    };
    if slow {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let (reply, operation) = if acts { shared.judge.answer(&call, fault) } else { (Reply::json(0, Value::Null), None) };
    let dropped = fault == Some(Fault::Drop);
    shared.log.add(exchange(&call, operation, &reply, dropped, &shared.secret_headers));
    if dropped {
        wire.cut();
        return Response::new(Body::empty());
    }
    respond(&reply)
}

async fn take_apart(request: Request) -> Result<Call, u16> {
    let (head, body) = request.into_parts();
    let raw_query = head.uri.query().unwrap_or_default().to_owned();
    let query =
        url::form_urlencoded::parse(raw_query.as_bytes()).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let body = to_bytes(body, MOST_BYTES).await.map_err(|_| 413_u16)?.to_vec();
    Ok(Call {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        raw_query,
        query,
        headers,
        body,
    })
}

fn exchange(call: &Call, operation: Option<String>, reply: &Reply, dropped: bool, secret: &[String]) -> Exchange {
    let body = match serde_json::from_slice(&call.body) {
        Ok(value) => value,
        Err(_) if call.body.is_empty() => Value::Null,
        Err(_) => Value::String(String::from_utf8_lossy(&call.body).into_owned()),
    };
    let path = if call.raw_query.is_empty() { call.path.clone() } else { format!("{}?{}", call.path, call.raw_query) };
    Exchange {
        method: call.method.clone(),
        path,
        headers: call.headers.iter().filter(|(name, _)| !secret.contains(name)).cloned().collect(),
        body,
        operation,
        status: if dropped { 0 } else { reply.status },
        answer: if dropped { Value::Null } else { reply.body.clone() },
    }
}

fn respond(reply: &Reply) -> Response {
    let mut response = Response::new(Body::from(reply.bytes()));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let own = [("content-type".to_owned(), reply.content_type.clone())];
    for (name, value) in own.iter().chain(&reply.headers) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value.as_str())) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn read_seed(file: Option<&Path>) -> io::Result<Seed> {
    let (name, text) = match file {
        Some(path) => {
            (path.display().to_string(), std::fs::read_to_string(path).map_err(|error| named(Some(path), &error))?)
        }
        None => ("seed.yaml".to_owned(), seed::BUILT_IN.to_owned()),
    };
    Seed::parse(&name, &text).map_err(|finding| io::Error::new(io::ErrorKind::InvalidData, *finding))
}

fn named(file: Option<&Path>, error: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(file.map_or_else(|| error.to_string(), |file| format!("{}: {error}", file.display())))
}

fn stopped(stop: Stop) -> io::Error {
    io::Error::other(match stop {
        Stop::Refused(reply) => reply.body.to_string(),
        Stop::Data(reason) => reason,
        Stop::Database(error) => error.to_string(),
    })
}
