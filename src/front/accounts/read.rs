use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::app::{Access, ExitCode};
use crate::catalog::{Catalog, Service};
use crate::diagnostic::{Sources, did_you_mean, render};
use crate::front::cli::Options;
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::setup::trusted;
use crate::profile::{NONE, Profile, Profiles, masked, read_profiles};

/// The variable that names a profile when the command line does not.
const VARIABLE: &str = "SAYSO_PROFILE";

/// Everything about who works here. The profile is settled now and for as long as the program runs.
pub(in crate::front) fn access(options: &Options, paths: &Paths, catalog: &Catalog) -> Result<Access, Failed> {
    let trusted = (!options.endpoints.is_empty()).then(|| trusted(paths));
    let trusted: Option<Vec<Service>> = trusted.map(|catalog| catalog.services().to_vec());
    let profile = profile_in_use(options, paths, catalog)?;
    let folder = paths.profiles.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    Ok(Access { profile, folder, tokens: paths.tokens.clone(), usage: paths.usage.clone(), trusted, sandbox: None })
}

/// The profile that is named, or the default of the file.
pub(in crate::front) fn profile_in_use(
    options: &Options,
    paths: &Paths,
    catalog: &Catalog,
) -> Result<Option<Profile>, Failed> {
    let variable = std::env::var(VARIABLE).ok().filter(|name| !name.trim().is_empty());
    let named = options.profile.clone().or(variable);
    if named.as_deref() == Some(NONE) {
        return Ok(None);
    }
    let profiles = all(paths, catalog)?;
    let Some(name) = named.as_ref().or(profiles.default.as_ref()) else { return Ok(None) };
    if let Some(profile) = profiles.named(name) {
        return Ok(Some(profile.clone()));
    }
    let names = profiles.all.iter().map(|profile| profile.name.as_str());
    let hint = did_you_mean(name, names).unwrap_or_else(|| format!("`sayso setup --profile {name}` writes one."));
    Err(Failed::usage(format!("no profile is called `{name}`\n  {hint}")))
}

/// All profiles; none when there is no file.
pub(super) fn all(paths: &Paths, catalog: &Catalog) -> Result<Profiles, Failed> {
    let Some(file) = &paths.profiles else { return Ok(Profiles::default()) };
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Profiles::default()),
        Err(error) => return Err(Failed::machine(format!("{}: {error}", file.display()))),
    };
    let shown = file.display().to_string();
    read_profiles(&shown, text.trim_start_matches('\u{feff}'), catalog).map_err(|found| {
        let sources: Sources = [(shown, masked(&text))].into_iter().collect();
        Failed { code: ExitCode::Usage, text: render(&found, &sources, true) }
    })
}
