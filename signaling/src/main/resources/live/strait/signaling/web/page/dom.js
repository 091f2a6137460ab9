/** What both pages need of the document and of their own address. */

/** @param {string} id @returns {HTMLElement} */
export const byId = (id) => document.getElementById(id);

/**
 * `/watch/ROOM?token=…` and `/studio/ROOM?token=…` name the room and carry the right to it.
 *
 * @returns {{room: string, token: string | null, query: URLSearchParams}}
 */
export function pageAddress() {
  const query = new URLSearchParams(location.search);
  return { room: decodeURIComponent(location.pathname.split('/')[2] ?? ''), token: query.get('token'), query };
}

/** An element of the icon sheet. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', iconHref(name));
  svg.append(use);
  return svg;
}

/** @param {string} name */
export const iconHref = (name) => `/web/icons.svg#${name}`;

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Fills a `dl` in place, so that a reader's selection and a screen reader's position survive the next second.
 *
 * @param {HTMLElement} list
 * @param {[string, string][]} rows
 */
export function showFigures(list, rows) {
  while (list.children.length > rows.length * 2) list.lastElementChild.remove();
  rows.forEach(([name, value], i) => {
    if (!list.children[i * 2]) list.append(element('dt'), element('dd'));
    setText(list.children[i * 2], name);
    setText(list.children[i * 2 + 1], value);
  });
}

/** @param {Element} target @param {string} text */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}
