// An overview of the case.
import {put} from './api.js';
import {fill, h, toast} from './dom.js';
import {kindColour} from './palette.js';
import {href} from './route.js';
import {bytes, clock, count, hex, pages, percent, plural, safe, words} from './text.js';

let root, shared, place = {};

export async function enter(main, parameters, all) {
  root = main;
  shared = all;
  place = {figures: h('div', {class: 'figures'}), images: h('section', {class: 'card wide'}),
    kinds: h('section', {class: 'card'}), alerts: h('section', {class: 'card'}),
    doubts: h('section', {class: 'card wide'}), remarks: h('section', {class: 'card wide'})};
  fill(root, h('h1', {tabindex: -1, class: 'visually-hidden'}, 'Overview'), place.figures, h('div', {class: 'grid'},
    place.doubts, place.images, place.kinds, place.alerts, place.remarks));
  refreshed();
}

export function refreshed() {
  figures();
  doubts();
  images();
  kinds();
  alerts();
  remarks();
}

export function progress() {
  figures();
  images();
  kinds();
}

function unseenBy() {
  const by = new Map();
  for (const t of shared.overview.tallies) if (t.tally === 'not-analyzed') by.set(t.name, (by.get(t.name) ?? 0) + t.count);
  return [...by].sort((a, b) => b[1] - a[1]);
}

function totals() {
  const running = shared.progress;
  const all = shared.overview.images;
  const sum = f => all.reduce((n, image) => n + (f(image) ?? 0), 0);
  const of = name => shared.overview.tallies.filter(t => t.tally === name).reduce((n, t) => n + t.count, 0);
  return {
    pages: running ? running.images.reduce((n, i) => n + i.pages, 0) : sum(i => i.rangeMapPages),
    done: running ? running.images.reduce((n, i) => n + i.analyzerPages, 0) : sum(i => i.rangeMapPages),
    findings: Math.max(running?.state === 'running' ? running.findings : 0,
      shared.overview.kinds.reduce((n, k) => n + k.count, 0)),
    refused: sum(i => i.refused), failures: of('failures'), unseen: of('not-analyzed'), unseenBy: unseenBy(),
    unreadable: sum(i => i.unreadable), excluded: sum(i => i.excluded),
  };
}

function figure(label, value, detail, to) {
  const inside = [h('span', {class: 'label'}, label), h('span', {class: 'value'}, value),
    h('span', {class: 'detail'}, detail)];
  return to ? h('a', {class: 'figure', href: to}, inside) : h('div', {class: 'figure'}, inside);
}

function figures() {
  const t = totals(), running = shared.progress?.state === 'running', stages = shared.progress?.stages ?? [];
  const last = stages.at(-1);
  fill(place.figures,
    figure(running ? 'Analyzed' : 'Pages', running ? percent(t.done, t.pages) : count(t.pages),
      running ? `${count(t.done)} of ${pages(t.pages)}` : bytes(t.pages * 4096) + ' of physical memory',
      href('coverage')),
    figure('Findings', count(t.findings), plural(Math.max(shared.overview.images.length, shared.progress?.images.length ?? 0), 'image'), href('findings')),
    running && figure('Rate', last ? bytes(last.bytesPerSecond).replace(/\.\d/, '') + '/s' : '–',
      stages.map(s => `${s.stage}: ${s.lagPages ? 'lag ' + count(s.lagPages) + ' pages' : 'no lag'}`).join(', ')),
    figure('Refused', count(t.refused), 'pages that may not be mapped', href('coverage')),
    figure('Not analyzed', count(t.unseen), t.unseen ? t.unseenBy.map(([reason, n]) => `${count(n)} ${reason}`).join(', ') + ' (pages)' : 'every page with bytes was analyzed', href('coverage')),
    figure('Failed analyses', count(t.failures), t.failures ? 'see coverage' : 'none', href('coverage')));
}

function doubts() {
  const all = shared.overview.doubts ?? [];
  const names = new Map(shared.overview.images.map(i => [i.imageId, i.name]));
  const range = d => `${hex(d.address)}–${hex(d.address + d.pages * 4096 - 1)}`;
  place.doubts.hidden = all.length === 0;
  fill(place.doubts, h('h2', {}, 'Doubts'),
    h('p', {class: 'notice', role: 'alert'}, `${plural(all.length, 'doubt')}: bytes that were given up, or that are unreadable, doubtful or changed.`),
    h('div', {class: 'scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, ['Image', 'Reason', 'Addresses', 'Pages', 'Problem'].map(t =>
        h('th', {scope: 'col', class: t === 'Pages' ? 'num' : null}, t)))),
      h('tbody', {}, all.map(d => h('tr', {},
        h('th', {scope: 'row'}, safe(names.get(d.imageId) ?? d.imageId)),
        h('td', {}, d.reason),
        h('td', {class: 'mono'}, d.pages === 0 ? '–'
          : h('a', {href: href('page', {image: d.imageId, address: hex(d.address)})}, range(d))),
        h('td', {class: 'num'}, d.pages === 0 ? '–' : count(d.pages)),
        h('td', {}, safe(d.message))))))));
}

function bar(part, whole, label) {
  const p = h('progress', {max: Math.max(1, whole), value: part, 'aria-label': label});
  return h('span', {class: 'progress'}, p, h('span', {class: 'num'}, percent(part, whole)));
}

function images() {
  const running = shared.progress?.images ?? [];
  const known = new Map(shared.overview.images.map(i => [i.imageId, i]));
  const rows = running.length ? running.map(r => ({...known.get(r.imageId), ...r})) : shared.overview.images;
  const live = running.length > 0;
  fill(place.images, h('h2', {}, 'Images'),
    shared.progress?.failure ? h('p', {class: 'notice', role: 'alert'}, safe(shared.progress.failure)) : null,
    rows.length === 0 ? h('p', {class: 'muted'}, 'No image has been announced yet.') : h('div', {class: 'scroll'},
      h('table', {}, h('thead', {}, h('tr', {}, ['Image', 'Format', 'Memory', live && 'Mapper', live && 'Analyzers',
        live && 'ETA', 'Findings', 'State', 'Page accounting'].filter(Boolean).map(t =>
        h('th', {scope: 'col', class: ['Memory', 'ETA', 'Findings'].includes(t) ? 'num' : null}, t)))),
      h('tbody', {}, rows.map(image => h('tr', {},
        h('th', {scope: 'row'}, h('a', {href: href('map', {image: image.imageId})}, safe(image.name ?? image.imageId))),
        h('td', {}, [image.format, image.wrapping].filter(Boolean).join(', ') || '–'),
        h('td', {class: 'num'}, bytes((image.rangeMapPages ?? image.pages ?? 0) * 4096)),
        live && h('td', {}, bar(image.mapperPages, image.pages, 'Mapper, ' + image.name)),
        live && h('td', {}, bar(image.analyzerPages, image.pages, 'Analyzers, ' + image.name)),
        live && h('td', {class: 'num'}, image.etaSeconds === null || image.etaSeconds === undefined ? '–' : clock(image.etaSeconds)),
        h('td', {class: 'num'}, h('a', {href: href('findings', {image: image.imageId})}, count(found(image)))),
        h('td', {}, words(image.state)),
        h('td', {}, image.addsUp === undefined || image.addsUp === null ? '–' : image.addsUp
          ? h('span', {class: 'good'}, '✓ complete') : h('a', {class: 'bad', href: href('coverage', {image: image.imageId})}, '✗ incomplete'))))))));
}

function found(image) {
  const stored = shared.overview.kinds.filter(k => k.imageId === image.imageId).reduce((n, k) => n + k.count, 0);
  const counted = Object.values(image.findings ?? {}).reduce((n, c) => n + c, 0);
  return Math.max(stored, typeof image.findings === 'object' ? counted : 0);
}

function kinds() {
  const sums = new Map();
  for (const k of shared.overview.kinds) sums.set(k.kind, (sums.get(k.kind) ?? 0) + k.count);
  const counted = new Map(); // from the receipts, which are ahead of the store while a job runs
  for (const image of shared.progress?.images ?? []) {
    for (const [kind, n] of Object.entries(image.findings)) counted.set(kind, (counted.get(kind) ?? 0) + n);
  }
  for (const [kind, n] of counted) sums.set(kind, Math.max(n, sums.get(kind) ?? 0));
  const all = [...sums].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const most = all[0]?.[1] ?? 1;
  fill(place.kinds, h('h2', {}, 'Findings by kind'),
    all.length === 0 ? h('p', {class: 'muted'}, 'No findings yet.') : h('ul', {class: 'bars'}, all.map(([kind, n]) =>
      h('li', {}, h('a', {href: href('findings', {kind})}, h('span', {class: 'name'}, words(kind)),
        h('span', {class: 'track', 'aria-hidden': 'true'}, h('span', {class: 'mark', css: {
          width: (3 + 97 * Math.log1p(n) / Math.log1p(most)) + '%', background: kindColour(kind)}})),
        h('span', {class: 'num'}, count(n)))))),
    all.length > 0 && h('p', {class: 'muted small'}, 'Log scale'));
}

function alerts() {
  const terms = shared.overview.alerts;
  const box = h('input', {type: 'text', maxlength: 64, placeholder: 'domain, name, address …', 'aria-label': 'New term'});
  const save = async list => {
    try {
      await put('alerts', {alerts: list});
      const {get} = await import('./api.js');
      shared.overview = await get('overview');
      alerts();
    } catch (e) { toast(e.message); }
  };
  fill(place.alerts, h('h2', {}, 'Alert list'),
    terms.length === 0 ? h('p', {class: 'muted'}, 'No terms. Add a term to count the findings whose values contain it.')
      : h('ul', {class: 'alerts'}, terms.map(a => h('li', {class: a.count ? 'hit' : ''},
        h('a', {href: href('findings', {q: a.term})}, safe(a.term)),
        h('span', {class: 'num'}, a.count ? plural(a.count, 'finding') : 'not found'),
        h('button', {type: 'button', class: 'quiet', 'aria-label': 'Remove ' + a.term,
          onclick: () => save(terms.filter(t => t !== a).map(t => t.term))}, '×')))),
    h('form', {class: 'row', onsubmit: event => {
      event.preventDefault();
      if (box.value.trim()) save([...terms.map(t => t.term), box.value.trim()]);
    }}, box, h('button', {type: 'submit'}, 'Add')));
}

const ORDER = {critical: -1, 'not-analysed': 0, problem: 1, 'not-shown': 2, warning: 3, note: 4};
const TITLE = {critical: 'Warning', 'not-analysed': 'Not analyzed', problem: 'Problem', warning: 'Warning', note: 'Note', 'not-shown': 'Not shown'};

function remarks() {
  const all = [...shared.overview.remarks].sort((a, b) => (ORDER[a.kind] ?? 9) - (ORDER[b.kind] ?? 9));
  const facts = Object.fromEntries(shared.overview.facts.map(f => [f.name, f.value]));
  fill(place.remarks, h('h2', {}, 'About this case'),
    facts.failure ? h('p', {class: 'notice', role: 'alert'}, safe(facts.failure)) : null,
    all.filter(r => r.kind === 'critical').map(r => h('p', {class: 'notice', role: 'alert'}, safe(r.remark))),
    all.length === 0 ? null : h('ul', {class: 'remarks'}, all.filter(r => r.kind !== 'critical').map(r => h('li', {class: r.kind},
      h('span', {class: 'tag'}, TITLE[r.kind] ?? r.kind), ' ', safe(r.remark)))),
    h('dl', {class: 'facts'}, [['Created by', facts.tool && `${facts.tool} ${facts.version ?? ''}`],
      ['Command', facts['command-line']], ['Started', facts.started], ['Ended', facts.ended]]
      .filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name), h('dd', {}, safe(String(value)))])),
    all.length === 0 && !facts.tool ? h('p', {class: 'muted'}, 'No warnings.') : null);
}
