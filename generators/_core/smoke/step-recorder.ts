import { adviceFor } from "./advice/advice.ts";
import type { SiteFacts } from "./advice/rule.ts";
import { attempt } from "./attempt.ts";
import type { Failure, StepId, StepReport } from "./report.ts";
import type { Trouble } from "./trouble.ts";

/** Takes down what came of each step, as it comes. */
export interface StepRecorder {
  /** Runs a step that the first trouble ends; `undefined` after trouble. */
  run<T>(id: StepId, action: () => Promise<T>): Promise<T | undefined>;
  /** Runs a step that may find several troubles, or a reason to be skipped. */
  judge(id: StepId, action: () => Promise<readonly Trouble[] | string>): Promise<void>;
  skip(id: StepId, reason: string): void;
  steps(): readonly StepReport[];
}

/** @param clock Milliseconds since whenever. */
export function recordSteps(
  facts: SiteFacts,
  clock: () => number,
  onStep: (step: StepReport) => void,
): StepRecorder {
  const steps: StepReport[] = [];
  const add = (step: StepReport) => {
    steps.push(step);
    onStep(step);
  };
  const since = (start: number) => Math.round(clock() - start) / 1000;
  const record = (id: StepId, start: number, troubles: readonly Trouble[]) => {
    const failures = troubles.map((trouble) => failureOf(trouble, facts));
    const base = { id, seconds: since(start) };
    add(
      failures.length === 0
        ? { ...base, outcome: "passed" }
        : { ...base, outcome: "failed", failures },
    );
  };
  return {
    async run(id, action) {
      const start = clock();
      const { value, trouble } = await attempt(action);
      record(id, start, trouble ? [trouble] : []);
      return value;
    },
    async judge(id, action) {
      const start = clock();
      const found = await action();
      if (typeof found === "string")
        add({ id, seconds: since(start), outcome: "skipped", reason: found });
      else record(id, start, found);
    },
    skip: (id, reason) => add({ id, seconds: 0, outcome: "skipped", reason }),
    steps: () => [...steps],
  };
}

/** A trouble with the advice for it. */
export function failureOf(trouble: Trouble, facts: SiteFacts): Failure {
  const { sent, received } = trouble;
  return { sent, received, advice: adviceFor(trouble, facts) };
}
