// Draws the map's cells and the strip above them. Sends no requests.
import {ALARMS, amount, colour} from './palette.js';
import {PAGE} from './text.js';

const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Sizes a canvas for sharp pixels on any screen; returns its context, in CSS pixels. */
export function sharp(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = width + 'px';
  canvas.style.height = height + 'px';
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

function cellColour(layer, answer, entropy, cell, mostFindings) {
  if (layer === 'findings') {
    const n = answer.findings[cell];
    return n ? amount(0.15 + 0.85 * Math.log1p(n) / Math.log1p(mostFindings)) : ink('--cell');
  }
  if (layer === 'entropy') {
    const e = entropy?.[cell] ?? -1;
    return e < 0 ? ink('--cell') : amount(e / 800);
  }
  const data = answer.layers[layer];
  const word = data ? data.main[cell] : -1;
  return word < 0 ? ink('--cell') : colour(layer, data.words[word]);
}

/**
 * Draws all cells.
 * @param geometry {columns, rows, size}
 * @param look {layer, entropy, mark, chosen}
 */
export function cells(canvas, answer, geometry, look) {
  const {columns, rows, size} = geometry;
  const context = sharp(canvas, columns * size, rows * size);
  Object.assign(canvas.dataset, {first: answer.first, pages: answer.pages, columns, size}); // for tests and tools
  context.clearRect(0, 0, columns * size, rows * size);
  const gap = size > 5 ? 1 : 0, side = size - gap;
  const most = answer.findings.reduce((a, b) => Math.max(a, b), 1);
  const alarms = ALARMS[look.layer], data = answer.layers[look.layer];
  const alarmBits = data ? alarms.map(w => data.words.indexOf(w)).filter(i => i >= 0) : [];
  for (let cell = 0; cell < answer.cells; cell++) {
    const x = (cell % columns) * size, y = Math.floor(cell / columns) * size;
    context.fillStyle = cellColour(look.layer, answer, look.entropy, cell, most);
    context.fillRect(x, y, side, side);
    for (const bit of alarmBits) {
      if (data.mask[cell] >> bit & 1 && data.main[cell] !== bit) {
        context.fillStyle = colour(look.layer, data.words[bit]);
        context.fillRect(x, y + side - Math.max(2, side / 3), Math.max(2, side / 3), Math.max(2, side / 3));
        break;
      }
    }
  }
  breaks(context, answer, geometry);
  if (look.mark) marks(context, answer, geometry);
  if (look.chosen >= 0 && look.chosen < answer.cells) outline(context, geometry, look.chosen);
}

/** Marks holes in memory with a notch before the first cell after the hole. */
function breaks(context, answer, {columns, size}) {
  context.fillStyle = ink('--text');
  for (const segment of holes(answer)) {
    const cell = Math.floor((segment.place - answer.first) / answer.pages);
    if (cell < 0 || cell >= answer.cells) continue;
    context.fillRect((cell % columns) * size - 1.5, Math.floor(cell / columns) * size - 1, 2, size + 1);
  }
}

/** Segments that do not begin at the end of the previous one. */
export function holes(answer) {
  return answer.segments.filter((segment, i) => i > 0
    && answer.segments[i - 1].address + answer.segments[i - 1].pages * PAGE !== segment.address);
}

function marks(context, answer, {columns, size}) {
  const radius = Math.max(1.5, size * 0.2);
  for (let cell = 0; cell < answer.cells; cell++) {
    if (!answer.findings[cell]) continue;
    const x = (cell % columns + 0.5) * size - 0.5, y = (Math.floor(cell / columns) + 0.5) * size - 0.5;
    context.beginPath();
    context.arc(x, y, radius + 1, 0, 2 * Math.PI);
    context.fillStyle = '#14171a';
    context.fill();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = '#ffffff';
    context.fill();
  }
}

function outline(context, {columns, size}, cell) {
  const x = (cell % columns) * size, y = Math.floor(cell / columns) * size;
  context.lineWidth = 3;
  context.strokeStyle = ink('--surface');
  context.strokeRect(x - 1.5, y - 1.5, size + 2, size + 2);
  context.lineWidth = 2;
  context.strokeStyle = ink('--text');
  context.strokeRect(x - 1.5, y - 1.5, size + 2, size + 2);
}

/** The whole address space in one strip, with holes at their true size, and the visible part. */
export function strip(canvas, whole, answer, width) {
  const height = 22, context = sharp(canvas, width, height);
  context.clearRect(0, 0, width, height);
  if (!whole.segments.length) return;
  const last = whole.segments.at(-1), end = last.address + last.pages * PAGE;
  const x = address => address / end * width;
  context.fillStyle = ink('--cell');
  context.fillRect(0, 7, width, 8);
  for (const s of whole.segments) {
    context.fillStyle = colour('range', s.kind);
    context.fillRect(x(s.address), 7, Math.max(1, x(s.pages * PAGE)), 8);
  }
  const from = addressOf(whole, answer.first), to = addressOf(whole, Math.min(answer.totalPages, answer.first + answer.cells * answer.pages) - 1);
  context.lineWidth = 2;
  context.strokeStyle = ink('--text');
  const left = Math.max(1, x(from)), right = Math.min(width - 1, x(to + PAGE));
  context.strokeRect(left, 3, Math.max(4, right - left), 16);
}

/** The physical address of a page, given its number in the map. */
export function addressOf(answer, place) {
  let best = answer.segments[0];
  for (const s of answer.segments) if (s.place <= place) best = s; else break;
  return best ? best.address + (place - best.place) * PAGE : 0;
}

/** The segment that contains a page. */
export function segmentOf(answer, place) {
  let best;
  for (const s of answer.segments) if (s.place <= place) best = s; else break;
  return best;
}

/** The rows of the legend for a layer: [color, text]. */
export function legend(layer, answer) {
  if (layer === 'findings') return [[ink('--cell'), 'none'], [amount(0.15), 'few'], [amount(1), 'many']];
  if (layer === 'entropy') {
    return [[ink('--cell'), 'no bytes'], [amount(0), '0 bit/byte: all bytes equal'], [amount(0.5), '4'],
      [amount(0.75), '6: code'], [amount(1), '8: compressed or random']];
  }
  const data = answer.layers[layer];
  const rows = (data?.words ?? []).map(word => [colour(layer, word), word.replaceAll('-', ' ')]);
  if (!data || data.main.some((m, i) => m < 0 && i < answer.cells)) rows.push([ink('--cell'), 'unknown']);
  return rows;
}
