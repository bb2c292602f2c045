// The physical address space of an image as a zoomable map, from the whole space to a single page.
import {latest} from './api.js';
import {fill, h, select, toast} from './dom.js';
import {addressOf, cells, holes, legend, segmentOf, strip} from './mapdraw.js';
import {go, note} from './route.js';
import {PAGE, bytes, count, hex, plain, safe, words} from './text.js';

const LAYERS = [['range', 'Range'], ['content', 'Content'], ['verdict', 'Verdict'], ['cache', 'Cache type'],
  ['findings', 'Findings'], ['entropy', 'Entropy']];

let shared, parts, state, answer, whole, entropy, geometry, ask, askEntropy, dragging, resizing, timer;

export async function enter(main, parameters, all) {
  shared = all;
  ask = latest();
  askEntropy = latest();
  answer = whole = entropy = undefined;
  if (shared.images.length === 0) {
    fill(main, h('h1', {tabindex: -1}, 'Memory map'), h('p', {class: 'muted'}, 'No image has been announced yet.'));
    parts = undefined;
    return;
  }
  read(parameters);
  build(main);
  await load(true);
}

export async function update(parameters) {
  const before = state?.image;
  read(parameters);
  if (!parts) return;
  controls();
  await load(before !== state.image || !whole);
}

export function leave() {
  resizing?.disconnect();
  clearTimeout(timer);
  parts = undefined;
}

export function redraw() { if (parts && answer) draw(); }

export function refreshed() { if (parts) load(true); }

function read(parameters) {
  const number = name => parameters.has(name) ? Number(parameters.get(name)) : undefined;
  state = {image: parameters.get('image') ?? shared.images[0].imageId, layer: parameters.get('layer') ?? 'content',
    kind: parameters.get('kind') ?? '', first: number('first') ?? 0, pages: number('pages'),
    chosen: -1, at: parameters.get('at')};
}

function build(main) {
  parts = {
    controls: h('div', {class: 'toolbar'}),
    strip: h('canvas', {class: 'strip', 'aria-hidden': 'true'}),
    axis: h('div', {class: 'axis', 'aria-hidden': 'true'}),
    canvas: h('canvas', {tabindex: 0, role: 'application', id: 'map', 'aria-label':
      'Memory map. Arrow keys move, plus and minus zoom, Enter opens the selected page.'}),
    holder: h('div', {class: 'map-holder'}),
    about: h('div', {class: 'about', 'aria-live': 'polite', id: 'map-about'}),
    legend: h('div', {class: 'legend'}),
  };
  parts.holder.append(parts.canvas);
  fill(main, h('h1', {tabindex: -1, class: 'visually-hidden'}, 'Memory map'), parts.controls,
    h('div', {class: 'map-body'}, h('div', {class: 'map-left'}, parts.strip, parts.axis, parts.holder),
      h('aside', {class: 'map-side', 'aria-label': 'About the map'}, parts.legend, parts.about)));
  controls();
  mouse();
  resizing = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (parts && answer && measure()) load(false); }, 120);
  });
  resizing.observe(parts.holder);
  measure();
}

function controls() {
  const image = shared.images.map(i => [i.imageId, plain(i.name)]);
  const kinds = [...new Set(shared.overview.kinds.map(k => k.kind))].sort();
  const jump = h('input', {type: 'text', id: 'jump', placeholder: '0x…', size: 11, 'aria-label': 'Go to address',
    spellcheck: 'false'});
  fill(parts.controls,
    select('Image', image, state.image, v => go('map', {image: v, layer: state.layer, kind: state.kind})),
    h('fieldset', {class: 'segments', 'aria-label': 'Layer'}, LAYERS.map(([layer, label]) => h('label', {},
      h('input', {type: 'radio', name: 'layer', value: layer, checked: layer === state.layer, onchange: () => {
        state.layer = layer;
        remember();
        if (layer === 'entropy') loadEntropy(); else draw();
      }}), h('span', {}, label)))),
    select('Mark', [['', 'none'], ['*', 'all findings'], ...kinds.map(k => [k, words(k)])], state.kind, v => {
      state.kind = v;
      remember();
      load(false);
    }, {id: 'mark'}),
    h('span', {class: 'buttons'},
      h('button', {type: 'button', id: 'zoom-in', title: 'Zoom in (+)', 'aria-label': 'Zoom in', onclick: () => zoom(2, chosenOrMiddle())}, '+'),
      h('button', {type: 'button', id: 'zoom-out', title: 'Zoom out (−)', 'aria-label': 'Zoom out', onclick: () => zoom(-2, chosenOrMiddle())}, '−'),
      h('button', {type: 'button', id: 'fit', title: 'Show the whole map (0)', onclick: fit}, 'All')),
    h('form', {class: 'row', onsubmit: event => { event.preventDefault(); goTo(jump.value); }}, jump,
      h('button', {type: 'submit'}, 'Go')));
}

/** The number of columns is a power of two, so that a row is a round amount of memory. */
function measure() {
  const width = parts.holder.clientWidth;
  const height = Math.max(260, window.innerHeight - parts.holder.getBoundingClientRect().top - 24);
  const columns = width >= 800 ? 128 : width >= 400 ? 64 : 32;
  const size = Math.max(3, Math.floor(width / columns * 2) / 2);
  const rows = Math.max(16, Math.min(96, Math.floor(height / size)));
  const same = geometry && geometry.columns === columns && geometry.rows === rows && geometry.size === size;
  geometry = {columns, rows, size};
  return !same;
}

const capacity = () => geometry.columns * geometry.rows;

function fitting(total) {
  let pages = 1;
  while (pages * capacity() < total) pages *= 2;
  return pages;
}

async function load(reload) {
  try {
    if (reload || !whole) {
      const first = await ask('map', {image: state.image, cells: 64});
      if (!first) return;
      whole = first;
    }
    const all = fitting(whole.totalPages);
    if (!state.pages || state.pages > all) { state.pages = all; state.first = 0; }
    if (state.at) { center(place(Number(state.at))); }
    state.first = clamp(state.first);
    const got = await ask('map', {image: state.image, first: state.first, pages: state.pages, cells: capacity(),
      kind: state.kind && state.kind !== '*' ? state.kind : undefined});
    if (!got || !parts) return;
    answer = got;
    if (state.at) {
      state.chosen = Math.floor((place(Number(state.at)) - answer.first) / answer.pages);
      state.at = undefined;
    }
    entropy = undefined;
    remember();
    draw();
    if (state.layer === 'entropy') loadEntropy();
  } catch (e) {
    toast(e.message);
  }
}

async function loadEntropy() {
  try {
    const got = await askEntropy('entropy', {image: state.image, first: answer.first, pages: answer.pages, cells: capacity()});
    if (!got || !parts) return;
    entropy = got.centibits;
    if (got.state === 'absent') toast('Entropy requires the image, which is not available (serve with --images DIR)');
    if (got.state === 'opening') setTimeout(() => { if (parts && state.layer === 'entropy') loadEntropy(); }, 1500);
    draw();
  } catch (e) {
    toast(e.message);
  }
}

/** Rows stay aligned, so that the map stays steady while zooming. */
function clamp(first) {
  const row = state.pages * geometry.columns;
  const most = Math.max(0, Math.ceil(whole.totalPages / row) - geometry.rows) * row;
  return Math.max(0, Math.min(most, Math.floor(first / row) * row));
}

function place(address) {
  let best = 0;
  for (const s of whole.segments) {
    if (address < s.address) break;
    best = s.place + Math.min(s.pages - 1, Math.floor((address - s.address) / PAGE));
  }
  return best;
}

function center(at) { state.first = at - Math.floor(capacity() / 2) * state.pages; }

function remember() {
  note('map', {image: state.image, layer: state.layer, kind: state.kind, first: state.first || undefined,
    pages: whole && state.pages !== fitting(whole.totalPages) ? state.pages : undefined});
}

function draw() {
  if (!parts || !answer) return;
  cells(parts.canvas, answer, geometry, {layer: state.layer, entropy, mark: state.kind !== '', chosen: state.chosen});
  strip(parts.strip, whole, answer, parts.holder.clientWidth);
  const last = whole.segments.at(-1);
  fill(parts.axis, h('span', {}, '0x0'), h('span', {}, `Whole address space; the range map covers ${bytes(answer.totalPages * PAGE)}`),
    h('span', {}, last ? hex(last.address + last.pages * PAGE) : ''));
  fill(parts.legend, h('h2', {}, LAYERS.find(([l]) => l === state.layer)[1]),
    h('ul', {}, legend(state.layer, answer).map(([c, text]) => h('li', {}, h('span', {class: 'swatch', css: {background: c}}), text))),
    answer.remarks.map(remark => h('p', {class: 'notice small', role: 'note'}, safe(remark))),
    h('p', {class: 'muted small'}, `One cell is ${answer.pages === 1 ? 'one page' : bytes(answer.pages * PAGE)}, one row `
      + `${bytes(answer.pages * geometry.columns * PAGE)}.`),
    holes(answer).length ? h('p', {class: 'muted small'}, '▏ marks a hole in the address space.') : null,
    state.kind ? h('p', {class: 'muted small'}, '● marks cells with ', state.kind === '*' ? 'findings' : words(state.kind), '.') : null);
  describe(state.chosen);
}

function describe(cell) {
  if (cell < 0 || cell >= answer.cells) {
    fill(parts.about, h('p', {class: 'muted small'}, 'Point at a cell or select one with the arrow keys. Use the mouse wheel, + and − to zoom, '
      + 'drag to move, and click or press Enter to open.'));
    return;
  }
  const at = answer.first + cell * answer.pages, segment = segmentOf(answer, at);
  const address = addressOf(answer, at), n = Math.min(answer.pages, answer.totalPages - at);
  const row = (name, value) => [h('dt', {}, name), h('dd', {}, value)];
  fill(parts.about, h('h2', {class: 'mono'}, hex(address)), h('dl', {class: 'facts'},
    row('Size', n === 1 ? 'one page' : `${count(n)} pages, ${bytes(n * PAGE)}`),
    segment && row('Range', [words(segment.kind), segment.name ? [' (', safe(segment.name), ')'] : '', ', source: ', words(segment.provenance)]),
    ['content', 'verdict', 'cache'].map(layer => {
      const data = answer.layers[layer];
      if (!data || data.main[cell] < 0) return null;
      const all = data.words.filter((w, i) => data.mask[cell] >> i & 1 && i !== data.main[cell]);
      return row({content: 'Content', verdict: 'Verdict', cache: 'Cache type'}[layer],
        words(data.words[data.main[cell]]) + (all.length ? ', partly ' + all.map(words).join(', ') : ''));
    }),
    answer.layers.content?.main[cell] < 0 && row('Content', 'no bytes in the image'),
    row(state.kind && state.kind !== '*' ? words(state.kind) : 'Findings', count(answer.findings[cell])),
    entropy && entropy[cell] >= 0 && row('Entropy', (entropy[cell] / 100).toFixed(2) + ' bit/byte' + (n > 1 ? ' (first page)' : ''))),
    n === 1 ? h('button', {type: 'button', class: 'main', id: 'open-page', onclick: () => open(cell)}, 'Open page')
      : h('button', {type: 'button', onclick: () => zoom(3, cell)}, 'Zoom in'));
}

function chosenOrMiddle() {
  return state.chosen >= 0 ? state.chosen : Math.floor(geometry.rows / 2) * geometry.columns + geometry.columns / 2;
}

/** Halves the number of pages per cell `steps` times, and keeps the selected cell in its place. */
function zoom(steps, cell) {
  if (!answer) return;
  const at = answer.first + cell * answer.pages;
  const pages = Math.max(1, Math.min(fitting(answer.totalPages), state.pages / 2 ** steps));
  if (pages === state.pages) return;
  state.pages = pages;
  state.first = clamp(at - Math.floor(cell / geometry.columns) * geometry.columns * pages);
  state.chosen = Math.floor((at - state.first) / pages);
  if (state.chosen >= capacity()) { center(at); state.first = clamp(state.first); state.chosen = Math.floor((at - state.first) / pages); }
  load(false);
}

function fit() { state.pages = undefined; state.chosen = -1; load(false); }

function goTo(text) {
  const address = /^(0x)?[0-9a-f]{1,14}$/i.test(text.trim()) ? parseInt(text.trim().replace(/^0x/i, ''), 16) : NaN;
  if (Number.isNaN(address)) { toast('Enter a physical address in hex'); return; }
  state.pages = Math.min(state.pages, 1);
  state.at = address;
  load(false);
}

function open(cell) {
  const address = addressOf(answer, answer.first + cell * answer.pages);
  go('page', {image: state.image, address: hex(address)});
}

function choose(cell) {
  state.chosen = Math.max(0, Math.min(answer.cells - 1, cell));
  draw();
}

function cellAt(event) {
  const box = parts.canvas.getBoundingClientRect();
  const x = Math.floor((event.clientX - box.left) / geometry.size), y = Math.floor((event.clientY - box.top) / geometry.size);
  const cell = y * geometry.columns + x;
  return x >= 0 && x < geometry.columns && y >= 0 && answer && cell < answer.cells ? cell : -1;
}

function mouse() {
  const canvas = parts.canvas;
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    const cell = cellAt(event);
    if (cell >= 0) zoom(event.deltaY < 0 ? 2 : -2, cell);
  }, {passive: false});
  canvas.addEventListener('pointerdown', event => {
    dragging = {y: event.clientY, x: event.clientX, first: state.first, moved: false};
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (dragging && answer) {
      const rows = Math.round((dragging.y - event.clientY) / geometry.size);
      if (Math.abs(event.clientY - dragging.y) + Math.abs(event.clientX - dragging.x) > 5) dragging.moved = true;
      const first = clamp(dragging.first + rows * geometry.columns * state.pages);
      if (dragging.moved && first !== state.first) { state.first = first; state.chosen = -1; load(false); }
      return;
    }
    const cell = cellAt(event);
    if (cell >= 0 && cell !== state.chosen) choose(cell);
  });
  canvas.addEventListener('pointerup', event => {
    const still = dragging && !dragging.moved;
    dragging = undefined;
    const cell = cellAt(event);
    if (!still || cell < 0) return;
    choose(cell);
    if (answer.pages === 1) open(cell); else zoom(3, cell);
  });
}

export function key(event) {
  if (!parts || !answer || event.target.closest('input, select, button, a')) return;
  const start = state.chosen < 0 ? Math.floor(capacity() / 2) : state.chosen;
  const moves = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -geometry.columns, ArrowDown: geometry.columns};
  if (event.key in moves) {
    event.preventDefault();
    const to = (state.chosen < 0 ? start : start + moves[event.key]);
    if (to < 0 || to >= answer.cells) {
      state.first = clamp(state.first + Math.sign(to < 0 ? -1 : 1) * geometry.columns * state.pages);
      load(false);
    } else {
      choose(to);
    }
  } else if (event.key === '+' || event.key === '=') zoom(2, start);
  else if (event.key === '-') zoom(-2, start);
  else if (event.key === '0') fit();
  else if (event.key === 'PageDown' || event.key === 'PageUp') {
    event.preventDefault();
    state.first = clamp(state.first + (event.key === 'PageDown' ? 1 : -1) * Math.floor(geometry.rows / 2) * geometry.columns * state.pages);
    load(false);
  } else if (event.key === 'Enter' && state.chosen >= 0) {
    event.preventDefault();
    if (answer.pages === 1) open(state.chosen); else zoom(3, state.chosen);
  }
}
