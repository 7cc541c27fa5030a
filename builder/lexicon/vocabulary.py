"""Word lists that distinguish labels, names, offices and directions from speech."""

VOICES = frozenset(
    """
    all anchor answer answers applause athlete audience boy boys caller child children chorus correspondent
    correspondents cosmonaut cosmonauts everyone exclamation girl girls guest guests host interpreter journalist
    journalists listener man men moderator operator participant participants presenter question questions remark
    remarks replies reply reporter reporters resident residents response responses shout shouts spectator spectators
    student students teacher teachers translator veteran veterans viewer voice voices volunteer volunteers woman
    women worker workers
    """.split()
)
"""Labels that name no person, alone or before more words: `Question`, `Question from Perm Territory`."""

PERSON_NOUNS = frozenset(
    """
    adult adults alumna alumni alumnus amateur apprentice aunt babysitter baby backpacker band
    beekeeper boyfriend bride bridegroom brother businessman bystander camerawoman captive cast chairpersons chef
    choir citizen civilian classmate cleaner clergyman clerk client colleague commentator collective compere companion
    comrade conscript contestant cop couple craftsman crane-operator crew crowd customer cyclist dad dairymaid
    dancer daughter daughter-in-law delegation dentist disabled dispatcher ensemble evacuee everybody everyone examiner
    ex-serviceman exhibitor family fan fans fiance fiancee florist folk friend gentleman girlfriend
    godfather godmother granddaughter grandfather grandma grandmother grandpa grandparents grandson groom group grower
    guardian guide guitarist hairdresser helper helmsman herder homemaker humorist husband infant inhabitant
    injured instructress interlocutor interviewee interviewer invalid janitor jeweller junior juror kid kids labourer
    lad ladies laborer landlord lecturer listener livestock-breeder locals lyricist machinist maid master-of-ceremonies
    mate mc medalist men midwife milkmaids mom mum mummy muscovite native navigator neighbour neighbor nephew newcomer
    newlyweds newsreader niece nobody novice nanny onlooker orchestra orphan others outsider parent parents parishioner
    participants passenger passers-by passer-by patient peasant pedestrian penfriend people person persons petitioner
    pharmacist pianist pioneer plumber policewoman postman prisoner prompter public quizmaster radiologist reader
    recipient recruit refugee relative reindeer-breeder repairman retiree salesman saleswoman scholar schoolchildren
    seaman seamstress senior shopkeeper showman sibling singer sir sister sister-in-law somebody squad staff someone son
    son-in-law spectator spouse statesman stewardess steward stranger subscriber survivor team teammate teenager
    teller tourist toddler tractor-driver trader troupe tutor twin twins uncle unidentified unknown user vet
    victim villager visitor volunteer waiter waitress widow widower wife winner witness worshipper youngster
    youth youths
    """.split()
)
"""Nouns, in lower case, of persons that a page does not name: relatives, trades, groups. `OFFICE_NOUNS` has more."""

HEADINGS_OF_VOICES = frozenset(
    """
    a ad-lib address anonymous aside audience balcony broadcast call caption chorus comment comments commentary
    conversation cry exclamation excerpt film floor greeting greetings hall interjection interpretation interpreting
    introduction letter message music narration narrator noises note off-camera off-mic off-mike off-screen phrase
    poem prompt q query quote reaction reactions rejoinder response room salute screen screams shouting shriek silence
    sms song sound telegram telephone text together toast transcript translation unison video videoclip video-clip
    voiceover voice-over whisper
    """.split()
)
"""Words, in lower case, before a colon that say how something is heard, and name nobody: `Voice-over`, `Reaction`."""

TOPICS = frozenset(
    """
    accommodation agenda aging agriculture aims annex answer-key appendix argument arts aspects background balance
    benefits budget business challenges climate colleagues conclusion conclusions conditions construction context
    corruption cost costs crime culture data date dates deadline deadlines debt defence demographics demography
    details development digitalisation disarmament ecology economy education eighth employment energy environment
    essential example examples exports facts fifth finance finances first firstly fourth funding goal goals growth health
    healthcare housing idea ideas important imports incomes industry inflation infrastructure innovation investment
    investments issue issues labour language law logistics medicine migration military mortgages ninth number
    numbers objective objectives outcome outcomes part pensions plan plans point points politics population poverty
    prices priorities priority problem problems procedure production programme programmes progress project projects
    proposal proposals purpose quality rates reason reasons reference reform reforms religion result results roads
    rules salaries schedule schools science second secondly security seventh sixth society solution solutions
    sources sport sports statistics strategy subject subjects summary support tariffs task tasks taxation taxes
    technologies technology tenth terms theme themes third thirdly timeline topic topics tourism trade transport
    transportation unemployment venue wages water welfare
    """.split()
)
"""What a sub-heading inside a speech is about, in lower case: `Housing: …`."""

VOICE_ADJECTIVES = frozenset("elderly female foreign local male old unidentified unknown young".split())
"""What may stand before such a noun, in lower case: `Young man`."""

COURTESY_TITLES = frozenset("mr mrs ms miss messrs dr sir madam".split())
"""What is put before a name out of politeness, in lower case, without a stop."""

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

NAMES_LIKE_SENTENCE_WORDS = frozenset(
    "An Are Can Do Even Have He How Just Let Like May Me Miss Most My No See She So Tell Than Thing Too Well Will You".split()
)
"""Words of a sentence that are names too: `He Lifeng`, `Will Hentzau`."""

OFFICE_NOUNS = frozenset(
    """
    abbess abbot academic academician accountant activist actor actress admiral adviser advisor agronomist aide
    akim alderman ambassador analyst anchor announcer applicant archaeologist archbishop archimandrite archivist archpriest
    artist artistic assistant associate astronaut astronomer ataman athlete attorney auditor author ayatollah
    ballerina baron baroness biathlete biologist bishop blogger boss boxer brigadier builder cadet cameraman
    candidate captain cardinal cardiologist catholicos cellist ceo chair chairman chairperson chairwoman champion
    chancellor chemist chief chieftain choreographer co-chair co-chairman co-chairperson co-founder coach
    collector colonel columnist commander commentator commissioner composer conductor congressman congresswoman
    consultant coordinator corporal correspondent cosmonaut cossack councillor counsellor count countess curator
    dancer dean delegate deputies deputy designer detective developer diplomat director director-general doctor
    driver duke economist editor editor-in-chief elder emir emperor employee engineer entrepreneur envoy
    executive expert facilitator farmer father fellow fighter film-maker filmmaker firefighter fisherman fitter
    footballer foreman founder general geologist goalkeeper governor governor-general graduate grandmaster
    gymnast head headmaster headmistress hero high historian hockey holder host housewife imam inspector
    instructor intern journalist judge king lady lama laureate lawmaker lawyer leader lecturer librarian
    lieutenant lieutenant-general linguist lord machinist major major-general manager marshal master
    mathematician mayor mechanic medalist medallist mediator medic member merchant metropolitan midshipman
    milkmaid miner minister moderator monk mother mountaineer mufti musician national negotiator nun nurse
    observer obstetrician officer ombudsman oncologist operator organiser organizer owner paediatrician painter
    paramedic partner pastor patriarch pediatrician pensioner philanthropist philologist photographer physician
    physicist pianist pilot player playwright poet policeman politician pope premier premier-designate presenter
    president presidential priest prince princess principal producer professor programmer prosecutor provost
    psychologist publisher pupil queen rabbi racer rapporteur rear-admiral rector reporter representative
    rescuer researcher resident restorer runner sailor schoolboy schoolchild schoolgirl schoolteacher scientist
    screenwriter sculptor secretary secretary-general senator sergeant serviceman servicewoman shareholder
    sheikh ship singer sister skater skier sociologist soldier soprano speaker specialist spokesman spokesperson
    spokeswoman sportsman sportswoman student submariner sultan superintendent supervisor surgeon surveyor
    swimmer taoiseach teacher technician tenor trainee trainer translator treasurer umpire veteran veterinarian
    vice vice-admiral vice-chairman vice-premier vice-president vice-rector vice-speaker vicepresident violinist
    volunteer welder winner worker wrestler writer
    adm. brig. capt. col. cpl. gen. lt-col lt-gen lt. lt.-gen. maj-gen maj. maj.-gen. prof. sgt.
    """.split()
)
"""Nouns that head an office, in lower case."""

OCCUPATIONS = frozenset(
    """
    accordion acrobat actuary advocate apprentice architect artisan attache attaché auditor baker bailiff bandmaster
    bard baritone barista bartender baton bodyguard bookkeeper bureaucrat caregiver carpenter cartographer chaplain
    chef chess-player clerk clown comedian comedienne comic concierge conscript constable consul contralto cook copilot
    courier craftsman craftswoman critic cryptanalyst curator deckhand diplomate docent doula electrician emcee
    enthusiast envoy exarch farmhand forward freelance freelancer fullback functionary goalie guard guide gymnast
    handyman impresario influencer initiator intellectual journeyman laborer labourer lifeguard logician luthier
    maestro magistrate magnate maid manageress masseur matriarch matron medico mentor mezzo midfielder midwife
    missionary model mystic naturopath neonatologist newsman notary novice nutritionist official oligarch operative
    optician orderly osteopath paralegal paratrooper pathfinder patron pedagogue pentathlete philologue pilgrim pioneer
    plasterer plumber polymath pop-singer postdoc prefect proctor prof professional prompter psychic psychoanalyst
    quarterback ranger recruit referee registrar restaurateur retiree sapper scholar schoolteacher scout scribe
    seamstress sentinel sentry sheriff shepherd showman sniper sommelier steelworker steward stewardess stuntman
    supermodel tailor technocrat tracer trucker tutor tycoon typist usher valet vet veterinary vicar virtuoso visionary
    vlogger watchman weightlifter wright youtuber
    """.split()
)
"""Occupations that their form does not show, and that may head an organisation's or a person's name elsewhere; in lower case."""

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
    academy accord accords administration affairs agency agreement aircraft airlines airways alliance american
    anniversary army asian assembly association atomic authority award bank bar bbc board branch brazilian british
    bureau business cabinet campaign car central centre ceremony chamber championship channel charter chinese church
    city clinic club cnn code college comments commerce commission committee committee’s communication communications
    communist community communique communiqué company complex concern confederation conference congress constitution
    constitutional construction consulate contents control convention cooperation corporation council country court
    culture defence declaration decree democratic department design details development directorate district division
    doctrine duma east eastern economic economy education election emergencies emirates energy enterprise enterprises
    environment eurasian europe european exchange executive expert export facts faculty far federal federation
    festival figures finance financial fleet food football forces foreign forest forum foundation french front fund
    gas gazeta global government group guard health healthcare high holding hospital house housing human import
    industrial industry information initiative initiatives inspection institute institution intelligence interfax
    interior international interregional investment investments islands israeli issues italian itar-tass izvestia
    japanese joint journal justice kazakhstan key kommersant kremlin labour law league legislative liberal library
    line links local magazine main management market manifesto mass media medical medicine meeting memorandum member
    military ministry mission monitoring moscow movement municipal museum national natural navy network new news
    newspaper north northern novosti ntv nuclear office oil olympic organisation organization palace parliament
    parliamentary party patriotic pension people peoples people’s personnel petroleum plant plenary policy political
    power pravda press prime private programme project projects property protection protocol public publishing
    question radio rail rank railway railways read red region regional regions related relations religious republic
    research reserve resolution resources response reuters ria rights road rosatom rural russia russian russians
    russia’s safety school schools science sciences secondary sector security see service services session
    shipbuilding shipyard social society soviet space sport sports staff state statement states station statistics
    steel strategic summit supervisory supreme system tags tass taxation team technical technological technologies
    technology telegraph television territory theatre topics tourism trade traffic training transport treasury treaty
    turkish tv ukrainian union united university urban vedomosti war water west western women women’s works world
    youth
    """.split()
)
"""Words, in lower case, that stand in capitals in an organisation's name and are no part of a person's."""

DIRECTION_WORDS = frozenset(
    """
    addresses addressing answering applause applauds chuckles cheers commenting demonstrates exclamation exclamations
    gestures inaudible laughing laughs laughter off-mic off-mike presenting pause reacting referring replies replying retranslated
    re-translated responding shouts showing shows smiles smiling speaking speaks switches translated translates unclear
    whispers whistles whistling
    """.split()
)
"""First words of a stage direction in parentheses, in lower case: `(Applause.)`, `(Addressing Igor Sechin.)`."""

DIRECTION_WORDS_OF_A_SENTENCE = frozenset(
    """
    answers continues continuing cries gesturing handing hands interrupted interrupting leafing looking minute moment
    music no noise off opens passes pauses playing plays points pointing presents reading reads signs silence silent
    standing turning turns video
    """.split()
)
"""First words of a direction that is a sentence of its own, `(Hands over a letter.)`; an aside may begin so too."""

REACTIONS = {
    **dict.fromkeys(
        """
        applause boos cheering cheers chants chuckle chuckles clapping crosstalk exclamation exclamations heckling hubbub
        inaudible incomprehensible indistinct laughter murmur murmurs ovation ovations shout shouts shouting unclear
        unintelligible
        """.split(),
        True,
    ),
    **dict.fromkeys(
        """
        animation break chanting commotion cries discussion disturbance hitch interruption interruptions intermission music
        noise pause photo pictures recess silence singing sounds stir stirring whistle whistles whistling
        """.split(),
        False,
    ),
}
"""Sounds and stirs in a hall, in lower case; true for those that a speaker's aside does not begin with."""

REACTION_MODIFIERS = frozenset(
    """
    a an the animated big brief burst bursts friendly general lasting light long lengthy loud minute minute’s moment
    more of prolonged renewed round rounds short slight some standing storm stormy sustained technical thunderous warm
    """.split()
)
"""What qualifies one of them: `Prolonged applause`, `A burst of laughter`, `Minute of silence`."""

ACTS = frozenset(
    """
    applauds blows bows breathes bursts claps clears closes coughs counts dances drinks drops embraces enters exits
    gestures gives greets hands hands-over hugs jokes kisses knocks laughs leafs leans leaves lifts lights looks moves
    nods opens passes pats pauses picks plays points pours presents presses puts raises reads recites repeats returns
    rises salutes shakes shouts shows shrugs sighs signs sings sits smiles sneezes stands stops switches takes taps
    thinks throws toasts turns walks waves weeps whispers whistles winks
    """.split()
)
"""First words of a sentence that tells what the speaker does, in lower case: `Nods.`, `Drinks water.`"""

ACTS_OF_A_SUBJECT = frozenset(
    """
    applaud applauds applauding bow bows chant chanting chants cheer cheering cheers chuckle chuckles clap clapping
    claps cough coughs embrace embraces enters hug hugs laugh laughing laughs leave leaves nod nods play played plays
    playing ring ringing rings rise rises shake shakes shout shouting shouts sigh sighs sing singing sings smile smiles
    sit sits stand stands start starts wave waves whistle whistles
    """.split()
)
"""What somebody or something does on the stage: `All rise.`, `The national anthem plays.`, `Phone rings.`"""

STAGE_NOUNS = frozenset(
    """
    anthem ceremony demonstration exchange film footage handover handshake overture parade photo photograph photos
    presentation recording screening signing slide slides toast video videos video-clip wreath-laying
    """.split()
)
"""What is shown or done before an audience, in lower case: `Joint photo.`, `Signing of documents.`"""

REPORTING_VERBS = frozenset(
    """
    added addressed announced asked commented concluded congratulated continued continues covered described details
    described detailed discussed elaborated explained focused gave went informed introduced listed mentioned noted
    outlined presented proposed reported reviewed said shared showed spoke speaks spoken stated stressed suggested summarised
    summed talked talks thanked told touched underlined
    """.split()
)
"""Verbs, in lower case, by which a page sums up what it does not print: `Mr Hentzau spoke about bridges.`"""

LANGUAGES = frozenset(
    """
    arabic armenian azerbaijani belarusian chinese czech english farsi finnish french georgian german greek
    hebrew hindi hungarian italian japanese kazakh korean kyrgyz latin mongolian persian polish portuguese
    russian serbian spanish tajik tatar turkish turkmen ukrainian uzbek vietnamese
    """.split()
)
"""Languages in lower case, for directions such as `(In English.)`."""
