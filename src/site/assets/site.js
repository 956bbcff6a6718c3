// Search, sorting and filtering. Every page can be read without it.
'use strict';

const $ = (selector) => document.querySelector(selector);

// Search: every word has to begin a word of a title, of another name, or stand in the sentence; titles count most.
const search = $('#search');
if (search && typeof TOPICS !== 'undefined') {
  search.hidden = false;
  const [words, found] = [$('#words'), $('#found')];
  const score = (topic, wanted) => {
    const [, title, names, about] = topic.map((text) => text.toLowerCase());
    const begins = (text, word) => text.split(/[^a-z0-9]+/).some((one) => one.startsWith(word));
    let sum = 0;
    for (const word of wanted) {
      const points = begins(title, word) ? 4 : begins(names, word) ? 2 : begins(about, word) ? 1 : 0;
      if (!points) return 0;
      sum += points;
    }
    return sum + 1 / title.length;
  };
  const show = () => {
    const wanted = words.value.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
    const hits = wanted.length ? TOPICS.map((topic) => [score(topic, wanted), topic]).filter(([points]) => points) : [];
    hits.sort(([one], [other]) => other - one);
    found.replaceChildren(...hits.slice(0, 8).map(([, [address, title, , about]]) => {
      const link = document.createElement('a');
      link.href = search.dataset.up + address;
      link.textContent = title;
      const line = document.createElement('li');
      line.append(link, ` ${about}`);
      return line;
    }));
    if (wanted.length && !hits.length) found.append(Object.assign(document.createElement('li'), { textContent: 'Nothing found.' }));
    found.hidden = !wanted.length;
  };
  words.addEventListener('input', show);
  search.addEventListener('submit', (event) => {
    event.preventDefault();
    found.querySelector('a')?.click();
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') found.hidden = true;
  });
}

// Tables whose headings sort: numbers from the largest, words from A.
for (const table of document.querySelectorAll('table.sorts')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (table.tBodies[0].rows[0]?.cells[column].querySelector('svg')) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const number = head.classList.contains('number');
      const down = head.getAttribute('aria-sort') ? head.getAttribute('aria-sort') !== 'descending' : number;
      heads.forEach((one) => one.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const value = (row) => {
        const cell = row.cells[column];
        return number ? Number(cell.dataset.by ?? cell.textContent.replace(/[^0-9.-]/g, '')) : cell.textContent;
      };
      const order = (one, other) => (number ? value(one) - value(other) : value(one).localeCompare(value(other)));
      const rows = [...table.tBodies[0].rows].sort((one, other) => (down ? order(other, one) : order(one, other)));
      table.tBodies[0].append(...rows);
    });
  });
}

// The filter of the table of roles; its menus bear the numbers of their columns.
const filter = $('#filter');
if (filter) {
  filter.hidden = false;
  const apply = () => {
    let count = 0;
    for (const row of $('#roles').tBodies[0].rows) {
      const fits = [...filter.elements].every((field) => {
        if (!field.name || !field.value) return true;
        if (field.name === 'words') return row.cells[0].textContent.toLowerCase().includes(field.value.toLowerCase().trim());
        return row.cells[Number(field.name)].textContent === field.value;
      });
      row.hidden = !fits;
      count += fits;
    }
    $('#count').textContent = `${count} role${count === 1 ? '' : 's'}`;
  };
  filter.addEventListener('input', apply);
  filter.addEventListener('submit', (event) => event.preventDefault());
  apply();
}
