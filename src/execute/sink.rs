use std::fmt;
use std::sync::Arc;

use super::Shown;

/// Where the records of a list go as they come, page by page, so that no list is ever held whole.
#[derive(Clone)]
pub struct Sink(Arc<dyn Fn(Shown) -> bool + Send + Sync>);

impl Sink {
    /// A sink that hands pages to `take`, which says whether it wants more.
    pub fn new(take: impl Fn(Shown) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    /// Hands a page on; whether more is wanted. `count` and `total` of the page are those of the list so far.
    pub(super) fn take(&self, page: Shown) -> bool {
        (self.0)(page)
    }
}

impl PartialEq for Sink {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}
