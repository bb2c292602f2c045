// The filter of the findings, taken from the address, as chips and facets.
import {fill, h} from './dom.js';
import {count, safe, words} from './text.js';

export const FACETS = [['kind', 'Kind'], ['image', 'Image'], ['confidence', 'Confidence'], ['verdict', 'Verdict'], ['range', 'Range'],
  ['cache', 'Cache type'], ['encoding', 'Encoding'], ['analyzer', 'Analyzer']];
const OTHERS = ['q', 'match', 'from', 'to', 'alerts', 'tag'];
export const FILTERS = [...FACETS.map(([name]) => name), ...OTHERS];

/** The filter's parameters in an address, without sort order, position and selection. */
export function filterOf(parameters) {
  const filter = {};
  for (const name of FILTERS) {
    const values = parameters.getAll(name).filter(v => v !== '');
    if (values.length) filter[name] = FACETS.some(([f]) => f === name) ? values : values[0];
  }
  return filter;
}

/** The filter with a facet's value added or removed. */
export function toggled(filter, facet, value) {
  const now = filter[facet] ?? [];
  return {...filter, [facet]: now.includes(value) ? now.filter(v => v !== value) : [...now, value]};
}

/** The facets with their counts. `toggle` takes a facet and a value: the filter may have changed since these counts were requested. */
export function facetList(place, answer, filter, names, toggle) {
  fill(place, FACETS.map(([facet, title]) => {
    const values = answer?.facets[facet] ?? [];
    const chosen = filter[facet] ?? [];
    const listed = [...values, ...chosen.filter(c => !values.some(v => v.value === c)).map(value => ({value, count: 0}))];
    if (listed.length < 2 && chosen.length === 0) return null;
    return h('details', {class: 'facet', open: ['kind', 'image', 'confidence', 'verdict'].includes(facet) || chosen.length > 0},
      h('summary', {}, title), h('ul', {}, listed.map(({value, count: n}) => h('li', {}, h('label', {},
        h('input', {type: 'checkbox', checked: chosen.includes(value), 'data-facet': facet, value,
          onchange: () => toggle(facet, value)}),
        h('span', {class: 'name'}, facet === 'image' ? safe(names.get(value) ?? value) : words(value)),
        h('span', {class: 'num'}, count(n)))))));
  }));
}

export function chips(place, filter, names, change) {
  const chip = (label, without) => h('button', {type: 'button', class: 'chip', 'aria-label': 'Remove filter', onclick: () => change(without)},
    label, h('span', {'aria-hidden': 'true'}, ' ×'));
  const all = [];
  for (const [facet] of FACETS) {
    for (const value of filter[facet] ?? []) {
      all.push(chip([facet + ': ', facet === 'image' ? safe(names.get(value) ?? value) : words(value)], toggled(filter, facet, value)));
    }
  }
  if (filter.from || filter.to) all.push(chip(`address ${filter.from ?? '0x0'} to ${filter.to ?? 'end'}`, {...filter, from: undefined, to: undefined}));
  if (filter.alerts) all.push(chip('on the alert list', {...filter, alerts: undefined}));
  if (filter.tag) all.push(chip(['tag: ', safe(filter.tag === '*' ? 'any tag or note' : filter.tag)], {...filter, tag: undefined}));
  fill(place, all, all.length > 1 ? h('button', {type: 'button', class: 'link', onclick: () => change({q: filter.q, match: filter.match})}, 'clear') : null);
}
