// The findings: filter, facets, list, and the details of one finding.
import {get, latest, put, query} from './api.js';
import {copy, fill, h, select, toast} from './dom.js';
import {chips, facetList, filterOf, toggled} from './filters.js';
import {kindColour} from './palette.js';
import {go, href, note} from './route.js';
import {count, cut, hex, plain, safe, words} from './text.js';

const LIMIT = 100;
const SORTS = [['place', 'case order'], ['address', 'address'], ['value', 'value'], ['kind', 'kind']];

// Columns with their own presentation in the list or the details; every other column of a finding gets a separate row.
const ARRANGED = new Set(['findingId', 'imageId', 'image', 'analyzer', 'kind', 'value', 'valueLength', 'space', 'physicalAddress', 'path', 'length',
  'context', 'encoding', 'rangeKind', 'cacheType', 'verdict', 'confidence', 'attributes', 'tag', 'note']);
// Records of the kernel have virtual addresses.
const physical = f => f.space === 'physical';
const named = key => words(key.replace(/[A-Z]/g, c => '-' + c.toLowerCase()));

let shared, parts, state, rows, next, ask, askFacets, typing;

export async function enter(main, parameters, all) {
  shared = all;
  ask = latest();
  askFacets = latest();
  parts = {
    search: h('input', {type: 'search', id: 'search', maxlength: 1024, placeholder: 'Search values', 'aria-label': 'Search values',
      spellcheck: 'false', oninput: () => { clearTimeout(typing); typing = setTimeout(searched, 250); }}),
    tools: h('div', {class: 'row'}), chips: h('div', {class: 'chips'}), facets: h('div', {class: 'facets'}),
    total: h('p', {class: 'total', id: 'total', role: 'status', 'aria-live': 'polite'}), list: h('tbody', {}),
    head: h('thead', {}), more: h('div', {class: 'row more'}), detail: h('aside', {class: 'detail card', 'aria-label': 'Finding', hidden: true}),
  };
  fill(main, h('h1', {tabindex: -1, class: 'visually-hidden'}, 'Findings'),
    h('div', {class: 'findings-body'}, h('aside', {class: 'side', 'aria-label': 'Filters'}, parts.facets),
      h('div', {class: 'list'}, h('div', {class: 'searchbar', role: 'search'}, parts.search, parts.tools), parts.chips, parts.total,
        h('div', {class: 'scroll'}, h('table', {class: 'findings', id: 'findings'}, parts.head, parts.list)), parts.more), parts.detail));
  await update(parameters);
}

export function leave() { clearTimeout(typing); parts = undefined; }

export function refreshed() { if (parts && !state.after) load(); }

export async function update(parameters) {
  const before = JSON.stringify([state?.filter, state?.sort, state?.dir, state?.after]);
  state = {filter: filterOf(parameters), sort: parameters.get('sort') ?? 'place', dir: parameters.get('dir') ?? 'asc',
    after: parameters.get('after') ?? '', sel: parameters.get('sel') ?? ''};
  if (document.activeElement !== parts.search) parts.search.value = state.filter.q ?? '';
  bar();
  if (!rows || before !== JSON.stringify([state.filter, state.sort, state.dir, state.after]) || parts.list.childElementCount === 0) await load();
  await detail();
}

const address = changes => ({...state.filter, sort: state.sort === 'place' ? undefined : state.sort,
  dir: state.dir === 'asc' ? undefined : state.dir, ...changes});
const change = filter => go('findings', {...address(), ...Object.fromEntries(Object.keys(state.filter).map(k => [k, undefined])), ...filter});

function searched() {
  const q = parts.search.value;
  if (q === (state.filter.q ?? '')) return;
  go('findings', address({q}), true);
}

function bar() {
  const tags = shared.overview.tags;
  fill(parts.tools,
    select('Match', [['contains', 'contains'], ['exact', 'is'], ['regex', 'regex (RE2)']], state.filter.match ?? 'contains',
      v => change({...state.filter, match: v === 'contains' ? undefined : v}), {id: 'match'}),
    select('Sort', SORTS, state.sort, v => go('findings', address({sort: v === 'place' ? undefined : v}))),
    h('button', {type: 'button', 'aria-label': 'Direction: ' + (state.dir === 'asc' ? 'ascending' : 'descending'),
      onclick: () => go('findings', address({dir: state.dir === 'asc' ? 'desc' : undefined}))}, state.dir === 'asc' ? '↑' : '↓'),
    h('details', {class: 'menu'}, h('summary', {}, 'More filters'), h('form', {class: 'pop', onsubmit: event => {
      event.preventDefault();
      const data = new FormData(event.target);
      change({...state.filter, from: data.get('from') || undefined, to: data.get('to') || undefined,
        alerts: data.get('alerts') ? 'yes' : undefined, tag: data.get('tag') || undefined});
    }}, h('label', {class: 'field'}, h('span', {}, 'From address'), h('input', {name: 'from', value: state.filter.from ?? '', placeholder: '0x…'})),
    h('label', {class: 'field'}, h('span', {}, 'To address'), h('input', {name: 'to', value: state.filter.to ?? '', placeholder: '0x…'})),
    h('label', {class: 'check'}, h('input', {type: 'checkbox', name: 'alerts', checked: state.filter.alerts === 'yes'}), ' on the alert list'),
    select('Tag', [['', 'any'], ['*', 'with a tag or note'], ...tags.map(t => [t, plain(t)])], state.filter.tag ?? '', () => {}, {name: 'tag'}),
    h('button', {type: 'submit', class: 'main'}, 'Apply'))),
    h('a', {class: 'button', id: 'csv', href: '/api/findings.csv' + query(state.filter), download: 'findings.csv'}, 'CSV'));
  chips(parts.chips, state.filter, names(), change);
}

const names = () => new Map(shared.images.map(i => [i.imageId, i.name]));

async function load() {
  parts.total.textContent = 'Loading …';
  const list = ask('findings', {...state.filter, sort: state.sort, dir: state.dir, after: state.after, limit: LIMIT});
  const facets = askFacets('facets', state.filter);
  try {
    const got = await list;
    if (!got || !parts) return;
    rows = got.findings;
    next = got.next;
    table();
  } catch (e) {
    rows = [];
    if (parts) { table(); fill(parts.total, h('span', {class: 'bad', role: 'alert'}, e.message)); }
    facets.catch(() => {});
    return;
  }
  try {
    const got = await facets;
    if (!got || !parts) return;
    fill(parts.total, h('b', {}, count(got.total)), got.total === 1 ? ' finding' : ' findings');
    facetList(parts.facets, got, state.filter, names(), (facet, value) => change(toggled(state.filter, facet, value)));
  } catch (e) {
    if (parts) fill(parts.total, e.message);
  }
}

function table() {
  const many = shared.images.length > 1;
  fill(parts.head, h('tr', {}, ['Kind', 'Value', 'Address', many && 'Image', 'Context', 'Tag'].filter(Boolean).map(t =>
    h('th', {scope: 'col', class: t === 'Context' ? 'context' : null}, t))));
  fill(parts.list, rows.map(f => h('tr', {'data-id': f.findingId, tabindex: 0, 'aria-selected': f.findingId === state.sel ? 'true' : 'false',
    onclick: event => { if (!event.target.closest('a, button')) pick(f.findingId); }},
    h('td', {}, h('span', {class: 'kind', css: {'--kind': kindColour(f.kind)}}, words(f.kind))),
    h('td', {class: 'value'}, cut(f.value, f.valueLength, 120, async () => (await get('findings/' + f.findingId)).value)),
    h('td', {class: 'mono nowrap'}, physical(f) ? h('a', {href: href('page', {image: f.imageId, address: hex(f.physicalAddress), at: f.physicalAddress})}, hex(f.physicalAddress))
      : h('span', {title: 'Virtual address under the page table at ' + f.space}, hex(f.physicalAddress)),
      f.path ? h('div', {class: 'path'}, safe(f.path)) : null),
    many && h('td', {}, safe(f.image)),
    h('td', {class: 'context'}, safe(f.context.slice(0, 160))),
    h('td', {}, f.tag ? h('span', {class: 'tag'}, safe(f.tag)) : f.note ? '✎' : ''))));
  fill(parts.more,
    state.after ? h('button', {type: 'button', onclick: () => history.back()}, '← Back') : null,
    state.after ? h('button', {type: 'button', onclick: () => go('findings', address({}))}, 'First') : null,
    next ? h('button', {type: 'button', id: 'next', onclick: () => go('findings', address({after: next}))}, `Next ${LIMIT} →`) : null);
  if (rows.length === 0) fill(parts.list, h('tr', {}, h('td', {colspan: 6, class: 'muted'}, 'No findings match.')));
}

function pick(id) {
  state.sel = id;
  note('findings', address({after: state.after, sel: id}));
  detail();
}

async function detail() {
  parts.list.querySelectorAll('tr[data-id]').forEach(row => row.setAttribute('aria-selected', String(row.dataset.id === state.sel)));
  parts.detail.hidden = !state.sel;
  if (!state.sel) return;
  const id = state.sel;
  try {
    const f = await get('findings/' + id);
    if (parts && state.sel === id) whole(f);
  } catch (e) {
    fill(parts.detail, h('p', {class: 'notice'}, e.message));
  }
}

function whole(f) {
  const tag = h('input', {type: 'text', maxlength: 64, value: f.tag ?? '', id: 'tag', list: 'tags'});
  const text = h('textarea', {maxlength: 4000, rows: 3, id: 'note'}, f.note ?? '');
  const row = (name, value) => value === undefined || value === null || value === '' ? null : [h('dt', {}, name), h('dd', {}, value)];
  fill(parts.detail,
    h('div', {class: 'row'}, h('span', {class: 'kind', css: {'--kind': kindColour(f.kind)}}, words(f.kind)), h('span', {class: 'grow'}),
      h('button', {type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: close}, '×')),
    h('div', {class: 'bigvalue'}, cut(f.value, f.value.length, 400)),
    h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => copy(f.value, 'Value')}, 'Copy'),
      physical(f) && h('a', {class: 'button', href: href('page', {image: f.imageId, address: hex(f.physicalAddress), at: f.physicalAddress})}, 'Open page'),
      physical(f) && h('a', {class: 'button', href: href('map', {image: f.imageId, at: f.physicalAddress, pages: 1, kind: f.kind})}, 'Show in map'),
      h('a', {class: 'button', href: href('findings', {q: f.value.slice(0, 1000), match: f.value.length > 1000 ? undefined : 'exact'})}, 'Same value')),
    h('dl', {class: 'facts'},
      row('Address', h('span', {class: 'mono'}, hex(f.physicalAddress))),
      row('Address space', physical(f) ? null : h('span', {class: 'mono'}, 'page table at ', safe(f.space))), row('Length', count(f.length) + ' bytes'),
      row('Decoding path', f.path && h('ol', {class: 'decoding'}, f.path.split('-').map(step => h('li', {}, safe(step))))),
      row('Image', safe(f.image)), row('Encoding', words(f.encoding)), row('Analyzer', words(f.analyzer)),
      row('Range kind', words(f.rangeKind)), row('Cache type', words(f.cacheType)), row('Verdict', words(f.verdict)),
      row('Confidence', words(f.confidence)),
      Object.entries(f).filter(([k]) => !ARRANGED.has(k)).map(([k, v]) => row(named(k), safe(String(v ?? '')))),
      Object.entries(typeof f.attributes === 'object' ? f.attributes : {}).map(([k, v]) => row(words(k), safe(String(v)))),
      row('Id', h('span', {class: 'mono small'}, f.findingId))),
    h('h3', {}, 'Context'), h('pre', {class: 'context'}, cut(f.context, f.context.length, 1500)),
    h('form', {class: 'note', onsubmit: async event => {
      event.preventDefault();
      try {
        await put('notes/' + f.findingId, {tag: tag.value, note: text.value});
        Object.assign(rows.find(r => r.findingId === f.findingId) ?? {}, {tag: tag.value.trim(), note: text.value.trim()});
        if (tag.value.trim() && !shared.overview.tags.includes(tag.value.trim())) shared.overview.tags.push(tag.value.trim());
        table();
        toast('Saved');
      } catch (e) { toast(e.message); }
    }}, h('label', {class: 'field'}, h('span', {}, 'Tag'), tag), h('datalist', {id: 'tags'}, shared.overview.tags.map(t => h('option', {value: t}))),
    h('label', {class: 'field'}, h('span', {}, 'Note'), text), h('button', {type: 'submit'}, 'Save')));
}

function close() { state.sel = ''; note('findings', address({after: state.after})); detail(); }

export function key(event) {
  if (!rows?.length) return;
  const at = rows.findIndex(r => r.findingId === state.sel);
  const to = i => {
    const f = rows[Math.max(0, Math.min(rows.length - 1, i))];
    pick(f.findingId);
    parts.list.querySelector(`tr[data-id="${f.findingId}"]`)?.scrollIntoView({block: 'nearest'});
  };
  if (event.key === 'j' || (event.key === 'ArrowDown' && event.target.closest('tr, body'))) { event.preventDefault(); to(at + 1); }
  else if (event.key === 'k' || (event.key === 'ArrowUp' && event.target.closest('tr, body'))) { event.preventDefault(); to(at - 1); }
  else if (event.key === 'Enter' && event.target.dataset?.id) pick(event.target.dataset.id);
  else if (event.key === 'Escape') close();
  else if (event.key === 'y' && at >= 0) copy(rows[at].value, 'Value');
  else if (event.key === 'p' && at >= 0 && physical(rows[at])) go('page', {image: rows[at].imageId, address: hex(rows[at].physicalAddress), at: rows[at].physicalAddress});
}
