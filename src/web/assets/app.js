// The page: channels, messages, and who one is. Everything that is shown was said by the program.

import { clear, onSend } from './composer.js';
import { ask } from './form.js';
import { find, make } from './make.js';
import { show } from './message.js';
import { act, come, commands, look, person, say, state } from './server.js';

const log = find('#log');
// Questions to begin with.
const FIRST = ['what does a sonographer earn in Texas?', 'which healthcare jobs can I do from home?', 'compare registered nurse and nurse practitioner', 'what is new in telehealth?'];

let busy = 0;

function trouble(error) {
  const place = find('#trouble');
  place.textContent = error ? error.message : '';
  place.hidden = !error;
}

// Shows what has changed, and keeps the place of whoever reads further up.
function draw() {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const channel = state.server.channels.find((one) => one.id === state.channel) || state.server.channels[0];
  state.channel = channel.id;
  find('#here').textContent = `# ${channel.name}`;
  find('#about').textContent = channel.topic || '';
  document.title = `#${channel.name} · careerbot: try it`;
  const mine = [...state.messages.values()].filter((message) => message.channel_id === channel.id && (!message.for || message.for === state.part));
  mine.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  const there = new Map([...log.querySelectorAll('.message')].map((one) => [one.dataset.id, one]));
  const shown = mine.map((message) => {
    const old = there.get(message.id);
    const now = JSON.stringify([message, state.part]);
    if (old?.now === now) return old;
    const fresh = show(message, press, apps);
    fresh.now = now;
    if (old?.contains(document.activeElement)) setTimeout(() => fresh.querySelector('button:not(:disabled)')?.focus());
    return fresh;
  });
  if (shown.length) log.replaceChildren(...shown);
  else log.replaceChildren(welcome(channel));
  const list = find('#channels ul');
  const { channels } = state.server;
  const inOrder = channels.filter((one) => !one.parent_id).flatMap((one) => [one, ...channels.filter((thread) => thread.parent_id === one.id)]);
  const signs = JSON.stringify([state.channel, inOrder.map((one) => [one.id, one.name, fresh(one)])]);
  if (list.signs !== signs) list.replaceChildren(...inOrder.map((one) => make('li', { class: one.parent_id ? 'thread' : undefined },
    make('button', { type: 'button', class: 'plain', 'aria-current': one.id === channel.id ? 'true' : undefined, onclick: () => go(one.id) }, `${one.parent_id ? '↳' : one.type === 15 ? '🗨' : one.type === 5 ? '📢' : '#'} ${one.name}`, fresh(one) && make('span', { class: 'new' }, 'new')))));
  list.signs = signs;
  if (atEnd) log.scrollTop = log.scrollHeight;
}

const read = new Map();
function fresh(channel) {
  const last = [...state.messages.values()].filter((one) => one.channel_id === channel.id && (!one.for || one.for === state.part)).length;
  if (channel.id === state.channel) read.set(channel.id, last);
  return last > (read.get(channel.id) || 0);
}

function welcome(channel) {
  const buttons = channel.type === 0 ? FIRST.map((question) => make('button', { type: 'button', class: 'plain', onclick: () => speak(question) }, question)) : [];
  const words = state.part === 'moderator' ? 'As a moderator you also have /digest, /knowledge, /gaps, /stats and /settings.' : 'Try one of these, or type / for the commands. Answers are for you alone until you press Share.';
  return make('section', { class: 'welcome' }, make('h2', {}, `Welcome to #${channel.name}`), make('p', {}, channel.topic || ''), make('p', {}, words), make('div', { class: 'row' }, ...buttons));
}

async function news() {
  if (await look()) draw();
}

// Does something, and looks a few times for what follows it.
async function doing(work) {
  busy += 1;
  document.body.classList.add('busy');
  try {
    trouble(null);
    const reply = await work();
    await news();
    log.scrollTop = log.scrollHeight;
    if (reply?.form) ask(reply.form, (data) => doing(() => act(5, data)));
    for (const pause of [250, 500, 1000, 2500]) setTimeout(() => news().catch(trouble), pause);
  } catch (error) {
    trouble(error);
  } finally {
    busy -= 1;
    document.body.classList.toggle('busy', busy > 0);
  }
}

const press = (data, message) => doing(() => act(3, data, { message }));
const apps = (command, message) => doing(() => act(2, { name: command.name, type: 3 }, { message }));
const speak = (text) => doing(() => say(`<@${state.server.bot.id}> ${text}`));

function go(id) {
  state.channel = id;
  document.body.classList.remove('channels');
  find('#open-channels').setAttribute('aria-expanded', 'false');
  draw();
  log.scrollTop = log.scrollHeight;
  clear();
}

find('#open-channels').addEventListener('click', () => {
  const open = document.body.classList.toggle('channels');
  find('#open-channels').setAttribute('aria-expanded', String(open));
});
find('#who').addEventListener('change', (event) => {
  state.part = event.target.value;
  draw();
  clear();
});
log.addEventListener('click', (event) => {
  const jump = event.target.closest('.jump');
  if (!jump) return;
  go(jump.dataset.channel);
  const message = log.querySelector(`[data-id="${jump.dataset.message}"]`);
  message?.scrollIntoView();
  message?.animate([{ background: 'var(--mention-back)' }, {}], 1500);
});
onSend((sent, file) => (typeof sent === 'string' ? speak(sent) : doing(() => act(2, sent, { file }))));

try {
  await come();
  find('#who').replaceChildren(...state.server.people.map((one) => make('option', { value: one.part }, `${one.name}, a ${one.part}`)));
  draw();
  if (!matchMedia('(pointer: coarse)').matches) clear();
  setInterval(() => { if (!document.hidden) news().catch(trouble); }, 5000);
} catch (error) {
  trouble(error);
}
document.body.dataset.ready = String(Boolean(state.server && person() && commands(1).length));
