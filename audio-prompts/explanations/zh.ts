import type { ReasonTexts } from './en.js';

export const zh: ReasonTexts = {
  'no-feeling': '没有听到清楚的感受，所以音乐从中间开始。',
  pointed: '你指出了你在哪里，音乐就从那里开始。',
  'pointed-as': '你指出了你在哪里，音乐就从那里开始：{music}。',
  'begins-close': '我听到了{heard}，所以音乐从那附近开始。',
  'begins-close-as': '我听到了{heard}，所以音乐从那附近开始：{music}。',
  'calm-at-once': '我听到了{heard}。如你所愿，音乐从一开始就安静。',
  body: '我还听到了{heard}，音乐会照顾到这一点。',
  gentler: '它比感受更温和，免得把感受激起来。',
  compromise: '在{heard}之间，它走中间的路。',
  stronger: '在{heard}之中，由更强的那个带路。',
  leads: '一步一步，它变成帮你{intention}的音乐。',
  'leads-as': '一步一步，它变成帮你{intention}的音乐：{music}。',
  'open-ended': '它会一直放，直到你说停。',
  nearer: '时间不多，所以它从路上更靠后的地方开始。',
  'nearest-match': '有一部分（{stage}）在这里没有真正合适的音乐；这是最接近的。',
  'one-piece': '这是一首长曲，专为这个夜晚而作。',
  taste: '你以前喜欢和跳过的，让它有了一点变化。',
  honest: '这有多大帮助因人而异；研究给人希望，但结论不一。',
  reason: '{heard}适合{music}的音乐；{strength}。',
  mood: '整体的心情',
};
