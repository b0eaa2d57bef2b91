use std::path::Path;
use std::time::Duration;

use super::cli::{Options, Output};
use super::clock;
use super::failed::Failed;
use super::paths::Paths;
use super::{accounts, laying, sandbox, terminal};
use crate::app::{Engine, EngineOptions, Environment, Extent, RunOptions, unknown_version};
use crate::catalog::{Catalog, Layer, Loaded, read_layer};
use crate::present::{Form, Look};
use crate::sandbox::Running;

const MIB: usize = 1024 * 1024;
/// Variable that stands for `--api-version`.
const API_VERSION: &str = "SAYSO_API_VERSION";

/// The catalog in use: the built-in one, the user's own folder over it, then `--endpoints`; in the version of the API that
/// is asked for.
pub(super) fn catalog(options: &Options, paths: &Paths) -> Result<Catalog, Failed> {
    in_version(any_version(options, paths)?, options)
}

fn any_version(options: &Options, paths: &Paths) -> Result<Catalog, Failed> {
    if paths.endpoints.is_none() && options.endpoints.is_empty() {
        return Ok(Catalog::builtin());
    }
    let layers = layers(options, paths)?;
    let kept = Catalog::kept_under(&layers, paths.cache.as_deref(), laying::elsewhere);
    kept.map_err(|found| Failed::catalog(&found, &Layer::sources(&layers)))
}

/// A catalog in the version of the API that is asked for.
pub(super) fn in_version(catalog: Catalog, options: &Options) -> Result<Catalog, Failed> {
    let set = || std::env::var(API_VERSION).ok().filter(|name| !name.is_empty());
    match options.api_version.clone().or_else(set) {
        None => Ok(catalog),
        Some(name) => catalog.in_variant(&name).ok_or_else(|| {
            let failure = unknown_version(&catalog, &name);
            Failed::usage(format!("{}; {}", failure.message, failure.hint))
        }),
    }
}

/// The catalog without the folders of `--endpoints`, which may be anybody's.
pub(super) fn trusted(paths: &Paths) -> Catalog {
    let own = Options::default();
    // What is wrong with the user's own folder is told where it is used.
    catalog(&own, paths).unwrap_or_else(|_| Catalog::builtin())
}

/// The same, with what was found on the way.
pub(super) fn load(options: &Options, paths: &Paths) -> Result<Loaded, Failed> {
    let layers = layers(options, paths)?;
    Catalog::builtin_under(&layers).map_err(|found| Failed::catalog(&found, &Layer::sources(&layers)))
}

fn layers(options: &Options, paths: &Paths) -> Result<Vec<Layer>, Failed> {
    paths.endpoints.iter().chain(&options.endpoints).map(|folder| layer(folder)).collect()
}

/// The YAML of a folder.
pub(super) fn layer(folder: &Path) -> Result<Layer, Failed> {
    read_layer(folder).map_err(Failed::usage)
}

/// Everything that carrying out a phrase needs.
pub(super) struct Ready {
    /// The engine.
    pub(super) engine: Engine,
    /// The user's own folders.
    pub(super) paths: Paths,
    /// The embedded sandbox, which stops when this is dropped.
    _sandbox: Option<Running>,
}

/// The engine that the command line asks for, with the sandbox it talks to.
pub(super) fn ready(options: &Options) -> Result<Ready, Failed> {
    let paths = Paths::of_user();
    let mut catalog = catalog(options, &paths)?;
    let mut settings = engine_options(options, &paths, &mut catalog)?;
    let sandbox = options.sandbox.then(|| sandbox::embed(options, &paths, &mut settings)).transpose()?;
    Ok(Ready { engine: Engine::new(catalog, settings)?, paths, _sandbox: sandbox })
}

/// The engine that the command line asks for, for reading only.
pub(super) fn reader(options: &Options, mut catalog: Catalog, paths: &Paths) -> Result<Engine, Failed> {
    let settings = engine_options(options, paths, &mut catalog)?;
    Ok(Engine::new(catalog, settings)?)
}

fn engine_options(options: &Options, paths: &Paths, catalog: &mut Catalog) -> Result<EngineOptions, Failed> {
    let access = accounts::access(options, paths, catalog)?;
    for own in access.profile.iter().flat_map(|profile| &profile.services) {
        if let Some(country) = &own.country
            && !catalog.set_country(&own.service, country)
        {
            tracing::warn!(country, "the country of the profile is not used");
        }
    }
    let zone = options.timezone.as_deref().map(clock::zone).transpose().map_err(Failed::usage)?;
    let now = options.now.as_deref().map(|now| clock::moment(now, zone.as_ref())).transpose().map_err(Failed::usage)?;
    let usual = EngineOptions::default();
    let seconds = |seconds: std::num::NonZeroU32| Duration::from_secs(seconds.get().into());
    let bytes =
        |mib: std::num::NonZeroU32| usize::try_from(mib.get()).map_or(usize::MAX, |mib| mib.saturating_mul(MIB));
    Ok(EngineOptions {
        environment: environment(),
        access,
        account: options.location.clone(),
        service: options.service.clone(),
        base_url: options.base_url.clone(),
        timezone: zone.or_else(|| now.is_none().then(clock::system)),
        now,
        read_only: options.read_only,
        dry_run: options.dry_run,
        explain: options.explain,
        assume_yes: options.yes,
        allow_undocumented: options.allow_undocumented,
        store: paths.store.clone().filter(|_| !options.sandbox),
        timeout: options.timeout.map_or(usual.timeout, seconds),
        most_bytes: options.max_response.map_or(usual.most_bytes, bytes),
        ..usual
    })
}

/// What one line asks for beside its words.
pub(super) fn run_options(options: &Options) -> RunOptions {
    let extent = match options.limit {
        _ if options.all => Extent::All,
        Some(most) => Extent::Limit(most.get()),
        None => Extent::Page,
    };
    RunOptions { extent, ..RunOptions::default() }
}

/// How answers are printed.
pub(super) fn look(options: &Options) -> Look {
    let zone = options.timezone.as_deref().and_then(|name| clock::zone(name).ok());
    Look {
        zone: Some(zone.unwrap_or_else(clock::system)),
        form: match options.output.unwrap_or(Output::Table) {
            Output::Table => Form::Table,
            Output::Json => Form::Json,
            Output::Jsonl => Form::Jsonl,
            Output::Csv => Form::Csv,
            Output::Yaml => Form::Yaml,
        },
        fields: options.fields.clone(),
        width: terminal::width(),
        curl: options.curl,
        explain: options.explain,
    }
}

/// The variables of the process. Those that are not text cannot be a credential or an id.
fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
