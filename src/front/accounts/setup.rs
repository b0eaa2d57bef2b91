use std::fs;
use std::path::{Path, PathBuf};

use super::ask;
use super::keep::keep;
use super::read::all;
use crate::app::{ExitCode, keyring};
use crate::catalog::{Catalog, Service};
use crate::front::cli::{Options, SetupOptions};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::front::setup::{catalog, trusted};
use crate::profile::{Edit, edited, origin, quoted, read_profiles};

/// `sayso setup`: writes a profile, or adds to one. Tokens come from a prompt or from standard input, never from the
/// command line, where every process could read them.
pub(in crate::front) fn setup(options: &Options, wanted: &SetupOptions) -> Result<ExitCode, Failed> {
    let paths = Paths::of_user();
    let Some(file) = paths.profiles.clone() else {
        return Err(Failed::machine("there is no home to keep a profile in"));
    };
    let catalog = catalog(options, &paths)?;
    let before = all(&paths, &catalog)?;
    let service = chosen_service(options, &catalog)?;
    let name = match &options.profile {
        Some(name) => name.clone(),
        None if ask::somebody() => ask::line("Name of the profile [main]:")?.unwrap_or_else(|| "main".into()),
        None => "main".to_owned(),
    };
    let account = account(options, wanted)?;
    let mut draft = Draft { edits: Vec::new(), files: Vec::new(), keyring: Vec::new(), name: &name, service };
    draft.host(wanted, &host(options, wanted, service, &paths)?, before.named(&name).is_some());
    match (&wanted.client_id, &account) {
        (Some(id), _) => draft.login(id, wanted)?,
        (None, Some((id, label))) => draft.account(id, label, wanted)?,
        (None, None) => draft.token(wanted)?,
    }
    if before.default.is_none() && before.all.is_empty() {
        draft.edits.push(Edit { path: vec!["default".into()], value: quoted(&name) });
    }
    draft.write(&file, &catalog)?;
    out(&format!("Profile {name} is in {}\n", file.display()));
    let hint = if wanted.client_id.is_some() { "sayso login" } else { "sayso profiles" };
    out(&format!("  {hint} --profile {name}\n"));
    Ok(ExitCode::Done)
}

fn chosen_service<'c>(options: &Options, catalog: &'c Catalog) -> Result<&'c Service, Failed> {
    let names = || catalog.services().iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ");
    // A service that passes another's requests on is meant only when it is named.
    let own: Vec<&Service> = catalog.services().iter().filter(|s| s.extends.is_none()).collect();
    match (&options.service, own.as_slice()) {
        (Some(name), _) => catalog
            .service(name)
            .ok_or_else(|| Failed::usage(format!("no service is called `{name}`; there is {}", names()))),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failed::usage(format!("for which service? Name one with --service: {}", names()))),
    }
}

/// The account of the token, by id, and what to call it.
fn account(options: &Options, wanted: &SetupOptions) -> Result<Option<(String, String)>, Failed> {
    let asks = ask::somebody() && wanted.kind.is_none() && wanted.client_id.is_none() && !wanted.says_where();
    let id = match &options.location {
        Some(id) => Some(id.clone()),
        None if asks => ask::line("Id of the location that the token belongs to (empty: it is of no one location):")?,
        None => None,
    };
    let Some(id) = id else { return Ok(None) };
    let label = match &wanted.name {
        Some(name) => name.clone(),
        None if asks => ask::line("What do you call it?")?.unwrap_or_else(|| id.clone()),
        None => id.clone(),
    };
    Ok(Some((id, label)))
}

/// Where the tokens go. For a service that comes from somebody else's folder the user has to say it.
fn host(options: &Options, wanted: &SetupOptions, service: &Service, paths: &Paths) -> Result<String, Failed> {
    let asked = wanted.host.as_ref().map(|host| {
        origin(host)
            .ok_or_else(|| Failed::usage(format!("`{host}` is no web address; write it like https://api.example.com")))
    });
    if let Some(host) = asked.transpose()? {
        return Ok(host);
    }
    let own = if options.endpoints.is_empty() {
        Some(service.base_url.clone())
    } else {
        trusted(paths).service(&service.name).map(|s| s.base_url.clone())
    };
    own.as_deref().and_then(origin).ok_or_else(|| {
        Failed::usage(format!(
            "{} comes from a folder of --endpoints: say where its tokens may go with --host ({} is what it asks for)",
            service.title,
            origin(&service.base_url).unwrap_or_default()
        ))
    })
}

struct Draft<'a> {
    edits: Vec<Edit>,
    files: Vec<(PathBuf, String)>,
    keyring: Vec<(String, String)>,
    name: &'a str,
    service: &'a Service,
}

impl Draft<'_> {
    fn put(&mut self, keys: &[&str], value: String) {
        let lead = ["profiles", self.name, "services", &self.service.name];
        self.edits.push(Edit { path: lead.iter().chain(keys).map(ToString::to_string).collect(), value });
    }

    fn host(&mut self, wanted: &SetupOptions, host: &str, exists: bool) {
        if wanted.host.is_some() || !exists {
            self.put(&["host"], quoted(host));
        }
    }

    fn token(&mut self, wanted: &SetupOptions) -> Result<(), Failed> {
        let kind = wanted.kind.map_or_else(String::new, |kind| format!(", kind: {}", kind.as_str()));
        let place =
            self.place(wanted, &format!("Token for {}:", self.service.title), kind.trim_start_matches(", kind: "))?;
        self.put(&["token"], format!("{{{place}{kind}{}}}", scopes(&wanted.scopes)));
        Ok(())
    }

    fn account(&mut self, id: &str, label: &str, wanted: &SetupOptions) -> Result<(), Failed> {
        let place = self.place(wanted, &format!("Token of {label}:"), id)?;
        let token = format!("{{id: {}, token: {{{place}{}}}}}", quoted(id), scopes(&wanted.scopes));
        self.put(&["locations", label], token);
        Ok(())
    }

    fn login(&mut self, id: &str, wanted: &SetupOptions) -> Result<(), Failed> {
        let place = self.place(wanted, "Client secret (empty: none):", "client")?;
        let list: Vec<String> = wanted.scopes.iter().map(|scope| quoted(scope)).collect();
        let scopes = if list.is_empty() { String::new() } else { format!(", scopes: [{}]", list.join(", ")) };
        let redirect = wanted.redirect.as_ref().map_or_else(String::new, |to| format!(", redirect: {}", quoted(to)));
        self.put(&["login"], format!("{{client_id: {}, client_secret: {{{place}}}{redirect}{scopes}}}", quoted(id)));
        Ok(())
    }

    /// Where the token is kept, as YAML; a token that is given now is put there when the profile is written.
    fn place(&mut self, wanted: &SetupOptions, question: &str, what: &str) -> Result<String, Failed> {
        if let Some(name) = &wanted.token_env {
            return Ok(format!("env: {}", quoted(name)));
        }
        if let Some(path) = &wanted.token_file {
            let path = std::path::absolute(path).map_err(Failed::machine)?;
            return Ok(format!("file: {}", quoted(&path.to_string_lossy())));
        }
        let plain =
            |text: &str| text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect::<String>();
        let parts = [self.name, &self.service.name, what].map(plain);
        let entry = parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(".");
        let token = ask::secret(question)?;
        if wanted.keyring {
            self.keyring.push((entry.clone(), token));
            return Ok(format!("keyring: {}", quoted(&entry)));
        }
        let path = Path::new("tokens").join(&entry);
        self.files.push((path.clone(), token));
        Ok(format!("file: {}", quoted(&path.to_string_lossy())))
    }

    /// Writes tokens first, then the profile that names them. Nothing is written when the profile would be wrong.
    fn write(self, file: &Path, catalog: &Catalog) -> Result<(), Failed> {
        let before = fs::read_to_string(file).unwrap_or_default();
        let shown = file.display().to_string();
        let after = edited(&before, &self.edits).map_err(|why| Failed::usage(format!("{shown}: {why}")))?;
        read_profiles(&shown, &after, catalog)
            .map_err(|found| Failed::usage(found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        for (path, token) in &self.files {
            keep(&folder.join(path), &format!("{token}\n"))
                .map_err(|e| Failed::machine(format!("{}: {e}", path.display())))?;
        }
        for (entry, token) in &self.keyring {
            keyring::put(entry, token).map_err(Failed::machine)?;
        }
        keep(file, &after).map_err(|e| Failed::machine(format!("{shown}: {e}")))
    }
}

fn scopes(scopes: &[String]) -> String {
    let list: Vec<String> = scopes.iter().map(|scope| quoted(scope)).collect();
    if list.is_empty() { String::new() } else { format!(", scopes: [{}]", list.join(", ")) }
}
