/** Further look-alikes: figures of speech, ordinary partings, bodies that are fine, and medicine as the doctor said. */
import { harmless } from './pattern.js';

const r = String.raw;

const NUISANCE = r`(?:kettle|alarm|wi ?fi|coffee|bus|train|printer|drilling|noise|barking|hammering|snoring|heat|music|neighbou?rs?|traffic|queue|wecker|drucker)`;
const PLACE = r`(?:hotel|hostel|party|place|office|meeting|queue|club|bar|campsite|waiting room|airport|school disco|conference|car park|maze|contract|building|museum)`;

export const HARMLESS_FURTHER: readonly RegExp[] = [
  harmless(
    r`(?:political|career|social|commercial|professional|financial|brand|academic) suicide|suicide (?:missions?|wings|pigeons?|burn|gate|note in c)|(?:boss fight|level|raid|match) is suicide|suicidal (?:pigeons?|squirrels?|deer|bugs|flies|lemmings|drivers?)`,
    r`(?:thesis|homework|exams?|printer|cat|dog|puppy|plants?|houseplants|stairs|workout|trainer|commute|essay|dissertation|revision|diet|recipe|laptop|kids|twins|toddler) (?:is|are|was|were)(?: \w+)? (?:trying|out|plotting|about|determined) to (?:kill|murder|assassinate) me`,
    r`(?:i'll|i'm going to|i will|i could|i'd) (?:kill|murder|strangle|throttle) (?:my |him|her|them|you|whoever|the )?(?:[\p{L}]+ )?(?:if|when) (?:he|she|they|you|it)(?:'s|'ve| has| have)? (?:spoil\w*|eats?|eaten|ate|touch\w* my|forg[eo]t\w*|late|snor\w+|sings?|whistl\w+|breaks? my|lost my|hums?)`,
    r`beat(?:s|en|ing)? (?:us|them|him|her|me|everyone) (?:[\p{L}\p{N}]+ (?:to|nil) |at|in (?:tennis|chess|golf|darts|the final|the race|cards|poker)|by)`,
    r`overdos(?:e|ed|ing) on (?:chocolate|cake|reality|tv|series|shows|cheese|christmas|memes|netflix|sweets|carbs|sunshine|musicals)`,
    r`(?:face|lips?|cheek|mouth|jaw|tongue) (?:is|was|went|still|feels?|are)? ?(?:\w+ )?numb (?:from|after|since) (?:the )?(?:dentist|injection|filling|cold|ice|chill?i)`,
    r`collaps(?:ed|ing|es) (?:in|with|into) (?:laughter|giggles|bed|an armchair)|collapsed on(?:to)? the (?:sofa|couch|bed) (?:and|after|with)`,
    r`won't wake up (?:when|for|before|until) (?:the|his|her|school|noon|ten|breakfast|my) ?(?:alarm|school|work|breakfast|kisses)?`,
    r`(?:heart attack|stroke|seizure|overdose)s? (?:in (?:the )?(?:spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|\d{4})|last (?:year|spring|summer|autumn|winter|month)|(?:[\p{L}\p{N}]+ )?(?:years?|months?) ago)`,
    r`throat clos(?:es|ed|ing)(?: up)? when (?:i|she|he) (?:have to |has to |had to )?(?:sing|speak|talk|present)|can't (?:get|catch) my breath(?: back)? (?:after|from) (?:that|the|this|my) (?:joke|run|stairs|climb|workout|dance|sprint|laugh)`,
    r`(?:almost|nearly) (?:passed out|fainted|died) when (?:they|he|she|i saw|i heard|the)|poisoned my (?:sourdough|plants?|aquarium|cactus)|(?:wanted|want|wish) (?:to die|the ground) (?:of|from|with) (?:shame|embarrassment)`,
    r`take a lot of (?:tablets|pills|medicine|medication) (?:since|for|because|every|a day|these days|as)`,
    r`(?:no way out|way out) (?:of (?:this|the|that|my) ${PLACE}|we (?:have to|must|need to|should))`,
    r`don't want to be here(?: anymore)? (?:this|the|it's a|get me out of this|what a) (?:\w+ )?${PLACE}`,
    r`can't (?:take|stand|bear) (?:it|this)(?: anymore)? (?:that|the|this|all that) ${NUISANCE}|can't do this anymore i'm (?:cancelling|canceling|quitting|leaving|dropping) (?:the|my|this) (?:gym|job|course|diet|project|class|choir)`,
    r`hate my life (?:the|my|when the|that) ${NUISANCE}|hate myself for (?:eating|saying|buying|missing|forgetting|watching|laughing|being late)|(?:feel|am|i'm) (?:so )?worthless (?:when my|at) (?:code|maths?|cooking|tennis|chess|program)`,
    r`want it(?: all)? to stop for (?:a|one|five|ten) (?:minutes?|moment|second|bit|hour|evening)`,
    r`nobody would (?:notice|care) if i (?:left|skipped|missed|sneaked out of) (?:this|the|early|that)`,
    r`won't be (?:here|around) (?:next (?:week|month)|tomorrow|on \w+day|till \w+|until \w+) (?:i'm|we're|i've got|because i'm) (?:in|on|at|away|off|travel\w*|flying|moving|working|a)`,
    r`said (?:my|our) goodbyes(?: and)? (?:i'm|we're|now i'm)? ?(?:on|at|in) (?:the|a) (?:train|plane|bus|airport|car|taxi|station)`,
    r`(?:goodbye|farewell) (?:letter|note|card|speech|cake|email|party|drinks) (?:to|for|from) (?:my |the |our |a )?(?:old |former )?(?:school|colleagues?|team|class|teachers?|landlord|company|club|boss|office|choir|students?|pupils)`,
    r`leave (?:this|the) world a (?:little |bit |tiny bit )?(?:better|kinder|greener)|think(?:ing)? about death after (?:a|the) funeral`,
  ),
  harmless(
    r`(?:im|beim|in) (?:schach|tennis|skat|kniffel|monopoly|spiel|wettrennen|finale) (?:\w+ )?geschlagen|geschlagen (?:im|beim) (?:schach|tennis|skat|spiel)`,
    r`wie viele? (?:tabletten|tropfen|kapseln) (?:magnesium|vitamin\w*|calcium|eisen|zink|baldrian|kamille)`,
    r`schnarcht(?: \w+){0,2} ich konnte (?:ihn|sie) (?:umbringen|erwurgen|erschlagen)|(?:umbringen|erwurgen) (?:diesen?|den|das) (?:drucker|wecker|rechner|hahn)|konnte (?:den|diesen) (?:drucker|wecker|rechner|hahn|nachbarn) (?:umbringen|erwurgen|erschlagen)`,
    r`hasse mein leben wenn (?:der|die|das) (?:wecker|bahn|bus|montag)|sterbe vor (?:lachen|neugier|hunger|hitze|langeweile|scham)`,
    r`ga dood (?:van|aan) (?:de )?(?:hitte|honger|dorst|kou|verveling|slaap|lachen)`,
  ),
  // "I miss you to death", "tired to death", "what a death of laughter": how much, in Chinese, Turkish, Polish and Arabic.
  /想死(?:你|她|他|我|家|吃|喝)|(?:累|困|笑|饿|热|冷|烦|吓|气|急|渴|忙|无聊|高兴|开心|羡慕|疼)死(?:了|我)?|死(?:机|党|角|板|记硬背)/u,
  /(?:gülmekten|sıkıntıdan|açlıktan|meraktan|utancımdan|yorgunluktan|sicaktan) (?:ölüyorum|öldüm|öleceğim|ölmek üzereyim)/u,
  /umieram (?:z|ze) \p{L}+/u,
  /(?:اموت|بموت|هموت|ميت|امووت) (?:من|فيك|في) \p{L}+/u,
  /(?:बोर होकर|हंसते हंसते|भूख से|गर्मी से|शर्म से|हंसी से) मर/u,
];

/** A lesson, an essay, a definition: without a word of oneself, what is asked there is nobody's emergency. */
export const ABOUT_A_LESSON =
  /\b(?:exam|quiz|multiple choice|homework|essay|lectures?|lessons?|leaflets?|thesis|dissertation|toxicology|definition|define|scouts|first aid (?:class|course|badge|kit)|(?:in|for) (?:my |our )?(?:class|law|history|biology|chemistry|school|training)|(?:a|my) (?:study|article|studies)|journalists?|students?|contains?|kit|difference between|what does \w+(?: \w+){0,3} mean)\b/;

/** Words of oneself that only say what the lesson is for. */
export const MY_LESSON =
  /\b(?:(?:for|in|on) )?(?:my|our) (?:\w+ )?(?:exam|quiz|homework|essay|lectures?|lessons?|leaflets?|thesis|dissertation|class|course|training|scouts|badge|students?|pupils|studies|article|talk|teacher)\b|\b(?:i'm|i am) (?:a |an )?(?:\w+ )?(?:student|nurse|teacher|trainer|lecturer|writing|preparing|revising|studying|giving|learning|reading)\b|\bwe(?:'re)? (?:discuss\w*|learn\w*|study\w*|practis\w*)\b|\b(?:i do|do) research (?:on|into)\b|\bi've coded\b/g;
