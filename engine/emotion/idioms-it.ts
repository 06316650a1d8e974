/** Italian idioms. How a pattern is written: see `idioms.ts`. */
import type { IdiomGroup } from './idioms.js';

export const ITALIAN: readonly IdiomGroup[] = [
  {
    labels: ['joy', 'excitement'],
    weight: 0.8,
    said: `al settimo cielo | toccare il cielo | tocco il cielo | cielo con un dito | sulle nuvole dalla |
      pazzo/pazza di gioia/felicità | impazz* di gioia | salt* di gioia | salti di gioia | fare i salti |
      pianto di gioia | piang* di gioia | lacrime di gioia | non sto nella pelle | non stavo nella pelle |
      sto nella pelle | felice come una pasqua | contento/contenta come una pasqua | sprizz* gioia |
      da tutti i pori | al colmo della gioia | un sogno che si avvera | musica per ~ orecchie |
      mi si allarga il cuore | scalda il cuore | riempie il cuore | il cuore pieno | gongolo/gongolavo/gongolando |
      fuori di me dalla gioia | una pacchia | da un orecchio all altro | come un bambino a natale |
      il giorno più bello | non vedo l ora | in brodo di giuggiole`,
  },
  {
    labels: ['pride', 'joy'],
    weight: 0.75,
    said: `orgoglioso/orgogliosa come | scoppi* d orgoglio | gonfi* d orgoglio | gonfio/gonfia d orgoglio |
      a testa alta | con la testa alta | petto in fuori | come un pavone | ce l ho fatta | mi sono superat* |
      a pieni voti | un fiore all occhiello`,
  },
  {
    labels: ['love', 'joy'],
    weight: 0.8,
    said: `colpo di fulmine | amore a prima vista | anima gemella | dolce metà | mia metà | amore della mia vita |
      perso la testa per | cotto/cotta di | pazzo/pazza di lui/lei/te |
      innamorato/innamorata cotto/cotta/perso/persa | rubato il cuore | farfalle nello stomaco |
      farfalle nella pancia | luce dei miei occhi | pupilla dei ~ occhi | ti voglio un bene | un bene dell anima |
      vita mia`,
  },
  {
    labels: ['relief', 'joy'],
    weight: 0.8,
    said: `peso dallo stomaco | peso dal cuore | peso dalle spalle | un peso in meno | tolto un peso | tolta un peso |
      tirato un sospiro | sospiro di sollievo | tiro un sospiro | meno male | grazie a dio | grazie al cielo |
      per fortuna è | per un pelo | scampato pericolo | l ho scampata | scampata bella | sano e salvo |
      sani e salvi | fuori pericolo | torno a respirare | finalmente respiro | posso respirare |
      dormire sonni tranquilli | sonni tranquilli | mi si è tolto | il peggio è passato | passata la paura`,
  },
  {
    labels: ['gratitude', 'love'],
    weight: 0.75,
    said: `grazie di cuore | mille grazie | grazie infinite | sei un angelo | sei un tesoro | un angelo custode |
      non so come ringrazi* | ringrazi* abbastanza | ti devo un favore | ti devo la vita | senza di te non |
      mi hai salvato/salvata | te ne sarò sempre`,
  },
  {
    labels: ['amusement', 'joy'],
    weight: 0.8,
    said: `morto/morta dal ridere | morti dal ridere | mor* dalle risate | piegato/piegata/piegati in due |
      piangere dal ridere | pianto dal ridere | crep* dal ridere | crepapelle | a crepapelle |
      le lacrime dal ridere | scoppi* a ridere | scoppiato/scoppiata a ridere | sbellicato/sbellicata/sbellicarsi/sbellicarmi/sbellicati | spanciato/spanciata/spanciarsi/spanciati | ridere a |
      mal di pancia dal ridere`,
  },
  {
    labels: ['optimism', 'desire'],
    weight: 0.7,
    said: `incrocio le dita | dita incrociate | incrociamo le dita | luce in fondo | fondo al tunnel | tocco ferro |
      domani è un altro giorno | andrà tutto bene | la speranza è l ultima | voltare pagina | voltato pagina |
      raggio di speranza | barlume di speranza | il bicchiere mezzo pieno | rimboccarsi le maniche`,
  },
  {
    labels: ['sadness', 'disappointment'],
    weight: 0.8,
    said: `cuore a pezzi | il cuore spezzato | cuore infranto | spezza il cuore | spezzato il cuore |
      mi si stringe il cuore | stringe il cuore | stretta al cuore | piange il cuore | cuore pesante |
      il cuore gonfio | giù di corda | giù di morale | morale a terra | morale sotto | sotto i piedi |
      sotto terra di morale | a terra oggi | a pezzi dentro | nodo alla gola | groppo in gola | un groppo |
      scoppi* a piangere | scoppiato/scoppiata a piangere | pianto tutte le lacrime | tutte le lacrime |
      in lacrime | occhi gonfi di | piangere a dirotto | pianto a dirotto | come una fontana | mi cade il mondo |
      caduto il mondo | crollato il mondo | mondo mi crolla | mi crolla addosso | toccato il fondo |
      tocco il fondo | col morale | solo/sola come un cane | solo/sola al mondo | un vuoto dentro | vuoto dentro |
      cadono le braccia | cascano le braccia | cadute le braccia | doccia fredda | con l amaro in bocca |
      amaro in bocca | pugno nello stomaco | voglia di piangere | un brutto periodo | mi sento uno straccio`,
  },
  {
    labels: ['nervousness', 'fear'],
    weight: 0.75,
    said: `nervi a fior | a fior di pelle | nervi a pezzi | i nervi tesi | sulle spine | sui carboni ardenti |
      carboni ardenti | lo stomaco chiuso | stomaco in subbuglio | nodo allo stomaco | nodi allo stomaco |
      fascio di nervi | con il fiato sospeso | fiato sospeso | col fiato sospeso | col cuore in gola |
      cuore in gola | mangio le unghie | mangiarmi le unghie | mi mangio le | mi tremano le gambe/mani |
      tremano le gambe | acqua alla gola | con l acqua alla | non ce la faccio più | al limite | allo stremo |
      in ansia | testa che scoppia di pensieri | mi toglie il sonno | una strizza | sudo freddo | sudare freddo |
      patema d animo | mi sento soffocare | preso/presa dal panico`,
  },
  {
    labels: ['fear', 'nervousness'],
    weight: 0.8,
    said: `morto/morta di paura | muoio di paura | paura matta | una fifa | fifa blu | pelle d oca | la pelle d oca |
      rizzare i capelli | capelli dritti | gelare il sangue | gela il sangue | gelato il sangue | sangue gelato |
      tremo come una foglia | tremavo come una foglia | come una foglia | bianco/bianca come un lenzuolo |
      spavento a morte | spavent* a morte | far venire i brividi | brividi lungo | paura della ~ ombra |
      cuore si è fermato | fatta sotto | fatto sotto`,
  },
  {
    labels: ['anger', 'annoyance'],
    weight: 0.8,
    said: `ribolle il sangue | sangue al cervello | sangue agli occhi | fuori di me | fuori dai gangheri |
      dai gangheri | fuori dai gheri | vedo rosso | visto rosso | una furia | su tutte le furie | sulle furie |
      mi sale il sangue | incazzat* nero/nera | incazzato/incazzata/incazzatissimo/incazzatissima | nero/nera di rabbia | fumo dalle orecchie |
      schiumo di rabbia | scoppio di rabbia | perso le staffe | perdere le staffe | perdo le staffe |
      perso la pazienza | vorrei urlare | voglia di urlare | mi fa bestia | come una bestia |
      coltellata alle spalle | pugnalata alle spalle | pugnalat* alle spalle | diavolo per capello |
      dare in escandescenze | saltare la mosca | conto in sospeso`,
  },
  {
    labels: ['annoyance', 'anger'],
    weight: 0.8,
    said: `scatole piene | palle piene | rompe le scatole/palle | rompono le scatole | romp* le |
      non ne posso più | ne ho abbastanza | ne ho fin | fin sopra i capelli | sopra i capelli |
      dà sui nervi | da sui nervi | sui nervi | mi urta | urta i nervi | mi fa impazzire con |
      fa saltare i nervi | goccia che fa | traboccare il vaso | manda in bestia | mandano in bestia |
      stufo/stufa marcio/marcia | stufo/stufa di | stanco/stanca di ~ scuse | spina nel fianco |
      con il piede sbagliato | col piede sbagliato | piede sinistro | luna storta | la luna storta |
      prende/prendono in giro | presa in giro | prende per il | sul naso la mosca | mosca al naso |
      la misura è colma | che rottura | mi sta sullo stomaco | sta sullo stomaco`,
  },
  {
    labels: ['embarrassment', 'remorse'],
    weight: 0.8,
    said: `sprofondare/sprofondato/sprofondata | sotterr* dalla vergogna | sotterrarmi | rosso/rossa come un peperone/pomodoro |
      morto/morta di vergogna | muoio di vergogna | figuraccia | brutta figura | che figura | fatto una figura |
      figura di | faccia per terra | perso la faccia | perdere la faccia | gaffe | coda tra le gambe |
      vorrei sparire | volevo sparire | non so dove guardare | guardare in faccia | sul fuoco la faccia`,
  },
  {
    labels: ['remorse', 'sadness'],
    weight: 0.75,
    said: `sensi di colpa | senso di colpa | sulla coscienza | rimors* di coscienza | rimorde la coscienza |
      mordo le mani | mordermi le mani | mangio le mani | mangerei le mani | tornare indietro |
      tornassi indietro | non me lo perdono | non mi perdono | perdonarmelo | colpa mia | ho combinato |
      il mea culpa | mea culpa`,
  },
  {
    labels: ['surprise', 'realization'],
    weight: 0.7,
    said: `a bocca aperta | di stucco | di sasso | senza parole | cado dalle nuvole | caduto/caduta dalle nuvole |
      caduto/caduta dal pero | fulmine a ciel | ciel sereno | non credo ai ~ occhi | non credevo ai | mozzafiato |
      tolto il fiato | mi si è accesa | accesa una lampadina | aperto gli occhi | mi sono reso/resa conto |
      mi rendo conto | col senno di poi | ho capito che`,
  },
  {
    labels: ['confusion', 'nervousness'],
    weight: 0.7,
    said: `non so che pesci | che pesci pigliare | perso/persa la bussola | in alto mare | non ci capisco |
      né capo né coda | testa nel pallone | nel pallone | tra due fuochi | da che parte girarmi |
      un bicchier d acqua`,
  },
  {
    labels: ['disgust', 'annoyance'],
    weight: 0.65,
    said: `rivolta lo stomaco | rivoltare lo stomaco | mi fa schifo | fa venire la nausea | voltastomaco`,
  },
  {
    labels: ['admiration', 'approval'],
    weight: 0.7,
    said: `tanto di cappello | giù il cappello | un cuore d oro | cuore d oro | buono/buona come il pane | vale oro |
      una roccia per`,
  },
];
