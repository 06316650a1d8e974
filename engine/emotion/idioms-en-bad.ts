/**
 * English idioms of what is unpleasant. How a pattern is written: see `idioms.ts`. Those that often stand for the body
 * ("burning up") are left out.
 */
import type { IdiomGroup } from './idioms.js';

export const ENGLISH_BAD: readonly IdiomGroup[] = [
  {
    labels: ['sadness', 'disappointment'],
    weight: 0.8,
    said: `down in the dumps | down in the mouth | down at heart | heavy heart | heart is heavy | feel*/felt blue |
      got/have the blues | singing the blues | heart … in pieces | heart … broken |
      break*/broke/broken/breaking ~ heart | heart broke | heart breaks | cr*/cried ~ eyes/heart out |
      cried/cry/crying/cried myself to sleep | in floods of tears | burst/bursts/bursting into tears |
      broke/break/breaking down in tears | on the verge of tears | close to tears | in tears | moved to tears |
      am/im falling apart | i fell apart | i fall apart | me fall apart | falling to pieces | go*/gone/went to pieces | in a dark place |
      in a bad place | out of sorts | hit/hitting rock bottom | at rock bottom | rock bottom | at a low ebb |
      at an all time low | long face | lump in ~ throat | heart sank | heart sinks | heart in ~ boots |
      down on ~ luck | in the doldrums | in low spirits | under a cloud | black cloud | dark cloud |
      wallow*/wallowing in | lost without him/her/you/them | hole in ~ heart/life | void in ~ life/heart |
      like a zombie | going through the motions | nothing to live on for | at a dead end | am/im at ~ lowest |
      no light at the end | world … fell apart | world … collapsed | world is falling | world came crashing |
      weight of the world | not ~ day | all alone in the world | fish out of water | left out in the cold |
      out in the cold | fifth wheel | third wheel | odd one out | on the outside looking | nobody gives a |
      feel*/felt like crying | want*/wanted to cry | world of pain |
      am/im having a hard/rough/tough time | kick in the teeth | stab/stabs/stabbed … to the heart |
      cut me to the quick | cuts me to the quick | cut* to the core | tear*/tore/torn/tearing me apart |
      tears me up | eat*/eating/ate me up | homesick | hit home hard | feel*/felt the pinch of loneliness |
      wind out of ~ sails | hit me where it hurts | under the weather at heart`,
  },
  {
    labels: ['grief', 'sadness'],
    weight: 0.75,
    said: `lost ~ mother/father/mum/mom/dad/wife/husband/son/daughter/brother/sister/baby/grandmother/grandfather/gran/nan |
      passed away | no longer with us | gone for ever/good | six feet under | laid/lay to rest | part of me died |
      never got to say goodbye | never see him/her again | left a hole | empty chair | empty nest |
      shadow of ~ former self`,
  },
  {
    labels: ['disappointment', 'sadness'],
    weight: 0.7,
    said: `let me/us down | feel*/felt let down | fell flat | fall*/fallen flat |
      got/get*/getting ~ hopes up for nothing | hopes were dashed | dashed ~ hopes | dash* ~ hopes |
      burst ~ bubble | bubble burst | anticlimax | left high and dry | left in the lurch | stood me up |
      got stood up | came/come to nothing | up in smoke | down the drain | for nothing in the end |
      back to square one | slip* through ~ fingers | slipped through ~ fingers | bitter pill | damp squib |
      too good to be true | rain on ~ parade | rained on ~ parade | missed the boat | drew the short straw |
      get*/got the short end | wasted ~ time | bitter taste`,
  },
  {
    labels: ['nervousness', 'fear'],
    weight: 0.75,
    said: `on edge | all too much | everything is too much | too much for me |
      bundle of nerves | bag of nerves | nervous wreck | on tenterhooks | on pins and needles |
      like a cat on a hot | walking on eggshells | stomach … in knots | stomach … churn* |
      knot in ~ stomach | sick to ~ stomach with | stomach … flip | pit in ~ stomach | pit of ~ stomach |
      cold feet | worried/worry myself sick | worried sick | sick with worry | beside myself with worry |
      out of ~ mind with worry | climb*/climbing the walls | bite*/biting/bit ~ nails | nail biting |
      sweating bullets | ants in ~ pants | jumpy as a cat | heart in ~ mouth | heart … pound* | heart is racing |
      heart was racing | heart racing | heart … throat | dreading | jitters | the willies | in a flap |
      in a tizzy | hot and bothered | in a cold sweat | cold sweat | at ~ wits end | wits end |
      at the end of ~ rope/tether | end of ~ rope/tether | hanging by a thread | in over ~ head | out of ~ depth |
      drowning in | up to ~ neck in | snowed under | on the brink | at breaking point | breaking point |
      can not cope | on ~ last legs | stretched too thin | spread too thin | burning the candle |
      weighs/weighing/weigh on ~ mind | weighs/weighing/weigh on me | preys on ~ mind | on tender hooks |
      keeps me up at night | keeping me up at night | bad feeling about | fear the worst | feared the worst |
      waiting for the other shoe | losing sleep over | lose sleep over | nerves … shot |
      nerves … frayed | nerves … get* the better | fraught with | wound up | tied/tie up in knots |
      head is all over | can not think straight | crack* under`,
  },
  {
    labels: ['nervousness', 'excitement'],
    weight: 0.75,
    said: `butterflies in ~ stomach/tummy/belly | got/have butterflies | stage fright | first night nerves | last minute nerves`,
  },
  {
    labels: ['fear', 'nervousness'],
    weight: 0.8,
    said: `scared/scare*/frightened out of ~ wits/mind/skin | scare*/scared the living |
      scared/frightened/terrified of ~ own shadow | scared stiff | frozen with fear | froze with fear |
      frighten*/frightened/scare*/scared the life out of | scared/frightened to death | shak*/shook like a leaf |
      trembl* like a leaf | shaking in ~ boots | quak* in ~ boots | white as a sheet/ghost |
      like i had seen a ghost | blood ran/runs/run cold | blood froze | hair*/hairs … stand/stood on end |
      shiver*/shivers/chill*/chills down ~ spine | shiver down | make*/made/makes ~ skin crawl | skin crawl* |
      gave/give*/gives/giving me the creeps | the creeps | heebie jeebies | jump*/jumped/jumping out of ~ skin |
      heart … skipped a beat | heart stopped | rooted to the spot | knees … knock* | in fear of ~ life |
      for dear life | live*/living in fear | deer in … headlights | run a mile | hide under the covers |
      goose bumps | goosebumps | freaked me out | freaks me out | freaking out | fearing for ~ life |
      paralysed/paralyzed with`,
  },
  {
    labels: ['anger', 'annoyance'],
    weight: 0.8,
    said: `blood … boil* | makes ~ blood boil | see*/saw/seeing red | hit/hits the roof/ceiling | hit/hits the roof |
      go*/going/went through the roof | blew/blow*/blowing ~ top/stack/fuse/lid | blew a fuse | blow* a gasket |
      blew a gasket | flew/fly*/flying off the handle | lost/lose*/losing ~ temper/rag/cool | lost it with |
      losing it with | steam … ears | hopping mad | mad as a hornet | up in arms | spitting feathers |
      spitting blood | foam* at the mouth | fit to be tied | at the end of ~ patience | bite*/bit … head off |
      jump*/jumped down ~ throat | have/got a bone to pick | bone to pick | had it up to here | fed up to the |
      sick to the back teeth | back teeth | seething | boiling with rage | boiling inside |
      beside myself with rage/anger | could scream | could strangle/throttle/murder him/her/them/someone |
      want to scream | wanted to scream | want to punch | my last nerve | ready to explode | about to explode |
      at boiling point | red rag to a bull | rub*/rubbed … wrong way | bad blood | at each other s throats |
      give* _ a piece of ~ mind | gave _ a piece of ~ mind | stabbed me in the back | stab* me in the back |
      stabbed in the back | slap in the face | kick in the guts | threw me under the bus |
      took/take*/taking me for granted | taken for granted | took/take*/taking me for a fool |
      walk*/walked all over me | doormat | crossed the line | crosses the line | have words with |
      makes/made me see red | livid`,
  },
  {
    labels: ['annoyance', 'anger'],
    weight: 0.8,
    said: `get*/got/getting on ~ nerves/nerve/wick | grat* on ~ nerves |
      driv*/drove me crazy/mad/nuts/insane/bonkers/bananas | driv*/drove me up the wall | up the wall |
      driv*/drove me round/around the bend | round the bend | driv*/drove me to distraction |
      pain in the neck/arse/ass/backside/butt/bum | last straw | straw that broke | fed up | sick and tired of |
      sick of | tired of ~ excuses/lies/moods/nonsense/games/promises | sick to death of | had enough of |
      had it with | have had it | enough is enough | makes me want to scream |
      try*/tries/trying/tested/testing ~ patience | wear*/wearing thin | wore thin | under ~ skin |
      thorn in ~ side | out of bed on the wrong side | wrong side of the bed | wrong side of bed |
      rub*/rubbed it in | get*/got ~ goat | get*/got up ~ nose | make*/makes/made ~ hackles rise |
      ruffle*/ruffled ~ feathers | bug*/bugging me | pet hate | pet peeve | bee in ~ bonnet | chip on ~ shoulder |
      nose out of joint | ~ patience … thin | running out of patience | lost/losing/lose patience |
      pushing/push*/pushed ~ buttons | could do without | the cheek of | what a cheek | what a nerve |
      had the nerve to | has the nerve to | has some nerve | a bit rich | beyond a joke | beyond the pale |
      for crying out loud | for heaven s sake | for god s sake | for goodness sake | losing my mind with |
      grind* ~ gears | like a broken record | driv*/drove me off ~ head`,
  },
  {
    labels: ['disgust', 'annoyance'],
    weight: 0.7,
    said: `turn*/turned ~ stomach | sick to ~ stomach | make*/makes me sick to look/think/see |
      makes/made me want to vomit/puke/throw | leaves a bad taste | left a bad taste | bad taste in ~ mouth |
      want to throw up | gross* me out | can not stomach | could not stomach | makes/made me gag | wash ~ mouth`,
  },
  {
    labels: ['remorse', 'sadness', 'embarrassment'],
    weight: 0.75,
    said: `kick*/kicking myself | kick myself | could kick myself | beating myself up | beat myself up |
      can not forgive myself | never forgive myself | guilty conscience | bad conscience | on ~ conscience |
      conscience is | eaten/eating/eats up/me with/by guilt | wracked/racked with guilt | guilt … eat* |
      cry over spilt/spilled | crying over spilt/spilled | turn back time | turn back the clock | take it back |
      take back what | take it all back | went/gone/go too far | should have known better |
      should have kept ~ mouth | should have bitten ~ tongue | tail between ~ legs | eat humble pie |
      eat ~ words | ate ~ words | make it up to him/her/them/you | made ~ bed | rue the day |
      burned/burnt ~ bridges | burn* ~ bridges | blood on ~ hands | dug myself into | opened a can of worms |
      it is all ~ fault | all ~ fault | ~ own fault | ~ own worst enemy | what was i thinking | what have i done`,
  },
  {
    labels: ['embarrassment', 'remorse'],
    weight: 0.8,
    said: `ground/earth/floor … swallow* | ground … open up | hole … swallow* | sink/sank into the ground |
      crawl* under a rock | crawl into a hole | wish*/wished i could disappear | wanted to disappear |
      want to disappear from | die*/died/dying of shame/embarrassment | could have died of |
      red as a beetroot/beet/tomato | red in the face | went/gone/go/turned bright red | face … on fire |
      face … burn* with | cheeks … burn* | egg on ~ face | put/putting ~ foot in it/my | foot in ~ mouth |
      lost/lose*/losing face | made/make*/making a fool of myself | make/made an ass of myself |
      made/make*/making a spectacle of | laughing stock | can not look … in the eye/face |
      could not look … in the eye/face | hang*/hung ~ head in | die of embarrassment | toes curl* |
      caught with ~ pants/trousers | caught red handed | hide ~ face | never show ~ face | never live it down |
      skeleton in ~ | awkward as hell | in front of everyone/everybody | wash* ~ dirty linen | dropped a brick |
      dropped a clanger`,
  },
  {
    labels: ['confusion', 'nervousness'],
    weight: 0.7,
    said: `all at sea | at sixes and sevens | at a loss what/how/why | head nor tail of | heads or tails of | head or tail of |
      do not know whether i am coming | coming or going | in a fog | in two minds | of two minds | in a muddle |
      lost the plot | losing the plot | head … spinning from all | all greek to me | double dutch | beats me |
      clear as mud | can not get ~ head round/around | can not wrap ~ head | get/getting ~ wires crossed |
      scratching ~ head | do not know which way | which way to turn | at a crossroads | torn between |
      going/go*/went round in circles | can not see the wood | lost in the woods | none the wiser |
      over ~ head completely | turned upside down | no idea what to do | on the horns of`,
  },
  {
    labels: ['annoyance', 'nervousness'],
    weight: 0.6,
    said: `losing/lose my mind | going/go out of my mind | going/go spare | going/go stir crazy | cabin fever | doing my head in |
      does my head in | drives/driving/drove me to drink`,
  },
  {
    labels: ['disappointment', 'annoyance'],
    weight: 0.65,
    said: `green with envy | eaten up with jealousy | eaten up with envy | green eyed monster | sour grapes |
      keeping up with the | grass is always greener`,
  },
  {
    labels: ['disapproval', 'annoyance'],
    weight: 0.6,
    said: `not on ~ watch | give* me a break | does not sit right | do not sit right | leaves a lot to be desired |
      take a dim view | frown* upon | pot calling the kettle | not ~ cup of tea | no way to treat |
      double standards | a crying shame`,
  },
];
