// The way to the program: one key for this page, and what is known of the server.

export const state = { key: '', server: null, commands: [], part: 'member', channel: '', version: 0, messages: new Map() };

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json', 'x-visit': state.key },
    body: body && JSON.stringify(body),
  }).catch(() => null);
  if (!answer) throw new Error('The program does not answer. Is it still running?');
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `The program refuses (${answer.status}).`);
  return said;
}

export async function come() {
  const { key, server, commands } = await ask('POST', '/come');
  Object.assign(state, { key, server, commands, channel: server.channels[0].id });
}

export const act = (kind, data, more = {}) => ask('POST', '/act', { as: state.part, channel: state.channel, kind, data, ...more });

export const say = (content) => ask('POST', '/say', { as: state.part, channel: state.channel, content });

// What is new: true where there is something.
export async function look() {
  const news = await ask('GET', `/news/${state.version}`);
  if (news.version === state.version) return false;
  state.version = news.version;
  state.server.channels = news.channels;
  for (const message of news.messages) {
    if (message.deleted) state.messages.delete(message.id);
    else state.messages.set(message.id, message);
  }
  return true;
}

export const person = () => state.server.people.find((one) => one.part === state.part);

// The commands that Discord would show: some are for moderators.
export function commands(kind) {
  const mine = BigInt(person().permissions);
  const may = (command) => !command.default_member_permissions || (mine & BigInt(command.default_member_permissions)) !== 0n;
  return state.commands.filter((command) => (command.type || 1) === kind && may(command));
}
