//! Lists of objects as people say them: "2 x boiler service at $120 each and a filter for $35".

use crate::catalog::{Each, Parameter, WordSet};
use crate::language::{ItemKind, number_word};

use super::annotate::Annotated;
use super::found::{Found, Span, item};
use super::score;

/// One object of a list: where its parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// The item with the code of what the words are said of.
    pub id: Option<usize>,
    /// The item with the number of them.
    pub count: Option<usize>,
    /// First item and one past the last of the words.
    pub text: Option<(usize, usize)>,
    /// The item with the amount of money.
    pub price: Option<usize>,
}

/// Most words of one element.
const LONGEST: usize = 8;

/// Every list of elements that starts at an item and ends before `past`.
pub fn find(line: &Annotated<'_>, (list, each): (&Parameter, &Each), at: usize, past: usize, out: &mut Vec<Span>) {
    let mut points = 0;
    let mut from = at;
    let named = named(line, list, at);
    loop {
        let mut longest = None;
        for (end, earned) in ends(line, (list, each), from, (past, named)) {
            out.push(Span { end, points: points + earned, found: Found::Items(item(at), item(end)) });
            if longest.is_none_or(|(most, _)| end > most) {
                longest = Some((end, earned));
            }
        }
        // Only behind the longest reading of an element can a next one follow: its price closes it.
        let Some((end, earned)) = longest else { return };
        points += earned;
        from = next(line, end, past);
        if from == end {
            return;
        }
    }
}

/// The elements of a stretch that [`find`] found.
pub fn elements(line: &Annotated<'_>, (list, each): (&Parameter, &Each), first: usize, past: usize) -> Vec<Element> {
    let mut out = Vec::new();
    let mut at = first;
    let named = named(line, list, first);
    while at < past {
        let whole = |end: usize| end == past || next(line, end, past) > end;
        let mut readings = Vec::new();
        read(line, (list, each), at, (past, named), &mut |end, element| readings.push((end, element)));
        let Some((end, element)) = readings.into_iter().filter(|(end, _)| whole(*end)).max_by_key(|(end, _)| *end)
        else {
            break;
        };
        out.push(element);
        at = next(line, end, past).max(end);
    }
    out
}

/// Whether the name of the list stands before an item: then even a plain number is a price ("items: paving 1800 and edging
/// 240").
fn named(line: &Annotated<'_>, list: &Parameter, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &line.utterance.items[at]) else { return false };
    let named = || list.names.iter().any(|name| name.rsplit(' ').next() == Some(&before.folded));
    before.kind == ItemKind::Colon || before.kind == ItemKind::Word && named()
}

/// One past what separates two elements, from the end of the first.
fn next(line: &Annotated<'_>, end: usize, past: usize) -> usize {
    let separates = |at: usize| {
        matches!(kind(line, at), ItemKind::Comma | ItemKind::Semicolon | ItemKind::Ampersand)
            || line.is(at, WordSet::Conjunction)
    };
    (end..past).find(|at| !separates(*at)).unwrap_or(end)
}

fn ends(line: &Annotated<'_>, said: (&Parameter, &Each), at: usize, past: (usize, bool)) -> Vec<(usize, i32)> {
    let mut out = Vec::new();
    read(line, said, at, past, &mut |end, element| out.push((end, worth(line, at, end, element))));
    out
}

/// What an element earns: no more than its parts would by themselves, as [`super::outlook`] counts them.
fn worth(line: &Annotated<'_>, at: usize, end: usize, element: Element) -> i32 {
    let typed = |part: Option<usize>, points: i32| if part.is_some() { points } else { 0 };
    let part = |i: usize| [element.id, element.count, element.price].contains(&Some(i));
    let words: i32 = (at..end).filter(|i| !part(*i)).map(|i| (line.costs[i] / 2).min(0)).sum();
    typed(element.price, score::TYPED + 2) + typed(element.count, 2) + typed(element.id, 2) + words
}

fn read(
    line: &Annotated<'_>,
    (list, each): (&Parameter, &Each),
    at: usize,
    (past, named): (usize, bool),
    tell: &mut impl FnMut(usize, Element),
) {
    let inside = at > 0 && line.is_name(at) && line.is_name(at - 1) && *kind(line, at - 1) == ItemKind::Word;
    if at >= past || follows_word(line, at) || inside {
        return;
    }
    if each.text.is_some() && each.price.is_some() && matches!(kind(line, at), ItemKind::Money { .. }) {
        return priced_first(line, at, past, tell);
    }
    let (count, from) = counted(line, each, at, past);
    if each.price.is_some() {
        if each.text.is_none() {
            if matches!(kind(line, from), ItemKind::Money { .. }) {
                tell(apiece(line, from + 1, past), Element { count, price: Some(from), ..NOTHING });
            }
            return;
        }
        return priced(line, (count, each.count.is_some()), from, (past, named), tell);
    }
    if each.id.is_some() {
        return coded(line, (list, each), (from, past), tell);
    }
    let from = past_noun(line, from, past);
    if count.is_some() && from < past && is_text(line, from) {
        tell(from + 1, Element { count, text: Some((from, from + 1)), ..NOTHING });
    } else if let Some(many) = counted_behind(line, from, past).filter(|_| each.count.is_some()) {
        tell(many + 1, Element { count: Some(many), text: Some((from, from + 1)), ..NOTHING });
    }
}

/// An element of which nothing is said.
const NOTHING: Element = Element { id: None, count: None, text: None, price: None };

/// Small words between a code and what is said of it, at most: "should be called".
const LONGEST_LEAD: usize = 4;

/// "68aa01 becomes before.jpg", "product 66f2d1bb should be named Cedar Candle": the words end where a next code begins.
fn coded(
    line: &Annotated<'_>,
    (list, each): (&Parameter, &Each),
    (at, past): (usize, usize),
    tell: &mut impl FnMut(usize, Element),
) {
    let id = past_noun(line, at, past);
    if id >= past || *kind(line, id) != ItemKind::Code {
        return;
    }
    // "66f2d1bb gets the name Pine Candle"
    let field = list.fields.iter().find(|field| Some(&field.name) == each.text.as_ref());
    let names = |at: usize| {
        let word = line.utterance.items.get(at).filter(|_| at < past);
        word.zip(field).is_some_and(|(word, field)| field.names.contains(&word.folded))
    };
    let from = past_lead(line, id + 1, past);
    let named = from + usize::from(line.is(from.min(past - 1), WordSet::Article));
    let from = if names(named) { named + 1 } else { from };
    let begins = |at: usize| {
        let at = past_noun(line, next(line, at, past), past);
        at < past && *kind(line, at) == ItemKind::Code
    };
    let mut end = from;
    while end < past && is_text(line, end) && !(end > from && line.is(end, WordSet::Conjunction) && begins(end)) {
        end += 1;
    }
    if end > from {
        tell(end, Element { id: Some(id), text: Some((from, end)), ..NOTHING });
    }
}

/// The number behind a code that says how many there are of it: "price 66f3e2cc is 40 now".
fn counted_behind(line: &Annotated<'_>, at: usize, past: usize) -> Option<usize> {
    let code = at < past && *kind(line, at) == ItemKind::Code;
    let many = past_lead(line, at + 1, past);
    (code && many > at + 1 && many < past && matches!(kind(line, many), ItemKind::Number { .. })).then_some(many)
}

/// Where what is said of a code begins, behind the small words that lead to it.
fn past_lead(line: &Annotated<'_>, at: usize, past: usize) -> usize {
    let sets = [WordSet::Auxiliary, WordSet::Licence, WordSet::Quantity, WordSet::Filler];
    let leads = |at: usize| {
        matches!(kind(line, at), ItemKind::Arrow | ItemKind::Comma)
            || joins(line, at)
            || line.is_small(at) && sets.into_iter().any(|set| line.is(at, set))
    };
    (at..past.min(at + LONGEST_LEAD)).find(|at| !leads(*at)).unwrap_or(past.min(at + LONGEST_LEAD))
}

/// Where a code begins behind the noun of what it is: "price 66f3e2cc". Where none does, the item itself.
fn past_noun(line: &Annotated<'_>, at: usize, past: usize) -> usize {
    let coded = |at: usize| at < past && *kind(line, at) == ItemKind::Code;
    (1..=2).map(|len| at + len).find(|next| is_noun(line, at, *next) && coded(*next)).unwrap_or(at)
}

/// Whether the noun of something covers just so many items.
fn is_noun(line: &Annotated<'_>, at: usize, past: usize) -> bool {
    past <= line.utterance.items.len() && line.is_small(at) && line.noun_between(at, past - 1, past)
}

/// A number in front of what there are so many of, and where that begins: "2 x", "three", "a".
fn counted(line: &Annotated<'_>, each: &Each, at: usize, past: usize) -> (Option<usize>, usize) {
    let number = match kind(line, at) {
        ItemKind::Number { .. } => true,
        ItemKind::Word => number_word(&line.utterance.items[at].folded).is_some() && !line.is(at, WordSet::Determiner),
        _ => false,
    };
    if each.count.is_some() && number && at + 1 < past {
        let times = at + 1 < past && (line.is(at + 1, WordSet::Times) || is_binder(line, at + 1)) && at + 2 < past;
        return (Some(at), at + 1 + usize::from(times));
    }
    let article = line.is(at, WordSet::Article) && at + 1 < past;
    (None, at + usize::from(article))
}

fn is_binder(line: &Annotated<'_>, at: usize) -> bool {
    line.is(at, WordSet::Binder) && !line.is(at, WordSet::Conjunction)
}

/// "boiler service at $120 each", "gate $120", "strategy session at 450".
fn priced(
    line: &Annotated<'_>,
    (count, counts): (Option<usize>, bool),
    from: usize,
    (past, named): (usize, bool),
    tell: &mut impl FnMut(usize, Element),
) {
    let mut end = from;
    if from < past && points_at(line, from) {
        return;
    }
    while end < past.min(from + LONGEST) && is_text(line, end) && !money(line, end) {
        // "… to Ann Lee for $200": what leads to a price or a name is not what it is the price of.
        let leads = end == from && line.is(end, WordSet::Preposition) && end + 1 < past;
        if leads && (money(line, end + 1) || line.is_name(end + 1)) {
            return;
        }
        let after = end + 1;
        if after < past && money(line, after) && price_opens(line, after, past) {
            return;
        }
        if let Some(Closing { end, count: many, price }) = closing(line, after, past, named) {
            let many = many.filter(|_| counts);
            tell(end, Element { count: many.or(count), text: Some((from, after)), price: Some(price), ..NOTHING });
            return;
        }
        end += 1;
    }
}

/// What closes the words of an element.
struct Closing {
    end: usize,
    count: Option<usize>,
    price: usize,
}

/// The price behind the words of an element, and the number of them before or behind it: "at $120 each", ", qty 2 at 45",
/// "150 x 4".
fn closing(line: &Annotated<'_>, after: usize, past: usize, named: bool) -> Option<Closing> {
    let figure = |at: usize| at < past && matches!(kind(line, at), ItemKind::Number { .. });
    let comma = |at: usize| at + 1 < past && *kind(line, at) == ItemKind::Comma;
    let many = |at: usize| (at + 1 < past && line.is(at, WordSet::Quantity) && figure(at + 1)).then_some(at + 1);
    let paused = usize::from(comma(after));
    let at = after + paused;
    let before = many(at);
    let at = before.map_or(at, |many| many + 1 + usize::from(comma(many + 1)));
    let mark = at < past && joins(line, at);
    let price = at + usize::from(mark);
    if paused > 0 && before.is_none() && !mark && !(price < past && money(line, price)) {
        return None;
    }
    // "Posts 12 x 35": the smaller figure counts.
    if let Some(other) = times(line, price + 1, past).filter(|_| figure(price)) {
        let (count, price) = if amount(line, price) < amount(line, other) { (price, other) } else { (other, price) };
        return Some(Closing { end: other + 1, count: Some(count), price });
    }
    let ends = |at: usize| {
        at >= past || matches!(kind(line, at), ItemKind::Comma | ItemKind::Stop) || line.is(at, WordSet::Conjunction)
    };
    let told = mark && prices(line, at) || before.is_some() || named && ends(price + 1);
    if price >= past || !(money(line, price) || figure(price) && told) {
        return None;
    }
    let end = apiece(line, price + 1, past);
    let behind = many(end).or_else(|| comma(end).then(|| many(end + 1)).flatten()).or_else(|| times(line, end, past));
    let count = behind.or(before);
    Some(Closing { end: behind.map_or(end, |many| many + 1), count, price })
}

/// A figure in thousandths.
fn amount(line: &Annotated<'_>, at: usize) -> Option<u64> {
    let ItemKind::Number { amount } = kind(line, at) else { return None };
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let thousandths: String = part.chars().chain(std::iter::repeat('0')).take(3).collect();
    format!("{whole}{thousandths}").parse().ok()
}

/// The number behind a price that says how many there are: "Consulting 150 x 4".
fn times(line: &Annotated<'_>, at: usize, past: usize) -> Option<usize> {
    let fits = at + 1 < past && line.is(at, WordSet::Times) && matches!(kind(line, at + 1), ItemKind::Number { .. });
    fits.then_some(at + 1)
}

/// "$450 for gutter cleaning", or what costs so much is not told.
fn priced_first(line: &Annotated<'_>, at: usize, past: usize, tell: &mut impl FnMut(usize, Element)) {
    let from = apiece(line, at + 1, past);
    tell(from, Element { price: Some(at), ..NOTHING });
    if from >= past || !line.is(from, WordSet::Preposition) {
        return;
    }
    let from = from + 1 + usize::from(from + 1 < past && line.is(from + 1, WordSet::Article));
    let mut end = from;
    while end < past.min(from + LONGEST) && is_text(line, end) && !money(line, end) {
        end += 1;
        tell(end, Element { text: Some((from, end)), price: Some(at), ..NOTHING });
    }
}

/// A word that nothing knows, typed small, right before: it belongs to what follows.
fn follows_word(line: &Annotated<'_>, at: usize) -> bool {
    at > 0
        && line.matches(at - 1).iter().all(|m| m.repaired)
        && *kind(line, at - 1) == ItemKind::Word
        && !line.is_name(at - 1)
}

/// A word that stands for a person or points at something: no name of a thing begins with it.
fn points_at(line: &Annotated<'_>, at: usize) -> bool {
    let points = [WordSet::Determiner, WordSet::Person, WordSet::Thing, WordSet::Self_, WordSet::Question];
    !line.is_name(at) && points.into_iter().any(|set| line.is(at, set))
}

/// Whether a price is that of what comes behind it: "Ann $450 for gutter cleaning".
fn price_opens(line: &Annotated<'_>, price: usize, past: usize) -> bool {
    let next = price + 1 + usize::from(price + 1 < past && *kind(line, price + 1) == ItemKind::Unit);
    next + 1 < past && line.is(next, WordSet::Preposition) && is_text(line, next + 1)
}

/// One past the words that say that a price is of one: "each", "per hour".
fn apiece(line: &Annotated<'_>, at: usize, past: usize) -> usize {
    let at = at + usize::from(at < past && *kind(line, at) == ItemKind::Unit);
    if at < past && line.is(at, WordSet::Apiece) { at + 1 } else { at }
}

/// What stands between an element's words and its price.
fn joins(line: &Annotated<'_>, at: usize) -> bool {
    line.is(at, WordSet::Preposition)
        || line.is(at, WordSet::Link)
        || line.is(at, WordSet::Times)
        || line.is(at, WordSet::Priced)
        || matches!(kind(line, at), ItemKind::Colon | ItemKind::Dash | ItemKind::Equals)
}

/// Whether even a plain number behind an item is a price.
fn prices(line: &Annotated<'_>, at: usize) -> bool {
    line.is(at, WordSet::Priced) || *kind(line, at) == ItemKind::Colon
}

fn money(line: &Annotated<'_>, at: usize) -> bool {
    matches!(kind(line, at), ItemKind::Money { .. })
}

fn is_text(line: &Annotated<'_>, at: usize) -> bool {
    matches!(
        kind(line, at),
        ItemKind::Word | ItemKind::Code | ItemKind::Quoted { .. } | ItemKind::Number { .. } | ItemKind::Percent { .. }
    ) && !line.is(at, WordSet::Negation)
}

fn kind<'a>(line: &Annotated<'a>, at: usize) -> &'a ItemKind {
    &line.utterance.items[at].kind
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn codes_stand_before_what_is_said_of_each() {
        for (line, list) in [
            (
                "rename media files: 66aa01f2c7 becomes hero.jpg and 66aa01f9d3 becomes footer.jpg",
                r#"[{"id":"66aa01f2c7","name":"hero.jpg"},{"id":"66aa01f9d3","name":"footer.jpg"}]"#,
            ),
            (
                "bulk edit the products: 66f2d1bb gets the name Cedar Candle, 66f2d1cc gets the name Pine Candle",
                r#"[{"_id":"66f2d1bb","name":"Cedar Candle"},{"_id":"66f2d1cc","name":"Pine Candle"}]"#,
            ),
            ("stock for price 66f3e2cc is 40 now", r#"[{"priceId":"66f3e2cc","availableQuantity":40}]"#),
        ] {
            assert!(meant(line).contains(list), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_is_said_of_all_goes_into_each() {
        for (line, list) in [
            (
                "fulfil order 64f1a2b3c4: 2 of price 65d1a2b3c4, tracking number 1Z999AA1 with UPS",
                r#"trackings=[{"trackingNumber":"1Z999AA1","shippingCarrier":"UPS"}]"#,
            ),
            (
                "approve reviews 66f1a2b3c4 and 66f1a2b3d5 of product 65e1a2b3c4, both in store 64a1b2c3d4",
                r#"[{"reviewId":"66f1a2b3c4","productId":"65e1a2b3c4","storeId":"64a1b2c3d4"},{"reviewId":"66f1a2b3d5""#,
            ),
        ] {
            assert!(meant(line).contains(list), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn a_price_tells_the_currency_of_the_whole() {
        let line = "create an estimate for Ann Lee called Patio, item tile work at 2400 USD";
        assert!(meant(line).contains(r#"currency="USD""#), "{}", meant(line));
    }

    #[test]
    fn the_price_and_the_number_of_them_stand_behind_the_words() {
        for (said, items) in [
            (
                "items paving 1800 and edging 240",
                r#"items=[{"name":"paving","amount":1800},{"name":"edging","amount":240}]"#,
            ),
            (
                "items: posts 12 x 35 and labour 1 x 400",
                r#"items=[{"name":"posts","qty":12,"amount":35},{"name":"labour","qty":1,"amount":400}]"#,
            ),
            ("item Reconciliation, $350, quantity 1", r#"items=[{"name":"Reconciliation","qty":1,"amount":350}]"#),
            (
                "one line: tear-off and shingles, qty 1 at $8,450",
                r#"items=[{"name":"tear-off and shingles","qty":1,"amount":8450}]"#,
            ),
            ("item: Consulting 150 x 4", r#"items=[{"name":"Consulting","qty":4,"amount":150}]"#),
        ] {
            let line = format!("create an estimate for Ann Lee called Patio, {said}");
            assert!(meant(&line).contains(items), "{line}: {}", meant(&line));
        }
    }
}
