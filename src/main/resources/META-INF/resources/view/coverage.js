// Which pods no policy isolates, and what the webhook decided lately.

import {getDecisions} from './api.js';
import {$, badge, fill, h} from './dom.js';
import {show} from './map.js';
import {changed, store} from './store.js';

export function draw(what) {
  if (store.view === 'coverage' && ['map', 'view', 'filter', 'trial'].some(each => what.has(each))) coverage();
  if (store.view === 'decisions' && (what.has('view') || what.has('decisions'))) decisions();
}

function coverage() {
  const workloads = store.map.ends.filter(end => end.namespace && (!store.namespaces.size || store.namespaces.has(end.namespace)));
  const host = workloads.filter(end => end.hostNetwork);
  const pods = workloads.filter(end => !end.hostNetwork);
  const open = pods.filter(end => !end.ingress.length || !end.egress.length);
  const percent = direction => pods.length ? Math.round(pods.filter(end => end[direction].length).length / pods.length * 100) : 0;
  const cell = list => list.length ? h('td', {}, badge('Satisfied', 'isolated'), h('div.because', {}, list.join(', '))) : h('td', {}, badge('Undetermined', 'open'));
  const by = new Map();
  pods.forEach(end => (by.get(end.namespace) ?? by.set(end.namespace, []).get(end.namespace)).push(end));
  fill($('view-coverage'), h('h2', {}, `${pods.length - open.length} of ${pods.length} workloads are isolated in both directions`),
    h('p', {}, `Ingress ${percent('ingress')} %, egress ${percent('egress')} %. What no policy isolates in a direction is open in it to everything.`),
    h('table', {}, h('thead', {}, h('tr', {}, ['Namespace', 'Workloads', 'Ingress isolated', 'Egress isolated'].map(text => h('th', {scope: 'col'}, text)))),
      h('tbody', {}, [...by].map(([name, ends]) => h('tr', {}, h('th', {scope: 'row'}, name), h('td', {}, String(ends.length)), ['ingress', 'egress'].map(direction => {
        const count = ends.filter(end => end[direction].length).length;
        return h('td', {}, badge(count === ends.length ? 'Satisfied' : count ? 'Undetermined' : 'Broken', `${count} of ${ends.length}`));
      }))))),
    h('h3', {}, `${open.length} workloads that some direction leaves open`),
    h('table', {}, h('thead', {}, h('tr', {}, ['Workload', 'Pods', 'Ingress', 'Egress'].map(text => h('th', {scope: 'col'}, text)))),
      h('tbody', {}, open.slice(0, 1000).map(end => h('tr', {}, h('td', {}, h('button.plain', {type: 'button', onclick: () => {
        store.view = 'map';
        changed('view');
        show(end.id);
      }}, end.label), h('span.soft', {}, ` ${end.kind}`)), h('td', {}, String(end.pods)), cell(end.ingress), cell(end.egress))))),
    open.length > 1000 ? h('p.soft', {}, `and ${open.length - 1000} more; choose namespaces on the map`) : null,
    host.length ? h('p.soft', {}, `On the host network, where policies do not isolate: ${host.map(end => end.label).slice(0, 40).join(', ')}.`) : null);
}

async function decisions() {
  const list = await getDecisions();
  const head = ['When', 'Who', 'What', 'Decision', 'Answer'].map(text => h('th', {scope: 'col'}, text));
  const row = each => h('tr', {}, h('td', {}, h('time', {datetime: each.at}, new Date(each.at).toLocaleTimeString())), h('td', {}, each.user), h('td', {}, each.what), h('td', {}, badge(each.decision), h('div.soft', {}, each.reason)), h('td.answer', {}, each.message));
  fill($('view-decisions'), h('h2', {}, 'What the webhook decided lately'),
    h('p.soft', {}, 'The newest first; new ones appear by themselves.'),
    list.length ? h('table', {}, h('thead', {}, h('tr', {}, head)), h('tbody', {}, list.map(row)))
      : h('p.soft', {}, 'Nothing yet. Send the webhook a review, as the start message shows, and it appears here.'));
}
