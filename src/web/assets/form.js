// A form over the page: texts to fill in, sent back whole.

import { find, make } from './make.js';

export function ask(form, send) {
  const dialog = find('#form');
  const inputs = form.components.flatMap((row) => row.components || [row.component]).filter(Boolean);
  const fields = inputs.map((input) => {
    const name = input.style === 2 ? 'textarea' : 'input';
    const field = make(name, { id: `input-${input.custom_id}`, name: input.custom_id, maxlength: input.max_length, minlength: input.min_length, required: input.required !== false, placeholder: input.placeholder, rows: name === 'textarea' ? '5' : undefined });
    field.value = input.value || '';
    return [input, field];
  });
  const submit = async (event) => {
    event.preventDefault();
    dialog.close();
    await send({ custom_id: form.custom_id, inputs: Object.fromEntries(fields.map(([input, field]) => [input.custom_id, field.value])) });
  };
  const page = make('form', { onsubmit: submit },
    make('h2', { id: 'form-title' }, form.title),
    ...fields.map(([input, field]) => make('p', {}, make('label', { for: field.id }, input.label, field.required && make('span', { class: 'needed', title: 'required' }, ' *')), field)),
    make('div', { class: 'row' }, make('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Cancel'), make('button', { type: 'submit', class: 'main' }, 'Submit')));
  // A browser gives the focus back to a box that was hidden meanwhile, and types nothing into it.
  dialog.onclose = () => { document.activeElement?.blur(); find('#typed').focus(); };
  dialog.replaceChildren(page);
  dialog.showModal();
}
