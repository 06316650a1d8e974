/**
 * What danger sounds like, as families of verbs and objects rather than a list of sentences, by language.
 * All patterns run on the normalised text (`normalise.ts`). English and German know veiled phrases too; the others
 * know plain ones. A pattern of level "concern" is passive despair: nothing is planned, and someone should be gentle.
 */
export type Category = 'suicide' | 'self-harm' | 'harm-to-others' | 'abuse' | 'medical' | 'overdose' | 'child-danger';

export interface CrisisPattern {
  category: Category;
  level: 'concern' | 'crisis';
  /** Named in the answer's reason; holds nothing of what was said. */
  rule: string;
  pattern: RegExp;
}

const crisis = (category: Category, rule: string, pattern: RegExp): CrisisPattern => ({
  category,
  level: 'crisis',
  rule,
  pattern,
});
const concern = (category: Category, rule: string, pattern: RegExp): CrisisPattern => ({
  category,
  level: 'concern',
  rule,
  pattern,
});

const ENGLISH: CrisisPattern[] = [
  crisis(
    'suicide',
    'intent to kill oneself',
    /\b(kill(ing)?|hang(ing)?|shoot(ing)?|drown(ing)?|unalive|murder(ing)?) myself\b/,
  ),
  crisis(
    'suicide',
    'intent to end one’s life',
    /\b(end|ending|take|taking|finish|finishing)( of)? (my( own)? life|it all( tonight| now)?|my (suffering|misery|existence))\b/,
  ),
  crisis(
    'suicide',
    'the word itself',
    /\b(i'm|i feel|feeling|i've been|i keep|i get|having|i've|being) ([\w']+ ){0,3}suicid(e|al)\b|\bcommit(ting)? suicide\b|\bsuicid(e|al) (thoughts?|plan|note|ideation)\b|\b(thinking|think|thoughts?) (of|about) suicide\b/,
  ),
  crisis(
    'suicide',
    'wish to die',
    /\b(want|wants|wanted|wish|wished|ready|prefer|rather|deserve|need|going|hope|like) (to|i could|i would|i might|i|that i)?( \w+){0,2} ?(die|be dead|were dead|was dead|be gone forever|not exist|stop existing|cease to exist|disappear forever|never wake up)\b/,
  ),
  crisis(
    'suicide',
    'wish not to live',
    /\b(don't|do not|no longer|never|not) ([\w']+ )?(want|wish|care|intend|plan) (to )?([\w']+ )?(live|be alive|exist|be here( any ?more)?|be around any ?more|keep living|go on living|wake up( again| tomorrow| any ?more| in the morning| ever| at all)?)\b(?! (with|in|near|at|alone|there|here forever|by|like|so early|early|late|next|on|to|for)\b)/,
  ),
  crisis(
    'suicide',
    'wish not to wake',
    /\b(hope|wish|pray|want|like) ([\w']+ ){0,4}(don't|never|not|won't|didn't|wouldn't) (to )?(ever )?wake (up|again)\b|\bgo to sleep and (never|not) wake\b|\bfall asleep (forever|and (never|not) wake)\b|\bsleep forever\b/,
  ),
  crisis(
    'suicide',
    'better off dead',
    /\b(i'd|i'm|i would be|i am|they'd|they would|everyone|everybody|world|family|kids|people|you'd|you would) ([\w']+ ){0,4}better off (dead|without me|if i (was|were|wasn't|weren't|died))\b/,
  ),
  crisis(
    'suicide',
    'no reason to live',
    /\b(no|nothing|lost|without any|don't see (a|any)|not see (a|any)) ([\w']+ )?(reason|point|will|left)? ?(to|in|for|of) (live|living|being alive|keep living|go on living|live for)\b|\blife (isn't|is not|ain't) worth (living|it)\b|\bnothing (left )?to live for\b/,
  ),
  crisis(
    'suicide',
    'a farewell',
    /\b(this is|my|a) (final )?goodbye (note|letter|forever|to everyone)|\b(wrote|written|writing|left) (my|a) (suicide|goodbye|farewell) (note|letter)\b|\b(said|saying) (my )?(goodbyes|final goodbye)\b|\bwon't (be here|be around|see) (tomorrow|in the morning|next week|any ?more|much longer)\b/,
  ),
  crisis(
    'suicide',
    'a means',
    /\b(jump|jumping|throw(ing)? myself|step(ping)?|walk(ing)?) (off|from|in front of|into|under|out in front of) ([\w']+ ){0,2}(bridge|roof|building|window|train|traffic|truck|bus|balcony|cliff|cars?|subway|ledge)\b|\b(gun|rope|noose|razor|blade|pills|knife) ([\w']+ ){0,5}(end|ready|in my (hand|mouth)|to my head|around my neck|myself|on my wrists?)\b|\b(slit|slash|cut)(ting)? my (wrists?|throat|veins)\b/,
  ),
  crisis(
    'suicide',
    'unable to go on',
    /\b(can't|don't want to|don't think i can|not sure i can|won't|couldn't) (go on|do this any ?more|take (it|this) any ?more|carry on|keep going|keep doing this|live like this|live any ?more|face another day|be here)\b(?! (holiday|vacation|a trip|the))/,
  ),
  crisis(
    'self-harm',
    'hurting oneself',
    /\b(hurt|hurting|harm|harming|cut|cutting|burn|burning|injure|punish|punishing|starve|starving|hit|hitting) myself\b(?! (by accident|accidentally|while|shaving|cooking|on the|at the gym|at work|off|short|with a paper|laughing|some|a slice|a piece|out of))|\bself[- ]harm\w*\b|\b(urge|want|need) to (cut|bleed|hurt) (again|so bad|tonight)\b/,
  ),
  crisis(
    'overdose',
    'an overdose',
    /\b(took|taken|swallowed|taking|take|swallow|swallowing) ([\w']+ ){0,3}(too many|a whole|the whole|whole bottle|a bottle|bottle|handful|all|all of|lots of|twenty|thirty|forty|fifty|a bunch of|every|double) ([\w']+ ){0,4}(pills?|tablets?|tylenol|paracetamol|xanax|sleeping|medication|medicine|meds|capsules|ibuprofen|opioids?|bleach)\b|\boverdos(e|ed|ing)\b(?! on ([\w']+ )?(coffee|sugar|chocolate|cute|netflix|caffeine))|\bdrank (bleach|antifreeze|poison)\b/,
  ),
  crisis(
    'harm-to-others',
    'intent to hurt someone',
    /\b(want|going|plan|planning|have|urge|ready|decided|about|might|i'll|i will|thinking of|thoughts of|afraid i'll|afraid i will|could) (to )?([\w']+ )?(kill(ing)?|murder(ing)?|stab(bing)?|strangl(e|ing)|shoot(ing)?|poison(ing)?|hurt(ing)?|beat(ing)? up|smother(ing)?|shake|shaking|hit(ting)?) (him|her|them|my ([\w']+ )?(wife|husband|boss|mother|father|mom|mum|dad|brother|sister|baby|son|daughter|child|kids?|neighbou?r|ex|girlfriend|boyfriend|partner|family|roommate|teacher|classmates?|coworkers?|parents)|someone|somebody|people|everyone|the baby|the kids)\b/,
  ),
  crisis(
    'abuse',
    'being hurt',
    /\b(he|she|they|my ([\w']+ )?(husband|wife|boyfriend|girlfriend|partner|dad|father|mom|mum|mother|stepdad|stepfather|uncle|brother|ex|son|daughter|carer|caregiver|boss|neighbou?r)) ([\w']+ ){0,3}(hits?|beats?|chok(es|ed|ing)|strangl(es|ed|ing)|rap(es|ed|ing)|molest(s|ed|ing)|abus(es|ed|ing)|punch(es|ed|ing)|hurt(s|ing)?|threaten(s|ed|ing)? to kill|hitting|beating|beat|hit|kick(s|ed|ing)|touch(es|ed|ing)? me where|lock(s|ed|ing)? me|tries to kill|tried to kill|forc(es|ed|ing)) (me|us|my (kids|children|baby|sister|brother|mother|mom))\b|\bi (was|am being|got|'ve been|have been) (raped|molested|sexually (assaulted|abused)|beaten|assaulted|strangled|trafficked)\b|\bi'm (being (raped|beaten|abused|stalked)|afraid (he|she) (will|'ll|is going to) (kill|hurt) me)\b|\bsomeone is (breaking in|in my house|trying to (kill|break))\b/,
  ),
  crisis(
    'medical',
    'an emergency',
    /\b(chest (pain|hurts|is tight|feels tight|tightness)|pain in my chest|crushing pain|(can't|can hardly|can barely|cannot|struggling to|hard to|trouble) breathe?(ing)?|not breathing|stopped breathing|having a (stroke|heart attack|seizure)|heart attack|face (is )?(drooping|numb)|(left|right) (arm|side)( \w+){0,2} (is |has gone |went |feels )?(numb|weak|paraly\w+)|slurr(ed|ing) (my )?(speech|words)|coughing up blood|vomiting blood|throwing up blood|bleeding (heavily|badly|a lot|out|and (it )?won't stop)|won't stop bleeding|passed out|unconscious|unresponsive|collapsed|anaphyla\w+|allergic reaction|throat is (closing|swelling)|choking on|turning blue|swallowed (a )?(battery|bleach|poison))\b/,
  ),
  crisis(
    'child-danger',
    'a child in danger',
    /\b(my|the|our|his|her|a) (baby|child|kid|son|daughter|toddler|newborn|infant|little (boy|girl)|kids|children) ([\w']+ ){0,3}(isn't breathing|is not breathing|not breathing|won't wake( up)?|swallowed|is choking|choking|is unconscious|turned blue|turning blue|is (alone )?(locked|trapped)|is missing|drank|ate (the )?pills|fell (from|out)|in danger|having a seizure)\b|\b(hurting|touching|abusing|molesting|hits|beating) (my|the|a|his|her) (child|kid|son|daughter|baby|little (girl|boy)|kids|children)\b/,
  ),
  concern(
    'suicide',
    'passive despair',
    /\b(what'?s|what is|see|there'?s|there is|is there|don't see|no|any) (even )?(the|no|any|a)? ?point (of|in|to|any ?more|any longer|living|it all|anything|going on|trying)\b|\b(nobody|no one|noone|none|not a soul) ([\w']+ )?(would|will|'d|'ll) ([\w']+ )?(miss|notice|care|cry|mourn)\b|\bi'm (just |such |only |nothing but )*(a |too much of a )?(burden|worthless|useless to everyone|waste of (space|air|oxygen))\b|\bburden (to|on) (everyone|everybody|my|them|people)\b|\b(wish i('d| had)? (was|were)? ?never (been )?born|never been born|want (it|everything|the pain|this|it all) to (be over|stop|end)|make (it|the pain|everything) stop|want to (disappear|vanish|fade away|be gone)|(everything|it|life|all) (is|feels|seems) ([\w']+ )?(hopeless|pointless|meaningless)|no (way out|hope( left)?|future|escape|one left)|hopeless|given? up on (life|everything|myself|living)|tired of (living|life|being alive|existing|it all|fighting to live)|done with (life|living|everything|this world|it all)|hate (my life|being alive|myself|existing)|can't (see|find) a (way out|future)|i (give|gave) up|dark thoughts|life is (too|so) (hard|painful|much)|had enough of (life|living|it all)|falling apart|at (the|my) (end of my rope|breaking point)|don't (matter|deserve to live|deserve to be here)|i don't (care|mind) if i (die|live|wake)|(die|died|dying) in my sleep|if i (died|disappeared|wasn't here|weren't here|was gone|were gone|didn't wake up))\b/,
  ),
  concern(
    'suicide',
    'danger to another',
    /\b(kill|kills|killed|killing|hurt|hurts|hurting|harm|harms|harming|cut|cuts|cutting|hang|hanged|hanging) (himself|herself|themselves|themself)\b/,
  ),
  concern(
    'self-harm',
    'a past or feared hurt',
    /\b(used to|relapsed?|scars?|clean from) ([\w']+ ){0,3}(cut|cutting|self[- ]harm|hurt myself)\b/,
  ),
  concern(
    'abuse',
    'fear at home',
    /\b(afraid|scared|terrified|frightened) of (my ([\w']+ )?(husband|wife|boyfriend|girlfriend|partner|dad|father|stepdad|mom|mum|mother|ex|brother|son|carer|caregiver)|him|going home)\b|\bnot safe (at home|here|in my (own )?(house|home))\b/,
  ),
  concern(
    'medical',
    'worrying signs',
    /\b(heart (is |keeps )?(pounding|racing|beating)( \w+){0,3} (and|so|that) i('m| am| can't)? ?(dizzy|faint|numb|breathe)|faint(ed|ing)|suddenly (dizzy|numb|blind)|worst headache of my life|high fever|taken? ([\w']+ )?(too much|wrong|double) ([\w']+ )?(medicine|medication|insulin|dose)|panic attack)\b/,
  ),
];

const GERMAN: CrisisPattern[] = [
  crisis(
    'suicide',
    'intent to kill oneself',
    /\b(mich|mir) ([\w']+ ){0,3}(umbringen|töten|erhängen|aufhängen|erschießen|ertränken|das leben nehmen|etwas antun|was antun|die (pulsadern|kehle) aufschneiden)\b|\b(bringe?|töte|erhänge|erschieße) mich( \w+){0,2} (um|auf)?\b|\b(selbstmord|suizid)(gedanken|absichten|pläne)?\b|\bsuizidal\b/,
  ),
  crisis(
    'suicide',
    'wish to die',
    /\b(will|möchte|würde|wünschte|wollte|kann)( \w+){0,4} (sterben|tot sein|nicht mehr (leben|da sein|aufwachen|hier sein|existieren|weiterleben|weitermachen)|nie (mehr|wieder) aufwachen|einschlafen und nie)\b|\b(ich )?(wäre?|wär) ([\w']+ ){0,2}(lieber|besser|gern|gerne) tot\b|\bwünschte ich (wäre|wär) tot\b|\b(nicht|nie) mehr aufwach\w*\b/,
  ),
  crisis(
    'suicide',
    'intent to end one’s life',
    /\b(meinem leben|meinem dasein|dem (allen|ganzen)|allem) ein ende ([\w']+ ){0,2}(setzen|machen|bereiten)|\bmein leben ([\w']+ ){0,2}beenden\b|\b(schluss machen|ein ende machen) (mit (dem leben|allem))\b|\bmit dem leben (abgeschlossen|schluss)\b|\babschiedsbrief\b/,
  ),
  crisis(
    'suicide',
    'a means',
    /\b(von|vor|aus) ([\w']+ ){0,2}(brücke|zug|dach|hochhaus|fenster|balkon|bahn|lkw) ([\w']+ ){0,2}(springen|werfen|stürzen)\b|\bpulsadern\b/,
  ),
  crisis(
    'suicide',
    'better off dead',
    /\b(ohne mich|wenn ich (weg|tot|nicht mehr da) wäre) ([\w']+ ){0,4}(besser|leichter)|\b(besser|leichter) ([\w']+ ){0,3}ohne mich\b|\bkeinen (sinn|grund)( mehr)? ([\w']+ ){0,3}(zu leben|weiterzuleben|im leben)\b/,
  ),
  crisis(
    'suicide',
    'unable to go on',
    /\bich (kann|schaffe?|halte?|packe?) (das |es |einfach |so )*(nicht|nimmer)( mehr)? (weiter(leben|machen)?|aus|mehr aus)\b|\bkann nicht mehr (weiter)?(leben|machen)\b/,
  ),
  crisis(
    'self-harm',
    'hurting oneself',
    /\b(mich|mir) ([\w']+ ){0,3}(ritzen|schneiden|verletzen|selbst verletzen|wehtun|weh tun|verbrennen)\b(?! beim)|\bich ritze mich\b|\bselbstverletz\w*\b/,
  ),
  crisis(
    'overdose',
    'an overdose',
    /\b(zu viele|viele|eine handvoll|alle|ganze (packung|schachtel)|die ganze (packung|schachtel)|überdosis) ([\w']+ ){0,4}(tabletten|pillen|schlaftabletten|medikamente|genommen|geschluckt)\b|\büberdosis\b/,
  ),
  crisis(
    'harm-to-others',
    'intent to hurt someone',
    /\b(will|möchte|werde|könnte) ([\w']+ )?(ihn|sie|meinen? \w+|ihm|ihr|meinem \w+|jemanden?|alle) ([\w']+ )?(umbringen|töten|erstechen|erschießen|erwürgen|etwas antun|verletzen|verprügeln|schütteln)\b/,
  ),
  crisis(
    'abuse',
    'being hurt',
    /\b(er|sie|mein \w+|meine \w+) ([\w']+ ){0,2}(schlägt|verprügelt|würgt|vergewaltigt|missbraucht|bedroht|misshandelt|tritt) (mich|uns|mein kind|meine kinder)\b|\bich (wurde|werde|bin) ([\w']+ ){0,2}(vergewaltigt|missbraucht|geschlagen|misshandelt|verprügelt)\b/,
  ),
  crisis(
    'medical',
    'an emergency',
    /\b(brustschmerzen|schmerzen in der brust|herzinfarkt|schlaganfall|keine luft|bekomme? ([\w']+ )?keine luft|kann nicht (richtig )?atmen|atmet nicht|bewusstlos|ohnmächtig|blute stark|hört nicht auf zu bluten|blut (gespuckt|erbrochen)|krampfanfall|allergische reaktion|arm (ist )?taub|gesicht hängt)\b/,
  ),
  crisis(
    'child-danger',
    'a child in danger',
    /\bmein(e)? (baby|kind|sohn|tochter|kleiner|kleine) ([\w']+ ){0,3}(atmet nicht|bewusstlos|wacht nicht auf|verschluckt|läuft blau|hat ([\w']+ )?(tabletten|pillen|batterie|gift)|ist verschwunden|krampft)\b/,
  ),
  concern(
    'suicide',
    'passive despair',
    /\b(hat|macht|ergibt|sehe) ([\w']+ ){0,4}keinen sinn( mehr)?\b|\b(niemand|keiner) ([\w']+ ){0,3}(vermissen|merken|weinen|kümmern)\b|\b(niemand|keiner) würde\b|\b(bin|falle) ([\w']+ ){0,4}(eine |zur )?last\b|\b(hoffnungslos|ausweglos|wertlos|nutzlos|lebensmüde|keine hoffnung|kein(en)? ausweg|nie geboren|hasse mein leben|hasse mich|keine kraft mehr|kann nicht mehr|will nicht mehr|am ende|alles (ist )?sinnlos|(soll|will dass) (es|alles|das) (einfach )?(aufhör\w+|vorbei))\b/,
  ),
  concern(
    'abuse',
    'fear at home',
    /\bangst vor (meinem|meiner|ihm|ihr) ?(mann|freund|frau|vater|partner|stiefvater|mutter|ex)?\b/,
  ),
];

/** Plain phrases of further languages. Scripts without spaces use no word boundaries. */
const FURTHER: CrisisPattern[] = [
  crisis(
    'suicide',
    'plain words (es)',
    /\b(quiero|voy a|pienso en|ganas de|deseo|quisiera) ([\w']+ ){0,2}(morir(me)?|matarme|suicidarme|quitarme la vida|acabar con (mi vida|todo)|desaparecer para siempre|no (despertar|vivir)( más)?)\b|\bno quiero (seguir )?(vivir|viviendo|despertar)( más)?\b|\bme (quiero|voy a) (morir|matar|suicidar)\b|\b(suicidio|suicidarme)\b|\bcortarme las venas\b|\bhacerme daño\b|\bmejor (sin mí|muert[oa])\b/,
  ),
  crisis(
    'suicide',
    'plain words (fr)',
    /\b(je )?(veux|vais|voudrais|envie de|pense à|souhaite) ([\w']+ )?(mourir|me tuer|me suicider|en finir|mettre fin à (mes jours|ma vie)|disparaître pour toujours|ne plus (vivre|exister|me réveiller))\b|\bje ne veux plus (vivre|exister|être là|me réveiller)\b|\b(idées? suicidaires?|je suis suicidaire|mon suicide|au suicide)\b|\bme (faire du mal|tailler les veines|pendre)\b/,
  ),
  crisis(
    'suicide',
    'plain words (it)',
    /\b(voglio|vorrei|sto per|penso (a|di)|ho voglia di) ([\w']+ )?(morire|uccidermi|ammazzarmi|suicidarmi|farla finita|togliermi la vita|non (svegliarmi|vivere) più)\b|\bnon voglio più (vivere|svegliarmi)\b|\bsuicidi\w+\b|\bfarmi del male\b/,
  ),
  crisis(
    'suicide',
    'plain words (pt)',
    /\b(quero|vou|queria|penso em|vontade de|pensando em) ([\w']+ )?(morrer|me matar|matar me|suicidar(-me)?|me suicidar|acabar com (a minha vida|minha vida|tudo)|tirar a (minha )?(própria )?vida|sumir para sempre)\b|\bnão quero (mais )?(viver|acordar)( mais)?\b|\bsuic[ií]dio\b|\bme (cortar|machucar)\b/,
  ),
  crisis(
    'suicide',
    'plain words (nl)',
    /\b(wil|ga|zou) ([\w']+ ){0,3}(dood|sterven|zelfmoord plegen|mezelf (van kant maken|ombrengen|doden|iets aandoen)|niet meer (leven|wakker worden)|er een eind aan maken)\b|\bzelfmoord\b|\bniet meer (wil |willen )?leven\b|\bmezelf (snijden|pijn doen)\b/,
  ),
  crisis(
    'suicide',
    'plain words (ru)',
    /хочу (умереть|сдохнуть|покончить|исчезнуть навсегда|убить себя)|не хочу (больше )?(жить|просыпаться)|покончить с (собой|жизнью)|убью себя|убить себя|самоубийств|суицид|резать себя|порезать вены/u,
  ),
  crisis(
    'suicide',
    'plain words (uk)',
    /хочу померти|не хочу (більше )?жити|накласти на себе руки|вбити себе|самогубств/u,
  ),
  crisis(
    'suicide',
    'plain words (pl)',
    /chcę (umrzeć|się zabić|ze sobą skończyć)|nie chcę (już )?żyć|zabić się|zabiję się|samobójstw/u,
  ),
  crisis('suicide', 'plain words (tr)', /ölmek istiyorum|kendimi öldür|yaşamak istemiyorum|intihar/u),
  crisis(
    'suicide',
    'plain words (ja)',
    /死にたい|自殺|消えてしまいたい|生きていたくない|もう生き(たくない|られない)|リストカット|死のうと思/u,
  ),
  crisis(
    'suicide',
    'plain words (zh)',
    /想死|自杀|自殺|不想活|活不下去|结束(我的|自己的)?生命|結束(我的|自己的)?生命|想结束一切|割腕|自残|伤害自己/u,
  ),
  crisis('suicide', 'plain words (ko)', /죽고 ?싶|자살|살고 ?싶지 ?않|죽어버리고|자해|더 ?이상 ?살/u),
  crisis(
    'suicide',
    'plain words (hi)',
    /मर(ना|) ?जाना चाहत|मरना चाहत|जीना नहीं चाहत|आत्महत्या|खुदकुशी|अपनी जान (ले|दे)|जीने का मन नहीं|marna chahta|marna chahti|jeena nahi chahta|khudkushi/u,
  ),
  crisis('suicide', 'plain words (ar)', /أريد أن أموت|اريد ان اموت|أقتل نفسي|اقتل نفسي|انتحار|لا أريد (أن )?أعيش/u),
  crisis(
    'suicide',
    'plain words (sv)',
    /\b(vill|ska|tänker) ([\w']+ )?(dö|ta livet av mig|ta mitt liv|inte leva( längre)?)\b|\bsjälvmord\b/u,
  ),
  crisis(
    'suicide',
    'plain words (ro)',
    /\b(vreau|as vrea|aș vrea) să (mor|mă omor|mă sinucid)\b|\bsinucid\w*|\bnu mai vreau să trăiesc\b/u,
  ),
];

export const CRISIS_PATTERNS: readonly CrisisPattern[] = [...ENGLISH, ...GERMAN, ...FURTHER];

/** What only sounds like danger. A match that lies inside one of these does not count. */
export const HARMLESS: readonly RegExp[] = [
  /\b(dying|die|died|kill|killing|killed|kills|could kill|would kill|to die) (to (sleep|see|know|hear|go|eat|get|try|meet|find|visit|watch|play)|for (a|some|that|this|you|coffee|chocolate|sleep|food)|of (laughter|laughing|boredom|curiosity|embarrassment|heat|cold)|from (laughter|laughing|embarrassment)|laughing|time|two birds|it( out there| on stage)?|the (mood|vibe|lights?|engine|process|weeds|noise|music|app|server|browser|tab))\b/,
  /\b(kill|killing|killed|terminate|hang|hanging|hung|fork|orphan) (a|an|the|my|this|that|all|every|zombie|child|python|node|docker|running|background)? ?([\w']+ ){0,3}(process(es)?|thread|server|job|daemon|script|program|app|tab|container|session|task|port|signal|terminal|window|connection|command|instance|service)\b/,
  /\b(traffic|feet|back|head|heels|shoes|work|job|commute|suspense|heat|boredom|homework|kids|legs|workout|gym|stairs|deadline|it|this|that|you|boss|mother|mom|mum|dad|father|wife|husband|parents|teacher)( is|'s| are|'re| will| would|'ll|'d)? ([\w']+ )?(kill(s|ing)? me|be the death of me)\b/,
  /\b(movie|film|book|novel|song|show|series|episode|game|character|lyrics?|album|podcast|documentary|paper|essay|article|class|lecture|plant|phone|battery|laptop|computer|car|fish tank|bugs?|mosquito(es)?|weeds|ants|roaches|spider|germs|bacteria|virus|enem(y|ies)|boss fight|zombies?|level|player|npc|squad|raid)\b/,
  /\bsuicide (squad|doors?|burn|prevention|hotline|awareness|king|run|drills?|bomb(er|ing)?)\b/,
  /\b(dressed|drop dead|dead) (to kill|gorgeous|tired|serious|end|line|lift|pan)\b|\bover my dead body\b|\bkiller (workout|app|whale|bees|heels|outfit|deal|view)\b|\bto die for\b|\bdie hard\b/,
  /\b(sterben|tot|töt\w*|umbring\w*)\b( vor (lachen|langeweile|neugier|hunger|hitze|scham|lachen))|\bzum sterben (langweilig|schön|müde)\b|\bvor (lachen|langeweile|neugier) (sterben|sterbe|gestorben)\b|\btotlach\w*|\bzeit (totschlagen|tot schlagen)\b|\btodmüde\b/,
];
