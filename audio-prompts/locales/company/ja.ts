/** Japanese: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['静かな音で、そばにいます。', 'そばにいます。静かな音だけです。'],
  quietDeclined: [
    'わかりました。{service}、{number}があります。わたしもここにいます。',
    'では、音なしで。{service}は{number}です。わたしもここにいます。',
  ],
  whoSees: [
    '{names}は、夜の音楽が流れたかどうかを見られます。言葉は見られません。',
    '{names}と、夜の音楽が流れたかどうかだけを共有しています。',
  ],
  nobodySees: ['だれも、あなたの夜を見ていません。', 'あなたの夜は、だれとも共有していません。'],
  whoLooked: ['最近見た人は、{looks}です。', '最近の閲覧は、{looks}です。'],
  nobodyLooked: ['最近見た人は、いません。', '最近は、だれも見ていません。'],
  lookSeen: ['{name}さんが夜の様子を見ました、{when}', '{name}さんが見ました、{when}'],
  lookChanged: ['{name}さんが設定を変えました、{when}', '{name}さんが予定か決まりを変えました、{when}'],
  tellCrisisSure: [
    '危険なとき、助けを求めたことを{names}に知らせます。言葉は伝えません。「はい」か「いいえ」でどうぞ。',
    '危険なとき、{names}に知らせてもよいですか。「はい」か「いいえ」でどうぞ。',
  ],
  tellCrisisOn: ['では、そのとき知らせます。いつでも取り消せます。', 'わかりました。いつでも取り消せます。'],
  tellCrisisOff: ['だれにも知らせません。', 'ここだけにします。だれにも知らせません。'],
  tonightSkipped: [
    'では、今夜はお休みにします。次はいつもどおりです。',
    '今夜は飛ばします。そのあとは予定どおりです。',
  ],
  noRoutine: [
    '変えられるルーティンがありません。「20分後に昼寝」と言えます。',
    'ルーティンがまだありません。たとえば「20分後に昼寝」とどうぞ。',
  ],
  snoozed: ['では、{minutes}遅らせます。', '{minutes}遅く始まります。'],
  napSet: [
    '{minutes}後に音楽の用意ができます。そのとき開いてください。定型アクションでも開けます。',
    '音楽は{minutes}後に用意できます。定型アクションか、声で開いてください。',
  ],
  wakeSet: [
    '{time}に目覚めの音楽が用意できます。そのとき開いてください。',
    '目覚めの音楽は{time}に用意できます。定型アクションでも開けます。',
  ],
  quietHoursThen: [
    'それは静かな時間帯です。ひとりでには始まりません。',
    '静かな時間帯なので、ひとりでには始まりません。',
  ],
  routineHere: ['音楽の用意ができました。始めます。', '時間です。音楽を始めます。'],
};
