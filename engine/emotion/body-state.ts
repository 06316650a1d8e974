/**
 * What people say at a bedside beside emotions: tired, wired, sleepless, in pain, restless. Word patterns, no model: the
 * words are few and plain, and a pattern can be read and mended by anybody.
 *
 * Rules: a state that is denied ("not tired") does not count; "tired of him" is a feeling, no tiredness; pain counts in
 * the body ("my back hurts"), not in the heart ("it hurts that he left").
 */
import type { BodyState } from '../vocabulary.js';

const r = String.raw;

const BODY_EN =
  '(?:back|head|neck|knees?|hips?|legs?|foot|feet|arms?|hands?|shoulders?|stomach|belly|tummy|tooth|teeth|jaw|throat|chest|joints?|body|muscles?|ribs?|ears?|eyes?|ankles?|wrists?|everything|all over|womb|spine)';
const BODY_DE =
  '(?:rücken|kopf|nacken|knie|hüfte|beine?|fuß|füße|arme?|hände?|schultern?|bauch|magen|zahn|zähne|hals|brust|gelenke?|körper|muskeln?|rippen?|ohr(?:en)?|augen|alles)';

/** Alternatives, tried as whole words. Languages: en, de, fr, es, it, pt, nl, pl, tr; scripts without word ends stand apart. */
const WORDS: Record<BodyState, readonly string[]> = {
  tired: [
    r`tired(?! of\b)|exhausted|worn[ -]out|drained|sleepy|weary|fatigued|knackered|shattered|wiped out|dead on my feet|burn(?:ed|t) out|no energy(?: left)?|running on empty|can'?t keep my eyes open|eyes (?:are |keep )?(?:falling shut|closing|heavy)|dog[ -]tired|need (?:some |to )?sleep|half asleep|bone tired|beat(?= tonight| after|$)`,
    r`müde|erschöpft|kaputt|todmüde|hundemüde|schläfrig|ausgelaugt|fix und fertig|keine (?:kraft|energie)(?: mehr)?|am ende meiner kräfte|übermüdet|die augen fallen mir zu`,
    r`fatigu[ée]{1,2}e?|épuisée?|crevée?|claquée?|vannée?|lessivée?|à plat|plus d'énergie|sommeil|les yeux qui se ferment`,
    r`cansad[oa]|agotad[oa]|rendid[oa]|molid[oa]|con sueño|tengo (?:mucho |tanto )?sueño|sin (?:energía|fuerzas)|hech[oa] polvo|reventad[oa]`,
    r`stanc[oa](?! (?:di|dei|della|del)\b)|esaust[oa]|sfinit[oa]|distrutt[oa]|assonnat[oa]|ho (?:molto |tanto )?sonno|senza (?:forze|energie)|a pezzi`,
    r`cansad[oa](?! de\b)|exaust[oa]|esgotad[oa]|com (?:muito )?sono|sem (?:energia|forças)|moíd[oa]|morrendo de sono`,
    r`moe|uitgeput|doodop|slaperig|kapot|bekaf|geen energie(?: meer)?`,
    r`zmęczon\p{L}+|wyczerpan\p{L}+|wykończon\p{L}+|padnięt\p{L}+|padam z nóg|senn(?:y|a|ie)|śpiąc(?:y|a)|nie mam (?:już )?sił[y]?|bez sił|oczy mi się zamykają`,
    r`yorgun\p{L}*|bitkin\p{L}*|halsiz\p{L}*|tükendim|uykum (?:var|geldi|çok)|çok uykulu\p{L}*|gözlerim kapanıyor|hiç gücüm (?:yok|kalmadı)`,
  ],
  wired: [
    r`wired(?! (?:\w*phones?|mouse|keyboard|network|connection|speaker|charger|in))|keyed up|wound up|hyper|buzzing|overstimulated|amped(?: up)?|(?:my )?(?:mind|thoughts?|head|brain)(?: is| are| keeps?| just| still)* (?:racing|spinning|going|busy|full|whirring|won'?t (?:stop|shut|switch|be quiet|slow|turn|calm))|racing (?:mind|thoughts)|overthink\w*|can'?t (?:stop thinking|(?:switch|turn|shut) (?:it |my (?:mind|brain|head|thoughts) )?off|(?:wind|calm|come) down|slow down)|too much (?:coffee|caffeine|adrenaline)|full of (?:energy|adrenaline)|thoughts (?:keep )?(?:going )?(?:round|in circles)`,
    r`aufgedreht|überdreht|gedankenkarussell|(?:der |mein )?kopf (?:kommt|ist|gibt|hört) nicht|gedanken (?:kreisen|rasen|drehen)|kann nicht (?:abschalten|runterkommen|aufhören zu denken)|zu viel (?:kaffee|adrenalin)|unter strom`,
    r`survoltée?|surexcitée?|n'arrête pas de (?:penser|cogiter|réfléchir)|(?:pensées|tête) (?:qui )?(?:tourne(?:nt)?|bouillonne)|trop de café|je cogite`,
    r`acelerad[oa]|no (?:puedo|paro) (?:dejar )?de pensar|(?:la )?cabeza (?:me )?(?:da vueltas|no para)|(?:mis )?pensamientos (?:no paran|van a mil)|demasiado café|a mil`,
    r`agitatissim[oa]|non riesco a (?:smettere di pensare|staccare)|(?:la )?testa (?:mi )?(?:gira|non si ferma)|pensieri (?:che )?(?:girano|corrono)|troppo caffè|su di giri`,
    r`acelerad[oa]|elétric[oa]|não (?:consigo )?par(?:o|ar) de pensar|(?:a )?(?:cabeça|mente) (?:não para|a mil)|pensamentos (?:a mil|não param)|café demais|ligad[oa] no 220`,
    r`opgefokt|hyper|kan niet stoppen met denken|(?:mijn )?hoofd (?:maalt|tolt|staat niet stil)|te veel koffie|gedachten (?:malen|razen)`,
    r`nakręcon\p{L}+|(?:moje )?myśli (?:krążą|gonią|pędzą|kłębią się|nie dają (?:mi )?spokoju)|gonitwa myśli|nie mogę przestać myśleć|za dużo kawy`,
    r`(?:kafam|zihnim|beynim) (?:hiç |çok )?(?:durmuyor|susmuyor|dolu)|düşünmeden duramıyorum|düşünceler\p{L}* (?:durmuyor|susmuyor|dönüp duruyor)|(?:çok )?fazla (?:kahve|düşünüyorum)`,
  ],
  sleepless: [
    r`(?:can'?t|can not|cannot|couldn'?t|could not|unable to|trouble|not able to|hard to|struggl\w+ to|difficult to|won'?t let me) (?:get (?:to |any |back to )?|fall |fall back |go (?:back )?to |go )?(?:a)?sleep(?:ing)?(?: at all)?|(?:haven'?t|have not|hardly|barely|didn'?t|did not|not) (?:really )?sle(?:pt|ep)|insomnia|sleepless|(?:lying|lie|laying|lay|wide|still|been|i'?m|already|again) awake|awake (?:all night|again|at|since|for)|up all night|ke(?:ep|pt) waking(?: up)?|wak(?:e|ing) up (?:every|again|all)|woke (?:up )?(?:again|at \w+)|sleep (?:\w+ )?(?:won'?t|will not|doesn'?t|isn'?t|is not) (?:\w+ )?(?:come|coming)|still up(?: at| and|$)|no sleep|(?:need|want) to sleep but|toss(?:ing|ed)? and turn(?:ing|ed)?`,
    r`(?:kann|konnte|könnte) (?:einfach |wieder |mal |gerade |schon )*nicht (?:ein|durch|mehr |wieder ?ein)?(?: ?ein)?schlafen|schlaflos\w*|finde keinen schlaf|nicht geschlafen|kein auge zu\w*|liege (?:\w+ )?wach|(?:hell|noch|immer noch|schon|wieder|bin) ?wach|wache (?:immer|ständig|dauernd|nachts) \w*|wieder aufgewacht|schlafe (?:schlecht|nicht)|krieg\w* kein auge zu`,
    r`(?:n'arrive|arrive|peux|pouvais|parviens) (?:pas|plus) (?:à )?(?:me )?(?:dormir|m'endormir|rendormir)|pas à dormir|insomnies?|nuit blanche|pas (?:fermé l'œil|dormi)|(?:encore |toujours )?réveillée?(?: encore| depuis)?|me réveille (?:tout le temps|sans cesse|toutes)|dors (?:pas|mal)|le sommeil ne vient pas`,
    r`no (?:puedo|consigo|logro|pude) (?:\w+ )?dormir(?:me)?|insomnio|desvelad[oa]|no (?:he )?(?:dormido|pegado ojo)|despiert[oa](?: otra vez| toda la noche| desde)?|me (?:despierto|desperté) (?:cada|otra vez|todo el rato|a las)|sin dormir|no me (?:duermo|viene el sueño)`,
    r`non (?:riesco|riuscivo) (?:proprio )?(?:a |ad )(?:dormire|addormentarmi|prendere sonno)|insonn(?:e|ia)|non ho (?:dormito|chiuso occhio)|svegli[oa](?: da| ancora| di nuovo)?|mi sveglio (?:sempre|ogni|di continuo)|il sonno non arriva|notte in bianco`,
    r`não (?:consigo|consegui|estou conseguindo) (?:dormir|pegar no sono|adormecer)|insônia|insónia|sem (?:conseguir )?dormir|não (?:dormi|preguei o olho)|acordad[oa](?: de novo| desde| até)?|acordo (?:toda hora|o tempo todo)|o sono não vem|perdi o sono|sem sono`,
    r`kan (?:maar |weer )?niet (?:in)?slapen|slapeloos\w*|(?:lig |nog |klaar)wakker|lig (?:weer |al )?wakker|niet geslapen|geen oog dicht|word steeds wakker|slaap (?:slecht|niet)`,
    r`nie mogę (?:\p{L}+ )?(?:spać|zasnąć|usnąć)|bezsenn\p{L}+|nie śpię|nie spał[a]?[m]?|nie zmruż\p{L}+ oka|budzę się (?:co|ciągle|w nocy|bez przerwy)|sen nie przychodzi`,
    r`uyuyam\p{L}+|uyku (?:tutmuyor|tutmadı)|uykusuz\p{L}*|uykum (?:kaçtı|yok|gelmiyor)|gözüme uyku girm\p{L}+|(?:hâlâ|hala) uyanığım|uyanığım|sürekli uyanıyorum`,
  ],
  'in-pain': [
    r`in (?:\w+ ){0,4}pain(?! of)|(?:my|the|back|chronic|chest|nerve|period|joint) (?:\w+ )?pain|pain in my|(?:${BODY_EN} (?:really |just |still |always )*(?:hurts?|aches?|aching|is (?:killing|sore|throbbing|hurting|aching)|are (?:killing|sore|hurting|aching)|kills))|(?:hurts?|ache|pain) (?:in|all over|everywhere)|hurts (?:to move|when i (?:move|breathe|lie|turn|walk))|everything hurts|headaches?|migraines?|toothache|stomach ?ache|back ?ache|earache|cramps?|cramping|sore (?:throat|${BODY_EN})|throbbing|stiff (?:neck|back|shoulder\w*)|i'?m aching|aching all over|i'?m hurting all over|arthritis|sciatica`,
    r`schmerz(?:en|t|hafte?)?|(?:rücken|kopf|bauch|zahn|hals|ohren|glieder|gelenk|knie|brust)(?:schmerz(?:en)?|weh)|${BODY_DE} (?:\w+ )?(?:tut|tun) (?:\w+ )?weh|(?:tut|tun) mir (?:der |die |das |meine? )?(?:\w+ )?weh|weh (?:tut|tun)|migräne|krämpfe`,
    r`j'ai (?:\w+ )?mal (?:au|à la|aux|à l'|partout|de tête|de dos|au ventre)?|douleurs?|migraines?|courbatures?|crampes?|maux de \w+|me fait mal au \w+`,
    r`(?:me )?duelen?(?: mucho| todo)?|dolor(?:es)? de \w+|con dolor|tengo dolor(?:es)?|migrañas?|jaqueca|calambres?|adolorid[oa]`,
    r`mi fa(?:nno)? male (?:la|il|le|i|lo|un|tutto|tutta)|mal di (?:testa|schiena|denti|pancia|stomaco|gola)|dolor(?:e|i) (?:alla|al|ai|alle|forte|forti)|ho (?:\w+ )?dolor[ei]|emicrania|crampi|tutto dolorante`,
    r`(?:com |tenho |sentindo |muita )?dor(?:es)? (?:de|nas|no|na|nos|forte|terrível)|com (?:muita )?dor|estou com dores?|dói|doendo|enxaqueca|cãibras?|cólica`,
    r`(?:rug|hoofd|buik|kies|keel|spier)pijn|pijn in|heb (?:\w+ )?pijn|doet (?:zo |erg )?(?:pijn|zeer)|migraine|kramp`,
    r`bol(?:i|ą) mnie (?!serce|dusza)\p{L}+|(?:głowa|plecy|brzuch|ząb|nogi|wszystko|kolano|gardło) (?:mnie )?bol[ią]|ból (?:głowy|pleców|brzucha|zęba|nóg|kolana|gardła|krzyża)|bóle|obolał\p{L}+|migren\p{L}+|skurcz\p{L}*`,
    r`ağrı\p{L}*|(?:baş|sırt|bel|diz|karın|diş|boyun)\p{L}* (?:çok )?(?:ağrı|acı)\p{L}*|sancı\p{L}*|migrenim\p{L}*|kramp girdi`,
  ],
  restless: [
    r`restless\w*|fidgety|fidgeting|antsy|jittery|twitchy|can'?t (?:sit|lie|lay|keep|stay|hold) (?:\w+ )?still|can'?t settle|pacing|toss(?:ing|ed)? and turn(?:ing|ed)?|legs (?:won'?t|will not|can'?t|keep|are) (?:stop |stay |keep )?(?:still|moving|jumping|twitching)|can'?t (?:relax|find (?:a )?(?:comfortable )?position|get comfortable)`,
    r`unruhig|rastlos|ruhelos|zappelig|hibbelig|kribbelig|kann nicht (?:still|ruhig) (?:liegen|sitzen)|wälze mich|komme nicht zur ruhe|finde keine ruhe|innere unruhe`,
    r`agitée?|ne tiens pas en place|tiens plus en place|me tourne et (?:me )?retourne|nerveuse dans mon lit|pas en place|bougeotte`,
    r`inquiet[oa]|intranquil[oa]|no (?:puedo|paro) (?:de (?:moverme|dar vueltas)|estarme quiet[oa]|quedarme quiet[oa])|dando vueltas|desasoseg\w+`,
    r`irrequiet[oa]|agitat[oa]|non riesco a stare ferm[oa]|mi giro e (?:mi )?rigiro|smanios[oa]`,
    r`inquiet[oa]|agitad[oa]|não consigo (?:ficar|parar) (?:parad[oa]|quiet[oa])|me revirando|virando de um lado|irrequiet[oa]`,
    r`rusteloos|onrustig|kan niet stil (?:liggen|zitten)|lig te (?:draaien|woelen)|woelen`,
    r`niespokojn\p{L}+|wiercę się|przewracam się z boku na bok|nie mogę (?:uleżeć|usiedzieć|znaleźć sobie miejsca|się uspokoić)`,
    r`huzursuz\p{L}*|kıpır kıpır|yerimde duramıyorum|dönüp duruyorum|rahat duramıyorum`,
  ],
};

/** Scripts and languages where a word's end is not told by a space or a Latin letter. */
const ANYWHERE: Record<BodyState, RegExp> = {
  tired:
    /устал|измотан|измучен|нет сил|без сил|сонн(?:ый|ая)|хочу спать|疲れ|だるい|くたくた|ヘトヘト|眠い|ねむい|累|疲惫|疲倦|困(?!扰|难|惑)|筋疲力尽|피곤|지쳤|지친|졸려|졸리|थक|नींद आ रही|متعب|تعبان|مرهق|منهك|نعسان|ناعس|التعب(?!ير)/iu,
  wired:
    /мысли (?:не дают|крутятся|скачут)|не могу (?:перестать думать|отключиться)|голова (?:кругом|не отключается)|на взводе|頭が(?:冴え|いっぱい|止まら)|考え(?:が止まら|すぎ)|目が冴え|脑子(?:停不下来|转个不停|里全是)|想太多|停不下来|胡思乱想|생각이 (?:많|멈추|꼬리)|머리가 (?:복잡|멈추)|(?:[أا]فكاري|عقلي|ر[أا]سي|دماغي) (?:لا|ما) (?:ت|ي)(?:توقف|هد[أا]|وقف)|لا [أا]ستطيع التوقف عن التفكير|[أا]فكر كثير|قهوة كثيرة|दिमाग (?:नहीं|चल|शांत|में)|सोच(?:ना|ता|ती) (?:बंद|ही|रह)/iu,
  sleepless:
    /не могу (?:у|за)?снуть|не могу спать|не сплю|не спится|бессонниц|просыпаюсь|всю ночь|опять проснул|眠れ|寝られ|寝つけ|寝付け|不眠|目が覚め|睡不着|失眠|睡不好|没睡|醒(?:了|着|来)|잠이 (?:안|오지)|잠을 (?:못|잘 수)|못 자|못 잤|불면|깼어|깨어|नींद नहीं|सो नहीं|(?:لا|لم|ما|مش) (?:[أا]ستطيع|[أا]قدر|قادر[ةه]?)? ?(?:[أا]ن )?(?:النوم|[أا]نام|[أا]نم)|(?<!\p{L})(?:ال)?[أا]رق(?!\p{L})|لا ي[أا]تيني النوم|النوم لا ي[أا]تي|جافاني النوم|नींद (?:टूट|उड़|न)|जाग (?:रहा|रही|गया|गई)/iu,
  'in-pain':
    /болит|болят|боль в|больно|мигрен|судорог|ломит|痛|つらい腰|疼|酸痛|抽筋|아파|아프|통증|쑤셔|두통|(?<!\p{L})(?:ب|ال|بال)?ألم(?!\p{L})|آلام|[يت]ؤلمني|[يت]وجعني|وجع|صداع|दर्द|दुख(?:ता|ती|ते)? (?:रहा|रही|रहे|है)/iu,
  restless:
    /не (?:нахожу себе места|могу (?:улежать|усидеть|успокоиться))|ворочаюсь|беспоко(?:ен|йно)|落ち着か|そわそわ|じっとして|寝返り|翻来覆去|坐立不安|静不下来|躁动|뒤척|안절부절|가만히 (?:못|있)|متململ|[أا]تقلب|لا [أا]ستطيع (?:الجلوس|البقاء ساكن)|बेचैन|करवट/iu,
};

/** Said of a state that is not there, before the patterns look. */
const DENIED =
  /\b(?:(?:i'?m |am |is |are |was )?(?:not|never|no longer|isn'?t|aren'?t) (?:that |so |very |really |even |at all |feeling |a bit )*(?:tired|sleepy|exhausted|restless|wired|in (?:any )?pain|awake)|no (?:more )?pain|without pain|(?:nicht|gar nicht|kein bisschen|überhaupt nicht|nicht mehr) (?:so |sehr |wirklich )?(?:müde|erschöpft|unruhig|wach)|keine schmerzen|pas (?:du tout |très |plus )?(?:fatiguée?|agitée?)|no estoy cansad[oa]|sin dolor|non sono stanc[oa]|não estou cansad[oa]|niet moe)\b/giu;

/** Where the denial stands in a language's own place. */
const DENIED_FURTHER =
  /nie jestem (?:już )?(?:zmęczon|niespokojn|senn)\p{L}+|nic mnie nie boli|yorgun değilim|huzursuz değilim|ağrım yok|(?:لست|مش|غير|مو) (?:متعب|تعبان|مرهق|نعسان|قلق)\p{L}*|بلا [أا]لم|لا يؤلمني شيء|我?不(?:累|困|疼|痛)/giu;

const PATTERNS = new Map<BodyState, RegExp>(
  (Object.keys(WORDS) as BodyState[]).map((state) => [
    state,
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${WORDS[state].join('|')})(?![\\p{L}\\p{N}])`, 'iu'),
  ]),
);

/** Where the words are of the heart, not of the body. */
const OF_THE_HEART =
  /\b(?:a )?(?:real |total )?pain in the (?:neck|ass|arse|butt|backside)\b|\b(?:my )?(?:heart|feelings?|soul|pride) (?:hurts?|aches?|is (?:hurting|aching))\b|\bthe pain of\b/giu;
const MOST_CHARACTERS = 10_000;

/** The states named in a text, in a fixed order; empty where none is. */
export function readBodyState(text: string): BodyState[] {
  const plain = text
    .slice(0, MOST_CHARACTERS)
    .replace(/[’`´]/g, "'")
    .replace(DENIED, ' · ')
    .replace(DENIED_FURTHER, ' · ')
    .replace(OF_THE_HEART, ' · ');
  return [...PATTERNS]
    .filter(([state, words]) => words.test(plain) || ANYWHERE[state].test(plain))
    .map(([state]) => state);
}
