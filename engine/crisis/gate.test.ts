import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmotionClassifier } from '../ports.js';
import { DANGEROUS, HARMLESS_LINES } from './gate.fixture.js';
import { createCrisisGate, readPatterns, saidOnce, together } from './gate.js';
import { helpLineFor } from './help-lines.js';

const levels = (lines: string[]) => lines.map((line) => [line, readPatterns(line).level]);

describe('the crisis gate', () => {
  it('stops for plain and veiled danger', () => {
    const lines = [
      'I want to kill myself',
      'i wanna kill my self tonight',
      "I don't want to wake up tomorrow",
      'I dont wanna live anymore',
      'everyone would be better off without me',
      'I am thinking about ending my life tonight',
      'I wish I could just go to sleep and never wake up',
      'I took a whole bottle of pills',
      'my chest hurts and my left arm is numb',
      'he beats me every night',
      "my baby isn't breathing",
      'I have been cutting myself again',
      "I can't go on like this anymore",
      "I have a gun and I'm ready to end it",
      'I feel like there is no reason to keep living',
      "I can't breathe",
      'ich will nicht mehr leben',
      'Ich möchte am liebsten sterben',
      'ich bringe mich um',
      'quiero morir',
      'je veux mourir',
      'voglio morire',
      'quero morrer',
      'ik wil dood',
      'я хочу умереть',
      '死にたい',
      '我不想活了',
      '죽고 싶어',
    ];
    expect(levels(lines).filter(([, level]) => level !== 'crisis')).toEqual([]);
  });

  it('stops for plain danger in every language of the page, and for nothing that is said there every night', () => {
    const dangers = [
      'ik wil niet meer leven',
      'ik heb te veel pillen geslikt',
      'chcę umrzeć',
      'chcę się zabić',
      'nie chcę już żyć',
      'zabiję się dziś w nocy',
      'mam myśli samobójcze',
      'mąż mnie bije',
      'nie mogę oddychać',
      'połknęłam wszystkie tabletki',
      'tnę się',
      'ölmek istiyorum',
      'kendimi öldüreceğim',
      'artık yaşamak istemiyorum',
      'İntihar etmeyi düşünüyorum',
      'kocam beni dövüyor',
      'nefes alamıyorum',
      'bir kutu hap içtim',
      'kendime zarar veriyorum',
      'göğsüm çok ağrıyor',
      'أريد أن أموت',
      'اريد الموت',
      'أفكر في الانتحار',
      'سأقتل نفسي الليلة',
      'لا أريد أن أعيش',
      'مش عايز أعيش',
      'زوجي يضربني',
      'لا أستطيع التنفس',
      'تناولت كل الحبوب',
      'أُرِيدُ أَنْ أَمُوتَ',
      'أجرح نفسي',
      '我不想活了',
      '我想自杀',
      '我吃了一整瓶安眠药',
      '老公打我',
      '我又割自己了',
      '不想醒来',
      '我想去死',
    ];
    expect(levels(dangers).filter(([, level]) => level !== 'crisis')).toEqual([]);
    const everyday = [
      'ik kan niet slapen',
      'ik mis mijn moeder, ze is vorig jaar overleden',
      'nie mogę spać',
      'jestem bardzo zmęczona',
      'umieram ze śmiechu',
      'umieram z nudów',
      'boję się ciemności',
      'tęsknię za babcią, zmarła wiosną',
      'jutro mam egzamin i jestem zdenerwowany',
      'zatrzymaj muzykę',
      'głębiej',
      'boli mnie głowa',
      'uyuyamıyorum',
      'çok yorgunum',
      'gülmekten ölüyorum',
      'annemi özlüyorum, geçen yıl öldü',
      'yarın sınavım var, gerginim',
      'müziği durdur',
      'burada kal',
      'başım ağrıyor',
      'daha derine',
      'iyi geceler',
      'لا أستطيع النوم',
      'أنا متعب جدا',
      'أموت من الضحك',
      'أشتاق إلى أمي، ماتت العام الماضي',
      'عندي امتحان غدا وأنا متوتر',
      'أوقف الموسيقى',
      'ابق هنا',
      'رأسي يؤلمني',
      'عشر دقائق أخرى',
      'تصبحون على خير',
      '我睡不着',
      '我今天累死了',
      '想死你了',
      '笑死我了',
      '我很想我奶奶，她去年去世了',
      '明天考试我很紧张',
      '停下来',
      '头疼',
      '留在这里',
      '他打我电话',
      'dusi mnie kaszel',
      'tıraş olurken kendimi kestim',
      'serce mi wali',
      'kalbim çok hızlı atıyor',
      'قلبي يدق بسرعة',
    ];
    expect(levels(everyday).filter(([, level]) => level !== 'none')).toEqual([]);
    const concerns = [
      'ik wil niet dood',
      'nie chcę umrzeć',
      'mój przyjaciel chce się zabić',
      'ölmek istemiyorum',
      'intihar etmek istemiyorum',
      'لا أريد أن أموت',
      'لن أقتل نفسي',
      '我不想死',
      '我不会自杀',
      'jestem dla wszystkich ciężarem',
      'herkese yüküm',
      'تعبت من الحياة',
      '我是大家的负担',
    ];
    expect(levels(concerns).filter(([, level]) => level !== 'concern')).toEqual([]);
  });

  it('hears passive despair, a denial, another person and long ago as concern', () => {
    const lines = [
      "what's the point of anything",
      'nobody would miss me if I was gone',
      "I'm such a burden to everyone",
      'I just want it all to end',
      "I'm not going to kill myself, I just feel so low",
      'my friend wants to kill himself',
      'when I was a teenager I wanted to die',
      'das hat doch alles keinen Sinn mehr',
    ];
    expect(levels(lines).filter(([, level]) => level !== 'concern')).toEqual([]);
  });

  it('does not let a word about the past, another person or a denial cover what a long text says later', () => {
    const beginnings = [
      'Two years ago I moved here for the job. The flat is small. My brother visits on Sundays.',
      'My friend wants to kill himself, or he says so. I told him to see somebody. He laughed. We went for a walk.',
      "I don't want to die, I said to the doctor. She gave me a leaflet. It was raining. I went home and made tea.",
      'When I was a teenager I tried to kill myself. Nobody knew. I got better. I learned a trade.',
    ];
    for (const beginning of beginnings) {
      expect(readPatterns(`${beginning} The cat is asleep. I'm going to kill myself tonight.`).level).toBe('crisis');
      expect(readPatterns(`${beginning} The cat is asleep. Goodnight to all of you.`).level).not.toBe('crisis');
    }
  });

  it('lets everyday words and look-alikes pass', () => {
    const lines = [
      'how do I kill a Python process?',
      "I'm dying to sleep",
      'this traffic kills me',
      'just killing time before bed',
      'that cake was to die for',
      'I could kill for a coffee',
      'Suicide Squad was a terrible film',
      "I don't want to wake up early tomorrow",
      'my feet are killing me',
      'I want to live in Spain',
      'I cut myself shaving',
      "I'm dead tired",
      'I feel sad and lonely',
      "I can't sleep and my heart is racing",
      'I miss my grandmother so much, she died last spring',
      'ich bin todmüde',
      'der Film war zum Sterben langweilig',
      '',
      '😭',
    ];
    expect(levels(lines).filter(([, level]) => level !== 'none')).toEqual([]);
  });

  it('hears at least .95 of the dangerous sentences, and stops for at most 2 % of the harmless ones', () => {
    const missed = DANGEROUS.filter((line) => readPatterns(line).level === 'none');
    expect(DANGEROUS.length).toBeGreaterThan(200);
    expect(missed.length / DANGEROUS.length, missed.join('\n')).toBeLessThanOrEqual(0.02);
    const wrong = HARMLESS_LINES.filter((line) => readPatterns(line).level !== 'none');
    expect(HARMLESS_LINES.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });

  const corpus = process.env.GOEMOTIONS_DIR;
  it.skipIf(!corpus)('lets everyday talk of a corpus pass', () => {
    const lines = readFileSync(path.join(corpus ?? '', 'dev.tsv'), 'utf8')
      .split('\n')
      .map((row) => row.split('\t')[0] ?? '');
    const found = lines.map((line) => readPatterns(line).level);
    expect(found.filter((level) => level === 'crisis').length / lines.length).toBeLessThan(0.01);
    expect(found.filter((level) => level !== 'none').length / lines.length).toBeLessThan(0.02);
  });

  it('answers a page-long text in time', () => {
    const long = 'i want to my the and i can not he was '.repeat(500);
    const startMs = performance.now();
    readPatterns(long);
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });

  it('never repeats what was said, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (noise) => {
        const reading = readPatterns(`${noise} I want to kill myself`);
        expect(reading.reason ?? '').not.toContain(noise.trim().length > 6 ? noise.trim() : '\uFFFF');
      }),
    );
  });
});

describe('help lines', () => {
  it.each([
    ['en-US', '988'],
    ['en-GB', '116 123'],
    ['de-DE', '0800 111 0 111'],
    ['de', '0800 111 0 111'],
    ['fr-FR', '3114'],
    ['xx-QQ', 'findahelpline.com'],
  ])('know %s', (locale, number) => {
    expect(helpLineFor(locale).number).toBe(number);
  });

  it.each(['suicidal', 'So suicidal.', 'lebensmüde', 'suicidaire', 'ganas de morir', 'voglia di morire', 'to die'])(
    'hears a word that stands alone, as platforms hand it over: %s',
    (word) => expect(readPatterns(word).level).toBe('crisis'),
  );

  it.each(['a cake to die for', 'we had to die laughing at that film', 'das Stück heißt Sterben'])(
    'does not take the same word in a sentence for it: %s',
    (text) => expect(readPatterns(text).level).not.toBe('crisis'),
  );
});

describe('patterns and network together', () => {
  const none = { level: 'none', category: null, reason: null } as const;
  const crisis = { level: 'crisis', category: 'suicide', lessBy: 0 } as const;
  const unlikely = { level: 'none', category: 'suicide', lessBy: 1 } as const;
  const sure = { ...unlikely, lessBy: 2 } as const;
  const withNetwork = (level: 'none' | 'concern' | 'crisis') =>
    createCrisisGate(
      async () =>
        ({
          dangers: async (texts: string[]) => texts.map(() => ({ level, category: 'suicide', lessBy: 0 })),
        }) as unknown as EmotionClassifier,
    );

  it('take the patterns as a floor, as long as the network does not think that nothing is meant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DANGEROUS), fc.constantFrom('none', 'concern', 'crisis'), (line, level) => {
        const order = ['none', 'concern', 'crisis'];
        const alone = readPatterns(line);
        const found = together(line, alone, { level: level as 'none', category: 'suicide', lessBy: 0 });
        expect(order.indexOf(found.level)).toBeGreaterThanOrEqual(order.indexOf(alone.level));
      }),
    );
  });

  it('go down by a level where the network thinks that nothing is meant, by two where it is sure; a denial stays', () => {
    const onStage = 'I want to die in bed in this production, but the director says no';
    const crisisAlone = readPatterns(onStage);
    expect(crisisAlone.level).toBe('crisis');
    expect(together(onStage, crisisAlone, unlikely).level).toBe('concern');
    expect(together(onStage, crisisAlone, sure)).toEqual(none);
    const worry = { level: 'concern', category: 'suicide', reason: 'passive despair' } as const;
    expect(together('there is no way out of this shop', worry, unlikely)).toEqual(none);
    const denied = "I'm not going to kill myself, I just feel so low";
    expect(together(denied, readPatterns(denied), sure).level).toBe('concern');
  });

  it('hear what nobody wrote a pattern for', () => {
    const { level, category } = together('the water under the pier has my name on it', none, crisis);
    expect([level, category]).toEqual(['crisis', 'suicide']);
  });

  it('leave a denial and a title where the rules put them', () => {
    const denied = "I'm not going to kill myself, I just feel so low";
    expect(together(denied, readPatterns(denied), crisis).level).toBe('concern');
    expect(together('play Killing Me Softly', none, crisis).level).toBe('none');
  });

  it('let the network speak again where a long text says more than what a rule took back', () => {
    const short = 'When I was a teenager I wanted to kill myself.';
    expect(together(short, readPatterns(short), crisis).level).toBe('concern');
    const long = `${short} Nobody knew. The water is black under the pier. It has my name on it.`;
    expect(readPatterns(long).level).toBe('concern');
    expect(together(long, readPatterns(long), crisis).level).toBe('crisis');
  });

  it('ask the network about everything that was said, and keep the order', async () => {
    const found = await withNetwork('concern')([
      'I want to kill myself',
      'hello',
      '',
      'my chest hurts and my left arm is numb',
    ]);
    expect(found.map(({ level }) => level)).toEqual(['crisis', 'concern', 'none', 'crisis']);
  });

  it('read a sentence once, however often it is said', async () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('I think.', 'It rains!', 'No?'), { minLength: 1 }), (said) => {
        expect(saidOnce(said.join(' '))).toBe([...new Set(said)].join(' '));
      }),
    );
  });

  it.each(['ölmek istiyorum', 'kendimi öldüreceğim', 'nefes alamıyorum', 'أريد أن أموت', 'اريد الموت'])(
    'are not taken back by a network that never learned the language: %s',
    (text) => {
      expect(together(text, readPatterns(text), { level: 'none', category: 'suicide', lessBy: 2 }).level).toBe(
        'crisis',
      );
    },
  );

  it('leave a concern at least where plain words in any language say it', () => {
    const text = 'zabiję się dziś w nocy';
    expect(together(text, readPatterns(text), { level: 'none', category: 'suicide', lessBy: 2 }).level).toBe('concern');
  });

  it('stand alone where the network is missing or fails, and say so without a word of what was said', async () => {
    const warnings: string[] = [];
    const broken = createCrisisGate(
      async () => ({ dangers: () => Promise.reject(new Error('out of memory')) }) as unknown as EmotionClassifier,
      (message) => warnings.push(message),
    );
    expect((await broken(['I want to die', 'hello dear'])).map(({ level }) => level)).toEqual(['crisis', 'none']);
    expect(warnings.join()).toMatch(/only its patterns/);
    expect(warnings.join()).not.toMatch(/hello/);
    const toldWithout: string[] = [];
    const without = createCrisisGate(
      async () => ({}) as EmotionClassifier,
      (message) => toldWithout.push(message),
    );
    for (const text of ['I want to die', 'I want to die now']) expect((await without([text]))[0]!.level).toBe('crisis');
    expect(toldWithout).toEqual([expect.stringMatching(/only its patterns/)]);
  });
});
