//! The whole numbers by which readings are compared. Tuned on the development phrases only; `--explain` prints them.

/// A verb's own weight comes from the catalog frame (30 for the operation's class, 22 for one that may mean it).
pub const WEAK_VERB: i32 = -4;
/// A verb only this operation understands.
pub const OWN_VERB: i32 = 34;
/// Any further verb of the same operation.
pub const SECOND_VERB: i32 = -3;
/// A verb that this operation does not answer to.
pub const FOREIGN_VERB: i32 = -24;
/// A verb that tells what was done rather than what to do.
pub const OUT_OF_PLACE: i32 = -22;
/// The object noun, primary; each rank below costs two.
pub const OBJECT: i32 = 30;
/// Each further word of a longer noun: "custom field" beats "field".
pub const LONGER: i32 = 8;
/// A noun that is only the beginning of a longer one.
pub const SHADOWED: i32 = -12;
/// "A" before the object of an operation that changes one: another is hardly meant.
pub const ANY_CHANGED: i32 = -14;
/// A field that is said to be new, for the verb of an operation that changes it.
pub const NEW_FIELD: i32 = 26;
/// The object noun said again.
pub const OBJECT_AGAIN: i32 = -1;
/// A noun of a parameter without a value.
pub const MENTION: i32 = -3;
/// A word that tells the operation from its twin.
pub const KEY: i32 = 12;
/// A word that only says where an operation belongs.
pub const BESIDE: i32 = 1;
/// Key words were needed and none was said.
pub const KEY_MISSING: i32 = -40;
/// A field was named.
pub const FIELD: i32 = 8;
/// Its value followed.
pub const FIELD_VALUE: i32 = 4;
/// A field was named and nothing said of it, on a write.
pub const FIELD_EMPTY: i32 = -14;
/// A truth value of what is read that is named and not told: the name alone tells it.
pub const FLAG_EMPTY: i32 = -5;
/// A value introduced by a word declared for it.
pub const LEAD: i32 = 6;
/// A value introduced by any preposition.
pub const WEAK_LEAD: i32 = 2;
/// A value right behind the noun of what another field holds.
pub const TAKEN: i32 = -14;
/// A value beside the noun of its resource.
pub const NOUN_VALUE: i32 = 9;
/// A value where the object's own is expected.
pub const TARGET: i32 = 4;
/// A value with nothing around it.
pub const BARE: i32 = -3;
/// The same where the object's own value or a date is expected.
pub const BARE_TARGET: i32 = -1;
/// Cutting a name in two.
pub const SPLIT_NAME: i32 = -12;
/// An article, preposition or pronoun inside a name that is not capitalised around it.
pub const SMALL_WORD: i32 = -14;
/// "affiliate Jade": the noun of some other record before a name.
pub const NOUN_IN_NAME: i32 = -24;
/// A word of the dictionary, typed small, as a person's name.
pub const NO_NAME: i32 = -60;
/// The same in the name of a thing.
pub const PLAIN_WORD: i32 = -2;
/// A thing called by words of the dictionary alone, without its noun beside it.
pub const NO_THING: i32 = -20;
/// A capitalised word beside a small one in one name.
pub const CASE: i32 = -5;
/// A noun or a verb that is also an allowed value.
pub const TELLING: i32 = 6;
/// A possessive after a record's name.
pub const POSSESSIVE: i32 = 3;
/// An allowed value by one of its words.
pub const ENUM: i32 = 9;
/// The same for a nested field that was not named.
pub const NESTED: i32 = -14;
/// A literal of just the type: an e-mail address for an e-mail field.
pub const TYPED: i32 = 6;
/// A date inside a longer one.
pub const PART_OF_DATE: i32 = -16;
/// A date word that is mostly said without meaning a date ("now").
pub const IDLE_DATE: i32 = -9;
/// Text after a marker that runs to the end.
pub const TAIL: i32 = 11;
/// What a number counts, where the operation has a field for that and something else fills it.
pub const UNIT_UNSAID: i32 = -40;
/// A whole phrase pattern, and each of its literal words.
pub const PATTERN: i32 = 52;
/// A pattern behind another verb or pattern: it counted already.
pub const PATTERN_AFTER_VERB: i32 = -45;
/// A pattern that only sets values: it stands for no verb and no object.
pub const PATTERN_OPTION: i32 = -30;
/// Per literal word of a pattern.
pub const PATTERN_WORD: i32 = 5;
/// A content word that nothing explains.
pub const UNKNOWN: i32 = -34;
/// A negation that no pattern took into account.
pub const NEGATION: i32 = -90;
/// A repaired typo.
pub const REPAIR: i32 = -8;
/// A question that asks for a read.
pub const ASKED: i32 = 18;
/// A read without a verb or a question: a fragment.
pub const FRAGMENT: i32 = 8;
/// A write without a verb.
pub const NO_VERB: i32 = -12;
/// Parameters that are told of a record before they stand for the verb of a write: its name, and two more.
pub const ENOUGH_TOLD: u32 = 3;
/// An arrow behind a record: what follows is to be its new state.
pub const ARROW: i32 = 6;
/// "Zenith deal: lost" tells something; a read was hardly meant.
pub const MARK_READ: i32 = -26;
/// A field of a record that is asked about, right after its name.
pub const TOLD_OF: i32 = 24;
/// The same anywhere else in a question.
pub const TOLD: i32 = 6;
/// A plain word in a question about what there is.
pub const ASIDE_WORD: i32 = -9;
/// Each further word of the dictionary in a name or a search text of a line that neither orders nor asks anything.
pub const IN_PASSING: i32 = -13;
/// What a clause that only tells why says of its record.
pub const REASON: i32 = -1;
/// All of such a clause.
pub const WHOLE_REASON: i32 = -3;
/// All of such a clause that names something, beside that.
pub const UNUSED_NAME: i32 = -5;
/// A pronoun of the order for a record that the clause does not name.
pub const UNHEARD: i32 = -20;
/// A pronoun for a record of a kind that was not spoken of, though others were.
pub const NOT_SPOKEN_OF: i32 = -6;
/// "It" for a record that the clause in front of the order only mentions, where it is about another one.
pub const BESIDE_THE_POINT: i32 = -20;
/// "It" behind such a clause, for the record that it names.
pub const ECHO: i32 = -2;
/// No object noun, and the object is one that a bare name may mean.
pub const ASSUMED: i32 = -8;
/// No object noun, though something else tells what is meant.
pub const NO_OBJECT: i32 = -18;
/// No object noun and nothing that stands for it.
pub const NO_HINT: i32 = -36;
/// A name without a noun for a record that is usually named with one.
pub const UNNAMED: i32 = -3;
/// The name of a thing as a text, with another such name right behind it: the first of the two is what is meant.
pub const SECOND_NOUN: i32 = -8;
/// An operation on many records asked for one.
pub const ONE_OF_MANY: i32 = -18;
/// Each required parameter that is missing, to at most three.
pub const MISSING: i32 = -6;
/// The record that the path names is missing.
pub const NO_RECORD: i32 = -8;
/// A plural noun for an operation on one record, or the other way round.
pub const NUMBER: i32 = -6;
/// A plural noun for an operation that destroys one record.
pub const PLURAL_DESTROYED: i32 = -36;
/// "All" said to an operation that changes one record.
pub const ALL_OF_ONE: i32 = -40;
/// A plural noun for the one record that an operation shows.
pub const PLURAL_FOR_ONE: i32 = -16;
/// A deprecated twin.
pub const DEPRECATED: i32 = -12;
/// A question asked of an operation that writes: nothing makes up for it.
pub const QUESTION_WRITE: i32 = -300;
/// Readings closer than this to the best are rivals, for reads and for writes.
pub const MARGIN_READ: i32 = 0;
/// The margin when something would be changed.
pub const MARGIN_WRITE: i32 = 3;
