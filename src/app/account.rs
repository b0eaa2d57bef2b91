use super::inner::Inner;
use super::{Failure, FailureKind, RunOptions};
use crate::catalog::{Catalog, OpId, Service, matches_whole};
use crate::plan::Context;

impl Inner {
    /// Time, account and address for a run of these operations.
    pub(super) async fn context(
        &self,
        run: &RunOptions,
        operations: &[OpId],
        speaker: u64,
    ) -> Result<Context, Failure> {
        let mut context = self.supplied().at(self.now());
        for service in services(&self.catalog, operations) {
            self.supply_unlisted(&mut context, service);
            if let Some(account) = run.account.as_ref().or(self.options.account.as_ref()) {
                self.set_account(&mut context, service, account, speaker).await?;
            }
            if let Some(id) = context.account(service) {
                self.transport.gate().judge_account(id)?;
                let known = self.options.access.service(&service.name).and_then(|access| access.account_named(id));
                if let Some(account) = known {
                    context.set_label(&service.name, &account.name);
                }
            }
        }
        Ok(context)
    }

    /// The account by its id, or by its name among those that the credential may list.
    pub(super) async fn set_account(
        &self,
        context: &mut Context,
        service: &Service,
        account: &str,
        speaker: u64,
    ) -> Result<(), Failure> {
        let Some(first) = service.context.first() else { return Ok(()) };
        if self.names_several(account) {
            let message = format!("\u{ab}{account}\u{bb} names several accounts, and this is done in one at a time");
            return Err(Failure::new(FailureKind::Invalid, message).hint("Name one of them."));
        }
        let access = self.options.access.service(&service.name);
        if let Some(known) = access.and_then(|access| access.account_named(account)) {
            context.set(&service.name, &first.name, &known.id);
            return Ok(());
        }
        let resource = service.resources.iter().find(|r| r.id == first.name);
        let Some(resource) = resource.filter(|r| !matches_whole(&r.id_pattern, account)) else {
            context.set(&service.name, &first.name, account);
            return Ok(());
        };
        let found = self.runner(context, speaker).find_account(service, account).await.unwrap_or_default();
        match found.as_slice() {
            [(id, _)] => context.set(&service.name, &first.name, id.clone()),
            [] if may_be_id(account) => context.set(&service.name, &first.name, account),
            found => {
                let noun = resource.nouns.first().unwrap_or(&resource.name);
                let message = match found.len() {
                    0 => format!("there is no {noun} \u{ab}{account}\u{bb}"),
                    many => format!("{many} go by the name \u{ab}{account}\u{bb}"),
                };
                let names = access.map_or_else(Vec::new, |a| a.accounts.iter().map(|a| a.name.as_str()).collect());
                let hint = if names.is_empty() {
                    "Give its id.".to_owned()
                } else {
                    format!("The profile knows {}; give its name or any id.", names.join(", "))
                };
                return Err(Failure::new(FailureKind::NotFound, message).hint(hint));
            }
        }
        Ok(())
    }
}

/// Whether an account that is found by no name may be meant by its id.
fn may_be_id(said: &str) -> bool {
    !said.is_empty() && said.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

fn services<'a>(catalog: &'a Catalog, operations: &[OpId]) -> Vec<&'a Service> {
    let mut out: Vec<&Service> = Vec::new();
    for id in operations {
        let service = catalog.service_of(catalog.operation(*id));
        if !out.iter().any(|known| std::ptr::eq(*known, service)) {
            out.push(service);
        }
    }
    out
}
