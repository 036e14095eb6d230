/** A sentence of the program, as it stood from some date on. */
export interface Wording {
  /** The day from which this wording and these link targets held, `YYYY-MM-DD`. */
  readonly since: string;
  /** Plain text. What stands in square brackets is a slot: see {@link fillSlots}. */
  readonly text: string;
  /** Where the words that have to be links lead, by those words. */
  readonly links?: Readonly<Record<string, string>>;
}

/** What to put into the slots of a wording, by the words between the brackets. */
export type Slots = Readonly<Record<string, string>>;

/**
 * Replaces each `[SLOT]` of a wording.
 *
 * An empty value takes the space before the slot away with it, so that optional words leave no gap.
 *
 * @throws Error when a slot has no value: a placeholder must never reach a reader.
 */
export function fillSlots(text: string, slots: Slots): string {
  return text.replace(/( ?)\[([^\]]+)\]/g, (_, space: string, slot: string) => {
    const value = slots[slot];
    if (value === undefined) throw new Error(`no value for the slot [${slot}]`);
    return value === "" ? "" : space + value;
  });
}
