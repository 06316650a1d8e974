/** Spanish idioms, of Spain and Latin America. How a pattern is written: see `idioms.ts`. */
import type { IdiomGroup } from './idioms.js';

export const SPANISH: readonly IdiomGroup[] = [
  {
    labels: ['joy', 'excitement'],
    weight: 0.8,
    said: `en las nubes de | en una nube | en el séptimo cielo | en la gloria | como unas castañuelas |
      como unas pascuas | más feliz/contento/contenta que | no quepo en mí | no cabe en sí |
      loco/loca de alegría/contento/contenta/felicidad | salt* de alegría | brinc* de alegría |
      dar saltos de alegría | llor* de alegría/felicidad | lágrimas de alegría | me muero de ganas |
      muero de ganas | tocar el cielo | toco el cielo | tocando el cielo | como niño con zapatos |
      con zapatos nuevos | de oreja a oreja | de maravilla | música para ~ oídos | me alegra el alma |
      alegra el corazón | me alegró el día | en la cima del mundo | como pez en el agua | a mis anchas |
      pasarlo bomba/pipa | pasé bomba/pipa | el día más feliz`,
  },
  {
    labels: ['pride', 'joy'],
    weight: 0.75,
    said: `más orgulloso/orgullosa que | reviento de orgullo | hinch* de orgullo | pecho henchido |
      no quepo en mí de orgullo | la cabeza bien alta | la cabeza alta | con la frente en alto | lo bord* |
      por todo lo alto | me superé a mí | como un pavo real`,
  },
  {
    labels: ['love', 'joy'],
    weight: 0.8,
    said: `amor a primera vista | mi media naranja | media naranja | flechazo | amor de mi vida |
      loco/loca por ti/él/ella | loco/loca de amor | hasta los huesos enamor* | enamorado/enamorada hasta |
      me robó el corazón | robado el corazón | niña de ~ ojos | niño de ~ ojos | mariposas en el estómago |
      te quiero con locura | luz de mi vida | luz de mis ojos | de mi alma`,
  },
  {
    labels: ['relief', 'joy'],
    weight: 0.8,
    said: `un peso de encima | peso de encima | quit* un peso | me quité un peso | respiro tranquil* |
      respirar tranquil* | respirar hondo por fin | ya puedo respirar | por fin puedo respirar | menos mal |
      gracias a dios | suspiro de alivio | respiré aliviad* | fuera de peligro | sano y salvo | sanos y salvos |
      se me quitó un | por los pelos | de buena me | de la que me libré | lo peor ya pasó | pasó lo peor |
      dormir tranquil* | con la conciencia tranquila | vuelve el alma al cuerpo | el alma al cuerpo`,
  },
  {
    labels: ['gratitude', 'love'],
    weight: 0.75,
    said: `mil gracias | un millón de gracias | eres un ángel | eres un sol | un sol conmigo | no sé cómo agradecer* |
      te debo una | te debo la vida | gracias de corazón | agradecido/agradecida de corazón | caído del cielo |
      sin ti no`,
  },
  {
    labels: ['amusement', 'joy'],
    weight: 0.8,
    said: `muert* de risa | muero de risa | muertos de risa | me parto | partí de risa | parti* de risa |
      partirse de risa | meo de risa | me troncho | tronch* de risa | llor* de risa | llorando de risa |
      carcajadas | a carcajada limpia | me reventaba de la risa | cagu* de risa | ataque de risa | desternillaba/desternillé/desternillando/desternillo`,
  },
  {
    labels: ['optimism', 'desire'],
    weight: 0.7,
    said: `cruz* los dedos | dedos cruzados | luz al final del túnel | toco madera | la esperanza es lo último |
      no hay mal que | rayo de esperanza | mañana será otro día | borrón y cuenta nueva | vaso medio lleno |
      levantar cabeza | todo saldrá bien`,
  },
  {
    labels: ['sadness', 'disappointment'],
    weight: 0.8,
    said: `alma a los pies | el alma por los suelos | por los suelos | corazón roto/partido | corazón en mil |
      parte el corazón/alma | partió el corazón/alma | rompió el corazón | rompe el corazón | corazón encogido |
      encoge el corazón | con el corazón en pedazos | hecho/hecha polvo | hecho/hecha pedazos/trizas |
      de capa caída | ahog* en llanto | mar de lágrimas | a lágrima viva | como una magdalena | llor* a mares |
      lloré a mares | ganas de llorar | nudo en la garganta | me vine abajo | vengo abajo | venirse abajo |
      he venido abajo | tocar fondo | toqué fondo | se me cae el mundo | cayó el mundo | el mundo encima |
      caído el mundo | bajón | de bajón | con el ánimo por | estoy de bajón | más solo/sola que la una |
      solo/sola en el mundo | se me parte el | jarro de agua fría | balde de agua fría | me dejó tirado/tirada |
      dejaron tirado/tirada | me dieron plantón | dejado plantado/plantada | echo de menos | extraño horrores |
      con las alas rotas | un vacío en el | se me hace cuesta arriba`,
  },
  {
    labels: ['nervousness', 'fear'],
    weight: 0.75,
    said: `nervios de punta | los nervios de punta | a flor de piel | hecho/hecha un manojo | manojo de nervios |
      hecho/hecha un flan | como un flan | en ascuas | sobre ascuas | con el alma en vilo | el alma en vilo |
      en vilo | corazón en un puño | nudo en el estómago | estómago revuelto de | comerme las uñas |
      me como las uñas | mordiendo las uñas | me comen los nervios | me sudan las manos | al borde de un ataque |
      contra las cuerdas | entre la espada | con el agua al cuello | agua al cuello | no puedo con mi alma |
      no doy abasto | me supera todo | todo me supera | hasta arriba de | me va a dar algo |
      no me llega la camisa | dando vueltas a la cabeza | le doy vueltas | quita el sueño`,
  },
  {
    labels: ['fear', 'nervousness'],
    weight: 0.8,
    said: `muert* de miedo | muero de miedo | piel de gallina | pelos de punta | pone los pelos de | helo la sangre |
      heló la sangre | hiela la sangre | tembl* como una hoja/flan | blanco/blanca como el papel/la |
      cagado/cagada de miedo | susto de muerte | se me paró el corazón | corazón en la boca | un sudor frío |
      sudores fríos | me dio un vuelco | un vuelco el corazón | miedo en el cuerpo`,
  },
  {
    labels: ['anger', 'annoyance'],
    weight: 0.8,
    said: `hierve la sangre | hervir la sangre | hecho/hecha una furia/fiera | echando chispas | echo chispas |
      echo humo | echando humo | me saca de quicio | saca* de quicio | de mis casillas | de sus casillas |
      sac* de mis | perd* los estribos | perdí los estribos | subirme por las paredes | por las paredes |
      me llevan los demonios | de mala leche | mala leche | me cabrea | rojo de ira | se me cruzan los cables |
      puñalada por la espalda | puñalada trapera | puse como una fiera | de uñas con |
      quiero gritar | ganas de gritar | cuentas pendientes | explot* de rabia | muero de rabia`,
  },
  {
    labels: ['annoyance', 'anger'],
    weight: 0.8,
    said: `hasta las narices | hasta el gorro | hasta el moño | hasta la coronilla | hasta los huevos/cojones |
      hasta aquí de | hasta la madre | hasta el cuello de | me pone de los nervios | de los nervios |
      pone enfermo/enferma | me tiene harto/harta | harto/harta | la gota que colma | la gota que colmó |
      gota que derramó | me vuelve loco/loca con | vuelve loco/loca | colma el vaso | con el pie izquierdo |
      pie izquierdo | me toca las narices | toc* las narices | me toman por tonto/tonta | me toma el pelo |
      toma* el pelo | me cae gordo/gorda | cae gordo/gorda | se acabó mi paciencia | acab* la paciencia |
      no lo trago | no aguanto más | no puedo más con | ni harto de vino | me da rabia | me tienen frito/frita`,
  },
  {
    labels: ['embarrassment', 'remorse'],
    weight: 0.8,
    said: `tierra … trague | trágame tierra | que me trague la tierra | rojo/roja como un tomate |
      colorado/colorada como | me muero de vergüenza | muert* de vergüenza | caer la cara de vergüenza |
      cae la cara | metí la pata | metido la pata | meter la pata | quedé en ridículo | hice el ridículo |
      hacer el ridículo | qué corte | pasé un corte | como un idiota delante | se me caía la cara |
      vergüenza ajena | tierra me`,
  },
  {
    labels: ['remorse', 'sadness'],
    weight: 0.75,
    said: `cargo de conciencia | remord* la conciencia | remuerde la conciencia | en la conciencia | no me lo perdono |
      no me perdono | perdonarme nunca | me tiro de los pelos | tirarme de los pelos | dar marcha atrás |
      volver atrás | retroceder el tiempo | por mi culpa | fue culpa mía | me arrepiento en el alma |
      en qué estaba pensando`,
  },
  {
    labels: ['surprise', 'realization'],
    weight: 0.7,
    said: `boca abierta | me quedé de piedra | me quedé helado/helada | sin palabras | flipando | aluciné |
      me cayó como un balde | caí del guindo | se me encendió la bombilla | encendió la bombilla |
      me cayó el veinte | caí en la cuenta | caer en la cuenta | abrió los ojos | abrir los ojos |
      ahora lo entiendo | de la noche a la mañana`,
  },
  {
    labels: ['confusion', 'nervousness'],
    weight: 0.7,
    said: `hecho/hecha un lío | un mar de dudas | mar de dudas | ni pies ni cabeza | no sé por dónde | a cuadros |
      perdido/perdida como | entre dos aguas | no sé qué hacer con mi | no doy pie con bola`,
  },
  {
    labels: ['disgust', 'annoyance'],
    weight: 0.65,
    said: `me revuelve el estómago | revuelve las tripas | me da asco | da náuseas | ganas de vomitar de`,
  },
  {
    labels: ['admiration', 'approval'],
    weight: 0.7,
    said: `quito el sombrero | me quito el sombrero | corazón de oro | un pedazo de pan | vale su peso |
      un trozo de pan`,
  },
];
