// SPDX-License-Identifier: MIT
// Opens the written pages in a browser, from file://, and uses them. scripts/browser-test runs it:
//   node browser.mjs FOLDER     FOLDER has the pages that it writes, with an index.html each
import {chromium} from 'playwright-core';
import {execSync} from 'node:child_process';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const folder = resolve(process.argv[2] ?? '.');
const address = (name, hash = '') => pathToFileURL(`${folder}/${name}/index.html`).href + hash;
const BIND = 'inet/tcp_bind/bind_to_a_port_in_use';
const LIFE = 'inet/tcp_life/handshake_and_close';

const browser = await chromium.launch({
	executablePath: execSync('command -v chromium').toString().trim(),
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

let passed = 0;
let failed = 0;

// Runs one test on a page of its own; whatever the page says on its console is a failure.
const test = async (name, {expected, ...options}, body) => {
	const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
	const page = await context.newPage();
	const noise = [];
	page.on('console', (message) => {
		if (!expected || !expected.test(message.text())) noise.push(`console: ${message.text()}`);
	});
	page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
	page.on('dialog', (dialog) => { noise.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
	page.on('request', (request) => {
		if (!request.url().startsWith('file:')) noise.push(`request: ${request.url()}`);
	});
	try {
		await body(page);
		if (noise.length) throw new Error(noise.join('; '));
		passed++;
		console.log(`pass ${name}`);
	} catch (error) {
		failed++;
		console.log(`FAIL ${name}: ${error.message.split('\n')[0]}`);
	}
	await context.close();
};
const equal = (got, expected, what) => {
	if (got !== expected) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
};
// What a click or a key does comes a moment later.
const settled = async (get, expected, what) => {
	let got = await get();
	for (let i = 0; i < 60 && got !== expected; i++) {
		await new Promise((done) => setTimeout(done, 50));
		got = await get();
	}
	equal(got, expected, what);
};
const rows = (page) => page.locator('#table tr[data-us]:visible').count();
const ask = async (page, query) => {
	await page.fill('#q', query);
	return rows(page);
};
const shownArticles = (page) => page.locator('article:visible').evaluateAll((all) => all.map((a) => a.id).join(' '));

await test('the overview is shown, and no case', {}, async (page) => {
	await page.goto(address('small'));
	await settled(() => rows(page), 14, 'rows');
	await settled(() => shownArticles(page), '', 'articles');
	await settled(() => page.locator('#found').textContent(), '14 of 14 cases, 40 results', 'count');
});

await test('free text and query words search', {}, async (page) => {
	await page.goto(address('small'));
	for (const [query, count] of [
		['EADDRINUSE', 1], ['so_reuseaddr', 2], ['status:fail', 1], ['status:fail,crash', 2], ['status:bad', 5],
		['level:rfc', 3], ['tag:tcp', 3], ['tag:tcp -level:rfc', 1], ['folder:inet', 4], ['call:connect', 3],
		['variant:v6', 3], ['need:sctp', 1], ['time:>1000', 1], ['"three segments"', 2], ['nothing-like-it', 0],
		['status:', 14], ['', 14],
	]) equal(await ask(page, query), count, query);
});

await test('the address keeps the search', {}, async (page) => {
	await page.goto(address('small'));
	await ask(page, 'status:fail level:observed');
	equal(new URL(page.url()).hash, '#?q=status%3Afail%20level%3Aobserved', 'hash');
	await page.reload();
	await settled(() => page.inputValue('#q'), 'status:fail level:observed', 'query');
	await settled(() => rows(page), 1, 'rows');
	await page.click('#table .c a >> visible=true');
	await settled(() => shownArticles(page), 'socket/options/so_rcvlowat', 'article');
	await page.goBack();
	await settled(() => rows(page), 1, 'rows after going back');
});

await test('selects and the search field agree', {}, async (page) => {
	await page.goto(address('small'));
	await page.selectOption('select[data-key=level]', 'rfc');
	await settled(() => page.inputValue('#q'), 'level:rfc', 'query');
	await page.selectOption('select[data-key=tag]', 'udp');
	await settled(() => rows(page), 1, 'rows');
	await ask(page, 'tag:tcp');
	await settled(() => page.inputValue('select[data-key=level]'), '', 'level');
	await page.click('#clear');
	await settled(() => rows(page), 14, 'rows');
});

await test('a tile of the summary filters', {}, async (page) => {
	await page.goto(address('small'));
	await page.click('.tiles .skip a');
	await settled(() => page.inputValue('#q'), 'status:skip', 'query');
	await settled(() => rows(page), 1, 'rows');
});

await test('columns sort', {}, async (page) => {
	await page.goto(address('small'));
	await page.click('th[data-sort=time] button');
	const times = await page.locator('#table tr[data-us]').evaluateAll((all) => all.map((r) => Number(r.dataset.us)));
	equal(String(times), String(times.slice().sort((a, b) => b - a)), 'times');
	await page.click('th[data-sort=id] button');
	const ids = await page.locator('#table .c a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
	equal(String(ids), String(ids.slice().sort()), 'ids');
});

await test('an id in the address opens its case', {}, async (page) => {
	await page.goto(address('small', `#${BIND}/v6`));
	await settled(() => shownArticles(page), BIND, 'article');
	await settled(() => page.locator('#overview').isVisible(), false, 'overview');
	await settled(() => page.locator('section.here').getAttribute('id'), `${BIND}/v6`, 'variant');
	await settled(() => page.title(), `${BIND} \u2013 sockatlas`, 'title');
	await page.click('#bar .next');
	await settled(() => shownArticles(page), LIFE, 'next');
	await page.keyboard.press('p');
	await settled(() => shownArticles(page), BIND, 'previous by key');
	await page.keyboard.press('Escape');
	await settled(() => shownArticles(page), '', 'back');
});

await test('a case has its lesson, source, calls and packets', {}, async (page) => {
	await page.goto(address('small', `#${LIFE}`));
	const article = page.locator('article:visible');
	await settled(() => article.locator('.lesson p').count(), 2, 'paragraphs');
	equal((await article.locator('.src tr', {hasText: 'EXPECT_OK(close(peer))'}).locator('td').last().textContent()), 'close() = 0\n', 'note');
	await settled(() => article.locator('section.variant').count(), 2, 'variants');
	await settled(() => article.locator('section.variant').first().locator('.pk').count(), 9, 'packets');
	await settled(() => article.locator('.rerun code').first().textContent(), `sockatlas run ${LIFE}/v4`, 'rerun');
});

await test('a packet opens, and a field marks its bytes', {}, async (page) => {
	await page.goto(address('small', `#${LIFE}/v4`));
	const packet = page.locator('article:visible .pk').first();
	await settled(() => packet.locator('.hex').isVisible(), false, 'closed');
	await packet.locator('summary').click();
	const field = packet.locator('li', {hasText: 'Source Port'});
	await field.hover();
	await settled(() => packet.locator('.hex mark').first().textContent(), '9d 78', 'bytes');
	const plain = await packet.locator('.hex').textContent();
	await packet.locator('li', {hasText: /^Ethernet/}).first().focus();
	await settled(() => packet.locator('.hex mark').first().textContent(), '00 00 00 00 00 00 00 00 00 00 00 00 08 00', 'bytes of a layer');
	await settled(() => packet.locator('.hex').textContent(), plain, 'the bytes are still there');
	await packet.locator('li', {hasText: /^TCP/}).first().focus();
	equal((await packet.locator('.hex mark').count()) % 2, 0, 'hex and text are marked');
});

await test('a failed check is marked in the source', {}, async (page) => {
	await page.goto(address('both', `#${BIND}/v4`));
	const line = page.locator('article:visible .src tr.bad').first();
	equal((await line.textContent()).includes('expected -1 EADDRINUSE, observed 0 v4 on gVisor runsc'), true, 'note');
	await settled(() => page.locator('article:visible .checks[open] tr.bad').count(), 2, 'checks');
});

await test('runs stand side by side', {}, async (page) => {
	await page.goto(address('both'));
	await settled(() => page.locator('#table th[data-run]').count(), 2, 'columns');
	await settled(() => ask(page, 'is:different'), 5, 'different');
	await settled(() => ask(page, 'run:gvisor status:fail'), 2, 'failed there');
	await settled(() => ask(page, 'run:6.18 status:fail'), 1, 'failed here');
});

const differing = (page) => page.locator('#differences tr[data-id]:visible').count();
const narrow = async (page, query) => {
	await page.fill('#d', query);
	return differing(page);
};

await test('what differs can be filtered', {}, async (page) => {
	await page.goto(address('three'));
	const all = await differing(page);
	for (const [query, count] of [
		['is:value', 3], ['is:verdict', all - 3], ['run:gvisor is:value', 2], ['run:user-i386 is:value', 1],
		['window', 3], ['run:user-i386 status:known', 1], ['status:known', 1], ['emulator', 1], ['folder:socket', 2],
		['-folder:socket is:verdict', all - 5], ['level:posix', 3], ['nothing-like-it', 0], ['run:', all], ['', all],
	]) equal(await narrow(page, query), count, query);
	equal(await page.locator('#differing output').textContent(), `${all} of ${all} differences`, 'count');
	await narrow(page, 'is:value');
	equal(await page.locator('.verdicts').isVisible(), false, 'an empty table');
	await page.selectOption('#differing select[data-key=is]', 'verdict');
	await settled(() => page.inputValue('#d'), 'is:verdict', 'query');
	equal(await rows(page), 14, 'the table of cases stays as it was');
	await page.click('#differing button');
	await settled(() => differing(page), all, 'all');
});

await test('the address keeps what was asked of differences', {}, async (page) => {
	await page.goto(address('three'));
	await narrow(page, 'run:gvisor is:value');
	equal(new URL(page.url()).hash, '#?d=run%3Agvisor%20is%3Avalue', 'hash');
	await page.reload();
	await settled(() => differing(page), 2, 'rows');
	equal(await page.inputValue('#q'), '', 'the search of cases');
	await page.click('.values tr[data-id] a >> visible=true');
	await settled(() => shownArticles(page), LIFE, 'article');
	await page.goBack();
	await settled(() => differing(page), 2, 'rows after going back');
});

await test('why a platform differs is there on demand', {}, async (page) => {
	await page.goto(address('three', '#differences'));
	const row = page.locator(`.verdicts tr[data-id="${BIND}"]`).first();
	const why = row.locator('li', {hasText: 'The emulator does not know EADDRINUSE <here>'});
	equal(await why.isVisible(), false, 'closed');
	await row.locator('summary').focus();
	await page.keyboard.press('Enter');
	await settled(() => why.isVisible(), true, 'opened by a key');
	equal((await why.textContent()).includes('known on user-i386: '), true, 'who');
	equal((await why.textContent()).includes('Source: qemu/linux-user/syscall.c'), true, 'source');
	equal(await row.locator('td').evaluateAll((all) => all.map((td) => td.textContent.trim()).join(' ')),
		'\u2713pass \u2717fail \u2248known', 'marks do not need colour');
});

await test('heads and the first column stay in sight', {viewport: {width: 700, height: 500}}, async (page) => {
	await page.goto(address('many', '#differences'));
	const matrix = page.locator('.matrix', {has: page.locator('.verdicts')});
	equal(await matrix.locator('thead th').count(), 18, 'columns');
	await matrix.focus();
	for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
	await page.keyboard.press('End');
	await settled(() => matrix.evaluate((m) => m.scrollLeft > 0 && m.scrollTop > 0), true, 'scrolled by keys');
	const edges = await matrix.evaluate((m) => {
		const own = m.getBoundingClientRect();
		const rows = m.querySelectorAll('tr[data-id]');
		return [
			Math.round(m.querySelector('thead th:nth-child(9)').getBoundingClientRect().top - own.top),
			Math.round(rows[rows.length - 1].cells[0].getBoundingClientRect().left - own.left),
		].join(' ');
	});
	equal(edges, '1 1', 'pixels from the edge, which is one wide');
});

await test('the deviations tell what is checked', {}, async (page) => {
	await page.goto(address('noticed'));
	equal(await page.locator('.score b').textContent(), '71.4\u00a0%', 'score');
	await page.click('.score a[href="#unnoticed"]');
	await settled(() => page.locator('#unnoticed li').first().isVisible(), true, 'what nobody notices');
	equal(await page.locator('#unnoticed li').count(), 2, 'survivors');
	await page.goto(address('noticed', '#about-SO_RCVLOWAT'));
	const topic = page.locator('#about-SO_RCVLOWAT');
	await settled(() => topic.locator('li').first().isVisible(), true, 'a constant');
	equal((await topic.locator('summary').textContent()).includes('1 of 2'), true, 'how many');
	await topic.locator('a', {hasText: 'so_rcvlowat'}).first().click();
	await settled(() => shownArticles(page), 'socket/options/so_rcvlowat', 'the case that notices');
	const tried = page.locator('article:visible .tried');
	await tried.locator('summary').click();
	equal((await tried.locator('tbody tr').count()), 2, 'rows');
	await tried.locator('a[href="#about-SO_RCVLOWAT"]').click();
	await settled(() => topic.locator('li').first().isVisible(), true, 'back at the constant');
});

await test('a search for a constant leads to what checks it', {}, async (page) => {
	await page.goto(address('noticed'));
	await ask(page, 'EADDRINUSE');
	await page.click('#found a');
	await settled(() => page.locator('#about-EADDRINUSE li').first().isVisible(), true, 'the constant');
	await ask(page, 'nothing-like-it');
	await settled(() => page.locator('#found a').count(), 0, 'no link');
});

await test('a deviated run is marked on every page', {}, async (page) => {
	for (const hash of ['', `#${BIND}`]) {
		await page.goto(address('deviated', hash));
		equal(await page.locator('.deviated').isVisible(), true, 'mark');
	}
	await page.goto(address('small'));
	equal(await page.locator('.deviated').count(), 0, 'no mark');
});

await test('nothing of a hostile file runs', {}, async (page) => {
	await page.goto(address('hostile'));
	await page.waitForTimeout(200);
	await settled(() => page.evaluate('window.pwned'), undefined, 'pwned');
	await settled(() => page.locator('img').count(), 0, 'images');
	await settled(() => page.locator('script').count(), 1, 'scripts');
	await settled(() => page.locator('[onmouseover], [onerror]').count(), 0, 'handlers');
	await page.locator('#table .c a').first().click();
	await settled(() => page.locator('article:visible').count(), 1, 'article');
	await page.evaluate(() => { for (const d of document.querySelectorAll('article.on details')) d.open = true; });
	for (const li of await page.locator('article:visible .pb li').all()) await li.hover();
	await settled(() => page.evaluate('window.pwned'), undefined, 'pwned');
	await page.goto(address('hostile', '#?d=%3Cimg%20src=x%20onerror=window.pwned=1%3E'));
	await page.goto(address('hostile-two', '#?d=%3Cimg%20src=x%20onerror=window.pwned=1%3E'));
	await page.evaluate(() => { for (const d of document.querySelectorAll('#differences details')) d.open = true; });
	equal(await page.locator('img').count(), 0, 'images');
	await page.goto(address('hostile', '#?q=%3Cimg%20src=x%20onerror=window.pwned=1%3E'));
	await page.goto(address('hostile', '#%zz/%'));
	await settled(() => page.evaluate('window.pwned'), undefined, 'pwned');
});

await test('the policy stops a script that got in', {expected: /Content Security Policy/}, async (page) => {
	await page.goto(address('small'));
	const blocked = await page.evaluate(() => new Promise((done) => {
		document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
		const script = document.createElement('script');
		script.textContent = 'window.pwned = 1';
		document.body.append(script);
		setTimeout(() => done('nothing'), 1000);
	}));
	equal(blocked, 'script-src-elem', 'blocked');
	await settled(() => page.evaluate('window.pwned'), undefined, 'pwned');
});

await test('it reads without JavaScript', {javaScriptEnabled: false}, async (page) => {
	await page.goto(address('small'));
	await settled(() => page.locator('#table tr[data-us]:visible').count(), 14, 'rows');
	await settled(() => page.locator('#search').isVisible(), false, 'search');
	await settled(() => page.locator('article:visible').count(), 14, 'articles');
	await page.locator('#table .m a').first().click();
	equal(new URL(page.url()).hash, `#${BIND}/v4`, 'hash');
	const packet = page.locator(`[id="${LIFE}/v4"] .pk`).first();
	await packet.locator('summary').click();
	await settled(() => packet.locator('.hex').isVisible(), true, 'bytes');
	equal((await packet.locator('li', {hasText: 'Source Port'}).textContent()).includes('9d 78'), true, 'bytes of a field');
});

for (const [name, width] of [['a phone', 360], ['a tablet', 800], ['a desk', 1600]]) {
	await test(`nothing hangs over the edge on ${name}`, {viewport: {width, height: 800}}, async (page) => {
		for (const [name, hash] of [['both', ''], ['both', `#${BIND}`], ['both', `#${LIFE}/v4`], ['both', '#socket/socket_errors/each_error_of_socket'], ['noticed', ''], ['noticed', `#${BIND}`], ['deviated', ''], ['three', ''], ['many', ''], ['many', `#${BIND}`]]) {
			await page.goto(address(name, hash));
			await page.evaluate(() => { for (const d of document.querySelectorAll('article.on details, #deviations details, #differences details')) d.open = true; });
			const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			equal(over, 0, `pixels over the edge at ${hash || 'the overview'}`);
		}
	});
}

// WCAG 2.1 1.4.3: text has a contrast of 4.5 to 1.
const contrast = () => {
	const luminance = (c) => {
		const [r, g, b] = c.map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const parse = (text) => (text.match(/[\d.]+/g) || []).map(Number);
	const background = (e) => {
		for (; e; e = e.parentElement) {
			const c = parse(getComputedStyle(e).backgroundColor);
			if (c.length === 3 || c[3] > 0) return c.slice(0, 3);
		}
		return [255, 255, 255];
	};
	const bad = new Set();
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('.self, .dim')) continue;
		const a = luminance(parse(getComputedStyle(e).color).slice(0, 3)), b = luminance(background(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5) bad.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
	}
	return [...bad].join(', ');
};
for (const colorScheme of ['light', 'dark']) {
	await test(`text can be read in ${colorScheme}`, {colorScheme}, async (page) => {
		for (const [name, hash] of [['both', ''], ['both', `#${BIND}`], ['both', `#${LIFE}`], ['noticed', ''], ['noticed', `#${BIND}`], ['deviated', ''], ['three', ''], ['many', '']]) {
			await page.goto(address(name, hash));
			await page.evaluate(() => { for (const d of document.querySelectorAll('article.on details, #deviations details, #differences details')) d.open = true; });
			equal(await page.evaluate(contrast), '', `too little contrast at ${hash || 'the overview'}`);
		}
	});
}

await browser.close();
console.log(`browser: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
