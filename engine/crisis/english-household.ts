/** What anybody can name in a moment of fright: something from the cupboard swallowed, somebody coming with a weapon. */
import { type CrisisPattern, crisis } from './pattern.js';

const r = String.raw;

const POISON = r`(?:bleach|antifreeze|anti freeze|weed ?killer|rat poison|ant poison|slug pellets|methylated spirits?|white spirit|turpentine|petrol|paraffin|lamp oil|caustic soda|ammonia|acetone|nail polish remover|(?:drain|toilet|oven|bathroom|floor|window|pipe|bath|tile) ?(?:cleaner|cleaners|unblocker)|(?:dishwasher|laundry|washing) (?:tablets?|pods?|capsules?|powder|liquid)|disinfectant|detergent|button battery|magnets|pesticide|insecticide)`;
const SOMEBODY = r`(?:he's|she's|they're|he is|she is|they are|my (?:\w+ )?(?:ex|husband|wife|boyfriend|girlfriend|partner|dad|father|brother|son|stepdad|stepfather|uncle|neighbou?r|flatmate|roommate) is|somebody is|someone is|a man is)`;

export const ENGLISH_HOUSEHOLD: readonly CrisisPattern[] = [
  crisis('overdose', 'an overdose', r`(?:drank|drunk|drinking|swallowed|ate|eaten|got into) (?:[\w']+ ){0,4}${POISON}`),
  crisis(
    'abuse',
    'an attacker',
    r`${SOMEBODY} (?:outside|climbing|coming|breaking|standing|at the door|in the (?:house|hall|kitchen)|on the stairs)(?: [\w']+){0,7} with (?:a|an|the|his|her) (?:[\w]+ )?(?:knife|gun|axe|hammer|bat|machete|rifle|pistol|crowbar)(?! (?:and (?:fork|board)|of))`,
  ),
];
