/** Chinese: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['我陪着你，只有轻轻的声音。', '我留在你身边。只放轻轻的声音。'],
  quietDeclined: [
    '好。可以找{service}，号码{number}。我也在这里。',
    '那就没有声音。{service}的号码是{number}。我也在这里。',
  ],
  whoSees: ['{names}能看到你的夜晚有没有放音乐，但看不到你说的话。', '与{names}分享：只有音乐放没放，没有你的话。'],
  nobodySees: ['没有人看你的夜晚。', '你的夜晚没有与任何人分享。'],
  whoLooked: ['最近看过的：{looks}。', '最近有人看过：{looks}。'],
  nobodyLooked: ['最近没有人看过。', '近来没有谁看过。'],
  lookSeen: ['{name}看了你的夜晚，{when}', '{name}看过，{when}'],
  lookChanged: ['{name}为你改了些什么，{when}', '{name}改了安排或规则，{when}'],
  tellCrisisSure: [
    '如果我听到危险，{names}会看到你求助了，但没有你的话。请说是或不。',
    '听到危险时，{names}会看到你求助了，没有你的话。请说是或不。',
  ],
  tellCrisisOn: ['那就会看到。你随时可以收回。', '说好了，你随时可以收回。'],
  tellCrisisOff: ['不会告诉任何人。', '这留在这里。不会告诉任何人。'],
  tonightSkipped: ['那今晚不放。下次照计划开始。', '今晚跳过。之后照计划。'],
  noRoutine: ['没有可以改的定时。可以说：二十分钟后小睡。', '这里没有定时。比如说：二十分钟后小睡。'],
  snoozed: ['那就晚{minutes}。', '推迟{minutes}开始。'],
  napSet: [
    '{minutes}后音乐就准备好了。到时打开我，或者让定时来做。',
    '你的音乐{minutes}后准备好。到时定时可以打开我，你也可以。',
  ],
  wakeSet: [
    '唤醒的音乐在{time}准备好。到时打开我，或者让定时来做。',
    '{time}，唤醒的音乐就准备好了。到时定时可以打开我。',
  ],
  quietHoursThen: ['那是安静时段，什么都不会自己开始。', '那段是安静时段，不会自动开始。'],
  routineHere: ['你的音乐准备好了，现在开始。', '时间到了。你的音乐开始了。'],
};
