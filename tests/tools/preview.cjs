// node preview.cjs ADDRESS FILE BEFORE AFTER WRONG
// Looks at the page of a topic in a preview while its FILE is saved: first with AFTER in place of BEFORE, then with WRONG
// there, then as it was. Prints what a reader saw and heard, how long it took, and what axe-core found, as JSON.
'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const puppeteer = createRequire(require.resolve('@daisy/ace-axe-runner-puppeteer'))('puppeteer');

const WIDTHS = [1280, 320];
const COLOURS = ['light', 'dark'];
const PATIENCE = { timeout: 120000, polling: 'mutation' };

async function axe(page) {
  const found = [];
  for (const width of WIDTHS) {
    for (const colours of COLOURS) {
      await page.setViewport({ width, height: 800 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
      const { violations } = await page.evaluate(() => window.axe.run());
      for (const { id, help, nodes } of violations) {
        found.push(`${id} (${width} px, ${colours}): ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
      }
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (beyond > 0) found.push(`reflow (${width} px, ${colours}): the page is ${beyond} px too wide`);
    }
  }
  await page.setViewport({ width: WIDTHS[0], height: 800 });
  return found;
}

// Whether everything on the page is of the source as it was saved last.
const isRenewed = () => /^Rebuilt, /.test(document.getElementById('status').textContent) && !document.querySelector('.old');

// What the status says, what is marked as older, and when text and pages were renewed, from now on.
function listen() {
  const heard = { said: [], older: [], text: null, pages: null, start: performance.now() };
  const status = document.getElementById('status');
  const address = () => document.getElementById('text-frame').getAttribute('src');
  const before = address();
  if (window.listening) window.listening.disconnect();
  window.heard = heard;
  window.listening = new MutationObserver(() => {
    if (status.textContent && heard.said.at(-1) !== status.textContent) heard.said.push(status.textContent);
    for (const it of document.querySelectorAll('.old')) if (!heard.older.includes(it.id)) heard.older.push(it.id);
    const isOld = document.querySelector('#side-large-print .old, #side-handout .old') !== null;
    if (heard.pages === null && heard.older.includes('side-large-print-age') && !isOld) heard.pages = performance.now() - heard.start;
    if (heard.text === null && address() !== before) heard.text = performance.now() - heard.start;
  });
  window.listening.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

const images = () => Object.fromEntries([...document.querySelectorAll('.pages img')].map((it) => [it.parentElement.id, it.getAttribute('src')]));

async function reached(page, id) {
  const stops = [];
  while (stops.at(-1) !== id && stops.length < 20) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement.id));
  }
  return stops;
}

async function main([address, file, before, after, wrong]) {
  const source = readFileSync(file, 'utf8');
  if (source.split(before).length !== 2) throw new Error(`${before} stands not once in ${file}`);
  const save = (text) => writeFileSync(file, source.replace(before, () => text));
  const browser = await puppeteer.launch({ headless: true });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: WIDTHS[0], height: 800 });
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (line) => { if (line.type() === 'error') errors.push(line.text()); });
    await page.goto(address, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(isRenewed, PATIENCE);
    const told = { first: await page.$eval('#status', (it) => it.textContent) };
    await page.evaluate(readFileSync(require.resolve('axe-core'), 'utf8'));
    told.axe = await axe(page);

    // The text has as many links as it likes: the list at the top leads past them.
    told.stops = await reached(page, 'to-large-print');
    await page.keyboard.press('Enter');
    told.stops.push(...await reached(page, 'side-large-print-pages'));
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => document.getElementById('side-large-print-pages').scrollTop > 0, { polling: 'raf' });
    await page.evaluate(() => { for (const it of document.querySelectorAll('.pages li')) it.isOld = true; });
    const shown = await page.evaluate(images);
    await page.evaluate(listen);
    save(after);
    await page.waitForFunction(() => window.heard.text !== null, PATIENCE);
    await page.waitForFunction(isRenewed, PATIENCE);
    told.renewed = await page.evaluate(() => ({ ...window.heard, all: performance.now() - window.heard.start }));
    const now = await page.evaluate(images);
    told.changed = Object.keys(now).filter((id) => now[id] !== shown[id]);
    told.kept = Object.keys(now).filter((id) => now[id] === shown[id]);
    told.focus = await page.evaluate(() => document.activeElement.id);
    told.scrolled = await page.evaluate(() => document.getElementById('side-large-print-pages').scrollTop);
    told.same = await page.evaluate(() => [...document.querySelectorAll('.pages li')].filter((it) => it.isOld).map((it) => it.id));
    told.text = await page.$eval('#text-frame', (it) => it.contentDocument.body.textContent);
    told.sizes = await page.evaluate(() => Promise.all([...document.querySelectorAll('.pages img')].map((it) => { it.loading = 'eager'; return it.decode().then(() => it.naturalWidth); })));

    await page.evaluate(listen);
    save(wrong);
    await page.waitForFunction(() => /older than the source/.test(document.getElementById('status').textContent), PATIENCE);
    told.wrong = await page.evaluate(() => window.heard);
    told.problems = await page.$eval('#problems', (it) => it.innerText);
    told.axe.push(...await axe(page));

    await page.evaluate(listen);
    save(before);
    await page.waitForFunction(isRenewed, PATIENCE);
    told.mended = await page.evaluate(() => window.heard);
    told.errors = errors;
    console.log(JSON.stringify(told));
  } finally {
    writeFileSync(file, source);
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
