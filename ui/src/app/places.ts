// Countries and time zones as choices in the reader's language. The list of zones is the server's; names are the browser's.
import type { Lang } from '$/api/types';
import { country } from './format';

const COUNTRIES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );

export interface Choice { value: string; label: string; more?: string; words?: string }

/** All countries by name, those of our languages first. */
export function countries(lang: Lang): Choice[] {
  const first = ['RU', 'PL', 'BY', 'KZ', 'DE', 'GB', 'US'];
  const rest = COUNTRIES.filter((code) => !first.includes(code)).map((value) => ({ value, label: country(value), more: value }));
  return [...first.map((value) => ({ value, label: country(value), more: value })), ...rest.sort((a, b) => a.label.localeCompare(b.label, lang))];
}

/** Zones with their offset of today; found by the browser's name of the place too ("Москва"). */
export function zones(names: string[], lang: Lang): Choice[] {
  const now = new Date();
  const part = (zone: string, style: 'shortOffset' | 'shortGeneric'): string => {
    try {
      return new Intl.DateTimeFormat(lang, { timeZone: zone, timeZoneName: style }).formatToParts(now).find((p) => p.type === 'timeZoneName')?.value ?? '';
    } catch {
      return '';
    }
  };
  return names.map((value) => ({ value, label: value.replaceAll('_', ' '), more: part(value, 'shortOffset'), words: part(value, 'shortGeneric') }));
}

type Regional = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };

/** The zones of a country as far as the browser knows them. */
export function zonesOf(code: string): string[] {
  const place = new Intl.Locale(`und-${code}`) as Regional;
  return place.getTimeZones?.() ?? place.timeZones ?? [];
}

/** The country in which the reader most likely is: the one of their time zone, else of their language. */
export function likelyCountry(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return COUNTRIES.find((code) => zonesOf(code).includes(zone)) ?? new Intl.Locale(navigator.language).maximize().region ?? 'PL';
}
