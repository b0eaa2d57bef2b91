/// Lets all others who are ready come as far as this first.
///
/// When many requests are under way, those that come along here go on together, one after another: whoever reads lines,
/// writes answers or looks after the network is woken once for all of them rather than for each. To one that is alone it
/// costs a look at the network.
pub async fn in_step() {
    tokio::task::yield_now().await;
}
