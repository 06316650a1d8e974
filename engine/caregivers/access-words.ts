/** What a look was, after the name of who looked: "Anna heard the greeting". */
import type { Accessed } from './access-log.js';

export const ACCESS_WORDS: Record<Accessed, string> = {
  overview: 'looked at tonight and the last nights',
  nights: 'looked at tonight and the last nights',
  plan: 'looked at what is planned',
  rules: 'looked at the rules',
  greeting: 'heard the greeting',
  people: 'looked at who may see',
  'changed-plan': 'changed what is planned',
  'changed-rules': 'changed loudness, music or quiet hours',
  'changed-greeting': 'changed the greeting',
  'changed-people': 'changed who may see',
};
