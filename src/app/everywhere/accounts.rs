use super::wanted::Wanted;
use crate::app::inner::Inner;
use crate::app::{Failure, FailureKind, RunOptions};
use crate::catalog::Service;
use crate::catalog::inflect::plural;

/// A line for several accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Everywhere {
    /// The line, without what it says about accounts.
    pub text: String,
    /// What each is called, and what names it.
    pub accounts: Vec<(String, String)>,
    /// What people call several of them.
    pub many: String,
}

impl Everywhere {
    /// The accounts in which a line is to be carried out. Nothing when that is one.
    ///
    /// # Errors
    /// When all are meant and they are not known.
    pub(super) async fn of(inner: &Inner, text: &str, run: &RunOptions) -> Result<Option<Self>, Failure> {
        let named = run.account.as_deref().or(inner.options.account.as_deref());
        let rest = Self::rest_of(inner, text);
        let wanted = match (&rest, named.and_then(|named| Self::wanted(inner, named))) {
            (_, Some(wanted)) => wanted,
            (Some(_), None) => Wanted::All,
            (None, None) => return Ok(None),
        };
        let text = rest.unwrap_or_else(|| text.to_owned());
        let service = inner.service_meant(&text);
        let noun = service.and_then(|service| {
            let first = service.context.first()?;
            service.resources.iter().find(|resource| resource.id == first.name)?.nouns.first()
        });
        let many = noun.map_or_else(|| "accounts".to_owned(), |noun| plural(noun));
        let accounts = match wanted {
            Wanted::Named(names) => inner.named_accounts(service, names).await,
            Wanted::All => inner.all_accounts(service).await?,
        };
        if accounts.is_empty() {
            let failure = Failure::new(FailureKind::NotFound, format!("it is not known which {many} there are"));
            return Err(failure.hint("Name them with --location \"A, B\", or list them in a profile."));
        }
        Ok(Some(Self { text, accounts, many }))
    }
}

impl Inner {
    /// The service that a line is for; else the first with accounts.
    fn service_meant(&self, text: &str) -> Option<&Service> {
        let now = self.now();
        let step = match self.select(text, &now) {
            Ok(Some(selection)) => Some(selection.find.operation),
            _ => self.read(&crate::app::Session::of_one_line(), text).steps.first().map(|step| step.operation),
        };
        let of_step = step.map(|id| self.catalog.service_of(self.catalog.operation(id)));
        of_step.or_else(|| self.catalog.services().iter().find(|service| !service.context.is_empty()))
    }

    /// Accounts by names and ids, each once: what is named twice is not done twice. One that is not known keeps its name.
    async fn named_accounts(&self, service: Option<&Service>, names: Vec<String>) -> Vec<(String, String)> {
        let mut accounts: Vec<(String, String)> = Vec::new();
        for name in names {
            let mut id = None;
            if let Some(service) = service {
                let mut context = self.supplied().at(self.now());
                self.supply_unlisted(&mut context, service);
                let found = self.set_account(&mut context, service, &name, 0).await;
                id = found.ok().and_then(|()| context.account(service).map(str::to_owned));
            }
            let id = id.unwrap_or_else(|| name.clone());
            if !accounts.iter().any(|(_, known)| *known == id) {
                accounts.push((name, id));
            }
        }
        accounts
    }

    /// The accounts of the profile; without any, those that the credential may list.
    async fn all_accounts(&self, service: Option<&Service>) -> Result<Vec<(String, String)>, Failure> {
        let Some(service) = service else { return Ok(Vec::new()) };
        let known = self.options.access.service(&service.name).map(|access| &access.accounts);
        if let Some(known) = known.filter(|known| !known.is_empty()) {
            return Ok(known.iter().map(|account| (account.name.clone(), account.id.clone())).collect());
        }
        let mut context = self.supplied().at(self.now());
        self.supply_unlisted(&mut context, service);
        let found = self.runner(&context, 0).list_accounts(service).await?;
        Ok(found.into_iter().map(|(id, label)| (label, id)).collect())
    }
}
