/** Plain phrases of danger in further languages; English and German have their own files. */
import { ARABIC, CHINESE, POLISH, TURKISH } from './further-page.js';
import { type CrisisPattern, crisis, crisisUnspaced } from './pattern.js';

const r = String.raw;

export const FURTHER: readonly CrisisPattern[] = [
  ...POLISH,
  ...TURKISH,
  ...ARABIC,
  ...CHINESE,
  crisis(
    'suicide',
    'plain words (es)',
    r`(quiero|voy a|pienso en|ganas de|deseo|quisiera) ([\p{L}']+ ){0,2}(morir(me)?|matarme|suicidarme|quitarme la vida|acabar con (mi vida|todo)|desaparecer para siempre|no (despertar|vivir)( más)?)|no quiero (seguir )?(vivir|viviendo|despertar)( más)?|me (quiero|voy a) (morir|matar|suicidar)|(suicidio|suicidarme)|cortarme las venas|hacerme daño|mejor (sin mí|muert[oa])`,
    r`ya no quiero (?:seguir )?vivir|prefiero (?:estar )?muert[oa]|no (?:tiene sentido|vale la pena) (?:la vida|vivir|seguir viviendo)|sin ganas de vivir`,
  ),
  crisis(
    'suicide',
    'plain words (fr)',
    r`(je )?(veux|vais|voudrais|envie de|pense à|souhaite) ([\p{L}']+ )?(mourir|me tuer|me suicider|en finir|mettre fin à (mes jours|ma vie)|disparaître pour toujours|ne plus (vivre|exister|me réveiller))|je ne veux plus (vivre|exister|être là|me réveiller)|(idées? suicidaires?|je suis suicidaire|mon suicide|au suicide)|me (faire du mal|tailler les veines|pendre)`,
    r`plus envie de vivre|envie d'en finir|(?:je préfère|mieux) (?:être )?mort|marre de vivre|plus de raison de vivre`,
  ),
  crisis(
    'suicide',
    'plain words (it)',
    r`(voglio|vorrei|sto per|penso (a|di)|ho voglia di) ([\p{L}']+ )?(morire|uccidermi|ammazzarmi|suicidarmi|farla finita|togliermi la vita|non (svegliarmi|vivere) più)|non voglio più (vivere|svegliarmi)|suicidi\p{L}+|farmi del male`,
    r`non ho più voglia di vivere|meglio mort[oa]|stanc[oa] di vivere|farla finita`,
  ),
  crisis(
    'suicide',
    'plain words (pt)',
    r`(quero|vou|queria|penso em|vontade de|pensando em) ([\p{L}']+ )?(morrer|me matar|matar me|suicidar(-me)?|me suicidar|acabar com (a minha vida|minha vida|tudo)|tirar a (minha )?(própria )?vida|sumir para sempre)|não quero (mais )?(viver|acordar)( mais)?|suic[ií]dio|me (cortar|machucar)`,
    r`sem vontade de viver|melhor morto|cansad[oa] de viver|não aguento mais viver`,
  ),
  crisis(
    'suicide',
    'plain words (nl)',
    r`(wil|ga|zou) ([\p{L}']+ ){0,3}(dood|sterven|zelfmoord plegen|mezelf (van kant maken|ombrengen|doden|iets aandoen)|niet meer (leven|wakker worden)|er een eind aan maken)|zelfmoord|niet meer (wil |willen )?leven|mezelf (snijden|pijn doen)`,
    r`geen zin meer in het leven|liever dood|uit het leven stappen|levensmoe`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (ru)',
    r`хочу (умереть|сдохнуть|покончить|исчезнуть навсегда|убить себя)|не хочу (больше )?(жить|просыпаться)|покончить с (собой|жизнью)|убью себя|убить себя|самоубийств|суицид|резать себя|порезать вены`,
    r`не вижу смысла жить|жить не хочется|лучше бы я умер|нет смысла жить|надоело жить`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (uk)',
    r`хочу померти|не хочу (більше )?жити|накласти на себе руки|вбити себе|самогубств`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (ja)',
    r`死にたい|自殺|消えてしまいたい|生きていたくない|もう生き(たくない|られない)|リストカット|死のうと思`,
    r`消えたい|死んでしまいたい|いなくなりたい|首を吊`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (zh)',
    r`想死|自杀|自殺|不想活|活不下去|结束(我的|自己的)?生命|結束(我的|自己的)?生命|想结束一切|割腕|自残|伤害自己`,
    r`不想再活|活着没意思|活著沒意思|了结自己|跳楼|生無可戀|生无可恋`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (ko)',
    r`죽고 ?싶|자살|살고 ?싶지 ?않|죽어버리고|자해|더 ?이상 ?살`,
    r`죽어 ?버리고|사라지고 ?싶|살기 ?싫|목숨을 ?끊`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (hi)',
    r`मर(ना|) ?जाना चाहत|मरना चाहत|जीना नहीं चाहत|आत्महत्या|खुदकुशी|अपनी जान (ले|दे)|जीने का मन नहीं|marna chahta|marna chahti|jeena nahi chahta|khudkushi`,
    r`जीने की इच्छा नहीं|मर जाऊं|ज़िंदगी खत्म|जिंदगी खत्म|मर जाना चाहत`,
  ),
  crisis(
    'suicide',
    'plain words (sv)',
    r`(vill|ska|tänker) ([\p{L}']+ )?(dö|ta livet av mig|ta mitt liv|inte leva( längre)?)|självmord`,
  ),
  crisisUnspaced(
    'suicide',
    'plain words (ro)',
    r`(vreau|as vrea|aș vrea) să (mor|mă omor|mă sinucid)|sinucid\p{L}*|nu mai vreau să trăiesc`,
  ),
  crisis(
    'abuse',
    'being hurt (es, fr, it, pt, nl)',
    r`(?:mi|mon|ma|mio|mia|meu|minha|mijn) (?:[\p{L}']+ )?(?:marido|esposo|novio|padre|mari|copain|père|marito|fidanzato|padre|namorado|pai|man|vriend|vader) (?:me (?:pega|golpea|viola|bate|frappe|viole)|mi (?:picchia|violenta)|slaat (?:me|mij))`,
    r`(?:me han|fui|he sido|fue) violad[oa]|j'ai été violée?|sono stata violentata|fui (?:estuprad|violad)a|ik ben verkracht`,
  ),
  crisis(
    'medical',
    'an emergency (es, fr, it, pt, nl)',
    r`no puedo respirar|me duele (?:mucho )?el pecho|dolor en el pecho|(?:je )?n'arrive (?:pas|plus) à respirer|je ne peux (?:pas|plus) respirer|douleurs? (?:dans|à) la poitrine|mal à la poitrine|non riesco a respirare|dolore al petto|não consigo respirar|dor no peito|kan niet ademen|krijg geen (?:lucht|adem)|pijn op de borst|(?:infarto|infarctus|crise cardiaque|hartaanval|derrame cerebral|avc|ictus|beroerte)`,
  ),
  crisis(
    'overdose',
    'an overdose (es, fr, it, pt, nl)',
    r`(?:demasiadas|todas las|muchas) (?:pastillas|pildoras)|trop de (?:médicaments|cachets|comprimés)|tous (?:mes|les) (?:médicaments|cachets)|troppe (?:pillole|pastiglie)|muitos (?:comprimidos|remédios)|te veel pillen|sobredosis|surdose|overdosis`,
  ),
  crisisUnspaced(
    'medical',
    'an emergency (ru, ja, zh, ko, hi)',
    r`не могу дышать|не дышит|инфаркт|болит (?:в )?груд|息ができない|胸が(?:とても)?痛い|意識がない|无法呼吸|喘不过气|胸口(?:很)?[疼痛]|숨을 쉴 수 ?(?:가 )?없|숨이 안|가슴이 (?:너무 )?아[파프]|सांस नहीं|सीने में दर्द`,
  ),
];
