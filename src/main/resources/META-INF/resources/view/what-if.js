// What a change would do: judged while it is typed, shown on the map before anything is applied.

import {apply, getMap, getObject, getObjects, whatIf} from './api.js';
import {$, announce, badge, fill, h} from './dom.js';
import {openFlow} from './panels.js';
import {changed, pairText, present, store} from './store.js';
import {patched} from './patch.js';
import {documents, withDocuments} from './yaml.js';

/** A pause in typing after which is asked, in milliseconds: shorter where answers come soon. */
const PAUSE = {most: 120, least: 20};
/** So many findings are shown at once. */
const MOST_OPEN = 3;
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
/** Milliseconds that the last answer took, drawing included. */
let took = PAUSE.most;
let running;
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

function lines(marks = new Map()) {
  const count = parts.area.value.split('\n').length;
  fill(parts.gutter, Array.from({length: count}, (_, index) => {
    const mark = marks.get(index + 1);
    return h(mark ? `li.${mark.kind}` : 'li', {title: mark?.text}, String(index + 1));
  }));
  parts.gutter.scrollTop = parts.area.scrollTop;
}

function soon(pause = Math.max(PAUSE.least, Math.min(PAUSE.most, took / 2))) {
  clearTimeout(waiting);
  performance.mark('flowguard-typed');
  waiting = setTimeout(judge, pause);
}

async function judge() {
  running?.abort();
  fill(parts.removed, deletions.map(ref => h('button', {type: 'button', title: 'Do not delete it', onclick: () => {
    deletions = deletions.filter(each => each !== ref);
    soon(0);
  }}, `delete ${ref} ×`)));
  if (!text.trim() && !deletions.length) {
    end();
    return;
  }
  running = new AbortController();
  const {signal} = running;
  const [user, groups] = PEOPLE[person] ?? [custom, customGroups];
  try {
    const answer = await whatIf({text, delete: deletions, user, groups}, signal);
    if (answer.problems.length) {
      fill(parts.result, h('div.error', {role: 'alert'}, answer.problems.map(each => h('div', {}, `${each.line ? `line ${each.line}: ` : ''}${each.message}`))));
      lines(new Map(answer.problems.map(each => [each.line, {kind: 'bad', text: each.message}])));
      return;
    }
    const map = answer.patch.whole ? await getMap(answer.state) : patched(store.now, answer);
    if (signal.aborted) return;
    store.trial = answer;
    present(map);
    changed('map', 'trial');
    show(answer);
    took = performance.measure('flowguard-answered', 'flowguard-typed').duration;
  } catch (failure) {
    if (failure.name !== 'AbortError') problem(failure.message);
  }
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
  const flows = keys => keys.map(key => store.raw.flows.find(flow => flow.key === key)).filter(Boolean);
  const list = (title, keys, kind) => keys.length ? [h('h3', {}, title), h('ul.flows', {}, flows(keys).map(flow => h('li', {}, badge(flow.state, kind), ' ', h('button.plain', {type: 'button', 'data-key': flow.key, onclick: () => openFlow(flow)}, `${pairText(flow)}: why?`), h('span.flow-name', {}, `${flow.name}, ${flow.contract}`))))] : [];
  const delta = (title, changes, all, sign, kind) => changes.length ? [h('h3', {}, `${all} ${title}`), h('ul.delta', {}, changes.slice(0, 60).map(change => h(`li.${kind}`, {}, `${sign} ${change.from} → ${change.to}: ${change.ports}${change.sure ? '' : ' (perhaps)'}`)), all > 60 ? h('li', {}, `and ${all - Math.min(60, changes.length)} more`) : null)] : [];
  fill(parts.result,
    list('Flows that it breaks', answer.broken, 'broken'), list('Flows that it repairs', answer.repaired, 'holds'),
    answer.steps.map(step),
    delta('connections gained', answer.gained, answer.gainedInAll, '+', 'gain'), delta('connections lost', answer.lost, answer.lostInAll, '−', 'loss'),
    !answer.gained.length && !answer.lost.length ? h('p.soft', {}, 'No connection is gained or lost.') : null,
    h('p.soft', {}, `judged in ${answer.millis} ms`));
  announce(`${answer.verdict}. ${answer.broken.length} flows broken, ${answer.repaired.length} repaired`);
}

function step(each) {
  return h('section.step', {'aria-label': each.what},
    h('div.row', {}, badge(each.decision, each.decision === 'Applied' ? 'Not judged' : each.decision), h('b', {}, each.what), each.line ? h('span.soft', {}, `line ${each.line}`) : null),
    each.message ? h('pre', {tabindex: '0', role: 'group', 'aria-label': 'What whoever asks is told'}, each.message) : null,
    each.warnings.length ? h('ul', {}, each.warnings.map(warning => h('li', {}, warning))) : null,
    each.findings.length ? h('details', {open: each.findings.length <= MOST_OPEN}, h('summary', {}, `${each.findings.length} ${each.findings.length === 1 ? 'finding' : 'findings'}`),
      each.findings.map(finding => h('div.almost', {}, h('b', {}, `line ${finding.line}: ${finding.id}`), h('div', {}, finding.explanation)))) : null);
}

function banner() {
  const {trial} = store;
  $('trial').hidden = !trial;
  if (!trial) return;
  fill($('trial'), badge(trial.verdict || 'Applied', trial.verdict || 'Nothing'), h('span', {}, h('b', {}, 'What if'), ': the map shows the cluster with this change, which is not applied.'),
    h(trial.verdict === 'Rejected' ? 'button' : 'button.main', {type: 'button', id: 'apply', 'data-key': 'apply', onclick: applyNow, title: store.map.live ? 'Only in this page: nothing is written to the cluster' : 'In memory, as far as this page is concerned: no file is written'}, store.map.live ? 'Keep in this page' : trial.verdict === 'Rejected' ? 'Apply all the same' : 'Apply'),
    h('button', {type: 'button', id: 'discard', 'data-key': 'discard', onclick: discard}, 'Discard'));
}

async function applyNow() {
  try {
    await apply(store.trial.state);
    discard();
    announce('Applied in this page');
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

async function end() {
  fill(parts.result);
  lines();
  store.trial = null;
  store.now = await getMap('now');
  present(store.now);
  changed('map', 'trial');
}

export const isTrying = () => store.trial !== null;

export {documents};
