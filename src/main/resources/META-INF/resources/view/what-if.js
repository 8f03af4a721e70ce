// What a change would do: judged while it is typed, shown on the map before anything is applied.

import {apply, getMap, getObject, getObjects, whatIf} from './api.js';
import {$, announce, badge, fill, h} from './dom.js';
import {openFlow} from './panels.js';
import {byState, changed, pairText, present, store, WORD, WORDS} from './store.js';
import {patched} from './patch.js';
import {documents, withDocuments} from './yaml.js';

/** A pause in typing after which is asked, in milliseconds: so that what is pasted or dropped at once is asked about once. */
const PAUSE = 12;
/** Of what the webhook is not asked about. */
const SAID = {Applied: 'Not judged', Breaks: 'Breaks flows'};
/** So many findings are shown at once. */
const MOST_OPEN = 3;
/** So many flows, and connections, are listed. */
const MOST = 60;
const PEOPLE = [
  ['', [], 'a cluster administrator'],
  ['system:serviceaccount:argocd:argocd-application-controller', ['system:serviceaccounts', 'system:serviceaccounts:argocd'], 'Argo CD'],
  ['system:serviceaccount:flux-system:kustomize-controller', ['system:serviceaccounts', 'system:serviceaccounts:flux-system'], 'Flux'],
  ['ann', ['developers'], 'a developer'],
];

let text = '';
let deletions = [];
let person = 0;
let custom = '';
let customGroups = [];
let offered = -1;
let waiting;
/** When something was last typed. */
let typed = 0;
/** Whether an answer is awaited, and whether something has been typed since it was asked for. */
let asking = false;
let outdated = false;
let parts;

export function start() {
  const area = h('textarea', {id: 'what-if-text', spellcheck: 'false', 'aria-label': 'YAML of the change', placeholder: 'Paste, drop or type YAML: policies, workloads, Services, Namespaces, contracts', oninput: () => {
    text = area.value;
    lines();
    soon();
  }, onscroll: () => { gutter.scrollTop = area.scrollTop; }, onkeydown: event => {
    if (event.key === 'Escape') $('tab-what-if').focus();
  }});
  const gutter = h('ol', {'aria-hidden': 'true'});
  const editor = h('div.editor', {}, gutter, area);
  const result = h('div', {'aria-live': 'off'});
  const removed = h('div.row');
  const options = h('datalist', {id: 'objects'});
  const object = h('input', {type: 'text', id: 'object', list: 'objects', autocomplete: 'off', spellcheck: 'false', placeholder: 'NetworkPolicy/shop/orders', onfocus: () => offer(options), onkeydown: event => {
    if (event.key === 'Enter') editNamed(object);
  }});
  const other = h('input', {type: 'text', placeholder: 'user name', 'aria-label': 'User name', hidden: true, onchange: () => {
    custom = other.value.trim();
    soon();
  }});
  const groups = h('input', {type: 'text', placeholder: 'groups, if any', 'aria-label': 'Groups, separated by commas', hidden: true, onchange: () => {
    customGroups = groups.value.split(',').map(each => each.trim()).filter(Boolean);
    soon();
  }});
  const who = h('select', {id: 'who', onchange: () => {
    person = Number(who.value);
    other.hidden = groups.hidden = person < PEOPLE.length;
    soon();
  }}, PEOPLE.map(([, , words], index) => h('option', {value: String(index)}, words)), h('option', {value: String(PEOPLE.length)}, 'somebody else'));
  const file = h('input', {type: 'file', multiple: true, accept: '.yaml,.yml,.json', class: 'hidden', 'aria-label': 'YAML files', tabindex: '-1', onchange: () => files(file.files)});
  parts = {area, gutter, result, removed};
  fill($('panel-what-if'),
    h('div.row', {}, h('label', {for: 'object'}, 'Change what is there'), object, options, h('button', {type: 'button', onclick: () => editNamed(object)}, 'Edit'), h('button', {type: 'button', onclick: () => remove(object)}, 'Delete')),
    h('div.row', {}, h('button', {type: 'button', onclick: () => file.click()}, 'Open files'), file, h('button', {type: 'button', onclick: discard}, 'Clear')),
    editor, removed,
    h('div.row', {}, h('label', {for: 'who'}, 'Asked by'), who, other, groups),
    result);
  for (const place of [document.body]) {
    place.addEventListener('dragover', event => {
      event.preventDefault();
      editor.classList.add('over');
    });
    place.addEventListener('dragleave', () => editor.classList.remove('over'));
    place.addEventListener('drop', event => {
      event.preventDefault();
      editor.classList.remove('over');
      const plain = event.dataTransfer.getData('text/plain');
      if (event.dataTransfer.files.length) files(event.dataTransfer.files);
      else if (plain) setText(withDocuments(text, plain));
    });
  }
  lines();
}

export function draw(what) {
  if (what.has('map')) banner();
}

/** Fills the list of what can be edited or deleted when it is wanted, and anew when the cluster is another. */
async function offer(options) {
  if (offered === store.now.generation) return;
  offered = store.now.generation;
  fill(options, (await getObjects()).map(ref => h('option', {value: ref})));
}

/** Puts the YAML of an object, KIND/NAMESPACE/NAME, where it can be changed. @returns whether there is such an object */
export async function edit(ref) {
  try {
    setText(withDocuments(text, (await getObject(ref, 'now')).yaml));
    parts.area.focus();
    return true;
  } catch (failure) {
    problem(failure.message);
    return false;
  }
}

async function editNamed(field) {
  const ref = field.value.trim();
  if (ref && await edit(ref)) field.value = '';
}

function remove(field) {
  const ref = field.value.trim();
  if (ref && !deletions.includes(ref)) deletions.push(ref);
  field.value = '';
  soon(0);
}

async function files(list) {
  const texts = await Promise.all([...list].map(file => file.text()));
  setText(texts.reduce(withDocuments, text));
}

/** Tries this text, in place of what was said of the same objects. */
export function tryText(yaml) {
  setText(withDocuments(text, yaml));
}

function setText(value) {
  text = value;
  parts.area.value = value;
  store.panel = 'what-if';
  changed('panel');
  lines();
  soon(0);
}

/** Numbers the lines, and marks some. */
function lines(marks = new Map()) {
  const {gutter, area} = parts;
  const count = area.value.split('\n').length;
  while (gutter.children.length > count) gutter.lastChild.remove();
  while (gutter.children.length < count) gutter.append(h('li', {}, String(gutter.children.length + 1)));
  for (const line of gutter.querySelectorAll('.bad, .odd')) {
    line.className = '';
    line.title = '';
  }
  for (const [number, mark] of marks) {
    const line = gutter.children[number - 1];
    if (line) Object.assign(line, {className: mark.kind, title: mark.text});
  }
  gutter.scrollTop = area.scrollTop;
}

function soon(pause = PAUSE) {
  clearTimeout(waiting);
  typed = performance.now();
  waiting = setTimeout(judge, pause);
}

/** Tries anew what is tried: the cluster is another. */
export function again() {
  if (store.trial) soon(0);
}

/** Asks one thing at a time: what is typed meanwhile is asked next, and the answer that it outdates is not drawn. */
async function judge() {
  if (asking) {
    outdated = true;
    return;
  }
  fill(parts.removed, deletions.map(ref => h('button', {type: 'button', title: 'Do not delete it', onclick: () => {
    deletions = deletions.filter(each => each !== ref);
    soon(0);
  }}, `delete ${ref} ×`)));
  if (!text.trim() && !deletions.length) {
    end();
    return;
  }
  asking = true;
  const since = typed;
  try {
    const [user, groups] = PEOPLE[person] ?? [custom, customGroups];
    const answer = await whatIf({text, delete: deletions, user, groups});
    const map = answer.problems.length || outdated ? null : answer.patch.whole ? await getMap(answer.state) : patched(store.now, answer);
    if (!outdated) shown(answer, map, since);
  } catch (failure) {
    if (!outdated) problem(failure.message);
  } finally {
    asking = false;
    if (outdated) {
      outdated = false;
      judge();
    }
  }
}

function shown(answer, map, since) {
  if (answer.problems.length) {
    fill(parts.result, h('div.error', {role: 'alert'}, answer.problems.map(each => h('div', {}, `${each.line ? `line ${each.line}: ` : ''}${each.message}`))));
    lines(new Map(answer.problems.map(each => [each.line, {kind: 'bad', text: each.message}])));
    return;
  }
  store.trial = answer;
  present(map);
  changed('map', 'trial');
  show(answer);
  requestAnimationFrame(() => setTimeout(() => performance.measure('flowguard-answered', {start: since, end: performance.now()})));
}

function problem(message) {
  fill(parts.result, h('p.error', {role: 'alert'}, message));
}

function show(answer) {
  const marks = new Map();
  for (const step of answer.steps) {
    if (step.decision === 'Rejected' && step.line) marks.set(step.line, {kind: 'bad', text: step.message});
    for (const finding of step.findings) marks.set(finding.line, {kind: 'odd', text: finding.message});
  }
  lines(marks);
  const known = new Map(answer.broken.length + answer.repaired.length ? store.raw.flows.map(flow => [flow.key, flow]) : []);
  const flows = keys => keys.map(key => known.get(key)).filter(Boolean);
  const list = (title, keys, kind) => keys.length ? [h('h3', {}, title), h('ul.flows', {}, flows(keys).slice(0, MOST).map(flow => h('li', {}, badge(flow.state, kind), ' ', h('button.plain', {type: 'button', 'data-key': flow.key, onclick: () => openFlow(flow)}, `${pairText(flow)}: why?`), h('span.flow-name', {}, `${flow.name}, ${flow.contract}`)))), keys.length > MOST ? h('p.soft', {}, `and ${keys.length - MOST} more: see Contracts`) : null] : [];
  const delta = (title, changes, all, sign, kind) => changes.length ? [h('h3', {}, `${all} ${title}`), h('ul.delta', {}, changes.slice(0, MOST).map(change => h(`li.${kind}`, {}, `${sign} ${change.from} → ${change.to}: ${change.ports}${change.sure ? '' : ' (perhaps)'}`)), all > MOST ? h('li', {}, `and ${all - Math.min(MOST, changes.length)} more`) : null)] : [];
  fill(parts.result,
    answer.broken.length ? null : h('p', {}, badge('Satisfied', 'breaks no flow'), ` ${standing()}`),
    list('Flows that it breaks', answer.broken, 'broken'), list('Flows that it repairs', answer.repaired, 'holds'),
    answer.steps.map(step),
    delta('connections gained', answer.gained, answer.gainedInAll, '+', 'gain'), delta('connections lost', answer.lost, answer.lostInAll, '−', 'loss'),
    !answer.gained.length && !answer.lost.length ? h('p.soft', {}, 'No connection is gained or lost.') : null,
    h('p.soft', {}, `judged in ${answer.millis} ms`));
  announce(`${answer.verdict}. ${answer.broken.length} flows broken, ${answer.repaired.length} repaired`);
}

/** How the flows stand with it. */
function standing() {
  const {flows} = store.map;
  if (!flows.length) return '';
  if (flows.every(flow => flow.state === 'Satisfied')) return `With it all ${flows.length} flows hold.`;
  const counts = [...byState(flows)].filter(([, list]) => list.length).map(([state, list]) => `${list.length} ${list.length === 1 ? WORD[state] : WORDS[state]}`);
  return `With it: ${counts.join(', ')}.`;
}

/** What is found stands before what whoever asks is told: it is shorter, and often says what was meant. */
function step(each) {
  return h('section.step', {'aria-label': each.what},
    h('div.row', {}, badge(each.decision, SAID[each.decision] ?? each.decision), h('b', {}, each.what), each.line ? h('span.soft', {}, `line ${each.line}`) : null),
    each.findings.length ? h('details', {open: each.findings.length <= MOST_OPEN}, h('summary', {}, `${each.findings.length} ${each.findings.length === 1 ? 'finding' : 'findings'}`),
      each.findings.map(finding => h('div.almost', {}, h('b', {}, `line ${finding.line}: ${finding.id}`), h('div', {}, finding.message), h('div.soft', {}, finding.explanation)))) : null,
    each.message ? h('pre', {tabindex: '0', role: 'group', 'aria-label': 'What whoever asks is told'}, each.message) : null,
    each.warnings.length ? h('ul', {}, each.warnings.map(warning => h('li', {}, warning))) : null);
}

function banner() {
  const {trial} = store;
  $('trial').hidden = !trial;
  if (!trial) return;
  const {verdict} = trial;
  const grave = verdict === 'Rejected' || verdict === 'Breaks';
  fill($('trial'), badge(verdict || 'Applied', SAID[verdict] ?? (verdict || 'Nothing')), h('span', {}, h('b', {}, 'What if'), ': the map shows the cluster with this change, which is not applied.'),
    h(grave ? 'button' : 'button.main', {type: 'button', id: 'apply', 'data-key': 'apply', onclick: applyNow, title: store.map.live ? 'Only in this page: nothing is written to the cluster' : 'In memory, as far as this page is concerned: no file is written'}, store.map.live ? 'Keep in this page' : grave ? 'Apply all the same' : 'Apply'),
    h('button', {type: 'button', id: 'discard', 'data-key': 'discard', onclick: discard}, 'Discard'));
}

async function applyNow() {
  try {
    await apply(store.trial.state);
    store.now = await getMap('now');
    store.flow = store.selected = '';
    discard();
    const where = store.now.decides ? 'The map shows the cluster with it, and the webhook judges by it; no file was written.'
      : 'The map shows the cluster with it. That is so in this page alone: nothing was written, neither to files nor to a cluster.';
    fill(parts.result, h('p', {}, badge('Satisfied', 'applied'), ` ${where}`));
    announce(where);
  } catch (failure) {
    problem(failure.message);
  }
}

function discard() {
  text = '';
  deletions = [];
  parts.area.value = '';
  lines();
  judge();
}

function end() {
  fill(parts.result);
  lines();
  store.trial = null;
  present(store.now);
  changed('map', 'trial');
}

export const isTrying = () => store.trial !== null;

export {documents};
