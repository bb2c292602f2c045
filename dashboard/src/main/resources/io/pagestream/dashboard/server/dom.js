// Builds elements. Text is inserted only as text nodes; markup is never parsed.

/** h('p', {class: 'a', onclick: f}, 'text', child, [more]) */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else if (name === 'css') for (const [p, v] of Object.entries(value)) element.style.setProperty(p, v);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (child === undefined || child === null || child === false) continue;
    if (Array.isArray(child)) add(element, child);
    else element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Replaces the content of an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

let fading;

/** Shows a short message, which screen readers announce too. */
export function toast(text) {
  const place = document.getElementById('toast');
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(fading);
  fading = setTimeout(() => place.classList.remove('shown'), 3500);
}

/** Copies text and shows a message. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(what + ' copied');
  } catch {
    toast('The browser does not allow access to the clipboard');
  }
}

/** A select box; options are [value, label]. */
export function select(label, options, value, onchange, attributes) {
  const box = h('select', {onchange: () => onchange(box.value), ...attributes},
    options.map(([v, l]) => h('option', {value: v, selected: v === value}, l)));
  return h('label', {class: 'field'}, h('span', {}, label), box);
}
