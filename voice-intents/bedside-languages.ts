/**
 * What the bedside page hears in languages for which there is no assistant's skill: its name, and the sentences that bend
 * the music, word for word. Everything else that is said there is words of feeling, which the engine reads in any language.
 *
 * A sentence may hold `{n}`: a number of minutes, in figures or as one of the words beside it.
 * Letters are compared as `plain` writes them and without the spaces between them: a recogniser that hears single words without
 * a sentence around them parts them where it likes ("onda kika daha"). No native speaker has read these lists yet.
 */
import type { BuiltInIntent, OurIntent } from './intents.js';
import type { Matched } from './matcher.js';
import { plain, withoutFillers } from './plain-text.js';

export const BEDSIDE_LANGUAGES = ['nl', 'pl', 'tr', 'ar', 'zh'] as const;
export type BedsideLanguage = (typeof BEDSIDE_LANGUAGES)[number];

/** The language of a tag, where it is one of these. */
export function bedsideLanguageOf(tag: string): BedsideLanguage | null {
  const language = tag.split(/[-_]/)[0]?.toLowerCase();
  return BEDSIDE_LANGUAGES.find((each) => each === language) ?? null;
}

interface BedsideWords {
  /** What the speaker is called. */
  name: string;
  says: Partial<Record<OurIntent | BuiltInIntent, readonly string[]>>;
  softer: readonly string[];
  louder: readonly string[];
  /** Words for numbers: one to five for answers, the round ones for minutes. */
  numbers: Readonly<Record<number, readonly string[]>>;
}

export const BEDSIDE_WORDS: Record<BedsideLanguage, BedsideWords> = {
  nl: {
    name: 'nacht maatje',
    says: {
      'AMAZON.StopIntent': ['stop', 'ophouden', 'hou op', 'stop de muziek', 'zet de muziek uit', 'muziek uit', 'stil'],
      'AMAZON.PauseIntent': ['pauze', 'pause', 'pauzeer', 'even pauze', 'wacht even'],
      'AMAZON.ResumeIntent': ['verder', 'ga verder', 'ga door', 'speel verder', 'hervat'],
      'AMAZON.NextIntent': ['volgende', 'het volgende', 'een ander stuk', 'iets anders', 'sla over'],
      'AMAZON.CancelIntent': ['annuleer', 'laat maar'],
      'AMAZON.StartOverIntent': ['van voren af aan', 'opnieuw', 'begin opnieuw'],
      'AMAZON.HelpIntent': ['wat kan ik zeggen', 'wat kun je'],
      'AMAZON.NoIntent': ['nee', 'nee dank je', 'niet nu', 'nu niet'],
      StayIntent: ['blijf hier', 'hier blijven', 'blijf zo', 'laat het zo', 'hou het zo', 'zo is het goed'],
      DeeperIntent: ['dieper', 'ga dieper', 'rustiger', 'nog rustiger', 'kalmer'],
      StraightToCalmIntent: ['meteen naar de rust', 'direct naar rust', 'meteen rustig'],
      WhyIntent: ['waarom deze muziek', 'waarom dit stuk', 'waarom speel je dit', 'waarom'],
      MoreTimeIntent: ['nog {n} minuten', '{n} minuten langer', '{n} minuten erbij', 'langer', 'nog even'],
      StopInIntent: ['stop over {n} minuten', 'over {n} minuten stoppen', 'nog {n} minuten en dan stoppen'],
      RatingIntent: ['{n}', 'een {n}', '{n} van de vijf'],
    },
    softer: ['zachter', 'iets zachter', 'een beetje zachter', 'zet zachter', 'minder hard', 'niet zo hard', 'te hard'],
    louder: ['harder', 'iets harder', 'een beetje harder', 'zet harder', 'luider', 'te zacht'],
    numbers: {
      1: ['een', 'één'],
      2: ['twee'],
      3: ['drie'],
      4: ['vier'],
      5: ['vijf'],
      10: ['tien'],
      15: ['vijftien'],
      20: ['twintig'],
      25: ['vijfentwintig'],
      30: ['dertig'],
      40: ['veertig'],
      45: ['vijfenveertig'],
      60: ['zestig'],
    },
  },
  pl: {
    name: 'nocny spokój',
    says: {
      'AMAZON.StopIntent': ['stop', 'stój', 'dość', 'przestań', 'wyłącz', 'wyłącz muzykę', 'zatrzymaj muzykę', 'cisza'],
      'AMAZON.PauseIntent': ['pauza', 'pausa', 'przerwa', 'wstrzymaj', 'poczekaj'],
      'AMAZON.ResumeIntent': ['dalej', 'wznów', 'graj dalej', 'kontynuuj'],
      'AMAZON.NextIntent': ['następny', 'następna', 'następny utwór', 'inny utwór', 'coś innego', 'pomiń'],
      'AMAZON.CancelIntent': ['anuluj', 'nieważne'],
      'AMAZON.StartOverIntent': ['od początku', 'od nowa', 'zacznij od nowa'],
      'AMAZON.HelpIntent': ['co mogę powiedzieć', 'co umiesz'],
      'AMAZON.NoIntent': ['nie', 'nie dziękuję', 'nie teraz'],
      StayIntent: ['zostań tu', 'zostań tutaj', 'zostań', 'zostaw tak', 'niech tak zostanie', 'tak jest dobrze'],
      DeeperIntent: ['głębiej', 'idź głębiej', 'spokojniej', 'jeszcze spokojniej'],
      StraightToCalmIntent: ['od razu do spokoju', 'od razu spokojnie'],
      WhyIntent: ['dlaczego ta muzyka', 'czemu ta muzyka', 'dlaczego to gra', 'dlaczego'],
      MoreTimeIntent: ['jeszcze {n} minut', '{n} minut więcej', '{n} minut dłużej', 'dłużej', 'jeszcze trochę'],
      StopInIntent: ['zatrzymaj za {n} minut', 'skończ za {n} minut', 'wyłącz za {n} minut'],
      RatingIntent: ['{n}', '{n} na pięć'],
    },
    softer: ['ciszej', 'trochę ciszej', 'troszkę ciszej', 'ścisz', 'przycisz', 'za głośno', 'nie tak głośno'],
    louder: ['głośniej', 'trochę głośniej', 'zrób głośniej', 'pogłośnij', 'za cicho'],
    numbers: {
      1: ['jeden', 'jedynka'],
      2: ['dwa', 'dwójka'],
      3: ['trzy', 'trójka'],
      4: ['cztery', 'czwórka'],
      5: ['pięć', 'piątka'],
      10: ['dziesięć'],
      15: ['piętnaście'],
      20: ['dwadzieścia'],
      25: ['dwadzieścia pięć'],
      30: ['trzydzieści'],
      40: ['czterdzieści'],
      45: ['czterdzieści pięć'],
      60: ['sześćdziesiąt'],
    },
  },
  tr: {
    name: 'gece yoldaşı',
    says: {
      'AMAZON.StopIntent': [
        'dur',
        'kes',
        'yeter',
        'müziği durdur',
        'müziği kapat',
        'kapat',
        'durdur',
        'sus',
        'sessiz ol',
      ],
      'AMAZON.PauseIntent': ['ara ver', 'duraklat', 'bekle', 'müziği duraklat'],
      'AMAZON.ResumeIntent': ['devam', 'devam et', 'sürdür', 'müziğe devam et'],
      'AMAZON.NextIntent': ['sonraki', 'sıradaki', 'başka bir parça', 'başka bir şey', 'atla', 'geç'],
      'AMAZON.CancelIntent': ['iptal', 'boş ver', 'vazgeç'],
      'AMAZON.StartOverIntent': ['baştan', 'baştan başla', 'yeniden başla'],
      'AMAZON.HelpIntent': ['ne diyebilirim', 'neler yapabilirsin'],
      'AMAZON.NoIntent': ['hayır', 'hayır teşekkürler', 'şimdi değil', 'yok'],
      StayIntent: ['burada kal', 'burada kalalım', 'böyle kalsın', 'böyle iyi', 'değiştirme'],
      DeeperIntent: ['daha derine', 'daha derin', 'derine', 'daha sakin', 'biraz daha sakin'],
      StraightToCalmIntent: ['doğrudan sakinliğe', 'hemen sakin'],
      WhyIntent: ['neden bu müzik', 'niye bu müzik', 'neden bunu çalıyorsun', 'neden'],
      MoreTimeIntent: ['{n} dakika daha', '{n} dakika uzat', 'biraz daha', 'uzat', 'daha uzun'],
      StopInIntent: ['{n} dakika sonra dur', '{n} dakika sonra kapat', '{n} dakika içinde dur'],
      RatingIntent: ['{n}', 'beş üzerinden {n}'],
    },
    softer: ['kıs', 'sesi kıs', 'biraz kıs', 'daha kısık', 'daha sessiz', 'daha alçak', 'çok yüksek'],
    louder: ['sesi aç', 'sesini aç', 'biraz aç', 'daha yüksek', 'daha yüksek ses', 'çok kısık'],
    numbers: {
      1: ['bir'],
      2: ['iki'],
      3: ['üç'],
      4: ['dört'],
      5: ['beş'],
      10: ['on'],
      15: ['on beş'],
      20: ['yirmi'],
      25: ['yirmi beş'],
      30: ['otuz'],
      40: ['kırk'],
      45: ['kırk beş'],
      60: ['altmış'],
    },
  },
  ar: {
    name: 'رفيق الليل',
    says: {
      'AMAZON.StopIntent': ['توقف', 'توقفي', 'قف', 'كفى', 'أوقف الموسيقى', 'أوقفي الموسيقى', 'اسكت', 'أطفئ الموسيقى'],
      'AMAZON.PauseIntent': ['توقف مؤقت', 'توقف مؤقتا', 'استراحة', 'انتظر', 'انتظري'],
      'AMAZON.ResumeIntent': ['تابع', 'تابعي', 'أكمل', 'أكملي', 'استمر', 'واصل'],
      'AMAZON.NextIntent': ['التالي', 'التالية', 'مقطوعة أخرى', 'شيء آخر', 'تخط'],
      'AMAZON.CancelIntent': ['إلغاء', 'ألغ', 'لا بأس'],
      'AMAZON.StartOverIntent': ['من البداية', 'من جديد', 'ابدأ من جديد'],
      'AMAZON.HelpIntent': ['ماذا يمكنني أن أقول', 'ماذا أقول', 'ماذا تستطيع'],
      'AMAZON.NoIntent': ['لا', 'لا شكرا', 'ليس الآن'],
      StayIntent: ['ابق هنا', 'ابقى هنا', 'ابقي هنا', 'اتركها هكذا', 'هكذا جيد', 'خليك هنا'],
      DeeperIntent: ['أعمق', 'اذهب أعمق', 'أهدأ', 'أكثر هدوءا'],
      StraightToCalmIntent: ['إلى الهدوء مباشرة', 'هدوء مباشرة'],
      WhyIntent: ['لماذا هذه الموسيقى', 'لماذا هذه المقطوعة', 'ليش هذه الموسيقى', 'لماذا'],
      MoreTimeIntent: ['{n} دقائق أخرى', '{n} دقيقة أخرى', '{n} دقائق إضافية', '{n} دقيقة إضافية', 'أطول', 'قليلا بعد'],
      StopInIntent: ['توقف بعد {n} دقائق', 'توقف بعد {n} دقيقة'],
      RatingIntent: ['{n}', '{n} من خمسة'],
    },
    softer: ['أخفض', 'اخفض الصوت', 'أخفض قليلا', 'وطي الصوت', 'الصوت عال', 'عال جدا'],
    louder: ['أعلى', 'ارفع الصوت', 'أعلى قليلا', 'علي الصوت', 'الصوت منخفض', 'لا أسمع'],
    numbers: {
      1: ['واحد', 'واحدة'],
      2: ['اثنان', 'اثنين'],
      3: ['ثلاثة', 'ثلاث'],
      4: ['أربعة', 'أربع'],
      5: ['خمسة', 'خمس'],
      10: ['عشرة', 'عشر'],
      15: ['خمس عشرة', 'خمسة عشر'],
      20: ['عشرون', 'عشرين'],
      25: ['خمس وعشرون', 'خمسة وعشرون', 'خمس وعشرين', 'خمسة وعشرين'],
      30: ['ثلاثون', 'ثلاثين'],
      40: ['أربعون', 'أربعين'],
      45: ['خمس وأربعون', 'خمسة وأربعون', 'خمس وأربعين', 'خمسة وأربعين'],
      60: ['ستون', 'ستين'],
    },
  },
  zh: {
    name: '夜晚伙伴',
    says: {
      'AMAZON.StopIntent': ['停', '停下', '停止', '停下来', '停止音乐', '关掉音乐', '别放了', '安静'],
      'AMAZON.PauseIntent': ['暂停', '暂停一下', '等一下'],
      'AMAZON.ResumeIntent': ['继续', '接着放', '继续放'],
      'AMAZON.NextIntent': ['下一首', '换一首', '跳过', '换一个'],
      'AMAZON.CancelIntent': ['取消', '算了'],
      'AMAZON.StartOverIntent': ['从头开始', '重新开始'],
      'AMAZON.HelpIntent': ['我可以说什么', '能说什么', '你会什么'],
      'AMAZON.NoIntent': ['不', '不用', '不用了', '不要', '现在不', '现在不用'],
      StayIntent: ['留在这里', '就这样', '保持这样', '待在这里', '别变'],
      DeeperIntent: ['再深一点', '深一点', '更深', '再安静一点', '更安静'],
      StraightToCalmIntent: ['直接到安静', '直接安静'],
      WhyIntent: ['为什么是这音乐', '为什么放这个', '为什么是这个音乐', '为什么'],
      MoreTimeIntent: ['再来{n}分钟', '再放{n}分钟', '再{n}分钟', '多{n}分钟', '久一点', '再放一会儿'],
      StopInIntent: ['{n}分钟后停', '{n}分钟后停止'],
      RatingIntent: ['{n}', '{n}分'],
    },
    softer: ['小声', '小声点', '小声一点', '轻一点', '轻点', '音量小一点', '太响了', '太吵了'],
    louder: ['大声', '大声点', '大声一点', '响一点', '音量大一点', '太轻了', '听不见'],
    numbers: {
      1: ['一'],
      2: ['二', '两'],
      3: ['三'],
      4: ['四'],
      5: ['五'],
      10: ['十'],
      15: ['十五'],
      20: ['二十'],
      25: ['二十五'],
      30: ['三十'],
      40: ['四十'],
      45: ['四十五'],
      60: ['六十'],
    },
  },
};

const MOST_MINUTES = 180;

/** Which of these sentences was said, word for word; null for everything else. */
export function matchAtBedside(language: BedsideLanguage, said: string): Matched | null {
  const text = plain(language, said);
  if (text === '') return null;
  const bare = withoutFillers(language, text);
  for (const each of new Set([text, bare])) {
    const exact = fixed(language).get(tight(each));
    if (exact) return { intent: exact, slots: {}, confidence: 1 };
  }
  const letters = tight(bare);
  for (const { intent, before, after } of counted(language)) {
    const length = letters.length - before.length - after.length;
    if (length < 1 || !letters.startsWith(before) || !letters.endsWith(after)) continue;
    const words = letters.slice(before.length, before.length + length);
    const n = numberOf(language, words);
    if (n === null) continue;
    const slots: Matched['slots'] =
      intent === 'RatingIntent'
        ? { rating: { said: words, value: String(n) } }
        : { length: { said: words, value: `PT${n}M` } };
    return { intent, slots, confidence: 0.9 };
  }
  return null;
}

function numberOf(language: BedsideLanguage, words: string): number | null {
  const n = /^\d{1,3}$/.test(words)
    ? Number(words)
    : Number(
        Object.entries(BEDSIDE_WORDS[language].numbers).find(([, names]) =>
          names.some((name) => tight(plain(language, name)) === words),
        )?.[0],
      );
  return n >= 1 && n <= MOST_MINUTES ? n : null;
}

const tight = (text: string) => text.replaceAll(' ', '');

const sentences = (language: BedsideLanguage) =>
  Object.entries(BEDSIDE_WORDS[language].says).flatMap(([intent, said]) =>
    said.map((sentence) => ({ intent, sentence })),
  );

const fixedOf = new Map<BedsideLanguage, ReadonlyMap<string, string>>();
function fixed(language: BedsideLanguage): ReadonlyMap<string, string> {
  let known = fixedOf.get(language);
  if (!known) {
    known = new Map(
      sentences(language)
        .filter(({ sentence }) => !sentence.includes('{n}'))
        .map(({ intent, sentence }) => [tight(plain(language, sentence)), intent]),
    );
    fixedOf.set(language, known);
  }
  return known;
}

/** Longest carrier first, so that "nog tien minuten" is no rating. */
function counted(language: BedsideLanguage) {
  return sentences(language)
    .filter(({ sentence }) => sentence.includes('{n}'))
    .map(({ intent, sentence }) => {
      const [before = '', after = ''] = tight(plain(language, sentence)).split('{n}');
      return { intent, before, after };
    })
    .sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);
}
