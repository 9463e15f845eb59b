// node ace-batch.cjs OUT BOOK...
// Checks the books with Ace, one after the other, in one browser.
// The Nth book leaves OUT/N/report.json, or OUT/N/error.txt if Ace could not check it.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const ace = require('@daisy/ace-core');
const logger = require('@daisy/ace-logger');
const runner = require('@daisy/ace-axe-runner-puppeteer');

async function main([out, ...books]) {
  logger.initLogger({ silent: true, verbose: false });
  await runner.launch();
  // Ace starts and stops a browser for each book: keep the one that is open.
  const shared = { ...runner, launch: async () => {}, close: async () => {} };
  try {
    for (const [number, book] of books.entries()) {
      const outdir = path.join(out, String(number));
      fs.mkdirSync(outdir, { recursive: true });
      try {
        await ace(book, { cwd: process.cwd(), outdir, silent: true, doNotReportMedia: true }, shared);
      } catch (error) {
        fs.writeFileSync(path.join(outdir, 'error.txt'), String(error?.message || error || 'unknown'));
      }
    }
  } finally {
    await runner.close();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
