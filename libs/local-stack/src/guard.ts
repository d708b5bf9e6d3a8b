import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { ProcessIdentity } from './process-identity.js';

/**
 * Kills the children when this process ends in any way, SIGKILL included (I7). A small shell holds the other end of a pipe; when the
 * pipe breaks, the shell kills the processes and removes the folders it was told about. It has a session of its own, so that Ctrl-C in
 * the terminal does not reach it.
 */
const script = `
trap '' INT TERM HUP
list=''; folders=''
while read -r verb rest; do
  case "$verb" in
    add) list="$list $rest" ;;
    drop) kept=''; for entry in $list; do [ "$entry" = "$rest" ] || kept="$kept $entry"; done; list=$kept ;;
    folder) folders="$folders$rest
" ;;
    forget) kept=$(printf '%s' "$folders" | grep -vxF -- "$rest"); folders=''; [ -z "$kept" ] || folders="$kept
" ;;
  esac
done
for entry in $list; do
  pid=\${entry%%:*}; started=\${entry#*:}
  if [ -r "/proc/$pid/stat" ]; then
    stat=$(cat "/proc/$pid/stat" 2>/dev/null); set -- \${stat##*) }
    [ "\${20}" = "$started" ] || continue
  fi
  kill -KILL "-$pid" 2>/dev/null; kill -KILL "$pid" 2>/dev/null
done
printf '%s' "$folders" | while read -r folder; do [ -n "$folder" ] && rm -rf -- "$folder"; done
`;

let shell: ChildProcess | undefined;

function send(line: string): void {
  if (!shell) {
    shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
    shell.unref();
    const pipe = shell.stdin as (NodeJS.WritableStream & { unref?: () => void }) | null;
    pipe?.unref?.();
    pipe?.on('error', () => undefined); // the guard was killed; the next start finds orphans by their environment
  }
  shell.stdin?.write(`${line}\n`);
}

const entry = (child: ProcessIdentity): string => `${child.pid}:${child.startTime.replaceAll(/\s/g, '_')}`;

/** Registers what must not outlive this process. */
export const guard = {
  /** Kills the process when this one ends. */
  add: (child: ProcessIdentity): void => send(`add ${entry(child)}`),
  drop: (child: ProcessIdentity): void => send(`drop ${entry(child)}`),
  /** Removes the folder (an absolute path) when this process ends. */
  addFolder: (folder: string): void => send(`folder ${folder}`),
  dropFolder: (folder: string): void => send(`forget ${folder}`),
};
