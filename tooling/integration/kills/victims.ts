import { type ChildProcess, spawn } from "node:child_process";

export const start = (program: string): ChildProcess =>
  spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program], { stdio: ["pipe", "pipe", "inherit"] });

/** Processes that have started already and wait for their order, so that nobody waits for their start. */
export class Victims {
  private readonly program: string;
  private readonly waiting: Array<ChildProcess> = [];

  constructor(program: string, count: number) {
    this.program = program;
    for (let index = 0; index < count; index++) this.waiting.push(start(program));
  }

  /** Gives the order to the next; resolves to whether it came to its end. */
  async run(order: unknown, killAfter?: number): Promise<boolean> {
    const child = this.waiting.shift()!;
    this.waiting.push(start(this.program));
    const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.stdin!.write(`${JSON.stringify(order)}\n`);
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    const code = await exit;
    clearTimeout(timer);
    if (code !== 0 && code !== null) throw new Error(`The upload ended with ${code}.`);
    return code === 0;
  }

  end() {
    for (const child of this.waiting) child.kill("SIGKILL");
  }
}
