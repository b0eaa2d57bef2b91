use std::fmt::Write as _;

use sayso::catalog::Layer;
use sayso::diagnostic::Diagnostic;

/// Operations of each made-up record.
const PER_RECORD: usize = 6;
/// Records of each made-up service.
const PER_SERVICE: usize = 100;
/// One record in so many is called as records of the built-in catalog are ("contact"), so that words are shared.
const SHARED_EVERY: usize = 50;
const SHARED: [&str; 8] = ["contact", "tag", "invoice", "task", "note", "calendar", "workflow", "product"];
const SYLLABLES: [&str; 20] = [
    "bra", "cu", "dor", "fli", "ga", "hem", "jo", "kel", "lum", "mi", "nor", "pa", "quo", "ri", "sel", "tu", "vin",
    "wo", "yar", "zet",
];

/// Layers with at least so many operations of services that do not exist.
pub fn layers(operations: usize) -> Vec<Layer> {
    let records = operations.div_ceil(PER_RECORD);
    let services = records.div_ceil(PER_SERVICE);
    (0..services).map(|at| service(at, at * PER_SERVICE..records.min((at + 1) * PER_SERVICE))).collect()
}

/// The first of several errors.
pub fn first(errors: &[Diagnostic]) -> String {
    errors.first().map_or_else(String::new, |error| format!("{error:?}"))
}

fn service(at: usize, records: std::ops::Range<usize>) -> Layer {
    let name = format!("made{at}");
    let mut head = format!("service: {name}\nbase_url: https://{name}.test\nresources:\n");
    let mut body = "operations:\n".to_owned();
    for record in records {
        let noun = noun(record);
        let key = format!("thing{record}");
        // Writing to a text never fails.
        let _ = writeln!(head, "  {key}: {{nouns: [{noun}], id: {key}Id}}");
        let _ = write!(
            body,
            "  {name}.list-{key}: {{request: GET /{key}, object: {key}, returns: {{resource: {key}, many: true}}}}
  {name}.get-{key}: {{request: 'GET /{key}/{{{{ {key}Id }}}}', object: {key}, params: {{{key}Id: {{in: path, type: {key}}}}}}}
  {name}.create-{key}: {{request: POST /{key}, object: {key}, params: {{name: {{required: true}}, email: email, amount: money}}}}
  {name}.update-{key}:
    request: 'PUT /{key}/{{{{ {key}Id }}}}'
    object: {key}
    params: {{{key}Id: {{in: path, type: {key}}}, name: text, status: {{enum: [open, won, lost]}}, dueDate: date}}
  {name}.delete-{key}: {{request: 'DELETE /{key}/{{{{ {key}Id }}}}', object: {key}, params: {{{key}Id: {{in: path, type: {key}}}}}}}
  {name}.send-{key}:
    request: 'POST /{key}/{{{{ {key}Id }}}}/send'
    object: {key}
    params: {{{key}Id: {{in: path, type: {key}}}, message: free-text}}
    say: ['send [the] {noun} {{{key}Id}} saying {{message}}']
"
        );
    }
    Layer::new(&name, vec![(format!("{name}/service.yaml"), head), (format!("{name}/things.yaml"), body)])
}

fn noun(record: usize) -> String {
    if record.is_multiple_of(SHARED_EVERY) {
        return SHARED[record / SHARED_EVERY % SHARED.len()].to_owned();
    }
    let syllable = |at: usize| SYLLABLES[at % SYLLABLES.len()];
    format!("{}{}{}", syllable(record), syllable(record / 20 + 7), syllable(record / 400 + 3))
}
