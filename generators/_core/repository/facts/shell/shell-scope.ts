/** Where in a script a command stands. */
export interface ShellScope {
  /** Braces that are open, each with the function whose body it holds. */
  readonly bodies: readonly (string | undefined)[];
  /** Conditions and loops that are open; `dead` is what `if false` keeps from running. */
  readonly blocks: readonly ("live" | "dead")[];
  readonly subshells: number;
  /** A function that is named, and whose body has still to begin. */
  readonly named: string | undefined;
}

/** The scope in which a script begins. */
export const outermost: ShellScope = { bodies: [], blocks: [], subshells: 0, named: undefined };

/** The scope behind a keyword. */
export function behindKeyword(scope: ShellScope, word: string): ShellScope {
  const { bodies, blocks, named } = scope;
  switch (word) {
    case "{": {
      const opened = { ...scope, bodies: [...bodies, named], named: undefined };
      // A group without a name mostly stands behind a condition: `|| { …; exit 1; }`.
      return named === undefined ? behindKeyword(opened, "if") : opened;
    }
    case "}": {
      const closed = { ...scope, bodies: bodies.slice(0, -1) };
      return bodies.at(-1) === undefined ? behindKeyword(closed, "fi") : closed;
    }
    case "if":
    case "while":
    case "until":
    case "case":
    case "for":
    case "select":
      return { ...scope, blocks: [...blocks, "live"] };
    case "fi":
    case "done":
    case "esac":
      return { ...scope, blocks: blocks.slice(0, -1) };
    case "else":
    case "elif":
      return blocks.at(-1) === "dead"
        ? { ...scope, blocks: [...blocks.slice(0, -1), "live"] }
        : scope;
    default:
      return scope;
  }
}

/** The scope behind the command `false`: where it is a condition, what follows never runs. */
export function behindFalse(scope: ShellScope): ShellScope {
  const { blocks } = scope;
  return blocks.at(-1) === "live" ? { ...scope, blocks: [...blocks.slice(0, -1), "dead"] } : scope;
}

/** The scope behind a parenthesis. Those behind the patterns of `case` open nothing. */
export function behindParenthesis(scope: ShellScope, kind: "open" | "close"): ShellScope {
  return { ...scope, subshells: Math.max(0, scope.subshells + (kind === "open" ? 1 : -1)) };
}

/** The function whose body this is. */
export function functionOf({ bodies }: ShellScope): string | undefined {
  return bodies.findLast((body) => body !== undefined);
}

/** Whether what stands here runs whenever the script comes to it. */
export function isCertain({ blocks, subshells }: ShellScope): boolean {
  return blocks.length === 0 && subshells === 0;
}
