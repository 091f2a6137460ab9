import { LANGUAGES, TEXTS } from './texts.js';

/** `?lang=` wins, then what the browser asks for, in its order; a language that we do not have is English. */
function chosen() {
  const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
  return asked.map((tag) => tag?.toLowerCase().split('-')[0]).find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}

/** The language of this page. */
export const language = chosen();

const column = LANGUAGES.indexOf(language);
const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const plurals = new Intl.PluralRules(language);

/** @param {number} value */
export const number = (value) => numbers.format(value);

/**
 * @param {string} key of {@link TEXTS}
 * @param {Record<string, string | number>} [values] for its `{names}`; numbers as the language writes them
 */
export function text(key, values = {}) {
  return TEXTS[key][column].replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === 'number' ? number(values[name]) : values[name]));
}

/**
 * What the node says by a code, as the page would say it; in the node's own words where the page has none.
 *
 * @param {string[]} keys of {@link TEXTS}, if there are such @param {string} words @param {Record<string, number>} [values]
 */
export function told(keys, words, values) {
  const key = keys.find((each) => each in TEXTS);
  return key ? text(key, values) : words;
}

/** @param {string} code of the lane or of a problem document; some that begin alike have one text @param {string} words */
export const toldError = (code, words) => told([`node.${code}`, `node.${String(code).split('-')[0]}`], words);

/** @param {{code: string, text: string}} notice */
export const toldNotice = ({ code, text: words }) => told([`notice.${code}`], words);

/**
 * A text that depends on a count: `key.one` or `key.other`, with `{n}`.
 *
 * @param {string} key @param {number} n
 */
export const counted = (key, n) => text(`${key}.${plurals.select(n) === 'one' ? 'one' : 'other'}`, { n });

/** What a language, or a region by its two letters, is called here; anything else is left as it is. */
const nameIn = (type) => {
  const names = new Intl.DisplayNames(language, { type, fallback: 'code' });
  return (code) => {
    try {
      return names.of(code);
    } catch {
      return code;
    }
  };
};

/** @type {(code: string) => string} */
export const languageName = nameIn('language');

/** @type {(code: string) => string} */
export const regionName = nameIn('region');

const relative = new Intl.RelativeTimeFormat(language, { style: 'narrow' });

/** @param {number} ms how long ago */
export const ago = (ms) => (ms < 60_000 ? text('now') : relative.format(-Math.floor(ms / 60_000), 'minute'));

const ATTRIBUTES = { label: 'aria-label', placeholder: 'placeholder', title: 'title' };

/** Fills in what a page's HTML names by `data-text`, `data-label`, `data-placeholder` and `data-title`. */
function localise() {
  document.documentElement.lang = language;
  for (const target of document.querySelectorAll('[data-text]')) target.textContent = text(target.dataset.text);
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    for (const target of document.querySelectorAll(`[data-${name}]`)) target.setAttribute(attribute, text(target.dataset[name]));
  }
}

localise();
