// node axe.cjs PAGE...
// Checks HTML pages with every rule of axe-core, each on a wide and a narrow window, in light and in dark colours.
// Prints a list of violations for each page, as JSON.
'use strict';

const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');
// Puppeteer comes with Ace's runner.
const puppeteer = createRequire(require.resolve('@daisy/ace-axe-runner-puppeteer'))('puppeteer');

const WIDTHS = [1280, 320];
const COLOURS = ['light', 'dark'];

async function check(browser, file) {
  const found = [];
  for (const width of WIDTHS) {
    for (const colours of COLOURS) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 800 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
      await page.goto(pathToFileURL(file).href);
      await page.addScriptTag({ path: require.resolve('axe-core') });
      const { violations } = await page.evaluate(() => axe.run());
      for (const { id, help, nodes } of violations) {
        found.push(`${id} (${width} px, ${colours}): ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
      }
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (beyond > 0) found.push(`reflow (${width} px, ${colours}): the page is ${beyond} px too wide`);
      await page.close();
    }
  }
  return found;
}

async function main(files) {
  const browser = await puppeteer.launch({ headless: true });
  try {
    const found = {};
    for (const file of files) found[file] = await check(browser, file);
    console.log(JSON.stringify(found));
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
