// The ledger as numbers that add up: what became of every page, and why.
import {get} from './api.js';
import {fill, h, select} from './dom.js';
import {colour} from './palette.js';
import {go, href} from './route.js';
import {PAGE, bytes, count, hex, percent, plain, safe, words} from './text.js';

const PARTS = [
  ['mapped', 'Mapped', 'judged readable as requested', ['verdict', 'mapped']],
  ['overridden', 'Overridden', 'readable with the cache type that the page already had', ['verdict', 'overridden']],
  ['refused', 'Refused', 'may not be mapped: the reasons are below. What the image holds of them is analyzed all the same, unless --skip-refused is given', ['verdict', 'refused']],
  ['zero', 'Zero', 'hold only zeros: nothing can be found in them', ['content', 'zero']],
  ['excluded', 'Excluded', 'left out by whoever made the image', ['content', 'excluded']],
  ['absent', 'Absent', 'in the range map, but the image has no bytes of them', ['content', 'unreadable']],
];

const REASONS = {
  'device-memory-not-read': 'Device memory: on a live machine, reading it can change the device. --read-device-memory grants it.',
  'paging-structure': 'Holds page tables; Windows 1803 and later refuse to map them.',
  'large-page': 'Covered by a large page and asked for with another cache type than the large page has.',
  'io-conflict': 'A live I/O mapping with another cache type overlaps.',
  'invalid-request': 'The request itself was impossible: size, type or addresses.',
};

let root, shared, state;

export async function enter(main, parameters, all) {
  root = main;
  shared = all;
  await update(parameters);
}

export async function update(parameters) {
  if (shared.images.length === 0) {
    fill(root, h('h1', {tabindex: -1}, 'Coverage'), h('p', {class: 'muted'}, 'No image has been announced yet.'));
    return;
  }
  state = {image: parameters.get('image') ?? shared.images[0].imageId};
  show(await get('coverage', state));
}

export function refreshed() { if (state) get('coverage', state).then(show, () => {}); }

function show(answer) {
  const image = answer.image, of = tally => answer.tallies.filter(t => t.tally === tally);
  fill(root, h('h1', {tabindex: -1, class: 'visually-hidden'}, 'Coverage'),
    h('div', {class: 'toolbar'}, select('Image', shared.images.map(i => [i.imageId, plain(i.name)]), state.image, v => go('coverage', {image: v})),
      h('span', {class: 'badge ' + (image.addsUp ? 'good' : 'bad')}, image.addsUp ? '✓ every page is accounted for' : '✗ does not add up')),
    critical(answer.remarks), h('div', {class: 'grid'}, sum(image), h('div', {class: 'stack'}, notAnalyzed(answer, of), refusals(image, of('refused-pages')), failures(of('failures')), remarks(answer.remarks.filter(r => r.kind !== 'critical'))),
      decisions(of('verdict-pages')), files(answer), ranges(answer)));
}

function card(title, wide, ...content) { return h('section', {class: 'card' + (wide ? ' wide' : '')}, h('h2', {}, title), content); }

function table(heads, rows, numbers = []) {
  return h('div', {class: 'scroll'}, h('table', {}, h('thead', {}, h('tr', {}, heads.map((t, i) => h('th', {scope: 'col', class: numbers.includes(i) ? 'num' : null}, t)))),
    h('tbody', {}, rows.map(cells => h('tr', {}, cells.map((c, i) => h('td', {class: numbers.includes(i) ? 'num' : null}, c)))))));
}

function sum(image) {
  const total = PARTS.reduce((n, [name]) => n + image[name], 0);
  return card('What became of the pages', false,
    h('div', {class: 'sumbar', 'aria-hidden': 'true'}, PARTS.filter(([name]) => image[name]).map(([name, , , c]) =>
      h('span', {css: {'flex-grow': image[name] / Math.max(1, total), background: colour(...c)}}))),
    h('table', {class: 'sum'}, h('tbody', {}, PARTS.map(([name, label, why, c], i) => h('tr', {},
      h('td', {class: 'op'}, i ? '+' : ''), h('td', {class: 'num'}, count(image[name])),
      h('td', {class: 'num muted'}, image.rangeMapPages ? percent(image[name], image.rangeMapPages) : ''),
      h('td', {}, h('span', {class: 'swatch', css: {background: colour(...c)}}), h('b', {}, label), h('div', {class: 'muted small'}, why,
        name === 'absent' && image.absent ? `: ${count(image.withoutBytes)} without bytes, ${count(image.unreadable)} unreadable` : ''))))),
    h('tfoot', {}, h('tr', {}, h('td', {class: 'op'}, '='), h('td', {class: 'num'}, count(total)), h('td', {class: 'num muted'}, bytes(total * PAGE)),
      h('td', {}, total === image.rangeMapPages ? h('span', {class: 'good'}, '✓ as many as the range map has')
        : h('span', {class: 'bad'}, `✗ the range map has ${count(image.rangeMapPages)}: ${count(Math.abs(total - image.rangeMapPages))} `
          + (total < image.rangeMapPages ? 'have no receipt' : 'too many'))))))); 
}

function critical(all) {
  return all.filter(r => r.kind === 'critical').map(r => h('p', {class: 'notice', role: 'alert'}, safe(r.remark)));
}

const UNSEEN = {excluded: 'The image says that the pages were left out.', unreadable: 'The image should hold the pages, but they could not be read.',
  absent: 'The memory map has the pages, the image does not.', withheld: 'Refused, and --skip-refused was given.',
  failed: 'Their runs were lost, or every analyzer failed on them.'};

function notAnalyzed(answer, of) {
  const tallies = of('not-analyzed'), more = Object.fromEntries(of('more-unseen-ranges').map(t => [t.name, t.count]));
  const from = reason => answer.unseenRanges.filter(r => r.reason === reason);
  const end = r => r.physicalAddress + r.pageCount * PAGE - 1;
  const where = reason => [from(reason).slice(0, 20).map(r => h('div', {}, h('a', {class: 'mono', href: href('page', {image: state.image, address: hex(r.physicalAddress)})},
    hex(r.physicalAddress)), ' to ', h('span', {class: 'mono'}, hex(end(r))))), rest(Math.max(0, from(reason).length - 20) + (more[reason] ?? 0))];
  const rest = n => n ? h('div', {class: 'muted'}, `and ${count(n)} more ranges`) : null;
  return card('Not analyzed', false, tallies.length === 0 ? h('p', {class: 'muted'}, 'Every page that holds bytes was analyzed.')
    : table(['Reason', 'Pages', 'Where', 'What it means'], tallies.map(t => [words(t.name), count(t.count), where(t.name), UNSEEN[t.name] ?? '']), [1]));
}

function refusals(image, tallies) {
  return card('Refusals', false, tallies.length === 0 ? h('p', {class: 'muted'}, 'No page was refused.')
    : table(['Reason', 'Pages', 'What it means'], tallies.map(t => [words(t.name), count(t.count), REASONS[t.name] ?? '']), [1]));
}

const FAILURES = {'time-out': 'The analyzer took too long on one run and was stopped; the run is a dead letter for it.',
  error: 'The analyzer failed on one run; the run is a dead letter for it.'};

function failures(tallies) {
  return card('Failed analyses', false, tallies.length === 0 ? h('p', {class: 'muted'}, 'Every analyzer finished every run.')
    : table(['Analyzer and reason', 'Runs', 'What it means'], tallies.map(t => [t.name, count(t.count),
      FAILURES[t.name.split(':').pop()] ?? 'The run is kept on the topic dead-letters.']), [1]));
}

const TITLE = {'not-analysed': 'Not analyzed', problem: 'Problem', warning: 'Odd', note: 'Note', hint: 'Fact', 'not-shown': 'Not shown'};

function remarks(all) {
  return card('Remarks', false, all.length === 0 ? h('p', {class: 'muted'}, 'Nothing to remark.') : h('ul', {class: 'remarks'}, all.map(r =>
    h('li', {class: r.kind}, h('span', {class: 'tag'}, TITLE[r.kind] ?? r.kind), ' ', r.name ? [h('b', {}, safe(r.name)), ' '] : '', safe(r.remark)))));
}

function decisions(tallies) {
  return card('Rows that decided', true, tallies.length === 0 ? h('p', {class: 'muted'}, 'No verdict yet.')
    : table(['Row', 'Pages', 'Condition', 'Source'], tallies.map(t => [t.name, count(t.count), t.policy?.condition ?? '', t.policy?.source ?? '']), [1]));
}

function digest(file) {
  const sha256 = file.sha256 ?? 'not known yet';
  return file.unreadable ? `${sha256} without ${safe(file.unreadable)} (unreadable)` : sha256;
}

function files(answer) {
  return card('Files and stages', true,
    table(['File', 'Size', 'SHA-256'], answer.files.map(f => [safe(f.name), bytes(f.sizeBytes), h('span', {class: 'mono small'}, digest(f))]), [1]),
    table(['Stage', 'Runs', 'Pages', 'Bytes of pages'], answer.receipts.map(r => [words(r.stage), count(r.runs), count(r.pages), bytes(r.payloadBytes)]), [1, 2, 3]));
}

function ranges(answer) {
  return card('Range map', true, answer.rangesCut ? h('p', {class: 'muted'}, 'The first ranges of very many.') : null,
    table(['From', 'To', 'Size', 'Kind', 'Name', 'Said by', 'Cache type', 'Became'], answer.ranges.map(r => [
      h('a', {class: 'mono', href: href('page', {image: state.image, address: hex(r.address)})}, hex(r.address)),
      h('span', {class: 'mono'}, hex(r.address + r.pages * PAGE - 1)), bytes(r.pages * PAGE),
      [h('span', {class: 'swatch', css: {background: colour('range', r.kind)}}), words(r.kind)], safe(r.name), words(r.provenance), words(r.established),
      Object.entries(r.became).map(([k, n]) => `${words(k)} ${count(n)}`).join(', ') || 'no receipt']), [2]));
}
