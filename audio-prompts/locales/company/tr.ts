/** Turkish: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Yanındayım, sessiz bir sesle.', 'Yanında kalıyorum. Yalnızca sessiz bir ses.'],
  quietDeclined: [
    'Peki. {service} orada: {number}. Ben de buradayım.',
    'O zaman sessiz. Arayabileceğin yer: {service}, {number}. Ben de buradayım.',
  ],
  whoSees: [
    'Akşamlarının gerçekleşip gerçekleşmediğini görebilen: {names}. Söylediklerini asla.',
    'Paylaşılan kişi: {names}. Yalnızca akşamların oldu mu, sözler değil.',
  ],
  nobodySees: ['Akşamlarını kimse görmüyor.', 'Akşamların kimseyle paylaşılmıyor.'],
  whoLooked: ['Son zamanlarda bakanlar: {looks}.', 'Son bakışlar: {looks}.'],
  nobodyLooked: ['Son zamanlarda kimse bakmadı.', 'Bakan olmadı son zamanlarda.'],
  lookSeen: ['{name} gecelerine baktı, {when}', '{name} baktı, {when}'],
  lookChanged: ['{name} senin için bir şey değiştirdi, {when}', '{name} bir planı ya da kuralı değiştirdi, {when}'],
  tellCrisisSure: [
    'Tehlike duyarsam {names} yardım istediğini görecek, sözlerini değil. Evet ya da hayır de.',
    '{names}, tehlike duyduğumda yardım istediğini görecek, sözler yok. Evet ya da hayır de.',
  ],
  tellCrisisOn: ['O zaman görülecek. İstediğin an geri alabilirsin.', 'Anlaştık, istediğin an geri alabilirsin.'],
  tellCrisisOff: ['Kimseye söylenmeyecek.', 'Bu burada kalıyor. Kimseye söylenmeyecek.'],
  tonightSkipped: [
    'O zaman bu gece yok. Bir dahakine planlandığı gibi başlar.',
    'Bu gece atlandı. Sonrası planlandığı gibi.',
  ],
  noRoutine: [
    'Değiştirilecek bir düzen yok. Şöyle diyebilirsin: yirmi dakika sonra şekerleme.',
    'Burada kurulu bir düzen yok. Örneğin şöyle de: yirmi dakika sonra şekerleme.',
  ],
  snoozed: ['O zaman {minutes} sonra.', '{minutes} geç başlayacak.'],
  napSet: [
    'Müziğin {minutes} sonra hazır. O zaman beni aç ya da bunu bir düzene bırak.',
    '{minutes} sonra müziğin hazır olacak. Beni bir düzen açabilir ya da sen.',
  ],
  wakeSet: [
    'Uyanma müziğin hazır olacak, saat {time}. O zaman beni aç ya da bunu bir düzene bırak.',
    'Saat {time} için uyanma müziği hazır. O zaman beni bir düzen açabilir.',
  ],
  quietHoursThen: [
    'Bu, hiçbir şeyin kendiliğinden başlamadığı sessiz saatlere denk geliyor.',
    'Bunlar sessiz saatler. Hiçbir şey kendiliğinden başlamaz.',
  ],
  routineHere: ['Müziğin hazır, başlıyor.', 'Vakti geldi. Müziğin başlıyor.'],
};
