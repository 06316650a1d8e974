/** English idioms of what is pleasant, hoped for or surprising. How a pattern is written: see `idioms.ts`. */
import type { IdiomGroup } from './idioms.js';

export const ENGLISH_GOOD: readonly IdiomGroup[] = [
  {
    labels: ['joy', 'excitement'],
    weight: 0.8,
    said: `over the moon | on cloud nine | in seventh heaven | on top of the world | walking on air | floating on air |
      jump*/leap* for joy | happy as a/the clam/lark/king/sandboy | full of the joys of spring | on a high |
      grin* from ear to ear | smil* from ear to ear | grin* like a cheshire cat | pleased as punch |
      like a dog with two tails | in high spirits | beside myself with joy/happiness/delight | tickled pink |
      thrilled to bits/pieces | chuffed to bits | walking on sunshine | music to ~ ears | heart is/was singing |
      heart sings/sang | heart leapt/leaps/soared/soars | warm* ~ heart | warm* the cockles |
      made/makes/making ~ day/night/week/year | having/had the time of ~ life | having a ball | had a ball | whale of a time |
      cried/cry/crying happy tears | tears of joy/happiness | happy camper | happy bunny | full of beans |
      bursting with joy/happiness/excitement | over the rainbow | could have danced all night |
      best thing since sliced bread | dream come true | dreams came true | paint* the town red |
      happier than a pig in mud | in raptures | spring in ~ step | in hog heaven |
      glowing with happiness | living the dream | buzzing with joy | can not stop smiling |
      can not wipe the smile off`,
  },
  {
    labels: ['excitement', 'joy'],
    weight: 0.75,
    said: `can not wait for/to/until/till | like a kid/child at christmas |
      counting/count the days/hours/minutes/sleeps |
      chomping/champing at the bit | raring to go | on tenterhooks with excitement | bouncing off the walls |
      jumping up and down | buzzing with excitement | giddy with excitement | fired up | pumped up |
      gets/got ~ blood pumping | keyed up for | itching to | dying to see/meet/tell/know/try`,
  },
  {
    labels: ['joy', 'pride'],
    weight: 0.7,
    said: `could burst | could have burst | bursting at the seams with | could hug/kiss the whole/world/everyone |
      could shout it from the rooftops | shout it from the rooftops | best day of ~ life | best night of ~ life`,
  },
  {
    labels: ['pride', 'joy', 'admiration'],
    weight: 0.75,
    said: `proud as a peacock | proud as punch | bursting with pride | burst with pride | swell*/swelled with pride |
      glow*/glowing with pride | beam*/beaming with pride | head held high | hold/held ~ head high |
      hold/held ~ head up high | pat on the back | feather in ~ cap | did myself proud | did us proud |
      do* me proud | ~ pride and joy | walk*/stood/stand tall | against all/the odds | came/come out on top |
      came through with flying colours/colors | passed with flying colours/colors | with flying colours/colors |
      i nailed it | i smashed it | i aced it | i pulled it off | we pulled it off | i knocked it out of the park | stuck to ~ guns |
      stood ~ ground | stood up for myself | proved them wrong | over the finish line | kicked the habit |
      chip off the old block | a foot taller | ten feet tall | on top of ~ game`,
  },
  {
    labels: ['admiration', 'approval', 'pride'],
    weight: 0.7,
    said: `take* ~ hat off | hat*/hats off to | take ~ my hat off | look* up to him/her/them | second to none |
      one in a million | heart of gold | salt of the earth | good as gold | worth ~ weight in gold |
      put* _ on a pedestal | the bee s knees | the bees knees | the cat s whiskers | is/are my rock | a class act | out of this world | ~ right hand man | think the world of |
      thinks the world of | swept off ~ feet by | blew me away | blown away by`,
  },
  {
    labels: ['gratitude', 'admiration', 'love'],
    weight: 0.75,
    said: `a godsend | godsend to me/us | thank ~ lucky stars | thanked ~ lucky stars |
      count*/counted/counting ~ blessings | can not thank … enough | could not thank … enough |
      do not know how to thank | in ~ debt | owe … so much | owe you one | owe … everything | lifesaver |
      life saver | you saved ~ life | guardian angel | an angel to me | never forget what you did | thanks a million |
      thanks a bunch for | bless you for | bless ~ heart for | always there for me | could not have done it without |
      gave me the shirt off | went out of ~ way to/for | good samaritan | means so much that |
      means a lot to me that | too good to me`,
  },
  {
    labels: ['love', 'caring', 'joy'],
    weight: 0.8,
    said: `mean*/meant the world to me | means/meant everything to me | head over heels | apple of ~ eye |
      love of ~ life | light of ~ life | crazy about him/her/you/them | mad about him/her/you |
      nuts about him/her/you | smitten with | fell/fall*/fallen in love | madly in love | puppy love |
      love at first sight | match made in heaven | my other half | my better half | soul mate | sweep* me off |
      swept me off | stole/steals/stolen ~ heart | lost ~ heart to | weak at the knees | wear* ~ heart on |
      love … to bits/pieces | love … to the moon | to the moon and back | ~ heart belongs |
      heart skips/skipped a beat when he/she | only have eyes for | eyes for nobody else | is ~ whole world | are ~ whole world | a soft spot for | dote/dotes/doting on | thick as thieves | have/got a crush on | crush on him/her/someone`,
  },
  {
    labels: ['caring', 'sadness', 'love'],
    weight: 0.7,
    said: `heart goes/went out to | heart bleeds/bled for | ache*/aching for him/her/them | feel for him/her/them/you |
      take* _ under ~ wing | shoulder to cry on | lend an ear | be there for him/her/them | keep an eye on |
      watch* over him/her/them | in ~ thoughts and prayers | hold ~ hand through`,
  },
  {
    labels: ['amusement', 'joy'],
    weight: 0.8,
    said: `in stitches | split* ~ sides | laugh*/laughed/laughing ~ head off | laugh*/laughed/laughing ~ socks off |
      cracked/cracks me up | crack me up | roll*/rolling on the floor | roll*/rolling in the aisles |
      fell/fall* about laughing | cried/cry/crying with laughter |
      laugh*/laughed/laughing till/until i/we cried/cry | tears of laughter | could not stop laughing |
      can not stop laughing | doubled up laughing | doubled over laughing | barrel of laughs | laugh a minute |
      tickle*/tickled ~ funny bone | pull*/pulled/pulling ~ leg | had me in stitches | burst out laughing |
      die*/died/dying laughing | died of laughter | belly laugh* | get* the giggles | got the giggles |
      bundle of laughs`,
  },
  {
    labels: ['relief', 'joy'],
    weight: 0.8,
    said: `weight off ~ mind/shoulders/chest/back | load off ~ mind/shoulders/chest | weight … lifted |
      weight … fell off | breathe again | breathe/breathed/breathing easy/easily/easier |
      breath*/breathed/heave*/heaved/let out a sigh of relief | sigh of relief | out of the woods | all clear |
      dodged a bullet | off the hook | phew | close shave | narrow escape |
      thank god/goodness/heaven/heavens it/he/she/they/we/that | thank god/goodness/heaven/heavens |
      the worst is over | over and done with | behind me/us now | stone off ~ heart | sleep easy | rest easy |
      got it off ~ chest | out of danger | safe and sound | off ~ plate | home and dry | home free |
      in the clear | coast is clear | storm has passed | turned the corner | worry over nothing | false alarm |
      at long last it | a burden lifted | let ~ guard down | lived to tell the tale | by the skin of ~ teeth`,
  },
  {
    labels: ['relief', 'approval', 'joy'],
    weight: 0.65,
    said: `at peace | at ease | peace of mind | snug as a bug | safe and warm | home sweet home |
      without a care in the world | calm as a lake | not a care in the world | feel/feeling/felt at home here |
      cool as a cucumber | in ~ happy place | right as rain | came to terms with | made ~ peace with`,
  },
  {
    labels: ['optimism', 'desire'],
    weight: 0.75,
    said: `light at the end of the tunnel | keep*/keeping/got/have/has ~ fingers crossed | fingers crossed |
      touch wood | knock on wood | here is hoping | look* on the bright side | every cloud has | silver lining |
      things are looking up | looking up again | hope for the best | ray of hope | glimmer of hope |
      new lease of/on life | turn* over a new leaf | turned over a new leaf | tomorrow is another day |
      better days ahead | best foot forward | chin up | see* the world through rose | glass half full |
      pin* ~ hopes on | pinned ~ hopes on | it will all work out | it will be all right in the end |
      a fresh start | over the hump | start* afresh | on the mend | on the up`,
  },
  {
    labels: ['desire', 'sadness'],
    weight: 0.6,
    said: `if only i could | would give anything | would give ~ right arm | would give ~ eye teeth | set ~ heart on |
      heart set on | heart is set on | pine*/pining for | longing for | eat*/eating ~ heart out |
      wish upon a star | itchy feet | grass is greener`,
  },
  {
    labels: ['surprise', 'realization'],
    weight: 0.7,
    said: `blew/blows/blowing/blown ~ mind | mind blown | knocked/knocks/knock ~ socks off | knocked me sideways |
      knocked me for six | bolt from the blue | bolt out of the blue | out of the blue | came out of nowhere |
      caught me off guard | caught off guard | caught me by surprise | taken aback | took me aback | jaw dropped |
      jaw hit the floor | could not believe ~ eyes/ears | can not believe ~ eyes/ears | did not see that coming |
      never saw it coming | you could have knocked me down | knock me down with a feather | bombshell |
      speechless | struck dumb | took ~ breath away |
      takes ~ breath away | well i never | stopped me in ~ tracks`,
  },
  {
    labels: ['realization', 'surprise'],
    weight: 0.7,
    said: `penny … dropped | penny drops | dawned on me | dawns on me | it hit me that | it just/suddenly hit me |
      hit me like a ton of bricks | see* the light | saw the light | put two and two together | scales fell from |
      eye opener | opened ~ eyes to | opens ~ eyes | wake up call | come/came to ~ senses | light bulb |
      light went on | it all makes sense now | now i see | now i get it | it clicked | something clicked |
      fell into place | falls into place | the truth hit me | aha moment | with hindsight | in hindsight |
      looking back now i`,
  },
  {
    labels: ['curiosity'],
    weight: 0.6,
    said: `can not help wondering | makes/made me wonder | dying of curiosity | curiosity killed |
      curiosity got the better of | all ears | penny for your thoughts | would love to know`,
  },
];
