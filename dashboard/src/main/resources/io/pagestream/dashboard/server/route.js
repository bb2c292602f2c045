// The current view and its parameters, stored in the fragment of the address.

/** {view, parameters: URLSearchParams} */
export function current() {
  const text = location.hash.replace(/^#\/?/, '');
  const at = text.indexOf('?');
  return {
    view: (at < 0 ? text : text.slice(0, at)) || 'overview',
    parameters: new URLSearchParams(at < 0 ? '' : text.slice(at + 1)),
  };
}

/** The address of a view. */
export function href(view, parameters = {}) {
  const search = parameters instanceof URLSearchParams ? parameters : new URLSearchParams();
  if (search !== parameters) {
    for (const [name, value] of Object.entries(parameters)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== null && one !== '') search.append(name, one);
      }
    }
  }
  const text = search.toString();
  return '#/' + view + (text ? '?' + text : '');
}

/** Opens a view; with `replace`, the current entry of the history is replaced. */
export function go(view, parameters, replace) {
  const to = href(view, parameters);
  if (to === location.hash) return;
  if (replace) {
    history.replaceState(null, '', to);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = to;
  }
}

/** Stores parameters in the address without opening a view. */
export function note(view, parameters) {
  history.replaceState(null, '', href(view, parameters));
}
