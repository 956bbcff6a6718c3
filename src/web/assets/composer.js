// Where one types: a question, or `/` and a command with its options, each with its own suggestions.

import { find, make } from './make.js';
import { act, commands, state } from './server.js';

// Types of options by Discord's numbers.
const [SUBCOMMAND, NUMBER, YES_NO, CHANNEL, ROLE, FILE] = [1, 4, 5, 7, 8, 11];

const typed = find('#typed');
const offers = find('#offers');
const place = find('#command');

let chosen = null; // { path: [command, subcommand?], fields: Map(option name -> { option, field, code }) }
let asked = 0;
let stale = false; // whether the suggestions that are shown are for an older text
let wait; // for the next suggestions, until a moment after the last key
let hasty = false; // whether the first of the next ones is to be taken

// Every command that can be sent: one with subcommands counts once for each.
function all() {
  return commands(1).flatMap((command) => {
    const inner = (command.options || []).filter((option) => option.type === SUBCOMMAND);
    return inner.length ? inner.map((one) => [command, one]) : [[command]];
  });
}

const nameOf = (path) => `/${path.map((part) => part.name).join(' ')}`;

function offer(entries, field) {
  offers.replaceChildren(...entries.map((entry, at) => make('div', { role: 'option', id: `offer-${at}`, 'aria-selected': String(at === 0), onmousedown: (event) => { event.preventDefault(); entry.take(); } },
    make('strong', {}, entry.label), entry.about && make('span', { class: 'small' }, entry.about))));
  offers.takers = entries.map((entry) => entry.take);
  offers.hidden = !entries.length;
  for (const one of [typed, ...place.querySelectorAll('input')]) one.setAttribute('aria-expanded', String(!offers.hidden && one === field));
  if (field) field.setAttribute('aria-activedescendant', entries.length ? 'offer-0' : '');
}

function keys(event, field, otherwise) {
  const open = !offers.hidden;
  const at = [...offers.children].findIndex((one) => one.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (open && step) {
    const next = (at + step + offers.children.length) % offers.children.length;
    [...offers.children].forEach((one, place) => one.setAttribute('aria-selected', String(place === next)));
    offers.children[next].scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', `offer-${next}`);
  } else if (stale && event.key === 'Enter') hasty = true;
  else if (open && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) offers.takers[at]?.();
  else if (open && event.key === 'Escape') offer([], field);
  else if (event.key === 'Escape') clear();
  else return otherwise?.(event);
  event.preventDefault();
}

export function clear() {
  chosen = null;
  place.hidden = true;
  place.replaceChildren();
  typed.hidden = false;
  typed.value = '';
  offer([]);
  typed.focus();
}

// What is sent: only options that hold something.
function options() {
  const given = [];
  for (const [name, { option, field, code }] of chosen.fields) {
    if (option.type === FILE) {
      if (field.files[0]) given.push({ name, type: FILE, value: '' });
      continue;
    }
    if (!field.value) continue;
    const value = code?.shown === field.value ? code.value : field.value;
    given.push({ name, type: option.type, value: option.type === NUMBER ? Number(value) : option.type === YES_NO ? value === 'true' : value });
  }
  return given;
}

function data(focused) {
  const [command, sub] = chosen.path;
  const given = options().map((option) => (option.name === focused ? { ...option, focused: true } : option));
  if (focused && !given.some((option) => option.focused)) given.push({ name: focused, type: 3, value: '', focused: true });
  return { name: command.name, type: 1, options: sub ? [{ name: sub.name, type: SUBCOMMAND, options: given }] : given };
}

// Suggestions of the program for what stands in a field.
async function suggest(option, field) {
  const mine = ++asked;
  const { choices = [] } = await act(4, data(option.name)).catch(() => ({}));
  if (mine !== asked || document.activeElement !== field) return;
  offer(choices.map((choice) => ({ label: choice.name, take: () => take(option, field, choice) })), field);
  stale = false;
  const first = hasty && choices[0];
  hasty = false;
  if (first) take(option, field, first);
}

function take(option, field, choice) {
  field.value = choice.name;
  chosen.fields.get(option.name).code = { shown: choice.name, value: choice.value };
  clearTimeout(wait);
  asked += 1;
  stale = hasty = false;
  offer([], field);
}

// Enter sends, as in a field of text; the space bar and arrows open the list.
const sends = (event) => keys(event, event.target, () => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  find('#composer').requestSubmit();
});

function pick(entries) {
  return make('select', { onkeydown: sends }, make('option', { value: '' }, '–'), ...entries.map(([value, label]) => make('option', { value }, label)));
}

function fieldOf(option) {
  if (option.choices?.length) return pick(option.choices.map((choice) => [String(choice.value), choice.name]));
  if (option.type === YES_NO) return pick([['true', 'Yes'], ['false', 'No']]);
  if (option.type === CHANNEL) return pick(state.server.channels.filter((one) => !option.channel_types?.length || option.channel_types.includes(one.type)).map((one) => [one.id, `# ${one.name}`]));
  if (option.type === ROLE) return pick(state.server.roles.map((one) => [one.id, one.name]));
  if (option.type === FILE) return make('input', { type: 'file' });
  const field = make('input', { type: option.type === NUMBER ? 'number' : 'text', maxlength: option.max_length, min: option.min_value, max: option.max_value, autocomplete: 'off' });
  if (option.autocomplete) {
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-controls', 'offers');
    field.setAttribute('aria-expanded', 'false');
    const later = () => { clearTimeout(wait); stale = true; hasty = false; wait = setTimeout(() => suggest(option, field), 120); };
    field.addEventListener('input', later);
    field.addEventListener('focus', later);
    field.addEventListener('blur', () => { clearTimeout(wait); stale = false; offer([]); });
  }
  field.addEventListener('keydown', (event) => keys(event, field));
  return field;
}

function begin(path, values = {}) {
  const wanted = path[path.length - 1].options || [];
  chosen = { path, fields: new Map() };
  const labels = wanted.filter((option) => option.type !== SUBCOMMAND).map((option) => {
    const field = fieldOf(option);
    field.id = `option-${option.name}`;
    field.required = Boolean(option.required);
    field.value = values[option.name] ?? field.value;
    field.title = option.description;
    chosen.fields.set(option.name, { option, field });
    return make('label', { for: field.id, class: option.required ? 'option' : 'option more' }, make('span', {}, option.name, option.required && make('span', { class: 'needed' }, ' *')), field);
  });
  place.replaceChildren(
    make('div', { class: 'chosen' }, make('strong', {}, nameOf(path)), make('span', { class: 'small' }, path[path.length - 1].description), make('button', { type: 'button', class: 'plain', onclick: clear, 'aria-label': 'Take another command' }, '✕')),
    make('div', { class: 'options' }, ...labels));
  place.hidden = false;
  typed.hidden = true;
  typed.value = '';
  offer([]);
  (place.querySelector('input, select') || find('#send')).focus();
}

typed.addEventListener('input', () => {
  typed.style.setProperty('height', 'auto');
  typed.style.setProperty('height', `${typed.scrollHeight}px`);
  const text = typed.value.toLowerCase();
  if (!text.startsWith('/')) return offer([], typed);
  const found = all().filter((path) => nameOf(path).startsWith(text) || text.startsWith(`${nameOf(path)} `));
  offer(found.map((path) => ({ label: nameOf(path), about: path[path.length - 1].description, take: () => begin(path) })), typed);
});

typed.addEventListener('keydown', (event) => keys(event, typed, () => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  find('#composer').requestSubmit();
}));

// Whoever types, types here, wherever the focus is: as on Discord.
document.addEventListener('keydown', (event) => {
  const elsewhere = event.target.closest('input, textarea, select, dialog');
  if (elsewhere || event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return;
  (chosen ? place.querySelector('input, select') : typed)?.focus();
});

// `send` takes a command's data and its file, or a text.
export function onSend(send) {
  find('#composer').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (chosen) {
      const file = [...chosen.fields.values()].map(({ field }) => field.files?.[0]).find(Boolean);
      const upload = file && { name: file.name, text: await file.text() };
      const sent = data();
      clear();
      await send(sent, upload);
    } else if (typed.value.trim()) {
      const text = typed.value.trim();
      clear();
      await send(text);
    }
  });
}
