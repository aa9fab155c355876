// SPDX-License-Identifier: MIT
// Filters the tables of what differs between platforms. The address #?d=WORDS keeps the words.
document.addEventListener('DOMContentLoaded', () => {
	const section = document.getElementById('differences');
	const form = document.getElementById('differing');
	if (!form) return;
	const input = document.getElementById('d');
	const found = form.querySelector('output');
	const tables = [...section.querySelectorAll('.matrix table')];
	const labels = [...tables[0].tHead.rows[0].cells].slice(1).map((th) => th.textContent);
	const runs = labels.map((label) => label.toLowerCase());
	const keys = ['run', 'platform', 'is', 'status', 'verdict', 'folder', 'family', 'file', 'level'];

	const rows = [...section.querySelectorAll('tr[data-id]')].map((tr) => ({
		tr,
		path: tr.dataset.id.toLowerCase(),
		level: tr.dataset.level.toLowerCase(),
		kind: tr.closest('table').className === 'verdicts' ? 'verdict' : 'value',
		text: (tr.dataset.id + ' ' + tr.textContent).toLowerCase(),
		cells: [...tr.cells].slice(1).map((td, run) => ({
			run,
			apart: td.classList.contains('apart'),
			verdict: td.classList.contains('none') ? td.textContent : td.classList[0] || '',
		})),
	}));

	const folder = (row, v) => row.path.startsWith(v + '/');
	const rowTests = {
		is: (row, v) => row.kind === v,
		level: (row, v) => row.level === v,
		folder, family: folder,
		file: (row, v) => row.path.split('/').slice(0, -1).join('/').includes(v),
		'': (row, v) => row.text.includes(v),
	};
	const run = (cell, v) => runs[cell.run].includes(v);
	const status = (cell, v) => v === 'bad' ? badVerdicts.includes(cell.verdict) : cell.verdict === v;
	const cellTests = {run, platform: run, status, verdict: status};

	// One cell has to pass all words about cells. Who asks for no verdict asks for what stands apart.
	const matching = (row, terms) => {
		const any = terms.some((t) => t.key === 'status' || t.key === 'verdict');
		return passes(rowTests, terms, row) && row.cells.some((c) => (any || c.apart) && passes(cellTests, terms, c));
	};

	const filter = () => {
		const terms = parseQuery(input.value, keys);
		let count = 0;
		for (const row of rows) {
			row.tr.hidden = !matching(row, terms);
			if (!row.tr.hidden) count++;
		}
		for (const table of tables) {
			for (const body of table.tBodies) body.hidden = [...body.rows].every((tr, i) => i === 0 || tr.hidden);
			table.parentNode.hidden = [...table.tBodies].every((body) => body.hidden);
		}
		found.textContent = `${count} of ${rows.length} differences`;
		selectsFollow(form, terms);
	};
	const remember = () => {
		filter();
		history.replaceState(null, '', input.value.trim() === '' ? '#differences' : '#?d=' + encodeURIComponent(input.value.trim()));
	};

	const fill = (key, options) => {
		const select = form.querySelector(`select[data-key="${key}"]`);
		for (const [value, text] of options) select.append(element('option', text, {value}));
		select.parentNode.hidden = select.options.length < 2;
	};
	const distinct = (list) => [...new Set(list)].filter((v) => v !== '').sort().map((v) => [v, v]);
	fill('run', labels.map((label, i) => [runs[i], `${label}: ${rows.filter((r) => r.cells[i].apart).length}`]));
	fill('status', distinct(rows.filter((r) => r.kind === 'verdict').flatMap((r) => r.cells.map((c) => c.verdict))));
	fill('folder', distinct(rows.map((r) => r.path.split('/')[0])));
	form.hidden = false;
	form.addEventListener('submit', (event) => event.preventDefault());
	input.addEventListener('input', remember);
	queryFollows(form, input, remember);
	form.querySelector('button').addEventListener('click', () => {
		input.value = '';
		remember();
		input.focus();
	});

	const follow = () => {
		const asked = location.hash.startsWith('#?') ? new URLSearchParams(location.hash.slice(2)) : null;
		if (asked && asked.has('d')) input.value = asked.get('d');
		filter();
	};
	window.addEventListener('hashchange', follow);
	follow();
});
