// SPDX-License-Identifier: MIT
// The page reads without this script. It shows one case at a time, searches the table,
// and marks a field's bytes. Nothing here makes markup out of text.
'use strict';
document.documentElement.classList.add('js');

const badVerdicts = ['fail', 'crash', 'timeout', 'error', 'fixed'];

const element = (name, text, attributes = {}) => {
	const e = document.createElement(name);
	if (text !== undefined) e.textContent = text;
	for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
	return e;
};

// The words of a query: key:value,value with one of the keys, or free text; "-" before it is not.
const parseQuery = (query, keys) => (query.match(/-?(?:[a-z]+:)?"[^"]*"?|\S+/gi) || []).map((word) => {
	const not = word.startsWith('-') && word.length > 1;
	const rest = not ? word.slice(1) : word;
	const match = /^([a-z]+):(.*)$/i.exec(rest);
	const clean = (s) => s.replace(/"/g, '').toLowerCase();
	if (match && keys.includes(match[1].toLowerCase()))
		return {not, key: match[1].toLowerCase(), values: clean(match[2]).split(',').filter((v) => v !== '')};
	return {not, key: '', values: [clean(rest)]};
});

// Whether the tests pass of all terms that have one; a term without a value asks for nothing.
const passes = (tests, terms, what) => terms.every((t) => {
	const test = tests[t.key];
	return !test || t.values.length === 0 || t.values.some((v) => test(what, v)) !== t.not;
});

// The selects of a form stand for words of its query, and the other way round.
const selectsFollow = (form, terms) => {
	for (const select of form.querySelectorAll('select')) {
		const term = terms.find((t) => t.key === select.dataset.key && !t.not && t.values.length === 1);
		select.value = term && [...select.options].some((o) => o.value === term.values[0]) ? term.values[0] : '';
	}
};
const queryFollows = (form, input, changed) => {
	for (const select of form.querySelectorAll('select')) {
		select.addEventListener('change', () => {
			const key = select.dataset.key;
			const words = (input.value.match(/\S*"[^"]*"?|\S+/g) || []).filter((w) => !w.toLowerCase().startsWith(key + ':'));
			if (select.value !== '') words.unshift(`${key}:${/\s/.test(select.value) ? `"${select.value}"` : select.value}`);
			input.value = words.join(' ');
			changed();
		});
	}
};

document.addEventListener('DOMContentLoaded', () => {
	const root = document.documentElement;
	const table = document.getElementById('table');
	const form = document.getElementById('search');
	const input = document.getElementById('q');
	const found = document.getElementById('found');
	const pages = document.getElementById('pages');
	const title = document.title;
	const runs = [...table.querySelectorAll('th[data-run]')].map((th) => th.textContent.toLowerCase());
	const groups = [...table.tBodies];
	const verdicts = ['pass', 'fail', 'skip', 'known', 'fixed', 'error', 'timeout', 'crash'];

	const verdictOf = (mark) => verdicts.find((v) => mark.classList.contains(v));
	const idOf = (link) => decodeURIComponent(link.getAttribute('href').slice(1));

	// ---- the table as data

	const rows = [...table.querySelectorAll('tr[data-us]')].map((tr) => {
		const id = idOf(tr.querySelector('.c a'));
		const marks = [];
		[...tr.querySelectorAll('td.m')].forEach((td, run) => {
			for (const a of td.querySelectorAll('a.v')) {
				const own = idOf(a);
				marks.push({a, run, verdict: verdictOf(a), variant: own.slice(id.length + 1).toLowerCase(), id: own.toLowerCase()});
			}
		});
		const words = tr.dataset.words || '';
		return {
			tr, id, marks, home: tr.parentNode, time: Number(tr.dataset.us),
			path: id.toLowerCase(),
			level: tr.querySelector('.l').textContent.trim().toLowerCase(),
			tags: (tr.dataset.tags || '').toLowerCase().split(' '),
			since: (tr.dataset.since || '').split(' '),
			removed: (tr.dataset.removed || '').split(' '),
			needs: (tr.dataset.needs || '').toLowerCase().split(' '),
			words: words.toLowerCase().split(' '),
			text: (id + ' ' + tr.querySelector('.claim').textContent + ' ' + words + ' ' + (tr.dataset.tags || '')).toLowerCase(),
			page: null,
		};
	});
	// The lesson and the specification are searched too, but read only when it comes to that.
	const pageText = (row) => {
		if (row.page === null) {
			const article = document.getElementById(row.id);
			const parts = article ? article.querySelectorAll(':scope > .intro .lesson, :scope > .intro .spec') : [];
			row.page = [...parts].map((p) => p.textContent).join(' ').toLowerCase();
		}
		return row.page;
	};
	const isDifferent = (row) => {
		const seen = new Map();
		for (const m of row.marks) {
			const all = seen.get(m.id) || [];
			all.push(m.verdict);
			seen.set(m.id, all);
		}
		return runs.length > 1 && [...seen.values()].some((all) => all.length < runs.length || new Set(all).size > 1);
	};

	// ---- the query language

	const keys = ['status', 'verdict', 'level', 'tag', 'need', 'folder', 'family', 'file', 'call', 'variant', 'time', 'run', 'platform', 'is', 'since', 'removed'];

	const rowTests = {
		level: (row, v) => row.level === v,
		tag: (row, v) => row.tags.includes(v),
		need: (row, v) => row.needs.includes(v),
		folder: (row, v) => row.path.startsWith(v + '/'),
		family: (row, v) => row.path.startsWith(v + '/'),
		file: (row, v) => row.path.split('/').slice(0, -1).join('/').includes(v),
		call: (row, v) => row.words.includes(v.replace(/\(\)$/, '') + '()'),
		since: (row, v) => row.since.some((s) => s === v || s.startsWith(v + '.')),
		removed: (row, v) => row.removed.some((s) => s === v || s.startsWith(v + '.')),
		time: (row, v) => {
			const limit = Number(v.replace(/[<>]/, '')) * 1000;
			return v.startsWith('<') ? row.time < limit : row.time > limit;
		},
		is: (row, v) => v === 'different' ? isDifferent(row) : v === 'same' ? !isDifferent(row)
			: v === 'versioned' ? row.since[0] !== '' || row.removed[0] !== ''
			: v === 'slow' ? row.time > 100000 : v === 'bad' ? row.marks.some((m) => badVerdicts.includes(m.verdict)) : false,
		'': (row, v) => row.text.includes(v) || row.marks.some((m) => m.variant.includes(v)) || pageText(row).includes(v),
	};
	const runTest = (m, v) => runs[m.run].includes(v);
	const markTests = {
		status: (m, v) => v === 'bad' ? badVerdicts.includes(m.verdict) : m.verdict === v,
		variant: (m, v) => m.variant === v || m.variant.split(/[^a-z0-9]+/).includes(v),
		run: runTest,
		platform: runTest,
	};
	markTests.verdict = markTests.status;

	// A case is found when it passes the words about cases, and one of its marks all words about marks.
	const matching = (row, terms) => {
		const good = row.marks.filter((m) => passes(markTests, terms, m));
		return good.length > 0 && passes(rowTests, terms, row) ? good : null;
	};

	let shown = rows;
	let sorted = '';
	const search = (query) => {
		const terms = parseQuery(query, keys);
		let marks = 0;
		shown = [];
		for (const row of rows) {
			const good = matching(row, terms);
			row.tr.hidden = good === null;
			if (good === null) continue;
			const some = new Set(good);
			for (const m of row.marks) m.a.classList.toggle('dim', !some.has(m));
			marks += good.length;
			shown.push(row);
		}
		for (const body of groups)
			body.rows[0].hidden = [...body.rows].every((tr, i) => i === 0 || tr.hidden);
		if (sorted !== '') shown = order(shown);
		found.textContent = `${shown.length} of ${rows.length} cases, ${marks} results`;
		const topic = document.getElementById(`about-${query.trim()}`);
		if (topic) found.append(element('a', `is anything checking ${query.trim()}?`, {href: `#${topic.id}`}));
		selectsFollow(form, terms);
	};

	// ---- sorting

	const order = (list) => list.slice().sort((a, b) =>
		sorted === 'time' ? b.time - a.time : sorted === 'level' ? a.level.localeCompare(b.level) || (a.id < b.id ? -1 : 1) : 0);
	const sort = (key) => {
		sorted = key === 'id' ? '' : key;
		table.classList.toggle('flat', sorted !== '');
		const all = sorted === '' ? rows : order(rows);
		for (const row of all) (sorted === '' ? row.home : groups[0]).append(row.tr);
		for (const th of table.querySelectorAll('th[data-sort]')) {
			if (th.dataset.sort === key) th.setAttribute('aria-sort', key === 'time' ? 'descending' : 'ascending');
			else th.removeAttribute('aria-sort');
		}
		search(input.value);
	};
	for (const th of table.querySelectorAll('th[data-sort]')) {
		const button = element('button', th.textContent.trim(), {type: 'button'});
		th.replaceChildren(button);
		button.addEventListener('click', () => sort(th.dataset.sort));
	}

	// ---- the address: #ID is a case or variant, #?q=WORDS a search

	const bar = element('nav', undefined, {id: 'bar', 'aria-label': 'Case'});
	let current = null;
	let here = null;
	let scroll = 0;
	const hash = (id) => '#' + id.split('/').map(encodeURIComponent).join('/');
	const queryHash = () => input.value.trim() === '' ? '#' : '#?q=' + encodeURIComponent(input.value.trim());

	const showBar = (article) => {
		const at = shown.findIndex((row) => row.id === article.id);
		const step = (i, text, rel) => {
			const row = at < 0 ? undefined : shown[i];
			return row ? element('a', text, {href: hash(row.id), rel, title: row.id, class: rel}) : element('span', '', {class: rel});
		};
		bar.replaceChildren(element('a', '\u2190 All cases', {href: queryHash(), class: 'back'}),
			element('span', at < 0 ? '' : `${at + 1} of ${shown.length}`),
			step(at - 1, '\u2039 previous', 'prev'), step(at + 1, 'next \u203a', 'next'));
		article.prepend(bar);
	};
	const leave = () => {
		if (!current) return;
		current.classList.remove('on');
		current = null;
	};
	const go = () => {
		const raw = location.hash.slice(1);
		let id = raw;
		try { id = decodeURIComponent(raw); } catch { /* not one of ours */ }
		if (here) here.classList.remove('here');
		here = null;
		const target = raw.startsWith('?') ? null : id.includes('/') ? document.getElementById(id) : null;
		const article = target && target.closest('article');
		if (article) {
			if (!current) scroll = window.scrollY;
			leave();
			current = article;
			article.classList.add('on');
			root.classList.add('case');
			document.title = `${article.id} \u2013 sockatlas`;
			showBar(article);
			if (target !== article) {
				here = target;
				target.classList.add('here');
				target.scrollIntoView();
			} else {
				window.scrollTo(0, 0);
			}
			return;
		}
		const back = current !== null;
		leave();
		root.classList.remove('case');
		document.title = title;
		const asked = new URLSearchParams(raw.startsWith('?') ? raw.slice(1) : '');
		const query = asked.get('q') || '';
		if ((asked.has('q') || raw === '') && query !== input.value.trim()) input.value = query;
		search(input.value);
		if (back && (raw === '' || raw.startsWith('?'))) window.scrollTo(0, scroll);
		else if (asked.has('q')) document.getElementById('cases').scrollIntoView();
		else if (asked.has('d')) document.getElementById('differences')?.scrollIntoView();
		else if (id !== '' && document.getElementById(id)) {
			const spot = document.getElementById(id);
			if (spot.tagName === 'DETAILS') spot.open = true;
			spot.scrollIntoView();
		}
	};
	const remember = () => {
		search(input.value);
		history.replaceState(null, '', queryHash());
	};

	// ---- the form

	const fill = (key, values) => {
		const select = form.querySelector(`select[data-key="${key}"]`);
		for (const v of values) if (v !== '') select.append(element('option', v, {value: v}));
		select.parentNode.hidden = select.options.length < 2;
	};
	const distinct = (f) => [...new Set(rows.flatMap(f))].sort();
	const there = new Set(rows.flatMap((r) => r.marks.map((m) => m.verdict)));
	fill('status', [...(badVerdicts.some((v) => there.has(v)) ? ['bad'] : []), ...verdicts.filter((v) => there.has(v))]);
	fill('level', distinct((r) => r.level));
	fill('folder', distinct((r) => r.path.split('/')[0]));
	fill('tag', distinct((r) => r.tags));
	form.hidden = false;
	form.addEventListener('submit', (event) => event.preventDefault());
	input.addEventListener('input', remember);
	queryFollows(form, input, remember);
	document.getElementById('clear').addEventListener('click', () => {
		input.value = '';
		remember();
		input.focus();
	});

	// ---- keys

	document.addEventListener('keydown', (event) => {
		const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key === 'Escape' && current) location.hash = queryHash();
		else if (event.key === 'Escape' && typing) event.target.blur();
		else if (typing) return;
		else if (event.key === '/') {
			event.preventDefault();
			if (current) location.hash = queryHash();
			input.focus();
			input.select();
		} else if ((event.key === 'n' || event.key === 'p') && current) {
			const link = bar.querySelector(event.key === 'n' ? 'a.next' : 'a.prev');
			if (link) link.click();
		}
	});

	// ---- a packet's field marks its bytes

	const range = (li) => li.dataset.b.split('+').map(Number);
	const mark = (li) => {
		const pre = li.closest('.pb').querySelector('.hex');
		if (pre.plain === undefined) pre.plain = pre.textContent;
		for (const other of li.parentNode.querySelectorAll('.on')) other.classList.remove('on');
		li.classList.add('on');
		const [first, length] = range(li);
		const parts = [];
		// A line is "0000  00 01 ...  text": byte i of it stands at 6 + 3i, and as text at 55 + i.
		pre.plain.split('\n').forEach((line, number) => {
			const from = Math.max(first - 16 * number, 0), to = Math.min(first + length - 16 * number, 16);
			if (number > 0) parts.push('\n');
			if (from >= to || line === '') {
				parts.push(line);
				return;
			}
			const hex = [6 + 3 * from, 5 + 3 * to], text = [55 + from, 55 + to];
			parts.push(line.slice(0, hex[0]), element('mark', line.slice(...hex)), line.slice(hex[1], text[0]),
				element('mark', line.slice(...text)), line.slice(text[1]));
		});
		pre.replaceChildren(...parts);
	};
	pages.addEventListener('toggle', (event) => {
		const details = event.target;
		if (!details.open || !details.classList.contains('pk')) return;
		for (const li of details.querySelectorAll('li[data-b]')) li.tabIndex = 0;
	}, true);
	for (const type of ['mouseover', 'focusin', 'click']) {
		pages.addEventListener(type, (event) => {
			const li = event.target.closest('li[data-b]');
			if (li && !li.classList.contains('on')) mark(li);
		});
	}

	window.addEventListener('beforeprint', () => {
		for (const d of document.querySelectorAll('article.on details, main#overview > section > details')) d.open = true;
	});
	window.addEventListener('hashchange', go);
	go();
});
