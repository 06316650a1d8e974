import type { ReasonTexts } from './en.js';

export const ja: ReasonTexts = {
  'no-feeling': 'はっきりした気持ちが聞き取れなかったので、音楽は真ん中から始まります。',
  pointed: '今の気持ちの場所を示してもらったので、音楽はそこから始まります。',
  'pointed-as': '今の気持ちの場所を示してもらったので、音楽はそこから、{music}響きで始まります。',
  'begins-close': '{heard}を感じました。それで音楽は、その近くから始まります。',
  'begins-close-as': '{heard}を感じました。それで音楽は、その近くから、{music}響きで始まります。',
  'calm-at-once': '{heard}を感じました。ご希望どおり、はじめから静かな音楽です。',
  body: '{heard}も感じたので、それにも合わせます。',
  gentler: '気持ちをかき立てないよう、音楽は気持ちよりもおだやかにします。',
  compromise: '{heard}の間の道をとります。',
  stronger: '{heard}のうち、強いほうに合わせます。',
  leads: '少しずつ、{intention}ための音楽になります。',
  'leads-as': '少しずつ、{intention}ための、{music}響きの音楽になります。',
  'open-ended': '止めてと言うまで、音楽は続きます。',
  nearer: '時間が短いので、道の少し先から始まります。',
  'nearest-match': '一部（{stage}）には、本当に近い音楽がここにありません。いちばん近いものです。',
  'one-piece': 'この時間のために作られた、一つの長い曲です。',
  taste: 'これまでのお好みで、少し変えてあります。',
  honest: 'どのくらい助けになるかは人によって違います。研究は有望ですが、結果はさまざまです。',
  reason: '{heard}には、{music}響きが合います。{strength}。',
  mood: '気分の全体',
};
