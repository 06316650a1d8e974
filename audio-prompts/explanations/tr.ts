import type { ReasonTexts } from './en.js';

export const tr: ReasonTexts = {
  'no-feeling': 'Belirgin bir duygu duymadım, bu yüzden müzik ortadan başlıyor.',
  pointed: 'Nerede olduğunu gösterdin; müzik oradan başlıyor.',
  'pointed-as': 'Nerede olduğunu gösterdin; müzik oradan başlıyor: {music}.',
  'begins-close': 'Sözlerinde {heard} vardı, bu yüzden müzik ona yakın başlıyor.',
  'begins-close-as': 'Sözlerinde {heard} vardı, bu yüzden müzik ona yakın başlıyor: {music}.',
  'calm-at-once': 'Sözlerinde {heard} vardı. İstediğin gibi müzik baştan sakin.',
  body: 'Sözlerinde {heard} da vardı, müzik bunu gözetiyor.',
  gentler: 'Duyguyu alevlendirmemek için ondan daha yumuşak kalıyor.',
  compromise: 'Sözlerinde aynı anda {heard} vardı: müzik orta bir yol tutuyor.',
  stronger: 'Sözlerinde aynı anda {heard} vardı: güçlü olan yol gösteriyor.',
  leads: 'Adım adım {intention} için bir müziğe dönüşüyor.',
  'leads-as': 'Adım adım {intention} için bir müziğe dönüşüyor: {music}.',
  'open-ended': 'Sen dur diyene kadar çalıyor.',
  nearer: 'Süre kısa, bu yüzden yolun biraz ilerisinden başlıyor.',
  'nearest-match': 'Bir bölüm için ({stage}) burada gerçekten uyan bir müzik yok; en yakını bu.',
  'one-piece': 'Bu akşam için bestelenmiş tek ve uzun bir parça.',
  taste: 'Daha önce sevdiklerin ve atladıkların onu biraz değiştirdi.',
  honest: 'Bunun ne kadar yardım ettiği kişiden kişiye değişir; araştırmalar umut veriyor ama görüş birliği yok.',
  reason: 'Duyulan: {heard}. Buna {music} bir müzik uyar; {strength}.',
  mood: 'ruh hâlinin bütünü',
};
