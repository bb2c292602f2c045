// Starts the dashboard: navigation, theme, keyboard, progress, and the view named in the address.
import {get} from './api.js';
import {fill, h, toast} from './dom.js';
import {current, go, href} from './route.js';
import {plain} from './text.js';
import * as overview from './overview.js';
import * as map from './map.js';
import * as page from './page.js';
import * as findings from './findings.js';
import * as compare from './compare.js';
import * as coverage from './coverage.js';

const VIEWS = {overview, map, page, findings, compare, coverage};
const TABS = [['overview', 'Overview', 'o'], ['map', 'Memory map', 'm'], ['findings', 'Findings', 'f'],
  ['compare', 'Compare', 'c'], ['coverage', 'Coverage', 'v']];
const KEYS = [['g then o, m, f, c, v', 'go to the overview, memory map, findings, comparison, coverage'],
  ['/', 'search findings'], ['?', 'show this list'],
  ['j k', 'next and previous finding'], ['Enter', 'open the selected finding or cell'],
  ['y', 'copy the value of the selected finding'], ['p', 'open the page of the selected finding'],
  ['← → ↑ ↓', 'move in the map'], ['+ −', 'zoom the map in and out at the selected cell'],
  ['0', 'show the whole map'], ['[ ]', 'previous page, next page'], ['Esc', 'close']];

/** Shared by all views: the response for the overview, and the progress of a live case. */
export const shared = {overview: undefined, progress: undefined, images: []};

const main = document.getElementById('main');
let view;
let shown = 0;

async function refresh() {
  shared.overview = await get('overview');
  shared.images = shared.overview.images;
  shared.progress ??= shared.overview.progress;
  document.getElementById('case-title').textContent = plain(shared.overview.title);
  sealState(shared.overview.seal);
  document.title = plain(shared.overview.title) + ' – Pagestream';
}

/** Every view shows a warning if the case differs from its seal; a live case has no seal yet. */
function sealState(seal) {
  const banner = document.getElementById('seal');
  banner.hidden = !seal.warning;
  banner.textContent = seal.warning ? plain(seal.warning) + ' Run "pagestream verify".' : '';
  const title = document.getElementById('case-title');
  title.title = seal.state === 'live' ? 'Live: the case is sealed when the job ends.'
    : seal.sha256 ? 'SHA-256 of manifest.json: ' + seal.sha256 : '';
}

async function show() {
  const mine = ++shown;
  const {view: name, parameters} = current();
  const next = VIEWS[name] ?? overview;
  document.querySelectorAll('#nav a').forEach(link => {
    const here = link.dataset.view === name || (name === 'page' && link.dataset.view === 'map');
    if (here) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  });
  try {
    if (view === next && view.update) {
      await view.update(parameters);
      return;
    }
    view?.leave?.();
    view = next;
    main.className = name;
    fill(main);
    await next.enter(main, parameters, shared);
    if (mine === shown) main.querySelector('h1')?.focus?.({preventScroll: true});
  } catch (e) {
    if (mine === shown) fill(main, h('p', {class: 'notice', role: 'alert'}, e.message));
  }
}

function state(progress) {
  const place = document.getElementById('case-state');
  const live = progress.state === 'running';
  place.textContent = live ? 'live' : progress.state === 'failed' ? 'failed' : '';
  place.className = 'state ' + progress.state;
}

let reloading = 0;

function listen() {
  const events = new EventSource('/api/events');
  let last;
  events.addEventListener('replaced', () => {
    events.close(); // too many tabs: this one polls
    setInterval(() => refresh().then(() => view?.refreshed?.()).catch(e => toast(e.message)), 10000);
  });
  events.addEventListener('progress', async event => {
    const progress = JSON.parse(event.data);
    shared.progress = progress.images ? progress : undefined;
    state(progress);
    view?.progress?.(shared.progress);
    // Counts of the store lag behind the topics; they are requested periodically, and at the end.
    const ended = last === 'running' && progress.state !== 'running';
    last = progress.state;
    if (ended || (progress.state === 'running' && Date.now() - reloading > 4000)) {
      reloading = Date.now();
      try {
        await refresh();
        view?.refreshed?.();
      } catch (e) {
        toast(e.message);
      }
    }
  });
}

function theme() {
  const button = document.getElementById('theme');
  const names = ['auto', 'light', 'dark'];
  let name = 'auto';
  try { name = localStorage.getItem('theme') ?? 'auto'; } catch { /* the browser does not store anything */ }
  const apply = () => {
    if (name === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    button.textContent = {auto: 'Auto', light: 'Light', dark: 'Dark'}[name];
    button.setAttribute('aria-label', 'Theme: ' + name);
    view?.redraw?.();
  };
  button.addEventListener('click', () => {
    name = names[(names.indexOf(name) + 1) % names.length];
    try { localStorage.setItem('theme', name); } catch { /* valid for this visit only */ }
    apply();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => view?.redraw?.());
  apply();
}

function keyboard() {
  const dialog = document.getElementById('keys');
  fill(dialog, h('h2', {}, 'Keyboard shortcuts'),
    h('dl', {class: 'keys'}, KEYS.map(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
    h('form', {method: 'dialog'}, h('button', {class: 'main', autofocus: true}, 'Close')));
  document.getElementById('keys-button').addEventListener('click', () => dialog.showModal());
  let going = false;
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, dialog');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (going) {
      going = false;
      const tab = TABS.find(([, , key]) => key === event.key);
      if (tab) { event.preventDefault(); go(tab[0]); }
      return;
    }
    if (event.key === 'g') { going = true; return; }
    if (event.key === '?') { dialog.showModal(); return; }
    if (event.key === '/') {
      event.preventDefault();
      if (current().view !== 'findings') go('findings');
      setTimeout(() => document.getElementById('search')?.focus(), 60);
      return;
    }
    view?.key?.(event);
  });
}

async function start() {
  fill(document.getElementById('nav'), TABS.map(([name, label]) =>
    h('a', {href: href(name), 'data-view': name}, label)));
  document.getElementById('skip').addEventListener('click', event => { event.preventDefault(); main.focus(); });
  theme();
  keyboard();
  try {
    await refresh();
  } catch (e) {
    fill(main, h('p', {class: 'notice', role: 'alert'}, e.message));
    return;
  }
  if (shared.overview.live) {
    state(shared.progress);
    listen();
  }
  window.addEventListener('hashchange', show);
  show();
}


start();
