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
    academy administration affairs agency aircraft airlines airways alliance american anniversary army asian
    assembly association atomic authority award bank bar bbc board branch brazilian british bureau business
    cabinet campaign car central centre chamber channel charter chinese church city clinic club cnn code
    college comments commerce commission committee committee’s communication communications communist
    community company complex concern confederation conference congress constitution constitutional
    construction consulate contents control cooperation corporation council country court culture defence
    democratic department design details development directorate district division duma east eastern
    economic economy education election emergencies emirates energy enterprise enterprises environment
    eurasian europe european exchange executive expert export facts faculty far federal federation figures
    finance financial fleet food football forces foreign forest forum foundation french front fund gas
    gazeta global government group guard health healthcare high holding hospital house housing human import
    industrial industry information initiative initiatives inspection institute institution intelligence
    interfax interior international interregional investment investments islands israeli issues italian
    itar-tass izvestia japanese joint journal justice kazakhstan key kommersant kremlin labour law league
    legislative liberal library line links local magazine main management market mass media medical medicine
    meeting member military ministry mission monitoring moscow movement municipal museum national natural
    navy network new news newspaper north northern novosti ntv nuclear office oil olympic organisation
    organization palace parliament parliamentary party patriotic pension people peoples people’s personnel
    petroleum plant plenary policy political power pravda press prime private programme project projects
    property protection public publishing question radio rail rank railway railways read red region regional
    regions related relations religious republic research reserve resources response reuters ria rights road
    rosatom rural russia russian russians russia’s safety school schools science sciences secondary sector
    security see service services session shipbuilding shipyard social society soviet space sport sports
    staff state statement states station statistics steel strategic summit supervisory supreme system tags
    tass taxation team technical technological technologies technology telegraph television territory
    theatre topics tourism trade traffic training transport treasury turkish tv ukrainian union united
    university urban vedomosti war water west western women women’s works world youth
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
