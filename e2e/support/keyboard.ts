import type { Locator } from "playwright-core";

const MOST_STEPS = 150;

/** Walks with Tab until the element has the focus, as somebody without a mouse must. Throws when it is never reached. */
export async function tabTo(element: Locator): Promise<void> {
  const page = element.page();
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await element.evaluate((one) => one === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`${element} is not reached with the Tab key.`);
}

/** Puts the place from which Tab walks on right before the element, as a click beside it would. */
export async function startBefore(element: Locator): Promise<void> {
  await element.evaluate((one) => {
    const mark = document.createElement("span");
    mark.tabIndex = -1;
    one.before(mark);
    mark.focus();
    mark.remove();
  });
}
