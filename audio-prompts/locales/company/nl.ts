/** Dutch: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Ik ben bij je, met zacht geluid.', 'Ik blijf bij je. Alleen zacht geluid.'],
  quietDeclined: [
    'Goed. {service} is er, op {number}. Ik ben er ook.',
    'Dan zonder geluid. Je bereikt {service} op {number}. Ik ben er ook.',
  ],
  whoSees: [
    '{names} kan zien of je avonden doorgingen, en nooit wat je zegt.',
    'Gedeeld met {names}: of je avonden doorgingen, en geen woorden.',
  ],
  nobodySees: ['Niemand ziet je avonden.', 'Je avonden worden met niemand gedeeld.'],
  whoLooked: ['Er is de laatste tijd gekeken: {looks}.', 'De laatste tijd keken: {looks}.'],
  nobodyLooked: ['Er heeft de laatste tijd niemand gekeken.', 'Niemand keek de laatste tijd.'],
  lookSeen: ['{name} bekeek je nachten, {when}', '{name} keek, {when}'],
  lookChanged: ['{name} veranderde iets voor je, {when}', '{name} veranderde een plan of een regel, {when}'],
  tellCrisisSure: [
    'Als ik gevaar hoor, zou {names} zien dat je om hulp vroeg, maar geen woorden. Zeg ja of nee.',
    '{names} zou zien dat je om hulp vroeg als ik gevaar hoor, geen woorden. Zeg ja of nee.',
  ],
  tellCrisisOn: [
    'Dan is dat te zien. Je kunt het terugnemen wanneer je wilt.',
    'Afgesproken, en je kunt het terugnemen wanneer je wilt.',
  ],
  tellCrisisOff: ['Niemand krijgt het te horen.', 'Dat blijft hier. Niemand krijgt het te horen.'],
  tonightSkipped: [
    'Vannacht dus niet. De volgende keer begint het zoals gepland.',
    'Vannacht wordt overgeslagen. Daarna is alles zoals gepland.',
  ],
  noRoutine: [
    'Er is geen vaste tijd om te veranderen. Je kunt zeggen: dutje over twintig minuten.',
    'Hier is geen vaste tijd ingesteld. Zeg bijvoorbeeld: dutje over twintig minuten.',
  ],
  snoozed: ['Dan {minutes} later.', 'Het begint {minutes} later.'],
  napSet: [
    'Over {minutes} is je muziek klaar. Open me dan, of laat een vaste tijd het doen.',
    'Je muziek is over {minutes} klaar. Een vaste tijd kan me dan openen, of jij.',
  ],
  wakeSet: [
    'Je wekmuziek is klaar om {time}. Open me dan, of laat een vaste tijd het doen.',
    'Om {time} is de muziek om wakker te worden klaar. Een vaste tijd kan me dan openen.',
  ],
  quietHoursThen: [
    'Dat valt in de stille uren, waarin niets vanzelf begint.',
    'Dat zijn stille uren. Dan begint niets vanzelf.',
  ],
  routineHere: ['Je muziek is klaar, en begint.', 'Het is tijd. Je muziek begint.'],
};
