use super::records::records_of;
use super::{Extent, Failure, Runner, api_failure, is_error};
use crate::catalog::{Catalog, Method, OpId, Resource, Service};
use crate::intent::{Argument, Step, Value};
use crate::plan::{PlannedStep, dotted, label_of, plain_text, plan};
use crate::request::validate;
use crate::store::NameKey;

/// How long what an account is called is believed: names of accounts rarely change.
const AGE_MS: i64 = 7 * 24 * 3600 * 1000;

impl Runner<'_> {
    /// What people call the account that a service's requests run in; its id when the API does not tell.
    pub async fn account_label(&self, service: &Service) -> Option<String> {
        let id = self.context.account(service)?;
        if let Some(known) = self.known_account(service) {
            return Some(known);
        }
        let account = self.account_key(service);
        let asking = self.transport.account_names().asking(&account_name(service, &account));
        let _turn = asking.lock().await;
        if let Some(known) = self.known_account(service) {
            return Some(known);
        }
        let label = self.ask_account(service, id).await.unwrap_or_else(|| id.to_owned());
        let now = (self.transport.settings().clock_ms)();
        let key = NameKey { service: &service.name, account: &account, resource: "account", query: "label" };
        if let Err(error) = self.store.keep_names(&key, &label, now) {
            tracing::warn!("{error}");
        }
        self.transport.account_names().note(&account_name(service, &account), now, Some(label.clone()));
        Some(label)
    }

    /// The same without asking the API.
    #[must_use]
    pub fn known_account(&self, service: &Service) -> Option<String> {
        if let Some(label) = self.context.label(service) {
            return Some(label.to_owned());
        }
        let account = self.account_key(service);
        let key = NameKey { service: &service.name, account: &account, resource: "account", query: "label" };
        let now = (self.transport.settings().clock_ms)();
        self.transport.account_names().get(&account_name(service, &account), now, || {
            self.store.names(&key, now.saturating_sub(AGE_MS)).ok().flatten()
        })
    }

    async fn ask_account(&self, service: &Service, id: &str) -> Option<String> {
        let name = &service.context.first()?.name;
        let resource = service.resources.iter().find(|r| r.id == *name)?;
        let operation = getter(self.catalog, service, resource)?;
        let step = self.step(operation, name, id);
        let planned = plan(&[step], self.catalog, self.context).steps.pop()?;
        let request = validate(&planned, self.catalog, self.context).ok()?;
        let received =
            self.transport.send_once(&self.sending(&request, self.catalog.operation(operation))).await.ok()?;
        let records = records_of(self.catalog.operation(operation), &received.body);
        let record = records.first().filter(|_| !is_error(&received))?;
        Some(label_of(resource, record))
    }

    /// A context value that a request tells: `METHOD /path#dotted.key`.
    pub async fn ask_context(&self, service: &Service, from: &str) -> Option<String> {
        let (line, place) = from.split_once('#')?;
        let (method, path) = line.trim().split_once(' ')?;
        let operation = self.catalog.by_request_of(&service.name, method_named(method)?, path.trim())?;
        let step = Step { operation, arguments: Vec::new(), missing: Vec::new(), confirm: None };
        let planned = plan(&[step], self.catalog, self.context).steps.pop()?;
        let declared = self.catalog.operation(operation);
        if self.catalog.service_of(declared).name != service.name || !declared.reads() {
            return None;
        }
        let fetched = self.fetch(&planned, Extent::Page).await.ok()?;
        if is_error(&fetched.received) {
            return None;
        }
        dotted(&fetched.received.body, place.trim()).and_then(plain_text)
    }

    fn step(&self, operation: OpId, name: &str, id: &str) -> Step {
        let own = self.catalog.operation(operation).params.iter().find(|p| p.name == name);
        let arguments = own.map(|p| Argument { name: p.name.clone(), value: Value::Given(id.into()) });
        Step { operation, arguments: arguments.into_iter().collect(), missing: Vec::new(), confirm: None }
    }

    /// An account by its name, among those that the credential may list.
    pub async fn find_account(&self, service: &Service, text: &str) -> Option<Vec<(String, String)>> {
        let wanted = crate::plan::fold(text);
        let all = self.list_accounts(service).await.ok()?;
        Some(all.into_iter().filter(|(_, label)| crate::plan::fold(label) == wanted).collect())
    }

    /// The accounts that the credential may list, ids with what they are called; none where nothing lists them.
    ///
    /// # Errors
    /// Why they are not listed.
    pub async fn list_accounts(&self, service: &Service) -> Result<Vec<(String, String)>, Failure> {
        let Some((resource, planned)) = self.lister(service) else { return Ok(Vec::new()) };
        let operation = self.catalog.operation(planned.operation);
        let fetched = self.fetch(&planned, Extent::All).await?;
        if is_error(&fetched.received) {
            return Err(api_failure(&fetched.received, operation, service, None));
        }
        let records = records_of(operation, &fetched.received.body);
        let all = if fetched.records.is_empty() { records } else { fetched.records };
        let named = all.iter().filter_map(|r| Some((crate::plan::id_of(resource, r)?, label_of(resource, r))));
        Ok(named.collect())
    }

    /// What lists the accounts of a service.
    fn lister<'s>(&self, service: &'s Service) -> Option<(&'s Resource, PlannedStep)> {
        let name = &service.context.first()?.name;
        let resource = service.resources.iter().find(|r| r.id == *name)?;
        let operation = self.catalog.by_name(&resource.find.as_ref()?.operation)?;
        let step = Step { operation, arguments: Vec::new(), missing: Vec::new(), confirm: None };
        Some((resource, plan(&[step], self.catalog, self.context).steps.pop()?))
    }
}

fn account_name(service: &Service, account: &str) -> String {
    [service.name.as_str(), " ", account].concat()
}

/// The operation that gets one record of that kind by nothing but its id.
fn getter(catalog: &Catalog, service: &Service, resource: &Resource) -> Option<OpId> {
    catalog.ids_of_one().find(|id| {
        let operation = catalog.operation(*id);
        let returns = operation.returns.as_ref();
        catalog.service_of(operation).name == service.name
            && operation.method == Method::Get
            && operation.reads()
            && returns.is_some_and(|r| !r.many && r.resource.as_ref() == Some(&resource.name))
            && operation.params.iter().all(|p| p.name == resource.id || !p.required)
            && operation.path.ends_with(&format!("{{{}}}", resource.id))
    })
}

fn method_named(name: &str) -> Option<Method> {
    let all = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Head, Method::Options];
    all.into_iter().find(|m| m.as_str() == name)
}
