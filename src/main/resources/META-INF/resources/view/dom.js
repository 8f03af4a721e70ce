// Builds elements. Text only ever becomes text: nothing that comes from a cluster is read as HTML.

/** h('button.main', {onclick: …, 'aria-label': …}, 'Text', child, …) */
export function h(what, attributes = {}, ...children) {
  const [name, ...classes] = what.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== 'string' && key !== 'list') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = id => document.getElementById(id);

/** Puts new children in, and the focus back on what had it, if something of that name is there again. */
export function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...children.flat(9).filter(child => child));
  if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  return element;
}

/** Tells people who listen rather than look. */
export function announce(text) {
  $('live').textContent = text;
}

export function badge(state, text = state) {
  return h(`span.badge.${state}`, {}, text);
}

/** Downloads something that was made here. */
export function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = h('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A button that copies, and says that it did. */
export function copyButton(text, label = 'Copy') {
  const button = h('button', {type: 'button', 'data-key': 'copy', onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyByHand(text);
    }
    button.textContent = 'Copied';
    announce('Copied');
    setTimeout(() => { button.textContent = label; }, 2000);
  }}, label);
  return button;
}

/** Where the clipboard may not be written to directly. */
function copyByHand(text) {
  const area = h('textarea', {'aria-hidden': 'true'});
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
