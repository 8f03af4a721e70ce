// Begins: reads the address, asks for the map, and lets every part draw what concerns it.

import {follow, getMap} from './api.js';
import * as contracts from './contracts.js';
import * as coverage from './coverage.js';
import {$, announce, fill, h} from './dom.js';
import * as map from './map.js';
import * as matrix from './matrix.js';
import * as panels from './panels.js';
import * as route from './route.js';
import * as search from './search.js';
import {changed, listen, present, store} from './store.js';
import * as toolbar from './toolbar.js';
import * as walk from './walk.js';
import * as whatIf from './what-if.js';
import * as why from './why.js';

const VIEWS = [['map', 'Map'], ['contracts', 'Contracts'], ['matrix', 'Matrix'], ['coverage', 'Coverage'], ['decisions', 'Decisions']];
const dark = matchMedia('(prefers-color-scheme: dark)');
let chosenTheme = '';
/** Whether the program has not answered for a while. */
let lost = false;

function theme() {
  const name = chosenTheme || (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = name;
  $('theme').textContent = name === 'dark' ? 'Light' : 'Dark';
  $('theme').setAttribute('aria-label', name === 'dark' ? 'Light colours' : 'Dark colours');
  if (store.map) changed('theme');
}

function views() {
  fill($('views'), VIEWS.filter(([name]) => name !== 'decisions' || store.map.decides).map(([name, text]) => h('a', {href: `#view=${name}`, 'data-key': name, 'aria-current': store.view === name ? 'page' : undefined, onclick: event => {
    event.preventDefault();
    store.view = name;
    changed('view');
  }}, text)));
  for (const [name] of VIEWS) $(`view-${name}`).hidden = store.view !== name;
}

/** What makes answers other than one may expect, in sight. */
function notes() {
  const list = [...(lost ? ['The program that serves this page does not answer: what is shown is as it was.'] : []), ...(store.now?.notes ?? [])];
  $('notes').hidden = !list.length;
  fill($('notes'), h('summary', {'data-key': 'notes'}, list.length === 1 ? '1 note' : `${list.length} notes`), h('div', {}, list.map(note => h('p', {}, note))));
}

async function load() {
  const now = await getMap('now');
  store.now = now;
  if (!store.trial) present(now);
  $('origin').textContent = `${now.origin}${now.live ? ', live' : ''}; network plugin ${now.plugin}`;
  notes();
  document.title = `Flowguard: ${now.origin}`;
}

async function begin() {
  theme();
  dark.addEventListener('change', theme);
  $('theme').addEventListener('click', () => {
    chosenTheme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    theme();
  });
  route.read();
  try {
    await load();
  } catch (failure) {
    document.querySelector('main').append(h('p.error', {role: 'alert'}, failure.message));
    return;
  }
  const drawing = map.start();
  toolbar.start(drawing);
  walk.start(drawing);
  panels.start();
  whatIf.start();
  search.start();
  map.foldAtFirst(store.map);
  listen(what => {
    if (what.has('view') || what.has('map')) views();
    toolbar.draw(what);
    map.draw(what);
    panels.draw(what);
    why.draw(what);
    whatIf.draw(what);
    contracts.draw(what);
    matrix.draw(what);
    coverage.draw(what);
    route.write();
  });
  changed('map', 'filter', 'view', 'panel', 'selection', 'question');
  route.start();
  performance.mark('flowguard-drawn');
  document.documentElement.dataset.ready = 'true';
  follow(async generation => {
    if (String(store.now.generation) === generation) return;
    await load();
    changed('map');
    whatIf.again();
    announce('The cluster has changed');
  }, () => {
    changed('decisions');
    announce('The webhook has decided');
  }, gone => {
    lost = gone;
    notes();
    if (gone) announce('The program that serves this page does not answer');
  });
}

begin();
