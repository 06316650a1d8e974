/** German idioms. How a pattern is written: see `idioms.ts`. */
import type { IdiomGroup } from './idioms.js';

export const GERMAN: readonly IdiomGroup[] = [
  {
    labels: ['joy', 'excitement'],
    weight: 0.8,
    said: `im siebten himmel | auf wolke sieben | auf wolken | schwebe* auf | über beide ohren grins* |
      grins* über beide ohren | strahl* über beide/das | wie ein honigkuchenpferd |
      könnte die ganze welt umarmen | ganze welt umarmen | könnte luftsprünge machen | luftsprünge |
      freu* mich wie ein schneekönig | wie ein schneekönig | freu* mich wie bolle | außer mir vor freude/glück |
      vor freude platzen/weinen/springen | freudentränen | vor glück geweint/weinen | überglücklich |
      himmelhoch jauchzend | das herz geht mir auf | herz geht auf | geht mir das herz auf | guter dinge |
      im glück schwimm* | hab* schmetterlinge im bauch | musik in ~ ohren | kann es kaum erwarten |
      kanns kaum erwarten`,
  },
  {
    labels: ['pride', 'joy'],
    weight: 0.75,
    said: `stolz wie oskar | platz* vor stolz | vor stolz geplatzt/platzen | brust geschwellt |
      mit geschwellter brust | mit erhobenem haupt | über mich hinausgewachsen | über ~ schatten gesprungen |
      auf die schulter klopfen | mit bravour`,
  },
  {
    labels: ['love', 'joy'],
    weight: 0.8,
    said: `bis über beide ohren verliebt | über beide ohren verliebt | hals über kopf verliebt |
      liebe auf den ersten blick | ~ ein und alles | auf händen tragen | ans herz gewachsen | ~ herz gestohlen |
      ~ große liebe | ~ bessere hälfte | hab* dich lieb`,
  },
  {
    labels: ['relief', 'joy'],
    weight: 0.8,
    said: `stein vom herzen | steine vom herzen | fällt … vom herzen | last von den schultern | last von der seele |
      kann … aufatmen | wieder aufatmen | tief durchatmen können | gott sei dank | aus dem schneider |
      über dem berg | noch mal gut gegangen | noch mal davongekommen | mit einem blauen auge |
      mit dem schrecken davongekommen | endlich geschafft | glück im unglück`,
  },
  {
    labels: ['gratitude', 'love'],
    weight: 0.75,
    said: `bin ~ ewig dankbar | tausend dank | vergelt s gott | ein schatz du | du bist ein schatz/engel |
      weiß nicht wie ich … danken | kann … nicht genug danken | ohne dich hätte ich |
      hast mir das leben gerettet | werde ich ~ nie vergessen`,
  },
  {
    labels: ['amusement', 'joy'],
    weight: 0.8,
    said: `totgelacht | kaputt gelacht | kaputtgelacht | schief gelacht | schlapp gelacht | schlappgelacht |
      krumm gelacht | vor lachen gekringelt/geweint/gekrümmt | tränen gelacht | vor lachen auf dem boden |
      bauch vor lachen | ast gelacht | auf die schippe genommen`,
  },
  {
    labels: ['optimism', 'desire'],
    weight: 0.7,
    said: `daumen gedrückt | drück* … daumen | licht am ende | es geht bergauf | geht wieder bergauf |
      hoffnungsschimmer | silberstreif am horizont | die hoffnung stirbt zuletzt | kopf hoch |
      wird schon wieder/werden/schiefgehen | neuer tag neues glück`,
  },
  {
    labels: ['sadness', 'disappointment'],
    weight: 0.8,
    said: `am boden zerstört | zum heulen | zum weinen zumute | herz gebrochen | bricht mir das herz | herz blutet |
      blutet … herz | das herz schwer | schweren herzens | schwer ums herz | kloß im hals | den blues |
      am tiefpunkt | ganz unten | in ein loch gefallen | in einem loch | im tief | himmel auf den kopf |
      decke fällt … kopf | fällt die decke auf den kopf | welt zusammengebrochen | welt bricht zusammen |
      bricht … zusammen | die augen ausgeheult/ausgeweint | rotz und wasser | in tränen ausgebrochen |
      den tränen nahe | niedergeschlagen | trübsal blas* | trübsal | geknickt | wie ein häufchen elend |
      häufchen elend | mutterseelenallein | fünfte rad am wagen | ich häng* durch | lässt den kopf hängen |
      lasse den kopf hängen | keinen lichtblick | geht mir … an die nieren | im regen stehen | im stich gelassen |
      liegt mir im magen | schlag ins gesicht | traurig wie`,
  },
  {
    labels: ['nervousness', 'fear'],
    weight: 0.75,
    said: `mit den nerven am ende | mit den nerven fertig | nerven liegen blank | nervenbündel | wie auf kohlen |
      auf glühenden kohlen | auf heißen kohlen | mulmiges gefühl | mulmig | flaues gefühl | flau im magen |
      bauchschmerzen bei dem gedanken | lampenfieber | kalte füße | knie … weich | weiche knie |
      zitter* wie espenlaub | herz klopft bis zum hals | herz rutscht … hose | herz in die hose | wie auf nadeln |
      unter strom | steht mir bis zum hals | wasser steht mir | mir wächst alles über den kopf |
      wächst … über den kopf | nicht ein noch aus | ein noch aus | am ende meiner kräfte | am limit |
      auf dem zahnfleisch | zerbrech* mir den kopf | kopf zerbroch* | sorge mich zu tode | sitz* wie auf`,
  },
  {
    labels: ['fear', 'nervousness'],
    weight: 0.8,
    said: `zu tode erschrocken | zu tode geängstigt | schiss | muffensausen | blut … adern gefror* | haare zu berge |
      eiskalt den rücken | kalt den rücken runter | gänsehaut vor angst | weiß wie die wand | kreidebleich |
      in angst und schrecken | vor angst gelähmt/gezittert | heidenangst | angsthase | rutschte mir das herz |
      schreck in die glieder | schreck … knochen`,
  },
  {
    labels: ['anger', 'annoyance'],
    weight: 0.8,
    said: `auf hundertachtzig | auf 180 | auf die palme | platzt … kragen | geplatzt … kragen | kragen geplatzt |
      an die decke gegangen/gehen | in die luft gehen | in die luft gegangen | schaum vor dem mund | sehe rot |
      sah rot | rot gesehen | koch* vor wut | vor wut koch* | blut kocht | könnte schreien | könnte ausrasten |
      zur weißglut | die galle hoch | galle über | geht mir die hutschnur | aus der haut fahren | aus der haut |
      ein hühnchen zu rupfen | stinksauer | zum teufel | wutentbrannt | dampf ablassen | könnte ihn/sie erwürgen |
      in den rücken gefallen | messer in den rücken`,
  },
  {
    labels: ['annoyance', 'anger'],
    weight: 0.8,
    said: `nase voll | schnauze voll | hals voll | die faxen dicke | auf die nerven | auf den geist | auf den keks |
      auf den wecker | auf den sack | auf den zeiger | treib* mich in den wahnsinn | treib* mich zur weißglut |
      in den wahnsinn | das maß ist voll | fass zum überlaufen | tropfen … fass | das reicht mir | mir reicht s |
      mir reicht es | mir stinkt | satt habe/hab | hab* es satt | hab s satt | mit dem falschen bein/fuß | mit dem falschen fuß aufgestanden | dorn im auge | der geduldsfaden |
      geduldsfaden | zum aus der haut | zum mäusemelken | laus über die leber | gegen den strich`,
  },
  {
    labels: ['embarrassment', 'remorse'],
    weight: 0.8,
    said: `im boden versinken/versunken | im erdboden versinken/versunken | erdboden verschluckt | ins fettnäpfchen |
      in grund und boden geschämt/schäm* | zu tode geschämt/schäm* | rot wie eine tomate | knallrot |
      gesicht verloren | zum gespött | peinlich berührt | lächerlich gemacht | in ein mauseloch |
      in ein mauseloch verkriechen`,
  },
  {
    labels: ['remorse', 'sadness'],
    weight: 0.75,
    said: `schlechtes gewissen | gewissensbisse | gewissen plagt | könnte mich ohrfeigen | in den hintern beißen |
      in den arsch beißen | in den hintern treten | mir nie verzeihen | zeit zurückdrehen | rad der zeit |
      auf dem gewissen | ungeschehen machen | ich bin selbst schuld | asche auf mein haupt`,
  },
  {
    labels: ['realization', 'surprise'],
    weight: 0.7,
    said: `groschen … gefallen | schuppen von den augen | ein licht aufgegangen | geht mir ein licht auf |
      wie schuppen | fällt mir jetzt erst auf | jetzt wird mir klar | im nachhinein | aus allen wolken gefallen |
      aus allen wolken | vom hocker gehauen | haut mich um | umgehauen | sprachlos | wie vom donner gerührt |
      baff | traute ~ augen nicht | blitz aus heiterem himmel | aus heiterem himmel`,
  },
  {
    labels: ['confusion', 'nervousness'],
    weight: 0.7,
    said: `auf dem schlauch | nur bahnhof | wie der ochs vorm | hin und her gerissen | zwischen den stühlen |
      weder ein noch aus | wo mir der kopf steht | kopf schwirrt | durch den wind | neben der spur`,
  },
  {
    labels: ['disgust', 'annoyance'],
    weight: 0.65,
    said: `dreht sich … magen um | magen dreht sich | zum kotzen | kotzt mich an | wird mir übel von`,
  },
  {
    labels: ['admiration', 'pride'],
    weight: 0.7,
    said: `hut ab | zieh* … hut | ein herz aus gold | herz am rechten fleck | der hammer | ein fels in der brandung`,
  },
];
