/** What people say at a bedside beside emotions: tired, wired, sleepless, in pain, restless. Word patterns, no model. */
import type { BodyState } from '../vocabulary.js';

const PATTERNS: Record<BodyState, RegExp> = {
  tired:
    /\b(tired|exhausted|worn out|drained|sleepy|weary|knackered|müde|erschöpft|kaputt|cansad[oa]|agotad[oa]|fatigué[e]?|épuisé[e]?|stanc[oa]|esaust[oa]|exaust[oa]|moe|uitgeput)\b|устал|疲れ|累|피곤|थक/iu,
  wired:
    /\b(wired|(mind|thoughts?|head|brain) (is |are |keeps? |won'?t )?(racing|spinning|stop|quiet)|racing (mind|thoughts)|overthink\w*|can'?t (switch|turn|shut) (it |my (mind|brain|head) )?off|keyed up|aufgedreht|gedankenkarussell|kopf (kommt|ist) nicht|no puedo dejar de pensar|je n'arrête pas de penser)\b/iu,
  sleepless:
    /\b((can'?t|can not|cannot|couldn'?t|unable to|trouble|not able to) (get to |fall |fall a)?(a)?sleep(ing)?|insomnia|(lying|lie|wide) awake|awake (all night|again|at)|sleepless|nicht (ein)?schlafen|schlaflos|kann nicht schlafen|no puedo dormir|insomnio|(n'arrive pas|peux pas) (à |pas )?(m'endormir|dormir)|insomnie|non riesco a dormire|não consigo dormir|kan niet slapen)\b|не могу (у|за)?снуть|не сплю|眠れ|睡不着|잠이 안|नींद नहीं/iu,
  'in-pain':
    /\b(in pain|hurts?|aching|ache[s]?|headache|migraine|sore|schmerz(en)?|weh|dolor|me duele|douleur|j'ai mal|dolore|mi fa male|dor)\b|болит|痛|아파|दर्द/iu,
  restless:
    /\b(restless|fidgety|can'?t (sit|lie|keep) still|toss(ing)? and turn(ing)?|unruhig|rastlos|inquiet[oa]|agité[e]?|irrequiet[oa])\b/iu,
};

/** The states named in a text, in a fixed order; empty where none is. */
export function readBodyState(text: string): BodyState[] {
  const plain = text.slice(0, 10_000).replace(/[’`´]/g, "'");
  return (Object.keys(PATTERNS) as BodyState[]).filter((state) => PATTERNS[state].test(plain));
}
