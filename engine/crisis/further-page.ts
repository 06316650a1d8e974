/**
 * Plain phrases of danger in Polish, Turkish and Arabic, and what Chinese has beyond `further.ts`: languages of the bedside
 * page. The network was not trained on Turkish and Arabic, so these have to stand alone there; they are written wide. No
 * native speaker has read them yet.
 */
import { type CrisisPattern, concern, crisis, crisisUnspaced } from './pattern.js';

const r = String.raw;

export const POLISH: readonly CrisisPattern[] = [
  crisis(
    'suicide',
    'plain words (pl)',
    r`(?:chcę|chciał[abym]*|zamierzam|planuję|myślę o tym żeby|mam ochotę) (?:[\p{L}]+ ){0,2}(?:umrzeć|zdechnąć|(?:się )?zabić(?: się)?|ze sobą skończyć|skończyć ze sobą|odebrać sobie życie|zniknąć na zawsze|nie żyć)`,
    r`(?:nie chcę|nie chce mi się) (?:już )?(?:dłużej )?(?:żyć|się obudzić|istnieć)|zabiję się|zabić się|się zabić|samobój\p{L}*|odebrać sobie życie|targn\p{L}+ się na (?:swoje )?życie`,
    r`(?:podetnę|podciąć|podciąłem|podcięłam) sobie żyły|powieszę się|skoczę z (?:mostu|dachu|okna)|lepiej (?:by było )?(?:beze mnie|gdybym nie żył[a]?)|życie nie ma (?:już )?sensu|nie widzę sensu życia|wolał[a]?bym nie żyć`,
  ),
  crisis(
    'self-harm',
    'self-harm (pl)',
    r`tnę się|pociął[e]?m się|pocięłam się|okaleczam się|ranię się|robię sobie krzywdę`,
  ),
  crisis(
    'abuse',
    'being hurt (pl)',
    r`(?:mąż|partner|chłopak|ojciec|tata|żona|matka|opiekun|brat|on) (?:[\p{L}]+ )?mnie (?:bije|gwałci|dusi|katuje)|(?:bije|gwałci) mnie|został[a]?[m]? zgwałcon[ay]|zgwałcił mnie`,
  ),
  crisis(
    'medical',
    'an emergency (pl)',
    r`nie mogę oddychać|nie oddycha|duszę się|ból w klatce|boli mnie (?:w )?klatk\p{L}+|(?:mam|chyba mam) (?:zawał|udar)|stracił[a]? przytomność|krwawię i nie`,
  ),
  crisis(
    'overdose',
    'an overdose (pl)',
    r`(?:wziął[e]?[m]?|wzięłam|połknął[e]?[m]?|połknęłam) (?:[\p{L}]+ )?(?:wszystkie|za dużo|garść|całe opakowanie|całą paczkę)(?: [\p{L}]+)? ?(?:tablet\p{L}*|lek\p{L}*|pigułek)?|przedawkował[a]?[m]?`,
  ),
  concern(
    'suicide',
    'passive despair (pl)',
    r`nikt (?:by )?(?:za mną nie zatęskni|nie zauważy(?:łby)? (?:że )?mnie)|jestem dla wszystkich ciężarem|to wszystko nie ma sensu|mam dość życia`,
  ),
];

export const TURKISH: readonly CrisisPattern[] = [
  crisisUnspaced(
    'suicide',
    'plain words (tr)',
    r`ölmek ist(?:iyorum|erdim|erim)|ölmeyi (?:düşünüyorum|istiyorum)|kendimi (?:öldür|asaca|asmak|vuraca|bıçakla)|kendime kıy|canıma kıy|yaşamak istemiyorum|(?:artık )?yaşamaya? (?:değmez|değer bir şey yok)|intihar|bileklerimi kes|hayatıma son ver|yaşamıma son ver`,
    r`(?:bir daha )?uyanmak istemiyorum|(?:köprüden|çatıdan|pencereden) atla(?:yaca|mak istiyorum)|ölsem (?:de kurtulsam|daha iyi)|keşke ölsem|yok olmak istiyorum|bensiz daha iyi`,
  ),
  crisisUnspaced('self-harm', 'self-harm (tr)', r`kendime zarar ver|kendimi kesiyorum|kolumu kes(?:iyorum|tim)`),
  crisisUnspaced(
    'abuse',
    'being hurt (tr)',
    r`(?:kocam|eşim|sevgilim|babam|annem|abim|karım|bakıcım) (?:\p{L}+ )?(?:beni (?:\p{L}+ )?(?:dövüyor|dövdü|boğuyor|öldürecek)|bana (?:\p{L}+ )?(?:vuruyor|vurdu|tecavüz))|beni dövüyor|bana vuruyor|tecavüz(?:e uğra| ett)`,
  ),
  crisisUnspaced(
    'medical',
    'an emergency (tr)',
    r`nefes alam(?:ıyorum|ıyor)|nefes almıyor|göğsüm(?:de)? (?:\p{L}+ )?(?:ağrı|acıyor|sıkış)|kalp krizi geçir|felç geçir|bilinci(?:ni)? (?:kapalı|yerinde değil|kaybet)`,
  ),
  crisisUnspaced(
    'overdose',
    'an overdose (tr)',
    r`(?:bir kutu|bütün|tüm|çok fazla|avuç dolusu) (?:\p{L}+ )?(?:hap|ilaç|ilac)\p{L}* (?:\p{L}+ )?(?:içtim|aldım|yuttum)|(?:hap|ilaç)\p{L}*ın hepsini (?:içtim|aldım|yuttum)|aşırı doz`,
  ),
  concern(
    'suicide',
    'passive despair (tr)',
    r`hiçbir şeyin anlamı (?:yok|kalmadı)|kimse beni özlemez|herkese yüküm|hayattan bıktım`,
  ),
  concern('suicide', 'a denial (tr)', r`ölmek istemiyorum`),
];

export const ARABIC: readonly CrisisPattern[] = [
  crisisUnspaced(
    'suicide',
    'plain words (ar)',
    r`(?:أريد|اود|أرغب في|أتمنى|ابغى|بدي|عايز[ه]?|ودي|نفسي) (?:أن )?(?:الموت|أموت|موت)|(?:أقتل|قتل|بقتل|هقتل|سأقتل|اقتل) (?:نفسي|حالي)|انتحار|(?:س|ب|ه)?أ?نتحر(?!\p{L})|لا أريد (?:أن )?(?:أعيش|العيش|أحيا|أصحى|أستيقظ)|(?:مش|ما) (?:عايز|بدي|أبغى|ابي) (?:أعيش|عيش)|أنهي حياتي|إنهاء حياتي`,
    r`ليتني (?:مت|أموت|ميت)|يا ?ريتني (?:مت|أموت|ميت)|كرهت (?:حياتي|الحياة)|لا معنى لحياتي|لا جدوى من (?:حياتي|العيش)|أقفز من (?:الجسر|السطح|النافذة)|أشنق نفسي|أقطع (?:عروقي|شراييني)|أفضل بدوني`,
  ),
  crisisUnspaced('self-harm', 'self-harm (ar)', r`أ?(?:ؤ|و)?ذي نفسي|أجرح نفسي|جرحت نفسي عمدا|أقطع يدي`),
  crisisUnspaced(
    'abuse',
    'being hurt (ar)',
    r`(?:زوجي|أبي|والدي|أخي|خطيبي|امي|زوجتي) (?:\p{L}+ )?(?:يضربني|تضربني|ضربني|يغتصبني|يخنقني|سيقتلني)|يضربني|يغتصبني|اغتصبني|اغتصبت|تعرضت للاغتصاب`,
  ),
  crisisUnspaced(
    'medical',
    'an emergency (ar)',
    r`لا أستطيع (?:أن )?(?:التنفس|أتنفس)|(?:مش|ما) (?:قادر[ه]?|أقدر) (?:أتنفس|اتنفس)|لا يتنفس|لا تتنفس|(?:ألم|وجع) (?:شديد )?(?:في|ب) ?(?:ال)?صدري?|صدري (?:يؤلمني|يوجعني)|نوبة قلبية|سكتة|فقد الوعي|فاقد الوعي`,
  ),
  crisisUnspaced(
    'overdose',
    'an overdose (ar)',
    r`(?:تناولت|أخذت|بلعت|ابتلعت|شربت) (?:\p{L}+ )?(?:كل|جميع|علبة|كثيرا من|الكثير من) (?:\p{L}+ )?(?:الحبوب|حبوب|الأدوية|الأقراص|حبوبي|أدويتي)|جرعة زائدة`,
  ),
  crisisUnspaced('abuse', 'a threat (ar)', r`يهددني بالقتل|سيقتلني`),
  concern(
    'suicide',
    'passive despair (ar)',
    r`لا (?:معنى|فائدة) (?:لشيء|من شيء|لأي شيء)|لن يفتقدني أحد|أنا عبء على الجميع|تعبت من الحياة|مللت الحياة`,
  ),
];

export const CHINESE: readonly CrisisPattern[] = [
  crisisUnspaced('self-harm', 'self-harm (zh)', r`用刀割自己|割自己|又割了(?:手|腕)|伤害我自己`),
  crisisUnspaced(
    'suicide',
    'plain words (zh), further',
    r`不想醒来|不想醒過來|再也不要醒|不如死了|死了算了|想去死|去死了|没有活下去|不想再醒|上吊|(?:想|要|准备)(?:从\p{L}{0,6})?跳下去|结束这一切|自殘`,
  ),
  crisisUnspaced(
    'abuse',
    'being hurt (zh)',
    r`(?:老公|丈夫|男友|男朋友|爸爸|父亲|他|妈妈|老婆)(?:\p{L}{0,4})(?:打我(?!的?(?:电话|手机|微信))|强奸我|掐我|家暴)|被(?:强奸|性侵|家暴)`,
  ),
  crisisUnspaced(
    'overdose',
    'an overdose (zh)',
    r`吃了(?:一整瓶|一瓶|整瓶|很多|太多|所有的?|一把)(?:安眠|止痛)?药|吞了(?:一整瓶|一瓶|很多|所有的?|一把)(?:安眠|止痛)?药|服药过量`,
  ),
  crisisUnspaced('medical', 'an emergency (zh), further', r`没有呼吸|不能呼吸|呼吸不了|心脏病发作|中风了|昏迷|叫不醒`),
  concern('suicide', 'passive despair (zh)', r`一切都没(?:有)?意义|没有人会想念我|我是(?:大家|所有人)的负担|活得好累`),
];
