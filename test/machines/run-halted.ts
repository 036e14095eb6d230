import type { Executed } from "./execute.ts";
import type { LinuxSite } from "./linux-site.ts";

/**
 * Runs a command of a site's project and halts it at a point of the emitted code; does something there,
 * a line of bash that has the process as `$halted`, and lets it go on to its end.
 *
 * @throws Error when the command does not come to that point in two minutes, or when the line fails.
 */
export async function runHalted(
  site: LinuxSite,
  line: string,
  point: string,
  meanwhile: string,
): Promise<Executed> {
  const environment = `MATTERMOST_DEPLOYMENT_KILL_AT=${point} MATTERMOST_DEPLOYMENT_SIGNAL=STOP`;
  const running = site.run(line, environment);
  const [command = ""] = line.split(" ");
  const { code, error } = await site.machine.exec(
    `for ((i = 0; i < 2400; i++)); do
       halted=$(ps -eo pid=,stat=,args= | awk '$2 ~ /^T/ && /project.bin.${command}/ { print $1 }')
       [[ -z $halted ]] || break; sleep 0.05
     done
     { ${meanwhile}
     } && kill -CONT $halted`,
    { mayFail: true },
  );
  const ended = await running;
  if (code !== 0) throw new Error(`not halted at ${point}: ${error}\n${ended.out}`);
  return ended;
}
