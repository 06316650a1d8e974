/** What danger sounds like in German. Accents are folded on both sides ("überdosis" is written as spoken). */
import { type CrisisPattern, concern, crisis } from './pattern.js';

const r = String.raw;
const upTo = (n: number) => r`(?:[\p{L}']+ ){0,${n}}`;

export const GERMAN: readonly CrisisPattern[] = [
  crisis(
    'suicide',
    'intent to kill oneself',
    r`(?:mich|mir) ${upTo(3)}(?:umbringen|umzubringen|töten|erhängen|aufhängen|erschießen|ertränken|vergiften|das leben nehmen|etwas antun|was antun)`,
    r`(?:bringe?|töte|erhänge|erschieße) mich ${upTo(4)}(?:um|auf)|selbstmord\w*|suizid\w*|freitod`,
    r`(?:meinem leben|meinem dasein|dem (?:allen|ganzen)|allem) ein ende ${upTo(2)}(?:setzen|machen|bereiten)|mein leben ${upTo(2)}beenden|schluss machen mit (?:dem leben|allem)|mit dem leben (?:abgeschlossen|schluss)|abschiedsbrief\w*`,
  ),
  crisis(
    'suicide',
    'wish to die',
    r`(?:will|möchte|würde|wünschte|wollte|könnte|am liebsten) ${upTo(4)}(?:sterben(?! vor)|tot sein|nicht mehr (?:leben|da sein|aufwachen|hier sein|existieren|weiterleben|weitermachen)|nie (?:mehr|wieder) aufwachen)`,
    r`(?:wäre|wär) ${upTo(3)}(?:lieber |besser |gern |gerne )?(?:tot|nicht mehr da)|(?:lieber|liebsten) tot|wäre ich (?:doch |nur |bloß )*tot`,
    r`(?:nicht|nie) (?:mehr|wieder) (?:aufwachen|aufzuwachen|aufwache)|für immer (?:einschlafen|schlafen|weg sein)`,
    r`(?:keine lust|nicht mehr|nicht länger) ${upTo(2)}(?:zu leben|leben will|leben möchte|am leben sein)`,
  ),
  crisis(
    'suicide',
    'a means',
    r`(?:von|vor|aus) ${upTo(2)}(?:brücke|zug|dach|hochhaus|fenster|balkon|bahn|lkw|auto) (?:zu )?(?:springen|werfen|stürzen)|spring\w* ${upTo(2)}(?:von|vor|aus) ${upTo(2)}(?:brücke|zug|dach|hochhaus|fenster|balkon|bahn)|pulsadern`,
  ),
  crisis(
    'suicide',
    'better off dead',
    r`ohne mich ${upTo(4)}(?:besser|leichter|glücklicher)|(?:besser|leichter|glücklicher) ${upTo(3)}(?:ohne mich|wenn ich (?:weg|tot|nicht mehr))|keinen (?:sinn|grund)(?: mehr)? ${upTo(3)}(?:zu leben|weiterzuleben|im leben)`,
    r`(?:halte|kann|schaffe|ertrage) ${upTo(3)}(?:nicht mehr|nimmer) (?:aus|weiter|weiterleben|weitermachen|leben)$`,
    r`leben (?:hat |macht )?${upTo(3)}(?:keinen sinn|sinnlos|nicht mehr lebenswert)`,
  ),
  crisis(
    'self-harm',
    'hurting oneself',
    r`(?:mich|mir) ${upTo(3)}(?:ritzen|selbst verletzen|selber verletzen|wehtun|weh tun|verbrennen|in die arme schneiden)(?! beim)|(?:ritze|schneide|verletze) mich(?! (?:beim|immer beim))|selbstverletz\w*|(?:habe|hab) mich (?:wieder |selbst |absichtlich )*(?:geritzt|geschnitten|verletzt)$`,
  ),
  crisis(
    'overdose',
    'an overdose',
    r`(?:zu viele|zu viel|viele|handvoll|alle|ganze|sämtliche) ${upTo(4)}(?:tabletten|pillen|schlaftabletten|medikamente|packung|schachtel)|überdosis`,
  ),
  crisis(
    'harm-to-others',
    'intent to hurt someone',
    r`(?:will|möchte|werde|könnte|angst dass ich) ${upTo(2)}(?:ihn|sie|ihm|ihr|jemanden?|alle|meine?[nmr]? [\p{L}]+) ${upTo(2)}(?:umbringen|töten|erstechen|erschießen|erwürgen|etwas antun|was antun|antue|verletzen|verprügeln|schütteln)`,
  ),
  crisis(
    'abuse',
    'being hurt',
    r`(?:er|sie|mein [\p{L}]+|meine [\p{L}]+) ${upTo(2)}(?:schlägt|verprügelt|würgt|vergewaltigt|missbraucht|bedroht|misshandelt) (?:mich|uns|mein kind|meine kinder)(?! ${upTo(2)}(?:beim|im) )`,
    r`(?:mich|uns) ${upTo(2)}(?:vergewaltigt|missbraucht|geschlagen|misshandelt|verprügelt|gewürgt)|(?:wurde|werde|bin) ${upTo(3)}(?:vergewaltigt|missbraucht|geschlagen|misshandelt|verprügelt)(?! (?:beim|im))`,
  ),
  crisis(
    'medical',
    'an emergency',
    r`brustschmerz\w*|schmerzen ${upTo(1)}in der brust|herzinfarkt|schlaganfall|(?:bekomme?|kriege?|kriegt|bekommt) ${upTo(2)}keine luft|kann nicht (?:richtig |mehr )?atmen|atmet nicht|bewusstlos|ohnmächtig|blute stark|hört nicht auf zu bluten|blut (?:gespuckt|erbrochen|gehustet)|krampfanfall|gesicht hängt|(?:linker|rechter) arm ${upTo(2)}taub|reagiert nicht mehr`,
  ),
  crisis(
    'child-danger',
    'a child in danger',
    r`(?:mein|meine|das|unser|unsere) ${upTo(1)}(?:baby|kind|sohn|tochter|kleiner|kleine) ${upTo(4)}(?:nicht mehr auf|wacht nicht auf|verschluckt|läuft blau|ist verschwunden|krampft)`,
  ),
  concern(
    'suicide',
    'passive despair',
    r`(?:alles|leben|es|das) ${upTo(3)}(?:keinen sinn mehr|sinnlos)|(?:sehe|hat) ${upTo(4)}keinen (?:sinn|ausweg)(?: mehr)?`,
    r`(?:niemand|keiner) (?:würde|wird) ${upTo(4)}(?:vermissen|merken|weinen|kümmern|auffallen)`,
    r`(?:bin|falle) ${upTo(4)}(?:eine |zur )?last|hoffnungslos|ausweglos|wertlos|lebensmüde|keine hoffnung|kein(?:en)? ausweg|nie geboren|hasse mein leben|hasse mich|keine kraft mehr|dunkle gedanken`,
    r`(?:ich )?kann (?:einfach |wirklich |das alles )*nicht mehr$|will (?:einfach |das alles )*nicht mehr$|(?:völlig |total |einfach )?am ende$`,
    r`(?:soll|will dass|möchte dass) ${upTo(2)}(?:es|alles|das) ${upTo(2)}(?:aufhör\w+|vorbei)`,
    r`(?:an|über) (?:den |meinen )tod|(?:halte|halt) ${upTo(3)}nicht mehr aus`,
  ),
  concern(
    'abuse',
    'fear at home',
    r`angst vor (?:meine[mr]|ihm|ihr) ?(?:mann|freund|frau|vater|partner|stiefvater|mutter|ex|sohn)?`,
  ),
];
