// Elements from names, attributes and what is in them. Text is always text: nothing here reads HTML.

export function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'disabled' || key === 'required') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...inside.filter((one) => one !== undefined && one !== null && one !== false));
  return element;
}

export const find = (selector) => document.querySelector(selector);
