/** What the bedside page shows about its microphone, in every language that is spoken here. {name} is the speaker's name. */
import type { Language } from './prompts.js';

export interface HandsFreeWords {
  /** On the switch. */
  switchOn: string;
  switchOff: string;
  off: string;
  loading: string;
  /** On, and waiting for its name. */
  asleep: string;
  listening: string;
  thinking: string;
  denied: string;
  none: string;
  lost: string;
  insecure: string;
  /** The server cannot be reached, or the ear cannot be loaded. */
  away: string;
  /** The volume was turned. */
  softer: string;
  louder: string;
}

export const HANDS_FREE_WORDS: Record<Language, HandsFreeWords> = {
  en: {
    switchOn: 'listen for me',
    switchOff: 'stop listening',
    off: 'The microphone is off.',
    loading: 'The microphone is being made ready.',
    asleep: 'Say “{name}”, or touch the screen. Nothing else is kept.',
    listening: 'Listening.',
    thinking: 'Thinking.',
    denied: 'The microphone is not allowed. You can allow it in the browser, or type.',
    none: 'There is no microphone here. You can type how you feel.',
    lost: 'The microphone is gone. I listen again when it is back.',
    insecure: 'This browser gives a microphone only by https or on this very machine. Please type.',
    away: 'Listening is not possible right now. Please type.',
    softer: 'Softer.',
    louder: 'Louder.',
  },
  de: {
    switchOn: 'hör mir zu',
    switchOff: 'nicht mehr zuhören',
    off: 'Das Mikrofon ist aus.',
    loading: 'Das Mikrofon wird vorbereitet.',
    asleep: 'Sag „{name}“ oder berühre den Bildschirm. Sonst wird nichts behalten.',
    listening: 'Ich höre.',
    thinking: 'Einen Moment.',
    denied: 'Das Mikrofon ist nicht erlaubt. Du kannst es im Browser erlauben oder schreiben.',
    none: 'Hier ist kein Mikrofon. Du kannst schreiben, wie du dich fühlst.',
    lost: 'Das Mikrofon ist weg. Ich höre wieder, sobald es da ist.',
    insecure: 'Dieser Browser gibt das Mikrofon nur mit https oder auf diesem Gerät selbst frei. Bitte schreib.',
    away: 'Zuhören geht gerade nicht. Bitte schreib.',
    softer: 'Leiser.',
    louder: 'Lauter.',
  },
  fr: {
    switchOn: 'écoute-moi',
    switchOff: 'ne plus écouter',
    off: 'Le micro est éteint.',
    loading: 'Le micro se prépare.',
    asleep: 'Dis « {name} » ou touche l’écran. Rien d’autre n’est gardé.',
    listening: 'J’écoute.',
    thinking: 'Un instant.',
    denied: 'Le micro n’est pas autorisé. Tu peux l’autoriser dans le navigateur, ou écrire.',
    none: 'Il n’y a pas de micro ici. Tu peux écrire comment tu te sens.',
    lost: 'Le micro a disparu. J’écoute de nouveau dès qu’il revient.',
    insecure: 'Ce navigateur ne donne le micro que par https ou sur cet appareil même. Écris, s’il te plaît.',
    away: 'Je ne peux pas écouter pour le moment. Écris, s’il te plaît.',
    softer: 'Moins fort.',
    louder: 'Plus fort.',
  },
  es: {
    switchOn: 'escúchame',
    switchOff: 'dejar de escuchar',
    off: 'El micrófono está apagado.',
    loading: 'El micrófono se está preparando.',
    asleep: 'Di «{name}» o toca la pantalla. No se guarda nada más.',
    listening: 'Escucho.',
    thinking: 'Un momento.',
    denied: 'El micrófono no está permitido. Puedes permitirlo en el navegador, o escribir.',
    none: 'Aquí no hay micrófono. Puedes escribir cómo te sientes.',
    lost: 'El micrófono ya no está. Vuelvo a escuchar cuando regrese.',
    insecure: 'Este navegador da el micrófono solo por https o en este mismo aparato. Escribe, por favor.',
    away: 'Ahora no puedo escuchar. Escribe, por favor.',
    softer: 'Más bajo.',
    louder: 'Más alto.',
  },
  it: {
    switchOn: 'ascoltami',
    switchOff: 'smetti di ascoltare',
    off: 'Il microfono è spento.',
    loading: 'Il microfono si sta preparando.',
    asleep: 'Di’ «{name}» o tocca lo schermo. Non si conserva altro.',
    listening: 'Ascolto.',
    thinking: 'Un momento.',
    denied: 'Il microfono non è consentito. Puoi consentirlo nel browser, o scrivere.',
    none: 'Qui non c’è un microfono. Puoi scrivere come ti senti.',
    lost: 'Il microfono non c’è più. Ascolto di nuovo quando torna.',
    insecure: 'Questo browser dà il microfono solo con https o su questo stesso apparecchio. Scrivi, per favore.',
    away: 'Ora non posso ascoltare. Scrivi, per favore.',
    softer: 'Più piano.',
    louder: 'Più forte.',
  },
  pt: {
    switchOn: 'me escuta',
    switchOff: 'parar de escutar',
    off: 'O microfone está desligado.',
    loading: 'O microfone está sendo preparado.',
    asleep: 'Diga “{name}” ou toque na tela. Nada mais é guardado.',
    listening: 'Estou ouvindo.',
    thinking: 'Um momento.',
    denied: 'O microfone não está permitido. Você pode permitir no navegador, ou escrever.',
    none: 'Não há microfone aqui. Você pode escrever como se sente.',
    lost: 'O microfone sumiu. Volto a ouvir quando ele voltar.',
    insecure: 'Este navegador só libera o microfone por https ou neste mesmo aparelho. Escreva, por favor.',
    away: 'Não consigo ouvir agora. Escreva, por favor.',
    softer: 'Mais baixo.',
    louder: 'Mais alto.',
  },
  ja: {
    switchOn: '聞いていて',
    switchOff: '聞くのをやめる',
    off: 'マイクはオフです。',
    loading: 'マイクを準備しています。',
    asleep: '「{name}」と言うか、画面に触れてください。ほかの言葉は残りません。',
    listening: '聞いています。',
    thinking: '少しお待ちください。',
    denied: 'マイクが許可されていません。ブラウザーで許可するか、文字で入力してください。',
    none: 'ここにはマイクがありません。気持ちを文字で入力できます。',
    lost: 'マイクが見つかりません。戻ったらまた聞きます。',
    insecure: 'このブラウザーでは、httpsかこの機器自身でだけマイクが使えます。文字で入力してください。',
    away: '今は聞くことができません。文字で入力してください。',
    softer: '小さくしました。',
    louder: '大きくしました。',
  },
  hi: {
    switchOn: 'मुझे सुनो',
    switchOff: 'सुनना बंद करो',
    off: 'माइक्रोफ़ोन बंद है।',
    loading: 'माइक्रोफ़ोन तैयार हो रहा है।',
    asleep: '“{name}” कहिए, या स्क्रीन छुइए। और कुछ नहीं रखा जाता।',
    listening: 'सुन रहा है।',
    thinking: 'एक पल।',
    denied: 'माइक्रोफ़ोन की अनुमति नहीं है। ब्राउज़र में अनुमति दीजिए, या लिखिए।',
    none: 'यहाँ माइक्रोफ़ोन नहीं है। आप लिख सकते हैं कि कैसा लग रहा है।',
    lost: 'माइक्रोफ़ोन नहीं मिल रहा। लौटते ही फिर सुनना शुरू होगा।',
    insecure: 'यह ब्राउज़र माइक्रोफ़ोन केवल https पर या इसी मशीन पर देता है। कृपया लिखिए।',
    away: 'अभी सुनना संभव नहीं है। कृपया लिखिए।',
    softer: 'धीमा।',
    louder: 'तेज़।',
  },
};
