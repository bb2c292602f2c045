// One page: its bytes with the findings marked, and all available information.
import {get} from './api.js';
import {copy, fill, h, toast} from './dom.js';
import {kindColour} from './palette.js';
import {go, href} from './route.js';
import {PAGE, cut, count, hex, pages, safe, words} from './text.js';

let root, shared, answer, image, timer;

export async function enter(main, parameters, all) {
  root = main;
  shared = all;
  await update(parameters);
}

export async function update(parameters) {
  clearTimeout(timer);
  image = parameters.get('image') ?? shared.images[0]?.imageId;
  answer = await get('page', {image, address: parameters.get('address') ?? '0x0'});
  show(parameters.get('at'));
  if (answer.again) timer = setTimeout(() => update(parameters).catch(e => toast(e.message)), 1500);
}

export function leave() { clearTimeout(timer); }

export function key(event) {
  if (event.key === '[' && answer.previous !== null) step(answer.previous);
  if (event.key === ']' && answer.next !== null) step(answer.next);
}

const step = address => go('page', {image, address: hex(address)});

function name() { return shared.images.find(i => i.imageId === image)?.name ?? image; }

function show(at) {
  const address = answer.address;
  fill(root, h('div', {class: 'page-head'},
    h('h1', {tabindex: -1, class: 'mono', id: 'page-address'}, hex(address)), h('span', {class: 'muted'}, 'page of ', safe(name())),
    h('span', {class: 'grow'}),
    h('span', {class: 'buttons'},
      h('button', {type: 'button', disabled: answer.previous === null, onclick: () => step(answer.previous), title: 'Previous page ([)'}, '← Previous'),
      h('button', {type: 'button', disabled: answer.next === null, onclick: () => step(answer.next), title: 'Next page (])'}, 'Next →')),
    h('a', {class: 'button', href: href('map', {image, at: address, pages: 1, layer: 'content'})}, 'Show in map')),
  h('div', {class: 'page-body'}, h('section', {class: 'card hexcard', 'aria-label': 'Bytes'}, source(), answer.bytes ? bytes(at) : contexts()),
    h('div', {class: 'page-side'}, found(), verdict(), range(), mapping())));
  const target = root.querySelector('.line.target');
  // Only the bytes scroll, not the window: the head of the page stays in view.
  if (target) target.parentElement.scrollTop = target.offsetTop - target.parentElement.offsetTop - target.parentElement.clientHeight / 3;
}

function source() {
  return h('p', {class: 'source', id: 'source'}, answer.bytes ? '' : 'No bytes: ', safe(answer.source),
    answer.again ? ' Please wait …' : answer.bytes ? '' : ' The contexts of the findings are shown below.');
}

/** For each byte of the page the index of a finding, or -1; where findings overlap the shortest wins. */
function owners() {
  const owner = new Int32Array(PAGE).fill(-1);
  const order = answer.findings.map((f, i) => [f, i]).filter(([f]) => !f.path).sort((a, b) => b[0].length - a[0].length);
  for (const [finding, i] of order) {
    const from = Math.max(0, finding.physicalAddress - answer.address);
    const to = Math.min(PAGE, finding.physicalAddress - answer.address + finding.length);
    for (let b = from; b < to; b++) owner[b] = i;
  }
  return owner;
}

function bytes(at) {
  const raw = Uint8Array.from(atob(answer.bytes), c => c.charCodeAt(0)), owner = owners();
  const first = at ? Number(at) : answer.findings[0]?.physicalAddress ?? -1;
  const target = first < 0 ? -1 : Math.floor((first - answer.address) / 16);
  const lines = [];
  for (let row = 0; row < PAGE / 16; row++) {
    const digits = h('span', {class: 'digits'}), text = h('span', {class: 'text'});
    for (let i = 0; i < 16;) {
      const from = i, mine = owner[row * 16 + i];
      while (i < 16 && owner[row * 16 + i] === mine) i++;
      const part = raw.subarray(row * 16 + from, row * 16 + i);
      const hexes = Array.from(part, (b, k) => b.toString(16).padStart(2, '0') + (from + k === 7 ? '  ' : from + k === 15 ? '' : ' ')).join('');
      const shown = Array.from(part, b => b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '·').join('');
      for (const [place, content] of [[digits, hexes], [text, shown]]) {
        if (mine < 0) place.append(content);
        else place.append(h('mark', {css: {'--kind': kindColour(answer.findings[mine].kind)},
          title: answer.findings[mine].kind, 'data-finding': mine}, content));
      }
    }
    lines.push(h('div', {class: 'line' + (row === target ? ' target' : '')},
      h('span', {class: 'offset'}, hex(answer.address + row * 16)), digits, text));
  }
  return h('div', {class: 'hex', tabindex: 0, 'aria-label': 'Hexadecimal bytes and text', onclick: event => {
    const index = event.target.dataset?.finding;
    if (index !== undefined) go('findings', {sel: answer.findings[index].findingId, from: hex(answer.address), to: hex(answer.address + PAGE - 1), image});
  }}, lines);
}

function contexts() {
  return answer.findings.length === 0 ? h('p', {class: 'muted'}, 'No findings on this page.')
    : h('ul', {class: 'contexts'}, answer.findings.map(f => h('li', {}, h('span', {class: 'mono muted'}, hex(f.physicalAddress)),
      ' ', safe(f.context, {class: 'hostile mono'}))));
}

function card(title, ...content) { return h('section', {class: 'card'}, h('h2', {}, title), content); }

function facts(rows) {
  return h('dl', {class: 'facts'}, rows.filter(([, v]) => v !== undefined && v !== null && v !== '')
    .map(([n, v]) => [h('dt', {}, n), h('dd', {}, v)]));
}

function found() {
  return card('Findings on this page', answer.findings.length === 0 ? h('p', {class: 'muted'}, 'None.')
    : h('ul', {class: 'found'}, answer.findings.map(f => h('li', {},
      h('span', {class: 'kind', css: {'--kind': kindColour(f.kind)}}, words(f.kind)), ' ',
      h('a', {class: 'mono', href: href('page', {image, address: hex(answer.address), at: f.physicalAddress})}, hex(f.physicalAddress)),
      f.path ? [' ', safe(f.path, {class: 'hostile mono muted'})] : '',
      h('div', {class: 'value'}, cut(f.value, f.valueLength, 160, async () => (await get('findings/' + f.findingId)).value)),
      h('span', {class: 'row'}, h('button', {type: 'button', class: 'link', onclick: () => copy(f.value, 'Value')}, 'Copy'),
        h('a', {href: href('findings', {image, from: hex(answer.address), to: hex(answer.address + PAGE - 1), sel: f.findingId})}, 'Details'))))));
}

const BADGE = {mapped: 'good', overridden: 'warn', refused: 'bad'};

function verdict() {
  const v = answer.verdict;
  if (!v) {
    return card('Verdict', h('p', {class: 'muted'}, answer.inRangeMap
      ? 'The image has no bytes for this page, or the mapper has not processed it yet.' : 'This address is not in the range map of the image.'));
  }
  return card('Verdict', h('p', {}, h('span', {class: 'badge ' + BADGE[v.verdict]}, words(v.verdict)), ' by row ',
    h('b', {}, v.row), ' of profile ', h('b', {}, v.profile), v.reason ? [': ', words(v.reason)] : ''),
  v.policy ? h('blockquote', {}, h('p', {}, 'If ', v.policy.condition, ': ', v.policy.verdict,
    v.policy.granted && v.policy.granted !== '-' ? ' as ' + v.policy.granted : '', '.'), h('footer', {class: 'muted small'}, v.policy.source)) : null,
  facts([['Content', words(v.content)], ['Not analyzed', v.notAnalyzed && words(v.notAnalyzed)], ['Requested cache type', words(v.requested)], ['Established cache type', words(v.established)],
    ['Granted cache type', v.verdict === 'refused' ? 'none' : words(v.granted)], ['Hazards', v.hazards?.map(words).join(', ')],
    ['Applies to', pages(v.pageCount) + ' from ' + hex(v.physicalAddress)]]));
}

function range() {
  const r = answer.range;
  return card('Range', !r ? h('p', {class: 'muted'}, 'This address is not in the range map.') : facts([
    ['Kind', words(r.kind)], ['Name', r.name && safe(r.name)], ['Source', words(r.provenance)],
    ['Established cache type', words(r.established)], ['Large pages', r.largePages ? 'yes' : null],
    ['From', h('span', {class: 'mono'}, hex(r.physicalAddress))], ['Length', pages(r.pageCount)]]));
}

/** Information from page-table roots found only by their shape; it does not affect the verdict. */
function byShape(v) {
  const facts = [v.shapeMappings ? `${count(v.shapeMappings)} mappings: ${v.shapeCacheTypes.map(words).join(', ')}` : '',
    v.shapeLargePage ? 'large page' : '', v.shapePagingStructure ? 'looks like a page table' : ''].filter(Boolean);
  return facts.length ? facts.join('; ') : null;
}

function mapping() {
  const v = answer.verdict;
  if (!v || v.mappings === null) {
    return card('Mappings', h('p', {class: 'muted'}, 'No page table of the image was read for this page.'));
  }
  const a = v.alias;
  return card('Mappings', facts([['Mappings', v.mappings >= 65535 ? '65,535 or more' : count(v.mappings)],
    ['Cache types', v.cacheTypes?.map(words).join(', ')], ['Large page', v.largePage ? 'yes' : 'no'],
    ['Contains page tables', v.pagingStructure ? 'yes' : 'no'],
    ['From page-table roots found by shape', byShape(v)],
    ['Conflicting mappings', a && typeof a === 'object' ? Object.entries(a).map(([k, x]) => `${k} ${x}`).join(', ') : null]]));
}
