import type Docker from "dockerode";
import type { Streams } from "../lab.js";
import { exitCodeOf } from "./engine-exec.js";

/** As `docker exec -it` does it, without the docker command: that is a package of its own. */
export async function interactInContainer(docker: Docker, id: string, argv: string[], streams: Streams): Promise<number> {
  const { stdin, stdout, stderr } = streams;
  const tty = stdin.isTTY && stdout.isTTY;
  const exec = await docker.getContainer(id).exec({
    ...{ Cmd: argv, Tty: tty, AttachStdin: true, AttachStdout: true, AttachStderr: true },
    Env: tty ? [`TERM=${process.env["TERM"] ?? "xterm"}`] : [],
  });
  const stream = await exec.start({ hijack: true, stdin: true, Tty: tty });
  const closed = new Promise<void>((resolve, reject) => {
    stream.once("end", resolve).once("close", resolve).once("error", reject);
  });
  const leave = tty ? joinTerminal(exec, stream, streams) : () => undefined;
  if (!tty) docker.modem.demuxStream(stream, stdout, stderr);
  stdin.pipe(stream);
  try {
    await closed;
  } finally {
    leave();
    stdin.unpipe(stream);
  }
  return exitCodeOf(exec);
}

/** Every key goes to the command, and it learns the size of the window; returns how to have the terminal back as it was. */
function joinTerminal(exec: Docker.Exec, stream: NodeJS.ReadWriteStream, { stdin, stdout }: Streams): () => void {
  const resize = () => {
    // A command that ended meanwhile has no window.
    exec.resize({ h: stdout.rows, w: stdout.columns }).catch(() => undefined);
  };
  resize();
  stdout.on("resize", resize);
  stdin.setRawMode(true);
  stream.pipe(stdout, { end: false });
  return () => {
    stdout.off("resize", resize);
    stdin.setRawMode(false);
    stream.unpipe(stdout);
  };
}
