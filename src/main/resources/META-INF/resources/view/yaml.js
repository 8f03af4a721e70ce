// YAML with the lines marked that are spoken of.

import {h} from './dom.js';

/**
 * @param text of the manifest
 * @param marks [{first, last, mark}] with mark one of yes, no, almost-line, added; later ones win
 */
export function yaml(text, marks = [], label = 'YAML') {
  const lines = text.replace(/\n$/, '').split('\n');
  const of = new Map();
  for (const {first, last, mark} of marks) for (let line = first; line && line <= last; line++) of.set(line, mark);
  const block = h('pre', {tabindex: '0', role: 'group', 'aria-label': label},
    lines.map((line, index) => h(`code${of.has(index + 1) ? '.' + of.get(index + 1) : ''}`, {}, line || ' ')));
  const first = Math.min(...marks.map(mark => mark.first).filter(Boolean));
  if (Number.isFinite(first)) requestAnimationFrame(() => { block.scrollTop = Math.max(0, (first - 4) * 19); });
  return block;
}

/** Splits YAML into its documents, each with the kind, namespace and name by which it is known. */
export function documents(text) {
  return text.split(/^---.*$/m).filter(part => part.trim()).map(part => ({text: part.replace(/^\n+/, ''), key: keyOf(part)}));
}

function keyOf(text) {
  const kind = text.match(/^kind:\s*['"]?([\w.]+)/m)?.[1] ?? '';
  const metadata = text.match(/^metadata:\s*\n((?:[ \t]+.*\n?|\s*\n)*)/m)?.[1] ?? text.match(/^metadata:\s*\{(.*)\}/m)?.[1].replaceAll(',', '\n') ?? '';
  const field = name => metadata.match(new RegExp(`^\\s*${name}:\\s*['"]?([\\w.-]+)`, 'm'))?.[1] ?? '';
  return `${kind}/${field('namespace')}/${field('name')}`;
}

/** The text with these documents in place of those of the same object, or behind them. */
export function withDocuments(text, added) {
  const all = documents(text);
  for (const document of documents(added)) {
    const place = all.findIndex(each => each.key === document.key);
    if (place >= 0) all[place] = document;
    else all.push(document);
  }
  return all.map(each => each.text.trimEnd()).join('\n---\n') + '\n';
}
