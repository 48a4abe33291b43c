/**
 * Real-user monitoring of the web application, on Datadog's browser SDK. How it is taken in: docs/rum.md of the
 * monitoring project, which this file comes from.
 *
 * Nothing here ever throws into the application, whatever the network, the intake or a blocker of ads does.
 */
import { datadogRum } from "@datadog/browser-rum";
import type { DefaultPrivacyLevel, RumEvent, Site } from "@datadog/browser-rum";
import type { Journey } from "./journeys";

export type { Journey };

/** What the web server hands out as /monitoring/rum.json. All of it is meant to be seen. Rates are in percent. */
export interface MonitoringConfig {
  readonly applicationId: string;
  readonly clientToken: string;
  readonly site: Site;
  readonly service: string;
  readonly env: string;
  readonly sessionSampleRate: number;
  /** Of the sessions that are sent: how many are recorded. */
  readonly sessionReplaySampleRate: number;
  readonly traceSampleRate: number;
  readonly defaultPrivacyLevel: DefaultPrivacyLevel;
  /** Origins whose requests get trace headers. */
  readonly tracedOrigins: readonly string[];
  /** A proxy that is sent to instead of Datadog's intake. */
  readonly intake?: string;
}

/** A journey that somebody is on. It ends once: what is called afterwards changes nothing. */
export interface JourneyUnderway {
  complete(): void;
  fail(reason?: "error" | "abandoned" | "other"): void;
}

/** The configuration; undefined where it cannot be had, and then nothing is monitored. */
export async function loadConfig(url = "/monitoring/rum.json"): Promise<MonitoringConfig | undefined> {
  try {
    const answer = await fetch(url);
    return answer.ok ? ((await answer.json()) as MonitoringConfig) : undefined;
  } catch {
    return undefined;
  }
}

/** Begin. `version` is the build's: it tells releases apart, and finds the source maps of one. */
export function startMonitoring(config: MonitoringConfig | undefined, version: string): void {
  if (!config) return;
  quietly(() => {
    datadogRum.init({
      applicationId: config.applicationId,
      clientToken: config.clientToken,
      site: config.site,
      service: config.service,
      env: config.env,
      version,
      proxy: config.intake,
      sessionSampleRate: config.sessionSampleRate,
      sessionReplaySampleRate: config.sessionReplaySampleRate,
      traceSampleRate: config.traceSampleRate,
      allowedTracingUrls: config.tracedOrigins.map((origin) => ({
        // Compared whole: an address that only begins like ours is somebody else's.
        match: (url: string) => originOf(url) === origin,
        propagatorTypes: ["tracecontext", "datadog"],
      })),
      // The API does not need to be told whose request it is.
      propagateTraceBaggage: false,
      defaultPrivacyLevel: config.defaultPrivacyLevel,
      enablePrivacyForActionName: true,
      // Nobody is recognized from one session to the next.
      trackAnonymousUser: false,
      trackUserInteractions: true,
      trackResources: true,
      trackLongTasks: true,
      // Off through a proxy anyway: with and without one, the same is sent.
      betaEnableViewUpdates: false,
      // What the SDK tells Datadog about itself.
      telemetrySampleRate: 0,
      beforeSend: (event) => {
        try {
          scrub(event);
          return true;
        } catch {
          return false;
        }
      },
    });
  });
}

let journeys = 0;

/** Somebody sets out. The names are those of the catalog: a journey that is not in it is an error of types. */
export function startJourney(journey: Journey): JourneyUnderway {
  const operationKey = `${journey}-${++journeys}`;
  const startTime = Date.now();
  const started = performance.now();
  let underway = true;
  const end = (send: () => void): void => {
    if (underway) quietly(send);
    underway = false;
  };
  quietly(() => datadogRum.startOperation(journey, { operationKey }));
  return {
    complete: () =>
      end(() => {
        datadogRum.succeedOperation(journey, { operationKey });
        datadogRum.addDurationVital(journey, { startTime, duration: performance.now() - started });
      }),
    fail: (reason = "error") => end(() => datadogRum.failOperation(journey, reason, { operationKey })),
  };
}

/**
 * An error that the application caught. It fits React's createRoot: errors of components, with where they were.
 *
 *     createRoot(element, { onCaughtError: reportError, onUncaughtError: reportError })
 */
export function reportError(error: unknown, info?: { componentStack?: string | null }): void {
  quietly(() => datadogRum.addError(error, info?.componentStack ? { component_stack: info.componentStack } : undefined));
}

const EMAIL = /[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/gi;
const BEARER = /\bbearer\s+\S+/gi;
const JWT = /\beyJ[\w-]+(?:\.[\w-]*){1,2}/g;
/** Longer than any word; ids with hyphens, such as UUIDs, stay. */
const TOKEN = /[A-Za-z0-9]{32,}/g;
/** An address in a text, up to its query or fragment; then these; then line and column, as stack traces have them. */
const ADDRESS = /(https?:\/\/[^\s?#"'<>()]+)[?#][^\s"'<>()]*?((?::\d+){0,2})(?=[\s"'<>()]|$)/g;

/** A text without addresses' queries, e-mail addresses and tokens. */
export function scrubbed(text: string): string {
  return text
    .replace(ADDRESS, "$1$2")
    .replace(EMAIL, "[email]")
    .replace(BEARER, "Bearer [token]")
    .replace(JWT, "[token]")
    .replace(TOKEN, "[token]");
}

/** An address without query and fragment, and without e-mail addresses and tokens in what is left. */
export function scrubbedUrl(url: string): string {
  return scrubbed(url.replace(/[?#].*$/s, ""));
}

/** What `beforeSend` may change of an event, without what is nobody's business. */
function scrub(event: RumEvent): void {
  event.view.url = scrubbedUrl(event.view.url);
  if (event.view.referrer) event.view.referrer = scrubbedUrl(event.view.referrer);
  if (event.view.name) event.view.name = scrubbedUrl(event.view.name);
  for (const [key, value] of Object.entries(event.context ?? {})) {
    if (event.context && typeof value === "string") event.context[key] = scrubbed(value);
  }
  switch (event.type) {
    case "resource":
      if (event.resource.url) event.resource.url = scrubbedUrl(event.resource.url);
      break;
    case "error":
      event.error.message = scrubbed(event.error.message);
      if (event.error.stack) event.error.stack = scrubbed(event.error.stack);
      if (event.error.handling_stack) event.error.handling_stack = scrubbed(event.error.handling_stack);
      if (event.error.resource) event.error.resource.url = scrubbedUrl(event.error.resource.url);
      break;
    case "action":
      if (event.action.target?.name) event.action.target.name = scrubbed(event.action.target.name);
      break;
    case "view": {
      const paint = event.view.performance?.lcp;
      if (paint?.resource_url) paint.resource_url = scrubbedUrl(paint.resource_url);
      break;
    }
    case "long_task":
      for (const script of event.long_task.scripts ?? []) {
        if (script.source_url) script.source_url = scrubbedUrl(script.source_url);
        if (script.invoker) script.invoker = scrubbedUrl(script.invoker);
      }
      break;
  }
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url, location.href).origin;
  } catch {
    return undefined;
  }
}

function quietly(send: () => void): void {
  try {
    send();
  } catch {
    // Monitoring is no reason for the application to fail.
  }
}
