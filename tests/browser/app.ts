// What a test page does with the snippet, and what the tests call.
import { loadConfig, reportError, startJourney, startMonitoring } from "./monitoring";

async function main(): Promise<void> {
  startMonitoring(await loadConfig(), "1.2.3");
  Object.assign(window, { app: { fail, reportError, startJourney } });
  document.body.dataset.ready = "yes";
}

/** Throw where nobody catches it. */
function fail(message: string): void {
  setTimeout(() => {
    throw new TypeError(message);
  });
}

document.querySelector("button")?.addEventListener("click", () => {
  document.querySelector("output")!.textContent = "ordered";
});
void main();
