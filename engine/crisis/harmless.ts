/** What only sounds like danger. These are taken out before the patterns look, so that the rest can still speak. */
import { harmless } from './pattern.js';

const r = String.raw;

export const HARMLESS: readonly RegExp[] = [
  harmless(
    r`(?:dying|die|died|dies|kill|killing|killed|kills|murder) (?:to (?:sleep|see|know|hear|go|eat|get|try|meet|find|visit|watch|play|read|be with|tell|show)|for (?:a|an|some|that|this|you|coffee|chocolate|sleep|food|the|my|another)|of (?:laughter|laughing|boredom|curiosity|embarrassment|heat|cold|hunger|thirst|shame)|from (?:laughter|laughing|embarrassment|cringe)|laughing|(?:some |the )?time|two birds|the (?:mood|vibe|lights?|engine|process|weeds|noise|music|app|server|browser|tab|tv)|(?:this |that |a |these )?bugs?|(?:in|at) (?:the|this|that|my) (?:game|match|level|fortnite|minecraft|dungeon)|(?:in|at) (?:minecraft|fortnite|mario kart))`,
    r`(?:kill|killing|killed|terminate|hang|hanging|hung|fork|orphan|shoot|execute|abort) (?:a |an |the |my |this |that |all |every )?(?:[\p{L}\p{N}']+ ){0,3}(?:process(?:es)?|thread|server|job|daemon|script|program|app|tab|container|session|port|signal|terminal|command|service|video|film|hoops|photo|picture|pizza|weeds|mosquito(?:es)?|spiders?|ants|wasps?|flies|germs|bacteria)`,
    r`(?:traffic|feet|back|head|heels|shoes|work|job|commute|suspense|heat|boredom|homework|legs|workout|gym|stairs|deadlines?|it|this|that|you|boss|mother|mom|mum|dad|father|wife|husband|parents|teacher|kids|coach)(?:'s| is|'re| are| will| would|'ll|'d| was)? (?:[\w']+ )?(?:kill(?:s|ing|ed)? me(?: with| if| when| for|$| after| laughing| today)|be the death of me)`,
    r`(?:movie|film|show|series|song|joke|meme|video|book) (?:[\w']+ )?kill(?:s|ed)? me`,
    r`suicide (?:squad|doors?|burn|prevention|hotline|helpline|awareness|king|run|drills?|bomb(?:er|ing|ers)?|is painless|watch|rate|rates)`,
    r`(?:dressed?|drop dead|dead) (?:to kill|gorgeous|tired|serious|line|lift|pan|end|sea|battery|phone)|over my dead body|killer (?:workout|app|whale|bees|heels|outfit|deal|view|queen)|to die for|die hard|live and let die|killing me softly|kill bill|die with a smile|stayin'? alive|(?:bored|scared|tickled|worked myself|love (?:you|him|her|it)|loved) to death|life and death|death (?:metal|valley|star|note|cab)|(?:murder|death) (?:mystery|on the)`,
    r`(?:gave|give|gives|giving|nearly had|almost had|near) (?:me |him |her |us )?(?:a |nearly a )?(?:mini )?heart attack|stroke of (?:luck|genius|midnight)|breath of fresh air|(?:economy|infrastructure|market|tent|roof|building|society|deal|bridge|price|prices) (?:[\p{L}]+ ){0,3}(?:collapsed|falling apart)`,
    r`(?:don't|didn't|never|wouldn't|not) (?:want|mean|intend|going|trying|wish|try)(?:ing)?(?: to)? (?:hurt|upset) (?:him|her|them|anyone|anybody|people|someone|you|(?:his|her|their|your|people's|my [\p{L}]+'?s?) feelings)$`,
    r`hurt(?:ing)? (?:his|her|their|my|your) feelings`,
    r`(?:blocked|stuffy|stuffed|runny) (?:up )?nose|(?:breathe|breathing)(?: [\w']+){0,3} (?:with|because of) (?:a |this |my |the )?(?:cold|nose|pollen)`,
    r`(?:through|till|until) (?:the |this )?(?:day|week|morning|meeting|shift) without (?:coffee|tea|caffeine|a nap|snacks|chocolate|my)`,
    r`stop (?:cutting|killing|beating) (?:corners|the mood|around)|beat(?:s|ing|en)? me (?:to it|at|to the)|hit(?:s|ting)? me (?:up|that|with the|hard)`,
  ),
  harmless(
    r`(?:sterben|sterbe|tot|töt[\p{L}]*|umbring[\p{L}]*|gestorben) vor (?:lachen|langeweile|neugier|hunger|hitze|scham|durst)|vor (?:lachen|langeweile|neugier|hunger) (?:sterben|sterbe|gestorben)|zum sterben (?:langweilig|schön|müde)|totgelacht|totlachen|zeit (?:totschlagen|tot schlagen|totzuschlagen)|todmüde|todtraurig`,
    r`(?:muero|muerto|muerta|morir|morirme|me muero|muero) de (?:risa|hambre|ganas|cansancio|sed|sueño|calor|frio|vergüenza|amor)`,
    r`(?:meurs|mort|morte|mourir) de (?:rire|faim|soif|fatigue|froid|honte|envie)|(?:muoio|morto|morta|morire) (?:di|dal) (?:fame|ridere|sonno|sete|caldo|noia)|(?:morrendo|morto|morta|morri|morrer) de (?:rir|fome|saudades?|cansaço|sono|vontade|amor)`,
  ),
  /死ぬほど|笑い死|笑死|累死|饿死|餓死|困死|热死|想死你|배고파 ?죽|피곤해 ?죽|웃겨 ?죽|보고 ?싶어 ?죽|умираю от (?:смеха|голода|скуки)/u,
];

/** Talk of a work of art; without a word of oneself it is not about danger at all. */
export const ABOUT_A_WORK =
  /\b(?:play|song|movie|film|book|novel|album|band|documentary|series|episode|podcast|character|lyrics?|video ?game|chapter|article|essay|poem|opera|musical)s?\b/;

/** Away for an ordinary reason. */
export const TRAVEL =
  /\b(?:travel\w*|holidays?|vacation|trip|visiting|flight|away at|conference|dinner|lunch|meeting)\b/;
