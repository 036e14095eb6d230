import type { Snapshot } from "../repository/snapshot.ts";
import { UserError } from "../user-error.ts";
import type { Audit } from "./audit.ts";
import type { Repair } from "./fixes/fix-repository.ts";
import { examineRepository, type Judged } from "./judge-repository.ts";
import { tierAbove, tierOf } from "./report.ts";
import { waiversPath } from "./waivers-path.ts";

/** What an audit is asked for. */
export interface AuditRequest extends Pick<
  Audit,
  "strict" | "required" | "date" | "packageVersion"
> {
  /** What the patch may hold; `undefined` where none is asked for. */
  readonly fix: FixScope | undefined;
}

/** What may be fixed. */
export interface FixScope {
  /** Whether statements that are missing may be inserted. */
  readonly missing: boolean;
  /** Ids of the requirements whose sentences may be replaced. */
  readonly replaced: readonly string[];
}

/** An audit, and what of the patch that was asked for cannot be made. */
export type AuditWithRefusals = Audit & Pick<Repair, "refused">;

/**
 * Audits a repository: judges it, takes its waivers into account, and works out the patch towards the
 * tier that is required, or else the next one.
 *
 * @throws UserError when its waiver file is broken.
 */
export async function auditSnapshot(
  snapshot: Snapshot,
  request: AuditRequest,
): Promise<AuditWithRefusals> {
  const { strict, required, date, packageVersion, fix } = request;
  const judge = await judging(snapshot, request);
  const judged = await judge(snapshot);
  const report = { ...judged.report, tier: tierOf(judged.report.requirements, strict) };
  const repair = fix
    ? await repairOf(snapshot, { ...judged, report }, request, fix, judge)
    : nothing;
  return {
    report,
    strict,
    required,
    fixes: repair.fixes,
    patch: repair.edits,
    refused: repair.refused,
    sources: snapshot.texts,
    date,
    packageVersion,
  };
}

const nothing: Repair = { fixes: [], edits: [], refused: [] };

type Judge = (snapshot: Snapshot) => Promise<Judged>;

/** How a repository is judged, its waivers included, which few have and which need a parser. */
async function judging(
  { texts, unread }: Snapshot,
  { date, packageVersion }: AuditRequest,
): Promise<Judge> {
  const options = { today: date.slice(0, 10), packageVersion };
  const why = unread.get(waiversPath);
  if (why !== undefined) throw new UserError(`${waiversPath} cannot be read: it is ${why}`);
  const text = texts.get(waiversPath);
  if (text === undefined) return (snapshot) => examineRepository(snapshot, options);
  const { applyWaivers, parseWaivers } = await import("./waivers.ts");
  const waivers = parseWaivers(text);
  return async (snapshot) => {
    const judged = await examineRepository(snapshot, options);
    return { ...judged, report: applyWaivers(judged.report, waivers, options.today) };
  };
}

async function repairOf(
  snapshot: Snapshot,
  { report, subject, documents }: Judged,
  { strict, required }: AuditRequest,
  scope: FixScope,
  judge: Judge,
): Promise<Repair> {
  const { fixRepository } = await import("./fixes/fix-repository.ts");
  const target = required ?? tierAbove(report.tier) ?? "certified";
  return fixRepository(
    {
      snapshot,
      report,
      subject,
      readme: documents.read[0]?.path,
      judge: async (edited) => (await judge(edited)).report,
    },
    { ...scope, target, strict },
  );
}
