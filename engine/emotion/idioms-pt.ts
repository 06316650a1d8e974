/** Portuguese idioms, of Brazil and Portugal. How a pattern is written: see `idioms.ts`. */
import type { IdiomGroup } from './idioms.js';

export const PORTUGUESE: readonly IdiomGroup[] = [
  {
    labels: ['joy', 'excitement'],
    weight: 0.8,
    said: `nas nuvens desde | estou nas nuvens | andar nas nuvens | no sétimo céu | rindo à toa |
      rindo sozinho/sozinha | feliz da vida | pul* de alegria | aos pulos de | salt* de alegria |
      chor* de alegria/felicidade | lágrimas de alegria | louco/louca de alegria | doido/doida de alegria |
      radiante | não caibo em mim | não cabe em si | não vejo a hora | mal posso esperar | mal vejo a hora |
      morto/morta de vontade | de orelha a orelha | música para ~ ouvidos | alegra ~ coração | aquece o coração |
      ganhei o dia | ganhei o meu dia | feliz como pinto | pinto no lixo | como peixe na água |
      de bem com a vida | dia mais feliz | um sonho realizado | nas alturas | em festa por dentro`,
  },
  {
    labels: ['pride', 'joy'],
    weight: 0.75,
    said: `cheio/cheia de orgulho | explod* de orgulho | inchado/inchada de orgulho | peito estufado | cabeça erguida |
      de cabeça erguida | todo/toda orgulhoso/orgulhosa | um pai babão | mãe babona | dei a volta por cima |
      volta por cima | tirei de letra | com chave de ouro | todo bobo com`,
  },
  {
    labels: ['love', 'joy'],
    weight: 0.8,
    said: `amor à primeira vista | amor da minha vida | cara metade | minha metade | metade da laranja | alma gêmea |
      perdidamente | louco/louca por ele/ela/você/ti | caidinho/caidinha por | doido/doida por ele/ela |
      roubou ~ coração | borboletas no estômago | borboletas na barriga | frio na barriga de amor |
      menina dos ~ olhos | luz da minha vida | razão do meu viver | minha vida toda`,
  },
  {
    labels: ['relief', 'joy'],
    weight: 0.8,
    said: `peso das costas | peso dos ombros | um peso a menos | peso do coração | tir* um peso | saiu um peso |
      respirar aliviad* | respiro aliviad* | respirei aliviad* | suspiro de alívio | ufa | graças a deus |
      ainda bem | por um triz | por um fio escap* | são e salvo | sãos e salvos | fora de perigo |
      o pior já passou | pior passou | durmo tranquil* | dormir tranquil* | dormir em paz | lavei a alma |
      alma lavada | de alma leve | que alívio | escapei dessa | livrei de boa`,
  },
  {
    labels: ['gratitude', 'love'],
    weight: 0.75,
    said: `obrigad* de coração | muitíssimo obrigad* | mil vezes obrigad* | um milhão de obrigad* | você é um anjo |
      és um anjo | um anjo na minha | não sei como agradecer | agradec* de coração | te devo uma | devo a vida |
      caiu do céu | sem você eu não | grata/grato do fundo | deus te abençoe`,
  },
  {
    labels: ['amusement', 'joy'],
    weight: 0.8,
    said: `morr* de rir | morri de rir | morrendo de rir | chor* de rir | chorei de rir | rolei de rir | rol* de rir |
      rachei o bico | rach* de rir | mij* de rir | partir a rir | parti me a rir | escangalh* a rir |
      às gargalhadas | gargalhadas | dor de barriga de tanto rir | de tanto rir | crise de riso | caí na risada |
      caímos na risada`,
  },
  {
    labels: ['optimism', 'desire'],
    weight: 0.7,
    said: `dedos cruzados | cruz* os dedos | fazer figas | luz no fim do túnel | luz ao fundo | bato na madeira |
      bater na madeira | a esperança é a última | amanhã é outro dia | vai dar tudo certo | vai dar certo |
      vai ficar tudo bem | copo meio cheio | virar a página | virei a página | fio de esperança | tomara que |
      se deus quiser`,
  },
  {
    labels: ['sadness', 'disappointment'],
    weight: 0.8,
    said: `coração partido | coração despedaçado | coração em pedaços | coração apertado | aperto no coração |
      aperto no peito | parte o coração | partiu ~ coração | cortar o coração | corta ~ coração | dói na alma |
      dor na alma | com o coração pesado | na fossa | na maior fossa | no fundo do poço | fundo do poço |
      me sinto pra/para baixo | de rastos | em frangalhos | um caco | em cacos | nó na garganta |
      chor* rios | rios de lágrimas | chor* até | mar de lágrimas | com lágrimas nos olhos | lágrimas nos olhos |
      desat* a chorar | desabei em | desabei | vontade de chorar | meu mundo caiu | mundo caiu | mundo desabou |
      sem chão | perdi o chão | um vazio no peito | um vazio dentro | vazio por dentro | balde de água fria |
      levei um balde | mal de mim | sozinho/sozinha no mundo | morto/morta de saudade/saudades |
      morr* de saudade/saudades | matar a saudade | que saudade | ficou na mão | deixou na mão | deixaram na mão |
      levei um bolo | levei um fora | facada no peito | facada no coração | com a cara no chão | cara no chão`,
  },
  {
    labels: ['nervousness', 'fear'],
    weight: 0.75,
    said: `nervos à flor | à flor da pele | com os nervos | uma pilha de nervos | pilha de nervos | coração na mão |
      coração nas mãos | frio na barriga | friozinho na barriga | estômago embrulhado de | nó no estômago |
      um nó no estômago | roendo as unhas | roer as unhas | rói as unhas | sobre brasas | em brasas |
      pisando em ovos | com o pé atrás | coração na boca | coração saindo pela boca | à beira de um ataque |
      por um fio | no meu limite | no limite | a ponto de explodir | a corda no pescoço | água pelo pescoço |
      não aguento mais de | tira o sono | tirando o sono | tremo nas bases | tremendo nas bases | suando frio |
      suar frio | mãos suando | cabeça a mil | em pânico | com a pulga`,
  },
  {
    labels: ['fear', 'nervousness'],
    weight: 0.8,
    said: `morto/morta de medo | morr* de medo | cag* de medo | cheio/cheia de medo | borrado de medo |
      com o cu na mão | cabelo em pé | cabelos em pé | arrepio na espinha | frio na espinha | gelou o sangue |
      sangue gelou | gelei | tremendo como vara | como vara verde | branco/branca como papel/cera |
      branco/branca como um | susto de morte | quase morri de susto | medo da própria sombra | pele de galinha |
      coração parou`,
  },
  {
    labels: ['anger', 'annoyance'],
    weight: 0.8,
    said: `sangue ferv* | ferve o sangue | me ferve | fervendo de raiva | soltando fogo | soltar fogo |
      fogo pelas ventas | cuspindo fogo | vi vermelho | fora de mim | tirou do sério | tira do sério |
      me tira do | subir pelas paredes | subindo pelas paredes | pelas paredes | morr* de raiva |
      puto/puta da vida | pê da vida | explod* de raiva | com sangue nos olhos | sangue nos olhos |
      perdi a cabeça | perdi as estribeiras | perder as estribeiras | rodar a baiana | rodei a baiana |
      chutei o balde | facada nas costas | apunhal* pelas costas | vontade de gritar | queria gritar |
      bufando de raiva | possesso/possessa | danado/danada da vida | passar dos limites | passou dos limites`,
  },
  {
    labels: ['annoyance', 'anger'],
    weight: 0.8,
    said: `saco cheio | de saco cheio | encher o saco | enche o saco | enchem o saco | enchendo o saco |
      até aqui de | por aqui com | farto/farta de | pelos cabelos | nos nervos |
      me dá nos nervos | dá nos nervos | pega/pegam no meu pé | torra/torram a paciência |
      perdi a paciência | perdendo a paciência | perder a paciência | esgotou a paciência | gota d água |
      a última gota | transbordar o copo | enlouquece com | me deixa louco/louca com | pé esquerdo |
      com o pé esquerdo | pedra no sapato | já deu para | chega disso | não aguento mais | cara de pau |
      faz de bobo/boba | fez de bobo/boba | gozando com a minha | mala sem alça | um pé no saco | pé no saco`,
  },
  {
    labels: ['embarrassment', 'remorse'],
    weight: 0.8,
    said: `abrir um buraco | buraco no chão | enfiar a cara | enfiar num buraco | enterrar a cabeça |
      vermelho/vermelha como um/uma | vermelho/vermelha de vergonha | morto/morta de vergonha |
      morr* de vergonha | que mico | paguei mico | pagar mico | paguei o maior mico | pisei na bola |
      dei um fora | dei uma gafe | meti a pata | meti os pés | fiz papel de | papel de bobo/boba/trouxa |
      passei vergonha | passar vergonha | vergonha alheia | cara no buraco | sem saber onde me meter |
      onde enfiar a cara`,
  },
  {
    labels: ['remorse', 'sadness'],
    weight: 0.75,
    said: `peso na consciência | consciência pesada | dor na consciência | na consciência | não me perdoo |
      me perdoar | arrependimento mata* | voltar atrás | voltar no tempo | voltar o tempo | culpa minha |
      por minha culpa | minha culpa | onde eu estava com a cabeça | estava com a cabeça | me arrependo até`,
  },
  {
    labels: ['surprise', 'realization'],
    weight: 0.7,
    said: `de queixo caído | queixo caído | queixo caiu | de boca aberta | sem palavras | caiu a ficha | a ficha caiu |
      ficha caindo | caí das nuvens | caí para trás | cair para trás | de cair o queixo | abriu ~ olhos |
      abri os olhos | agora entendo | me dei conta | dei me conta | não acreditei nos ~ olhos |
      pegou de surpresa | pego/pega de surpresa | do nada`,
  },
  {
    labels: ['confusion', 'nervousness'],
    weight: 0.7,
    said: `mais perdido/perdida que | perdido/perdida no tiroteio | sem pé nem cabeça | sem saber o que fazer |
      entre a cruz | em cima do muro | cabeça dando voltas | cabeça nas nuvens | às aranhas | à deriva`,
  },
  {
    labels: ['disgust', 'annoyance'],
    weight: 0.65,
    said: `embrulha o estômago | embrulhou o estômago | revira o estômago | me dá nojo | dá nojo | ânsia de vômito de`,
  },
  {
    labels: ['admiration', 'approval'],
    weight: 0.7,
    said: `tiro o chapéu | de tirar o chapéu | coração de ouro | vale ouro | um amor de pessoa | pau para toda obra`,
  },
];
