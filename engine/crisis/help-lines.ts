/**
 * Whom to call, by country. Numbers as published by the service, a public body or the press of that country, looked up
 * (not dialled) on the date given; look again once a year. Every other country gets its emergency number and the
 * international directory.
 */
export interface HelpLine {
  service: string;
  number: string;
  emergency: string;
  source: string;
  checkedOn: string;
}

const CHECKED = '2026-11-23';
const line = (service: string, number: string, emergency: string, source: string): HelpLine => ({
  service,
  number,
  emergency,
  source,
  checkedOn: CHECKED,
});

const BY_COUNTRY: Record<string, HelpLine> = {
  US: line('the 988 Suicide and Crisis Lifeline', '988', '911', 'https://988lifeline.org'),
  CA: line('the 988 Suicide Crisis Helpline', '988', '911', 'https://988.ca'),
  GB: line('Samaritans', '116 123', '999', 'https://www.samaritans.org'),
  IE: line('Samaritans', '116 123', '112', 'https://www.samaritans.org/ireland'),
  DE: line('TelefonSeelsorge', '0800 111 0 111', '112', 'https://www.telefonseelsorge.de'),
  AT: line('TelefonSeelsorge', '142', '112', 'https://www.telefonseelsorge.at'),
  CH: line('Die Dargebotene Hand', '143', '112', 'https://www.143.ch'),
  FR: line('3114, prévention du suicide', '3114', '112', 'https://3114.fr'),
  ES: line('la línea 024', '024', '112', 'https://www.sanidad.gob.es/linea024'),
  NL: line('113 Zelfmoordpreventie', '113', '112', 'https://www.113.nl'),
  AU: line('Lifeline', '13 11 14', '000', 'https://www.lifeline.org.au'),
  IN: line('Tele MANAS', '14416', '112', 'https://telemanas.mohfw.gov.in'),
  BR: line('CVV', '188', '192', 'https://www.cvv.org.br'),
};

const EMERGENCY_ONLY: Record<string, string> = {
  NZ: '111',
  JP: '119',
  KR: '119',
  CN: '120',
  MX: '911',
  IT: '112',
  PT: '112',
  SE: '112',
  PL: '112',
  UA: '112',
  RO: '112',
  RU: '112',
  TR: '112',
};

/** Language alone (“de”) leads to the country where most of its speakers live; the unknown gets a directory. */
const COUNTRY_OF_LANGUAGE: Record<string, string> = {
  en: 'US',
  de: 'DE',
  fr: 'FR',
  es: 'ES',
  it: 'IT',
  pt: 'BR',
  nl: 'NL',
  hi: 'IN',
  ja: 'JP',
  ko: 'KR',
  zh: 'CN',
  sv: 'SE',
  pl: 'PL',
  uk: 'UA',
  ro: 'RO',
  ru: 'RU',
  tr: 'TR',
};

/** `locale` is BCP 47 ("en-GB", "de"). Never null: the last resort is the directory and "112 or 911". */
export function helpLineFor(locale: string): HelpLine {
  const [language = '', ...rest] = locale.split(/[-_]/);
  const country =
    rest.map((part) => part.toUpperCase()).find((part) => /^[A-Z]{2}$/.test(part)) ??
    COUNTRY_OF_LANGUAGE[language.toLowerCase()] ??
    '';
  return (
    BY_COUNTRY[country] ??
    line(
      'a help line in your country',
      'findahelpline.com',
      EMERGENCY_ONLY[country] ?? '112 or 911',
      'https://findahelpline.com',
    )
  );
}
