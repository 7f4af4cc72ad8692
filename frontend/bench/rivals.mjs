// The rivals: a bare data channel, and WebTorrent with its own tracker.

/** One bare channel; the offer and the answer are carried by hand. */
export const rawLink = bare(undefined);

/** The same, its bytes verified and written: the channel in the page or in the worker, the page busy for so many of 16 ms. */
export const keptLink = (where, busy) => bare({ where, busy });

function bare(kept) {
  return ({ browsers, pages, size, around }) => carryBare({ browsers, pages, size, around, kept });
}

async function carryBare({ browsers, pages, size, around, kept }) {
  const [receiver, sender] = [await browsers.start(), await browsers.start()];
  for (const page of [receiver, sender]) {
    await page.goto(pages.address);
    await page.addScriptTag({ url: "/keep.js" });
    await page.addScriptTag({ url: "/raw.js" });
  }
  const carry = async () => {
    const offer = await receiver.evaluate(([bytes, how]) => raw.offer(bytes, how ?? undefined), [size, kept]);
    const answer = await sender.evaluate(([sdp, bytes]) => raw.answer(sdp, bytes), [offer, size]);
    await receiver.evaluate((sdp) => raw.accept(sdp), answer);
    return [await receiver.evaluate(() => raw.received)];
  };
  return around([sender, receiver], carry);
}

/** One seeder, which the tracker knows before anybody asks, and receivers who ask at once. */
export async function webTorrent({ browsers, pages, tracker, size, receivers, around }) {
  const client = async () => {
    const page = await browsers.start();
    await page.goto(pages.address);
    await page.addScriptTag({ url: "/webtorrent.js", type: "module" });
    await page.waitForFunction(() => "torrents" in globalThis);
    return page;
  };
  const seeder = await client();
  const fetchers = [];
  for (let each = 0; each < receivers; each++) fetchers.push(await client());
  const seed = ([bytes, address]) => torrents.seed(bytes, address);
  const magnet = await seeder.evaluate(seed, [size, tracker.address]);
  await seeder.evaluate(() => torrents.announced());
  const fetchAll = () =>
    Promise.all(fetchers.map((page) => page.evaluate((address) => torrents.fetch(address), magnet)));
  const outcome = await around([seeder, ...fetchers], fetchAll);
  const sent = await seeder.evaluate(() => torrents.uploaded());
  return { ...outcome, sourceBytes: sent };
}
