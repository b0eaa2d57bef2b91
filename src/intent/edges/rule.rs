/// What makes a stretch of items a step of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    All,
    AnotherProgram,
    Arrow,
    ArrowAndText,
    Auxiliary,
    BareValue,
    Comma,
    DescribesTheRecord,
    Determiner,
    Field,
    FieldThatIsAskedAbout,
    FieldValue,
    Figure,
    Filler,
    Flag,
    FreeText,
    Items,
    JsonFields,
    KeyValue,
    KeyWord,
    LeadAndValue,
    LeadNounAndName,
    LightNoun,
    LinkWithoutAnEnd,
    ListedValues,
    LooseConjunction,
    LooseLink,
    LooseMarker,
    LoosePreposition,
    LoosePronoun,
    Mark,
    MentionedRecord,
    NameAndNoun,
    NameOfTheService,
    Negation,
    Nobody,
    NotUnderstood,
    NounAndName,
    Object,
    ObjectAndItsId,
    ObjectValue,
    OwnVerb,
    Pattern,
    Possessive,
    Place,
    PrepositionAndValue,
    PrepositionWithoutAnEnd,
    Pronoun,
    Question,
    QuestionMark,
    SecondPartOfTheVerb,
    Sequence,
    Speaker,
    Stop,
    Subject,
    SubjectOfTheQuestion,
    TellsWhy,
    TextToTheEnd,
    TurnOfSpeech,
    TypedValue,
    Unit,
    UnitThatIsNotSaid,
    Value,
    ValueAndField,
    ValueAsField,
    Verb,
    VerbThatOrdersNothing,
    WeakVerbOfAnotherKind,
    WhatIsAskedOfIt,
    WhatItIsAbout,
    WhatWasNamedBefore,
    WhoDidIt,
    Wish,
    WordBeside,
    WordThatOnlyTells,
}

impl Rule {
    /// Whether it passes over words that neither order, name nor tell a value.
    pub fn is_idle(self) -> bool {
        matches!(
            self,
            Self::All
                | Self::Auxiliary
                | Self::Comma
                | Self::Determiner
                | Self::Filler
                | Self::LooseConjunction
                | Self::LooseLink
                | Self::LooseMarker
                | Self::LoosePreposition
                | Self::LoosePronoun
                | Self::Mark
                | Self::Place
                | Self::Pronoun
                | Self::Sequence
                | Self::Speaker
                | Self::Stop
                | Self::Subject
                | Self::TellsWhy
                | Self::VerbThatOrdersNothing
                | Self::WeakVerbOfAnotherKind
                | Self::WhatWasNamedBefore
                | Self::WhoDidIt
                | Self::Wish
                | Self::WordThatOnlyTells
        )
    }

    /// Its name, as `--explain` tells it.
    pub fn title(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AnotherProgram => "another program",
            Self::Arrow => "arrow",
            Self::ArrowAndText => "arrow and text",
            Self::Auxiliary => "auxiliary",
            Self::BareValue => "bare value",
            Self::Comma => "comma",
            Self::Determiner => "determiner",
            Self::Field => "field",
            Self::FieldThatIsAskedAbout => "field that is asked about",
            Self::FieldValue => "field value",
            Self::Figure => "figure",
            Self::Filler => "filler",
            Self::Flag => "flag",
            Self::FreeText => "free text",
            Self::Items => "items",
            Self::JsonFields => "JSON fields",
            Self::KeyValue => "key=value",
            Self::DescribesTheRecord => "describes the record",
            Self::KeyWord => "key word",
            Self::LeadAndValue => "lead and value",
            Self::LeadNounAndName => "lead, noun and name",
            Self::LightNoun => "light noun",
            Self::LinkWithoutAnEnd => "link without an end",
            Self::ListedValues => "listed values",
            Self::LooseConjunction => "loose conjunction",
            Self::LooseLink => "loose link",
            Self::LooseMarker => "loose marker",
            Self::LoosePreposition => "loose preposition",
            Self::LoosePronoun => "loose pronoun",
            Self::Mark => "mark",
            Self::MentionedRecord => "mentioned record",
            Self::NameAndNoun => "name and noun",
            Self::NameOfTheService => "name of the service",
            Self::Negation => "negation",
            Self::Nobody => "nobody",
            Self::NotUnderstood => "not understood",
            Self::NounAndName => "noun and name",
            Self::Object => "object",
            Self::ObjectAndItsId => "object and its id",
            Self::ObjectValue => "object value",
            Self::OwnVerb => "own verb",
            Self::Pattern => "pattern",
            Self::Possessive => "possessive",
            Self::PrepositionAndValue => "preposition and value",
            Self::PrepositionWithoutAnEnd => "preposition without an end",
            Self::Pronoun => "pronoun",
            Self::Question => "question",
            Self::QuestionMark => "question mark",
            Self::SecondPartOfTheVerb => "second part of the verb",
            Self::Sequence => "sequence",
            Self::Speaker => "speaker",
            Self::Stop => "stop",
            Self::Subject => "subject",
            Self::SubjectOfTheQuestion => "subject of the question",
            Self::TellsWhy => "tells why",
            Self::TextToTheEnd => "text to the end",
            Self::TurnOfSpeech => "turn of speech",
            Self::TypedValue => "typed value",
            Self::Unit => "unit",
            Self::UnitThatIsNotSaid => "unit that is not said",
            Self::Value => "value",
            Self::ValueAndField => "value and field",
            Self::ValueAsField => "value as field",
            Self::Verb => "verb",
            Self::VerbThatOrdersNothing => "verb that orders nothing",
            Self::WeakVerbOfAnotherKind => "weak verb of another kind",
            Self::WhatIsAskedOfIt => "what is asked of it",
            Self::WhatItIsAbout => "what it is about",
            Self::WhatWasNamedBefore => "what was named before",
            Self::WhoDidIt => "who did it",
            Self::Wish => "wish",
            Self::WordBeside => "word beside",
            Self::Place => "place",
            Self::WordThatOnlyTells => "word that only tells",
        }
    }

    /// Whether a value is told to be a name by the noun beside it.
    pub fn beside_noun(self) -> bool {
        matches!(self, Self::NounAndName | Self::LeadNounAndName)
    }
}
