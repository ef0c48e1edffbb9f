import { test as setup } from "@playwright/test";
import { signIn } from "./sign-in.ts";
import { addressOf, setUpApp, staff, stateOf } from "./staff.ts";

for (const persona of staff) {
  setup(`${persona} signs in, with a second factor`, async ({ page }) => {
    await signIn(page, addressOf(persona));
    await setUpApp(page);
    await page.context().storageState({ path: stateOf(persona) });
  });
}
