// Values that two images have in common, and values that only one of them has.
import {get} from './api.js';
import {fill, h, select} from './dom.js';
import {kindColour} from './palette.js';
import {go, href} from './route.js';
import {count, cut, hex, plain, safe, words} from './text.js';

let root, shared, state, counts;

export async function enter(main, parameters, all) {
  root = main;
  shared = all;
  counts = undefined;
  await update(parameters);
}

export async function update(parameters) {
  const ids = shared.images.map(i => i.imageId);
  if (ids.length < 2) {
    fill(root, h('h1', {tabindex: -1}, 'Compare'), h('p', {class: 'muted'}, 'This case contains one image; there is nothing to compare. '
      + 'Pass several images to "pagestream analyze", or serve a cluster that receives several images.'));
    return;
  }
  const pair = JSON.stringify([state?.a, state?.b]);
  state = {a: parameters.get('a') ?? ids[0], b: parameters.get('b') ?? ids[1], set: parameters.get('set') ?? 'common',
    kind: parameters.getAll('kind'), after: parameters.get('after') ?? ''};
  const answer = await get('compare', {...state});
  if (answer.counts) counts = answer.counts;
  else if (!counts || pair !== JSON.stringify([state.a, state.b])) counts = (await get('compare', {...state, after: '', limit: 1})).counts;
  show(answer);
}

const name = id => shared.images.find(i => i.imageId === id)?.name ?? id;
const to = changes => ({...state, after: undefined, ...changes});

function show(answer) {
  const options = shared.images.map(i => [i.imageId, plain(i.name)]);
  const sum = set => counts[set].reduce((n, k) => n + k.values, 0);
  const tab = (set, label) => h('a', {class: 'tab', href: href('compare', to({set, kind: []})), 'aria-current': state.set === set ? 'true' : null},
    label, ' ', h('b', {}, count(sum(set))));
  fill(root, h('h1', {tabindex: -1, class: 'visually-hidden'}, 'Compare'),
    h('div', {class: 'toolbar'}, select('Image A', options, state.a, a => go('compare', to({a, b: a === state.b ? state.a : state.b}))),
      select('Image B', options, state.b, b => go('compare', to({b, a: b === state.a ? state.b : state.a})))),
    h('nav', {class: 'tabs', 'aria-label': 'Sets of values'}, tab('common', 'In both'), tab('a', ['Only in A: ', safe(name(state.a))]),
      tab('b', ['Only in B: ', safe(name(state.b))])),
    h('div', {class: 'chips'}, counts[state.set].map(k => h('a', {class: 'chip' + (state.kind.includes(k.kind) ? ' on' : ''),
      href: href('compare', to({kind: state.kind.includes(k.kind) ? [] : [k.kind]}))}, words(k.kind), ' ', h('b', {}, count(k.values))))),
    h('div', {class: 'card'}, h('div', {class: 'scroll'}, h('table', {}, h('thead', {}, h('tr', {}, ['Kind', 'Value', 'Findings',
      state.set === 'common' ? 'First in A' : 'First', state.set === 'common' && 'First in B'].filter(Boolean).map(t => h('th', {scope: 'col'}, t)))),
    h('tbody', {}, answer.values.length === 0 ? h('tr', {}, h('td', {colspan: 5, class: 'muted'}, 'No values.'))
      : answer.values.map(v => h('tr', {}, h('td', {}, h('span', {class: 'kind', css: {'--kind': kindColour(v.kind)}}, words(v.kind))),
        h('td', {class: 'value'}, h('a', {class: 'plain', href: href('findings', {q: v.value.slice(0, 1000), kind: v.kind})}, cut(v.value, v.valueLength, 120))),
        h('td', {class: 'num'}, count(v.count)), place(state.set === 'b' ? state.b : state.a, v.firstA),
        state.set === 'common' && place(state.b, v.firstB)))))),
    h('div', {class: 'row more'}, state.after ? h('button', {type: 'button', onclick: () => history.back()}, '← Back') : null,
      answer.next ? h('button', {type: 'button', onclick: () => go('compare', {...state, after: answer.next})}, 'Next →') : null)));
}

function place(image, address) {
  return h('td', {class: 'mono'}, address === null ? '' : h('a', {href: href('page', {image, address: hex(address), at: address})}, hex(address)));
}
