// One message: who said it, text, embeds, pictures, and what stands below it.

import { make } from './make.js';
import { markdown } from './markdown.js';
import { commands, state } from './server.js';

// Styles of buttons by Discord's numbers.
const LOOKS = { 1: 'main', 2: 'plain', 3: 'good', 4: 'bad' };

const clock = (iso) => new Date(iso).toLocaleTimeString('en-US', { timeStyle: 'short' });

function face(author) {
  return author.bot
    ? make('img', { class: 'face', src: '/icon.svg', alt: '', width: '40', height: '40' })
    : make('span', { class: `face ${author.username}`, 'aria-hidden': 'true' }, author.username[0].toUpperCase());
}

function embed(one) {
  const box = make('article', { class: 'embed' });
  if (one.color !== undefined) box.style.setProperty('--edge', `#${one.color.toString(16).padStart(6, '0')}`);
  if (one.author) box.append(make('div', { class: 'author' }, one.author.name));
  if (one.title) {
    const title = one.url ? make('a', { href: one.url, target: '_blank', rel: 'noopener noreferrer' }, one.title) : one.title;
    box.append(make('h3', {}, title));
  }
  if (one.description) box.append(make('div', { class: 'text' }, markdown(one.description)));
  if (one.fields?.length) {
    const fields = one.fields.map((field) => make('div', { class: field.inline ? 'inline' : 'field' }, make('h4', {}, markdown(field.name)), make('div', {}, markdown(field.value))));
    box.append(make('div', { class: 'fields' }, ...fields));
  }
  if (one.image) box.append(make('img', { class: 'picture', src: one.image.url, alt: one.image.alt || '' }));
  if (one.footer) box.append(make('footer', {}, one.footer.text));
  return box;
}

// A menu that opens: each entry is a button, so that Tab, arrows, Enter and Escape do what one expects.
function menu(component, entries, press) {
  const chosen = entries.find((entry) => entry.default);
  const list = make('div', { class: 'entries', role: 'listbox', hidden: true });
  const opener = make('button', { type: 'button', class: 'menu', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', disabled: component.disabled },
    chosen ? chosen.label : component.placeholder || 'Make a selection', make('span', { 'aria-hidden': 'true' }, ' ▾'));
  const show = (open) => {
    list.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (open) (list.querySelector('[aria-selected=true]') || list.firstChild)?.focus();
  };
  opener.addEventListener('click', () => show(list.hidden));
  for (const entry of entries) {
    const choose = () => { show(false); press(entry.value === null ? [] : [entry.value]); };
    list.append(make('button', { type: 'button', role: 'option', 'aria-selected': String(Boolean(entry.default)), onclick: choose },
      make('span', {}, entry.label), entry.description && make('span', { class: 'small' }, entry.description)));
  }
  const box = make('div', { class: 'select' }, opener, list);
  box.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && !list.hidden) { show(false); opener.focus(); }
    else if (step && list.hidden) show(true);
    else if (step) {
      const all = [...list.children];
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
    } else return;
    event.preventDefault();
  });
  box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) show(false); });
  return box;
}

function entriesOf(component) {
  const chosen = (id) => component.default_values?.some((one) => one.id === id);
  const known = component.type === 6 ? state.server.roles : state.server.channels;
  const fits = (one) => component.type === 6 || !component.channel_types || component.channel_types.includes(one.type);
  const entries = known.filter(fits).map((one) => ({ label: component.type === 6 ? one.name : `# ${one.name}`, value: one.id, default: chosen(one.id) }));
  return component.min_values === 0 ? [{ label: 'None', value: null }, ...entries] : entries;
}

function below(message, act) {
  const press = (component, values) => act({ custom_id: component.custom_id, values }, message.id);
  return (message.components || []).map((row) => make('div', { class: 'row' }, ...row.components.map((component) => {
    if (component.type === 3) return menu(component, component.options, (values) => press(component, values));
    if (component.type !== 2) return menu(component, entriesOf(component), (values) => press(component, values));
    if (component.url) return make('a', { class: 'button plain', href: component.url, target: '_blank', rel: 'noopener noreferrer' }, component.label, ' ↗');
    return make('button', { type: 'button', class: LOOKS[component.style] || 'plain', disabled: component.disabled, onclick: () => press(component) }, component.label);
  })));
}

function head(message) {
  const asked = message.interaction;
  if (asked?.type === 2) return make('div', { class: 'asked' }, `${asked.user.username} used `, make('span', { class: 'mention' }, `/${asked.name}`));
  const to = message.message_reference && state.messages.get(message.message_reference.message_id);
  return to && make('div', { class: 'asked' }, `↱ ${to.author.username}: ${(to.content || to.embeds[0]?.title || '').replace(/<@\d+> ?/g, '').slice(0, 80)}`);
}

// `act` sends a press; `apps` runs a command of the message's own menu.
export function show(message, act, apps) {
  const { author } = message;
  const files = (message.attachments || []).filter((file) => !(message.embeds || []).some((one) => one.image?.url === file.url));
  for (const one of message.embeds || []) {
    const file = one.image && message.attachments?.find((file) => file.url === one.image.url);
    if (file) one.image.alt = file.description;
  }
  const menu = !author.bot && commands(3).map((command) => make('button', { type: 'button', class: 'plain app', onclick: () => apps(command, message.id) }, `Apps ▸ ${command.name}`));
  return make('section', { class: message.for ? 'message private' : 'message', 'data-id': message.id, 'aria-label': `${author.username}, ${clock(message.timestamp)}` },
    head(message), face(author),
    make('div', { class: 'body' },
      make('div', { class: 'name' }, make('strong', {}, author.username), author.bot && make('span', { class: 'app-tag' }, 'APP'), make('time', { datetime: message.timestamp }, clock(message.timestamp))),
      message.content && make('div', { class: 'text' }, markdown(message.content), message.edited_timestamp && make('span', { class: 'small' }, ' (edited)')),
      ...(message.embeds || []).map(embed),
      ...files.map((file) => (file.content_type === 'image/png' ? make('img', { class: 'picture', src: file.url, alt: file.description || file.filename }) : make('a', { class: 'file', href: file.url, download: file.filename }, file.filename))),
      ...below(message, act),
      message.for && make('div', { class: 'small' }, '👁 Only you can see this'),
      message.flags === 1 && make('div', { class: 'small' }, '📢 Published to the servers that follow this channel'),
      menu && make('div', { class: 'row' }, ...menu)));
}
