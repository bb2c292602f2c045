// Page accounting: the outcome for every page, with reasons.
import {get} from './api.js';
import {fill, h, select} from './dom.js';
import {colour} from './palette.js';
import {go, href} from './route.js';
import {PAGE, bytes, count, hex, percent, plain, safe, words} from './text.js';

const PARTS = [
  ['mapped', 'Mapped', 'may be mapped with the requested cache type', ['verdict', 'mapped']],
  ['overridden', 'Overridden', 'may be mapped with the established cache type', ['verdict', 'overridden']],
  ['refused', 'Refused', 'may not be mapped; see the reasons below. Their contents in the image are analyzed unless --skip-refused is given', ['verdict', 'refused']],
  ['zero', 'Zero', 'contain only zeros and therefore no findings', ['content', 'zero']],
  ['excluded', 'Excluded', 'left out by the acquisition tool', ['content', 'excluded']],
  ['absent', 'Absent', 'in the range map, but without bytes in the image', ['content', 'unreadable']],
];

const REASONS = {
  'device-memory-not-read': 'Device memory: on a live machine, reading it can change the state of the device. --read-device-memory permits it.',
  'paging-structure': 'Contains page tables; Windows 1803 and later refuse to map them.',
  'large-page': 'Covered by a large page whose cache type differs from the requested one.',
  'io-conflict': 'Overlaps a live I/O mapping with a different cache type.',
  'invalid-request': 'The request itself was invalid: size, type or addresses.',
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
      h('span', {class: 'badge ' + (image.addsUp ? 'good' : 'bad')}, 'Page accounting: ' + (image.addsUp ? 'complete' : 'incomplete'))),
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
  return card('Page accounting', false,
    h('div', {class: 'sumbar', 'aria-hidden': 'true'}, PARTS.filter(([name]) => image[name]).map(([name, , , c]) =>
      h('span', {css: {'flex-grow': image[name] / Math.max(1, total), background: colour(...c)}}))),
    h('table', {class: 'sum'}, h('tbody', {}, PARTS.map(([name, label, why, c], i) => h('tr', {},
      h('td', {class: 'op'}, i ? '+' : ''), h('td', {class: 'num'}, count(image[name])),
      h('td', {class: 'num muted'}, image.rangeMapPages ? percent(image[name], image.rangeMapPages) : ''),
      h('td', {}, h('span', {class: 'swatch', css: {background: colour(...c)}}), h('b', {}, label), h('div', {class: 'muted small'}, why,
        name === 'absent' && image.absent ? `: ${count(image.withoutBytes)} without bytes, ${count(image.unreadable)} unreadable` : ''))))),
    h('tfoot', {}, h('tr', {}, h('td', {class: 'op'}, '='), h('td', {class: 'num'}, count(total)), h('td', {class: 'num muted'}, bytes(total * PAGE)),
      h('td', {}, total === image.rangeMapPages ? h('span', {class: 'good'}, '✓ equal to the range map')
        : h('span', {class: 'bad'}, `✗ the range map has ${count(image.rangeMapPages)} pages: ${count(Math.abs(total - image.rangeMapPages))} `
          + (total < image.rangeMapPages ? 'without a receipt' : 'too many'))))))); 
}

function critical(all) {
  return all.filter(r => r.kind === 'critical').map(r => h('p', {class: 'notice', role: 'alert'}, safe(r.remark)));
}

const UNSEEN = {excluded: 'The image marks the pages as left out.', unreadable: 'The image should contain the pages, but they could not be read.',
  absent: 'The pages are in the memory map but not in the image.', withheld: 'The pages are refused, and --skip-refused was given.',
  failed: 'The runs with these pages were lost, or every analyzer failed on them.'};

function notAnalyzed(answer, of) {
  const tallies = of('not-analyzed'), more = Object.fromEntries(of('more-unseen-ranges').map(t => [t.name, t.count]));
  const from = reason => answer.unseenRanges.filter(r => r.reason === reason);
  const end = r => r.physicalAddress + r.pageCount * PAGE - 1;
  const where = reason => [from(reason).slice(0, 20).map(r => h('div', {}, h('a', {class: 'mono', href: href('page', {image: state.image, address: hex(r.physicalAddress)})},
    hex(r.physicalAddress)), ' to ', h('span', {class: 'mono'}, hex(end(r))))), rest(Math.max(0, from(reason).length - 20) + (more[reason] ?? 0))];
  const rest = n => n ? h('div', {class: 'muted'}, `and ${count(n)} more ranges`) : null;
  return card('Not analyzed', false, tallies.length === 0 ? h('p', {class: 'muted'}, 'Every page with bytes was analyzed.')
    : table(['Reason', 'Pages', 'Addresses', 'Meaning'], tallies.map(t => [words(t.name), count(t.count), where(t.name), UNSEEN[t.name] ?? '']), [1]));
}

function refusals(image, tallies) {
  return card('Refusals', false, tallies.length === 0 ? h('p', {class: 'muted'}, 'No page was refused.')
    : table(['Reason', 'Pages', 'Meaning'], tallies.map(t => [words(t.name), count(t.count), REASONS[t.name] ?? '']), [1]));
}

const FAILURES = {'time-out': 'The analyzer exceeded its time limit. Each of these runs is a dead letter.',
  error: 'The analyzer failed. Each of these runs is a dead letter.'};

function failures(tallies) {
  return card('Failed analyses', false, tallies.length === 0 ? h('p', {class: 'muted'}, 'Every analyzer finished every run.')
    : table(['Analyzer and reason', 'Runs', 'Meaning'], tallies.map(t => [t.name, count(t.count),
      FAILURES[t.name.split(':').pop()] ?? 'The runs are stored in the topic dead-letters.']), [1]));
}

const TITLE = {'not-analysed': 'Not analyzed', problem: 'Problem', warning: 'Warning', note: 'Note', hint: 'Fact', 'not-shown': 'Not shown'};

function remarks(all) {
  return card('Warnings and notes', false, all.length === 0 ? h('p', {class: 'muted'}, 'No warnings.') : h('ul', {class: 'remarks'}, all.map(r =>
    h('li', {class: r.kind}, h('span', {class: 'tag'}, TITLE[r.kind] ?? r.kind), ' ', r.name ? [h('b', {}, safe(r.name)), ' '] : '', safe(r.remark)))));
}

function decisions(tallies) {
  return card('Deciding rows of the cache policy', true, tallies.length === 0 ? h('p', {class: 'muted'}, 'No verdicts yet.')
    : table(['Row', 'Pages', 'Condition', 'Source'], tallies.map(t => [t.name, count(t.count), t.policy?.condition ?? '', t.policy?.source ?? '']), [1]));
}

function digest(file) {
  const sha256 = file.sha256 ?? 'not available yet';
  return file.unreadable ? [sha256, ' without ', safe(file.unreadable), ' (unreadable)'] : sha256;
}

function files(answer) {
  return card('Files and stages', true,
    table(['File', 'Size', 'SHA-256'], answer.files.map(f => [safe(f.name), bytes(f.sizeBytes), h('span', {class: 'mono small'}, digest(f))]), [1]),
    table(['Stage', 'Runs', 'Pages', 'Page bytes'], answer.receipts.map(r => [words(r.stage), count(r.runs), count(r.pages), bytes(r.payloadBytes)]), [1, 2, 3]));
}

function ranges(answer) {
  return card('Range map', true, answer.rangesCut ? h('p', {class: 'muted'}, 'Only the first ranges are shown.') : null,
    table(['From', 'To', 'Size', 'Kind', 'Name', 'Source', 'Established cache type', 'Outcome'], answer.ranges.map(r => [
      h('a', {class: 'mono', href: href('page', {image: state.image, address: hex(r.address)})}, hex(r.address)),
      h('span', {class: 'mono'}, hex(r.address + r.pages * PAGE - 1)), bytes(r.pages * PAGE),
      [h('span', {class: 'swatch', css: {background: colour('range', r.kind)}}), words(r.kind)], safe(r.name), words(r.provenance), words(r.established),
      Object.entries(r.became).map(([k, n]) => `${words(k)} ${count(n)}`).join(', ') || 'no receipt']), [2]));
}
