/** What the skill store shows, by language. No claim of healing anywhere; every description says that it is no medical help. */
import type { Language } from '../../voice-intents/sentences.js';

export interface StoreText {
  name: string;
  /** One sentence, 160 characters at most. */
  summary: string;
  description: string;
  /** Three, each with the invocation name where {name} stands; the first opens the skill. */
  examplePhrases: readonly [string, string, string];
  keywords: readonly string[];
}

export const STORE_TEXTS: Record<Language, StoreText> = {
  en: {
    name: 'EmoHeal Bedside',
    summary: 'Say how you feel at night. Music begins close to it and leads, step by step, to rest.',
    description:
      'Lying awake? Say how you feel, in your own words. The music begins close to that feeling, and over twenty minutes, or as long as you like, it grows slower, softer and quieter.\n\nWhile it plays you can say: stay here, go deeper, straight to calm, ten more minutes, stop in half an hour, or ask: why this music?\n\nEmoHeal Bedside keeps no word of what you say. It is music for rest, not a medical product; it does not diagnose or treat anything and cannot call for help. In an emergency call your local emergency number.',
    examplePhrases: ['Alexa, open {name}', "Alexa, tell {name} that I can't sleep", 'Alexa, ask {name} why this music'],
    keywords: ['sleep', 'music', 'calm', 'feelings', 'night', 'relax', 'rest', 'bedtime'],
  },
  de: {
    name: 'EmoHeal Nachtbegleiter',
    summary: 'Sag nachts, wie du dich fühlst. Die Musik beginnt nah daran und führt Schritt für Schritt zur Ruhe.',
    description:
      'Du liegst wach? Sag mit deinen Worten, wie du dich fühlst. Die Musik beginnt nah an diesem Gefühl und wird über zwanzig Minuten, oder so lange du willst, langsamer, sanfter und leiser.\n\nWährend sie spielt, kannst du sagen: bleib hier, geh tiefer, direkt zur Ruhe, noch zehn Minuten, hör in einer halben Stunde auf. Oder frag: warum diese Musik?\n\nEmoHeal bewahrt kein Wort von dem auf, was du sagst. Es ist Musik zum Ausruhen und kein Medizinprodukt; es stellt keine Diagnose, behandelt nichts und kann keine Hilfe rufen. Im Notfall wähle 112.',
    examplePhrases: [
      'Alexa, öffne {name}',
      'Alexa, sag {name} ich kann nicht schlafen',
      'Alexa, frag {name} warum diese Musik',
    ],
    keywords: ['schlafen', 'musik', 'ruhe', 'gefühle', 'nacht', 'entspannen', 'einschlafen'],
  },
  fr: {
    name: 'EmoHeal Chevet',
    summary: 'La nuit, dites ce que vous ressentez. La musique part de là et mène, pas à pas, vers le repos.',
    description:
      "Vous ne dormez pas ? Dites ce que vous ressentez, avec vos mots. La musique commence près de cette émotion puis, en vingt minutes ou plus, devient plus lente, plus douce, plus discrète.\n\nPendant la musique, vous pouvez dire : reste ici, va plus profond, directement au calme, encore dix minutes, arrête dans une demi-heure. Ou demander : pourquoi cette musique ?\n\nEmoHeal ne garde aucun mot de ce que vous dites. C'est de la musique pour se reposer, pas un produit médical ; elle ne pose aucun diagnostic, ne soigne rien et ne peut appeler personne. En cas d'urgence, appelez le 112.",
    examplePhrases: [
      'Alexa, ouvre {name}',
      'Alexa, dis à {name} que je ne dors pas',
      'Alexa, demande à {name} pourquoi cette musique',
    ],
    keywords: ['sommeil', 'musique', 'calme', 'émotions', 'nuit', 'détente', 'repos'],
  },
  es: {
    name: 'EmoHeal Mesilla',
    summary: 'Di de noche cómo te sientes. La música empieza cerca de eso y lleva, paso a paso, al descanso.',
    description:
      'No puedes dormir? Di cómo te sientes, con tus palabras. La música empieza cerca de ese sentimiento y, en veinte minutos o lo que quieras, se vuelve más lenta, más suave y más callada.\n\nMientras suena puedes decir: quédate aquí, más profundo, directo a la calma, diez minutos más, para en media hora. O preguntar: por qué esta música.\n\nEmoHeal no guarda ni una palabra de lo que dices. Es música para descansar, no un producto médico; no diagnostica ni trata nada y no puede llamar a nadie. En una emergencia llama al número de emergencias de tu país.',
    examplePhrases: [
      'Alexa, abre {name}',
      'Alexa, dile a {name} que no puedo dormir',
      'Alexa, pregunta a {name} por qué esta música',
    ],
    keywords: ['dormir', 'música', 'calma', 'sentimientos', 'noche', 'relajarse', 'descanso'],
  },
  it: {
    name: 'EmoHeal Comodino',
    summary: "Di notte, di' come ti senti. La musica parte da lì e porta, passo dopo passo, al riposo.",
    description:
      "Non riesci a dormire? Di' come ti senti, con parole tue. La musica comincia vicino a quel sentimento e in venti minuti, o quanto vuoi, diventa più lenta, più dolce, più piano.\n\nMentre suona puoi dire: resta qui, più in profondità, subito alla calma, altri dieci minuti, fermati tra mezz'ora. Oppure chiedi: perché questa musica?\n\nEmoHeal non conserva una parola di ciò che dici. È musica per riposare, non un prodotto medico; non fa diagnosi, non cura nulla e non può chiamare aiuto. In caso di emergenza chiama il 112.",
    examplePhrases: [
      'Alexa, apri {name}',
      'Alexa, di a {name} che non riesco a dormire',
      'Alexa, chiedi a {name} perché questa musica',
    ],
    keywords: ['dormire', 'musica', 'calma', 'emozioni', 'notte', 'relax', 'riposo'],
  },
  pt: {
    name: 'EmoHeal Cabeceira',
    summary: 'À noite, diga como se sente. A música começa perto disso e leva, passo a passo, ao descanso.',
    description:
      'Sem sono? Diga como se sente, com as suas palavras. A música começa perto desse sentimento e, em vinte minutos ou quanto quiser, fica mais lenta, mais suave e mais baixa.\n\nEnquanto toca, você pode dizer: fique aqui, mais fundo, direto para a calma, mais dez minutos, pare em meia hora. Ou perguntar: por que esta música?\n\nO EmoHeal não guarda nenhuma palavra do que você diz. É música para descansar, não um produto médico; não diagnostica nem trata nada e não pode chamar ajuda. Numa emergência, ligue para o 192.',
    examplePhrases: [
      'Alexa, abra {name}',
      'Alexa, diga para {name} que não consigo dormir',
      'Alexa, pergunte para {name} por que esta música',
    ],
    keywords: ['dormir', 'música', 'calma', 'sentimentos', 'noite', 'relaxar', 'descanso'],
  },
  ja: {
    name: 'EmoHeal ベッドサイド',
    summary: '夜、今の気持ちを話してください。音楽はその気持ちの近くから始まり、少しずつ休息へ向かいます。',
    description:
      '眠れない夜に、今の気持ちをご自分の言葉で話してください。音楽はその気持ちの近くから始まり、二十分ほどかけて、ゆっくり、やわらかく、静かになっていきます。\n\n再生中は「このままで」「もっと深く」「すぐに穏やかに」「あと十分」「三十分後に止めて」と言えます。「どうしてこの音楽なの」と聞くこともできます。\n\n話した言葉は一切保存しません。休むための音楽であり、医療製品ではありません。診断や治療は行わず、助けを呼ぶこともできません。緊急のときは119番または110番に電話してください。',
    examplePhrases: [
      'アレクサ、{name}を開いて',
      'アレクサ、{name}で眠れない',
      'アレクサ、{name}でどうしてこの音楽なの',
    ],
    keywords: ['睡眠', '音楽', '安らぎ', '気持ち', '夜', 'リラックス'],
  },
  hi: {
    name: 'EmoHeal सिरहाना',
    summary: 'रात में बताइए कि आप कैसा महसूस कर रहे हैं। संगीत वहीं से शुरू होकर धीरे-धीरे आराम की ओर ले जाता है।',
    description:
      'नींद नहीं आ रही? अपने शब्दों में बताइए कि आप कैसा महसूस कर रहे हैं। संगीत उस भावना के पास से शुरू होता है और बीस मिनट में, या जितनी देर आप चाहें, धीमा, कोमल और शांत होता जाता है।\n\nसंगीत के दौरान आप कह सकते हैं: यहीं रहो, और गहरा, सीधे शांति, दस मिनट और, आधे घंटे में बंद करो। या पूछिए: यह संगीत क्यों?\n\nEmoHeal आपकी कही कोई बात नहीं रखता। यह आराम का संगीत है, चिकित्सा उत्पाद नहीं; यह न निदान करता है, न इलाज, और मदद के लिए फ़ोन नहीं कर सकता। आपात स्थिति में 112 पर फ़ोन कीजिए।',
    examplePhrases: ['Alexa, {name} खोलो', 'Alexa, {name} से कहो कि नींद नहीं आ रही', 'Alexa, {name} से पूछो यह संगीत क्यों'],
    keywords: ['नींद', 'संगीत', 'शांति', 'भावना', 'रात', 'आराम'],
  },
};
