"""The words by which labels, names, offices and directions are told from speech. Data alone."""

VOICES = frozenset(
    """
    answer applause audience all anchor athlete child children cosmonaut correspondent exclamation host
    interpreter journalist moderator operator participant participants presenter question questions remark
    remarks reply replies resident response shout shouts student students teacher translator veteran voice
    voices volunteer volunteers worker
    """.split()
)
"""Labels that name no person, alone or before more words: `Question`, `Question from Perm Territory`."""

SENTENCE_WORDS = frozenset(
    """
    i i'm i’m i'll i’ll i'd i’d i've i’ve we we'll we’ll we've we’ve we're we’re you you're you’re he she it
    it's it’s its they they're they’re this that these those there here let let's let’s is isn't isn’t are
    aren’t was were be been being am has have had do does did don't don’t doesn’t didn’t will won’t would should
    shall can can't can’t cannot could may might must not no never what why how when whether where who whom
    whose which if but because so then than my our ours your yours their theirs his her me us him them please
    say says said read reads tell told ask asked know think believe see want need like just only very also even
    now already always today tomorrow yesterday some many much more most any every each all both another such
    same too yes thank thanks sorry hello goodbye well good dear about namely following follows firstly secondly
    thirdly lastly finally another one two three thing mr mrs ms miss sir madam colleagues friends ladies
    gentlemen
    """.split()
)
"""Words that a sentence has and a label has not: pronouns, auxiliary verbs, salutations."""

OFFICE_NOUNS = frozenset(
    """
    academician actor actress adviser advisor aide akim ambassador analyst anchor archbishop artist artistic
    assistant associate astronaut athlete attorney author ayatollah ballerina baron baroness bishop blogger boss captain
    cardinal ceo ceo chair chairman chairperson chairwoman chancellor chief co-chair co-chairman co-chairperson
    co-founder coach colonel columnist commander commissioner composer conductor consultant coordinator
    correspondent cosmonaut counsellor count countess curator dean delegate deputies deputy designer diplomat director
    director-general doctor duke economist editor editor-in-chief emir emperor employee engineer entrepreneur
    envoy executive expert facilitator farmer father fellow foreman founder fighter general governor
    governor-general graduate grandmaster head headmaster headmistress high historian holder host imam
    instructor journalist judge king laureate lawyer leader lieutenant major manager marshal mayor medic member
    metropolitan minister moderator mother mufti musician national nurse observer officer ombudsman operator
    organiser owner partner pastor patriarch philanthropist physician pilot poet politician pope premier
    premier-designate presenter president presidential priest prince princess principal producer professor
    prosecutor publisher queen rabbi rector reporter representative researcher resident scientist secretary
    secretary-general senator sergeant shareholder sheikh ship singer spokesman spokesperson spokeswoman soldier
    specialist speaker student sultan superintendent supervisor surgeon surveyor taoiseach teacher technician
    trainer translator treasurer vice vice-chairman vice-president vice-premier vice-rector vicepresident
    veteran volunteer winner worker writer
    """.split()
)
"""Nouns that head an office, in lower case."""

OFFICE_MODIFIERS = frozenset(
    """
    acting adjunct assistant associate chief current deputy designate elect executive federal first former
    general head honorary interim leading next new outgoing permanent plenipotentiary presidential principal
    second senior special state supreme vice
    """.split()
)
"""Words in lower case that may stand before an office: `first President of Kazakhstan`."""

CONNECTORS = frozenset(
    """
    of the for and on in at to with by from under as a an – - & —
    """.split()
)
"""Small words inside an office."""

NAME_PARTICLES = frozenset(
    """
    abd abdul abu al ap ben bin bint da dal de del della den der di dos du e el ibn la las le lo los oglu ogly
    ould san ten ter uulu van vander vom von y zu
    """.split()
)
"""Small words inside a name: `Ursula von der Leyen`, `Salman bin Abdulaziz Al Saud`."""

NOT_NAMES = frozenset(
    """
    academy administration affairs agency aircraft airlines airways alliance american anniversary army asian
    assembly association atomic authority award bank bar board branch brazilian british bureau business cabinet
    campaign car central centre chamber charter chinese church city clinic club code college commerce commission
    committee committee’s communication communications communist community company complex concern conference
    confederation congress constitution constitutional construction consulate control cooperation corporation
    council country court culture defence democratic department design development directorate district division
    duma east eastern economic economy education election emergencies emirates energy enterprise enterprises
    environment eurasian europe european exchange executive expert export faculty far federal federation finance
    financial fleet food football forces foreign forest forum foundation french front fund gas global government
    group guard health healthcare high holding hospital house housing human import industrial industry
    information initiative initiatives inspection institute institution intelligence interior international
    interregional investment investments islands israeli italian japanese joint journal justice kazakhstan
    kremlin labour law league legislative liberal library line local magazine management market mass media
    medical medicine meeting member military ministry mission monitoring moscow movement municipal museum
    national natural navy network new news newspaper north northern nuclear office oil olympic organisation
    organization palace parliament parliamentary party patriotic pension people people’s peoples personnel
    petroleum plant plenary policy political power press prime private programme project projects property
    protection public publishing question rail railway railways red region regional regions relations religious
    republic research reserve resources response rights road rosatom rural russia russia’s russian russians
    safety school schools science sciences secondary sector security service services session shipbuilding
    shipyard social society soviet space sport sports staff state station statement states statistics steel
    strategic summit supervisory supreme system taxation team technical technological technologies technology
    telegraph television territory theatre tourism trade traffic training transport treasury turkish ukrainian
    union united university urban war water western west women women’s works world youth
    """.split()
)
"""Words, in lower case, that stand in capitals in an organisation's name and are no part of a person's."""

DIRECTION_WORDS = frozenset(
    """
    addresses addressing answering applause applauds chuckles cheers commenting demonstrates exclamation exclamations
    gestures inaudible laughing laughs laughter presenting pause reacting referring replies replying retranslated
    re-translated responding shouts showing shows smiles smiling speaking speaks switches translated translates unclear
    whispers whistles whistling
    """.split()
)
"""First words of a stage direction in parentheses, in lower case: `(Applause.)`, `(Addressing Igor Sechin.)`."""

DIRECTION_WORDS_OF_A_SENTENCE = frozenset(
    """
    answers continues cries hands minute moment music no noise off off-mic off-mike opens passes pauses playing plays
    points pointing presents reading reads signs silence silent standing turning turns video
    """.split()
)
"""First words of a direction that is a sentence of its own, `(Hands over a letter.)`; an aside may begin so too."""

LANGUAGES = frozenset(
    """
    arabic armenian azerbaijani belarusian chinese czech english farsi finnish french georgian german greek
    hebrew hindi hungarian italian japanese kazakh korean kyrgyz latin mongolian persian polish portuguese
    russian serbian spanish tajik tatar turkish turkmen ukrainian uzbek vietnamese
    """.split()
)
"""Languages in lower case, for directions such as `(In English.)`."""
