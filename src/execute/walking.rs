use serde_json::Value;

use super::paging::Pager;
use super::records::{shown, total_of};
use super::runner::Fetched;
use super::{Extent, NoResult, Runner, Shown, Sink, api_failure, is_error};
use crate::plan::PlannedStep;
use crate::request::ValidRequest;

/// Most records of one list that are held; a longer one has to be handed on as it comes.
const MOST_HELD: usize = 20_000;
/// Records that are held of a list that is handed on.
const FEW: usize = 100;

impl Runner<'_> {
    /// Sends a step that has no names left in it, and follows its pages as far as is wanted.
    pub(super) async fn fetch(&self, step: &PlannedStep, extent: Extent) -> Result<Fetched, NoResult> {
        self.walk(step, None, extent, None).await
    }

    /// The same, handing pages on as they come; by the request that was made of the step already, where it has no pages.
    pub(super) async fn walk(
        &self,
        step: &PlannedStep,
        request: Option<&ValidRequest>,
        extent: Extent,
        sink: Option<&Sink>,
    ) -> Result<Fetched, NoResult> {
        let operation = self.catalog.operation(step.operation);
        let service = self.catalog.service_of(operation);
        let style = operation.page.as_ref().and_then(|p| service.pagination.iter().find(|s| s.name == p.style));
        let walks = extent != Extent::Page && operation.returns.as_ref().is_some_and(|r| r.many);
        let Some(style) = style.filter(|_| walks) else {
            return self.fetch_once(step, request, operation, extent).await;
        };
        let most = match (extent, sink) {
            (Extent::Limit(most), Some(_)) => most,
            (Extent::Limit(most), None) => most.min(MOST_HELD),
            (_, Some(_)) => usize::MAX,
            (_, None) => MOST_HELD,
        };
        let wanted = matches!(extent, Extent::Limit(_)).then_some(most);
        let (mut pager, mut step) = Pager::new(operation, style, step, wanted);
        let mut first: Option<Fetched> = None;
        loop {
            let mut fetched = self.fetch_once(&step, None, operation, Extent::Page).await?;
            if is_error(&fetched.received) {
                let account = self.context.account(service);
                let failure = || api_failure(&fetched.received, operation, service, account).into();
                return if first.is_some() { Err(failure()) } else { Ok(fetched) };
            }
            let total = total_of(&fetched.received.body);
            let page = std::mem::take(&mut fetched.records).into_vec();
            let turned = pager.turn(&step, &fetched.received.body, page, total);
            let mut list = first.unwrap_or(Fetched { count: 0, total: None, ..fetched });
            list.total = list.total.or(total);
            let room = most - list.count;
            list.more =
                turned.cut || turned.records.len() > room || (turned.next.is_some() && turned.records.len() == room);
            let records: Vec<Value> = turned.records.into_iter().take(room).collect();
            list.count += records.len();
            let goes_on = match sink {
                None => {
                    list.records.extend(records);
                    true
                }
                Some(sink) => {
                    list.records.extend(records.iter().take(FEW.saturating_sub(list.records.len())).cloned());
                    let page = shown(operation, service, records.into());
                    page.is_none_or(|page| {
                        sink.take(Shown { count: list.count, total: list.total, more: list.more, ..page })
                    })
                }
            };
            match turned.next.filter(|_| goes_on && list.count < most) {
                Some(next) => step = next,
                None => return Ok(list),
            }
            first = Some(list);
        }
    }
}
