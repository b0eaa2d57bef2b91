use crate::diagnostic::Diagnostic;

use super::super::load::is_request_line;
use super::super::{Catalog, FileKind, Method, inflect};

/// A new operation, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skeleton {
    /// File inside the catalog folder: `acme/pets.yaml`.
    pub file: String,
    /// The operation as commented YAML, indented to stand under `operations:`.
    pub text: String,
    name: String,
}

/// A commented skeleton of an operation, and the file it belongs into: that of its group, in the service that has the
/// group, else in the first one.
///
/// # Errors
/// When the name is taken or no name, or the request is none.
pub fn skeleton(catalog: &Catalog, name: &str, request: &str) -> Result<Skeleton, Diagnostic> {
    check_name(catalog, name)?;
    let line = request.split_whitespace().collect::<Vec<_>>().join(" ").replace("{{ ", "{").replace(" }}", "}");
    if !is_request_line(&line) {
        let message = format!("`{request}` is not a request");
        return Err(Diagnostic::error(message).help("write a method and a path: `POST /pets/{petId}`"));
    }
    let group = name.split('.').next().unwrap_or(name);
    let mut operations = catalog.ids().map(|id| catalog.operation(id));
    let known = operations.find(|o| o.group == group).map(|o| o.service.as_str());
    let service = known.or_else(|| catalog.services().first().map(|s| s.name.as_str())).unwrap_or("my-service");
    let text = compose(catalog, service, name, &line);
    Ok(Skeleton { file: format!("{service}/{group}.yaml"), text, name: name.to_owned() })
}

impl Skeleton {
    /// The file with the operation added at the end of its `operations:`; the rest stays as it is. `before` is the text
    /// of the file when there is one.
    ///
    /// # Errors
    /// When the file has the operation already, or is written so that nothing can be added under `operations:`.
    pub fn added_to(&self, before: Option<&str>) -> Result<String, Diagnostic> {
        let before = before.filter(|text| !text.trim().is_empty());
        let Some(before) = before else {
            return Ok(format!("{}\noperations:\n{}", FileKind::Group.editor_line(), self.text));
        };
        let lines: Vec<&str> = before.lines().collect();
        let start = lines.iter().position(|line| line.trim_end() == "operations:");
        let Some(start) = start else {
            let message = format!("{} has no line `operations:` to add to", self.file);
            return Err(Diagnostic::error(message).help(format!("add this by hand:\n{}", self.text)));
        };
        if lines[start..].iter().any(|line| line.trim_end().strip_suffix(':').map(str::trim) == Some(&self.name)) {
            return Err(Diagnostic::error(format!("{} already has `{}`", self.file, self.name)));
        }
        let inside = |line: &&str| line.trim().is_empty() || line.starts_with([' ', '#']);
        let end = start + 1 + lines[start + 1..].iter().take_while(|line| inside(line)).count();
        let blank = lines[..end].iter().rev().take_while(|line| line.trim().is_empty()).count();
        let depth = lines[start + 1..end].iter().find(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
        let depth = depth.map_or(2, |line| line.len() - line.trim_start().len());
        let mut out: Vec<String> = lines[..end - blank].iter().map(|line| (*line).to_owned()).collect();
        out.push(String::new());
        out.extend(self.text.lines().map(|line| format!("{:depth$}{}", "", line.strip_prefix("  ").unwrap_or(line))));
        if end < lines.len() {
            out.push(String::new());
        }
        out.extend(lines[end..].iter().map(|line| (*line).to_owned()));
        Ok(out.join("\n") + "\n")
    }
}

fn check_name(catalog: &Catalog, name: &str) -> Result<(), Diagnostic> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let (group, rest) = name.split_once('.').unwrap_or(("", name));
    if group.is_empty() || rest.is_empty() || !name.chars().all(plain) || group == "service" {
        let message = format!("`{name}` cannot be the name of an operation");
        return Err(Diagnostic::error(message).help("write a group and a name: `pets.vaccinate`"));
    }
    if catalog.by_name(name).is_some() {
        return Err(Diagnostic::error(format!("there is an operation `{name}` already")));
    }
    Ok(())
}

fn compose(catalog: &Catalog, service: &str, name: &str, line: &str) -> String {
    let template = line.replace('{', "{{ ").replace('}', " }}");
    let mut words = inflect::spoken(name.rsplit('.').next().unwrap_or(name));
    if let Some(first) = words.get(..1).map(str::to_uppercase) {
        words.replace_range(..1, &first);
    }
    let variables = line.split('{').skip(1).filter_map(|part| part.split('}').next());
    let params: Vec<String> = variables.map(|v| format!("      {v}: {}\n", kind(catalog, service, v))).collect();
    let params = params.concat();
    let risk = usual_risk(line);
    format!(
        "  {name}:
    title: {words}
    request: {template}
    # version: the value of the service's version header, when it is another than usual
    # scopes: [all, that, the, token, needs]
    # risk: {risk} # read, write, send, money, destroy or bulk
    params:
{params}      # name: {{required: true, names: [full name], roles: [called, named]}}
      # email: email
    # returns: {{resource: NAME, at: key.of.the.record, many: false}}
    # say: # idioms beside the usual verb and noun
    #   - (add|register) {{name}} [as a] friend
"
    )
}

fn usual_risk(line: &str) -> &'static str {
    let is = |method: Method| line.starts_with(method.as_str());
    if is(Method::Get) || is(Method::Head) || is(Method::Options) {
        "read"
    } else if is(Method::Delete) {
        "destroy"
    } else {
        "write"
    }
}

fn kind<'a>(catalog: &'a Catalog, service: &str, variable: &str) -> &'a str {
    let mut resources = catalog.service(service).into_iter().flat_map(|service| service.resources.iter());
    let id = variable == "id" || variable.ends_with("Id") || variable.ends_with("_id");
    let usual = if id { "id" } else { "text" };
    resources.find(|resource| resource.id == variable).map_or(usual, |resource| resource.name.as_str())
}
