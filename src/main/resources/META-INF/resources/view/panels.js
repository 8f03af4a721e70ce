// The panel beside the map: its tabs, the list of flows, and what is known of the workload that is chosen.

import {getFindings} from './api.js';
import {$, badge, fill, h} from './dom.js';
import {ask, select} from './map.js';
import {byState, changed, cutText, endOf, pairOf, pairText, present, STATES, store, WORD, WORDS} from './store.js';

const TABS = [['flows', 'Flows'], ['why', 'Why'], ['what-if', 'What if']];
const MOST = 200;
/** Of which map it has been asked what is worth a look. */
let looked;

export function start() {
  fill($('panel-tabs'), TABS.map(([name, text]) => h('button', {type: 'button', id: `tab-${name}`, role: 'tab', 'aria-controls': `panel-${name}`, onclick: () => {
    store.panel = name;
    changed('panel', 'selection');
  }}, text)));
  $('panel-tabs').addEventListener('keydown', event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const place = TABS.findIndex(([name]) => name === store.panel);
    const [name] = TABS[(place + step + TABS.length) % TABS.length];
    store.panel = name;
    changed('panel', 'selection');
    $(`tab-${name}`).focus();
  });
}

export function draw(what) {
  if (what.has('panel')) {
    for (const [name] of TABS) {
      const on = store.panel === name;
      $(`panel-${name}`).hidden = !on;
      $(`tab-${name}`).setAttribute('aria-selected', String(on));
      $(`tab-${name}`).tabIndex = on ? 0 : -1;
    }
  }
  if (store.panel === 'flows' && ['map', 'selection', 'filter', 'trial', 'panel'].some(each => what.has(each))) flows();
  if (what.has('map') || what.has('filter') || what.has('trial')) chips();
}

function chips() {
  const groups = byState(store.map.flows);
  fill($('chips'), h('li.soft', {}, store.map.flows.length ? 'Flows:' : 'No flow is declared'), STATES.filter(state => groups.get(state).length).map(state => h('li', {}, h(`button.chip.${state}`, {type: 'button', 'data-key': state, 'aria-pressed': String(store.states.has(state)),
    title: `Show only the flows that ${state === 'Satisfied' ? '' : 'are '}${WORDS[state]}`, onclick: () => {
      if (!store.states.delete(state)) store.states.add(state);
      store.panel = 'flows';
      changed('filter', 'panel');
    }}, counted(state, groups.get(state))))));
}

const counted = (state, flows) => `${flows.length} ${flows.length === 1 ? WORD[state] : WORDS[state]}`;

/** Asks why a flow stands as it does. */
export function openFlow(flow) {
  const pair = pairOf(flow);
  store.flow = flow.key;
  store.selected = '';
  if (pair) ask(pair.from.id, pair.to.id, pair.edge.port);
  else changed('selection');
}

function flows() {
  const end = store.map.ends[endOf(store.selected)];
  const place = end ? endOf(store.selected) : -1;
  const mine = end ? store.map.flows.filter(flow => flow.edges.some(edge => edge.from === place || edge.to === place)) : store.map.flows;
  const groups = byState(mine);
  const shown = STATES.filter(state => groups.get(state).length && (!store.states.size || store.states.has(state)));
  fill($('panel-flows'),
    end ? about(end, place) : h('h2', {}, store.implied ? 'Declared and implied flows' : 'Declared flows'),
    store.map.enforced ? null : h('p.error', {}, `The network plugin (${store.map.plugin}) enforces no policy: everything is allowed, and nothing holds because of a policy.`),
    shown.length ? shown.map(state => group(state, groups.get(state))) : h('p.soft', {}, mine.length ? 'None of that state.' : end ? 'No flow is declared from or to it.' : 'No flow is declared. A FlowContract or an annotation declares one; flowguard suggest writes some to start from.'),
    end ? null : findings());
}

function group(state, list) {
  return h('section', {}, h('h3', {}, badge(state, counted(state, list))),
    h('ul.flows', {}, list.slice(0, MOST).map(flow => h('li', {}, h('button.plain', {type: 'button', 'data-key': flow.key, onclick: () => openFlow(flow)},
      pairText(flow), h('span.flow-name', {}, `${flow.name}, ${flow.contract}`, flow.implied ? '; implied' : '', flow.expect === 'Blocked' ? '; must stay blocked' : '')),
      flow.cut ? h('div.because', {}, cutText(flow)) : null,
      flow.because.length && state !== 'Satisfied' ? h('div.because', {}, flow.because.slice(0, 3).map(line => h('div', {}, line))) : null))),
    list.length > MOST ? h('p.soft', {}, `and ${list.length - MOST} more: see Contracts`) : null);
}

function about(end, place) {
  const links = store.map.links.filter(link => link.allowed && (link.from === place) !== (link.to === place));
  const policies = (list, direction) => [h('dt', {}, direction), h('dd', {}, list.length ? list.join(', ') : 'open: no policy isolates it')];
  return [
    h('div.buttons', {}, h('h2', {}, end.label), h('button', {type: 'button', onclick: () => select('')}, 'All flows')),
    h('dl', {}, h('dt', {}, 'Kind'), h('dd', {}, `${end.kind}${end.pods ? `, ${end.pods} ${end.pods === 1 ? 'pod' : 'pods'} now` : ''}`),
      end.hostNetwork ? [h('dt', {}, 'Network'), h('dd', {}, 'the host network, where policies do not isolate')] : end.namespace ? [policies(end.ingress, 'Ingress'), policies(end.egress, 'Egress')] : []),
    h('details', {}, h('summary', {}, `${links.length} allowed connections`), h('ul.flows', {}, links.slice(0, MOST).map(link => {
      const other = store.map.ends[link.from === place ? link.to : link.from];
      return h('li', {}, h('button.plain', {type: 'button', onclick: () => ask(store.map.ends[link.from].id, store.map.ends[link.to].id, port(link.allowed))},
        `${link.from === place ? '→' : '←'} ${other.label}: ${link.allowed}`));
    }))),
    h('h3', {}, 'Flows from or to it'),
  ];
}

const port = words => words.match(/(TCP|UDP|SCTP) (\d+)/)?.slice(1).reverse().join('/') ?? '80/TCP';

function findings() {
  const {findings: found, mistakes} = store.map;
  if (!found) {
    lookAt(store.raw);
    return null;
  }
  if (!found.length && !mistakes.length) return null;
  return h('section', {}, h('h2', {}, 'Worth a look'),
    h('ul.flows', {}, mistakes.map(mistake => h('li', {}, h('b', {}, mistake.contract), h('div.because', {}, `${mistake.place}: ${mistake.message}`))),
      found.slice(0, MOST).map(finding => h('li', {}, h('b', {}, finding.policy), h('div', {}, finding.message), h('div.because', {}, finding.explanation)))));
}

/** Of a change that is tried this is asked for only where somebody looks: it concerns the whole cluster. */
async function lookAt(raw) {
  if (looked === raw) return;
  looked = raw;
  try {
    Object.assign(raw, await getFindings(raw.state));
  } catch {
    // It is tried no more.
    return;
  }
  if (store.raw !== raw) return;
  present(raw);
  changed('selection');
}
