/** French idioms. How a pattern is written: see `idioms.ts`. */
import type { IdiomGroup } from './idioms.js';

export const FRENCH: readonly IdiomGroup[] = [
  {
    labels: ['joy', 'excitement'],
    weight: 0.8,
    said: `aux anges | au septième ciel | sur un petit nuage | sur son/mon petit nuage | sur un nuage |
      fou/folle de joie | ivre de joie/bonheur | pleur* de joie | pleurer de joie | sauter de joie | ai la pêche | ai la banane |
      saut* de joie | heureux comme un roi/pape/pinson | heureuse comme un poisson | comme un poisson dans l eau |
      gai/gaie comme un pinson | ~ sourire jusqu aux oreilles |
      sourire jusqu aux | voir la vie en rose | vois la vie en rose | le cœur léger | le coeur léger |
      me réchauffe le cœur/coeur | de la musique à ~ oreilles | j ai hâte | trop hâte |
      vivement demain/vendredi/les/que | le plus beau jour | nager dans le bonheur | nage dans le bonheur |
      aux nues`,
  },
  {
    labels: ['pride', 'joy'],
    weight: 0.75,
    said: `fier/fière comme un/artaban | fier/fière comme artaban | la tête haute | comme un coq |
      gonfl* d orgueil/de fierté | éclate de fierté | haut la main | les doigts dans le nez | me suis surpass*`,
  },
  {
    labels: ['love', 'joy'],
    weight: 0.8,
    said: `coup de foudre | fou/folle amoureux/amoureuse | fou/folle de lui/elle/toi | amour de ma vie | ma moitié |
      âme sœur/soeur | prunelle de ~ yeux | dans la peau | le béguin | le cœur/coeur qui bat pour |
      j ai craqué pour | homme de ma vie | femme de ma vie | des papillons dans le ventre |
      papillons dans le ventre`,
  },
  {
    labels: ['relief', 'joy'],
    weight: 0.8,
    said: `ouf | poids en moins | un poids … enlev* | poids de moins | enlev* une épine | une épine du pied |
      épine du pied | respire* enfin | enfin respirer | je respire | pousser un ouf | sauvé par le gong |
      on l a échappé belle | l ai échappé belle | échappé belle | dieu merci | tiré d affaire |
      sorti/sortie d affaire | sorti/sortie de l auberge | plus de peur que de mal | bon débarras |
      la conscience tranquille | l esprit tranquille | le cœur/coeur net`,
  },
  {
    labels: ['gratitude', 'admiration'],
    weight: 0.7,
    said: `mille mercis | mille fois merci | merci du fond | comment te/vous remercier | une fière chandelle |
      fière chandelle | tu es un ange | vous êtes un ange | sans toi je | te revaudrai |
      je n oublierai jamais ce que`,
  },
  {
    labels: ['amusement', 'joy'],
    weight: 0.8,
    said: `mort/morte de rire | pleur* de rire | pleuré de rire | plié/pliée en deux/quatre | pliés en deux/quatre |
      écroulé/écroulée/écroulés de rire | éclat* de rire | éclaté/éclatée de rire | fou rire | fous rires |
      me suis bidonn* | me suis marr* | trop marr* | fendre la poire | mal au ventre à force de rire |
      rire aux larmes | ri aux larmes`,
  },
  {
    labels: ['optimism', 'desire'],
    weight: 0.7,
    said: `croise* les doigts | les doigts croisés | le bout du tunnel | touche du bois | touchons du bois |
      lueur d espoir | demain est un autre jour | ça ira mieux demain | après la pluie | tourner la page |
      tourné la page | remonte la pente | remonter la pente | un nouveau départ | garde espoir`,
  },
  {
    labels: ['sadness', 'disappointment'],
    weight: 0.8,
    said: `le cafard | le bourdon | le blues | broy* du noir | broie du noir | cœur/coeur brisé/gros/lourd/serré |
      le cœur/coeur en miettes/morceaux | le cœur/coeur a mille morceaux | brise le cœur/coeur |
      fend le cœur/coeur | déchire le cœur/coeur | le moral à zéro | moral dans les chaussettes |
      le moral au plus bas | au fond du trou | au bord des larmes | les larmes aux yeux | fondu en larmes |
      en larmes | pleur* toutes les larmes | pleuré toutes les larmes | la gorge nouée/serrée |
      boule dans la gorge | au trente sixième dessous | au 36e dessous | touché/touche le fond | toucher le fond |
      envie de pleurer | tout seul/toute seule au monde | seul/seule au monde | monde s écroule |
      monde s est écroulé | tombé/tombée de haut | tomber de haut | vague à l âme | coup de massue | coup dur |
      une mauvaise passe | mal dans ~ peau | la mort dans l âme | douche froide | le ciel m est tombé |
      ras les pâquerettes | comme une âme en peine`,
  },
  {
    labels: ['nervousness', 'fear'],
    weight: 0.75,
    said: `boule au ventre | nœud/noeud à l estomac | nœud/noeud dans | estomac noué | le ventre noué | le trac |
      nerfs à vif | les nerfs à fleur | à fleur de peau | sur des charbons ardents | charbons ardents |
      à bout de nerfs | à bout de forces | au bout du rouleau | un sang d encre | mauvais sang | me ronge | ronge* les sangs | ronger les ongles | rongé/rongée d inquiétude | me fais du souci | les mains moites |
      dans mes petits souliers | comme sur des œufs | marche sur des œufs | submerg* par | débord* par |
      la tête sous l eau | je craque | sur le point de craquer | au bord de la crise | cœur/coeur bat la chamade |
      la peur au ventre`,
  },
  {
    labels: ['fear', 'nervousness'],
    weight: 0.8,
    said: `peur bleue | une trouille | la trouille | les jetons | les chocottes | les foies | la frousse |
      mort/morte de peur/trouille | mort/morte d inquiétude | sueurs froides | froid dans le dos |
      la chair de poule | glac* le sang | sang … glacé | trembl* comme une feuille |
      blanc/blanche comme un linge | cheveux sur la tête | pris/prise de panique | dans tous mes états |
      peur de ~ ombre`,
  },
  {
    labels: ['anger', 'annoyance'],
    weight: 0.8,
    said: `hors de moi | hors de mes gonds | de mes gonds | hors de ses gonds | vu rouge | vois rouge | voir rouge |
      la moutarde … nez | bouill* de rage/colère | bous de colère/rage | sang bout |
      mon sang n a fait qu un tour | fou/folle de rage/colère | en rogne | en pétard | en boule |
      péter un câble/plomb | pété un câble/plomb | pète un câble/plomb | piqué une crise | dans une colère noire |
      colère noire | envie de hurler/crier | la goutte d eau | goutte qui fait | couteau dans le dos |
      poignardé dans le dos | dent contre | me met hors | me fout en rogne | compte à régler |
      grimper aux rideaux | monter au créneau`,
  },
  {
    labels: ['annoyance', 'anger'],
    weight: 0.8,
    said: `ras le bol | ras la casquette | plein le dos | marre | plein les bottes | par dessus la tête | en ai jusque là | me tape/tapent/tapait sur les nerfs | sur les nerfs | sur le système | me casse/cassent les pieds |
      casse* les pieds/oreilles | me pompe l air | me rend dingue/fou/folle/chèvre | me court sur le haricot |
      me prend la tête | prend la tête | me sort par les yeux | se moque du monde | se fout de moi |
      se paie ma tête | pied gauche | du pied gauche | à bout de patience | pousse à bout |
      soûle/saoule/gonfle grave | c est le bouquet | trop c est trop | la coupe est pleine | une épine dans`,
  },
  {
    labels: ['embarrassment', 'remorse'],
    weight: 0.8,
    said: `six pieds sous terre | disparaître sous terre | rentrer sous terre | un trou de souris | trou de souris |
      rouge comme une tomate/pivoine | rouge de honte | la honte | mort/morte de honte |
      mis/mise les pieds dans le plat | pieds dans le plat | perdu la face | perdre la face | ridicul* devant |
      la risée | mal à l aise | me suis ridiculis* | ne plus savoir où me mettre | où me mettre`,
  },
  {
    labels: ['remorse', 'sadness'],
    weight: 0.75,
    said: `m en veux | m en veut | m en voudrai | mords les doigts | mordre les doigts | mauvaise conscience |
      sur la conscience | remords me | rong* par/de culpabilité/remords | tout est de ma faute | c est ma faute |
      si c était à refaire | revenir en arrière | me pardonner | remonter le temps | le cœur/coeur lourd de`,
  },
  {
    labels: ['surprise', 'realization'],
    weight: 0.7,
    said: `tombe/tombé/tombée des nues | tomber des nues | bouche bée | coupé le souffle | en revenais pas |
      n en reviens pas | en croyais pas ~ yeux/oreilles | n en crois pas | sur le cul | scotché/scotchée |
      coup de tonnerre | le déclic | eu un déclic | j ai compris que | fait tilt | je réalise que |
      ouvert les yeux | avec le recul`,
  },
  {
    labels: ['confusion', 'nervousness'],
    weight: 0.7,
    said: `perdu/perdue les pédales | perds les pédales | ne sais plus où donner | où donner de la tête |
      à y perdre son latin | perdre ~ latin | entre deux chaises | dans le brouillard | le cul entre deux |
      ni queue ni tête | tourne/tourner en rond | ne sais plus sur quel pied`,
  },
  {
    labels: ['disgust', 'annoyance'],
    weight: 0.65,
    said: `me donne envie de vomir | donne la nausée | soulève le cœur/coeur | haut le cœur/coeur | me débecte`,
  },
  {
    labels: ['admiration', 'approval'],
    weight: 0.7,
    said: `tire* ~ chapeau | chapeau bas | un cœur/coeur d or | la crème de la crème | en or massif | épaté/épatée`,
  },
];
