/**
 * The words people use for music and moods, by concept, in English, German, Spanish, French, Italian, Portuguese, Dutch,
 * Polish, Russian, Japanese, Chinese and Korean; written for this program. Words stand without accents and in lower case;
 * a trailing "*" matches any ending ("ruhig*" = ruhig, ruhige, ruhiges). Japanese, Chinese and Korean match anywhere.
 * Left out: words that mean another thing in a neighbour language ("hell", "still", "grave").
 */
import type { Concept } from './concepts.js';

export const WORDS: Readonly<Record<Concept, string>> = {
  slow: 'slow slower slowly langsam* lent lente lento lenta lentos lentas lentement despacio devagar adagio largo langzaam powoln* wolno wolny медленн* ゆっくり 遅い 慢 缓慢 느린 느리게',
  fast: 'fast faster quick quickly schnell* rapid* rapide vite veloce veloci rapidement allegro presto snel snelle szybk* быстр* 速い 快 빠른',
  dark: 'dark darker dunkel* dunkl* duster* sombre oscur* escur* scur* donker* ciemn* темн* 暗い 暗 어두운',
  bright:
    'bright brighter brilliant helle heller helles glanzend* strahlend* lumineu* brillant* brillante* luminos* helder* jasn* ярк* 明るい 明亮 밝은',
  minor: 'minor moll mineur menor minore mineur mineure mollowa минор* 短調 小调 단조',
  major: 'major dur majeur mayor maior maggiore majeure мажор* 長調 大调 장조',
  low: 'low lower deep deeper tief* basse profond* profund* bajo laag lage diep diepe niski* nisko низк* 低い 低沉 낮은',
  high: 'high higher hoch hohe hoher aigu* agudo* agudos hoog hoge wysoki* высок* 高い 高音 높은',
  soft: 'soft softly softer quiet quietly gentle gently leise* sanft* zart* doux douce douces doucement suave* suavemente suaves piano-piano dolce dolcemente tranquillement zacht* stil stille cich* delikatn* тих* мягк* 静かな 柔らかい 轻柔 柔和 부드러운 조용한',
  loud: 'loud louder noisy laut* forte fuerte bruyant* ruidos* alto-volume hard luid luide glosn* громк* うるさい 大声 响亮 시끄러운',
  rhythmic:
    'rhythm* beat beats groove groovy pulse steady-beat rhythmus rhythmisch* takt ritmo ritmic* ritmad* rythme rythme* ritme ritmisch* rytm* ритм* リズム 节奏感 节奏 리듬',
  floating:
    'floating ambient drone drones beatless weightless spherical schweben* spharisch* flottant* flotant* flutuant* fluttuant* zwevend* unosz* амбиент* парящ* アンビエント 氛围 앰비언트',
  sparse:
    'sparse minimal minimalist* simple sparlich* schlicht* epure* minimalista* escaso sencill* simples semplic* sober eenvoudig* oszczedn* 简约 シンプル 단순한',
  dense: 'dense rich lush busy dicht* uppig* denso densa riche ricco rico gesta bogat* плотн* насыщенн* 浓密 풍부한',
  steady:
    'steady constant even gleichmassig* bestandig* regulier* constante* estavel uniforme costante gelijkmatig* rownomiern* ровн* 一定 平稳 일정한',
  dramatic:
    'dramatic* dramatisch* dramatique* drammatic* epic episch* epique* epic* dramatyczn* драматич* ドラマチック 戏剧 극적인',
  dissonant: 'dissonan* atonal* disonan* dysonans* диссонанс* 不協和 不和谐 불협화음',
  harmonious: 'harmon* consonan* konsonan* armon* wohlklingend* гармони* 調和 和谐 조화로운',
  warm: 'warm warme warmer warmes warmth chaleureu* chaud chaude calid* calido* caldo calda quente aconchegant* ciepl* тепл* 温かい 暖かい 温暖 따뜻한',
  calm: 'calm calmer calming calmly peace peaceful peacefully serene serenity soothing soothed relax relaxing relaxed tranquil* ruhig* ruhe beruhig* entspann* friedlich* gelassen* calme calmes apais* paisible* relajant* relaja* calma* calmo sereno serena serein* seren* paz paix pace tranquilo* relaxant* rilassant* rilass* rustig* rust kalm* ontspan* spokoj* relaksuj* cisz* спокой* расслаб* 穏やか 落ち着 リラックス 平静 放松 安静 宁静 차분한 편안한 평화로운',
  sleep:
    'sleep sleepy asleep sleeping bedtime lullaby lullabies insomnia schlaf* einschlaf* schlummer* wiegenlied* dormir sommeil endormir berceuse* sueno dormirme nana sono dormire sonno ninna ninnananna slaap slapen slaapliedje sen spac zasn* kolysank* сон сна спать засн* колыбельн* 眠れ 眠り 眠い 子守唄 睡眠 睡觉 入睡 失眠 잠 수면 자장가',
  sad: 'sad sadder sadness sorrow* unhappy grief grieving crying tearful heartbroken traurig* trauer* betrubt* kummer* triste* tristes tristesse tristeza chagrin afligid* doloros* infeliz verdrietig* droevig* smutn* smutek zal грустн* груст* печал* 悲しい 悲しみ 悲伤 难过 伤心 슬픈 슬픔 슬퍼',
  joyful:
    'joy joyful joyous happy happiness happier cheerful merry glad fun playful amused frohlich* freud* glucklich* heiter* lustig* joyeu* joie heureu* gai gaie content contente alegr* feliz felices felicidad* divertid* gioi* allegr* felic* contento contenta vrolijk* blij blije radosn* radosc wesol* szczesliw* радост* весел* счастлив* 楽しい 嬉しい 幸せ 快乐 开心 高兴 欢快 기쁜 행복 즐거운',
  tense:
    'tense tension nervous agitated agitation restless anxious anxiety stressed stress impatient irritated angespannt* anspannung nervos* unruhig* gestresst* angstlich* tendu* tendue tension nerveu* agite* anxieu* angoiss* stresse* tenso tensa tensos tensas nervios* ansios* ansiedad ansiedade inquiet* agitad* estresad* teso tesa agitat* ansia gespannen zenuwachtig* onrustig* angstig* napiet* napieci* nerwow* niespokojn* напряж* нервн* тревож* беспокой* 緊張 不安 イライラ 紧张 焦虑 긴장 불안',
  angry:
    'angry anger furious rage fury annoyed mad aggressive wutend* wut zornig* zorn arger* colere furieu* enoj* furios* rabia ira raiva zangad* arrabbiat* rabbia boos boze kwaad woede zly wsciek* zlosc* gniew* зл злой злость сердит* гнев* 怒り 怒っ 愤怒 生气 화난 분노',
  afraid:
    'afraid fear fearful scared scary frightened terrified panic* angst furcht* erschrocken* peur effray* terrifi* miedo asustad* medo paura spaventat* bang bange schrik* strach* przeraz* boje страх* боюсь пуга* 怖い 恐い 恐怖 害怕 무서운 두려움',
  nostalgic:
    'nostalg* sentimental* longing yearning reminisc* memories sehnsucht* wehmut* heimweh erinnerung* souvenirs anoranza saudade* saudos* recuerdos ricordi heimwee weemoed* tesknot* teskni* wspomni* носталь* ностальг* тоск* 懐かしい ノスタルジ 郷愁 怀旧 怀念 그리운 향수',
  tender:
    'tender tenderly tenderness love loving affection* romantic intimate sensual cuddl* zartlich* liebe* liebevoll* innig* romantisch* tendre* tendress* amour amoureu* romantique* intim* tierno tierna ternura amor amoros* romantic* carinos* terno terna amore tenero tenera tenerezza teder* liefde* liefdevol* czul* milos* romantyczn* нежн* любов* ласков* 優しい 愛 ロマンチック 温柔 爱 浪漫 다정한 사랑',
  powerful:
    'power powerful strong strength triumphant heroic fiery majestic mighty kraftig* kraftvoll* machtig* stark starke heroisch* triumph* puissant* puissance fort heroique* poderos* heroic* triunfal* potente* eroic* trionf* krachtig* machtig* heldhaftig* potezn* siln* heroiczn* мощн* сильн* героич* 力強い 壮大 有力 强大 雄壮 강렬한 힘찬',
  wondrous:
    'wonder wonderful wondrous amazed amazing amazement awe magical enchanting dazzled moved staun* wunder wunderbar* zauberhaft* magisch* bewegend* emerveill* merveill* magique* asombr* maravill* magic* emocionant* meravigli* incantevol* comovent* verwonder* betover* zachwyc* magiczn* cudown* чудес* волшебн* удивит* восхищ* 素晴らしい 不思議 感動 魔法 神奇 惊叹 感动 경이 놀라운 감동',
  solemn:
    'solemn spiritual sacred holy transcendent transcendence religious prayer inspiring reverent feierlich* geistlich* heilig* andacht* erhaben* inspirier* solennel* spirituel* sacre sacree priere* solemne* espiritual* sagrad* oracion solene* oracao solenn* spirituale* sacro sacra preghiera plechtig* spiritueel* heilige uroczyst* duchow* swiet* торжествен* духовн* священн* 荘厳 神聖 霊的 庄严 神圣 장엄한 영적인',
  lively:
    'lively energetic energy animated upbeat exciting excited stimulating lebhaft* lebendig* energisch* aufgeregt* vif vive energique* anime* excite* energic* animad* animat* vivac* vivaz emocionad* levendig* energiek* opgewekt* zywy zywa energiczn* энергич* жив живой бодр* 元気 活発 活泼 充满活力 兴奋 활기찬 신나는',
  dancing:
    'dance dancing danceable bouncy tanz* dans danse danser dansant* bailar baile bailable dancar danca ballare danza dansen tanecz* tancz* танц* ダンス 踊 舞曲 跳舞 춤',
  hopeful:
    'hope hopeful optimistic uplifting uplift encouraging hoffnung* zuversicht* aufmunternd* erhebend* espoir optimist* encourag* esperanz* esperanc* animador* speranz* ottimist* hoop hoopvol* nadziej* надежд* оптимист* 希望 前向き 充满希望 희망',
  lonely:
    'lonely loneliness alone abandoned einsam* allein* verlassen* seul seule solitaire* solitude solo-solo soledad solitari* sozinh* solidao solitudine eenzaam* samotn* одинок* одиноч* 寂しい 孤独 孤单 외로운 외로움',
  melancholic:
    'melanchol* melancoli* blue bittersweet wistful melancolique* schwermut* weemoedig* melancholij* меланхол* 切ない 憂鬱 忧郁 우울한',
  dreamy:
    'dream dreamy dreams dreamlike ethereal traum* vertraumt* reve reveu* onirique* sonador* onirico* sognant* sogno sonhador* dromerig* marzyc* мечтат* 夢 梦幻 空灵 꿈같은 몽환',
  meditative: 'meditat* mindful* zen yoga contemplat* besinnlich* meditier* contempl* medytac* медитат* 瞑想 冥想 명상',
  mysterious:
    'myster* geheimnisvoll* mystisch* misterios* misterieus* geheimzinnig* tajemnicz* таинствен* 神秘 謎 신비',
  focused:
    'focus focused concentrat* study studying work konzentr* lernen concentrer concentrarme concentrare estudi* etudier studiare concentratie skupi* skupien* сосредоточ* 集中 勉強 专注 学习 집중',
};

/** Sounds that can be asked for by name: found again in a track's style and title. */
export const TEXTURES: Readonly<Record<string, string>> = {
  piano:
    'piano pianos pianist klavier* pianoforte fortepian* pianino nocturne nocturnes фортепиано пианино рояль ピアノ 钢琴 피아노',
  strings:
    'string strings violin* viola cello* streicher* geige* saiten cordes cuerda cuerdas corda cordas archi violon* violin* viool* strijkers smycz* skrzyp* string-quartet adagio quartet скрип* струнн* виолонч* 弦楽 バイオリン 弦乐 小提琴 大提琴 현악 바이올린 첼로',
  harp: 'harp harps harfe* harpe arpa arpas harpa арф* ハープ 竖琴 하프',
  guitar: 'guitar guitars gitarre* guitare* guitarra* chitarr* gitaar gitar* гитар* ギター 吉他 기타',
  pad: 'pad pads synth* synthesizer ambient drone flache* nappe* sintetizador* sintetizzator* синтезатор* シンセ 合成器 신디',
  choir:
    'choir choral chorale voices singing chor chorgesang gesang choeur* chants coro coros coral canto koor koorzang chor* хор хоровой 合唱 聖歌 합창',
  bells:
    'bell bells chime chimes carillon glocke* glocken* glockenspiel cloche* campan* sino sinos sinet* bellen klokken dzwon* music-box musicbox spieluhr колокол* 鐘 ベル オルゴール 铃 钟声 八音盒 종소리',
  mallets:
    'mallet mallets marimba vibraphone* vibrafon* xylophon* kalimba celesta celeste gamelan маримба マリンバ 马林巴',
  winds:
    'woodwind* flute* flutes oboe* clarinet* klarinette* flote* floten querflote panflote flauta* flauto hautbois fluit fluiten flet flety recorder ocarina флейт* フルート 笛 长笛 플루트',
  brass:
    'brass horn horns trumpet* trombone* trompete* blech* cuivres cor trompette* trompeta* tromba koper kopers тромб* труб* ホルン トランペット 铜管 小号 트럼펫',
  organ: 'organ organs orgel* orgue* organo organos organy орган オルガン 管风琴 오르간',
  drums:
    'drum drums percussion schlagzeug* trommel* batterie tambour* bateria tambor* batteria percusion slagwerk perkusj* барабан* ドラム 鼓 드럼',
  rain: 'rain rainy rainfall drizzle regen* pluie* lluvia* chuva* pioggi* deszcz* дожд* 雨 비소리 빗소리',
  ocean:
    'ocean sea waves wave surf shore beach meer meeres* wellen brandung mer vagues ocean* mar olas ondas mare onde zee golven morze fale море морск* волн* 海 波 海浪 바다 파도',
  stream:
    'stream brook creek river water waterfall bach fluss* wasser* ruisseau riviere eau arroyo rio agua ruscello fiume acqua riacho beek rivier strumie* rzek* woda ручей ручь* рек* вода 川 小川 水 溪流 流水 시냇물 강',
  wind: 'wind winds breeze brise vent viento vento wiatr* ветер ветр* 風 风 바람',
  forest:
    'forest wood woods leaves trees birds bird birdsong wald* vogel* blatter foret oiseau* arbres bosque pajaros aves floresta passaros bosco uccelli alberi bos vogels las ptak* лес птиц* 森 鳥 森林 鸟 숲 새소리',
  night:
    'night crickets cricket evening nacht* grille* abend* nuit grillons noche grillos noite notte grilli nacht krekels noc swierszcz* ночь ночн* сверч* 夜 虫の声 夜晚 蟋蟀 밤 귀뚜라미',
  fire: 'fire fireplace campfire hearth kaminfeuer lagerfeuer feuer kamin cheminee feu hoguera chimenea fuego fogueira lareira camino fuoco vuur haardvuur ogien ognisk* огонь кост* 焚き火 暖炉 篝火 壁炉 모닥불',
  thunder:
    'thunder thunderstorm storm gewitter* donner* orage* tonnerre tormenta* trueno* tempestade trovoada temporale tuono onweer donder burz* гроз* гром 雷 雷雨 천둥',
  nature: 'nature natural natur naturgerausche naturaleza natureza natura natuur przyrod* природ* 自然 자연',
  noise: 'noise rauschen bruit ruido rumore ruis szum шум ホワイトノイズ 白噪音 백색소음',
  lullaby:
    'lullaby lullabies wiegenlied* berceuse* nana ninnananna slaapliedje kolysank* колыбельн* 子守唄 摇篮曲 자장가',
  waltz: 'waltz waltzes walzer valse* vals valzer wals walc вальс ワルツ 华尔兹 圆舞曲 왈츠',
  jazz: 'jazz jazzy джаз* ジャズ 爵士 재즈',
  classical:
    'classical classic klassik klassisch* classique* clasic* classic* klassiek* klasyczn* классич* クラシック 古典 클래식',
};

/** At most 31: what a piece sounds like is kept as bits of one number. */
export const TEXTURE_NAMES: readonly string[] = Object.keys(TEXTURES);

/** "not sad", "ohne Schlagzeug": the next one to three words are unwanted. */
export const NEGATIONS = new Set(
  'not no without never less avoid isnt dont doesnt nicht kein keine keinen keiner ohne nie weniger pas sans non jamais moins sin nada menos nunca sem nao senza niente mai meno niet geen zonder nie bez mniej не нет без'.split(
    ' ',
  ),
);
export const STRONGER = new Set(
  'very really so extremely deeply sehr ganz total tres muy molto muito bardzo heel erg zeer очень'.split(' '),
);
export const WEAKER = new Set(
  'bit little slightly somewhat rather etwas leicht bisschen peu poco pouco un-po beetje troche немного'.split(' '),
);
/** A negation ends here: "no drums, but piano". */
export const CLAUSE_ENDS = new Set(
  ', . ; : ! ? but just aber sondern mais pero sino mas ma però maar ale lecz но а'.split(' '),
);
