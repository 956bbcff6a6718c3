// Discord's Markdown as elements. Source of the rules: Discord's help page "Markdown Text 101".

import { make } from './make.js';
import { state } from './server.js';

const SPANS = [
  [/^\\([\\*_~`|>#\-[\]().!])/, (m) => m[1]],
  [/^```(?:\w+\n)?([\s\S]+?)```/, (m) => make('pre', {}, make('code', {}, m[1]))],
  [/^`([^`]+)`/, (m) => make('code', {}, m[1])],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, (m) => make('strong', {}, ...spans(m[1]))],
  [/^__([\s\S]+?)__/, (m) => make('u', {}, ...spans(m[1]))],
  [/^~~([\s\S]+?)~~/, (m) => make('s', {}, ...spans(m[1]))],
  [/^\|\|([\s\S]+?)\|\|/, (m) => make('details', { class: 'spoiler' }, make('summary', {}, 'spoiler'), ...spans(m[1]))],
  [/^\*(?![\s*])([\s\S]+?)\*/, (m) => make('em', {}, ...spans(m[1]))],
  [/^_(?![\s_])([\s\S]+?)_(?!\w)/, (m) => make('em', {}, ...spans(m[1]))],
  [/^\[([^\]]+)\]\(<?(https?:\/\/[^\s)>]+)>?(?: "[^"]*")?\)/, (m) => link(m[2], spans(m[1]))],
  [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1], [m[1]])],
  [/^https?:\/\/[^\s<>)]+[^\s<>).,;:!?]/, (m) => link(m[0], [m[0]])],
  [/^<@!?(\d+)>/, (m) => mention(`@${user(m[1])}`)],
  [/^<@&(\d+)>/, (m) => mention(`@${role(m[1])}`)],
  [/^<#(\d+)>/, (m) => mention(`#${channel(m[1])}`)],
  [/^<\/([^:>]+):\d+>/, (m) => mention(`/${m[1]}`)],
  [/^<t:(\d+)(?::([tTdDfFR]))?>/, (m) => time(Number(m[1]), m[2])],
];

const named = (list, id, key = 'name') => list.find((one) => one.id === id)?.[key];
const user = (id) => named([...state.server.people, state.server.bot], id) || named([state.server.bot], id, 'username') || 'somebody';
const role = (id) => (named(state.server.roles, id) || 'role').replace(/^@/, '');
const channel = (id) => named(state.server.channels, id) || 'channel';
const mention = (text) => make('span', { class: 'mention' }, text);
// A link to a message of this server leads to it on this page.
function link(url, inside) {
  const [, guild, place, message] = /^https:\/\/discord\.com\/channels\/(\d+)\/(\d+)(?:\/(\d+))?$/.exec(url) || [];
  if (guild !== state.server.id) return outside(url, inside);
  return make('button', { type: 'button', class: 'mention jump', 'data-channel': place, 'data-message': message }, inside[0] === url ? `#${channel(place)} › 💬` : inside[0]);
}
const outside = (url, inside) => make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...inside);

function time(seconds, form = 'f') {
  const date = new Date(seconds * 1000);
  const style = { t: { timeStyle: 'short' }, T: { timeStyle: 'medium' }, d: { dateStyle: 'short' }, D: { dateStyle: 'long' }, F: { dateStyle: 'full', timeStyle: 'short' } };
  const whole = date.toLocaleString('en-US', style.F);
  return make('time', { datetime: date.toISOString(), title: whole }, form === 'R' ? away(date) : date.toLocaleString('en-US', style[form] || { dateStyle: 'long', timeStyle: 'short' }));
}

function away(date) {
  const seconds = (date - Date.now()) / 1000;
  const [unit, length] = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]].find(([, length]) => Math.abs(seconds) >= length) || ['second', 1];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(seconds / length), unit);
}

function spans(text) {
  const found = [];
  let plain = '';
  while (text) {
    const hit = SPANS.map(([rule, show]) => [rule.exec(text), show]).find(([match]) => match);
    const inWord = /\w$/.test(plain) && /^[_h]/.test(text);
    if (hit && !inWord) {
      if (plain) found.push(plain);
      plain = '';
      found.push(hit[1](hit[0]));
      text = text.slice(hit[0][0].length);
    } else {
      plain += text[0];
      text = text.slice(1);
    }
  }
  if (plain) found.push(plain);
  return found;
}

// Blocks: headings, lists, quotes, small print; everything else is lines.
export function markdown(text) {
  const page = document.createDocumentFragment();
  let list = null;
  let quote = null;
  let lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at];
    if (line.startsWith('```')) {
      const end = lines.findIndex((one, place) => place > at && one.endsWith('```'));
      if (end > at) {
        page.append(...spans(lines.slice(at, end + 1).join('\n')));
        at = end;
        continue;
      }
    }
    const heading = /^(#{1,3}) (.+)/.exec(line);
    const small = /^-# (.+)/.exec(line);
    const quoted = /^> ?(.*)/.exec(line);
    const item = /^( *)(?:[-*]|(\d+)\.) (.+)/.exec(line);
    if (!item) list = null;
    if (!quoted) quote = null;
    if (heading) page.append(make('div', { class: `heading h${heading[1].length}`, role: 'heading', 'aria-level': String(heading[1].length + 2) }, ...spans(heading[2])));
    else if (small) page.append(make('div', { class: 'small' }, ...spans(small[1])));
    else if (quoted) {
      if (!quote) page.append((quote = make('blockquote')));
      quote.append(make('div', {}, ...spans(quoted[1]), quoted[1] ? '' : make('br')));
    } else if (item) {
      const kind = item[2] ? 'ol' : 'ul';
      if (!list || list.localName !== kind) page.append((list = make(kind, item[2] && { start: item[2] })));
      list.append(make('li', { class: item[1].length > 1 ? 'deep' : undefined }, ...spans(item[3])));
    } else page.append(make('div', {}, ...(line ? spans(line) : [make('br')])));
  }
  return page;
}
