// Formats numbers and hostile text for display.
import {h} from './dom.js';

export const PAGE = 4096;

const COUNT = new Intl.NumberFormat('en-US');
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export const count = n => COUNT.format(n ?? 0);
// Addresses of a kernel are negative: signed numbers of 64 bits.
export const hex = n => '0x' + (n < 0 ? BigInt.asUintN(64, BigInt(n)) : n).toString(16);
export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;

export function bytes(n) {
  let unit = 0;
  while (n >= 1024 && unit < UNITS.length - 1) { n /= 1024; unit++; }
  return unit === 0 || Number.isInteger(n) ? `${n} ${UNITS[unit]}` : `${n.toFixed(1)} ${UNITS[unit]}`;
}

export const pages = n => `${count(n)} pages (${bytes(n * PAGE)})`;

export function percent(part, whole) {
  if (!whole) return '–';
  if (part >= whole) return '100 %';
  return (Math.min(99.9, 100 * part / whole)).toFixed(1) + ' %'; // 100 % is shown only when everything is done
}

export function clock(seconds) {
  const s = Math.round(seconds) % 60, m = Math.floor(seconds / 60) % 60, o = Math.floor(seconds / 3600);
  return (o ? o + ':' + String(m).padStart(2, '0') : m) + ':' + String(s).padStart(2, '0');
}

/** 'frame-buffer' as 'frame buffer'. */
export const words = text => String(text ?? '').replaceAll('-', ' ');

// As HostileText in the program: controls, direction marks, invisible characters, separators.
const DANGEROUS = /[\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u034f\u115f\u1160\u2065\u3164\uffa0\u{e0000}-\u{e0fff}]/gu;

const C0 = ('NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US')
  .split(' ');

function picture(c) {
  const code = c.codePointAt(0);
  return C0[code] ?? (code === 0x7f ? 'DEL' : 'U+' + code.toString(16).toUpperCase().padStart(4, '0'));
}

/** Hostile text for places that accept only text: a title, a selection list. */
export const plain = text => String(text).replaceAll(DANGEROUS, c => `‹${picture(c)}›`);

/** Hostile text with all characters visible, in an element that isolates its direction. */
export function safe(text, attributes) {
  const element = h('bdi', {class: 'hostile', ...attributes});
  let at = 0;
  for (const match of text.matchAll(DANGEROUS)) {
    if (match.index > at) element.append(text.slice(at, match.index));
    element.append(h('span', {class: 'ctl', title: 'U+' + match[0].codePointAt(0).toString(16).padStart(4, '0')},
      picture(match[0])));
    at = match.index + match[0].length;
  }
  element.append(text.slice(at));
  return element;
}

/** Hostile text cut to a length, with a button that shows the rest; `whole` fetches it if necessary. */
export function cut(text, length, most, whole) {
  if ((length ?? text.length) <= most) return safe(text);
  const place = h('span', {}, safe(text.slice(0, most)), '… ');
  const button = h('button', {type: 'button', class: 'link', onclick: async event => {
    event.stopPropagation();
    const all = whole && text.length < length ? await whole() : text;
    place.replaceChildren(h('span', {class: 'long'}, safe(all)));
  }}, `show all ${count(length ?? text.length)} characters`);
  place.append(button);
  return place;
}
